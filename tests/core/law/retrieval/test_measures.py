"""Figures and files of questions: reckoned by hand here, refused with file and line where they are odd."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lvzhi.core.law.retrieval import cutting, measures, sets
from lvzhi.core.law.structure import parse

MARKED = """# 云麓示范办法

<!-- INFO END -->

## 第一章 总则

第一条 依照《云麓示范条例》第二条制定本办法。

第二条 照明单位负责路灯。

损坏的应当修复。

第二条之一 前条规定适用于庭院灯。

## 第二章 附则

第三条 本办法自2020年1月1日起施行。
"""
REPLY = """# 关于路灯问题的批复

<!-- INFO END -->

云麓区照明单位：

一、路灯由照明单位负责。

二、此复。
"""


def test_figures_are_those_reckoned_by_hand() -> None:
    found = [["a", "b", "c"], ["x", "y"]]
    right = [["b", "z"], ["x"]]
    figures = measures.measure(found, right, {"b"})
    assert figures["recall@5"] == pytest.approx((0.5 + 1) / 2)
    assert figures["mrr@10"] == pytest.approx((0.5 + 1) / 2)
    assert figures["ndcg@10"] == pytest.approx(((1 / 1.5849625) / (1 + 1 / 1.5849625) + 1) / 2)
    assert (figures["questions"], figures["unseen_questions"]) == (2, 2)
    assert figures["unseen_recall@10"] == pytest.approx((0 + 1) / 2)
    assert measures.measure(found, right, None)["unseen_recall@10"] is None
    with pytest.raises(ValueError):
        measures.measure([[]], [[]], None)


def test_candidates_are_cut_by_lines_and_named_after_law_and_number() -> None:
    found = cutting.candidates(
        [parse(MARKED, "a.md"), parse(REPLY, "b.md"), parse("# 云麓公告\n\n路灯已修复。\n", "c.md")]
    )
    assert [each.key for each in found] == [
        "云麓示范办法第一条", "云麓示范办法第二条", "云麓示范办法第二条之一", "云麓示范办法第三条",
        "关于路灯问题的批复一", "关于路灯问题的批复二", "云麓公告全文",
    ]  # fmt: skip
    assert found[1].text.endswith("损坏的应当修复。")
    assert (found[2].number, found[2].eid, found[2].path) == ("2-1", "art_2-1", ("总则",))


def test_of_two_editions_only_the_newest_is_a_candidate() -> None:
    old = MARKED.replace("<!--", "2019年1月1日 云麓区人民代表大会常务委员会通过\n\n<!--")
    new = MARKED.replace("<!--", "2024年1月1日 云麓区人民代表大会常务委员会通过\n\n<!--").replace(
        "负责路灯", "管理路灯"
    )
    found = cutting.candidates([parse(new, "b.md"), parse(old, "a.md")])
    assert len(found) == 4
    assert "管理路灯" in found[1].text


def test_files_of_questions_are_read_and_odd_lines_named(tmp_path: Path) -> None:
    asked, answers = tmp_path / "q.jsonl", tmp_path / "r.tsv"
    asked.write_text(json.dumps({"qid": 7, "text": "路灯坏了"}) + "\n\n", "utf-8")
    answers.write_text("7\t云麓示范办法第二条\n8\t别的第一条\n", "utf-8")
    assert sets.questions(asked, answers) == [sets.Asked("路灯坏了", ("云麓示范办法第二条",))]
    answers.write_text("7 云麓示范办法第二条\n", "utf-8")
    with pytest.raises(sets.SetRefused, match=r"r\.tsv:1"):
        sets.questions(asked, answers)
    asked.write_text('{"text": 1}\n', "utf-8")
    with pytest.raises(sets.SetRefused, match=r"q\.jsonl:1"):
        sets.questions(asked, None)


def test_a_folder_is_read_without_its_local_regulations_and_says_who_cites_whom(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(MARKED, "utf-8")
    (tmp_path / "地方性法规").mkdir()
    (tmp_path / "地方性法规" / "b.md").write_text(REPLY, "utf-8")
    (tmp_path / "c.md").write_text("# 云麓示范条例\n\n第一条 一。\n\n第二条 二。\n", "utf-8")
    ground = sets.ground(tmp_path)
    assert len(ground.articles) == 6
    assert ("云麓示范办法第一条", "云麓示范条例第二条") in ground.links
    (tmp_path / "empty").mkdir()
    with pytest.raises(sets.SetRefused, match="no text of law"):
        sets.ground(tmp_path / "empty")
