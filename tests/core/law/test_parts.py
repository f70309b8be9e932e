"""A law in several files: which belong together, in which order, and when nothing is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core import law
from lvzhi.core.law.structure.assemble import assemble, is_complete, is_part, joined, numbers, together
from lvzhi.core.law.structure.sameness import body_words
from tests.core.law.samples import CORPUS, needs_corpus

HEAD = "# 云麓区街巷条例\n\n# {part}\n\n2024年3月1日 云麓区人民代表大会常务委员会通过\n\n<!-- INFO END -->\n\n"
PLAIN = "# 云麓区街巷条例\n\n2024年3月1日 云麓区人民代表大会常务委员会通过\n\n<!-- INFO END -->\n\n"
LAST = "本条例自2024年5月1日起施行。"


def part(first: int, last: int, name: str = "", *, words: str = "内容。", ends: bool = False) -> law.Document:
    """A file that holds these articles; the last of a law says since when it is in force."""
    lines = [f"第{law.to_chinese(n)}条 第{law.to_chinese(n)}处街巷{words}" for n in range(first, last + 1)]
    if ends:
        lines[-1] = f"第{law.to_chinese(last)}条 {LAST}"
    head = HEAD.format(part=name) if name else PLAIN
    return law.parse(head + "## 第一章 一般\n\n" + "\n\n".join(lines) + "\n", f"{name or first}.md")


def test_a_file_is_a_part_when_it_says_so_or_begins_behind_the_first_article():
    assert [is_part(part(1, 3, "总则")), is_part(part(4, 6)), is_part(part(1, 3))] == [True, True, False]


@given(st.permutations(range(5)), st.sampled_from([("总则", "巷道", "门牌", "管护", "附则"), ("",) * 5]))
def test_parts_are_one_text_in_order_whatever_order_they_come_in(order, names):
    parts = [part(3 * place + 1, 3 * place + 3, names[place], ends=place == 4) for place in range(5)]
    held = (parts[order[0]],)
    for place in order[1:]:
        held = joined(held, parts[place])
        assert held is not None

    whole = assemble(held)

    assert held == tuple(parts)
    assert whole.join() == "".join(each.source for each in parts)
    assert [whole.units[place].number for place in whole.articles] == [str(n) for n in range(1, 16)]
    assert len({unit.eid for unit in whole.units if unit.eid}) == sum(bool(unit.eid) for unit in whole.units)
    assert (is_complete(held), whole.oddities) == (True, ())
    assert whole.metadata.effective.isoformat() == "2024-05-01"


def test_what_is_missing_between_the_parts_is_noted_by_line():
    parts = (part(1, 3, "总则"), part(7, 9, "附则", ends=True))

    (oddity,) = assemble(parts).oddities

    assert (oddity.code, oddity.line, oddity.detail) == ("articles_missing", 16, "第3条 → 第七条")
    assert not is_complete(parts)
    assert [each.detail for each in assemble([part(7, 9, "附则")]).oddities] == ["→ 第七条"]


def test_a_law_without_its_last_article_is_not_complete():
    assert not is_complete([part(1, 3, "总则"), part(4, 6, "巷道")])
    assert is_complete([part(1, 3, "总则"), part(4, 6, "附则", ends=True)])


@pytest.mark.parametrize(
    "other",
    [
        law.parse(part(4, 6).source.replace("街巷条例", "桥梁条例"), ""),
        law.parse(part(4, 6).source.replace("2024年3月1日", "2025年3月1日"), ""),
        part(3, 6),
        part(1, 3),
        law.parse("# 云麓区街巷条例\n\n2024年3月1日 云麓区人民代表大会常务委员会通过\n\n一、甲。\n\n二、乙。\n", ""),
    ],
    ids=["another law", "another day", "overlaps", "the same articles", "no articles"],
)
def test_a_text_that_is_no_part_of_the_same_edition_is_not_joined(other):
    assert joined((part(1, 3),), other) is None


def test_a_mended_part_takes_the_place_of_the_one_that_is_there():
    parts = (part(1, 3, "总则"), part(4, 6, "巷道"), part(7, 9, "附则"))

    found = joined(parts, part(4, 7, "巷道", words="改了。"))
    assert found is None  # it has an article of the next part

    found = joined(parts, part(4, 6, "巷道", words="改了。"))
    assert found is not None
    assert [min(map(int, numbers(each))) for each in found] == [1, 4, 7]
    assert "改了" in found[1].source


def test_a_part_that_has_lost_articles_takes_nobodys_place():
    assert joined((part(1, 3, "总则"), part(4, 6, "巷道")), part(4, 5, "巷道")) is None


def test_texts_of_several_days_are_put_together_each_by_its_day():
    later = [law.parse(each.source.replace("2024年3月1日", "2025年3月1日"), "") for each in (part(1, 3), part(4, 6))]
    texts = [part(4, 6), later[1], part(1, 3), later[0], part(1, 3, words="另一份。")]

    groups = together(texts)

    assert sorted(len(group) for group in groups) == [1, 2, 2]
    assert all(len({each.metadata.edition for each in group}) == 1 for group in groups)


def test_kinds_of_file_differ_in_what_is_no_law():
    one = part(1, 3)
    other = law.parse(one.source.replace("# ", "").replace("<!-- INFO END -->\n\n", "").replace("条 第", "条　第"), "")

    assert one.source != other.source
    assert body_words(one) == body_words(other)
    assert body_words(one) != body_words(part(1, 3, words="内容！"))


@needs_corpus
def test_the_civil_code_is_complete_with_all_its_files_alone():
    files = [law.read(path.name, path.read_bytes()) for path in sorted((CORPUS / "民法典").glob("*.md"))]

    (whole,) = together(files)

    assert len(whole) == 8
    assert is_complete(whole)
    assert not any(is_complete([each for each in files if each is not left]) for left in files)
    assert [each.code for each in assemble(whole).oddities] == ["heading_without_words"]
