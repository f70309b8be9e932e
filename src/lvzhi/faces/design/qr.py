"""QR codes as SVG of our own drawing: one path, in the colours of print on every theme."""

from __future__ import annotations

import qrcode
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 4
"""Modules of white around a code, as ISO/IEC 18004 asks."""


def qr_svg(text: str, label: str) -> SafeString:
    """`text` as a QR code that scales with its box; `label` is what a screen reader says of it.

    Black on white whatever the theme, since many readers cannot read it the other way around. Correction level M: a
    crease or a coffee stain is forgiven.
    """
    code = qrcode.QRCode(border=QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    side = len(rows)
    path = "".join(
        f"M{start} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for start, length in _runs(list(row))
    )
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="{}" shape-rendering="crispEdges">'
        '<rect width="{}" height="{}" fill="#fff"/><path fill="#000" d="{}"/></svg>',
        side, side, label, side, side, path,
    )  # fmt: skip


def _runs(row: list[bool | None]) -> list[tuple[int, int]]:
    """Where dark stretches begin in a row, and how long they are."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found
