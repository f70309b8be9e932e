"""What every test stands on: an environment of its own, and a made-up congress small enough to see through."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from django.urls import get_resolver
from django.utils.module_loading import import_string


@pytest.fixture(scope="session", autouse=True)
def _every_page_is_imported() -> None:
    """What is first imported while a test holds the clock still would keep that clock for ever."""
    assert get_resolver().url_patterns
    assert all(import_string(path) for path in settings.MIDDLEWARE)


@pytest.fixture(autouse=True)
def _forget_congresses() -> None:
    """The visitor's congress is kept for some seconds; tests must not see one another's."""
    from lvzhi.faces.signin.acting import forget_congresses

    forget_congresses()


def _flush_with_triggers_lifted(self: TransactionTestCase, flush: Callable[[TransactionTestCase], None]) -> None:
    """Emptying the tables between tests is the one thing the ledger's triggers may not refuse."""
    from django.db import connection

    from lvzhi.records.matters.append_only import statements
    from lvzhi.work.opinions import frozen
    from lvzhi.work.statutes import frozen as editions

    ledger, draws = statements(connection.vendor, "matters_entry"), frozen.statements(connection.vendor)
    texts = editions.statements(connection.vendor)
    make, drop = [*ledger[0], *draws[0], *texts[0]], [*ledger[1], *draws[1], *texts[1]]
    with connection.cursor() as cursor:
        for sql in drop:
            cursor.execute(sql)
    flush(self)
    if connection.vendor == "sqlite":  # the index of words is no model's table, so emptying those leaves it full
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_terms(search_terms) VALUES ('delete-all')")
    with connection.cursor() as cursor:
        for sql in make:
            cursor.execute(sql)


@pytest.fixture(scope="session", autouse=True)
def _tests_may_empty_the_ledger() -> Iterator[None]:
    flush = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda self: _flush_with_triggers_lifted(self, flush)
    yield
    TransactionTestCase._fixture_teardown = flush


pytest_plugins = [
    "tests.fixtures.district", "tests.fixtures.revisits", "tests.fixtures.stations", "tests.fixtures.statutes",
]  # fmt: skip
