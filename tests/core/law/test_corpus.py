"""Figures on the corpus: citations labelled by reading, editions compared, throughput."""

from __future__ import annotations

import hashlib
import json
import re
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from lvzhi.core import law
from lvzhi.core.law.citations import place, spell
from lvzhi.core.law.citations.locate import locate
from tests.core.law.samples import CORPUS, corpus, library, needs_corpus

LABELS = [json.loads(line) for line in Path(__file__).with_name("citations.jsonl").read_text("utf-8").splitlines()]
RULES = CORPUS.parent / "domain" / "rules.toml"
CASES = {
    "代表法": ("全国人民代表大会和地方各级人民代表大会代表法", "2015", "2025"),
    "监督法": ("各级人民代表大会常务委员会监督法", "2006", "2024"),
    "立法法": ("立法法", "2015", "2023"),
    "公司法": ("公司法", "2018", "2023"),
    "行政复议法": ("行政复议法", "2017", "2023"),
    "妇女权益保障法": ("妇女权益保障法", "2018", "2022"),
}


def target(document: law.Document, citation: law.Citation) -> str:
    """The target as it is labelled: the law's name, the id as the text spells it, or the document number."""
    if not citation.law and citation.number:
        return f"№{citation.number}"
    first, last = spell(citation.path), spell(citation.to) if citation.to else ""
    if not citation.law:
        first = place(document, citation.path) or first
        last = (place(document, citation.to) or last) if citation.to else ""
    name = law.normal(citation.law) if citation.law else ""
    found = name + (f"|{first}" if first else "") + (f"..{last}" if last else "")
    return found + (f"№{citation.number}" if citation.number else "")


def test_the_labels_are_more_than_three_hundred_from_sixty_files():
    first = [row for row in LABELS if row["set"] == "first"]

    assert len(first) == 60
    assert sum(len(row["citations"]) for row in first) >= 300


@needs_corpus
def test_citations_are_found_and_placed_as_labelled_by_reading():
    right = found = wanted = 0
    names = library().names()
    for row in LABELS:
        document = corpus()[row["file"]]
        assert hashlib.sha256(document.source.encode()).hexdigest() == row["sha256"], row["file"]
        expected = {tuple(label) for label in row["citations"]}
        got = {
            (citation.start, citation.end, target(document, citation))
            for citation in law.find(document, names)
            if any(start <= citation.start < end for start, end in row["spans"])
        }
        right, found, wanted = right + len(expected & got), found + len(got), wanted + len(expected)

    assert right / found >= 0.98
    assert right / wanted >= 0.98


@needs_corpus
def test_hardly_a_citation_leads_to_an_article_that_does_not_exist():
    outcomes: Counter[str] = Counter()
    names = library().names()
    for work in library().works.values():
        for expression in work.expressions:
            outcomes.update(each.outcome for each in law.cites(expression.document, library(), names))

    assert sum(outcomes.values()) > 25_000
    assert outcomes[law.Outcome.UNIT_MISSING] / sum(outcomes.values()) < 0.01


@needs_corpus
def test_citations_are_found_at_five_megabytes_a_second():
    documents = list(corpus().values())[:400]
    names = library().names()
    size = sum(len(document.source.encode()) for document in documents)
    for document in documents:
        _ = document.starts
    begun = time.process_time()

    for document in documents:
        law.find(document, names)

    assert size / 1e6 / (time.process_time() - begun) >= 5


def editions(case: str) -> tuple[law.Document, law.Document]:
    work, old, new = CASES[case]
    by_year = {str(each.edition.year): each.document for each in library().works[work].expressions if each.edition}
    return by_year[old], by_year[new]


@needs_corpus
@pytest.mark.parametrize("case", CASES)
def test_every_article_of_both_editions_stands_in_one_row(case):
    old, new = editions(case)

    rows = law.compare(old, new)

    assert Counter(side.eid for row in rows for side in row.old) == Counter(old.units[at].eid for at in old.articles)
    assert Counter(side.eid for row in rows for side in row.new) == Counter(new.units[at].eid for at in new.articles)


