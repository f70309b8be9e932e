"""Filling a database with made-up matters, fast, and leaving it as an installation would find it.

Rows go past the platform's own door, so what stands here must equal what `perform()` would have written: a sample
of ledgers is verified afterwards, and indexes, constraints and triggers are as the migrations laid them.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

import psycopg
from django.apps import apps
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from bench.district import Frame, lay_out
from bench.rows import COLUMNS, Plan, Rows, Unit, Value, rows_of
from lvzhi.records.base.identifiers import new_id
from lvzhi.records.matters.ledger import verify
from lvzhi.records.matters.models import Matter, NumberSeries
from lvzhi.records.people.models import Body, Congress, Membership
from lvzhi.work.opinions.actions import post_all, reckon_year

CHUNK = 2_000
BYTES_EACH = 22_000
"""Disk a matter takes with its entries, texts and indexes while the database is being filled, rounded up."""
PROCESSES = os.cpu_count() or 2
Say = Callable[[str], None]


class NoRoom(RuntimeError):
    """The disk is too small for the database asked for."""


def fill(count: int, today: date, folder: Path, say: Say) -> dict[str, float | int]:
    """Fill the migrated, empty database with `count` matters. Raises NoRoom. Returns seconds and row counts."""
    need, free = count * BYTES_EACH, shutil.disk_usage(folder).free
    if need > free:
        raise NoRoom(f"{count} matters need some {need >> 30} GiB of disk, and {folder} has {free >> 30} GiB free.")
    plan = plan_of(lay_out(), count, today)
    begun = time.monotonic()
    counts = _fill_postgresql(plan, say) if connection.vendor == "postgresql" else _fill_sqlite(plan, say)
    _series(plan)
    post_all(UUID(plan.congress))
    # What the worker reckons for the front page now and then.
    reckon_year(Congress.objects.get(pk=UUID(plan.congress)), today=today, at=timezone.now())
    checked = check(plan, 200)
    say(
        f"{counts['matters_matter']} matters, {counts['matters_entry']} entries, {checked} entries of a sample verified"
    )
    return {"seconds": round(time.monotonic() - begun, 1), **counts, "verified": checked}


def plan_of(frame: Frame, count: int, today: date) -> Plan:
    """What the generating processes need to know of the frame."""
    offices = Membership.objects.of(frame.congress).select_related("person__account", "body")
    members = {row.body_id: row.person.account for row in offices}

    def unit(body: Body) -> Unit:
        account = members[body.pk]
        return Unit(body.pk.hex, account.pk.hex, account.name, body.name) if account else _nobody(body)

    clerk = next(body for body in (row.body for row in offices) if body and body.slug == "petition")
    return Plan(
        count, today, frame.congress.pk.hex, frame.congress.region, tuple(map(unit, frame.supervised)),
        tuple(map(unit, frame.working)), unit(clerk), settings.LVZHI_DATA_KEYS,
    )  # fmt: skip


def _nobody(body: Body) -> Unit:
    raise LookupError(f"{body.name} has no member with an account.")


def _pieces(plan: Plan) -> list[tuple[Plan, int, int]]:
    return [(plan, begin, min(begin + CHUNK, plan.count)) for begin in range(0, plan.count, CHUNK)]


def _progress(results: Iterator[dict[str, int]], plan: Plan, say: Say) -> dict[str, int]:
    total, begun, last = dict.fromkeys(COLUMNS, 0), time.monotonic(), 0.0
    for counts in results:
        for table, number in counts.items():
            total[table] += number
        if time.monotonic() - last > 10:
            last = time.monotonic()
            say(f"  {total['matters_matter']:,} of {plan.count:,} matters, {last - begun:.0f} s")
    return total


def fitted(rows: Rows) -> Rows:
    """The rows with a value for every column that `COLUMNS` does not name and that may not be empty.

    So a column added later with a default needs no change here.
    """
    more = _defaults()
    return {
        table: [(*row, *more[table].values()) for row in found] if more.get(table) else found
        for table, found in rows.items()
    }


@cache
def _defaults() -> dict[str, dict[str, Value]]:
    found: dict[str, dict[str, Value]] = {}
    for model in apps.get_models():
        table = model._meta.db_table
        if table not in COLUMNS:
            continue
        named = {name.strip('"') for name in COLUMNS[table].split()}
        left = [field for field in model._meta.concrete_fields if field.column not in named and not field.null]
        found[table] = {field.column: _plain(field.get_default()) for field in left}
    return found


def _plain(value: object) -> Value:
    if isinstance(value, bool):
        return str(int(value))
    return value if isinstance(value, str | bytes) else json.dumps(value)


def columns_of(table: str) -> list[str]:
    """The columns of rows that `fitted` has completed."""
    return [*COLUMNS[table].split(), *_defaults().get(table, {})]


# PostgreSQL


def _fill_postgresql(plan: Plan, say: Say) -> dict[str, int]:
    tables = [table for table in COLUMNS if table != "search_terms"]
    later = _lift_indexes(tables)
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        counts = _progress(pool.imap_unordered(_copy_piece, _pieces(plan)), plan, say)
    say(f"  rows are in; laying {len(later)} indexes")
    _lay_indexes(later)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('search_place', %s)", [plan.count])
    _dsn_execute([f"VACUUM (ANALYZE) {table}" for table in tables] + ["ANALYZE", "CHECKPOINT"])
    return counts


def _dsn() -> str:
    return os.environ["DATABASE_URL"]


def _dsn_execute(statements: Sequence[str]) -> None:
    with psycopg.connect(_dsn(), autocommit=True) as direct:
        direct.execute("SET maintenance_work_mem = '1GB'")
        for statement in statements:
            direct.execute(statement.encode())


def _lift_indexes(tables: Sequence[str]) -> list[str]:
    """Drop every index and unique constraint but the primary keys; return the statements that lay them again."""
    drop, lay = [], []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), conindid::regclass::text "
            "FROM pg_constraint WHERE contype = 'u' AND conrelid::regclass::text = ANY(%s)",
            [list(tables)],
        )
        unique = cursor.fetchall()
        for table, name, text, _index in unique:
            drop.append(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
            lay.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {text}')
        cursor.execute(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
            "WHERE NOT i.indisprimary AND i.indrelid::regclass::text = ANY(%s)",
            [list(tables)],
        )
        backing = {row[3] for row in unique}
        for index, text in cursor.fetchall():
            if index not in backing:
                drop.append(f"DROP INDEX {index}")
                lay.append(text)
        for statement in drop:
            cursor.execute(statement)
    # The longest first, so that two workers end together.
    return sorted(
        lay, key=lambda text: ("gin" not in text, "matters_entry" not in text, "matters_deadline" not in text)
    )


def _lay_indexes(statements: Sequence[str]) -> None:
    with ThreadPoolExecutor(PROCESSES) as pool:
        list(pool.map(lambda statement: _dsn_execute([statement]), statements))


def _copy_piece(piece: tuple[Plan, int, int]) -> dict[str, int]:
    """Generate one piece and copy it in, in one transaction. Runs in a process of its own."""
    rows = fitted(rows_of(*piece))
    terms = dict(row[:2] for row in rows.pop("search_terms"))
    with psycopg.connect(_dsn()) as direct, direct.cursor() as cursor:
        # The rows come from one plan and refer to one another: no lookup for each of ten million references.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET TIME ZONE 'UTC'")
        for table, found in rows.items():
            columns = ", ".join(columns_of(table))
            if table == "search_searchtext":
                columns += ", terms"
                found = [(*row, vector(terms[row[3]])) for row in found]
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as copy:
                copy.write("".join("\t".join(map(_copied, row)) + "\n" for row in found))
    return {**{table: len(found) for table, found in rows.items()}, "search_terms": len(terms)}


def vector(words: Value) -> str:
    """Index terms as a tsvector is written."""
    return " ".join(f"'{word}'" for word in str(words).split())


def _copied(value: Value) -> str:
    if value is None:
        return r"\N"
    return rf"\\x{value.hex()}" if isinstance(value, bytes) else value


# SQLite


def _fill_sqlite(plan: Plan, say: Say) -> dict[str, int]:
    path = str(settings.DATABASES["default"]["NAME"])
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        direct = sqlite3.connect(path, isolation_level=None)
        direct.execute("PRAGMA foreign_keys = OFF")
        direct.execute("PRAGMA synchronous = OFF")
        direct.execute("PRAGMA cache_size = -200000")
        names = direct.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
            f"AND tbl_name IN ({', '.join(repr(table) for table in COLUMNS)})"
        ).fetchall()
        for name, _sql in names:
            direct.execute(f'DROP INDEX "{name}"')
        inserted = (_insert_piece(direct, rows) for rows in pool.imap(_generate, _pieces(plan)))
        counts = _progress(inserted, plan, say)
        for _name, sql in names:
            direct.execute(sql)
        direct.execute("INSERT INTO search_terms(search_terms) VALUES ('optimize')")
        direct.execute("ANALYZE")
        direct.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        direct.close()
    return counts


def _generate(piece: tuple[Plan, int, int]) -> Rows:
    return fitted(rows_of(*piece))


def _insert_piece(direct: sqlite3.Connection, rows: Rows) -> dict[str, int]:
    direct.execute("BEGIN IMMEDIATE")
    for table, found in rows.items():
        columns = columns_of(table)
        marks = ", ".join("?" * len(columns))
        direct.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", found)
    direct.execute("COMMIT")
    return {table: len(found) for table, found in rows.items()}


# Both


def _series(plan: Plan) -> None:
    congress = UUID(plan.congress)
    NumberSeries.objects.bulk_create(
        NumberSeries(id=new_id(), congress_id=congress, prefix="意", year=year, last=last)
        for year, last in plan.last_numbers().items()
    )


def check(plan: Plan, sample: int) -> int:
    """Verify the ledgers of an even sample; return the entries seen. Raises BrokenChain."""
    numbers = [plan.number(place) for place in range(0, plan.count, max(1, plan.count // sample))]
    wanted = [f"意 {year}-{serial:04d}" for year, serial in numbers]
    found = list(Matter.objects.of(UUID(plan.congress)).filter(number__in=wanted))
    if len(found) != len(wanted):
        raise LookupError(f"{len(wanted) - len(found)} of {len(wanted)} matters of the sample are missing.")
    return sum(verify(matter) for matter in found)
