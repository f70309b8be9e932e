"""The style page shows every component, and the components keep their promises."""

import re
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import Client

from lvzhi.faces.design import charts, chips, sample
from lvzhi.faces.design.shapes import Basis, Count, Due, NextAction, coerce

TEMPLATES = Path(charts.__file__).parent / "templates"
SHOWN = {
    "icon": 'class="icon"',
    "seal": "seal__mark",
    "cite": 'class="cite"',
    "due": "due__chip",
    "why": 'class="why"',
    "state": 'class="state"',
    "tag": 'class="tag"',
    "button": "btn--primary",
    "worklist": "wl__group",
    "worklist_row": "wl__row",
    "nexts": "next--no",
    "timeline": 'data-k="fix"',
    "thread": 'class="said"',
    "data_table": "table--cards",
    "filters": "chip--on",
    "pager": 'class="pager"',
    "steps": 'aria-current="step"',
    "tabs": 'class="tabs"',
    "crumbs": 'class="crumbs"',
    "facts": 'class="facts"',
    "parties": "party__badge",
    "files": "file--bad",
    "agenda": "agenda__d",
    "tasks": "task__title",
    "figures": 'class="figure"',
    "doors": "door--main",
    "quick": 'class="quick"',
    "big": "big--first",
    "story_card": "story__title",
    "bar_chart": "chart__data",
    "column_chart": "outlined",
    "due_load": "chart load",
    "ballot": "vote__box",
    "tally": "tally__parts",
    "receipt": "receipt__code",
    "empty_state": "blank__title",
    "error_summary": "error-summary",
    "field": "field--error",
    "notice": "alert__title",
    "menu": 'class="menu"',
    "confirm": 'class="confirm"',
    "paper": "paper__org",
    "section": "section__note",
    "nav": "nav__n",
    "when": "<time datetime=",
}


@pytest.fixture(autouse=True)
def _only_the_look(settings):
    settings.ROOT_URLCONF = "tests.faces.design.urls"
    settings.ALLOWED_HOSTS = ["testserver"]


@pytest.fixture
def page(client):
    return client.get("/design/").content.decode()


def draw(source, **values):
    return Template("{% load design %}" + source).render(Context(values))


@pytest.mark.parametrize("component", sorted(SHOWN))
def test_the_style_page_shows_the_component(page, component):
    assert SHOWN[component] in page


def test_no_page_carries_inline_style_or_script(page):
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)
    assert not re.search(r"\son\w+=", page)


def test_every_id_on_the_style_page_is_there_once(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_every_icon_that_is_used_is_in_the_sprite(page):
    assert set(re.findall(r"icons\.svg#i-([a-z-]+)", page)) <= {each.removeprefix("i-") for each in sample.icons()}
    in_templates = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'{% icon "([a-z-]+)"', path.read_text("utf-8"))
    }
    assert {f"i-{name}" for name in in_templates} <= set(sample.icons())


@pytest.mark.parametrize("name", ["design.css", "lvzhi.js", "icons.svg", "favicon.svg"])
def test_the_static_files_are_found(name):
    assert finders.find(f"design/{name}")


def test_words_of_people_are_escaped_everywhere():
    evil = "<script>alert(1)</script>"
    row = {
        "verb": evil,
        "number": evil,
        "title": evil,
        "url": '"><b>',
        "who": evil,
        "pick": evil,
        "basis": Basis(evil, url='"><b>'),
        "due": Due(tone="late", text=evil, rule=evil, steps=[evil], started=evil),
    }
    drawn = draw("{% worklist_row row %}{% nexts actions %}", row=row, actions=[NextAction(evil, evil, why_not=evil)])
    assert "<script" not in drawn
    assert '"><b>' not in drawn


def test_a_deadline_without_reasons_cannot_be_opened():
    assert "<details" not in chips.due(Due(tone="ok", date=date(2026, 6, 5), late_days=-3))
    assert "<details" in chips.due(Due(tone="ok", date=date(2026, 6, 5), late_days=-3, rule="三个月内答复"))


def test_an_internal_target_is_never_drawn_as_a_law():
    drawn = chips.due(Due(tone="ok", date=date(2026, 6, 5), late_days=-3, internal=True, rule="办公室的目标"))
    assert "seal--internal" in drawn
    assert "法律依据" not in drawn


def test_a_refused_action_gives_the_reason_and_no_way_to_send_it():
    drawn = draw(
        "{% nexts actions %}",
        actions=[{"title": "印发", "label": "印发", "url": "/go", "why_not": "要等登记"}],
    )
    assert "要等登记" in drawn
    assert "disabled" in drawn
    assert "/go" not in drawn


def test_a_misspelt_key_is_refused_and_not_lost():
    with pytest.raises(TypeError, match="titel"):
        coerce(NextAction, {"titel": "x", "label": "y"})


def test_a_ballot_has_no_choice_made_in_advance():
    assert "checked" not in draw("{% ballot 'v' '满意吗' choices %}", choices=sample.charts()["choices"])


