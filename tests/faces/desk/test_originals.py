"""The files that texts came in: kept once, given back as they came."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from lvzhi.records.documents.store import Ready, place_of
from lvzhi.work.statutes import originals, queries
from lvzhi.work.statutes.models import Edition, Original
from tests.core.law.test_readers import word
from tests.faces.desk.conftest import SignIn
from tests.faces.desk.texts import FACTS, WORD, keeper, upload
from tests.fixtures.district import NOW, District
from tests.fixtures.statutes import RULES_2018, Statutes

pytestmark = pytest.mark.django_db


def test_the_file_of_a_text_is_given_back_as_it_came_with_its_sum(statutes: Statutes, sign_in: SignIn) -> None:
    district = statutes.district
    office = keeper(district)
    client = sign_in(office)
    edition = queries.editions_of(statutes.work("议事规则"))[0]
    other = word(RULES_2018.replace("# ", "").replace("至少", "最少"))
    address = f"/desk/laws/editions/{edition.pk}/correct/"
    client.post(address, {"text": upload(client, address, other, "规则 终稿.docx"), "reason": "校对"})
    draft = Edition.objects.of(district.congress).get(state="draft")
    (kept,) = draft.originals.all()

    page = client.get(f"/desk/laws/editions/{draft.pk}/").content.decode()
    assert f"/desk/laws/originals/{kept.pk}/" in page
    assert hashlib.sha256(other).hexdigest() in page
    assert "Word 文档" in page
    answer = client.get(f"/desk/laws/originals/{kept.pk}/")
    assert answer.getvalue() == other
    assert answer.headers["Content-Type"] == kept.media_type
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    clerk = sign_in(district.clerk)
    assert clerk.get(f"/desk/laws/originals/{kept.pk}/").status_code == 403  # nobody but the keepers reads a draft
    sign_in(office).post(f"/desk/laws/editions/{draft.pk}/publish/")
    shown = sign_in(district.clerk).get(f"/desk/laws/originals/{kept.pk}/")
    assert (shown.status_code, shown.getvalue()) == (200, other)


def test_an_original_of_another_congress_or_a_lost_one_is_not_found(
    statutes: Statutes, neighbour: District, sign_in: SignIn
) -> None:
    client = sign_in(keeper(statutes.district))
    edition = queries.editions_of(statutes.work("议事规则"))[0]
    originals.keep([(edition, Ready("a.html", "text/html", b"<p>1"))], at=NOW)
    (kept,) = edition.originals.all()
    address = f"/desk/laws/originals/{kept.pk}/"
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"], answer.getvalue()) == (200, "text/html", b"<p>1")

    place_of(kept.sha256).unlink()

    assert client.get(address).status_code == 404
    assert sign_in(neighbour.clerk).get(address).status_code in (403, 404)


def test_a_file_that_waited_too_long_is_asked_for_again(
    district: District, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(keeper(district))
    sealed = upload(client, "/desk/laws/new/", WORD, "a.docx")
    assert not Original.objects.of(district.congress).exists()

    monkeypatch.setattr("lvzhi.faces.desk.statutes.taking.clock.now", lambda: timezone.now() + timedelta(hours=4))
    answer = client.post("/desk/laws/new/", {**FACTS, "text": sealed})

    assert "看过的文件过期了，请重新上传" in answer.content.decode()
    assert not Edition.objects.of(district.congress).exists()


def test_a_form_sent_twice_keeps_one_original(district: District, sign_in: SignIn) -> None:
    client = sign_in(keeper(district))
    sealed = upload(client, "/desk/laws/new/", WORD, "a.docx")

    for _again in range(2):
        client.post("/desk/laws/new/", {**FACTS, "text": sealed})

    shas = {each.sha256 for each in Original.objects.of(district.congress)}
    assert shas == {hashlib.sha256(WORD).hexdigest()}
