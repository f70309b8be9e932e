"""Commands that keep an installation in order."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from lvzhi.faces.commands import environment
from lvzhi.faces.commands.main import set_up


@click.command("init")
@click.option("--file", "path", type=click.Path(path_type=Path), default=None, help="Where to write them.")
def init_command(path: Path | None) -> None:
    """Write fresh secrets, unless there are some."""
    target = path or Path(os.environ.get("LVZHI_ENV_FILE", environment.DEFAULT_FILE))
    made = environment.make(target)
    click.echo(f"{'Wrote' if made else 'Kept'} {target}")


@click.command("migrate")
def migrate_command() -> None:
    """Bring the database up to date."""
    set_up()
    from django.core.management import call_command

    call_command("migrate", verbosity=1 if sys.stderr.isatty() else 0, interactive=False)


@click.command("manage", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage_command(arguments: tuple[str, ...]) -> None:
    """Any management command of Django."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["lvzhi manage", *arguments])


@click.command("verify")
def verify_command() -> None:
    """Check every ledger's hash chain; fails at the first matter whose record was changed."""
    set_up()
    from lvzhi.core.trust import BrokenChain
    from lvzhi.records.matters.ledger import verify
    from lvzhi.records.matters.models import Matter

    # A ledger is short; it is read whole, so that it can be compared with the end its matter remembers.
    rows = Matter.objects.everywhere("the whole record is verified")
    total, entries = rows.count(), 0
    with click.progressbar(
        rows.order_by("pk").iterator(chunk_size=500), length=total, label="ledgers", file=sys.stderr
    ) as bar:
        for matter in bar:
            try:
                entries += verify(matter)
            except BrokenChain as flaw:
                raise click.ClickException(f"{matter.number}: {flaw}") from flaw
    click.echo(f"{total} matters, {entries} entries: every chain holds.")


@click.command("reindex")
def reindex_command() -> None:
    """Build the search index anew from what is stored; it can be stopped and run again."""
    set_up()
    from lvzhi.records.matters.models import Matter
    from lvzhi.records.search.index import rebuild

    total = Matter.objects.everywhere("the whole index is rebuilt").count()
    with click.progressbar(rebuild(), length=total, label="matters", file=sys.stderr) as bar:
        for _done in bar:
            pass
    click.echo(f"{total} matters indexed.")


def tidy() -> dict[str, int]:
    """What a day leaves behind: expired particulars, unconfirmed uploads, old tries and sessions; how many of each."""
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from lvzhi.faces.signin.limits import sweep
    from lvzhi.records.documents import holding
    from lvzhi.records.people import door
    from lvzhi.records.people.imports import drop_old
    from lvzhi.work.opinions.actions import subscribing
    from lvzhi.work.opinions.imports import drop_old as drop_old_messages

    now = timezone.now()
    return {
        "particulars": door.expire(today=timezone.localdate()),
        "uploads": drop_old(at=now) + drop_old_messages(at=now),
        "photos": holding.drop_old(at=now),
        "tries": sweep(now),
        "unconfirmed subscriptions": subscribing.forget_unconfirmed(at=now),
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
    }


def reckon() -> None:
    """Reckon the figures that pages show, for every congress, and write the letters that are due to subscribers."""
    from django.utils import timezone

    from lvzhi.records.people.models import Congress
    from lvzhi.work.opinions.actions import reckon_tables, reckon_year, subscribing
    from lvzhi.work.statutes.actions import link

    for congress in Congress.objects.all():
        while link(congress.pk, most=100):  # what a killed import or a given-up job left unlinked
            pass
        reckon_year(congress, today=timezone.localdate(), at=timezone.now())
        reckon_tables(congress, today=timezone.localdate(), at=timezone.now())
    subscribing.prepare(at=timezone.now())


@click.command("daily")
def daily_command() -> None:
    """Delete what may no longer be kept; the worker does it by itself once a day."""
    set_up()
    click.echo(", ".join(f"{count} {name}" for name, count in tidy().items()) + " deleted.")


@click.command("reseal")
def reseal_command() -> None:
    """Seal personal data anew with the newest key of LVZHI_DATA_KEYS; it can be stopped and run again."""
    set_up()
    from lvzhi.records.people import door

    after = door.reseal()
    while after:
        click.echo(f"resealed up to {after}", err=True)
        after = door.reseal(after=after)
    click.echo("Everything is sealed with the newest key.")
