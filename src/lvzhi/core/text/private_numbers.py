"""Numbers by which one person can be found: telephones, identity cards, bank cards, plates, addresses of the net."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from lvzhi.core.text.span import Span

GAP = r"[ \t\u3000\u00a0.·-]{0,2}"
"""What people put between the digits of one number."""
CUE_BEFORE = 12
"""So many characters before a number may say what it is."""

_PROVINCES = frozenset((*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55),
                        *range(61, 66), 71, 81, 82, 83))  # fmt: skip
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

_MOBILE = re.compile(rf"(?<![\dA-Za-z])(?:(?:\+|00)?86{GAP})?(1(?:{GAP}[3-9])(?:{GAP}\d){{9}})(?!\d)")
_LANDLINE = re.compile(
    rf"(?<!\d)[(（]?(0(?:10|2\d|[3-9]\d{{2}}))[)）]?{GAP}([2-9]\d{{2,3}}{GAP}\d{{4}})(?:{GAP}(?:转|-)\d{{1,4}})?(?!\d)"
)
_LOCAL = re.compile(rf"(?<![\d.年])([2-9]\d{{2,3}}{GAP}\d{{4}})(?![\d年元万亿.])")
_PHONE_CUE = re.compile(
    r"(?:电话|座机|固话|手机|联系方式|致电|拨打|tel|phone)(?:号码?)?(?:是|为)?[:： ]{0,3}$", re.IGNORECASE
)
_LONG = re.compile(rf"(?<![\dA-Za-z])(\d(?:{GAP}\d){{13,18}}(?:{GAP}[Xx])?)(?![\dA-Za-z])")
_CARD_CUE = re.compile(r"(?:卡号|银行卡|账号|帐号|账户|帐户|存折|一卡通|储蓄卡|信用卡)[^，。；\n]{0,8}$")
_ID_CUE = re.compile(r"(?:身份证|证件号|身份号)[^，。；\n]{0,8}$")
_PLATE = re.compile(
    r"(?<![A-Za-z0-9])([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使][A-HJ-NP-Za-hj-np-z]"
    r"[ ·•・.-]?(?:(?:[DFdf][A-HJ-NP-Za-hj-np-z0-9]\d{4}|\d{5}[DFdf])"
    r"|[A-HJ-NP-Za-hj-np-z0-9]{4}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳领]))"
    r"(?![A-Za-z0-9])"
)
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
)
_PASSPORT = re.compile(r"(?<![A-Za-z0-9])([EeGgDdSsPpHhCcMm][A-Za-z]?\d{7,8})(?![A-Za-z0-9])")
_PASSPORT_CUE = re.compile(r"(?:护照|通行证|回乡证|台胞证)[^，。；\n]{0,8}$")
_WECHAT = re.compile(
    r"(?:微信|薇信|威信|(?<![A-Za-z])(?:vx|wx|weixin|wechat))(?:号码?|id)?(?:是"
    r"|为)?[:： ]{0,3}([A-Za-z][A-Za-z0-9_-]{5,19})",
    re.IGNORECASE,
)
_QQ = re.compile(r"(?<![A-Za-z])(?:qq|扣扣)(群)?(?:号码?)?(?:是|为)?[:： ]{0,3}([1-9]\d{4,10})(?!\d)", re.IGNORECASE)


def valid_identity(number: str) -> bool:
    """Whether 18 characters are an identity number: province, day of birth and check digit (GB 11643)."""
    return born(number[6:14]) and int(number[:2]) in _PROVINCES and check_digit(number[:17]) == number[17].upper()


def check_digit(first: str) -> str:
    """The eighteenth sign of an identity number, from its first seventeen digits (ISO 7064, mod 11-2)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first, _WEIGHTS, strict=True)) % 11]


def born(digits: str) -> bool:
    """Whether eight digits are a day on which somebody alive may have been born."""
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2099
    except ValueError:
        return False


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of a bank card."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _cued(flat: str, start: int, cue: re.Pattern[str]) -> bool:
    return cue.search(flat, max(0, start - CUE_BEFORE), start) is not None


def _span(text: str, hit: re.Match[str], kind: str, certainty: float, reason: str, group: int = 0) -> Span:
    start, end = hit.span(group)
    return Span(start, end, kind, text[start:end], certainty, reason)


def _groups(found: str) -> tuple[int, ...]:
    return tuple(len(piece) for piece in re.split(r"[^\d]+", found) if piece)


def mobiles(text: str, flat: str) -> Iterator[Span]:
    """Eleven digits from 13 to 19; grouped in a way no telephone is, they are held for less certain."""
    for hit in _MOBILE.finditer(flat):
        usual = _groups(hit.group(1)) in ((11,), (3, 4, 4), (3, 8), (4, 4, 3), (7, 4), (3, 3, 5), (1,) * 11)
        digits = re.sub(r"\D", "", hit.group(1))
        if len(set(digits)) > 2:
            yield _span(text, hit, "phone", 0.98 if usual else 0.6, "mobile" if usual else "mobile_unusual")


def spelled_mobiles(text: str, flat: str) -> Iterator[Span]:
    """A mobile number written in Chinese numerals, also mixed with digits."""
    for hit in re.finditer(
        r"(?<![〇零一二三四五六七八九幺\d])[一幺1][三四五六七八九3-9][〇零一二三四五六七八九幺\d]{9}(?![〇零一二三"
        r"四五六七八九幺\d])",
        flat,
    ):
        if not hit.group().isdigit() or not hit.group().isascii():
            yield _span(text, hit, "phone", 0.9, "mobile_spelled")


