"""`lvzhi laws train` and `evaluate`: how laws are found. They read files and need neither database nor secrets."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from lvzhi.core.law.retrieval import Index, Model
    from lvzhi.core.law.retrieval.sets import Asked, Ground

SHARED = Path("../shared")
"""Where laws and questions stand beside the checkout."""
LAWS = SHARED / "laws"
QUESTIONS = SHARED / "data" / "stard"


def model_folder() -> Path:
    """Where what was learned is kept: in the folder of this installation's data."""
    return Path(os.environ.get("LVZHI_HOME", "var")) / "laws-model"


LAWS_OPTION = click.option(
    "--laws",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=LAWS,
    help="Folder of texts of law.",
)
MODEL_OPTION = click.option(
    "--model",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder of what was learned; by default laws-model in the data folder.",
)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("train")
@click.option("--queries", type=_FILE, default=QUESTIONS / "queries_train.jsonl", help='{"qid", "text"} a line.')
@click.option("--qrels", type=_FILE, default=QUESTIONS / "qrels_train.tsv", help="qid, tab, key of an article a line.")
@LAWS_OPTION
@MODEL_OPTION
def train_command(queries: Path, qrels: Path, laws: Path, model: Path | None) -> None:
    """Learn from questions with known answers how laws are found. Takes some minutes."""
    from lvzhi.core.law import retrieval
    from lvzhi.core.law.retrieval import sets

    began = time.perf_counter()

    def say(line: str) -> None:
        click.echo(f"{time.perf_counter() - began:6.1f} s  {line}", err=True)

    asked, ground = _read(queries, qrels, laws)
    missing = {key for each in asked for key in each.answers} - {each.key for each in ground.articles}
    if missing:
        click.echo(f"{len(missing)} answers are not among the articles, such as {min(missing)}.", err=True)
    try:
        made = retrieval.train(ground.articles, [(each.text, each.answers) for each in asked], ground.links, say)
    except (sets.SetRefused, retrieval.TreesRefused) as error:
        raise click.ClickException(str(error)) from error
    folder = model or model_folder()
    size = made.save(folder)
    click.echo(
        f"{len(asked)} questions, {len(ground.articles)} articles: {folder}, {size / 1e6:.1f} MB in "
        f"{time.perf_counter() - began:.0f} s. Build the index anew to make use of it: lvzhi laws index"
    )


@click.command("evaluate")
@click.option("--queries", type=_FILE, required=True, help='The questions: {"qid", "text"} a line.')
@click.option("--qrels", type=_FILE, required=True, help="The answers: qid, tab, key of an article a line.")
@click.option("--seen", type=_FILE, default=None, help="Answers known when learning, for the unseen figures.")
@LAWS_OPTION
@MODEL_OPTION
@click.option("--untrained", is_flag=True, help="Without what was learned.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, and nothing else, on stdout.")
def evaluate_command(
    queries: Path, qrels: Path, seen: Path | None, laws: Path, model: Path | None, untrained: bool, as_json: bool
) -> None:
    """Measure on questions with known answers how well and how fast laws are found."""
    from lvzhi.core.law.retrieval import sets

    asked, ground = _read(queries, qrels, laws)
    try:
        known = {key for _qid, key in sets.pairs(seen)} if seen else None
    except sets.SetRefused as error:
        raise click.ClickException(str(error)) from error
    learned = None if untrained else _model(model or model_folder(), named=model is not None)
    with tempfile.TemporaryDirectory(prefix="lvzhi-laws-") as folder:
        figures = _figures(_index(ground, learned, Path(folder)), asked, known)
    figures = {"articles": len(ground.articles), "trained": learned is not None, **figures}
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    for name, value in figures.items():
        click.echo(f"{name:>20}  {value:.3f}" if isinstance(value, float) else f"{name:>20}  {value}")


def _read(queries: Path, qrels: Path, laws: Path) -> tuple[list[Asked], Ground]:
    from lvzhi.core.law.retrieval import sets

    try:
        return sets.questions(queries, qrels), sets.ground(laws)
    except sets.SetRefused as error:
        raise click.ClickException(str(error)) from error


def _model(folder: Path, *, named: bool) -> Model | None:
    """What was learned. Without any, figures are of untrained weights, unless a folder was named."""
    from lvzhi.core.law.retrieval import IndexRefused, Model

    try:
        return Model.load(folder)
    except IndexRefused as error:
        if named:
            raise click.ClickException(f"Nothing learned in {folder}. `lvzhi laws train` writes it.") from error
        click.echo(f"Nothing learned in {folder}: the figures are of untrained weights.", err=True)
        return None


def _index(ground: Ground, model: Model | None, folder: Path) -> Index:
    from lvzhi.core.law import retrieval

    report = retrieval.build(ground.articles, folder, model)
    click.echo(f"index: {report.articles} articles, {report.bytes / 1e6:.0f} MB, {report.seconds:.1f} s", err=True)
    return retrieval.Index.open(folder)


def _figures(index: Index, asked: Sequence[Asked], seen: set[str] | None) -> dict[str, object]:
    from lvzhi.core.law.retrieval.measures import MOST, measure, percentile

    for each in asked[:20]:  # what is on disk comes into memory: a running process has it there
        index.search(each.text, limit=MOST)
    found, times = [], []
    for each in asked:
        began = time.perf_counter()
        hits = index.search(each.text, limit=MOST)
        times.append((time.perf_counter() - began) * 1000)
        found.append([hit.key for hit in hits])
    try:
        figures = measure(found, [each.answers for each in asked], seen)
    except ValueError as error:
        raise click.ClickException("No question has an answer in --qrels: their ids do not meet.") from error
    return {**figures, "ms_per_query": {"p50": percentile(times, 0.5), "p99": percentile(times, 0.99)}}
