"""What somebody wrote is shown as what they wrote, on every page, in every file that leaves the house."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core import mail

from lvzhi.records.documents.models import IssuedPaper
from lvzhi.records.jobs.worker import work
from lvzhi.records.matters.models import Matter
from lvzhi.records.notices.deliver import pump
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import Opinion
from tests.bad_input.conftest import Place, complaint, once, unclean
from tests.bad_input.hostile import MARK, TEXTS
from tests.fixtures.district import NOW, TODAY

INJECTED = ["script", "attribute", "template", "sql"]
TAIL = "，请尽快办理。"


def published(place: Place, subject: str, text: str) -> Matter:
    """An opinion sent through the form, passed on, answered and published with the same words everywhere."""
    place.client("visitor").post("/opinions/new", {
        "once": once(), "subject": subject, "text": text, "name": text[:30], "phone": "", "may_publish": "on",
    })  # fmt: skip
    matter = Opinion.objects.of(place.district.congress).select_related("matter").order_by("-pk")[0].matter
    home = place.district
    given: dict[str, Any] = {"actor": home.clerk, "on": TODAY, "at": NOW}
    actions.take(matter.pk, "transfer", data={"body": home.transport, "note": text}, **given)
    entry = actions.answer(matter.pk, reply=text, actor=home.driver, on=TODAY, at=NOW)
    if entry.action == "propose_answer":  # words that say nothing go to the office first
        actions.take(matter.pk, "pass_answer", actor=home.clerk, on=TODAY, at=NOW)
    actions.take(matter.pk, "publish", data={"public_text": text}, **given)
    while work(at=NOW):
        pass
    return Matter.objects.of(home.congress).get(pk=matter.pk)


def pages(place: Place, matter: Matter) -> Iterator[tuple[str, Any]]:
    """Every page that shows an opinion, its answer, its papers or a notice of it."""
    number = matter.number.removeprefix("意 ")
    for address in ("/", "/opinions/", f"/opinions/{number}", "/opinions/?q=script", "/opinions/?q=matters"):
        yield address, place.client("visitor").get(address)
    papers = [f"/desk/papers/{paper.pk}" for paper in IssuedPaper.objects.of(matter.congress_id).filter(matter=matter)]
    for address in (
        "/desk/", "/desk/matters/", f"/desk/matters/{matter.pk}/", "/desk/search/?q=script", "/desk/search/?q=drop",
        "/desk/notices/", *papers,
    ):  # fmt: skip
        yield address, place.client("linzhiyuan").get(address)
    yield "sender", place.client("linzhiyuan").post(f"/desk/matters/{matter.pk}/sender/", {"purpose": matter.title})
    yield "readings", place.client("linzhiyuan").get("/desk/readings/")
    for address in ("/pocket/", f"/pocket/m/{matter.pk}", "/pocket/search?q=script"):
        yield address, place.client("zhouhe").get(address)
    yield "/desk/ of the department", place.client("qiaoan").get(f"/desk/matters/{matter.pk}/")


@pytest.mark.parametrize("what", INJECTED)
def test_markup_is_shown_as_letters_on_every_page(place: Place, what: str) -> None:
    matter = published(place, TEXTS[what][:58], TEXTS[what] + TAIL)
    shown = 0
    for address, response in pages(place, matter):
        assert complaint(response) == "", address
        page = response.content.decode()
        shown += MARK in page
        for alive in (f"<script>alert('{MARK}", "<img src=x", f"onfocus=alert('{MARK}", "only-for-tests", "#49#49"):
            assert alive not in page, address
        assert " autofocus onfocus" not in page.replace("&#x27; autofocus onfocus", "").replace(
            "&quot;&#x27; autofocus", ""
        ), address
    assert shown or MARK not in TEXTS[what]


@pytest.mark.parametrize("what", INJECTED)
def test_the_feed_is_still_xml_and_says_the_same_words(place: Place, what: str) -> None:
    matter = published(place, TEXTS[what][:58], TEXTS[what] + TAIL)

    feed = ElementTree.fromstring(place.client("visitor").get("/opinions/feed.atom").content)

    space = {"a": "http://www.w3.org/2005/Atom"}
    titles = [each.text for each in feed.findall("a:entry/a:title", space)]
    assert any(title and title.startswith(f"{matter.number} {matter.title}") for title in titles)
    assert {each.tag for each in feed.iter()} <= {f"{{{space['a']}}}{name}" for name in (
        "feed", "title", "link", "id", "updated", "entry", "published", "summary",
    )}  # fmt: skip


@pytest.mark.parametrize("what", [*INJECTED, "emoji", "rare signs", "controls", "bidi", "noncharacters"])
def test_a_paper_opens_in_word_and_says_the_same_words(place: Place, what: str) -> None:
    matter = published(place, TEXTS[what][:58], TEXTS[what] + TAIL)
    for paper in IssuedPaper.objects.of(matter.congress_id).filter(matter=matter):
        response = place.client("linzhiyuan").get(f"/desk/papers/{paper.pk}.docx")

        data = b"".join(response.streaming_content)
        body = ElementTree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml"))
        said = "".join(body.itertext())
        assert "".join(matter.title.split()) in "".join(said.split())
        assert "\n" not in response.headers["Content-Disposition"]
    assert unclean() == []


def test_a_paper_becomes_a_pdf_whatever_stands_in_it(place: Place) -> None:
    matter = published(place, TEXTS["script"][:58], TEXTS["script"] + "<link rel=attachment href='file:///etc/passwd'>")
    paper = IssuedPaper.objects.of(matter.congress_id).filter(matter=matter, kind="reply_letter").get()

    data = b"".join(place.client("linzhiyuan").get(f"/desk/papers/{paper.pk}.pdf").streaming_content)

    assert data.startswith(b"%PDF-")
    assert b"/EmbeddedFile" not in data
    assert b"/JavaScript" not in data


@pytest.mark.parametrize("start", ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1", " =1", "＝1+1", "|calc", "%0A=1", '"=1'])
def test_a_cell_of_an_export_is_never_a_formula(place: Place, start: str) -> None:
    place.district.opinion(f"{start} 夜里没有车")

    text = b"".join(place.client("linzhiyuan").get("/desk/matters.csv").streaming_content).decode("utf-8-sig")

    rows = list(csv.reader(StringIO(text)))
    cells = [cell for row in rows for cell in row]
    assert any("夜里没有车" in cell for cell in cells)
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "|", "%", "＝", "\t"))]
    assert len({len(row) for row in rows}) == 1


def test_a_title_cannot_write_the_head_of_a_letter(place: Place, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    title = "夜班公交\r\nBcc: all@example.com\r\n\r\n正文"
    for who, address, sent in (
        ("visitor", "/opinions/new", {"subject": title, "text": TEXTS["line breaks"]}),
        ("zhouhe", "/pocket/new", {"title": title, "facts": TEXTS["line breaks"], "proposal": "增开夜班车。"}),
    ):
        response = place.client(who).post(address, {"once": once(), **sent})
        assert complaint(response) == ""
    while work(at=NOW):
        pass
    while pump(at=NOW):
        pass

    assert mail.outbox
    for letter in mail.outbox:
        assert letter.bcc == []
        assert "\n" not in letter.message()["Subject"]
        assert all(address.endswith(".example") for address in letter.recipients())
