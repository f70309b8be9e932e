"""Pictures of every page, for each role, on a desk's screen and on a phone: `python -m tools.shots`.

Loads the made-up district into a temporary home, serves it on a free port and writes
`shots/<role>/<size>/<page>.png` beside this repository's files; the folder is ignored. The server ends with the run,
whatever happens. Needs Debian's Chromium.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

TARGET = Path(__file__).resolve().parents[1] / "shots"
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
PATIENCE = 180
"""Seconds the demo may take to load its district and answer."""
VISITOR = "visitor"
ACCOUNTS = {
    "clerk": "linzhiyuan", "deputy-office": "tangshuyi", "general-office": "fangjingchuan", "council": "zhaocenliang",
    "working-body": "wushaoqing", "supervised": "panzhuojun", "operator": "zhanghuaian", "deputy": "shenmingqi",
    "street": "haomin",
}  # fmt: skip
PORTAL = (
    "portal-front", "portal-board", "portal-story", "portal-about", "portal-privacy", "portal-accessibility",
    "portal-new", "portal-follow", "portal-mine", "portal-figures", "portal-subscribe", "portal-stations",
    "portal-station", "portal-clues", "portal-revisits", "portal-opendata", "signin", "signin-phone", "password-reset",
    "design",
)  # fmt: skip
DESK = ("desk-worklist", "desk-matters", "desk-search", "desk-notices", "account")
OFFICE = (
    *DESK, "desk-matter", "desk-matter-report", "desk-matter-suggestion", "desk-paper", "desk-people", "desk-person",
    "desk-body",
)  # fmt: skip
LOOP = ("desk-stations", "desk-station", "desk-rota", "desk-slot", "desk-months", "desk-month", "desk-calls")
OPENERS = ("desk-open", "desk-open-form")
PAGES: dict[str, tuple[str, ...]] = {
    VISITOR: PORTAL,
    "clerk": (
        *OFFICE, "desk-act", "desk-new", "desk-open", "desk-readings", "desk-triage", "desk-suspected", "desk-compare",
        "desk-topics", "desk-topic", "desk-messages", "desk-publish", "desk-check", "desk-clues",
        "desk-raise",
    ),
    "deputy-office": (*OFFICE, *LOOP, "desk-import", "desk-clues", "desk-revisits", "desk-revisit"),
    "general-office": (*OFFICE, *OPENERS, "desk-import"),
    "council": OFFICE,
    "working-body": (*OFFICE, *OPENERS),
    "supervised": (*DESK, "desk-matter-own", "desk-act-own", "desk-answer"),
    "street": (*DESK, *LOOP),
    "operator": (*OFFICE, "desk-open", "desk-readings", "desk-import"),
    "deputy": (
        "pocket-home", "pocket-mine", "pocket-matter", "pocket-search", "pocket-new", "pocket-notices", "account",
        "pocket-opinions", "pocket-receptions", "pocket-stations", "pocket-receive",
    ),
}  # fmt: skip
"""Which pages each role is photographed on: URL names, or one of a few names for the same page of another matter."""


def say(words: str) -> None:
    """Progress, on stderr."""
    click.echo(words, err=True)


# --- the demo -------------------------------------------------------------------------------------------------------


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(url: str) -> bool:
    """Whether something is served there."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def demo(home: Path) -> Iterator[str]:
    """The demo served from `home`; gives its address, and ends every process of it afterwards.

    Raises RuntimeError when it ends or does not answer in time.
    """
    os.environ.update(
        LVZHI_HOME=str(home), LVZHI_ENV_FILE=str(home / "lvzhi.env"), LVZHI_DEMO="1", LVZHI_TOTP="optional"
    )
    os.environ.pop("DATABASE_URL", None)
    port, log = free_port(), home / "demo.log"
    command = [sys.executable, "-m", "lvzhi.faces.commands", "demo", "serve", "--port", str(port)]
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + PATIENCE
        while not answers(address + "/"):
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError("The demo did not start:\n" + log.read_text("utf-8")[-2000:])
            time.sleep(0.5)
        yield address
    finally:
        end(server)


