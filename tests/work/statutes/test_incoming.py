"""What an import brings beside what is there: parts of a law, and other words for an edition that is published."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lvzhi.core import law
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.work.statutes import actions, queries
from lvzhi.work.statutes.imports import placing
from lvzhi.work.statutes.imports.report import SENTENCES, sentence
from lvzhi.work.statutes.models import Change, Citation, Edition, Incoming, SourceFile, Work
from lvzhi.work.statutes.queries import keeping
from tests.core.law.samples import CORPUS
from tests.core.law.test_parts import part
from tests.fixtures.district import NOW, District
from tests.fixtures.statutes import RULES_2018, RULES_2024
from tests.work.statutes.test_import import Killed, lay, run

pytestmark = pytest.mark.django_db
OTHER = RULES_2018.replace("每两个月", "每三个月")
GENERAL, LANES, LAST = (
    part(1, 3, "总则").source, part(4, 6, "巷道").source, part(7, 9, "附则", ends=True).source
)  # fmt: skip


def keeper(district: District) -> Actor:
    return Actor(congress=district.congress.pk, name="郭立衡", roles=frozenset({"filing_review_office"}))


def editions(district: District, state: str = "published") -> list[Edition]:
    return list(Edition.objects.of(district.congress).filter(state=state).with_source().order_by("day", "made_at"))


def rows(district: District) -> list[int]:
    every = (Work, Edition, Incoming, Citation, Change, SourceFile)
    return [each.objects.of(district.congress).count() for each in every]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_parts_that_come_in_different_runs_are_published_as_one_edition_once_none_is_missing(
    district: District, tmp_path: Path, order: tuple[int, ...]
) -> None:
    texts = {"a__md": GENERAL, "b__md": LANES, "c__md": LAST}
    names = [list(texts)[place] for place in order]
    for name in names[:2]:
        report = run(district, lay(tmp_path, **{name: texts[name]}))
        assert [each.code for each in report.refused] == ["parts"]
        assert (report.editions, report.rejected, editions(district)) == (0, [], [])
        assert len(editions(district, "draft")) == 1
    report = run(district, lay(tmp_path, **{names[2]: texts[names[2]]}))

    (edition,) = editions(district)
    assert (report.editions, report.articles, report.refused) == (1, 9, [])
    assert edition.source == GENERAL + LANES + LAST
    assert [name for name, _length in edition.parts] == ["a.md", "b.md", "c.md"]
    document = queries.document_of(edition)
    assert [document.units[place].number for place in document.articles] == [str(n) for n in range(1, 10)]
    assert edition.effective.isoformat() == "2024-05-01"
    files = SourceFile.objects.of(district.congress).values_list("code", "edition")
    assert list(files) == [("", edition.pk)] * 3
    assert Incoming.objects.of(district.congress).count() == 0
    assert Change.objects.of(district.congress).filter(verb="imported").count() == 1


def test_a_part_that_was_read_is_not_read_again_and_makes_no_second_draft(district: District, tmp_path: Path) -> None:
    folder = lay(tmp_path, a__md=GENERAL)
    run(district, folder)
    before = rows(district)

    again = run(district, folder)
    copy = run(district, lay(tmp_path, z__md=GENERAL))

    assert (again.known, again.left_out) == (1, 0)
    assert [each.code for each in copy.refused] == ["parts"]
    assert rows(district) == [*before[:-1], before[-1] + 1]


def test_a_part_for_a_published_edition_waits_as_a_correction_and_later_parts_join_it(
    district: District, tmp_path: Path
) -> None:
    first, second, third = (part(1, 3).source, part(4, 6).source, part(7, 9, ends=True).source)
    run(district, lay(tmp_path, a__md=first))  # says nothing of being a part
    (published,) = editions(district)

    one = run(district, lay(tmp_path, b__md=second))
    two = run(district, lay(tmp_path, c__md=third))

    assert [each.code for each in (*one.refused, *two.refused)] == ["pending", "pending"]
    (waiting,) = editions(district, "draft")
    assert (waiting.source, waiting.replaces_id) == (first + second + third, published.pk)
    actions.accept(waiting, against=published.digest, reason="补齐其余条文", actor=keeper(district), at=NOW)
    (edition,) = editions(district)
    assert (edition.pk, edition.articles, edition.effective) == (waiting.pk, 9, published.effective)
    assert {row.code for row in SourceFile.objects.of(district.congress)} == {""}


def test_a_mended_part_is_compared_in_its_place(district: District, tmp_path: Path) -> None:
    run(district, lay(tmp_path, a__md=GENERAL, b__md=LANES, c__md=LAST))
    (published,) = editions(district)

    report = run(district, lay(tmp_path, b__md=LANES.replace("第五处街巷内容", "第五处街巷改了")))

    assert [each.code for each in report.refused] == ["pending"]
    (waiting,) = editions(district, "draft")
    assert waiting.articles == published.articles == 9
    changed = [row for row in law.compare(queries.document_of(published), queries.document_of(waiting))
               if row.change is not law.Change.SAME]  # fmt: skip
    assert [row.new[0].label for row in changed] == ["第五条"]


def test_a_part_with_the_words_that_are_there_is_a_copy_and_one_that_fits_nowhere_is_told_why(
    district: District, tmp_path: Path
) -> None:
    run(district, lay(tmp_path, a__md=GENERAL, b__md=LANES, c__md=LAST))
    before = rows(district)

    copy = run(district, lay(tmp_path, d__md=LANES.replace("条 第", "条　第")))
    torn = run(district, lay(tmp_path, e__md=part(5, 7, "桥梁", words="另说。").source))

    assert [each.code for each in copy.refused] == ["same_words"]
    assert [each.code for each in torn.rejected] == ["clash"]
    assert "又和已有的条文接不上" in torn.rejected[0].sentence()
    assert rows(district) == [*before[:-1], before[-1] + 2]


def test_the_whole_text_takes_the_place_of_parts_that_waited(district: District, tmp_path: Path) -> None:
    run(district, lay(tmp_path, b__md=LANES))
    whole = part(1, 9, ends=True).source

    report = run(district, lay(tmp_path, w__md=whole))

    (edition,) = editions(district)
    assert (report.editions, edition.source, editions(district, "draft")) == (1, whole, [])
    dropped = Change.objects.of(district.congress).get(verb="dropped")
    assert dropped.reason == "全文已经导入"


def test_a_clerk_may_publish_the_parts_that_there_are(district: District, tmp_path: Path) -> None:
    run(district, lay(tmp_path, b__md=LANES))
    (draft,) = editions(district, "draft")

    actions.publish(draft, actor=keeper(district), at=NOW)

    assert [each.pk for each in editions(district)] == [draft.pk]
    assert (Incoming.objects.of(district.congress).count(), SourceFile.objects.of(district.congress).get().code) == (
        0,
        "",
    )
    report = run(district, lay(tmp_path, a__md=GENERAL))
    assert [each.code for each in report.refused] == ["pending"]


def test_a_given_up_draft_of_parts_can_be_imported_again(district: District, tmp_path: Path) -> None:
    folder = lay(tmp_path, b__md=LANES)
    run(district, folder)
    actions.drop(editions(district, "draft")[0], reason="先不收", actor=keeper(district), at=NOW)

    run(district, folder)

    assert len(editions(district, "draft")) == 1


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the texts of ../shared/laws are not beside this checkout")
def test_the_civil_code_comes_together_file_by_file(district: District, neighbour: District) -> None:
    for path in sorted((CORPUS / "民法典").glob("*.md")):
        run(district, path)
    run(neighbour, CORPUS / "民法典")

    ((one,), (other,)) = editions(district), editions(neighbour)
    assert (one.digest, one.articles, one.effective) == (other.digest, 1260, other.effective)
    assert Citation.objects.of(district.congress).count() == Citation.objects.of(neighbour.congress).count() > 0


def test_the_same_words_in_another_kind_of_file_are_no_correction(district: District, tmp_path: Path) -> None:
    plain = RULES_2018.replace("# ", "").replace("第一条 ", "第一条　")
    report = run(district, lay(tmp_path, a__md=RULES_2018, b__txt=plain))

    assert [each.code for each in report.refused] == ["same_words"]
    assert editions(district, "draft") == []


def test_a_correction_is_taken_with_a_reason_and_is_on_record(district: District, tmp_path: Path) -> None:
    run(district, lay(tmp_path, a__md=RULES_2018, b__md=OTHER))
    ((published,), (waiting,)) = editions(district), editions(district, "draft")
    with pytest.raises(NotAllowed, match="请先对照"):
        actions.publish(waiting, actor=keeper(district), at=NOW)
    with pytest.raises(NotAllowed, match="请写明原因"):
        actions.accept(waiting, against=published.digest, reason=" ", actor=keeper(district), at=NOW)

    actions.accept(waiting, against=published.digest, reason="公报文字如此", actor=keeper(district), at=NOW)

    published.refresh_from_db()
    (edition,) = editions(district)
    assert (edition.source, published.state, edition.reason) == (OTHER, "superseded", "公报文字如此")
    told = Change.objects.of(district.congress).filter(edition=edition.pk).order_by("at", "pk")
    assert [(each.verb, each.reason) for each in told] == [
        ("received", "导入的文件：b.md"), ("corrected", "公报文字如此"),
    ]  # fmt: skip
    assert told[1].detail == {"digest": [published.digest, edition.digest]}
    back = run(district, lay(tmp_path, c__md=RULES_2018))
    assert [each.code for each in back.refused] == ["corrected_since"]


def test_a_dismissed_correction_does_not_come_back(district: District, tmp_path: Path) -> None:
    folder = lay(tmp_path, a__md=RULES_2018, b__md=OTHER)
    run(district, folder)
    (waiting,) = editions(district, "draft")

    (twice,) = editions(district, "draft")
    key = waiting.pk
    actions.dismiss(waiting, reason="网站排错", actor=keeper(district), at=NOW)
    again = run(district, folder)
    renamed = run(district, lay(tmp_path, c__md=OTHER))

    assert editions(district, "draft") == []
    assert again.known == 2
    assert [each.code for each in renamed.refused] == ["dismissed"]
    told = Change.objects.of(district.congress).get(verb="dismissed")
    assert (told.reason, told.by_name, told.edition) == ("网站排错", "郭立衡", key)
    with pytest.raises(NotAllowed, match="已经有人处理了"):
        actions.dismiss(twice, reason="网站排错", actor=keeper(district), at=NOW)


def test_the_same_file_makes_no_second_correction_under_any_name(district: District, tmp_path: Path) -> None:
    folder = lay(tmp_path, a__md=RULES_2018, b__md=OTHER)
    run(district, folder)

    run(district, folder)
    report = run(district, lay(tmp_path, c__md=OTHER))

    assert [each.code for each in report.refused] == ["pending"]
    assert len(editions(district, "draft")) == 1
    (waiting,) = Incoming.objects.of(district.congress)
    with pytest.raises(IntegrityError), transaction.atomic():
        Incoming.objects.create(
            congress=district.congress, edition=editions(district)[0], work=waiting.work, kind=waiting.kind,
            day=waiting.day, digest=waiting.digest, at=NOW,
        )  # fmt: skip


def test_a_file_changed_twice_leaves_one_correction(district: District, tmp_path: Path) -> None:
    run(district, lay(tmp_path, a__md=RULES_2018, b__md=OTHER))
    run(district, lay(tmp_path, b__md=RULES_2018.replace("每两个月", "每四个月")))

    (waiting,) = editions(district, "draft")
    assert "每四个月" in waiting.source
    assert Change.objects.of(district.congress).get(verb="dropped").reason == "同名的文件换了内容"

    run(district, lay(tmp_path, b__md=RULES_2018 + "\n"))
    assert editions(district, "draft") == []


def test_who_compared_with_another_text_has_to_look_again(district: District, tmp_path: Path) -> None:
    run(district, lay(tmp_path, a__md=RULES_2018, b__md=OTHER))
    ((published,), (waiting,)) = editions(district), editions(district, "draft")
    third = law.parse(RULES_2018.replace("至少举行", "至少召开"), "c.md")
    made = actions.correct(published, document=third, reason="校对", actor=keeper(district), at=NOW)
    actions.publish(made, actor=keeper(district), at=NOW)

    with pytest.raises(NotAllowed, match="请再看一遍对照"):
        actions.accept(waiting, against=published.digest, reason="公报", actor=keeper(district), at=NOW)
    waiting.refresh_from_db()
    assert waiting.replaces_id == made.pk
    actions.accept(waiting, against=made.digest, reason="公报", actor=keeper(district), at=NOW)

    assert [each.source for each in editions(district)] == [OTHER]


def test_a_correction_whose_words_somebody_published_is_moot(district: District, tmp_path: Path) -> None:
    run(district, lay(tmp_path, a__md=RULES_2018, b__md=OTHER))
    (published,) = editions(district)
    made = actions.correct(published, document=law.parse(OTHER, "b.md"), reason="校对", actor=keeper(district), at=NOW)

    actions.publish(made, actor=keeper(district), at=NOW)

    assert editions(district, "draft") == []
    assert SourceFile.objects.of(district.congress).get(name="b.md").code == "same_text"


def test_only_the_keepers_decide_on_a_correction(district: District, tmp_path: Path) -> None:
    run(district, lay(tmp_path, a__md=RULES_2018, b__md=OTHER))
    ((published,), (waiting,)) = editions(district), editions(district, "draft")

    with pytest.raises(NotAllowed, match="备案审查工作机构和常委会办公室"):
        actions.accept(waiting, against=published.digest, reason="公报", actor=district.clerk, at=NOW)
    with pytest.raises(NotAllowed, match="备案审查工作机构和常委会办公室"):
        actions.dismiss(waiting, reason="公报", actor=district.clerk, at=NOW)


def states() -> Iterator[tuple[str, int]]:
    yield from [("reading", 0), ("parsing", 0), ("storing", 0), ("storing", 2), ("linking", 0)]


@pytest.mark.parametrize("stop_at", list(states()))
def test_a_run_killed_on_its_way_leaves_nothing_half_stored(
    district: District, neighbour: District, tmp_path: Path, stop_at: tuple[str, int]
) -> None:
    for each in (district, neighbour):
        run(each, lay(tmp_path / "", a__md=RULES_2018, p__md=GENERAL))
    folder = lay(tmp_path, b__md=OTHER, n__md=RULES_2024, q__md=LANES, r__md=LAST)

    with pytest.raises(Killed):
        run(district, folder, stop_at=stop_at)
    run(district, folder)
    run(neighbour, folder)

    assert rows(district) == rows(neighbour)
    assert len(editions(district)) == 3
    assert len(editions(district, "draft")) == 1


def test_a_failure_inside_the_transaction_stores_nothing(
    district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(district, lay(tmp_path, a__md=RULES_2018, p__md=GENERAL))
    before = rows(district)
    calls = iter([None])

    def breaks(*_args: object, **_kwargs: object) -> None:
        next(calls, None)
        raise Killed

    monkeypatch.setattr("lvzhi.work.statutes.imports.store._note_files", breaks)
    with pytest.raises(Killed):
        run(district, lay(tmp_path, b__md=OTHER, q__md=LANES))

    assert rows(district) == before


def test_a_part_uploaded_at_the_desk_joins_the_draft_that_has_the_others(district: District) -> None:
    def draft(text: str) -> Edition:
        return actions.draft(
            congress=district.congress, document=law.parse(text, "a.md"), reason="建库", actor=keeper(district), at=NOW
        )

    one = draft(GENERAL)
    two = draft(LAST)
    three = draft(LANES)

    assert one.pk == two.pk == three.pk
    (held,) = editions(district, "draft")
    assert held.source == GENERAL + LANES + LAST
    assert Change.objects.of(district.congress).filter(verb="drafted").count() == 3


def test_a_part_corrects_a_published_edition_by_being_added_to_it(district: District, tmp_path: Path) -> None:
    run(district, lay(tmp_path, a__md=part(1, 3).source))
    (published,) = editions(district)

    made = actions.correct(published, document=part(4, 6, ends=True), reason="补齐", actor=keeper(district), at=NOW)

    assert made.source == part(1, 3).source + part(4, 6, ends=True).source
    with pytest.raises(NotAllowed, match="第三条至第五条"):
        actions.correct(published, document=part(3, 5), reason="补齐", actor=keeper(district), at=NOW)


def test_many_corrections_are_stored_in_as_many_statements_as_one_but_for_what_they_are_compared_with(
    district: District, neighbour: District, tmp_path: Path
) -> None:
    def texts(count: int, words: str) -> dict[str, str]:
        return {f"f{n}__md": RULES_2018.replace("议事规则", f"第{law.to_chinese(n)}号规则").replace("至少", words)
                for n in range(1, count + 1)}  # fmt: skip

    def statements(of: District, count: int) -> int:
        run(of, lay(tmp_path, **texts(count, "至少")))
        with CaptureQueriesContext(connection) as seen:
            report = run(of, lay(tmp_path, **texts(count, "最少")))
        assert len(report.pending) == count
        return len(seen) - count  # the text each is compared with

    assert statements(district, 1) == statements(neighbour, 6)


def test_what_waits_is_listed_for_the_keepers_newest_first(district: District, tmp_path: Path) -> None:
    run(district, lay(tmp_path, a__md=RULES_2018, b__md=OTHER, c__md=RULES_2018.replace("每两个月", "每季度")))
    with CaptureQueriesContext(connection) as seen:
        found = keeping.corrections(district.congress.pk)
        assert [(each.work.key, each.replaces and each.replaces.day) for each in found]

    assert (len(found), len(seen)) == (2, 1)
    assert keeping.drafts(district.congress.pk) == []


def test_every_reason_is_said_in_chinese_and_in_english() -> None:
    told = {"title": "示例办法", "day": "2024-03-01", "first": "a.md", "why": "拒绝访问"}
    for code in SENTENCES:
        assert sentence(code, told).endswith("。")
        assert sentence(code, told, "en").endswith(".")
    assert placing.PENDING in SENTENCES
