"""Text that people send: as a file, in a form, and out again into a spreadsheet."""

import re
import unicodedata

from lvzhi.core.upload.kinds import is_page
from lvzhi.core.upload.refusal import UploadRefused

_KEPT_CONTROLS = "\t\n"
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_EMOJI = "\u00a9\u00ae\u203c-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
_STRAY_JOINER = re.compile(f"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])")
_MONGOLIAN = "\u1820-\u18aa"
_STRAY_VOWEL_MARK = re.compile(f"(?<![{_MONGOLIAN}])\u180e|\u180e(?![{_MONGOLIAN}])")
_JOINERS = "\u200d\u180e"

_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?%?")
_FORMULA_STARTS = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")


def read_text(data: bytes) -> str:
    """Decode the bytes of a text file: UTF-8, UTF-16 with its mark, or GB 18030 (GBK, GB 2312).

    Line ends become \\n. Raises UploadRefused('not_text') for anything binary or unreadable,
    and 'web_page' for HTML, SVG and XML.
    """
    text = _decoded(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    if any(unicodedata.category(c) == "Cc" and c not in _KEPT_CONTROLS for c in set(text)):
        raise UploadRefused("not_text")
    if is_page(text[:1024].encode("utf-8", "replace")):
        raise UploadRefused("web_page")
    return text


def _decoded(data: bytes) -> str:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UploadRefused("not_text") from error
    # GB 18030 gives a meaning to nearly every pair of bytes; real Chinese text is made of
    # letters and punctuation, while binary data lands in private and unassigned places.
    odd = sum(unicodedata.category(c) in ("Co", "Cn", "Cs") for c in text)
    if odd * 50 > len(text):
        raise UploadRefused("not_text")
    return text


def clean_text(text: str, limit: int) -> str:
    """Text from a form, safe to store and show: NFC, without invisible or direction-changing signs.

    Kept: line breaks as \\n, tabs, emoji with their joiners and variation marks, Mongolian vowel
    separators, private-use signs (rare characters of names). Removed: bidirectional controls,
    zero-width signs, other control characters, tag characters, noncharacters, lone surrogates.
    `limit` counts Unicode characters after cleaning. Raises UploadRefused('text_too_long').
    """
    text = _BREAKS.sub("\n", text)
    text = "".join(c for c in text if c in _JOINERS or not _is_unwanted(c))
    text = unicodedata.normalize("NFC", text)
    text = _STRAY_VOWEL_MARK.sub("", _STRAY_JOINER.sub("", text))
    text = unicodedata.normalize("NFC", text)
    if len(text) > limit:
        raise UploadRefused("text_too_long", limit=limit, length=len(text), over=len(text) - limit)
    return text


def clean_name(name: str, limit: int = 120) -> str:
    """A file name for showing and for downloads: no folders, no invisible signs, the extension kept.

    `limit` counts characters; a longer stem is cut. A name of nothing but dots becomes '未命名'.
    """
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(" " if c in '\t\n"<>|:*?' else c for c in clean_text(name, len(name) * 3 + 1)).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:limit] or "未命名"
    return f"{stem[: limit - len(extension) - 1].strip() or '未命名'}.{extension}"


def _is_unwanted(char: str) -> bool:
    if char in _KEPT_CONTROLS:
        return False
    code = ord(char)
    nonchar = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return nonchar or char in "\u115f\u1160\u3164\uffa0" or unicodedata.category(char) in ("Cc", "Cf", "Cs")


def looks_like_formula(value: str) -> bool:
    """Whether a spreadsheet might run this cell: it starts as a formula does and is no plain number."""
    start = value.lstrip(" \u3000\u00a0")
    if start.startswith(("\t", "\r", "\n")):
        return True
    return start.startswith(_FORMULA_STARTS) and _NUMBER.fullmatch(start.rstrip()) is None


def csv_safe(value: str) -> str:
    """The cell as it may stand in an exported CSV: a formula is shown as text by a leading '.

    Source: OWASP, CSV Injection. Quoting and separators stay the business of the csv module.
    """
    return f"'{value}" if looks_like_formula(value) else value
