"""`lvzhi laws index`: build the index of articles anew from the library; the worker starts it after a publication."""

from __future__ import annotations

import os

import click

from lvzhi.faces.commands.main import set_up


@click.command("index")
@click.option("--congress", default="", help="Short name (slug) of the congress; by default every one.")
@click.option("--if-due", is_flag=True, help="Only where the library changed since the index was built.")
def index_texts(congress: str, if_due: bool) -> None:
    """Build the search index of every published article. Searches meanwhile ask the old one."""
    if hasattr(os, "nice"):
        os.nice(10)  # people who wait for a page come first
    set_up()
    from django.utils import timezone

    from lvzhi.faces.commands.target import find_congress
    from lvzhi.records.people.models import Congress
    from lvzhi.work.statutes import indexing

    for each in [find_congress(congress)] if congress else Congress.objects.all():
        if if_due:
            made = indexing.rebuild_when_due(each, timezone.localdate)
        else:
            made = [indexing.rebuild(each, timezone.localdate())]
        for report in made:
            size = f"{report.bytes / 1e6:.1f} MB in {report.seconds:.1f} s"
            click.echo(f"{each.slug}: {report.articles} articles of {report.works} works, {size}")
