"""The loop over HTTP: a citizen submits, the office sorts and routes, the body answers, the citizen rates.

Routing is one POST of the triage page: it takes the subject and the body that were suggested or chosen, and hands the
opinion over. What is suggested is found by the job worker meanwhile.
"""

from __future__ import annotations

import re
import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from django.utils import timezone

from bench.counting import browser, counted
from bench.district import Frame, sign_in
from bench.http import Answer, Client, Dropped, Server, crowd, timing
from lvzhi.faces.portal.keys import Slip, unsealed

NEW, RATE = "/opinions/new", "/opinions/rate"
CLIENTS = 8
RATING = {"result": "solved", "process": "satisfied", "comment": "谢谢"}
TRIAGE = "/desk/triage/"
STEPS = ("submit", "route", "answer", "rate")
STREETS = ["听泉", "云台", "望川", "石桥", "南圃", "柳荫", "松陵", "白鹭", "苇塘", "双槐"]


def reply() -> str:
    """An answer that says something, and not what the body said before: the same words again would be looked at."""
    stops = "、".join(secrets.choice(STREETS) for _stop in range(12))
    return f"经现场核实，五路末班车自下月一日起延长到二十三点，经过{stops}各站，站牌同时更新。"


ERROR = re.compile(rb'class="[^"]*error[^"]*"[^>]*>(.{0,200})', re.DOTALL)


class Refused(RuntimeError):
    """A step of the loop was answered with something else than success."""


def opinion(number: int) -> dict[str, str]:
    """A form as a citizen sends it."""
    return {
        "once": str(uuid.uuid4()), "website": "", "subject": f"听泉路夜里没有公交车 {number}",
        "text": f"晚上九点以后就没有车了，下夜班要走四十分钟回家，这是第 {number} 次说。", "category": "transport",
        "may_publish": "on", "name": "", "phone": "",
    }  # fmt: skip


def routed(matter: str, body: str) -> dict[str, str]:
    """What the triage page sends for one opinion."""
    return {
        "one": matter, f"body-{matter}": body, f"category-{matter}": "transport", f"topic-{matter}": "",
        f"version-{matter}": "1",
    }  # fmt: skip


def slip_of(place: str) -> Slip:
    """What the receipt page would show, read from the sealed address it lies in. Raises Refused."""
    words = parse_qs(urlsplit(place).query).get("slip", [""])
    found = unsealed(words[0], timezone.now())
    if found is None:
        raise Refused(f"No receipt in {place!r}.")
    return found


def _must(answer: Answer, wanted: tuple[int, ...], what: str) -> Answer:
    if answer.status not in wanted:
        said = ERROR.search(answer.body)
        text = re.sub(rb"<[^>]+>|\s+", b" ", said[1] if said else answer.body[:300]).decode(errors="replace")
        raise Refused(f"{what} answered {answer.status}: {text.strip()}")
    return answer


