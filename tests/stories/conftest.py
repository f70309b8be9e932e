"""A real browser, Debian's Chromium, and a small district served to it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, sync_playwright

from lvzhi.records.jobs.worker import work
from tests.fixtures.district import PASSWORD, District, make_district

# Playwright's loop runs in the test's own thread; the tests still ask the database in between.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
SIZES = {"desktop": (1280, 900), "phone": (360, 780)}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once for all stories of a process."""
    path = shutil.which("chromium")
    assert path, "Chromium is missing: `make test` installs it."
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def served(transactional_db: None, live_server: Any) -> tuple[District, str]:
    """The small district, and the address where it is served."""
    return make_district(), live_server.url


class Visitor:
    """Somebody at a browser."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def go(self, path: str) -> None:
        """Open a page of the platform."""
        self.page.goto(self.address + path)

    def sign_in(self, username: str) -> None:
        """Sign in by name and password."""
        self.go("/signin/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.locator("main form[method=post] button[type=submit]").first.click()
        self.page.wait_for_load_state()

    def press(self, name: str) -> None:
        """Press the button or link with this name."""
        found = self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name))
        found.first.click()
        self.page.wait_for_load_state()

    def reads(self, text: str) -> bool:
        """Whether the page says this."""
        return text in self.page.locator("main").inner_text()


@pytest.fixture
def arrive(browser: Browser, served: tuple[District, str]) -> Iterator[Callable[..., Visitor]]:
    """Bring a visitor to the platform: `arrive()`, `arrive("phone")`, `arrive(script=False)`."""
    contexts = []

    def come(size: str = "desktop", *, script: bool = True) -> Visitor:
        width, height = SIZES[size]
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", java_script_enabled=script
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(context.new_page(), served[1])

    yield come
    for context in contexts:
        context.close()


def flaws(page: Page) -> list[str]:
    """What axe finds serious or critical on the page, with the element."""
    found = Axe().run(page).response["violations"]
    return [
        f"{item['id']}: {node['html'][:120]}"
        for item in found
        if item["impact"] in {"serious", "critical"}
        for node in item["nodes"]
    ]


def is_too_wide(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))


def work_off() -> None:
    """Do the jobs the acts left behind."""
    while work(at=timezone.now()):
        time.sleep(0)


def today() -> date:
    """The day the served pages live in."""
    return timezone.localdate()
