"""OLE2 compound files: old .doc, .xls and .wps, and the shell of an encrypted .docx.

Only the directory and the first sector of two streams are read, with every chain bounded,
so that a crafted file costs no more than an honest one.
Source of the layout: [MS-CFB] sections 2.2 to 2.6; [MS-DOC] 2.5.1; [MS-XLS] 2.4.117.
"""

import struct
from dataclasses import dataclass
from typing import BinaryIO

from lvzhi.core.upload.kinds import OLE_START, Kind
from lvzhi.core.upload.refusal import UploadRefused

MAX_DIRECTORY_SECTORS = 256
_END = 0xFFFFFFFA
_ENTRY = 128


@dataclass(frozen=True, slots=True)
class Stream:
    """One directory entry: its name, and where the data begins."""

    name: str
    start: int
    size: int


class Compound:
    """The directory of a compound file. Raises UploadRefused('damaged') when it cannot be read."""

    def __init__(self, data: BinaryIO) -> None:
        self._data = data
        data.seek(0)
        header = data.read(512)
        if len(header) < 512 or not header.startswith(OLE_START):
            raise _damaged()
        shift = struct.unpack_from("<H", header, 30)[0]
        if shift not in (9, 12):
            raise _damaged()
        self._size = 1 << shift
        self._fat_sectors = [s for s in struct.unpack_from("<109I", header, 76) if s < _END]
        self._cutoff = struct.unpack_from("<I", header, 56)[0]
        self.streams = tuple(self._directory(struct.unpack_from("<I", header, 48)[0]))

    def first(self, name: str) -> bytes:
        """The first sector of a stream; empty when there is none or it lives in the mini stream."""
        for stream in self.streams:
            if stream.name == name and stream.size >= self._cutoff:
                return self._sector(stream.start)
        return b""

    def has(self, *names: str) -> bool:
        """Whether any of the named streams or storages exists."""
        wanted = {name.casefold() for name in names}
        return any(stream.name.casefold() in wanted for stream in self.streams)

    def _sector(self, number: int) -> bytes:
        self._data.seek((number + 1) * self._size)
        return self._data.read(self._size)

    def _next(self, sector: int) -> int:
        per = self._size // 4
        index = sector // per
        if index >= len(self._fat_sectors):
            return _END
        table = self._sector(self._fat_sectors[index])
        at = sector % per * 4
        return int(struct.unpack_from("<I", table, at)[0]) if len(table) >= at + 4 else _END

    def _directory(self, sector: int) -> list[Stream]:
        found: list[Stream] = []
        seen: set[int] = set()
        while sector < _END:
            if sector in seen or len(seen) >= MAX_DIRECTORY_SECTORS:
                raise _damaged()
            seen.add(sector)
            block = self._sector(sector)
            for at in range(0, len(block) - _ENTRY + 1, _ENTRY):
                length = struct.unpack_from("<H", block, at + 64)[0]
                if block[at + 66] in (1, 2) and 2 <= length <= 64:
                    name = block[at : at + length - 2].decode("utf-16-le", "replace")
                    start, size = struct.unpack_from("<II", block, at + 116)
                    found.append(Stream(name, start, size))
            sector = self._next(sector)
        return found


def compound_kind(data: BinaryIO) -> Kind | None:
    """The kind of a compound file: DOC or XLS, or None for others such as .msi or .ppt.

    Raises UploadRefused: 'encrypted', 'macros', 'embedded_file', 'damaged'.
    """
    try:
        book = Compound(data)
    except (struct.error, OverflowError) as error:
        raise _damaged() from error
    if book.has("EncryptedPackage", "EncryptionInfo"):
        raise UploadRefused("encrypted")
    kind = Kind.DOC if book.has("WordDocument") else Kind.XLS if book.has("Workbook", "Book") else None
    if kind is None:
        return None
    if book.has("_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros", "VBA"):
        raise UploadRefused("macros")
    if book.has("\x01Ole10Native"):
        raise UploadRefused("embedded_file")
    if kind is Kind.DOC and _word_encrypted(book.first("WordDocument")):
        raise UploadRefused("encrypted")
    if kind is Kind.XLS and _sheet_encrypted(book.first("Workbook") or book.first("Book")):
        raise UploadRefused("encrypted")
    return kind


def _word_encrypted(fib: bytes) -> bool:
    return len(fib) >= 12 and bool(struct.unpack_from("<H", fib, 10)[0] & 0x0100)


def _sheet_encrypted(records: bytes) -> bool:
    at = 0
    while at + 4 <= len(records):
        kind, length = struct.unpack_from("<HH", records, at)
        if kind == 0x2F:
            return True
        at += 4 + length
    return False


def _damaged() -> UploadRefused:
    return UploadRefused("damaged", kind_zh="这个文件", kind_en="file")
