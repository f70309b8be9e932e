"""`lvzhi opinions tree`: take another tree of topics for a congress."""

from __future__ import annotations

import json
from pathlib import Path

import click

from lvzhi.faces.commands.main import set_up


@click.command("tree")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--congress", default="", help="Short name (slug) of the congress; by default the only district.")
def tree_command(file: Path, congress: str) -> None:
    """Take the tree of topics from a .jsonl file: one {"l1", "l2", "l3"} a line.

    The tree of before is replaced whole; opinions keep the topic they were given.
    """
    set_up()
    from lvzhi.faces.commands.target import find_congress
    from lvzhi.work.opinions.topics import replace_tree

    rows = []
    for number, line in enumerate(file.read_text("utf-8-sig").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise click.ClickException(f"{file}, line {number}: this is no JSON.") from error
        if not isinstance(row, dict):
            raise click.ClickException(f"{file}, line {number}: write an object with l1, l2 and l3.")
        rows.append(row)
    target = find_congress(congress)
    try:
        count = replace_tree(target, rows)
    except ValueError as error:
        raise click.ClickException(f"{file}: {error}") from error
    click.echo(f"{target.slug}: {count} topics.")
