"""Flags of hollow replies, held against 200 real replies that were labelled by reading (the texts are not shipped)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lvzhi.core.text import flags, points

ROOT = Path(__file__).parents[3]
LABELS = ROOT / "bench" / "labels" / "replies.tsv"
REPLIES = ROOT.parent / "shared" / "data" / "messages" / "replies.jsonl"


@pytest.mark.skipif(not REPLIES.exists(), reason="the public replies are not beside this checkout")
def test_nine_of_ten_flags_are_right():
    labels = dict(line.split("\t") for line in LABELS.read_text("utf-8").splitlines()[1:])
    rows = [row for row in map(json.loads, REPLIES.read_text("utf-8").splitlines()) if row["id"] in labels]
    flagged = [row for row in rows if flags(row["reply"], subject=row["subject"], asked=points(row["text"]))]

    right = sum(labels[row["id"]] == "1" for row in flagged)

    assert len(rows) == 200
    assert right / len(flagged) >= 0.9
    assert right / sum(label == "1" for label in labels.values()) >= 0.8
