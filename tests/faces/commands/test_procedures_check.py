"""`lvzhi procedures check` holds every citation against the texts of the library."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lvzhi.core import law
from lvzhi.core.procedure.loader import SHIPPED
from lvzhi.faces.commands import binding, procedures
from lvzhi.faces.commands.procedures import procedures_command
from tests.core.law.samples import CORPUS, needs_corpus
from tests.fixtures.statutes import Statutes

TEXT = """# 信访工作条例

2022年2月25日 甲会议通过

<!-- INFO END -->

{articles}
"""


@pytest.fixture
def laws(tmp_path: Path) -> Path:
    """A folder with a made-up text under a name that the files cite: forty articles of one paragraph."""
    folder = tmp_path / "laws"
    folder.mkdir()
    articles = "\n\n".join(f"第{law.to_chinese(number)}条 甲。" for number in range(1, 41))
    (folder / "信访工作条例(2022-02-25).md").write_text(TEXT.format(articles=articles), "utf-8")
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(procedures_command, ["check", *arguments])


def test_an_article_that_its_edition_does_not_have_fails_with_file_line_rule_and_sentence(laws: Path) -> None:
    found = run("--laws", str(laws))

    assert found.exit_code == 1
    said = found.output
    [line] = [each for each in said.splitlines() if each.startswith("petition.yaml:") and " petition.notify: " in each]
    where, rule, cited, sentence = line.split(": ", 3)
    assert where.partition(":")[0] == "petition.yaml"
    assert int(where.partition(":")[2]) > 1
    assert (rule, cited) == ("petition.notify", "《信访工作条例(2022-02-25)》第二十三条第二款")
    assert sentence.startswith("The edition of 2022-02-25 has no 第二十三条第二款 (it has 40 articles)")
    assert "Mend the file" in said


def test_a_law_that_is_not_held_is_said_not_to_be_checked_and_does_not_fail(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()

    found = run("--laws", str(empty))

    assert found.exit_code == 0
    assert "petition.yaml: 19 citations, 0 exist, 19 not checked" in found.output


def test_without_a_library_it_says_that_citations_were_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binding, "_stored", lambda: None)
    monkeypatch.setattr(binding, "LAWS", Path("/nowhere"))

    found = run()

    assert found.exit_code == 0
    assert "Citations were not checked, for there is no library" in found.output


@pytest.mark.django_db
def test_the_library_of_the_installation_is_asked_before_any_folder(
    statutes: Statutes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binding, "LAWS", Path("/nowhere"))

    found = run()

    assert found.exit_code == 0
    assert "looked up in the library of this installation" in found.output
    assert "0 exist, 19 not checked" in found.output


@needs_corpus
def test_every_citation_of_the_shipped_files_exists_in_the_texts() -> None:
    found = run("--laws", str(CORPUS))

    assert found.exit_code == 0, found.output
    assert "WRONG" not in found.output
    assert "167 citations looked up" in found.output
    assert found.output.count("not checked.") <= 1


@needs_corpus
def test_a_wrong_article_in_a_shipped_file_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "procedures"
    shutil.copytree(SHIPPED, folder)
    file = folder / "petition.yaml"
    file.write_text(file.read_text("utf-8").replace("article: 第二十九条第一款", "article: 第九十九条"), "utf-8")

    found = run("--folder", str(folder), "--laws", str(CORPUS))

    assert found.exit_code == 1
    assert "petition.yaml: 19 citations, 18 exist, 1 WRONG" in found.output
    assert "1 citation leads to no article" in found.output


def test_the_command_runs_without_secrets_or_database() -> None:
    assert "statutes" not in Path(procedures.__file__).read_text("utf-8")
