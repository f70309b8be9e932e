"""`lvzhi import`: taking in files, with progress, a report of what was rejected, and no harm in running it again."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from lvzhi.faces.commands.main import home, set_up


@click.group("import")
def import_command() -> None:
    """Take in files."""


@import_command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--congress", default="", help="Short name (slug) of the congress; by default the only district.")
@click.option(
    "--as-dated",
    is_flag=True,
    help="Keep the dates of the file instead of moving them into the last twelve months.",
)
@click.option("--map", "columns", default="", help="Which column is what: text=留言详情,time=留言时间 (else guessed).")
@click.option(
    "--act-on-suggestions",
    "acts",
    is_flag=True,
    help="Where the file does not say it, take the subject, the body and mergers that the platform suggests.",
)
@click.option(
    "--synthetic-ratings",
    "rates",
    is_flag=True,
    help="Make up ratings for a trial; each is marked as made up and shown as such.",
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Where to write the rejected rows (CSV).",
)
def messages(
    file: Path, congress: str, as_dated: bool, columns: str, acts: bool, rates: bool, report: Path | None
) -> None:
    """Take in citizens' messages (.jsonl, .csv, .xlsx) and replay them through the procedure.

    Each message is submitted, passed on and answered on its own days. Without --as-dated the days are moved by whole
    days into the twelve months before today, so that clocks and worklists show a living year; the waiting time for
    each answer stays as it was, and an answer that would lie ahead of today is not given yet.
    A row is one transaction: after kill -9, run the same command again and it goes on where it stopped.
    """
    set_up()
    from django.utils import timezone

    from lvzhi.faces.commands.target import find_congress
    from lvzhi.work.opinions import imports

    target = find_congress(congress)
    rows = imports.read_file(file.name, file.read_bytes(), _columns(columns))
    options = imports.Options(as_dated=as_dated, acts=acts, rates=rates)
    plan = imports.Plan.of(target, today=timezone.localdate(), options=options)
    outcome = imports.Outcome()
    with click.progressbar(rows, label=f"{len(rows)} messages", file=sys.stderr, show_pos=True) as bar:
        for row in bar:
            imports.take(row, plan, outcome)
    path = report or home() / "import-rejected.csv"
    _write(path, outcome.rejected)
    click.echo(
        f"{outcome.taken} taken, {outcome.known} already here, {outcome.answered} answered, "
        f"{outcome.waiting} still waiting, {len(outcome.rejected)} rejected"
        + (f" (see {path})" if outcome.rejected else "")
    )
    if acts:
        click.echo(f"{outcome.classified} classified by suggestion, {outcome.merged} merged into another")
    if outcome.answered:
        click.echo(f"{outcome.hollow} answers say nothing of substance")
    if outcome.rated:
        click.echo(f"{outcome.rated} rated, {outcome.made_up} of them made up and marked so")
    click.echo("The worker will index them; `lvzhi worker --once` does it now.", err=True)


def _columns(text: str) -> dict[str, str] | None:
    from lvzhi.work.opinions.imports.columns import parse_map

    try:
        return parse_map(text) if text else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--map") from error


def _write(path: Path, rejected: list[tuple[int, str, str]]) -> None:
    if not rejected:
        return
    from lvzhi.core.upload import csv_safe

    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["行号", "编号", "原因"])
        for number, name, why in rejected:
            writer.writerow([number, csv_safe(name), csv_safe(why)])
