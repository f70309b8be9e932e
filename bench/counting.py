"""Counting the SQL statements of a request, in this process."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "ROLLBACK TO")


@dataclass(frozen=True, slots=True)
class Counted:
    """Statements of one request: all of them, and without BEGIN, COMMIT and SAVEPOINT; and their texts."""

    every: int
    work: int
    texts: tuple[str, ...]


def browser(session: str = "") -> Client:
    """Django's own test client, signed in by a session key."""
    client = Client(SERVER_NAME="127.0.0.1", HTTP_ACCEPT_LANGUAGE="zh-CN")
    if session:
        client.cookies["sessionid"] = session
    return client


def counted(client: Client, path: str, form: dict[str, str] | None = None) -> tuple[HttpResponseBase, Counted]:
    """Do one request and count. A form makes it a POST."""
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path) if form is None else client.post(path, form)
    texts = tuple(str(query["sql"]) for query in captured.captured_queries)
    work = [text for text in texts if not text.lstrip().upper().startswith(FRAME)]
    return answer, Counted(len(texts), len(work), tuple(work))
