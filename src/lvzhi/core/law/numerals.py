"""Chinese numerals both ways, as laws number their units and write their dates.

>>> to_int("一千零四十三"), to_chinese(1043)
(1043, '一千零四十三')
"""

from functools import lru_cache

DIGITS = "〇零一二三四五六七八九两0123456789０１２３４５６７８９十百千"
"""Every character of which a number may be made, for use inside a regular expression's brackets."""

_VALUES = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("０１２３４５６７８９")},
    **{str(value): value for value in range(10)},
    "〇": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NAMES = "零一二三四五六七八九"
MOST = 9999


@lru_cache(maxsize=8192)
def to_int(text: str) -> int:
    """The number that `text` writes: with units (一百零一, 十二), digit by digit (二〇二四) or in figures.

    Raises ValueError for an empty text, another character, or a number over 9,999.
    """
    if not text or len(text) > 9:
        raise ValueError(text)
    total = pending = 0
    for char in text:
        if unit := _UNITS.get(char):
            total += (pending or 1) * unit
            pending = 0
        elif (value := _VALUES.get(char)) is not None:
            pending = pending * 10 + value
        else:
            raise ValueError(text)
    if total + pending > MOST:
        raise ValueError(text)
    return total + pending


@lru_cache(maxsize=8192)
def to_chinese(number: int) -> str:
    """The number as laws write it: 十, 十一, 二十, 一百零一, 一百一十. Raises ValueError outside 0 to 9,999."""
    if not 0 <= number <= MOST:
        raise ValueError(number)
    if number < 10:
        return _NAMES[number]
    written, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit == 0:
            gap = bool(written)
            continue
        if gap:
            written += "零"
            gap = False
        # 十二, yet 一百一十二: the leading 一 of 十 is written only inside a larger number.
        written += name if digit == 1 and unit == 10 and not written else _NAMES[digit] + name
    return written
