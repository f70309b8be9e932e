"""`lvzhi demo`: the made-up district 明川市云麓区, loaded and served."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from lvzhi.faces.commands import environment
from lvzhi.faces.commands.main import set_up
from lvzhi.faces.commands.serving import require_port, run_server, start_worker


@click.group("demo")
def demo_command() -> None:
    """The made-up district."""


@demo_command.command()
def load() -> None:
    """Load the district; what is there already stays as it is."""
    set_up()
    _prepare()


@demo_command.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, envvar="PORT")
def serve(host: str, port: int) -> None:
    """Load what is missing and serve it, with a login for each role."""
    path = environment.load()
    if environment.make(path):
        environment.load()
    os.environ.setdefault("LVZHI_DEMO", "1")
    os.environ.setdefault("LVZHI_TOTP", "optional")
    set_up()
    require_port(host, port)
    _prepare()
    worker = start_worker()
    _print_logins(host, port)
    try:
        run_server(host, port, workers=2, threads=4)
    finally:
        worker.terminate()


def _prepare() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from lvzhi.faces.commands.district import load as district
    from lvzhi.faces.commands.district.procedures import tell_report, tell_suggestion
    from lvzhi.faces.commands.district.replay import Cast, replay
    from lvzhi.faces.commands.district.stations import load_places, tell_receptions
    from lvzhi.faces.commands.district.upwards import plan, tell_clue, tell_recommendation, tell_round
    from lvzhi.faces.commands.learn import learn_all

    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    congress = district.load_frame()
    load_places(congress, today=timezone.localdate())
    district.load_texts(congress, at=timezone.now())
    district.tell_correction(congress, on=timezone.localdate(), at=timezone.now())
    cast = Cast.of(congress, today=timezone.localdate())
    stories = [(replay, row) for name in ("opinions.jsonl", "fresh.jsonl") for row in district.rows(name)]
    stories += [(tell_suggestion, row) for row in district.rows("suggestions.jsonl")]
    stories += [(tell_report, row) for row in district.rows("reports.jsonl")]
    upwards, tellers = plan(), {"rounds": tell_round, "recommended": tell_recommendation, "clues": tell_clue}
    stories += [(tell, row) for name, tell in tellers.items() for row in upwards[name]]
    with click.progressbar(stories, label="云麓区", file=sys.stderr) as bar:
        added = sum(tell(row, cast) for tell, row in bar)
    if added:
        for line in learn_all(anew=True):
            click.echo(line, err=True)
    tell_receptions(congress, today=timezone.localdate())
    click.echo(f"{congress.name}: {added} stories added, {len(stories) - added} were there.", err=True)


def _print_logins(host: str, port: int) -> None:
    from lvzhi.faces.commands.district.load import DEMO_WORD
    from lvzhi.records.people.models import Membership

    click.echo(f"\n  http://{host}:{port}/   (signing in: http://{host}:{port}/signin/)")
    click.echo(f"  password of every account: {DEMO_WORD}\n")
    rows = Membership.objects.everywhere("the demo prints its accounts").filter(person__account__isnull=False)
    for row in rows.select_related("person__account", "body").order_by("role", "person__slug"):
        account = row.person.account
        if account:
            click.echo(f"  {account.username:16} {row.person.name}  {row.body or ''} {row.title}")
    click.echo("", err=True)
