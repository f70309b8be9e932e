"""`lvzhi laws`: the law library. Importing needs the database; what only reads files does not."""

from __future__ import annotations

import csv
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lvzhi.faces.commands.laws_finding import evaluate_command, train_command
from lvzhi.faces.commands.laws_index import index_texts
from lvzhi.faces.commands.main import home, set_up

if TYPE_CHECKING:
    from lvzhi.work.statutes.imports import Report

SHOWN = 20
"""So many files of a kind are named on the terminal; all of them are in the report."""


@click.group("laws")
def laws_command() -> None:
    """Take in texts of law, and find in them."""


laws_command.add_command(index_texts)
laws_command.add_command(train_command)
laws_command.add_command(evaluate_command)


@laws_command.command("import")
@click.argument("places", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--congress", default="", help="Short name (slug) of the congress; by default the only district.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Where to write what is odd, by file and line (CSV).",
)
def import_texts(places: tuple[Path, ...], congress: str, report: Path | None) -> None:
    """Take in texts of law (.md, .txt, .docx, .pdf, .html) from files and folders, and publish them.

    A file that was read before is left alone until its content changes. Several dated texts of one law become its
    editions. After kill -9, run the same command again and it goes on where it stopped.
    """
    set_up()
    from django.utils import timezone

    from lvzhi.faces.commands.target import find_congress
    from lvzhi.records.people.actor import system
    from lvzhi.work.statutes import imports

    target = find_congress(congress)
    started = time.perf_counter()
    with Progress() as progress:
        outcome = imports.run(target, places, actor=system(target), at=timezone.now(), step=progress)
    path = report or home() / "laws-import.csv"
    _write(path, outcome)
    _tell(outcome, path, time.perf_counter() - started)


class Progress:
    """A bar for each step of a run, on the terminal's error stream."""

    def __init__(self) -> None:
        self.name, self.last = "", 0.0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.name and sys.stderr.isatty():
            click.echo(err=True)

    def __call__(self, name: str, done: int, total: int) -> None:
        """Show how far a step is; where nobody watches, only its end."""
        now = time.perf_counter()
        if sys.stderr.isatty():
            fresh = name != self.name
            if fresh and self.name:
                click.echo(err=True)
            if fresh or done == total or now - self.last > 0.1:
                click.echo(f"\r{name:8} {done}/{total}", nl=False, err=True)
                self.last = now
        elif done == total:
            click.echo(f"{name} {total}", err=True)
        self.name = name


def _write(path: Path, outcome: Report) -> None:
    from lvzhi.core.upload import csv_safe

    rows = [(each.name, "", each.code, each.sentence(), each.sentence("en")) for each in outcome.refused]
    rows += [(name, str(each.line), each.code, each.sentence(), each.sentence("en")) for name, each in outcome.odd]
    if not rows:
        return
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["文件", "行", "代码", "说明", "Explanation"])
        writer.writerows([csv_safe(cell) for cell in row] for row in rows)


def _tell(outcome: Report, path: Path, seconds: float) -> None:
    groups = (("rejected", outcome.rejected), ("to compare", outcome.pending), ("parts missing", outcome.waiting))
    for title, found in groups:
        for each in found[:SHOWN]:
            click.echo(f"{title}: {each.name}: {each.sentence()}", err=True)
        if len(found) > SHOWN:
            click.echo(f"{title}: {len(found) - SHOWN} more", err=True)
    odd = len({name for name, _oddity in outcome.odd})
    left = f" ({outcome.left_out} of them left out before)" if outcome.left_out else ""
    click.echo(
        f"{outcome.files} files: {outcome.known} known{left}, {outcome.editions} editions added "
        f"({outcome.works} new works, {outcome.articles} articles), {len(outcome.copies)} second copies, "
        f"{len(outcome.pending)} to be compared, {len(outcome.rejected)} rejected; {seconds:.1f} s"
    )
    if outcome.waiting:
        click.echo(f"{len(outcome.waiting)} files hold parts of laws that are not complete: stored as drafts")
    if outcome.linked:
        click.echo(f"{outcome.linked} texts linked: {outcome.citations} citations")
    if outcome.odd or outcome.refused:
        click.echo(f"{len(outcome.odd)} oddities in {odd} files (see {path})")