def test_the_tally_counts_the_absent_and_draws_the_majority_of_all_members():
    drawn = charts.tally([Count("赞成", 15), Count("反对", 3)], total=31, needed=16)
    assert drawn.parts[-1].value == 13
    assert drawn.parts[-1].fill == "away"
    assert drawn.needed_x > drawn.parts[1].x


def test_more_votes_than_members_are_refused():
    with pytest.raises(ValueError, match="only 3 members"):
        charts.tally([Count("赞成", 4)], total=3, needed=2)


def test_bars_start_at_zero_and_keep_their_proportions():
    long, short = charts.bars([Count("甲", 100), Count("乙", 50)]).bars
    assert long.x == short.x
    assert long.width == pytest.approx(2 * short.width, abs=0.2)


class Sent(forms.Form):
    title = forms.CharField(label="标题", help_text="不超过 40 字")
    unit = forms.ChoiceField(label="承办单位", choices=[("1", "区民政局")], widget=forms.RadioSelect)


def test_an_error_is_tied_to_its_control_and_listed_with_a_link():
    form = Sent({"title": "", "unit": ""})
    drawn = draw("{% error_summary form %}{% form_fields form %}", form=form)
    assert 'href="#id_title"' in drawn
    assert 'href="#id_unit_0"' in drawn
    assert 'id="id_unit_0"' in drawn
    assert 'aria-describedby="id_title-h id_title-e"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert "请填写标题" in drawn


def test_a_choice_of_look_is_kept_and_leads_back(client):
    answer = client.post("/design/look", {"theme": "dark", "language": "en", "next": "/desk/?who=me"})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/?who=me")
    page = client.get("/design/").content.decode()
    assert 'data-theme="dark"' in page
    assert '<html lang="en"' in page


@pytest.mark.parametrize("place", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_the_way_back_never_leaves_the_site(client, place):
    assert client.post("/design/look", {"theme": "dark", "next": place})["Location"] == "/"


def test_a_choice_of_look_cannot_be_made_by_another_site_or_by_a_link(client, district):
    answer = client.post("/design/look", {"theme": "dark"}, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 400
    assert "theme" not in answer.cookies
    assert client.get("/design/look").status_code == 405


def test_a_choice_that_is_not_offered_is_ignored(client):
    client.post("/design/look", {"theme": '"><b>', "language": "xx"})
    client.cookies["contrast"] = "sideways"
    page = client.get("/design/").content.decode()
    assert "data-theme" not in page
    assert "data-contrast" not in page


def test_a_refusal_says_why_and_a_missing_page_shows_no_code(client, district):
    refused = client.get("/refused")
    assert refused.status_code == 403
    assert "公布以前只有组成人员能看" in refused.content.decode()
    missing = client.get("/nowhere")
    assert missing.status_code == 404
    assert "404" not in missing.content.decode()


def test_a_failure_shows_the_number_that_stands_in_the_log(caplog):
    answer = Client(raise_request_exception=False).get("/broken")
    number = re.search(r"E-[0-9A-F]{4}", answer.content.decode())
    assert answer.status_code == 500
    assert number
    assert number.group() in caplog.text


def test_a_form_without_its_token_says_that_nothing_was_saved(rf, district):
    from lvzhi.faces.design.views import csrf_failure

    answer = csrf_failure(rf.post("/x"), "token missing")
    assert answer.status_code == 403
    assert "没有存上" in answer.content.decode()


def test_a_day_the_house_set_itself_carries_no_seal_and_is_never_late():
    law = Basis("监督法 第十七条")
    past = Due(tone="late", date=date(2026, 6, 5), late_days=3, internal=True, rule="现场督促检查", citation=law)
    drawn = chips.due(past)
    assert "due--internal" in drawn
    assert "已过 3 天" in drawn
    assert "逾期" not in drawn
    assert 'seal__mark" aria-hidden="true">法' not in drawn


def test_an_article_written_in_a_template_is_sealed_by_its_kind_of_text():
    assert ">法<" in chips.seal("个人信息保护法 第十七条")
    assert ">规<" in chips.seal("信访工作条例 第二十三条")
    assert ">规<" in chips.seal("监督法实施办法 第三条")


def test_the_first_of_a_month_is_named_below_its_day_in_the_strip():
    days = [{"day": date(2026, 11, 29), "count": 0}, {"day": date(2026, 11, 30), "count": 1}]
    days += [{"day": date(2026, 12, 1), "count": 0}, {"day": date(2026, 12, 2), "count": 0}]
    laid = charts.due_load(days, date(2026, 11, 29))
    assert [(each.words, each.month) for each in laid.days] == [("29", "11月"), ("30", ""), ("1", "12月"), ("2", "")]


def test_three_short_answers_stand_side_by_side():
    class Rating(forms.Form):
        rating = forms.ChoiceField(
            choices=[("a", "满意"), ("b", "基本满意"), ("c", "不满意")], widget=forms.RadioSelect
        )

    drawn = Template("{% load design %}{% form_fields form %}").render(Context({"form": Rating()}))
    assert "picks--3" in drawn
