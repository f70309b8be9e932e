"""`lvzhi draw verify`: somebody repeats a published draw on their own machine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from lvzhi.core.trust import FORMAT, canonical_list, draw, list_hash
from lvzhi.faces.commands.main import main

LIST = canonical_list(["意 2026-0001", "意 2026-0002", "意 2026-0003"])
RECORD = {
    "format": FORMAT,
    "list": LIST,
    "list_sha256": list_hash(LIST),
    "seed": "第 66 期",
    "size": 2,
    "drawn": [one.number for one in draw(LIST, seed="第 66 期", size=2)],
}


def run(path: Path, text: str) -> tuple[int, str]:
    path.write_text(text, "utf-8")
    done = CliRunner().invoke(main, ["draw", "verify", str(path)])
    return done.exit_code, done.output


def test_a_draw_that_holds_is_confirmed(tmp_path: Path) -> None:
    assert run(tmp_path / "1.json", json.dumps(RECORD)) == (0, "The draw holds: 2 drawn from 3.\n")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (json.dumps(RECORD | {"seed": "第 67 期"}), "is drawn as"),
        (json.dumps(RECORD | {"size": "many"}), "many"),
        (json.dumps(RECORD | {"drawn": None}), "does not hold"),
        ("[]", "holds no draw"),
        ("{", "does not hold"),
        (json.dumps(RECORD | {"seed": "\ud800"}), "does not hold"),
    ],
)
def test_a_draw_that_does_not_hold_is_refused_with_the_reason(tmp_path: Path, text: str, why: str) -> None:
    code, output = run(tmp_path / "1.json", text)

    assert code == 1
    assert why in output
