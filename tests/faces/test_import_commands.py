"""`lvzhi import messages`, `lvzhi opinions tree` and `lvzhi learn`: what they take, say and refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from pytest_django import Settings

from lvzhi.faces.commands.importing import messages
from lvzhi.faces.commands.learn import learn_all
from lvzhi.faces.commands.tree import tree_command
from lvzhi.work.opinions import learning, topics
from lvzhi.work.opinions.models import Opinion
from tests.fixtures.district import District

TABLE = "说了什么,时间\r\n听泉路晚上没有公交车。,2026-06-01\r\n这一行没有时间。,\r\n"


@pytest.fixture(autouse=True)
def a_home(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path
    learning._read.clear()


def test_a_table_with_headings_of_its_own_is_taken_with_a_map(district: District, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(TABLE, "utf-8-sig")

    result = CliRunner().invoke(messages, [str(file), "--map", "text=说了什么,time=时间", "--as-dated"])

    assert result.exit_code == 0, result.output
    assert "1 taken, 0 already here, 0 answered, 1 still waiting, 1 rejected" in result.output
    assert Opinion.objects.of(district.congress).get().text == "听泉路晚上没有公交车。"
    assert "没有" in (tmp_path / "import-rejected.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("given", ["text", "nothing=说了什么", "text="])
def test_a_map_that_says_nothing_is_refused_with_the_fields_there_are(
    district: District, tmp_path: Path, given: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(TABLE, "utf-8-sig")

    result = CliRunner().invoke(messages, [str(file), "--map", given])

    assert result.exit_code == 2
    assert "subject, text, time" in " ".join(result.output.split())


def test_a_tree_is_taken_and_a_line_that_is_none_is_named(district: District, tmp_path: Path) -> None:
    file = tmp_path / "tree.jsonl"
    file.write_text('{"l1": "交通运输", "l2": "公共交通", "l3": "公交线路"}\n', "utf-8")
    assert CliRunner().invoke(tree_command, [str(file)]).output == "yunlu: 1 topics.\n"
    file.write_text('{"l1": "交通运输", "l2": "公共交通", "l3": "公交线路"}\nno json\n', "utf-8")

    refused = CliRunner().invoke(tree_command, [str(file)])

    assert refused.exit_code == 1
    assert "line 2" in refused.output
    assert list(topics.known(district.congress)) == ["交通运输/公共交通/公交线路"]


def test_learning_an_empty_installation_says_nothing_and_writes_nothing(district: District, tmp_path: Path) -> None:
    assert learn_all(anew=True) == []
    assert not (tmp_path / "models").exists()
