"""A paper as PDF, through WeasyPrint, with the measures of GB/T 9704-2012.

WeasyPrint and the Noto faces took 180 MB for a paper of three pages: make a PDF in a job worker,
not in a web process. Both are imported on first use. Nothing but the given font files is opened,
and no address.
"""

import hashlib
from datetime import UTC, datetime, time
from html import escape

from lvzhi.core.paper import measures as m
from lvzhi.core.paper import wording
from lvzhi.core.paper.fonts import FALLBACKS, KNOWN_NAMES, Face, FontSet
from lvzhi.core.paper.model import Chart, Form, Paper, PaperError, Style

_CLASSES = {
    Style.BODY: "p",
    Style.HEADING1: "p h1",
    Style.HEADING2: "p h2",
    Style.HEADING3: "p",
    Style.ITEM: "p",
}


def pdf(paper: Paper, fonts: FontSet | None = None) -> bytes:
    """The paper as a tagged PDF; the same paper with the same fonts gives the same bytes.

    Elements whose words do not fit (a 版记 taller than a page) overflow; nothing is cut.
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    source = html(paper, fonts or FontSet())
    page = HTML(string=source, url_fetcher=URLFetcher(allowed_protocols=("file",)))
    identifier = hashlib.sha256(source.encode()).digest()[:16]
    made: bytes | None = page.write_pdf(pdf_identifier=identifier, pdf_tags=True)
    if made is None:
        raise PaperError("WeasyPrint returned no document.")
    return made


def html(paper: Paper, fonts: FontSet) -> str:
    """The page source: all words escaped, the style in one sheet, no scripts, no addresses."""
    made = paper.dated and datetime.combine(paper.dated, time(), UTC).isoformat()
    created = f'<meta name="dcterms.created" content="{made}">' if made else ""
    title = "".join(wording.title_lines(paper.title))
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="author" content="{escape(paper.issuer)}">{created}'
        f"<style>{_font_faces(fonts)}{_style(fonts, paper)}</style></head>"
        f'<body class="{paper.form.value}">{_head(paper)}{_title(paper)}{_body(paper)}{_closing(paper)}'
        f"{_imprint(paper)}</body></html>"
    )


def _div(css: str, words: str, tag: str = "div") -> str:
    return f'<{tag} class="{css}">{escape(words)}</{tag}>'


def _head(paper: Paper) -> str:
    number = str(paper.number) if paper.number else ""
    front = "".join(_div("front", line) for line in wording.front_lines(paper))
    if not paper.red_header:
        return front + (_div("number", number) if number else "")
    words = wording.mark(paper)
    size, narrow = m.mark_scale(len(words))
    mark = (
        f'<div class="mark" style="font-size:{size}pt"><span style="transform:scaleX({narrow})">'
        f"{escape(words)}</span></div>"
    )
    if paper.form is Form.LETTER:
        beside = f'<div class="row">{front or "<div></div>"}{_div("right", number)}</div>'
        lines = '<div class="double"></div></div><div class="double foot"></div>'
        return f'<div class="letterhead">{mark}{lines}{beside}'
    signer = ""
    if paper.form is Form.UPWARD and paper.signer:
        signer = f"<div>签发人：<span class='kai'>{escape(paper.signer)}</span></div>"
    line = f'<div class="number{" pair" if signer else ""}"><div>{escape(number)}</div>{signer}</div>'
    return f'<div class="fronts">{front}</div>{mark}{line}<div class="rule"></div>'


def _title(paper: Paper) -> str:
    lines = "<br>".join(escape(line) for line in wording.title_lines(paper.title))
    return f'<h1 class="title">{lines}</h1>'


def _body(paper: Paper) -> str:
    parts = [_div("to", wording.addressee_line(paper), "p")] if paper.addressee else []
    for style, label, words in wording.numbered(paper.paragraphs):
        if isinstance(style, Chart):
            parts.append(_chart(style, label + words))
            continue
        tag = {Style.HEADING1: "h2", Style.HEADING2: "h3"}.get(style, "p")
        parts.append(_div(_CLASSES[style], label + words, tag))
    return "".join(parts)


def _chart(chart: Chart, title: str) -> str:
    """Bars as a table, so that a reader hears every figure; the title above, on the same page as the first bar."""
    rows = "".join(
        f'<tr><th scope="row">{escape(bar.label)}</th><td class="room"><div class="bar" '
        f'style="width:{100 * chart.share(bar):.1f}%"></div></td><td class="figure">{escape(bar.words)}</td></tr>'
        for bar in chart.bars
    )
    return f'<table class="chart"><caption>{escape(title)}</caption><tbody>{rows}</tbody></table>'


def _closing(paper: Paper) -> str:
    parts: list[str] = []
    if lines := wording.attachment_lines(paper):
        hang = 3 if len(lines) == 1 else 4
        rows = (
            f'<p class="att" style="padding-left:{_em(2 + hang)};text-indent:{_em(-hang if n == 0 else -1)}">'
            f"{escape(lead + name)}</p>"
            for n, (lead, name) in enumerate(lines)
        )
        parts.append(f'<div class="atts">{"".join(rows)}</div>')
    day = wording.chinese_date(paper.dated) if paper.dated else ""
    sign_in, date_in = wording.closing_indents(paper, day)
    if paper.signature or day:
        css = "sign sealed" if paper.sealed else "sign"
        parts.append(
            f'<div class="{css}"><p style="padding-right:{_em(sign_in)}">{escape(paper.signature)}</p>'
            f'<p style="padding-right:{_em(date_in)}">{day}</p></div>'
        )
    if paper.note:
        parts.append(_div("p", f"（{paper.note}）", "p"))
    return "".join(parts)


def _imprint(paper: Paper) -> str:
    rows: list[str] = []
    if paper.copy_to:
        rows.append(f'<div class="cc">抄送：{escape(wording.copy_to_line(paper))}</div>')
    if printed := wording.printed_line(paper):
        rows.append(f'<div class="row"><div>{escape(printed[0])}</div><div>{escape(printed[1])}</div></div>')
    if not rows:
        return ""
    css = "imprint bare" if paper.form is Form.LETTER else "imprint"
    return f'<div class="{css}">{"".join(rows)}</div>'


def _em(chars: float) -> str:
    return f"{chars * m.CHAR:.2f}pt"


def _font_faces(fonts: FontSet) -> str:
    return "".join(
        f'@font-face{{font-family:"lvzhi-{face.value}";src:url("{path.resolve().as_uri()}")}}'
        for face, path in sorted(fonts.files.items())
    )


def _family(face: Face) -> str:
    names = (f"lvzhi-{face.value}", *KNOWN_NAMES[face], *FALLBACKS[face])
    return ",".join(f'"{name}"' for name in names)


def _style(fonts: FontSet, paper: Paper) -> str:
    """The sheet. A bold fallback stands in for 小标宋, which is heavier than a body face."""
    weight = 400 if Face.TITLE in fonts.files else 700
    first = "@page :first{@bottom-right{content:none}}" if paper.form is Form.LETTER else ""
    number = (
        f'content:"— " counter(page) " —";font:{m.SIZE_FOUR}pt/1 {_family(Face.FIGURES)};'
        f"vertical-align:top;padding-top:{m.PAGE_NUMBER_GAP * m.MM - m.SIZE_FOUR / 2:.1f}pt;"
    )
    rule = f"{m.RULE}pt solid #{m.RED}"
    return f"""
