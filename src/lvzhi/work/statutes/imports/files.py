"""Files on a disk: which there are, and whether they have been read before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lvzhi.core import law
from lvzhi.core.law.readers.files import LARGEST
from lvzhi.core.upload import in_units


@dataclass(frozen=True, slots=True)
class Found:
    """A file with its name as it is noted: from the folder that was given, or its own name alone."""

    path: Path
    name: str
    size: int

    def bytes(self) -> bytes:
        """What is in it. Raises LawRefused for one that is too large to be looked at, OSError as the disk does."""
        if self.size > LARGEST:
            raise law.LawRefused("too_large", limit=in_units(LARGEST))
        return self.path.read_bytes()


def scan(places: Iterable[Path]) -> list[Found]:
    """Every file of these files and folders by name, hidden ones left out."""
    found = {each.name: each for place in places for each in _of(place)}
    return [found[name] for name in sorted(found)]


def _of(place: Path) -> Iterator[Found]:
    if place.is_file():
        yield Found(place, place.name[-300:], place.stat().st_size)
        return
    for path in place.rglob("*"):
        inside = path.relative_to(place)
        if path.is_file() and not any(part.startswith((".", "~$")) for part in inside.parts):
            yield Found(path, str(inside)[-300:], path.stat().st_size)


def digest_of(data: bytes) -> str:
    """SHA-256 of a file's bytes, as hexadecimal figures."""
    return hashlib.sha256(data).hexdigest()
