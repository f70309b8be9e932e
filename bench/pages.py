"""The pages of a day's work: how long they take, how many a second, and how many SQL statements they need."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from bench.counting import browser, counted
from bench.district import Frame, sign_in
from bench.http import Client, Server, crowd, timing
from bench.texts import QUERIES
from lvzhi.records.matters.models import Matter, WorkItem
from lvzhi.records.matters.paging import mark

LISTS_MS, DETAIL_MS, LISTS_SQL, DETAIL_SQL = 150.0, 80.0, 10, 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A page under several addresses, and what it may cost."""

    name: str
    paths: tuple[str, ...]
    session: str = ""
    most_ms: float = LISTS_MS
    most_sql: int = LISTS_SQL


def asked_pages(frame: Frame, at: datetime) -> list[Asked]:
    """Everything that is measured, with addresses from the filled database."""
    clerk = sign_in(frame.clerk, at)
    member = sign_in(frame.members[frame.supervised[0].slug], at)
    lists = "/desk/matters/?"
    body = frame.supervised[0].pk
    deep_list = f"{lists}{urlencode({'after': _deep_matter(frame)})}"
    return [
        Asked("worklist", ("/desk/",), clerk),
        Asked("worklist of a body", ("/desk/",), member),
        Asked("worklist, deep page", (f"/desk/?{urlencode({'after': _deep_item(frame)})}",), clerk),
        Asked("worklist, waiting for others", ("/desk/?tab=watch",), clerk),
        Asked("list", ("/desk/matters/",), clerk),
        Asked("list, deep page", (deep_list,), clerk),
        Asked(
            "list by state",
            tuple(f"{lists}procedure=petition&state={s}" for s in ("archived", "transferred", "screened")),
            clerk,
        ),
        Asked(
            "list by category", tuple(f"{lists}procedure=petition&category={c}" for c in ("transport", "rural")), clerk
        ),
        Asked("list by category alone", (f"{lists}category=employment",), clerk),
        Asked("list by body", (f"{lists}body={body}",), clerk),
        Asked("list, late", (f"{lists}late=1",), clerk),
        Asked("list, open", (f"{lists}open=1",), clerk),
        Asked("list, open in a category", (f"{lists}open=1&category=culture",), clerk),
        Asked("list of a body", ("/desk/matters/",), member),
        Asked("detail", _details(frame), clerk, DETAIL_MS, DETAIL_SQL),
        Asked("search", tuple(f"/desk/search/?q={quote(q)}" for q in QUERIES), clerk),
        Asked("search by a body", tuple(f"/desk/search/?q={quote(q)}" for q in QUERIES), member),
        Asked("public board", ("/opinions/",)),
        Asked("public board by category", ("/opinions/?category=housing", "/opinions/?category=rural")),
        Asked("public board, deep page", (f"/opinions/?{urlencode({'after': _deep_public(frame)})}",)),
        Asked("public board, search", tuple(f"/opinions/?q={quote(q)}" for q in QUERIES)),
        Asked("front page", ("/",)),
    ]


def _deep_item(frame: Frame) -> str:
    rows = WorkItem.objects.of(frame.congress).filter(holder="petition_office", kind="act").order_by("sort_due", "id")
    item = rows[rows.count() // 2]
    return mark(item.sort_due, item.pk)


def _deep_matter(frame: Frame) -> str:
    rows = Matter.objects.of(frame.congress).order_by("-opened_at", "-id")
    matter = rows[rows.count() // 2]
    return mark(matter.opened_at, matter.pk)


def _deep_public(frame: Frame) -> str:
    rows = Matter.objects.of(frame.congress).published().order_by("-published_at", "-id")
    matter = rows[rows.count() // 2]
    return mark(matter.published_at or matter.opened_at, matter.pk)


def _details(frame: Frame) -> tuple[str, ...]:
    rows = Matter.objects.of(frame.congress)
    step = max(1, rows.count() // 40)
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[::step])
    keys += list(rows.filter(is_open=True).order_by("-opened_at")[:20].values_list("pk", flat=True))
    return tuple(f"/desk/matters/{key}/" for key in keys)


def measure(asked: Asked, server: Server, share: float) -> dict[str, object]:
    """One page: waits of one client, pages a second for eight, statements."""
    texts = statements(asked)
    client = Client(server.port, _cookies(asked))
    for number in range(12):
        _expect(client, asked.paths[number % len(asked.paths)])
    waits, until, number = [], time.monotonic() + 6 * share, 0
    while time.monotonic() < until and (number < 400 or len(waits) < len(asked.paths)):
        begun = time.perf_counter()
        _expect(client, asked.paths[number % len(asked.paths)])
        waits.append(time.perf_counter() - begun)
        number += 1
    client.close()
    found = timing(waits)
    rate = throughput(asked, server, 4 * share)
    most = max(each["work"] for each in texts)
    return {
        **asdict(found),
        "per_second": rate,
        "statements": most,
        "statements_every": max(each["every"] for each in texts),
        "holds": found.p99 <= asked.most_ms and most <= asked.most_sql,
        "may_ms": asked.most_ms,
        "may_sql": asked.most_sql,
    }


def statements(asked: Asked) -> list[dict[str, int]]:
    """Statements of up to six of a page's addresses, after one request that fills the caches of the process."""
    client, found = browser(asked.session), []
    client.get(asked.paths[0])
    for path in asked.paths[:6]:
        answer, count = counted(client, path)
        if answer.status_code != 200:
            raise RuntimeError(f"{asked.name}: {path} answered {answer.status_code}.")
        found.append({"every": count.every, "work": count.work})
    return found


def throughput(asked: Asked, server: Server, seconds: float, clients: int = 8) -> float:
    """Pages a second that `clients` get together."""
    done = [0] * clients

    def act(place: int, goes_on: Callable[[], bool]) -> None:
        client, number = Client(server.port, _cookies(asked)), place
        while goes_on():
            _expect(client, asked.paths[number % len(asked.paths)])
            number, done[place] = number + 1, done[place] + 1
        client.close()

    took = crowd(clients, seconds, act)
    return round(sum(done) / took, 1)


def _cookies(asked: Asked) -> dict[str, str]:
    return {"sessionid": asked.session} if asked.session else {}


def _expect(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}.")