@page{{size:A4;margin:{m.TOP}mm {m.RIGHT}mm {m.BOTTOM}mm {m.LEFT}mm;@footnote{{border:0;padding:0;margin:0}}}}
@page :right{{@bottom-right{{{number}padding-right:{m.SIZE_FOUR}pt}}}}
@page :left{{@bottom-left{{{number}padding-left:{m.SIZE_FOUR}pt}}}}
{first}
*{{margin:0;padding:0;font-weight:400;font-size:inherit}}
body{{font:{m.SIZE_THREE}pt/{m.LINE:.3f}pt {_family(Face.BODY)};letter-spacing:{m.CHAR - m.SIZE_THREE:.3f}pt;
 text-align:justify;orphans:1;widows:1;font-variant-east-asian:normal}}
.fronts{{height:{3 * m.LINE:.2f}pt;margin-bottom:{m.MARK_TOP * m.MM - 3 * m.LINE:.2f}pt}}
.front{{font-family:{_family(Face.HEADING)}}}
.mark{{text-align:center;color:#{m.RED};line-height:1;letter-spacing:0;white-space:nowrap;
 font-family:{_family(Face.TITLE)};width:300mm;margin-left:-{(300 - m.TEXT_WIDTH) / 2}mm}}
.mark span{{display:inline-block;font-weight:{weight}}}
.number{{margin-top:{2 * m.LINE:.2f}pt;text-align:center}}
.pair{{display:flex;justify-content:space-between;white-space:nowrap;padding:0 {m.CHAR:.2f}pt}}
.kai{{font-family:{_family(Face.SUBHEADING)}}}
.rule{{border-top:{rule};margin-top:{m.RULE_GAP * m.MM - (m.LINE - m.SIZE_THREE) / 2:.2f}pt}}
.row{{display:flex;justify-content:space-between}}
.row>div{{white-space:nowrap}}
.title{{font-family:{_family(Face.TITLE)};font-weight:{weight};font-size:{m.SIZE_TWO}pt;letter-spacing:0;
 text-align:center;margin:{2 * m.LINE:.2f}pt 0 {m.LINE:.2f}pt;line-height:{m.LINE * 1.2:.2f}pt}}
