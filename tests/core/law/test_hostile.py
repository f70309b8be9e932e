"""Files made to break a reader or to keep it busy: each is read or refused, in a second for 100 kB."""

from __future__ import annotations

import time
import zipfile
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvzhi.core import law
from lvzhi.core.law import exports
from lvzhi.core.law.readers.markup import Piece, pieces
from lvzhi.core.law.readers.page import page_text
from lvzhi.core.law.readers.word import LARGEST_BODY
from tests.core.law.samples import RULES, rules
from tests.core.law.test_readers import PLAIN, word
from tools.fuzz_law import TARGETS, TOKENS, spell, spelled

SECOND = 1.0
TEXTS = st.binary(max_size=400).map(spelled)


def timed(name: str, data: bytes) -> tuple[str, float]:
    """'read' or the code of the refusal, and the seconds it took for each 100 kB."""
    begun = time.process_time()
    try:
        document = law.read(name, data)
        assert document.join() == document.source
        told = "read"
    except law.LawRefused as refused:
        told = refused.code
    return told, (time.process_time() - begun) / max(1.0, len(data) / 100_000)


PAGES = {
    "skipped elements inside one another": "<svg>" * 10_000 + "</p>" * 10_000,
    "boxes inside one another": "<div>" * 400 + "甲<br>" * 12_000,
    "comments without end": "<!--" * 25_000,
    "attributes without end": '<a b="' * 16_000,
    "tags without end": "<a" * 50_000,
    "end tags without end": "</" * 50_000,
    "instructions without end": "<?" * 50_000,
    "sections without end": "<![CDATA[" * 11_000,
    "signs": "&#" * 50_000,
    "cells": "<tr>" + "<td>甲" * 20_000,
    "ends that were not opened": "<div>" * 300 + "</section>" * 9_000,
    "choices": "<select>" * 8_000 + "</option>" * 4_000,
    "quotes": "<a '\"" * 20_000,
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_made_to_be_slow_is_read_in_a_second(kind):
    begun = time.process_time()

    page_text(f"<html><body>{PAGES[kind][:100_000]}")

    assert time.process_time() - begun < SECOND


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>第一条 甲 < 乙</p><p>第二条", "第一条 甲 < 乙\n第二条\n"),
        ("<p>甲<!-- 注 -->乙</p>", "甲乙\n"),
        ("<p>甲<!-- 没有结尾<p>乙", "甲 没有结尾\n乙\n"),
        ('<p title="a > b">甲</p>', "甲\n"),
        ("<p a='>'>甲<br/>乙", "甲\n乙\n"),
        ("<script>var a = '<p>第九条</p>';</script><p>甲", "甲\n"),
        ("<SCRIPT>x</Script ><p>甲", "甲\n"),
        ("<svg/><p>甲", "甲\n"),
        ("<p>&lt;甲&gt;&nbsp;&#19968;</p>", "<甲> 一\n"),
        ("甲<", "甲<\n"),
        ("<style>p{}", ""),
        ("<!DOCTYPE html><?xml x?><p>甲", "甲\n"),
    ],
)
def test_broken_markup_gives_the_words_a_reader_would_see(markup, text):
    assert page_text(markup) == text


@given(st.text("<>/!-?ab\"'= &;甲", max_size=60))
def test_no_word_outside_of_tags_is_lost(markup):
    words = "".join(words for piece, words in pieces(markup) if piece is Piece.WORDS)

    assert markup.count("甲") - words.count("甲") <= sum(
        part.count("甲") for part in markup.replace("<", "\0<").split("\0")[1:]
    )


def body(inner: str) -> bytes:
    """A Word package with this inside its body."""
    out = BytesIO()
    frame = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/'
        f'wordprocessingml/2006/main"><w:body>{inner}</w:body></w:document>'
    )
    with zipfile.ZipFile(BytesIO(word(PLAIN))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, frame if entry.filename == "word/document.xml" else old.read(entry))
    return out.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_tables_inside_tables_are_read_once():
    deep, words = 60, "甲" * 20_000
    inner = "<w:tbl><w:tr><w:tc>" * deep + paragraph(words) + "</w:tc></w:tr></w:tbl>" * deep
    data = body("".join(paragraph(line) for line in PLAIN.splitlines()) + inner)
    begun = time.process_time()

    document = law.read("法.docx", data)

    assert document.source.count(words) == 1
    assert time.process_time() - begun < SECOND


def test_paragraphs_inside_paragraphs_and_controls_are_read_once():
    text = "".join(paragraph(line) for line in PLAIN.splitlines())
    inner = "<w:sdt><w:sdtContent>" * 60 + text + "</w:sdtContent></w:sdt>" * 60

    assert law.read("法.docx", body(inner)).source == law.read("法.docx", body(text)).source


def test_a_table_inside_a_control_keeps_its_rows():
    row = "<w:tr>" + "".join(f"<w:tc>{paragraph(each)}</w:tc>" for each in ("河名", "长度")) + "</w:tr>"
    inner = "".join(paragraph(line) for line in PLAIN.splitlines())
    inner += f"<w:sdt><w:sdtContent><w:tbl>{row}</w:tbl></w:sdtContent></w:sdt>"

    assert "| 河名 | 长度 |" in law.read("法.docx", body(inner)).source


