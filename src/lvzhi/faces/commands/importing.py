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
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Where to write the rejected rows (CSV).",
)
def messages(file: Path, congress: str, as_dated: bool, report: Path | None) -> None:
    """Take in citizens' messages with official replies (.jsonl), and replay them through the procedure.

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
    rows = imports.read(file.read_bytes())
    plan = imports.Plan.of(target, today=timezone.localdate(), as_dated=as_dated)
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
    click.echo("The worker will index them; `lvzhi worker --once` does it now.", err=True)


def _write(path: Path, rejected: list[tuple[int, str, str]]) -> None:
    if not rejected:
        return
    from lvzhi.core.upload import csv_safe

    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["行号", "编号", "原因"])
        for number, name, why in rejected:
            writer.writerow([number, csv_safe(name), csv_safe(why)])