def end(server: subprocess.Popen[bytes]) -> None:
    """End the server and what it started, kindly first."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, number)
        except ProcessLookupError:
            return
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            continue


# --- what is looked at ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """A page by its file's name and its address."""

    name: str
    address: str


@dataclass
class Sample:
    """Arguments of addresses that need some, by URL name; `session` opens a citizen's matter."""

    arguments: dict[str, tuple[str, list[object]]] = field(default_factory=dict)
    session: str = ""


def sample() -> Sample:
    """Things of the demo to look at: one of each kind of matter, a paper, a person, a body."""
    import django

    from lvzhi.faces.commands import environment

    environment.load()
    django.setup()
    from lvzhi.records.documents.models import IssuedPaper
    from lvzhi.records.matters.models import Matter
    from lvzhi.records.people.models import Membership

    why = "pictures of the demo"
    matters = Matter.objects.everywhere(why).order_by("-touched_at")
    settled()
    letters = matters.filter(procedure="petition")
    public, fresh = _one(letters, published_at__isnull=False), _one(letters, state="registered")
    answered = _one(letters, state="result_returned")
    report = _one(matters, procedure="special_report", state="opinion_issued")
    suggestion = _one(matters, procedure="deputy_suggestion", state="assigned")
    own = _one(matters, procedure="deputy_suggestion", parties__person__account__username=ACCOUNTS["deputy"])
    office = _one(Membership.objects.everywhere(why), person__account__username=ACCOUNTS["clerk"])
    asked = Membership.objects.everywhere(why).filter(person__account__username=ACCOUNTS["supervised"]).values("body")
    theirs = _one(letters, responsible__in=asked, state="transferred")
    paper = _one(IssuedPaper.objects.everywhere(why).order_by("-issued_on"))
    slug = public.number.rsplit(" ", 1)[-1]
    loop = _of_the_loop(why, letters)
    found: dict[str, tuple[str, list[object]]] = {
        "portal-story": ("portal-story", [slug]), "portal-mine": ("portal-mine", [answered.pk]),
        "desk-matter": ("desk-matter", [answered.pk]), "desk-matter-report": ("desk-matter", [report.pk]),
        "desk-matter-suggestion": ("desk-matter", [suggestion.pk]), "desk-act": ("desk-act", [fresh.pk, "transfer"]),
        "desk-paper": ("desk-paper", [paper.pk]), "desk-person": ("desk-person", [office.person_id]),
        "desk-body": ("desk-body", [office.body_id]), "desk-matter-own": ("desk-matter", [theirs.pk]),
        "desk-act-own": ("desk-act", [theirs.pk, "answer"]), "pocket-matter": ("pocket-matter", [own.pk]),
        "desk-open-form": ("desk-open-form", ["special_report", "schedule"]), "design": ("design:guide", []),
        "desk-publish": ("desk-publish", [answered.pk]),
        "desk-answer": ("desk-answer", [theirs.pk]), "desk-raise": ("desk-raise", [answered.pk]),
    }  # fmt: skip
    return Sample({**found, **loop}, _citizen_session(answered.pk))


def _of_the_loop(why: str, letters: Any) -> dict[str, tuple[str, list[object]]]:
    """Things of the loop of opinions: a likely double, a hot topic, an answer to check, a station with its month."""
    from lvzhi.work.opinions.models import HotTopic, RevisitRound, Triage
    from lvzhi.work.stations.models import Campaign, Slot, Station

    double = _one(Triage.objects.everywhere(why).exclude(alike=[]).select_related("opinion").order_by("-made_at"))
    topic = _one(HotTopic.objects.everywhere(why).order_by("-week", "rank"))
    checked = _one(letters, state__in=["answer_check", "result_check"])
    station = _one(Station.objects.everywhere(why).filter(is_open=True).select_related("body").order_by("body__slug"))
    slot = _one(Slot.objects.everywhere(why).order_by("-date"))
    month = _one(Campaign.objects.everywhere(why).order_by("-first_day"))
    drawn = _one(RevisitRound.objects.everywhere(why).exclude(drawn_at=None).order_by("-drawn_at"))
    here = station.body.slug
    return {
        "desk-compare": ("desk-compare", [double.opinion.matter_id]), "desk-topic": ("desk-topic", [topic.pk]),
        "desk-check": ("desk-check", [checked.pk]), "portal-station": ("portal-station", [here]),
        "desk-station": ("desk-station", [here]), "pocket-receive": ("pocket-receive", [here]),
        "desk-slot": ("desk-slot", [slot.pk]), "desk-month": ("desk-month", [month.pk]),
        "desk-revisit": ("desk-revisit", [drawn.pk]),
    }  # fmt: skip


