"""The same law in every kind of file has the same units."""

import random

import pytest

from lvzhi.core import law
from tests.core.law.samples import corpus, needs_corpus
from tests.core.law.test_readers import printed, word

CITED = (law.Level.ARTICLE, law.Level.CLAUSE, law.Level.PARAGRAPH, law.Level.ITEM)
HEADED = (law.Level.PART, law.Level.SUBPART, law.Level.CHAPTER, law.Level.SECTION)


def plain(document: law.Document, contents: bool = True) -> str:
    """The text as the national database offers it: no marks, the history in brackets, a table of contents, set in."""
    body = document.source.partition("<!-- INFO END -->")[2]
    history = [document.text(unit) for unit in document.units if unit.level is law.Level.HISTORY]
    headed = [unit for unit in document.units if unit.level in HEADED and unit.label.startswith("第")]
    headings = [document.text(unit).lstrip("# ").partition("\n")[0] for unit in headed]
    lines = [document.metadata.title]
    lines += ["（" + "　".join(history).strip("）") + "）"] if history else []
    lines += ["目　　录", *headings] if contents and len(headings) > 2 else []
    kept = (line.strip().lstrip("#").strip() for line in body.split("\n") if not line.startswith("<!--"))
    return "\n".join([*lines, *(f"　　{line}" for line in kept if line.strip("\u200b"))]) + "\n"


def units(document: law.Document) -> list[str]:
    return [unit.eid for unit in document.units if unit.level in CITED]


@needs_corpus
def test_a_plain_text_has_the_units_of_the_marked_one():
    same = sum(units(document) == units(law.parse(plain(document))) for document in corpus().values())

    assert same / len(corpus()) >= 0.98


SAMPLE = random.Random(12).sample(range(1697), 8)


@needs_corpus
@pytest.mark.parametrize("at", SAMPLE)
def test_every_kind_of_file_gives_the_same_units(at):
    document = list(corpus().values())[at]
    text = plain(document, contents=False)
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
    page = f"<html><body><div>首页</div><div>{lines}</div></body></html>"
    expected = units(law.parse(text))

    found = {
        "docx": units(law.read("法.docx", word(text))),
        "html": units(law.read("法.html", page.encode())),
        "pdf": units(law.read("法.pdf", printed(text))),
    }

    assert found == dict.fromkeys(("docx", "html", "pdf"), expected)
