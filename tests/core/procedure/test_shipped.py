"""What ships: every file sound, every rule of the encoded procedures reached, every page written."""

import tomllib
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core.calendar import official_calendar
from lvzhi.core.procedure import (
    ClockEvent,
    ClockRun,
    Procedure,
    ProcedureError,
    Registry,
    coverage,
    dot,
    explain,
    mermaid,
    reckon_all,
    reference_markdown,
    rule_ids,
)

REGISTRY = Registry.load(schema=True)
RULES = Path(__file__).parents[4] / "shared" / "domain" / "rules.toml"
ENCODED = {"deputy_contact": 28, "petition": 16, "deputy_suggestion": 38, "special_report": 29, "data_protection": 22}
PARTLY = {"supervision_plan": ["supervision_plan.collect-topics"]}
"""Rules that a file of another procedure rests on, before their own is written: clues collect topics for the plan."""
IN_FORCE = [p for p in REGISTRY.procedures.values() if p.effective_until is None]
every_procedure = pytest.mark.parametrize("procedure", REGISTRY.procedures.values(), ids=lambda p: p.key)


@pytest.mark.skipif(not RULES.exists(), reason="../shared/domain/rules.toml is not at hand")
def test_every_rule_of_the_encoded_procedures_is_reached() -> None:
    rules = rule_ids(RULES)

    found = coverage(Registry.load(rules=rules), rules)

    assert {name: found["procedures"][name]["missing"] for name in ENCODED} == {name: [] for name in ENCODED}
    assert {name: found["procedures"][name]["total"] for name in ENCODED} == ENCODED
    assert found["total"] == len(rules)
    reached = {name: group["total"] - len(group["missing"]) for name, group in found["procedures"].items()}
    assert {name: count for name, count in reached.items() if count and name not in ENCODED} == {
        name: len(ids) for name, ids in PARTLY.items()
    }
    assert not {rule for name, ids in PARTLY.items() for rule in ids if rule in found["procedures"][name]["missing"]}
    assert found["reached"] == sum(ENCODED.values()) + sum(len(ids) for ids in PARTLY.values())


@pytest.mark.skipif(not RULES.exists(), reason="../shared/domain/rules.toml is not at hand")
@pytest.mark.parametrize("procedure", IN_FORCE, ids=lambda p: p.key)
def test_a_rule_is_cited_by_the_law_and_article_of_the_list(procedure: Procedure) -> None:
    listed = {rule["id"]: rule for rule in tomllib.loads(RULES.read_text("utf-8"))["rule"]}
    ours = [cite for cite in procedure.cited() if cite.rule and cite.level != "practice"]

    assert {c.rule: (c.law, c.article, c.level) for c in ours} == {
        c.rule: (listed[c.rule]["law"], listed[c.rule]["article"], listed[c.rule]["level"]) for c in ours if c.rule
    }


def test_coverage_counts_what_is_missing() -> None:
    found = coverage(REGISTRY, ["petition.power", "petition.unheard-of", "questioning.submit"])

    assert found == {
        "procedures": {
            "petition": {"reached": 1, "total": 2, "missing": ["petition.unheard-of"]},
            "questioning": {"reached": 0, "total": 1, "missing": ["questioning.submit"]},
        },
        "reached": 1,
        "total": 3,
    }


@every_procedure
def test_every_name_has_both_languages(procedure: Procedure) -> None:
    texts = [state.text for state in procedure.states.values()]
    texts += [action.text for action in procedure.actions.values()]
    texts += [clock.text for clock in procedure.clocks.values()]

    assert all(text.zh and text.en and text.zh != text.en for text in texts)


@every_procedure
def test_every_citation_names_a_law_and_an_article(procedure: Procedure) -> None:
    laws = [cite for cite in procedure.cited() if cite.kind != "practice"]

    assert all(cite.law and cite.article.startswith("第") for cite in laws)


@every_procedure
def test_every_state_and_clock_stands_on_the_reference_page(procedure: Procedure) -> None:
    page = reference_markdown(procedure, "zh") + reference_markdown(procedure, "en")

    assert all(f"`{name}`" in page for name in (*procedure.states, *procedure.actions, *procedure.clocks))
    assert all(name in mermaid(procedure) and name in dot(procedure) for name in procedure.states)


@every_procedure
def test_a_procedure_is_found_again_by_the_key_a_matter_keeps(procedure: Procedure) -> None:
    assert REGISTRY.by_key(procedure.key) is procedure


