"""Embeddings from an OpenAI-compatible endpoint, where an installation names one; by default none is asked.

What is sent are texts of law, once each, and the words of every question that is searched: whoever names an endpoint
gives these to its operator. The search works without it, and goes on without it while it does not answer.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval.model import Article, IndexRefused
from lvzhi.core.law.retrieval.store import Array, read

Floats = NDArray[np.float32]
BATCH = 64
LONGEST = 2000
"""So many characters of a text are sent."""
PATIENCE, BUILDING = 2.0, 60.0
"""Seconds to wait for the answer to a question, and for that to a batch of texts while an index is built."""
MOST_BYTES = 64 << 20
_NEAR = 60
"""How slowly rank loses weight where two orders are put together (reciprocal rank fusion)."""


class EndpointRefused(OSError):
    """The endpoint did not answer, or not with embeddings; the text says what it did."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where embeddings come from: the address of `…/embeddings`, the model's name, and a key if it wants one."""

    url: str
    model: str
    key: str = ""

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise ValueError(f"An endpoint begins with https:// or http://, not {self.url[:20]!r}.")

    def embed(self, texts: Sequence[str], *, seconds: float = PATIENCE) -> Floats:
        """The texts as points of length one, (texts, width). Raises EndpointRefused."""
        rows = [self._batch(texts[at : at + BATCH], seconds) for at in range(0, len(texts), BATCH)]
        if len({row.shape[1] for row in rows}) > 1:
            raise EndpointRefused("The endpoint gave embeddings of different widths.")
        return np.concatenate(rows) if rows else np.zeros((0, 0), np.float32)

    def _batch(self, texts: Sequence[str], seconds: float) -> Floats:
        sent = json.dumps({"model": self.model, "input": [text[:LONGEST] for text in texts]}).encode()
        headers = {"Content-Type": "application/json"}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        asked = urllib.request.Request(self.url, sent, headers)  # noqa: S310 - the scheme was looked at
        try:
            with urllib.request.urlopen(asked, timeout=seconds) as answer:  # noqa: S310
                said = json.loads(answer.read(MOST_BYTES))
            found = np.array([row["embedding"] for row in sorted(said["data"], key=lambda row: row["index"])], "f4")
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise EndpointRefused(f"{type(error).__name__}: {error}") from error
        if found.ndim != 2 or len(found) != len(texts) or not np.isfinite(found).all():
            raise EndpointRefused(f"{len(texts)} texts were sent, embeddings of shape {found.shape} came back.")
        points: Floats = found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), np.float32(1e-9))
        return points


def arrays_of(articles: Sequence[Article], endpoint: Endpoint, before: Path) -> dict[str, Array]:
    """What an index keeps of the endpoint's embeddings; a text that the index before it held is not sent again.

    Raises EndpointRefused.
    """
    texts = [f"{each.title}{each.label}　{each.text}" for each in articles]
    digests = np.array([_digest(endpoint.model, text) for text in texts], np.uint64)
    known = _held(before)
    fresh = [place for place, digest in enumerate(digests.tolist()) if digest not in known]
    made = endpoint.embed([texts[place] for place in fresh], seconds=BUILDING)
    width = made.shape[1] if len(fresh) else len(next(iter(known.values()), ()))
    if any(len(row) != width for row in known.values()):  # the same name now stands for another model
        return arrays_of(articles, endpoint, before / "none")
    points = np.zeros((len(texts), width), np.float16)
    points[fresh] = made
    for place, digest in enumerate(digests.tolist()):
        if digest in known:
            points[place] = known[digest]
    return {"outside_points": points, "outside_digests": digests}


def _digest(model: str, text: str) -> int:
    return int.from_bytes(blake2b(f"{model}\x1f{text}".encode(), digest_size=8).digest(), "big")


def _held(folder: Path) -> dict[int, Floats]:
    """The points the index in a folder holds, by digest."""
    try:
        arrays, _about = read(folder)
        return dict(zip(arrays["outside_digests"].tolist(), arrays["outside_points"], strict=True))
    except (IndexRefused, KeyError, ValueError):
        return {}


def together(own: Sequence[int], outside: Sequence[int]) -> list[tuple[int, float]]:
    """Two orders of places as one, best first, with scores between 0 and 1."""
    scores: dict[int, float] = {}
    for order in (own, outside):
        for rank, place in enumerate(order):
            scores[place] = scores.get(place, 0.0) + (_NEAR + 1) / (2 * (_NEAR + 1 + rank))
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
