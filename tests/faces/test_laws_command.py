"""`lvzhi laws import`: what it says on the terminal."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from lvzhi.faces.commands.laws import laws_command
from tests.fixtures.district import District
from tests.fixtures.statutes import RULES_2018, RULES_2024

pytestmark = pytest.mark.django_db


def test_importing_says_what_came_in_and_what_was_left_out(district: District, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.md").write_text(RULES_2018, "utf-8")
    (folder / "b.md").write_text(RULES_2024.replace("第三条", "三条"), "utf-8")
    (folder / "c.txt").write_text("今天开会。", "utf-8")
    arguments = ["import", str(folder), "--report", str(tmp_path / "report.csv")]

    first = CliRunner().invoke(laws_command, arguments)
    second = CliRunner().invoke(laws_command, arguments)

    assert first.exit_code == second.exit_code == 0, first.output
    assert "3 files: 0 known, 2 editions added (1 new works, 9 articles)" in first.output
    assert "1 rejected" in first.output
    assert "c.txt: 没有在文件里找到法律文本" in first.output
    assert "3 files: 3 known (1 of them left out before), 0 editions added" in second.output
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [(row[0], row[2]) for row in rows[1:]] == [("c.txt", "not_a_law"), ("b.md", "article_without_di")]
    assert rows[2][1:] == [
        "11", "article_without_di", "条号“三条”缺“第”字，已按条文处理。",
        "“三条” lacks the character 第; it was read as an article.",
    ]  # fmt: skip
    assert rows[1][4].startswith("No text of law was found")
