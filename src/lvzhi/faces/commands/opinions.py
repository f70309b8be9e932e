"""`lvzhi opinions`: learn where messages belong, and say how well it goes. Needs neither database nor secrets."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from lvzhi.core.text import events
from lvzhi.core.text.events_index import indexed
from lvzhi.core.text.events_report import Frequency, Report
from lvzhi.core.text.measures import (
    Unreadable,
    events_of,
    macro_f1,
    read_gold,
    read_reports,
    read_rows,
    score_events,
)
from lvzhi.core.text.routing import Example, Model, train
from lvzhi.core.text.routing_file import ModelRefused, load, save
from lvzhi.faces.commands.tree import tree_command

FOLDER = Path("../shared/data/messages")
"""Where sorted messages stand beside the checkout."""
READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


def default_model() -> Path:
    """Where the model of this installation stands, without starting it."""
    return Path(os.environ.get("LVZHI_HOME", "var")) / "models" / "routing.model"


@click.group("opinions")
def opinions_command() -> None:
    """Train and measure the suggestions for opinions."""


def _examples(segmented: Path, raw: Path) -> list[Example]:
    """Every sorted message; a message that is there both segmented and as written is a copy of itself."""
    rows = read_rows(segmented, ("id", "tokens", "label")) if segmented.exists() else []
    found = [Example.of_tokens(row["tokens"], row["label"], row["id"]) for row in rows]
    if raw.exists():
        found += [
            Example.of(row["subject"], row["text"], row["label"], str(row.get("seg_id", "")))
            for row in read_rows(raw, ("subject", "text", "label"))
        ]
    return found


@opinions_command.command("train")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default=FOLDER, help="Where the files are.")
@click.option("--seg", "segmented", type=READABLE, default=None, help="Segmented messages (classify_seg.jsonl).")
@click.option("--raw", type=READABLE, default=None, help="Messages as written (classify_raw.jsonl).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Where the model goes.")
def train_command(folder: Path, segmented: Path | None, raw: Path | None, out: Path | None) -> None:
    """Learn from messages that were sorted before; where one file is named, only named files are used."""
    given = segmented is not None or raw is not None
    started = time.perf_counter()
    try:
        examples = _examples(
            segmented or (Path(os.devnull + "-") if given else folder / "classify_seg.jsonl"),
            raw or (Path(os.devnull + "-") if given else folder / "classify_raw.jsonl"),
        )
        if not examples:
            raise click.ClickException(f"There are no messages in {folder}. Name files with --seg and --raw.")
        model = train(examples, progress=lambda step: click.echo(step, err=True))
        target = out or default_model()
        save(model, target)
    except (Unreadable, ValueError, OSError) as error:
        raise click.ClickException(str(error)) from error
    size = target.stat().st_size / (1 << 20)
    click.echo(
        f"{target}: {len(examples)} messages, {len(model.labels)} labels, {len(model.terms)} terms, {size:.1f} MB, "
        f"{time.perf_counter() - started:.0f} s"
    )


@opinions_command.command("evaluate")
@click.option("--routing", type=READABLE, default=None, help="Messages with labels (shape of classify_raw.jsonl).")
@click.option("--events", "messages", type=READABLE, default=None, help="Messages (shape of events_messages.jsonl).")
@click.option("--gold", type=READABLE, default=None, help="Their events (shape of events_gold.tsv).")
@click.option("--model", "path", type=click.Path(path_type=Path), default=None, help="The model to judge.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def evaluate_command(
    routing: Path | None, messages: Path | None, gold: Path | None, path: Path | None, as_json: bool
) -> None:
    """Measure on labelled messages. Nothing is learned here: the model must not have been trained on them."""
    if routing is None and (messages is None or gold is None):
        raise click.UsageError("Give --routing, or --events with --gold.")
    found: dict[str, Any] = {}
    try:
        if routing is not None:
            found |= measured_routing(load(path or default_model()), read_rows(routing, ("subject", "text", "label")))
        if messages is not None and gold is not None:
            found |= measured_merging(read_reports(messages), read_gold(gold))
    except (ModelRefused, Unreadable) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for name, value in found.items():
        click.echo(f"{name:32} {value}")
    sys.stdout.flush()


def measured_routing(model: Model, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Macro F1, share of right labels, mean score of right and wrong ones, milliseconds a prediction."""
    said, taken, truthful = [], [], 0.0
    for row in rows:
        started = time.perf_counter()
        prediction = model.predict(row["subject"], row["text"])
        taken.append((time.perf_counter() - started) * 1000)
        said.append(prediction.label)
        truthful += (prediction.score - (prediction.label == row["label"])) / len(rows)
    true = [row["label"] for row in rows]
    taken.sort()
    return {
        "routing_macro_f1": round(macro_f1(true, said), 4),
        "routing_accuracy": round(sum(a == b for a, b in zip(true, said, strict=True)) / len(true), 4),
        "routing_score_excess": round(truthful, 4),
        "routing_messages": len(rows),
        "ms_per_prediction_p50": round(taken[len(taken) // 2], 3),
        "ms_per_prediction_p99": round(taken[int(len(taken) * 0.99)], 3),
    }


def measured_merging(reports: Mapping[str, Report], gold: Mapping[str, str]) -> dict[str, Any]:
    """Recall of candidates, and merging with the labelled messages alone and with all messages in the pool."""
    known = {name: report for name, report in reports.items() if name in gold}
    if missing := len(gold) - len(known):
        click.echo(
            f"{missing} labelled messages are not among the messages; each counts as a group of its own.", err=True
        )
    found: dict[str, Any] = {"candidate_recall@10": round(_recall(reports, gold), 4)}
    for suffix, pool in (("", known), ("_all_pool", reports)):
        scores = score_events(gold, events.cluster(pool))
        found |= {f"merging_{name}{suffix}": round(value, 4) for name, value in scores.items()}
    return found | {"merging_messages": len(reports), "merging_labelled": len(gold)}


def _recall(reports: Mapping[str, Report], gold: Mapping[str, str]) -> float:
    """The share of messages of events with another message of the event among their ten best candidates of all."""
    frequency = Frequency.of(reports.values())
    index, keys = indexed(reports, frequency)
    members = [name for group in events_of(gold).values() if len(group) > 1 for name in group if name in reports]
    hit = 0
    for name in members:
        best = events.candidates(reports[name], keys[name], index, reports, frequency, but=name)
        hit += any(gold.get(other) == gold[name] for other, _ in best)
    return hit / len(members) if members else 1.0


opinions_command.add_command(tree_command)
