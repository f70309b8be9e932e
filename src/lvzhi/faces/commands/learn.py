"""`lvzhi learn`: learn from what clerks decided, and reckon the week's hot topics; the worker starts it by itself."""

from __future__ import annotations

import os
import subprocess
import sys

import click

from lvzhi.faces.commands.main import set_up


@click.command("learn")
@click.option("--anew", is_flag=True, help="Learn also where little was decided since the last time.")
def learn_command(anew: bool) -> None:
    """Learn what opinions are about and who handles them, from this installation's own decisions."""
    if hasattr(os, "nice"):
        os.nice(10)  # people who wait for a page come first
    set_up()
    for line in learn_all(anew=anew):
        click.echo(line)


def learn_all(*, anew: bool = False) -> list[str]:
    """Learn where enough was decided, and reckon the topics of every congress; a line for each that has some."""
    from django.utils import timezone

    from lvzhi.records.people.models import Congress
    from lvzhi.work.opinions import learning
    from lvzhi.work.opinions.actions import reckon_topics

    told = []
    for congress in Congress.objects.all():
        now, learned = timezone.now(), None
        if anew or learning.is_due(congress):
            learned = learning.learn(congress, at=now)
        topics = reckon_topics(congress, today=timezone.localdate(), at=now)
        if learned and learned.models:
            told.append(f"{congress.slug}: learned {', '.join(learned.models)} from {learned.decided} decisions")
        if topics:
            told.append(f"{congress.slug}: {len(topics)} hot topics, the largest of {topics[0].size}")
    return told


def start_learning() -> subprocess.Popen[bytes]:
    """Learn in a process of its own: it may take a minute, and jobs do not wait for it."""
    return subprocess.Popen([sys.executable, "-m", "lvzhi.faces.commands", "learn"])
