"""A deputy reads what was recommended to them, and writes a suggestion from it."""

from __future__ import annotations

from django.test import Client

from lvzhi.records.matters.models import Matter
from lvzhi.records.people.models import Person
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import SuggestionSource
from tests.fixtures.district import NOW, TODAY, District

TOLD = "我是陈小满，电话 13800000001。听泉路晚上九点以后就没有公交了。"


def recommended(district: District, **given: object) -> Matter:
    matter = district.opinion(text=TOLD, particulars={"name": "陈小满", "phone": "13800000001"}, **given).opinion.matter
    actions.take(matter.pk, "register", actor=district.clerk, on=TODAY, at=NOW)
    data = {"deputy": Person.objects.of(district.congress).get(slug="zhouhe")}
    actions.take(matter.pk, "recommend", actor=district.clerk, on=TODAY, at=NOW, data=data)
    return Matter.objects.of(district.congress).get(pk=matter.pk)


def draft(matter: Matter, **change: str) -> dict[str, str]:
    words = {"title": "增设夜间公交", "facts": "夜班职工回不了家。", "proposal": "五路车末班延到二十三点。"}
    return {**words, "from": str(matter.pk), "then": "send", **change}


def test_what_was_recommended_is_listed_apart_from_the_deputys_own(district: District, phone: Client) -> None:
    matter = recommended(district)

    listed, own = phone.get("/pocket/opinions").content.decode(), phone.get("/pocket/mine").content.decode()

    assert matter.number in listed
    assert matter.number not in own


def test_a_deputy_reads_the_words_and_never_whose_they_are(district: District, phone: Client) -> None:
    matter = recommended(district)

    page = phone.get(f"/pocket/m/{matter.pk}").content.decode()

    assert "听泉路晚上九点以后" in page
    assert "13800000001" not in page
    assert f"/pocket/new?from={matter.pk}" in page


def test_a_suggestion_is_written_from_it_and_the_opinion_learns_of_it(district: District, phone: Client) -> None:
    matter = recommended(district)
    form = phone.get(f"/pocket/new?from={matter.pk}").content.decode()
    assert "夜里没有公交车" in form
    assert "13800000001" not in form

    done = phone.post("/pocket/new", draft(matter), follow=True).content.decode()

    suggestion = Matter.objects.of(district.congress).get(procedure="deputy_suggestion")
    assert suggestion.state == "submitted"
    assert "由 1 件群众意见引出" in done
    assert suggestion.number in phone.get(f"/pocket/m/{matter.pk}").content.decode()
    assert Matter.objects.of(district.congress).get(pk=matter.pk).entries.filter(action="raise").count() == 1


def test_a_draft_kept_from_an_opinion_lays_its_thread_when_it_is_put_forward(district: District, phone: Client) -> None:
    matter = recommended(district)
    phone.post("/pocket/new", draft(matter, then="keep"))
    suggestion = Matter.objects.of(district.congress).get(procedure="deputy_suggestion")
    assert SuggestionSource.objects.of(district.congress).count() == 1

    phone.post(f"/pocket/m/{suggestion.pk}/confirm", {"version": suggestion.version})

    assert SuggestionSource.objects.of(district.congress).count() == 0
    assert matter.links_out.get().target_id == suggestion.pk


def test_what_was_not_shown_to_the_deputy_cannot_be_written_from(district: District, phone: Client) -> None:
    hidden = district.opinion("路灯不亮", "夜里看不见路。").opinion.matter

    assert phone.get(f"/pocket/new?from={hidden.pk}").status_code == 404
    assert phone.post("/pocket/new", draft(hidden)).status_code == 404
    assert phone.get("/pocket/new?from=nonsense").status_code == 404
    assert Matter.objects.of(district.congress).filter(procedure="deputy_suggestion").count() == 0


def test_an_opinion_received_by_the_deputy_themselves_can_be_opened(district: District, phone: Client) -> None:
    deputy = Person.objects.of(district.congress).get(slug="zhouhe")
    matter = district.opinion("站台没有灯", "晚上等车看不见。", deputy=deputy).opinion.matter

    assert matter.number in phone.get("/pocket/opinions").content.decode()
    assert phone.get(f"/pocket/m/{matter.pk}").status_code == 200
