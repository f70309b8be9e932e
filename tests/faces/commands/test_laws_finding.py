"""`lvzhi laws train` and `evaluate` from the command line, on a made-up law and questions about it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lvzhi.faces.commands.laws import laws_command

DEEDS = ("路灯维护", "河道巡查", "犬只登记", "垃圾清运", "噪声投诉", "停车收费")
SPOKEN = ("灯坏了找谁", "河里脏了谁管", "养狗要办什么", "垃圾没人收", "邻居太吵", "停车怎么收钱")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    laws = tmp_path / "laws"
    laws.mkdir()
    text = "\n\n".join(
        f"第{number}条 {deed}由主管部门依照本办法办理。" for number, deed in zip("一二三四五六", DEEDS, strict=True)
    )
    (laws / "云麓示范办法.md").write_text(f"# 云麓示范办法\n\n<!-- INFO END -->\n\n{text}\n", "utf-8")
    rows = [{"qid": place, "text": f"{words}？"} for place, words in enumerate(SPOKEN)]
    (tmp_path / "q.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    answers = [f"{place}\t云麓示范办法第{number}条" for place, number in enumerate("一二三四五六")]
    (tmp_path / "r.tsv").write_text("\n".join(answers) + "\n", "utf-8")
    (tmp_path / "seen.tsv").write_text("\n".join(answers[:4]) + "\n", "utf-8")
    return tmp_path


def run(folder: Path, *words: str) -> str:
    found = CliRunner().invoke(laws_command, [*words, "--laws", str(folder / "laws"), "--model", str(folder / "model")])
    assert found.exit_code == 0, found.output
    return found.stdout


def test_what_is_trained_is_measured_as_one_json_object(folder: Path) -> None:
    files = ["--queries", str(folder / "q.jsonl"), "--qrels", str(folder / "r.tsv")]
    assert "6 questions, 6 articles" in run(folder, "train", *files)
    figures = json.loads(run(folder, "evaluate", *files, "--seen", str(folder / "seen.tsv"), "--json"))
    assert set(figures) >= {
        "recall@5", "recall@10", "recall@20", "recall@50", "recall@100", "mrr@10", "ndcg@10",
        "unseen_recall@10", "unseen_recall@100", "ms_per_query",
    }  # fmt: skip
    assert (figures["trained"], figures["articles"], figures["questions"]) == (True, 6, 6)
    assert figures["recall@10"] == 1.0
    assert figures["unseen_questions"] == 2
    assert set(figures["ms_per_query"]) == {"p50", "p99"}
    plain = json.loads(run(folder, "evaluate", *files, "--untrained", "--json"))
    assert (plain["trained"], plain["unseen_recall@10"]) == (False, None)
    assert plain["mrr@10"] < figures["mrr@10"]


def test_a_folder_named_without_anything_learned_is_refused(folder: Path) -> None:
    words = ["evaluate", "--queries", str(folder / "q.jsonl"), "--qrels", str(folder / "r.tsv")]
    words += ["--laws", str(folder / "laws"), "--model", str(folder / "model")]
    found = CliRunner().invoke(laws_command, words)
    assert found.exit_code == 1
    assert "lvzhi laws train" in found.output


def test_answers_of_other_questions_are_refused_with_a_sentence(folder: Path) -> None:
    (folder / "other.tsv").write_text("99\t云麓示范办法第一条\n", "utf-8")
    words = ["evaluate", "--queries", str(folder / "q.jsonl"), "--qrels", str(folder / "other.tsv"), "--untrained"]
    found = CliRunner().invoke(laws_command, [*words, "--laws", str(folder / "laws")])
    assert found.exit_code == 1
    assert "do not meet" in found.output