def settled() -> None:
    """Wait until the worker has done what the loading left to it; raises TimeoutError when it does not end."""
    from django.utils import timezone

    from lvzhi.records.jobs.models import Job

    until, rows = time.monotonic() + PATIENCE, Job.objects.everywhere("pictures of the demo").filter(given_up=False)
    while rows.filter(run_at__lte=timezone.now()).exists():
        if time.monotonic() > until:
            raise TimeoutError("The worker is still busy.")
        time.sleep(1)


def _one(rows: Any, **conditions: object) -> Any:
    """The first of the rows. Raises LookupError: the demo no longer has what a page needs."""
    found = rows.filter(**conditions).first()
    if found is None:
        raise LookupError(f"The demo has no {rows.model.__name__} with {conditions}.")
    return found


def _citizen_session(matter: Any) -> str:
    """The key of a session that has shown this matter's receipt."""
    from importlib import import_module

    from django.conf import settings
    from django.http import HttpRequest
    from django.utils import timezone

    from lvzhi.faces.portal import keys

    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore()
    keys.open_in_session(request, matter, timezone.now())
    request.session.save()
    return str(request.session.session_key)


def pages_of(role: str, things: Sample) -> list[Page]:
    """The pages of a role with their addresses."""
    from django.urls import reverse

    found = []
    for name in PAGES[role]:
        url_name, arguments = things.arguments.get(name, (name, []))
        found.append(Page(name, reverse(url_name, args=arguments)))
    return found


# --- the camera -----------------------------------------------------------------------------------------------------


def sign_in(page: Any, address: str, username: str) -> None:
    """Sign in by name and password."""
    from lvzhi.faces.commands.district.load import DEMO_WORD

    page.goto(f"{address}/signin/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", DEMO_WORD)
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_load_state()


def shoot(browser: Any, address: str, role: str, size: str, pages: list[Page], session: str, target: Path) -> list[str]:
    """Photograph a role's pages in one size; returns what is wrong: refused pages, and pages wider than the window."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    wrong = []
    try:
        page = context.new_page()
        if role == VISITOR:
            context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        else:
            sign_in(page, address, ACCOUNTS[role])
        folder = target / role / size
        folder.mkdir(parents=True, exist_ok=True)
        for each in pages:
            response = page.goto(address + each.address)
            page.screenshot(path=folder / f"{each.name}.png", full_page=True)
            if response and response.status >= 400:
                wrong.append(f"{role} {size} {each.name}: {response.status}")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{role} {size} {each.name}: wider than the window")
    finally:
        context.close()
    return wrong


def take_all(address: str, lists: Mapping[str, list[Page]], session: str, target: Path) -> list[str]:
    """Photograph everything; returns what is wrong."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        raise click.ClickException("Chromium is missing: `make test` installs it.")
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for role, pages in lists.items():
            for size in SIZES:
                say(f"{role} {size}: {len(pages)} pages")
                wrong += shoot(browser, address, role, size, pages, session, target)
        browser.close()
    return wrong


def _stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


@click.command()
@click.option("--role", "roles", multiple=True, type=click.Choice(list(PAGES)), help="Only this role; may be repeated.")
@click.option("--target", type=click.Path(path_type=Path), default=TARGET, help="Where the pictures go.")
def main(roles: tuple[str, ...], target: Path) -> None:
    """Take pictures of every page for each role."""
    signal.signal(signal.SIGTERM, _stop)
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as home:
        say("loading the demo")
        with demo(Path(home)) as address:
            things = sample()
            lists = {role: pages_of(role, things) for role in roles or PAGES}
            wrong = take_all(address, lists, things.session, target)
    for line in wrong:
        say(line)
    say(f"pictures in {target}")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
