"""PDF files: what would run when the file is opened, found without a PDF library.

Names may hide in two ways: written with #xx escapes, and inside compressed object streams.
Both are undone here, with a bound on what is inflated. An action that runs a script or starts
a program has to name itself /JavaScript or /Launch, names long enough not to turn up by
chance in packed data. Object streams of an encrypted file cannot be read, so it is refused.
Source: ISO 32000-1:2008, 7.3.5 (names), 7.5.7 (object streams), 12.6.4 (actions).
"""

import re
import zlib
from collections.abc import Iterator

from lvzhi.core.upload.refusal import UploadRefused, in_units

MAX_INFLATED = 64 << 20

_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|RichMedia|ImportData)(?![A-Za-z0-9])")
_ATTACHED = re.compile(rb"/(?:EmbeddedFiles?|FileAttachment)(?![A-Za-z0-9])")
_ENCRYPT = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_DICTIONARY = 1_024
"""How far before `stream` its dictionary is looked for, in bytes."""


def check_pdf(data: bytes) -> tuple[str, ...]:
    """Look through a whole PDF; return notes ('pdf_attachments' when files are attached to it).

    Raises UploadRefused: 'damaged', 'encrypted', 'pdf_script', 'packed_too_large'.
    """
    if data.rfind(b"%%EOF") < 0:
        raise _damaged()
    plain = _unescape(data)
    if _ENCRYPT.search(plain):
        raise UploadRefused("encrypted")
    notes = _look(plain)
    left = MAX_INFLATED
    for packed in _object_streams(data):
        text = _inflate(packed, left)
        left -= len(text)
        notes |= _look(_unescape(text))
    return tuple(sorted(notes))


def _object_streams(data: bytes) -> Iterator[bytes]:
    """The packed bytes of each compressed object stream; streams never overlap."""
    at = 0
    while found := _STREAM.search(data, at):
        end = data.find(b"endstream", found.end())
        if end < 0:
            raise _damaged()
        head = data[max(at, found.start() - _DICTIONARY) : found.start()]
        head = _unescape(head[head.rfind(b"obj") + 3 :] if b"obj" in head else head)
        if b"/ObjStm" in head and b"/Filter" in head:
            if b"/FlateDecode" not in head or b"/DecodeParms" in head:
                raise _damaged()
            yield data[found.end() : end]
        at = end + len(b"endstream")


def _look(text: bytes) -> set[str]:
    if _ACTIVE.search(text):
        raise UploadRefused("pdf_script")
    return {"pdf_attachments"} if _ATTACHED.search(text) else set()


def _unescape(text: bytes) -> bytes:
    return _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), text) if b"#" in text else text


def _inflate(packed: bytes, limit: int) -> bytes:
    try:
        text = zlib.decompressobj().decompress(packed, limit + 1)
    except zlib.error as error:
        raise _damaged() from error
    if len(text) > limit:
        raise UploadRefused("packed_too_large", limit=in_units(MAX_INFLATED))
    return text


def _damaged() -> UploadRefused:
    return UploadRefused("damaged", kind_zh=" PDF 文件", kind_en="PDF file")