def landlines(text: str, flat: str) -> Iterator[Span]:
    """A number with its area code; seven or eight digits alone only where a word says that they are a telephone."""
    for hit in _LANDLINE.finditer(flat):
        yield _span(text, hit, "phone", 0.92, "landline")
    for hit in _LOCAL.finditer(flat):
        if _cued(flat, hit.start(), _PHONE_CUE):
            yield _span(text, hit, "phone", 0.8, "landline_cued")


def long_numbers(text: str, flat: str) -> Iterator[Span]:
    """Identity numbers and bank cards: both are long rows of digits, told apart by their check digits."""
    for hit in _LONG.finditer(flat):
        digits = re.sub(r"[^\dXx]", "", hit.group(1))
        verdict = _identity(flat, hit.start(), digits) or _card(flat, hit.start(), digits)
        if verdict is not None:
            yield _span(text, hit, *verdict, 1)


def _identity(flat: str, start: int, digits: str) -> tuple[str, float, str] | None:
    said = _cued(flat, start, _ID_CUE)
    if len(digits) == 18:
        if valid_identity(digits):
            return "identity", 0.99, "identity"
        if born(digits[6:14]) and int(digits[:2]) in _PROVINCES:
            return "identity", 0.85 if said else 0.7, "identity_near"
    if len(digits) == 15 and digits.isdigit() and int(digits[:2]) in _PROVINCES and born("19" + digits[6:12]):
        return "identity", 0.85 if said else 0.6, "identity_old"
    return ("identity", 0.65, "identity_said") if said and len(digits) >= 15 else None


def _card(flat: str, start: int, digits: str) -> tuple[str, float, str] | None:
    if not digits.isdigit() or not 15 <= len(digits) <= 19:
        return None
    said = _cued(flat, start, _CARD_CUE)
    if luhn(digits) and (digits[:2] == "62" or said):
        return "bank_card", 0.97, "bank_card"
    if luhn(digits) and digits[0] in "3456" and len(digits) >= 16:
        return "bank_card", 0.8, "bank_card"
    return ("bank_card", 0.6, "bank_card_said") if said else None


def plates(text: str, flat: str) -> Iterator[Span]:
    """Licence plates, also the longer ones of new-energy cars."""
    for hit in _PLATE.finditer(flat):
        figures = sum(char.isdigit() for char in hit.group(1)[2:])
        if figures >= 1:
            yield _span(text, hit, "plate", 0.95 if figures >= 3 else 0.7, "plate")


def accounts(text: str, flat: str) -> Iterator[Span]:
    """E-mail addresses, WeChat and QQ numbers, passports."""
    for hit in _EMAIL.finditer(flat):
        yield _span(text, hit, "email", 0.98, "email")
    for hit in _WECHAT.finditer(flat):
        yield _span(text, hit, "wechat", 0.9, "wechat", 1)
    for hit in _QQ.finditer(flat):
        yield _span(text, hit, "qq", 0.6 if hit.group(1) else 0.9, "qq_group" if hit.group(1) else "qq", 2)
    for hit in _PASSPORT.finditer(flat):
        if _cued(flat, hit.start(), _PASSPORT_CUE):
            yield _span(text, hit, "passport", 0.95, "passport", 1)
        elif re.fullmatch(r"[EG]\d{8}|E[A-HJ-NP-Z]\d{7}", hit.group(1)):
            yield _span(text, hit, "passport", 0.55, "passport_shape", 1)


_FIGURE = r"[\d〇零一二三四五六七八九十百]{1,5}"
_DOOR = re.compile(
    rf"(?:[A-Za-z]?{_FIGURE}[A-Za-z]?(?:号楼|栋|幢|座|#楼?)|[A-Za-z][座栋幢])[ -]?"
    rf"(?:(?:[A-Za-z]|{_FIGURE})单元[ -]?)?(?:{_FIGURE}(?:楼|层)[ -]?)?(?:[A-Za-z]?{_FIGURE}(?:室|房|号房|户)"
    rf"|[A-Za-z]?\d{{3,4}}(?:室|房|号|户)?(?!\d|[年元米平人户天]))"
    rf"|{_FIGURE}单元[ -]?[A-Za-z]?{_FIGURE}(?:室|房|号|户)"
    rf"|(?<![\d-])\d{{1,3}}-\d{{1,2}}-\d{{3,4}}(?:室|房|号)?(?![\d-])"
)
_HOUSE = re.compile(
    rf"(?:[村屯寨湾冲坪]|[村寨][^，。\n]{{0,4}}组|[{'一二三四五六七八九十'}\d]{{1,3}}组"
    rf"|[街路巷弄道里])({_FIGURE}(?:号|弄{_FIGURE}号)(?:之?{_FIGURE}室?)?)(?!线|楼|院|文|令|地铁|公交|工地|路|令|桥"
    r"|口)"
)


def doors(text: str, flat: str) -> Iterator[Span]:
    """The door of a home: building with room, or a house number in a street or a village."""
    for hit in _DOOR.finditer(flat):
        yield _span(text, hit, "door", 0.9, "door")
    for hit in _HOUSE.finditer(flat):
        yield _span(text, hit, "door", 0.5, "house_number", 1)


FINDERS: tuple[Callable[[str, str], Iterator[Span]], ...] = (
    mobiles, spelled_mobiles, landlines, long_numbers, plates, accounts, doors,
)  # fmt: skip