@pytest.mark.parametrize(
    ("on", "region", "key"),
    [
        (date(2022, 4, 30), "national", "petition@2005-05-01"),
        (date(2022, 5, 1), "national", "petition@2022-05-01"),
        (date(2006, 12, 31), "beijing", "petition@2005-05-01"),
        (date(2026, 1, 1), "beijing", "petition@2022-05-01+beijing@2007-01-01"),
        (date(2026, 1, 1), "shanghai", "petition@2022-05-01"),
    ],
)
def test_the_edition_in_force_on_the_day_is_found(on: date, region: str, key: str) -> None:
    assert REGISTRY.get("petition", on, region).key == key


def test_a_day_without_an_edition_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(ProcedureError, match=r"no edition is in force on 1999-01-01; there are petition@"):
        REGISTRY.get("petition", date(1999, 1, 1))
    with pytest.raises(ProcedureError, match="known procedures: data_protection"):
        REGISTRY.get("questioning", date(2026, 1, 1))


def test_a_congress_changes_only_what_is_configurable() -> None:
    with pytest.raises(ProcedureError, match="not for a congress to change: the law sets it"):
        REGISTRY.get("deputy_suggestion", date(2026, 1, 1), settings={"reply_months": 6})
    with pytest.raises(ProcedureError, match="from 1 to 5, not 9"):
        REGISTRY.get("special_report", date(2026, 1, 1), settings={"follow_up_years": 9})


@pytest.mark.parametrize("vote", [True, False])
def test_a_switched_off_vote_disappears_from_the_buttons(vote: bool) -> None:
    procedure = REGISTRY.get("special_report", date(2026, 1, 1), settings={"satisfaction_vote": vote})

    assert ("vote_satisfaction" in {action.name for action in procedure.actions_from("evaluated")}) is vote


def test_every_switch_leaves_every_procedure_sound() -> None:
    for procedure in REGISTRY.procedures.values():
        switches = [name for name, setting in procedure.settings.items() if setting.type == "bool"]
        for choice in product([True, False], repeat=len(switches)):
            settings = dict(zip(switches, choice, strict=True))
            switched = REGISTRY.by_key(procedure.key, settings)  # loading refuses what is no longer sound
            assert {name: switched.values[name] for name in switches} == settings


EARLIER = """\
id: audit
text: {zh: 整改, en: Rectification}
number_prefix: 审
edition: '2026-01-01'
effective_from: 2026-01-01
citations:
  six: {law: 某条例, article: 第一条}
  year-end: {law: 某决定, article: 第二条}
states:
  heard: {text: {zh: 听取, en: Heard}, initial: true}
  reported: {text: {zh: 报告, en: Reported}, final: true}
actions:
  hear: {text: {zh: 听取报告, en: Hear}, from: [start], to: heard, by: [office]}
  report: {text: {zh: 报告整改, en: Report}, from: [heard], to: reported, by: [office]}
clocks:
  six_months:
    text: {zh: 六个月内, en: Six months}
    rule: six
    within: {months: 6}
    starts: [hear]
    met_by: [report]
    holder: office
    earliest_with: year_end
  year_end:
    text: {zh: 年底前, en: Year end}
    rule: year-end
    due: '12-31'
    starts: [hear]
    met_by: [report]
    holder: office
"""


@pytest.fixture(scope="module")
def rectification(tmp_path_factory: pytest.TempPathFactory) -> Procedure:
    folder = tmp_path_factory.mktemp("procedures")
    (folder / "roles.yaml").write_text("office: {zh: 办公室, en: office}\n", "utf-8")
    (folder / "audit.yaml").write_text(EARLIER, "utf-8")
    return Registry.load(folder).by_key("audit@2026-01-01")


@given(st.dates(date(2026, 1, 1), date(2050, 12, 31)))
def test_the_earlier_of_two_rules_is_the_smaller_date(rectification: Procedure, heard: date) -> None:
    runs = [ClockRun(name, (ClockEvent("started", name, heard, "e1", "hear"),)) for name in rectification.clocks]
    alone = rectification.clock("six_months").term
    assert alone is not None

    found = reckon_all(rectification, runs, official_calendar())["six_months"]

    six, end = alone.end(heard, official_calendar()).due, date(heard.year, 12, 31)
    assert found.due == min(six, end)
    assert found.governing == ("six_months" if six <= end else "year_end")


def test_the_earlier_of_two_rules_says_which_one_counts(rectification: Procedure) -> None:
    heard = date(2026, 9, 1)
    runs = [ClockRun(name, (ClockEvent("started", name, heard, "e1", "hear"),)) for name in rectification.clocks]

    found = explain(rectification, "six_months", runs[0], official_calendar(), others=runs)

    assert found.due == date(2026, 12, 31)
    assert found.sentences("zh")[-1] == "两个期限取先到的：年底前更早，到12月31日。"
    assert not found.value.overdue(found.due)
    assert found.value.overdue(found.due + timedelta(days=1))
