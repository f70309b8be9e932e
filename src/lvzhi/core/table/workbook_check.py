"""What a worksheet would cost to read, counted from its XML before calamine sees it.

calamine lays a sheet out as a full rectangle from its first to its last filled cell, and copies a shared
string into every cell that names it. One cell at XFD1048576, or one long string named a million times, would
take the server's memory; both are a few hundred bytes in the file. So the filled cells are walked here first.
"""

import re
import zipfile
from io import BytesIO
from xml.parsers import expat

from lvzhi.core.table.refusal import TableRefused
from lvzhi.core.table.shape import Limits
from lvzhi.core.upload.kinds import Kind
from lvzhi.core.upload.packages import Budget, package_kind
from lvzhi.core.upload.refusal import UploadRefused, in_units

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_BLANK_LINES = 1_000
"""Rows above the header and blank rows between, which do not count as rows of the table."""


def check_workbook(data: bytes, limits: Limits) -> None:
    """Refuse a package that is no plain .xlsx, or whose sheets go beyond `limits`.

    Raises UploadRefused for the package (macros, passwords, bombs) and TableRefused for the sheets.
    """
    try:
        kind = package_kind(BytesIO(data), budget=Budget(limits.unpacked))
    except UploadRefused as refusal:
        if refusal.code == "packed_too_large":
            raise TableRefused("unpacked", limit=in_units(limits.unpacked)) from refusal
        raise
    if kind is not Kind.XLSX:
        raise TableRefused("kind")
    with zipfile.ZipFile(BytesIO(data)) as package:
        lengths = _string_lengths(package)
        for entry in package.infolist():
            content = package.read(entry)
            if b"sheetData" in content:
                _Sheet(limits, lengths).walk(content)


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _string_lengths(package: zipfile.ZipFile) -> list[int]:
    """The length of every shared string. A package has one list of them; more than one is no office file."""
    parts = (package.read(entry) for entry in package.infolist() if entry.filename.endswith(".xml"))
    lists = [lengths for part in parts if (lengths := _Strings().walk(part)) is not None]
    if len(lists) > 1:
        raise TableRefused("damaged")
    return lists[0] if lists else []


class _Walk:
    """A parser that knows elements by their local names."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self._doctype

    def start(self, name: str, _attributes: dict[str, str], /) -> None:
        """An element begins."""

    def end(self, name: str, /) -> None:
        """An element ends."""

    def text(self, text: str, /) -> None:
        """Character data."""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.start(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self.end(name.rpartition(":")[2])

    def _doctype(self, *_: object) -> None:
        raise TableRefused("damaged")


class _OtherPartError(Exception):
    """The part is not the list of shared strings."""


class _Strings(_Walk):
    """Counts the characters of each shared string."""

    def __init__(self) -> None:
        super().__init__()
        self.lengths: list[int] = []
        self.begun = False

    def walk(self, content: bytes) -> list[int] | None:
        """The lengths, or None for another part."""
        try:
            self.parser.Parse(content, True)
        except _OtherPartError:
            return None
        except expat.ExpatError as error:
            raise TableRefused("damaged") from error
        return self.lengths

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if not self.begun and name != "sst":
            raise _OtherPartError
        self.begun = True
        if name == "si":
            self.lengths.append(0)

    def text(self, text: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(text)


class _Sheet(_Walk):
    """Follows the filled cells of a worksheet and adds up the text they hold."""

    def __init__(self, limits: Limits, lengths: list[int]) -> None:
        super().__init__()
        self.limits = limits
        self.lengths = lengths
        self.row = self.column = self.total = 0
        self.shared = self.in_value = False
        self.value = ""

    def walk(self, content: bytes) -> None:
        """Raise TableRefused when the sheet goes beyond the limits."""
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as error:
            raise TableRefused("damaged") from error

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row, self.column = self._row_number(attributes.get("r")), 0
        elif name == "c":
            self._place(attributes.get("r"))
            self.shared = attributes.get("t") == "s"
        elif name in ("v", "is", "f"):
            self._filled()
            self.in_value = name == "v"
            self.value = ""

    def end(self, name: str) -> None:
        if name == "v" and self.in_value:
            self.in_value = False
            if self.shared:
                self._spend(self._shared_length())

    def text(self, text: str) -> None:
        if self.in_value and self.shared:
            self.value = (self.value + text)[:12]
        else:
            self._spend(len(text))

    def _row_number(self, given: str | None) -> int:
        if given is None:
            return self.row + 1
        if not given.isascii() or not given.isdigit() or len(given) > 7:
            raise TableRefused("damaged")
        return int(given)

    def _place(self, given: str | None) -> None:
        if given is None:
            self.column += 1
            return
        found = _REFERENCE.fullmatch(given)
        if not found:
            raise TableRefused("damaged")
        self.column, self.row = column_number(found[1]), int(found[2])

    def _filled(self) -> None:
        if self.row > self.limits.rows + _BLANK_LINES:
            raise TableRefused("too_many_rows", limit=self.limits.rows)
        if self.column > self.limits.columns:
            raise TableRefused("too_many_columns", limit=self.limits.columns)

    def _shared_length(self) -> int:
        place = self.value.strip()
        if not place.isascii() or not place.isdigit() or int(place) >= len(self.lengths):
            raise TableRefused("damaged")
        return self.lengths[int(place)]

    def _spend(self, length: int) -> None:
        self.total += length
        if self.total > self.limits.text:
            raise TableRefused("too_much_text", limit=self.limits.text)
