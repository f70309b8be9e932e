"""Files that come in: what becomes of each, that a killed run goes on, and that nothing is half-stored."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from lvzhi.core import law
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import system
from lvzhi.work.statutes import imports, queries
from lvzhi.work.statutes.models import Change, Citation, Edition, SourceFile, Work
from tests.core.law.samples import CORPUS
from tests.core.upload.test_inspection import compound
from tests.fixtures.district import NOW, District
from tests.fixtures.statutes import NEW_FILING, OLD_FILING, RULES_2018, RULES_2024, Statutes, make_statutes

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """Stands for the signal that ends a run anywhere."""


def run(district: District, *places: Path, stop_at: tuple[str, int] | None = None) -> imports.Report:
    def step(name: str, done: int, total: int) -> None:
        if (name, done) == stop_at:
            raise Killed

    return imports.run(district.congress, places, actor=system(district.congress), at=NOW, step=step)


def lay(folder: Path, **files: str | bytes) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_dated_files_of_one_law_become_editions_of_one_work(district: District, tmp_path: Path) -> None:
    folder = lay(tmp_path, a__md=RULES_2018, b__md=RULES_2024, c__md=OLD_FILING, d__md=NEW_FILING)

    report = run(district, folder)

    assert (report.files, report.editions, report.works, report.refused) == (4, 4, 3, [])
    work = Work.objects.of(district.congress).get(key__endswith="议事规则")
    assert [edition.closed_on for edition in queries.editions_of(work)] == [date(2024, 7, 1), None]
    assert Work.objects.of(district.congress).get(key="云麓区规范性文件备案办法").is_repealed
    assert {change.verb for change in Change.objects.of(district.congress)} == {"imported"}
    assert report.citations == Citation.objects.of(district.congress).count() > 0


def test_an_import_gives_the_same_library_as_publishing_one_by_one(
    district: District, neighbour: District, tmp_path: Path
) -> None:
    texts = (RULES_2018, RULES_2024, OLD_FILING, NEW_FILING)
    run(district, lay(tmp_path, **{f"{place}__md": text for place, text in enumerate(texts)}))
    make_statutes(neighbour, texts)
    run(neighbour)  # no file: only what the procedures name

    def library(of: District) -> object:
        works = Work.objects.of(of.congress).order_by("key")
        rows = Citation.objects.of(of.congress).order_by("edition__digest", "start", "nth")
        return (
            [(work.key, work.kind, work.first_day, work.changes, work.repealed_since, work.number) for work in works],
            [(e.digest, e.day, e.effective, e.closed_on) for work in works for e in queries.editions_of(work)],
            [(row.unit, row.start, row.name, row.eid, row.outcome, row.cited and row.cited.key) for row in rows],
        )

    assert library(district) == library(neighbour)


def test_a_second_run_reads_nothing_and_changes_nothing(district: District, tmp_path: Path) -> None:
    folder = lay(tmp_path, a__md=RULES_2018, b__md="不是法律的一句话")
    run(district, folder)
    before = Edition.objects.of(district.congress).count(), Change.objects.of(district.congress).count()

    report = run(district, folder)

    assert (report.known, report.left_out, report.editions, report.linked) == (2, 1, 0, 0)
    assert (Edition.objects.of(district.congress).count(), Change.objects.of(district.congress).count()) == before


def test_a_changed_file_with_a_new_day_becomes_a_new_edition(district: District, tmp_path: Path) -> None:
    folder = lay(tmp_path, rules__md=RULES_2018)
    run(district, folder)
    lay(tmp_path, rules__md=RULES_2024)

    report = run(district, folder)

    assert (report.known, report.editions, report.works) == (0, 1, 0)
    work = Work.objects.of(district.congress).get(key__endswith="议事规则")
    assert [edition.day.year for edition in queries.editions_of(work)] == [2018, 2024]


def test_the_same_edition_with_other_words_waits_to_be_compared(district: District, tmp_path: Path) -> None:
    other = RULES_2018.replace("每两个月", "每三个月")
    report = run(district, lay(tmp_path, a__md=RULES_2018, b__md=other))

    (pending,) = report.pending
    assert (pending.name, report.editions, report.rejected) == ("b.md", 1, [])
    assert "2018-03-01 的文本已经公布（来自“a.md”），这份文件的文字不同" in pending.sentence()
    (edition,) = Edition.objects.of(district.congress).published()
    assert edition.file_name == "a.md"
    assert SourceFile.objects.of(district.congress).get(name="b.md").code == "pending"


def test_the_same_text_in_two_files_is_one_edition(district: District, tmp_path: Path) -> None:
    report = run(district, lay(tmp_path, a__md=RULES_2018, b__md=RULES_2018))

    assert (report.editions, [each.code for each in report.refused]) == (1, ["same_text"])
    assert report.rejected == report.pending == []


@pytest.mark.parametrize("stop_at", [("reading", 0), ("parsing", 0), ("storing", 0), ("storing", 3), ("linking", 0)])
def test_a_killed_run_goes_on_where_it_stopped(
    district: District, neighbour: District, tmp_path: Path, stop_at: tuple[str, int]
) -> None:
    folder = lay(tmp_path, a__md=RULES_2018, b__md=RULES_2024, c__md=OLD_FILING, d__md=NEW_FILING)
    with pytest.raises(Killed):
        run(district, folder, stop_at=stop_at)

    run(district, folder)
    run(neighbour, folder)

    for rows in (Work, Edition, Citation, Change, SourceFile):
        assert rows.objects.of(district.congress).count() == rows.objects.of(neighbour.congress).count() > 0
    assert not Edition.objects.of(district.congress).filter(is_linked=False).exists()


def zip_without_a_document() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("word/x.xml", "<x/>")
    return data.getvalue()


def test_files_in_the_encodings_of_offices_are_read(district: District, tmp_path: Path) -> None:
    folder = lay(tmp_path, a__txt=RULES_2018.encode("gb18030"), b__txt=RULES_2024.encode("utf-16"))

    report = run(district, folder)

    assert (report.editions, report.refused) == (2, [])
    assert "议事程序" in Edition.objects.of(district.congress).with_source()[0].source


def test_bad_files_are_refused_with_a_sentence_and_stop_nothing(district: District, tmp_path: Path) -> None:
    folder = lay(
        tmp_path, good__md=RULES_2018, empty__md="", note__txt="今天开会。", broken__docx=zip_without_a_document(),
        locked__docx=compound("EncryptionInfo", "EncryptedPackage"), picture__png=b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        undated__md="# 云麓区示例办法\n\n第一条 一。\n\n第二条 二。\n",
    )  # fmt: skip
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(200 << 20)

    report = run(district, folder)

    assert report.editions == 1
    said = {each.name: each.sentence() for each in report.rejected}
    assert set(said) == {
        "empty.md", "note.txt", "broken.docx", "locked.docx", "picture.png", "undated.md", "huge.txt"
    }  # fmt: skip
    assert all(words.endswith("。") for words in said.values())
    assert "文件超过" in said["huge.txt"]
    assert "日期" in said["undated.md"]
    assert "密码" in said["locked.docx"]
    assert Edition.objects.of(district.congress).count() == 1


def test_a_new_edition_sends_later_citations_to_itself(statutes: Statutes, tmp_path: Path) -> None:
    """What was broken is found again when the law that was not held comes in."""
    congress = statutes.district.congress
    assert Citation.objects.of(congress).filter(outcome="law_unknown", name__endswith="监督法").exists()
    text = (
        "# 各级人民代表大会常务委员会监督法\n\n2006年8月27日 第十届全国人民代表大会常务委员会第二十三次会议通过\n\n"
        "第一条 一。\n\n第二条 二。\n\n第三条 本法自2007年1月1日起施行。\n"
    )

    report = run(statutes.district, lay(tmp_path, a__md=text))

    assert report.linked == 3  # the law itself and the two editions that cite it
    assert not Citation.objects.of(congress).filter(outcome="law_unknown", name__endswith="监督法").exists()
    found = queries.cited_by(statutes.work("监督法"), "art_3")
    assert {row.edition.day.year for row in found} == {2018, 2024}


def test_only_who_keeps_the_texts_may_import(district: District, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="备案审查工作机构和常委会办公室"):
        imports.run(
            district.congress, [lay(tmp_path, a__md=RULES_2018)], actor=district.clerk, at=NOW, step=lambda *_: None
        )


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the texts of ../shared/laws are not beside this checkout")
def test_the_civil_code_in_eight_files_is_one_edition(district: District) -> None:
    report = run(district, CORPUS / "民法典")

    (edition,) = Edition.objects.of(district.congress)
    assert (edition.articles, len(edition.parts), report.refused) == (1260, 8, [])
    document = queries.document_of(edition)
    assert document.join() == edition.source
    assert law.Level.PART in {unit.level for unit in document.units}
    assert document.unit("art_1260") is not None
