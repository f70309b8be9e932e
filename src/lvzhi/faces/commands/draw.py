"""`lvzhi draw`: repeat a published draw. Needs neither database nor secrets."""

from __future__ import annotations

import json
from pathlib import Path

import click

from lvzhi.core.trust import DrawRefused, verify_draw


@click.group("draw")
def draw_command() -> None:
    """Draws from a public seed."""


@draw_command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> None:
    """Repeat the draw published as FILE, and say whether it holds."""
    try:
        record = json.loads(file.read_text("utf-8"))
        if not isinstance(record, dict):
            raise DrawRefused("The file holds no draw.")
        count = verify_draw(record)
    except (UnicodeError, ValueError, TypeError) as error:
        raise click.ClickException(f"{file.name} does not hold: {error}") from error
    click.echo(f"The draw holds: {count} drawn from {str(record['list']).count(chr(10))}.")
