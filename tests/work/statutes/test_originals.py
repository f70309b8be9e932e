"""The files that texts were brought in with: kept once, beside their words, and never half."""

from __future__ import annotations

import hashlib
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lvzhi.core import law
from lvzhi.records.documents.store import Ready, open_content, place_of
from lvzhi.records.people.actor import system
from lvzhi.work.statutes import actions, originals
from lvzhi.work.statutes.imports import run as runs
from lvzhi.work.statutes.models import Edition, Original, SourceFile
from lvzhi.work.statutes.queries import keeping
from tests.core.law.test_parts import part
from tests.core.law.test_readers import printed, word
from tests.fixtures.district import NOW, District
from tests.fixtures.statutes import RULES_2018, RULES_2024
from tests.work.statutes.test_import import Killed, lay, run
from tests.work.statutes.test_incoming import keeper

pytestmark = pytest.mark.django_db
PLAIN = RULES_2018.replace("# ", "")
LINES = [line for line in PLAIN.splitlines() if line]
WORD, PRINT = word("\n".join(LINES)), printed("\n".join(LINES))
PAGE = (
    "<!doctype html><html><head><title>议事规则</title></head><body><script>alert(1)</script><div>"
    + "".join(f"<p>{line}</p>" for line in LINES)
    + "</div></body></html>"
).encode()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: object) -> None:
    settings.HOME = tmp_path / "home"  # type: ignore[attr-defined]


def files(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "home").rglob("*") if path.is_file()]


def folder(tmp_path: Path) -> Path:
    place = tmp_path / "texts"
    place.mkdir(exist_ok=True)
    return place


def test_files_that_are_more_than_their_words_are_kept_with_the_edition_they_hold(
    district: District, tmp_path: Path
) -> None:
    run(district, lay(folder(tmp_path), a__md=RULES_2018, b__docx=WORD, c__pdf=PRINT, d__html=PAGE))

    (edition,) = Edition.objects.of(district.congress)
    kept = {each.name: each for each in keeping.originals_of(edition)}
    assert {name: each.media_type.rpartition("/")[2].rpartition(".")[2] for name, each in kept.items()} == {
        "b.docx": "document", "c.pdf": "pdf", "d.html": "html",
    }  # fmt: skip
    for name, data in (("b.docx", WORD), ("c.pdf", PRINT), ("d.html", PAGE)):
        assert kept[name].sha256 == hashlib.sha256(data).hexdigest()
        assert kept[name].size == len(data)
        with open_content(kept[name].sha256) as file:
            assert file.read() == data


def test_a_text_that_is_its_own_file_is_not_stored_a_second_time(district: District, tmp_path: Path) -> None:
    run(district, lay(folder(tmp_path), a__md=RULES_2018, b__txt=RULES_2024.encode("gb18030")))

    assert [each.name for each in Original.objects.of(district.congress)] == ["b.txt"]
    assert len(files(tmp_path)) == 1


def test_the_same_bytes_lie_once_for_all_names_editions_and_congresses(
    district: District, neighbour: District, tmp_path: Path
) -> None:
    run(district, lay(folder(tmp_path), b__docx=WORD, c__docx=WORD))
    run(neighbour, folder(tmp_path))

    assert Original.objects.of(district.congress).count() == Original.objects.of(neighbour.congress).count() == 1
    assert len(files(tmp_path)) == 1
    (row,) = Original.objects.of(district.congress)
    assert keeping.original_at(neighbour.congress.pk, row.pk) is None


def test_a_file_that_is_no_law_or_has_no_day_leaves_nothing_behind(district: District, tmp_path: Path) -> None:
    run(
        district,
        lay(
            folder(tmp_path), a__docx=word("今天开会。"), b__pdf=WORD, c__docx=PRINT, d__html=b"\x00\xff" * 500,
            e__docx=word("云麓区示例办法\n第一条　一。\n第二条　二。"),
        ),
    )  # fmt: skip

    assert Original.objects.of(district.congress).count() == 0
    assert files(tmp_path) == []


def test_a_large_file_is_refused_before_it_is_kept(district: District, tmp_path: Path) -> None:
    with (folder(tmp_path) / "huge.docx").open("wb") as file:
        file.write(WORD)
        file.truncate(200 << 20)

    report = run(district, folder(tmp_path))

    assert [each.code for each in report.rejected] == ["too_large"]
    assert files(tmp_path) == []


