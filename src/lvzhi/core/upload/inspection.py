"""One look at a file that someone sends in: what it really is, or why it may not come in."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from lvzhi.core.upload import kinds
from lvzhi.core.upload.compound import compound_kind
from lvzhi.core.upload.images import check_image
from lvzhi.core.upload.kinds import EXTENSIONS, IMAGES, MEDIA_TYPES, NAMES, TEXTS, Kind
from lvzhi.core.upload.packages import ends_as_zip, package_kind
from lvzhi.core.upload.pdf import check_pdf
from lvzhi.core.upload.refusal import UploadRefused, in_units
from lvzhi.core.upload.text import clean_name, read_text

_PIECE = 1 << 20
_HEAD = 4_096
_TAIL = 65_557


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may come in. Nothing here was taken from the sender but the name.

    `name` is safe to show; `extension` has no dot and agrees with the content; `sha256` is 64
    hex digits; `size` is in bytes; `notes` tells what staff should know ('pdf_attachments').
    """

    kind: Kind
    media_type: str
    extension: str
    sha256: str
    size: int
    name: str
    notes: tuple[str, ...] = ()


def inspect(name: str, data: BinaryIO, limit: int) -> Checked:
    """Judge a file by its content; `limit` is in bytes, `data` is seekable and left at its start.

    Reads the file in pieces, except PDF and text, which are held in memory once.
    Raises UploadRefused, and nothing else whatever the bytes are.
    """
    sha256, size = _digest(data, limit)
    shown = clean_name(name)
    extension = _extension(shown)
    head, tail = _ends(data, size)
    _refuse_by_head(head)
    kind, notes = _kind(data, head, extension)
    if kind is None:
        raise UploadRefused("unknown_content", extension=extension)
    if not _agrees(kind, extension):
        chinese, english = NAMES[kind]
        raise UploadRefused("mismatch", extension=extension, found_zh=chinese, found_en=english)
    if (kind in IMAGES or kind is Kind.PDF) and (ends_as_zip(tail) or kinds.hides_page(head)):
        raise UploadRefused("polyglot")
    if kind in IMAGES:
        check_image(data, kind)
    data.seek(0)
    kind = EXTENSIONS[extension]
    return Checked(kind, MEDIA_TYPES[kind], extension, sha256, size, shown, notes)


def _digest(data: BinaryIO, limit: int) -> tuple[str, int]:
    data.seek(0)
    digest, size = hashlib.sha256(), 0
    while piece := data.read(_PIECE):
        size += len(piece)
        if size > limit:
            raise UploadRefused("too_large", limit=in_units(limit))
        digest.update(piece)
    if size == 0:
        raise UploadRefused("empty")
    return digest.hexdigest(), size


def _ends(data: BinaryIO, size: int) -> tuple[bytes, bytes]:
    data.seek(0)
    head = data.read(_HEAD)
    data.seek(max(0, size - _TAIL))
    return head, data.read(_TAIL)


def _extension(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    extension = extension.casefold()
    if not dot or not stem or not extension:
        raise UploadRefused("no_extension")
    if extension in kinds.PROGRAM_EXTENSIONS:
        raise UploadRefused("program")
    if extension in kinds.ARCHIVE_EXTENSIONS:
        raise UploadRefused("archive")
    if extension in kinds.PAGE_EXTENSIONS:
        raise UploadRefused("web_page")
    if extension in kinds.MACRO_EXTENSIONS:
        raise UploadRefused("macros")
    if extension not in EXTENSIONS:
        allowed = "、".join(f".{known}" for known in EXTENSIONS)
        raise UploadRefused("extension_not_allowed", extension=extension[:20], allowed=allowed)
    return extension


def _refuse_by_head(head: bytes) -> None:
    if kinds.is_program(head):
        raise UploadRefused("program")
    if kinds.is_archive(head):
        raise UploadRefused("archive")
    if kinds.is_page(head):
        raise UploadRefused("web_page")


def _kind(data: BinaryIO, head: bytes, extension: str) -> tuple[Kind | None, tuple[str, ...]]:
    """What the content is. Text is asked for last: a text file has no signature of its own."""
    kind = kinds.simple_kind(head)
    if kind is Kind.PDF:
        data.seek(0)
        return kind, check_pdf(data.read())
    if kind is not None:
        return kind, ()
    if head.startswith(kinds.ZIP_START):
        kind = package_kind(data)
        if kind is None:
            raise UploadRefused("archive")
        return kind, ()
    if head.startswith(kinds.OLE_START):
        return compound_kind(data), ()
    return _text_kind(data, extension), ()


def _text_kind(data: BinaryIO, extension: str) -> Kind | None:
    data.seek(0)
    try:
        read_text(data.read())
    except UploadRefused:
        if EXTENSIONS[extension] in TEXTS:
            raise
        return None
    return EXTENSIONS[extension] if EXTENSIONS[extension] in TEXTS else Kind.TXT


def _agrees(kind: Kind, extension: str) -> bool:
    """Whether name and content agree. A .wps is a Word 97 compound file by another name."""
    named = EXTENSIONS[extension]
    return named is kind or (named is Kind.WPS and kind is Kind.DOC)
