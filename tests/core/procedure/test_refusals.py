"""A procedure file with a slip is refused, and the refusal names file, line and what to mend."""

from pathlib import Path
from textwrap import dedent

import pytest

from lvzhi.core.procedure import ProcedureError, Registry, load

ROLES = "citizen: {zh: 群众, en: citizen}\noffice: {zh: 办公室, en: office}\n"
GOOD = dedent("""\
    id: note
    text: {zh: 便条, en: Note}
    number_prefix: 条
    edition: '2026-01-01'
    effective_from: 2026-01-01
    citations:
      note.answer: {law: 某法, article: 第一条}
    fields:
      reply: {text: {zh: 答复, en: Reply}, type: longtext}
    states:
      received: {text: {zh: 收到, en: Received}, initial: true}
      closed: {text: {zh: 办结, en: Closed}, final: true}
    actions:
      submit: {text: {zh: 提交, en: Submit}, from: [start], to: received, by: [citizen]}
      answer: {text: {zh: 答复, en: Answer}, from: [received], to: closed, by: [office], fields: [reply]}
    clocks:
      in_time:
        text: {zh: 答复, en: Answer}
        rule: note.answer
        within: {days: 15}
        starts: [submit]
        met_by: [answer]
        holder: office
    """)

OVERLAY = dedent("""\
    extends: note
    region: beijing
    edition: '2026-02-01'
    effective_from: 2026-02-01
    citations:
      note.sooner: {law: 某条例, article: 第二条, level: beijing}
    amend:
      clocks:
        in_time: {basis: note.sooner, within: {days: 10}}
    """)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "beijing").mkdir()
    (tmp_path / "roles.yaml").write_text(ROLES, "utf-8")
    (tmp_path / "note.yaml").write_text(GOOD, "utf-8")
    return tmp_path


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def test_the_good_file_is_read(folder: Path) -> None:
    assert load(folder / "note.yaml").key == "note@2026-01-01"


SLIPS = [
    ("to: closed", "to: finished", "to: finished", "unknown state 'finished'; use one of: received, closed"),
    ("from: [received]", "from: [recieved]", "recieved", "unknown state 'recieved'"),
    ("by: [office]", "by: [clerk]", "by: [clerk]", "unknown role 'clerk'; use one of: citizen, office"),
    ("fields: [reply]", "fields: [answer_text]", "answer_text", "unknown field 'answer_text'"),
    ("fields: [reply]", "fields: [reply], guards: [ready]", "guards", "unknown guard 'ready'"),
    ("fields: [reply]", "fields: [reply], yields: [letter]", "yields", "unknown paper 'letter'"),
    ("fields: [reply]", "fields: [reply], rule: x", "rule: x", "unknown key 'rule' in action 'answer'"),
    ("rule: note.answer", "rule: note.anwser", "note.anwser", "unknown rule 'note.anwser'"),
    ("starts: [submit]", "starts: []", "in_time:", "nothing starts clock 'in_time'"),
    ("met_by: [answer]", "met_by: []", "in_time:", "nothing meets clock 'in_time'"),
    ("met_by: [answer]", "met_by: [reply]", "met_by: [reply]", "unknown action 'reply'"),
    ("holder: office", "holder: nobody", "holder: nobody", "unknown role 'nobody' in 'holder'"),
    ("within: {days: 15}", "within: {days: fifteen}", "fifteen", "'days' is a whole number"),
    ("within: {days: 15}", "within: {days: 2, workdays: 1}", "workdays", "working days or calendar days"),
    ("within: {days: 15}", "due: '13-45'", "13-45", "mend 'due'"),
    ("within: {days: 15}", "internal: {days: 1}", "in_time:", "needs exactly one of"),
    ("within: {days: 15}", "within: {days: 15}\n    extension: {action: answer, rule: note.answer}",
     "extension", "either 'term'"),
    (", final: true", "", "closed:", "state 'closed' has no way out"),
    (", initial: true", "", "states:", "mark one 'initial: true'"),
    ("number_prefix: 条", "number_prefix: 便条", "number_prefix", "is one character"),
    ("effective_from: 2026-01-01", "effective_from: soon", "effective_from", "YYYY-MM-DD"),
    ("{zh: 收到, en: Received}", "{zh: 收到}", "收到", "give 'en' as text"),
    ("  closed: {text", "  lost: {text: {zh: 丢, en: Lost}, final: true}\n  closed: {text",
     "lost:", "state 'lost' is dead"),
    ("fields: [reply]", "fields: []", "reply:", "no action uses field 'reply'"),
    ("  closed: {text", "  received: {text: {zh: 二, en: Two}}\n  closed: {text", "二", "stands twice"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "where", "says"), SLIPS, ids=[slip[3][:40] for slip in SLIPS])