@pytest.mark.parametrize("stop_at", [("parsing", 0), ("storing", 0), ("linking", 0)])
def test_a_killed_run_keeps_every_original_in_the_end_and_none_without_its_edition(
    district: District, tmp_path: Path, stop_at: tuple[str, int]
) -> None:
    place = lay(folder(tmp_path), b__docx=WORD)
    with pytest.raises(Killed):
        run(district, place, stop_at=stop_at)
    assert Original.objects.of(district.congress).count() == Edition.objects.of(district.congress).count()

    run(district, place)

    (row,) = Original.objects.of(district.congress)
    assert place_of(row.sha256).read_bytes() == WORD


def test_a_killed_writing_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(_handle: int) -> None:
        raise Killed

    monkeypatch.setattr("lvzhi.records.documents.store.os.fsync", dies)
    edition = Edition(congress_id=None)

    with pytest.raises(Killed):
        originals.keep([(edition, Ready("a.docx", "x/y", WORD))], at=NOW)

    assert files(tmp_path) == []


def test_a_correction_that_waits_brings_its_file_and_a_dismissed_one_takes_the_row_away(
    district: District, tmp_path: Path
) -> None:
    other = word("\n".join(LINES).replace("每两个月", "每三个月"))
    run(district, lay(folder(tmp_path), a__md=RULES_2018, b__docx=other))
    (waiting,) = Edition.objects.of(district.congress).filter(state="draft")
    assert [each.name for each in keeping.originals_of(waiting)] == ["b.docx"]

    actions.dismiss(waiting, reason="网站排错", actor=keeper(district), at=NOW)

    assert Original.objects.of(district.congress).count() == 0


def test_a_text_put_together_keeps_the_files_of_all_its_parts(district: District, tmp_path: Path) -> None:
    def plain(first: int, last: int) -> bytes:
        return word(part(first, last).source.replace("# ", "").replace("<!-- INFO END -->\n\n", ""))

    second = plain(4, 6)  # made once: Word files tell when they were written
    run(district, lay(folder(tmp_path), a__docx=plain(1, 3)))
    (published,) = Edition.objects.of(district.congress)
    run(district, lay(folder(tmp_path), b__docx=second))
    (waiting,) = Edition.objects.of(district.congress).filter(state="draft")
    document, file = originals.read("c.docx", second)
    made = actions.correct(
        published, document=document, original=file, reason="补齐", actor=keeper(district), at=NOW + timedelta(days=1)
    )

    assert [each.name for each in keeping.originals_of(waiting)] == ["a.docx", "b.docx"]
    assert [each.name for each in keeping.originals_of(made)] == ["a.docx", "c.docx"]
    assert len(files(tmp_path)) == 2


def test_an_original_stays_as_long_as_its_published_edition(district: District, tmp_path: Path) -> None:
    run(district, lay(folder(tmp_path), b__docx=WORD))

    SourceFile.objects.of(district.congress).delete()
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Edition.objects.of(district.congress).delete()

    assert Original.objects.of(district.congress).count() == 1


def test_many_originals_are_noted_in_as_many_statements_as_one(
    district: District, neighbour: District, tmp_path: Path
) -> None:
    def statements(of: District, count: int) -> int:
        place = tmp_path / str(count)
        place.mkdir()
        for n in range(count):
            text = "\n".join(LINES).replace("议事规则", f"第{law.to_chinese(n + 1)}号规则")
            (place / f"{n}.docx").write_bytes(word(text))
        with CaptureQueriesContext(connection) as seen:
            report = run(of, place)
        assert report.editions == count
        return len(seen)

    assert statements(district, 1) == statements(neighbour, 6)


def test_files_are_in_memory_a_chunk_at_a_time(
    district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[runs.__module__], "CHUNK_BYTES", len(WORD) + 1)
    steps: list[tuple[str, int]] = []
    place = lay(folder(tmp_path), a__docx=WORD, b__md=RULES_2024, c__pdf=PRINT)

    runs(
        district.congress, [place], actor=system(district.congress), at=NOW,
        step=lambda name, _done, total: steps.append((name, total)),
    )  # fmt: skip

    assert {total for name, total in steps if name == "parsing"} == {1}
    assert Edition.objects.of(district.congress).published().count() == 2
    assert tmp_path / "home" == settings.HOME