# Read against both texts: where each article of the old edition went.
WENT = {
    "代表法": {
        "art_1": "art_1", "art_2": "art_2", "art_3": "art_7", "art_6": "art_10", "art_7": "art_13", "art_17": "art_23",
        "art_22": "art_29",
        "art_24": "art_31", "art_33": "art_40", "art_36": "art_44", "art_42": "art_51",
        "art_43": "art_53", "art_44": "art_55", "art_48": "art_61", "art_52": "art_65",
    },
    "监督法": {
        "art_4": "art_8", "art_5": "art_6", "art_7": "art_10", "art_14": "art_17", "art_16": "art_20",
        "art_17": "art_22",
        "art_18": "art_21", "art_19": "art_27", "art_20": "art_29", "art_21": "art_23", "art_29": "art_40",
        "art_30": "art_39", "art_36": "art_52", "art_44": "art_60", "art_48": "art_65",
    },
    "立法法": {
        "art_3": "art_3", "art_4": "art_5", "art_8": "art_11", "art_13": "art_16", "art_52": "art_56",
        "art_74": "art_84", "art_97": "art_108", "art_98": "art_109", "art_103": "art_117", "art_105": "art_120",
    },
    "公司法": {
        "art_9": "art_12", "art_11": "art_5", "art_13": "art_10", "art_34": "art_227", "art_35": "art_53",
        "art_64": "art_168", "art_65": "art_171", "art_66": "art_172", "art_80": "art_96", "art_87": "art_155",
        "art_88": "art_156", "art_97": "art_110", "art_122": "art_136", "art_147": "art_179", "art_189": "art_238",
        "art_218": "art_266",
    },
    "行政复议法": {
        "art_2": "art_2", "art_6": "art_11", "art_9": "art_20", "art_11": "art_22", "art_14": "art_26",
        "art_15": "art_24", "art_17": "art_30", "art_24": "art_46", "art_26": "art_56", "art_34": "art_80",
    },
    "妇女权益保障法": {
        "art_3": "art_5", "art_6": "art_3", "art_17": "art_24", "art_36": "art_18", "art_40": "art_23",
        "art_41": "art_27", "art_57": "art_84", "art_59": "art_82",
    },
}  # fmt: skip
ADDED = {
    "代表法": {"art_3", "art_4", "art_5", "art_6", "art_11", "art_12", "art_28", "art_43", "art_50", "art_52",
             "art_54", "art_56", "art_57"},
    "监督法": {"art_4", "art_5", "art_7", "art_18", "art_24", "art_25", "art_26", "art_28", "art_30", "art_35",
             "art_44", "art_45", "art_47", "art_48", "art_49", "art_50", "art_63"},
    "立法法": {"art_4", "art_8", "art_9", "art_55", "art_68", "art_70", "art_71", "art_79", "art_83", "art_90",
             "art_111", "art_115", "art_116", "art_118"},
}  # fmt: skip


@needs_corpus
@pytest.mark.parametrize("case", CASES)
def test_articles_went_where_reading_both_editions_shows(case):
    rows = law.compare(*editions(case))

    went = {row.old[0].eid: row.new[0].eid for row in rows if len(row.old) == len(row.new) == 1}
    assert {old: went.get(old) for old in WENT[case]} == WENT[case]
    if case in ADDED:
        assert {row.new[0].eid for row in rows if row.change is law.Change.ADDED} == ADDED[case]


SPLIT = {
    "立法法": {"第七十二条": ["第八十条", "第八十一条"]},
    "公司法": {"第六条": ["第二十九条", "第三十一条"], "第二百零四条": ["第二百五十五条", "第二百五十六条"]},
    "妇女权益保障法": {"第五十一条": ["第三十二条", "第三十三条"]},
}


@needs_corpus
@pytest.mark.parametrize("case", SPLIT)
def test_articles_split_in_two_are_said_to_be_split(case):
    rows = law.compare(*editions(case))

    split = {row.old[0].label: [side.label for side in row.new] for row in rows if row.change is law.Change.SPLIT}
    assert {old: split.get(old) for old in SPLIT[case]} == SPLIT[case]


@needs_corpus
def test_an_article_of_which_only_the_form_of_words_is_like_another_s_is_deleted():
    rows = law.compare(*editions("公司法"))

    deleted = {row.old[0].eid for row in rows if row.change is law.Change.DELETED}
    assert {"art_58", "art_59", "art_203", "art_217"} <= deleted


@needs_corpus
def test_the_reverse_index_knows_who_cites_an_article():
    index = law.index(library())

    assert len(list(index.unit("刑法", "art_264"))) > 10
    assert len(index.work("宪法")) > 100


@needs_corpus
def test_the_parts_of_the_civil_code_are_one_work():
    work = library().works["民法典"]

    [only] = work.expressions
    assert len(only.document.articles) == 1260
    assert only.document.unit("part_3__subpart_1__chp_1") is not None


@needs_corpus
def test_the_whole_corpus_is_read_in_sixty_seconds():
    texts = [(path.name, path.read_text("utf-8")) for path in sorted(CORPUS.rglob("*.md"))]
    begun = time.process_time()

    for name, text in texts:
        law.parse(text, name)

    assert time.process_time() - begun < 60


@needs_corpus
@pytest.mark.skipif(not RULES.exists(), reason="../shared/domain/rules.toml is not at hand")
def test_every_article_that_the_checked_list_of_rules_cites_exists_in_its_edition():
    missing, seen = [], 0
    for rule in tomllib.loads(RULES.read_text("utf-8"))["rule"]:
        [*works] = library().find(rule["law"]) if rule.get("law") else []
        for each in re.split("[、，；]", rule.get("article", "")):
            located = locate(each, 0)
            if len(works) != 1 or not located:
                continue
            year = re.search(r"\((\d{4})-", rule["law"])
            held = library().held(works[0], None, int(year[1]) if year else None)
            seen += 1
            if not place(held.expression.document, located[0].path):
                missing.append((rule["id"], each))

    assert missing == []
    assert seen > 500
