"""The `lvzhi` command. Results go to stdout, progress and complaints to stderr; a failure says how to go on."""

from __future__ import annotations

import importlib
from pathlib import Path

import click

from lvzhi import __version__
from lvzhi.faces.commands import environment

# Each part is imported when it is asked for: `procedures` runs without a database or a secret.
PARTS = {
    "procedures": ("lvzhi.faces.commands.procedures", "Check, show and count the statutory procedures."),
    "init": ("lvzhi.faces.commands.upkeep", "Write fresh secrets for this installation."),
    "migrate": ("lvzhi.faces.commands.upkeep", "Bring the database up to date."),
    "verify": ("lvzhi.faces.commands.upkeep", "Check every ledger's hash chain."),
    "reindex": ("lvzhi.faces.commands.upkeep", "Build the search index anew."),
    "daily": ("lvzhi.faces.commands.upkeep", "Delete what may no longer be kept."),
    "reseal": ("lvzhi.faces.commands.upkeep", "Seal personal data anew with the newest key."),
    "manage": ("lvzhi.faces.commands.upkeep", "Any management command of Django."),
    "serve": ("lvzhi.faces.commands.serving", "Serve the platform."),
    "worker": ("lvzhi.faces.commands.serving", "Do the jobs that acts leave behind."),
    "learn": ("lvzhi.faces.commands.learn", "Learn from what was decided; reckon the hot topics."),
    "import": ("lvzhi.faces.commands.importing", "Take in files."),
    "key": ("lvzhi.faces.commands.key", "A key for a program that hands in many opinions."),
    "draw": ("lvzhi.faces.commands.draw", "Repeat a draw from a public seed."),
    "opinions": ("lvzhi.faces.commands.opinions", "Train and measure the suggestions for opinions."),
    "laws": ("lvzhi.faces.commands.laws", "Take in texts of law, and find in them."),
    "demo": ("lvzhi.faces.commands.demo", "The made-up district."),
}


class Parts(click.Group):
    """Subcommands, loaded one at a time."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every subcommand, in the order of the table."""
        del ctx
        return list(PARTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load the module that holds the subcommand."""
        del ctx
        if cmd_name not in PARTS:
            return None
        found = getattr(importlib.import_module(PARTS[cmd_name][0]), f"{cmd_name}_command")
        return found if isinstance(found, click.Command) else None


@click.command(cls=Parts)
@click.version_option(__version__, prog_name="lvzhi")
def main() -> None:
    """履职: a platform for a local people's congress standing committee."""
    environment.load()


def set_up() -> None:
    """Start Django for a command that needs the database; a missing setting becomes one sentence."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise click.ClickException(f"{error} (`lvzhi init` writes them to {environment.DEFAULT_FILE}.)") from error


def home() -> Path:
    """The folder of this installation's data."""
    from django.conf import settings

    return Path(settings.HOME)