@pytest.mark.parametrize(
    ("kind", "code"),
    [("a body of zeros", "packed_ratio"), ("a body too large", "too_large")],
)
def test_a_package_that_unpacks_to_far_too_much_is_refused_at_once(kind, code):
    if kind == "a body of zeros":
        data = body(paragraph("甲" * 60_000_000))
    else:
        lines = "".join(f"<w:p><w:r><w:t>{zlib.crc32(b'%d' % at)}</w:t></w:r></w:p>" for at in range(900_000))
        assert len(lines) > LARGEST_BODY
        data = body(lines)
    begun = time.process_time()

    with pytest.raises(law.LawRefused) as refused:
        law.read("法.docx", data)

    assert refused.value.code.startswith(code.split("_")[0])
    assert time.process_time() - begun < 5


def pdf(stream: bytes, pages: int = 1, *, packed: bool = False) -> bytes:
    """A PDF of so many pages that show the same stream."""
    kids = b" ".join(b"3 0 R" for _page in range(pages))
    length = zlib.compress(stream, 9) if packed else stream
    how = b"/Filter/FlateDecode" if packed else b""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(length), how, length),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start))


def dense(lines: int) -> bytes:
    return b"BT /F1 6 Tf 72 800 Td " + b"".join(b"0 -1 Td (%d. ab.) Tj " % at for at in range(lines)) + b"ET"


PDFS = {
    "one page of thousands of lines": pdf(dense(4000)),
    "the same page two thousand times": pdf(dense(1500), 1900),
    "a stream that unpacks to far too much": pdf(b"0 0 m 1 1 l S " * 6_000_000, packed=True),
}


@pytest.mark.parametrize("kind", PDFS)
def test_a_pdf_made_to_be_slow_is_refused(kind):
    assert timed("法.pdf", PDFS[kind])[0] == "pdf_too_dense"
    assert timed("法.pdf", PDFS[kind])[1] < SECOND


def test_an_ordinary_pdf_is_not_too_dense():
    lines = b"".join(b"0 -14 Td (%d. An ordinary line of a page in print, of seventy letters or so.) Tj " % at
                     for at in range(1, 50))  # fmt: skip
    told, _seconds = timed("法.pdf", pdf(b"BT /F1 9 Tf 72 800 Td " + lines + b"ET", 100))

    assert told == "read"


HARD = {
    "a table of contents of thousands of chapters": "目录\n"
    + "".join(f"第{law.to_chinese(at)}章 甲\n" for at in range(1, 1600)) * 2,
    "abbreviations, each another": "".join(f"《{at}号条例》（以下简称{at}号规）" for at in range(2_500)),
    "abbreviations of abbreviations": "".join(f"{at}号规（以下简称{at + 1}号规）" for at in range(2_500)),
    "articles backwards": "".join(f"第{law.to_chinese(5_000 - at)}条 甲\n" for at in range(3_000)),
    "annexes with articles": "".join(f"附件{law.to_chinese(at % 99 + 1)}\n第一条 甲\n" for at in range(2_500)),
    "a list of thousands of articles": "本法第一条" + "".join(f"、第{law.to_chinese(at)}条" for at in range(2, 4_000)),
    "a table of thousands of rows": "第一条 甲\n" + "| a | b |\n" * 10_000,
    "comments": "<!-- \n" * 15_000,
}


@pytest.mark.parametrize("kind", HARD)
def test_a_text_made_to_be_slow_is_read_cited_and_written_out_in_a_second_each(kind):
    text = f"# 甲办法\n\n<!-- INFO END -->\n\n{HARD[kind][:50_000]}\n"
    seconds = []

    for work in (law.parse, lambda text: law.find(law.parse(text)), lambda text: exports.akn(law.parse(text))):
        begun = time.process_time()
        work(text)
        seconds.append(time.process_time() - begun)

    assert max(seconds) < SECOND, seconds


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_a_text_of_the_words_of_laws_is_read_cited_compared_and_written_out(text):
    begun = time.process_time()
    document = law.parse(text, "甲法(2024-01-01).md")
    library = law.Library([document, rules()])

    found = law.cites(document, library, frozenset({"刑法", "监督法"}))
    rows = law.compare(document, rules())

    assert document.join() == text
    assert len(document.by_eid) == sum(bool(unit.eid) for unit in document.units)
    assert all(0 <= each.citation.start < each.citation.end <= len(text) for each in found)
    assert sum(len(row.new) for row in rows) == len(rules().articles)
    assert exports.akn(document, exports.references(found, library)).startswith(b"<?xml")
    assert time.process_time() - begun < SECOND


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(TARGETS)), st.binary(max_size=600))
def test_no_bytes_break_a_reader(target, data):
    run, _seeds, _longest = TARGETS[target]
    begun = time.process_time()

    said = "读到了。"
    try:
        run(data)
    except law.LawRefused as refused:
        said = str(refused)

    assert said.endswith("。")
    assert time.process_time() - begun < SECOND


@pytest.mark.parametrize("target", TARGETS)
def test_what_the_fuzzer_begins_with_is_sound(target):
    run, seeds, longest = TARGETS[target]

    for data in seeds():
        assert len(data) <= longest or target == "package"
        assert run(data) > 0


def test_the_words_of_the_fuzzer_spell_texts_and_back():
    assert len(set(TOKENS)) == len(TOKENS) <= 256
    assert spelled(spell("第一条 依照《刑法》第十条")) == "第一条 依照《刑法》第十条"
    assert "第三条之一" in spelled(spell(RULES))