def test_a_slip_is_refused_with_file_line_and_what_to_mend(
    folder: Path, old: str, new: str, where: str, says: str
) -> None:
    wrong = GOOD.replace(old, new, 1)
    assert wrong != GOOD
    (folder / "note.yaml").write_text(wrong, "utf-8")

    with pytest.raises(ProcedureError) as refusal:
        Registry.load(folder)

    message = str(refusal.value)
    assert says in message
    assert message.startswith("note.yaml:")
    near = int(message.split(":")[1])
    assert near - line_of(wrong, where) in {0, 1}  # a block begins on the line after its name


def test_a_file_that_is_not_yaml_is_refused(folder: Path) -> None:
    (folder / "note.yaml").write_text("id: [note\ntext: x", "utf-8")

    with pytest.raises(ProcedureError, match=r"note\.yaml:\d+: not readable as YAML"):
        Registry.load(folder)


def test_a_rule_id_that_the_list_does_not_have_is_refused(folder: Path) -> None:
    with pytest.raises(ProcedureError, match=r"note\.yaml:7: rule id 'note\.answer' is not in the list"):
        Registry.load(folder, frozenset({"note.other"}))


def test_two_editions_in_force_together_are_refused(folder: Path) -> None:
    (folder / "older.yaml").write_text(GOOD.replace("2026-01-01", "2025-01-01"), "utf-8")

    with pytest.raises(ProcedureError, match=r"older\.yaml:5: .*close the older one with 'effective_until'"):
        Registry.load(folder)


def test_an_overlay_shortens_a_clock_on_a_stated_basis(folder: Path) -> None:
    (folder / "beijing" / "note.yaml").write_text(OVERLAY, "utf-8")

    registry = Registry.load(folder)

    clock = registry.by_key("note@2026-01-01+beijing@2026-02-01").clock("in_time")
    assert clock.term is not None
    assert clock.term.days == 10
    assert [cite.rule for cite in clock.also] == ["note.sooner"]


OVERLAY_SLIPS = [
    ("within: {days: 10}", "within: {days: 20}", "shorten a term, not lengthen it"),
    ("basis: note.sooner, ", "", "give 'basis' as text"),
    ("basis: note.sooner,", "basis: note.sooner, starts: [answer],", "may not change 'starts'"),
    ("    in_time: {basis", "    other: {basis", "there is no 'other' among the clocks"),
    ("extends: note", "extends: letter", "names no procedure: 'letter'"),
    ("amend:", "states:\n  closed: {text: {zh: 完, en: Done}}\namend:", "already among the states"),
]


@pytest.mark.parametrize(("old", "new", "says"), OVERLAY_SLIPS, ids=[slip[2] for slip in OVERLAY_SLIPS])
def test_an_overlay_that_goes_too_far_is_refused(folder: Path, old: str, new: str, says: str) -> None:
    (folder / "beijing" / "note.yaml").write_text(OVERLAY.replace(old, new, 1), "utf-8")

    with pytest.raises(ProcedureError, match=rf"beijing/note\.yaml:\d+: .*{says}"):
        Registry.load(folder)


def test_the_published_schema_refuses_an_unknown_key(folder: Path) -> None:
    (folder / "note.yaml").write_text(GOOD + "colour: red\n", "utf-8")

    with pytest.raises(ProcedureError, match=r"note\.yaml:1: .*colour.*procedure\.schema\.json"):
        Registry.load(folder, schema=True)


KIND = GOOD.replace(
    "fields:\n",
    "fields:\n  kind: {text: {zh: 类别, en: Kind}, type: choice, choices: {claim: {zh: 诉求, en: claim}}}\n",
    1,
).replace(
    "from: [start], to: received, by: [citizen]}", "from: [start], to: received, by: [citizen], fields: ['kind?']}"
)


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        ("{field: kind, is: [claim]}", ""),
        ("{field: reply, is: [claim]}", "'reply' is not one"),
        ("{field: kind, is: [wish]}", "lists choices of 'kind': claim"),
    ],
)
def test_a_clock_starts_only_on_a_choice_that_exists(folder: Path, condition: str, says: str) -> None:
    given = KIND.replace("    starts: [submit]\n", f"    starts: [submit]\n    starts_if: {condition}\n", 1)
    (folder / "note.yaml").write_text(given, "utf-8")

    if not says:
        assert Registry.load(folder, schema=True).by_key("note@2026-01-01").clock("in_time").starts_if is not None
        return
    with pytest.raises(ProcedureError, match=says):
        Registry.load(folder)
