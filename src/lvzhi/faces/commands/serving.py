"""`lvzhi serve` and `lvzhi worker`: the two kinds of process an installation runs."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from types import FrameType
from typing import Any

import click

from lvzhi.faces.commands.learn import start_learning
from lvzhi.faces.commands.main import set_up
from lvzhi.faces.commands.upkeep import reckon, tidy

PAUSE = 0.5
"""Seconds between looks into an empty job table."""
DAY, HOUR, TEN_MINUTES = 24 * 3600.0, 3600.0, 600.0


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def require_port(host: str, port: int) -> None:
    """Refuse a busy port in one sentence."""
    if not port_is_free(host, port):
        raise click.ClickException(
            f"Port {port} is in use. Stop what runs there, or choose another: PORT={port + 1} make demo"
        )


def run_server(host: str, port: int, workers: int, threads: int) -> None:
    """Run gunicorn until it is told to stop."""
    from gunicorn.app.base import BaseApplication

    class Server(BaseApplication):
        def load_config(self) -> None:
            options = {
                "bind": f"{host}:{port}",
                "workers": workers,
                "threads": threads,
                "worker_class": "gthread",
                "preload_app": True,
                "keepalive": 5,
                "timeout": 60,
                "max_requests": 20_000,
                "max_requests_jitter": 2_000,
                "loglevel": os.environ.get("LVZHI_SERVER_LOG", "warning"),
                "control_socket_disable": True,
            }
            for name, value in options.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            from django.core.wsgi import get_wsgi_application

            return get_wsgi_application()

    Server().run()


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, envvar="PORT")
@click.option("--workers", default=2, show_default=True, help="Server processes.")
@click.option("--threads", default=4, show_default=True, help="Threads in each.")
@click.option(
    "--with-worker/--without-worker",
    default=True,
    show_default=True,
    help="Run a job worker beside the server.",
)
def serve_command(host: str, port: int, workers: int, threads: int, with_worker: bool) -> None:
    """Serve the platform, with a job worker beside it."""
    set_up()
    require_port(host, port)
    worker = start_worker() if with_worker else None
    try:
        run_server(host, port, workers, threads)
    finally:
        if worker:
            worker.terminate()


def start_worker() -> subprocess.Popen[bytes]:
    """Start a job worker that ends with this process, also when this process is killed."""
    return subprocess.Popen([sys.executable, "-m", "lvzhi.faces.commands", "worker", "--with-parent", str(os.getpid())])


class _Running:
    """Turns false when the process is asked to stop; the job at hand is finished first."""

    def __init__(self, parent: int | None) -> None:
        self.parent, self.asked = parent, False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True

    def __bool__(self) -> bool:
        return not self.asked and (self.parent is None or os.getppid() == self.parent)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due and end.")
@click.option("--with-parent", type=int, default=None, hidden=True)
def worker_command(once: bool, with_parent: int | None) -> None:
    """Do the jobs that acts leave behind: index, notices, letters. It may be killed at any point."""
    set_up()
    from django.db import close_old_connections
    from django.db.utils import OperationalError

    running = _Running(with_parent)
    tidied, reckoned, learned = -DAY, -TEN_MINUTES, time.monotonic() - HOUR + 60
    learning: subprocess.Popen[bytes] | None = None
    while running:
        try:
            if not once and time.monotonic() - tidied > DAY:
                tidy()
                tidied = time.monotonic()
            if not once and time.monotonic() - reckoned > TEN_MINUTES:
                reckon()
                reckoned = time.monotonic()
            if not once and time.monotonic() - learned > HOUR and (learning is None or learning.poll() is not None):
                learning, learned = start_learning(), time.monotonic()
            busy = work_once()
        except OperationalError as error:  # the database went away or stayed busy: wait and go on
            click.echo(f"database not ready: {error}", err=True)
            close_old_connections()
            busy = False
            time.sleep(2)
        if not busy and once:
            break
        if not busy:
            time.sleep(PAUSE)


def work_once() -> bool:
    """One round of jobs and deliveries; says whether there was anything to do."""
    from django.utils import timezone

    from lvzhi.faces.portal import letters
    from lvzhi.records.jobs.worker import work
    from lvzhi.records.notices.deliver import pump

    done = work(at=timezone.now())
    sent = pump(at=timezone.now())
    told = letters.pump(at=timezone.now())
    return bool(done or sent or told)