.p{{text-indent:{2 * m.CHAR:.2f}pt}}
.h1{{font-family:{_family(Face.HEADING)};break-after:avoid}}
.h2{{font-family:{_family(Face.SUBHEADING)};break-after:avoid}}
.chart{{width:100%;margin:{m.LINE / 3:.2f}pt 0;border-collapse:collapse;letter-spacing:0;
 font-size:{m.SIZE_CHART}pt;line-height:{m.SIZE_CHART * 1.5:.1f}pt;border-top:.7pt solid;border-bottom:.7pt solid}}
.chart caption{{font-family:{_family(Face.HEADING)};text-align:center;padding-bottom:4pt;break-after:avoid}}
.chart tr{{break-inside:avoid}}
.chart th{{width:26%;text-align:right;padding:1pt 6pt}}
.chart .room{{width:58%;padding:0;vertical-align:middle}}
.chart .bar{{height:{m.SIZE_CHART * 0.8:.1f}pt;background:#{m.BAR}}}
.chart .figure{{padding:1pt 6pt;white-space:nowrap}}
.atts{{margin-top:{m.LINE:.2f}pt}}
.sign{{margin-top:{m.LINE:.2f}pt;text-align:right;break-inside:avoid;break-before:avoid}}
.sealed{{margin-top:{2 * m.LINE:.2f}pt}}
.imprint{{float:footnote;font-size:{m.SIZE_FOUR}pt;line-height:{m.SIZE_FOUR * 1.7:.1f}pt;letter-spacing:0;
 border-top:{m.IMPRINT_THICK}mm solid;border-bottom:{m.IMPRINT_THICK}mm solid}}
.imprint::footnote-call,.imprint::footnote-marker{{content:none}}
.imprint .row,.imprint .cc{{padding:0 {m.SIZE_FOUR}pt}}
.imprint .cc{{padding-left:{4 * m.SIZE_FOUR}pt;text-indent:-{3 * m.SIZE_FOUR}pt}}
.imprint .cc+.row{{border-top:{m.IMPRINT_THIN}mm solid}}
.bare{{border:0}}
.letterhead{{margin-top:{m.LETTER_MARK_TOP - m.TOP}mm}}
.double{{position:relative;border-top:2.2pt solid #{m.RED};border-bottom:.7pt solid #{m.RED};height:1.4pt;
 width:{m.LETTER_RULE_WIDTH}mm;margin:{m.LETTER_RULE_GAP}mm 0 {m.SIZE_THREE * 7 / 8 - 6:.1f}pt
 {(m.PAGE_WIDTH - m.LETTER_RULE_WIDTH) / 2 - m.LEFT}mm}}
.foot{{position:absolute;top:{m.PAGE_HEIGHT - m.LETTER_RULE_BOTTOM - m.TOP - 1.5}mm;left:0;margin-top:0;
 border-top-width:.7pt;border-bottom-width:2.2pt}}
.letter .front{{display:block}}
"""
