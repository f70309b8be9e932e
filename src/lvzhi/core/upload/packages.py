"""Zip packages: .docx, .xlsx and .ofd. Nothing is written to disk, nothing is unpacked whole.

The central directory is bounded before it is read, declared sizes are judged before anything
is unpacked, and every entry is then read through once in small pieces against its declared
size, so a directory that lies is found out.
"""

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from lvzhi.core.upload.compound import Compound
from lvzhi.core.upload.kinds import OLE_START, ZIP_START, Kind, is_archive, is_program
from lvzhi.core.upload.refusal import UploadRefused, in_units

MAX_ENTRIES = 5_000
MAX_DIRECTORY = 2 << 20
MAX_UNPACKED = 200 << 20
MAX_RATIO = 100
RATIO_FROM = 4 << 20
"""Below this unpacked size a high ratio does no harm: empty styled sheets compress very well."""
MAX_PART = 16 << 20
"""The largest embedded workbook that is looked into."""
_PIECE = 1 << 16
_EOCD = b"PK\x05\x06"
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REMOTE = re.compile(
    rb"""(?:attachedTemplate|oleObject|frame|subDocument)["'][^<>]*Target\s*=\s*["'](?:https?:|ftp:|\\\\|file://[^/])"""
)
_REMOTE_FIRST = re.compile(
    rb"""Target\s*=\s*["'](?:https?:|ftp:|\\\\|file://[^/])[^<>]*(?:attachedTemplate|oleObject|frame|subDocument)["']"""
)
_CONTENT_TYPES = "[Content_Types].xml"


@dataclass(slots=True)
class Budget:
    """Bytes that may still be unpacked, shared with embedded packages."""

    left: int = MAX_UNPACKED

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise UploadRefused("packed_too_large", limit=in_units(MAX_UNPACKED))


def package_kind(data: BinaryIO, *, budget: Budget | None = None, depth: int = 0) -> Kind | None:
    """The kind of a zip package: DOCX, XLSX or OFD; None for any other zip.

    Raises UploadRefused with one of the `packed_*` codes, 'macros', 'encrypted',
    'embedded_file', 'xml_declaration', 'remote_template', 'polyglot', 'program' or 'damaged'.
    """
    budget = budget or Budget()
    check_directory(data)
    try:
        with zipfile.ZipFile(data) as package:
            entries = package.infolist()
            _check_entries(entries, budget)
            kind = _kind(package)
            if kind is None:
                return None
            for entry in entries:
                _check_part(package, entry, budget, depth)
            return kind
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError) as error:
        raise _damaged() from error
    except (struct.error, ValueError, KeyError, OverflowError, UnicodeError) as error:
        if isinstance(error, UploadRefused):
            raise
        raise _damaged() from error


def check_directory(data: BinaryIO) -> None:
    """Refuse a zip whose end record, size or position is not what an office program writes."""
    size = data.seek(0, 2)
    tail_size = min(size, 65_557)
    data.seek(size - tail_size)
    tail = data.read(tail_size)
    at = tail.rfind(_EOCD)
    if at < 0 or len(tail) - at < 22:
        raise _damaged()
    _, disk, start_disk, here, total, length, offset, comment = struct.unpack_from("<4s4H2LH", tail, at)
    if disk or start_disk or here != total or 0xFFFF in (here, total):
        raise _damaged()
    if total > MAX_ENTRIES or length > MAX_DIRECTORY:
        raise UploadRefused("packed_too_many", limit=MAX_ENTRIES)
    if at + 22 + comment != len(tail) or offset + length != size - tail_size + at:
        raise UploadRefused("polyglot")


def ends_as_zip(tail: bytes) -> bool:
    """Whether the last bytes of a picture or PDF hold a zip's end record: two kinds in one file."""
    at = tail.rfind(_EOCD)
    return at >= 0 and len(tail) - at >= 22 and b"PK\x01\x02" in tail[:at]


