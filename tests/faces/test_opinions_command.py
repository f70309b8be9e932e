"""`lvzhi opinions`: trains from files, measures on files, and complains in sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lvzhi.faces.commands.opinions import opinions_command

DISTRICT = Path(__file__).parents[2] / "src/lvzhi/faces/commands/district/opinions.jsonl"


@pytest.fixture
def raw(tmp_path) -> Path:
    rows = [json.loads(line) for line in DISTRICT.read_text("utf-8").splitlines()][:120]
    path = tmp_path / "raw.jsonl"
    path.write_text(
        "\n".join(
            json.dumps({"id": r["id"], "subject": r["subject"], "text": r["text"], "label": r["category"]})
            for r in rows
        ),
        "utf-8",
    )
    return path


def run(*arguments: object):
    return CliRunner().invoke(opinions_command, [str(argument) for argument in arguments])


def test_a_model_is_trained_and_measured(raw, tmp_path):
    trained = run("train", "--raw", raw, "--out", tmp_path / "m")
    assert trained.exit_code == 0, trained.output

    found = run("evaluate", "--routing", raw, "--model", tmp_path / "m", "--json")

    measured = json.loads(found.stdout)
    assert measured["routing_macro_f1"] > 0.9
    assert measured["routing_messages"] == 120


def test_merging_is_measured_without_a_model(raw, tmp_path):
    gold = tmp_path / "gold.tsv"
    gold.write_text("id\tevent\tevent_name\nO-001\tE1\tx\nO-002\tE1\tx\nO-003\t-\t\n", "utf-8")

    measured = json.loads(run("evaluate", "--events", raw, "--gold", gold, "--json").stdout)

    assert {"candidate_recall@10", "merging_b3_f1", "merging_pair_f1", "merging_singles_kept"} <= measured.keys()
    assert measured["merging_singles_kept_all_pool"] == 1.0


def test_without_a_model_the_sentence_says_how_to_get_one(raw, tmp_path):
    found = run("evaluate", "--routing", raw, "--model", tmp_path / "none", "--json")

    assert found.exit_code == 1
    assert "lvzhi opinions train" in found.output


def test_evaluating_changes_no_model(raw, tmp_path):
    run("train", "--raw", raw, "--out", tmp_path / "m")
    before = (tmp_path / "m").read_bytes()

    run("evaluate", "--routing", raw, "--model", tmp_path / "m", "--json")

    assert (tmp_path / "m").read_bytes() == before


@pytest.mark.parametrize("line", ["not json", "[]", '{"id": "1"}'])
def test_a_row_of_another_shape_is_named(tmp_path, line):
    path = tmp_path / "bad.jsonl"
    path.write_text(line, "utf-8")

    found = run("train", "--raw", path, "--out", tmp_path / "m")

    assert found.exit_code == 1
    assert "line 1" in found.output


def test_a_folder_without_files_is_said(tmp_path):
    found = run("train", "--folder", tmp_path, "--out", tmp_path / "m")

    assert found.exit_code == 1
    assert "--seg" in found.output
