"""Delimited text: out of bytes of an unknown encoding, and into cells no spreadsheet will run."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Literal

from lvzhi.core.table.refusal import TableRefused
from lvzhi.core.table.shape import Limits
from lvzhi.core.upload.text import csv_safe

DELIMITERS = (",", ";", "\t")
_KEPT = frozenset("\t\n\r")


def read_delimited(data: bytes, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Number and cells of every record, the first being number 1. Raises TableRefused."""
    text = decode(data)
    if len(text) > limits.text:
        raise TableRefused("too_much_text", limit=limits.text)
    records = csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    number = 0
    try:
        for record in records:
            number += 1
            yield number, record
    except csv.Error as error:
        # The csv module has two complaints: about quotes, and about a field beyond its own limit.
        if "field limit" in str(error):
            raise TableRefused("cell_too_long", row=number + 1, limit=limits.cell) from error
        raise TableRefused("quotes", row=number + 1) from error


def decode(data: bytes) -> str:
    """Text of UTF-8, of UTF-16 with its mark, or of GB 18030 (GBK, GB 2312). Raises TableRefused('encoding').

    A few stray control characters are let through, for they are removed cell by cell with a notice;
    `core.upload.read_text` refuses them, because a document has nobody to tell which line was mended.
    """
    text = _by_trial(data)
    controls = sum(unicodedata.category(char) == "Cc" and char not in _KEPT for char in text)
    if "\x00" in text or controls * 50 > len(text):
        raise TableRefused("encoding")
    return text


def _by_trial(data: bytes) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # GB 18030 gives a meaning to nearly every pair of bytes: binary data lands in unassigned places.
        odd = sum(unicodedata.category(char) in ("Co", "Cn", "Cs") for char in text)
        if encoding != "gb18030" or odd * 50 <= len(text):
            return text
    raise TableRefused("encoding")


def delimiter_of(text: str) -> str:
    """The delimiter standing most often outside quotes in the first line with content; else a comma."""
    counts = dict.fromkeys(DELIMITERS, 0)
    quoted = False
    begun = False
    for char in text:
        if char == '"':
            quoted = not quoted
        elif not quoted and char in counts:
            counts[char] += 1
        elif not quoted and char in "\r\n" and begun:
            break
        begun = begun or not char.isspace()
    return max(DELIMITERS, key=lambda delimiter: counts[delimiter])


def write_table(
    headers: Sequence[str], rows: Iterable[Sequence[str]], *, delimiter: Literal[",", ";", "\t"] = ","
) -> str:
    """A delimited table as text, lines ended by CR LF (RFC 4180), formulas shown as text.

    Encode it as utf-8-sig: without the mark, spreadsheet programs take Chinese for another encoding.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    for row in (headers, *rows):
        writer.writerow([csv_safe(cell) for cell in row])
    return out.getvalue()