def _check_entries(entries: list[zipfile.ZipInfo], budget: Budget) -> None:
    if len(entries) > MAX_ENTRIES:
        raise UploadRefused("packed_too_many", limit=MAX_ENTRIES)
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename.replace("\\", "/")
        parts = name.split("/")
        if (
            not name
            or name.startswith("/")
            or ".." in parts
            or ":" in name
            or any(ord(c) < 32 for c in name)
            or name.casefold() in seen
        ):
            raise UploadRefused("packed_path")
        seen.add(name.casefold())
        if entry.flag_bits & 0x1:
            raise UploadRefused("encrypted")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _damaged()
    _check_sizes(entries, budget)


def _check_sizes(entries: list[zipfile.ZipInfo], budget: Budget) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > budget.left:
        raise UploadRefused("packed_too_large", limit=in_units(MAX_UNPACKED))
    for entry in entries:
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise UploadRefused("packed_too_tightly")
    # Entries that share the same packed bytes (Fifield 2019) show as offsets that overlap.
    end = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < end:
            raise UploadRefused("packed_too_tightly")
        end = entry.header_offset + 30 + len(entry.orig_filename) + entry.compress_size
    if entries and min(entry.header_offset for entry in entries) != 0:
        raise UploadRefused("polyglot")


def _kind(package: zipfile.ZipFile) -> Kind | None:
    names = set(package.namelist())
    if "OFD.xml" in names:
        return Kind.OFD
    if _CONTENT_TYPES not in names or package.getinfo(_CONTENT_TYPES).file_size > (1 << 20):
        return None
    types = package.read(_CONTENT_TYPES)
    if b"macroEnabled" in types or b"vbaProject" in types or b"activeX" in types:
        raise UploadRefused("macros")
    if b"wordprocessingml.document.main+xml" in types and "word/document.xml" in names:
        return Kind.DOCX
    if b"spreadsheetml.sheet.main+xml" in types and "xl/workbook.xml" in names:
        return Kind.XLSX
    return None


def _check_part(package: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget, depth: int) -> None:
    if entry.is_dir():
        return
    name = entry.filename.casefold()
    if name.endswith("vbaproject.bin") or "/activex/" in name:
        raise UploadRefused("macros")
    with package.open(entry) as part:
        head = part.read(_PIECE)
        budget.spend(len(head))
        _check_head(name, head)
        nested = head.startswith((ZIP_START, OLE_START)) and "/media/" not in name
        kept = bytearray(head) if nested else bytearray()
        while piece := part.read(_PIECE):
            budget.spend(len(piece))
            if nested:
                kept += piece
                if len(kept) > MAX_PART:
                    raise UploadRefused("packed_archive")
    if nested:
        _check_nested(BytesIO(bytes(kept)), budget, depth)


def _check_head(name: str, head: bytes) -> None:
    if is_archive(head):
        raise UploadRefused("packed_archive")
    if is_program(head) and not name.endswith((".xml", ".rels")):
        raise UploadRefused("program")
    if name.endswith((".xml", ".rels", ".vml")) and _DTD.search(head.replace(b"\x00", b"")):
        raise UploadRefused("xml_declaration")
    if name.endswith(".rels") and (_REMOTE.search(head) or _REMOTE_FIRST.search(head)):
        raise UploadRefused("remote_template")


def _check_nested(data: BinaryIO, budget: Budget, depth: int) -> None:
    """An embedded workbook behind a chart is normal, once; any other archive is not."""
    head = data.read(8)
    if head.startswith(ZIP_START):
        if depth > 0 or package_kind(data, budget=budget, depth=depth + 1) is None:
            raise UploadRefused("packed_archive")
        return
    inner = Compound(data)
    if inner.has("\x01Ole10Native", "Package"):
        raise UploadRefused("embedded_file")
    if inner.has("_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros", "VBA"):
        raise UploadRefused("macros")


def _damaged() -> UploadRefused:
    return UploadRefused("damaged", kind_zh="这个文件", kind_en="file")
