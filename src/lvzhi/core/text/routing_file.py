"""A learned model as one file: a line of JSON that describes it, then plain numbers. Nothing in it can be run.

The file carries its version and the checksum of all that follows; a file that does not match is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from array import array
from pathlib import Path
from typing import Any

from lvzhi.core.text.routing import Model

VERSION = 1
MAGIC = "lvzhi routing model"
LARGEST = 200 << 20


class ModelRefused(Exception):
    """The file holds no usable model; says what to do."""


def save(model: Model, path: Path) -> None:
    """Write a model; a reader sees the old file or the new one, never a part."""
    terms = "\n".join(sorted(model.terms, key=model.terms.__getitem__)).encode()
    body = terms + b"".join(_little(numbers) for numbers in (model.rarity, model.weights, model.bias))
    head = {
        "kind": MAGIC,
        "version": VERSION,
        "labels": list(model.labels),
        "sharpness": model.sharpness,
        "characters": model.characters,
        "terms": len(model.terms),
        "term_bytes": len(terms),
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(head, ensure_ascii=False).encode() + b"\n" + body)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load(path: Path) -> Model:
    """Read a model. Raises ModelRefused for a file that is missing, of another version, or damaged."""
    try:
        if path.stat().st_size > LARGEST:
            raise ModelRefused(f"{path} is too large for a model. Train it again.")
        data = path.read_bytes()
    except OSError as error:
        raise ModelRefused(f"There is no model at {path}. Run `lvzhi opinions train` first.") from error
    line, _, body = data.partition(b"\n")
    head = _head(line, path)
    if hashlib.sha256(body).hexdigest() != head["sha256"]:
        raise ModelRefused(f"{path} is damaged. Train the model again.")
    try:
        return _model(head, body)
    except (KeyError, TypeError, ValueError) as error:
        raise ModelRefused(f"{path} is damaged. Train the model again.") from error


def _head(line: bytes, path: Path) -> dict[str, Any]:
    try:
        head = json.loads(line)
    except ValueError as error:
        raise ModelRefused(f"{path} is no model. Train one with `lvzhi opinions train`.") from error
    if not isinstance(head, dict) or head.get("kind") != MAGIC or not isinstance(head.get("sha256"), str):
        raise ModelRefused(f"{path} is no model. Train one with `lvzhi opinions train`.")
    if head.get("version") != VERSION:
        raise ModelRefused(f"{path} was written by another version. Train the model again.")
    return head


def _model(head: dict[str, Any], body: bytes) -> Model:
    count, labels, start = int(head["terms"]), tuple(str(label) for label in head["labels"]), int(head["term_bytes"])
    names = body[:start].decode().split("\n") if count else []
    numbers = array("f", body[start:])
    if sys.byteorder == "big":
        numbers.byteswap()
    if len(names) != count or len(numbers) != count + (count + 1) * len(labels) or len(labels) < 2:
        raise ValueError("The numbers do not fit the description.")
    return Model(
        labels,
        {name: place for place, name in enumerate(names)},
        numbers[:count],
        numbers[count : count + count * len(labels)],
        numbers[count + count * len(labels) :],
        float(head["sharpness"]),
        bool(head["characters"]),
    )


def _little(numbers: array[float]) -> bytes:
    if sys.byteorder == "big":
        numbers = array("f", numbers)
        numbers.byteswap()
    return numbers.tobytes()