@dataclass
class Round:
    """One client's browsers: the citizen's, the clerk's and that of a body's member."""

    citizen: Client
    clerk: Client
    member: Client
    body: str
    follow: bool

    @classmethod
    def begin(cls, frame: Frame, server: Server, number: int, at: datetime, *, follow: bool) -> Round:
        """Open the three browsers and fetch their CSRF cookies once."""
        body = frame.supervised[number % len(frame.supervised)]
        made = cls(
            Client(server.port), Client(server.port, {"sessionid": sign_in(frame.clerk, at)}),
            Client(server.port, {"sessionid": sign_in(frame.members[body.slug], at)}), str(body.pk), follow,
        )  # fmt: skip
        made.citizen.get(NEW)
        for browser_ in (made.clerk, made.member):
            browser_.get("/desk/new/" if browser_ is made.clerk else "/desk/")
            browser_.cookies.setdefault("csrftoken", made.citizen.cookies["csrftoken"])
        return made

    def submit(self, number: int) -> Slip:
        """Hand in an opinion; the answer is the citizen's receipt."""
        answer = _must(self.citizen.post(NEW, opinion(number)), (302, 303), "submit")
        if self.follow:
            _must(self.citizen.get(answer.place), (200,), "receipt")
        return slip_of(answer.place)

    def route(self, matter: str) -> None:
        """Sort it and hand it to the body, in one POST of the triage page."""
        answer = _must(self.clerk.post(TRIAGE, routed(matter, self.body)), (302, 303), "route")
        if self.follow:
            _must(self.clerk.get(answer.place), (200,), "queue after routing")

    def answer(self, matter: str) -> None:
        """Answer as the body."""
        self._act(self.member, matter, "answer", {"version": "2", "reply": reply()})

    def _act(self, client: Client, matter: str, action: str, values: dict[str, str]) -> None:
        answer = _must(client.post(f"/desk/matters/{matter}/{action}/", values), (302, 303), action)
        if self.follow:
            _must(client.get(answer.place), (200,), f"page after {action}")

    def rate(self, slip: Slip) -> None:
        """Rate with number and code."""
        values = {"number": slip.number, "code": slip.code, **RATING}
        _must(self.citizen.post(RATE, values), (200, 302, 303), "rate")

    def whole(self, number: int, waits: dict[str, list[float]]) -> None:
        """Once round, noting what each step took."""
        moments = [time.perf_counter()]
        slip = self.submit(number)
        moments.append(time.perf_counter())
        for step in (lambda: self.route(slip.matter), lambda: self.answer(slip.matter), lambda: self.rate(slip)):
            step()
            moments.append(time.perf_counter())
        for place, name in enumerate(STEPS):
            waits[name].append(moments[place + 1] - moments[place])


def run(frame: Frame, server: Server, seconds: float, *, follow: bool = False) -> dict[str, object]:
    """Loops a second with eight clients; `follow` loads the page after each POST, as a browser does."""
    at = timezone.now()
    rounds = [Round.begin(frame, server, number, at, follow=follow) for number in range(CLIENTS)]
    waits: list[dict[str, list[float]]] = [{name: [] for name in STEPS} for _round in rounds]
    dropped = [0] * CLIENTS

    def act(place: int, goes_on: Callable[[], bool]) -> None:
        number = 0
        while goes_on():
            number += 1
            try:
                rounds[place].whole(number, waits[place])
            except Dropped:  # a server process was renewed after its share of requests
                dropped[place] += 1

    took = crowd(CLIENTS, seconds, act)
    every = {name: [wait for each in waits for wait in each[name]] for name in STEPS}
    steps = {name: timing(values) for name, values in every.items() if values}
    return {
        "loops_per_second": round(len(every["rate"]) / took, 1), "loops": len(every["rate"]), "dropped": sum(dropped),
        "p50_ms": {name: found.p50 for name, found in steps.items()},
        "p99_ms": {name: found.p99 for name, found in steps.items()},
    }  # fmt: skip


def statements(frame: Frame) -> dict[str, object]:
    """SQL statements of the four POSTs, each counted on its second time round."""
    at, body = timezone.now(), frame.supervised[0]
    citizen, clerk = browser(), browser(sign_in(frame.clerk, at))
    member = browser(sign_in(frame.members[body.slug], at))
    texts: dict[str, tuple[str, ...]] = {}
    every: dict[str, int] = {}
    for number in (1, 2):
        answer, count = counted(citizen, NEW, opinion(number))
        texts["submit"], every["submit"] = count.texts, count.every
        slip = slip_of(answer["Location"])
        page = f"/desk/matters/{slip.matter}"
        for name, client, path, form in (
            ("route", clerk, TRIAGE, routed(slip.matter, str(body.pk))),
            ("answer", member, f"{page}/answer/", {"version": "2", "reply": reply()}),
            (
                "rate",
                citizen,
                RATE,
                {"number": slip.number, "code": slip.code, **RATING},
            ),
        ):
            answer, count = counted(client, path, form)
            if answer.status_code not in (200, 302, 303):
                raise Refused(f"{name} answered {answer.status_code}.")
            texts[name], every[name] = count.texts, count.every
    work = {name: len(found) for name, found in texts.items()}
    return {
        "work": work,
        "work_sum": sum(work.values()),
        "every": every,
        "every_sum": sum(every.values()),
        "texts": texts,
    }
