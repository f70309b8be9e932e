"""The poster of a station: a code that opens the form, large enough to be read from two metres."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final, Literal

from lvzhi.core.paper import Face, FontSet
from lvzhi.core.paper.fonts import FALLBACKS, KNOWN_NAMES
from lvzhi.faces.design.qr import qr_svg

Size = Literal["a4", "a3"]
SCALES: Final[dict[Size, float]] = {"a4": 1.0, "a3": 1.414}


@dataclass(frozen=True, slots=True)
class Poster:
    """The words of a poster; `target` is the address its code opens, `short` what a person types instead."""

    kicker: str
    title: tuple[str, str]
    target: str
    label: str
    how: tuple[str, str]
    name: str
    hours: str
    address: str
    phone: str
    short: str


def poster_html(poster: Poster, fonts: FontSet, size: Size) -> str:
    """The page; every word escaped, no script, no address but the fonts'."""
    scale = SCALES[size]
    faces = "".join(
        f'@font-face{{font-family:"lvzhi-{face.value}";src:url("{path.resolve().as_uri()}")}}'
        for face, path in sorted(fonts.files.items())
    )
    where = "<br>".join(escape(each) for each in (poster.hours, poster.address) if each)
    foot = "".join(f"<span>{escape(each)}</span>" for each in (poster.phone, poster.short) if each)
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(poster.name)}</title>'
        f"<style>{faces}{_style(scale, size)}</style></head><body>"
        f'<p class="kicker">{escape(poster.kicker)}</p>'
        f"<h1>{escape(poster.title[0])}<br>{escape(poster.title[1])}</h1>"
        f'<div class="qr">{qr_svg(poster.target, poster.label)}</div>'
        f'<p class="how">{escape(poster.how[0])}<br>{escape(poster.how[1])}</p>'
        f'<p class="where"><b>{escape(poster.name)}</b><br>{where}</p><div class="foot">{foot}</div></body></html>'
    )


def _family(face: Face) -> str:
    names = (f"lvzhi-{face.value}", *KNOWN_NAMES[face], *FALLBACKS[face])
    return ",".join(f'"{name}"' for name in names)


def _style(scale: float, size: Size) -> str:
    def mm(length: float) -> str:
        return f"{length * scale:.1f}mm"

    def pt(length: float) -> str:
        return f"{length * scale:.1f}pt"

    return f"""
@page{{size:{size.upper()};margin:{mm(16)} {mm(18)}}}
*{{margin:0;padding:0}}
body{{text-align:center;color:#111;font-family:{_family(Face.HEADING)};font-size:{pt(17)};line-height:1.6}}
.kicker{{font-size:{pt(18)};letter-spacing:.1em;margin-top:{mm(4)}}}
h1{{font-family:{_family(Face.TITLE)};font-size:{pt(54)};font-weight:700;line-height:1.3;margin:{mm(7)} 0}}
.qr svg{{width:{mm(96)};height:{mm(96)}}}
.how{{margin-top:{mm(5)};font-size:{pt(20)}}}
.where{{margin-top:{mm(6)}}}
.foot{{position:absolute;bottom:0;left:0;right:0;border-top:{pt(3)} solid #111;padding-top:{mm(3)};
 display:flex;justify-content:space-between;font-size:{pt(14)};text-align:left}}
"""


def poster_pdf(poster: Poster, fonts: FontSet, size: Size) -> bytes:
    """The poster as PDF. Some tenths of a second of one core: the caller keeps what was made."""
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    source = poster_html(poster, fonts, size)
    made: bytes = HTML(string=source, url_fetcher=URLFetcher(allowed_protocols=("file",))).write_pdf(pdf_tags=True)
    return made
