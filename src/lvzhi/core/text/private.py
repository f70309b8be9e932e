"""Personal data in free text: where it stands, what it is, how certain that is; and the text without it.

Found are things by which one person can be reached or named (个人信息保护法 2021-08-20 第四条): the words stay with a
human, who decides what is blacked out. Hotlines (12345, 400-…) and public offices are no persons and are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from lvzhi.core.text.private_names import names
from lvzhi.core.text.private_numbers import FINDERS
from lvzhi.core.text.span import Span, apart, plain

LABELS = {
    "phone": "电话",
    "identity": "身份证号",
    "bank_card": "银行卡号",
    "plate": "车牌号",
    "email": "邮箱",
    "passport": "护照号",
    "wechat": "微信号",
    "qq": "QQ号",
    "door": "门牌号",
    "person": "姓名",
}
"""What each kind is called, and what stands in its place when it is masked."""

SURE = 0.6
"""From here on a span is worth blacking out without being asked about first."""


def find(text: str, *, least: float = 0.0) -> list[Span]:
    """Every piece of personal data in `text`, in order, never overlapping; `kind` is a key of `LABELS`.

    `least` leaves out what is less certain. 张某 (0.35) and a house number in a street (0.5) are below `SURE`.
    """
    flat = plain(text)
    numbers = apart(span for finder in FINDERS for span in finder(text, flat))
    everything = apart([*numbers, *names(text, flat, numbers)])
    return [span for span in everything if span.certainty >= least]


def mask(text: str, spans: Iterable[Span]) -> str:
    """`text` with every span replaced by its label, such as 〔电话〕. Overlapping spans are refused with ValueError."""
    pieces: list[str] = []
    last = 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start < last or span.end > len(text):
            raise ValueError(f"The spans overlap or leave the text at {span.start}.")
        pieces += [text[last : span.start], f"〔{LABELS[span.kind]}〕"]
        last = span.end
    return "".join([*pieces, text[last:]])
