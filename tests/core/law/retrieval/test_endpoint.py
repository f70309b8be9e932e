"""An embedding endpoint of somebody's own: asked only where it is named, and done without when it is away."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from lvzhi.core.law import retrieval
from lvzhi.core.law.retrieval import Endpoint, EndpointRefused
from tests.core.law.retrieval.samples import ARTICLES, HEDAO

MEANINGS = (("河道", "水边", "河"), ("路灯", "夜里黑"))
ASKED = "水边脏了归谁管"


@dataclass
class Service:
    """What was sent to it, and what it says instead of embeddings."""

    endpoint: Endpoint
    sent: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    says: Any = None


@pytest.fixture
def service() -> Iterator[Service]:
    """An endpoint on a free port that knows two meanings."""
    kept: list[Service] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            here = kept[0]
            given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            here.sent += given["input"]
            here.keys.append(self.headers.get("Authorization", ""))
            rows = [
                {"index": at, "embedding": [*(float(any(word in text for word in words)) for words in MEANINGS), 0.1]}
                for at, text in enumerate(given["input"])
            ]
            body = json.dumps({"data": rows[::-1]} if here.says is None else here.says).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kept.append(Service(Endpoint(f"http://127.0.0.1:{server.server_port}/v1/embeddings", "small", "secret")))
    yield kept[0]
    server.shutdown()
    server.server_close()


def test_a_question_without_a_word_in_common_finds_what_the_endpoint_holds_near(
    service: Service, tmp_path: Path
) -> None:
    retrieval.build(ARTICLES, tmp_path, None, service.endpoint)

    found = retrieval.Index.open(tmp_path, service.endpoint).search(ASKED, limit=5)

    assert found[0].work == HEDAO
    assert service.sent[-1] == ASKED
    assert set(service.keys) == {"Bearer secret"}
    assert all(0 < hit.score <= 1 for hit in found)


def test_no_endpoint_is_asked_unless_one_is_named(service: Service, tmp_path: Path) -> None:
    retrieval.build(ARTICLES, tmp_path)
    retrieval.Index.open(tmp_path).search(ASKED)
    retrieval.Index.open(tmp_path, service.endpoint).search(ASKED)

    assert service.sent == []


def test_a_name_with_a_number_and_a_phrase_are_never_sent(service: Service, tmp_path: Path) -> None:
    retrieval.build(ARTICLES, tmp_path, None, service.endpoint)
    service.sent.clear()
    index = retrieval.Index.open(tmp_path, service.endpoint)

    assert index.search(f"{HEDAO} 2")[0].exact
    index.search("“路灯”")

    assert service.sent == []


def test_a_text_is_sent_once_and_not_again_with_the_next_index(service: Service, tmp_path: Path) -> None:
    retrieval.build(ARTICLES[:-1], tmp_path, None, service.endpoint)
    assert len(service.sent) == len(ARTICLES) - 1
    service.sent.clear()

    retrieval.build(ARTICLES, tmp_path, None, service.endpoint)

    assert len(service.sent) == 1
    assert ARTICLES[-1].text in service.sent[0]
    assert retrieval.Index.open(tmp_path, service.endpoint).search(ASKED)[0].work == HEDAO


@pytest.mark.parametrize(
    "says",
    [
        {"data": []}, {"error": "no such model"}, {"data": [{"index": 0, "embedding": ["x", 1]}]}, [],
        {"data": [{"index": 0, "embedding": [float("nan"), 1.0, 0.0]}]}, {"data": [{"index": 0, "embedding": [1.0]}]},
    ],
)  # fmt: skip
def test_an_endpoint_that_answers_nonsense_leaves_our_own_order(service: Service, tmp_path: Path, says: Any) -> None:
    retrieval.build(ARTICLES, tmp_path, None, service.endpoint)
    index, alone = retrieval.Index.open(tmp_path, service.endpoint), retrieval.Index.open(tmp_path)
    service.says = says

    assert index.search("路灯坏了多久修复") == alone.search("路灯坏了多久修复")


def test_an_index_that_could_not_be_built_leaves_the_one_before(service: Service, tmp_path: Path) -> None:
    retrieval.build(ARTICLES, tmp_path)
    service.says = {"error": "too many requests"}

    with pytest.raises(EndpointRefused, match="KeyError"):
        retrieval.build(ARTICLES, tmp_path, None, service.endpoint)

    assert retrieval.Index.open(tmp_path).search("路灯坏了多久修复")


def test_another_model_under_the_same_name_is_asked_for_every_text_again(service: Service, tmp_path: Path) -> None:
    retrieval.build(ARTICLES, tmp_path, None, service.endpoint)
    service.sent.clear()

    retrieval.build(ARTICLES, tmp_path, None, Endpoint(service.endpoint.url, "large"))

    assert len(service.sent) == len(ARTICLES)


def test_an_address_that_is_none_of_the_web_is_refused() -> None:
    with pytest.raises(ValueError, match="https"):
        Endpoint("file:///etc/passwd", "x")


def test_nobody_at_the_address_is_said_so() -> None:
    with pytest.raises(EndpointRefused):
        Endpoint("http://127.0.0.1:9/v1/embeddings", "x").embed(["一"])
