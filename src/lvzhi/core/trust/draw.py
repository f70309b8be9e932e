"""A draw from a public seed that anyone can repeat: `docs/explanation/draw.md` is the description to follow.

First the list of all who may be drawn is written down and its hash published; then a seed becomes known that nobody
could foresee, such as the numbers of a public lottery named beforehand; then the list and the seed alone say who is
drawn. No secret, no random number of our own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

FORMAT: Final = "lvzhi-draw-1"
"""Stands in every draw's file and in every key, so that a later way of drawing can never be taken for this one."""

SPACE: Final = 1 << 256
"""How many values a block of SHA-256 has."""


class DrawRefused(ValueError):
    """What was given cannot be drawn from, or a published draw does not hold; the message says why."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One that was drawn, with the stratum it was drawn for; the stratum is empty in a draw without strata."""

    number: str
    stratum: str = ""


def canonical_list(numbers: Iterable[str] | Mapping[str, str]) -> str:
    """The one way a list is written before it is hashed: a line each, in the order of their code points.

    A mapping gives each number its stratum, written after a tab. Every line ends with a line feed; the encoding is
    UTF-8. Raises DrawRefused for a number that stands twice, is empty, or holds a tab or a line break.
    """
    given = list(numbers.items()) if isinstance(numbers, Mapping) else [(number, "") for number in numbers]
    seen: set[str] = set()
    for number, stratum in given:
        if not number or any(sign in number + stratum for sign in "\t\n\r"):
            raise DrawRefused(f"{number!r} cannot stand in a list: it is empty or holds a tab or a line break.")
        if number in seen:
            raise DrawRefused(f"{number} stands in the list twice.")
        seen.add(number)
    return "".join(f"{number}\t{stratum}\n" if stratum else f"{number}\n" for number, stratum in sorted(given))


def read_list(text: str) -> dict[str, str]:
    """Numbers and strata (empty for none) of a canonical list. Raises DrawRefused if it is not written that way."""
    parts = [line.split("\t") for line in text.split("\n")[:-1]]
    if any(len(part) > 2 for part in parts) or (text and not text.endswith("\n")):
        raise DrawRefused("The list is not written line by line.")
    found = {part[0]: part[1] if len(part) == 2 else "" for part in parts}
    if len(found) != len(parts) or canonical_list(found) != text:
        raise DrawRefused("The list is not in its canonical order.")
    return found


def list_hash(text: str) -> str:
    """SHA-256 (hex) of a canonical list: what is published before the seed is known."""
    return hashlib.sha256(text.encode()).hexdigest()


def draw(text: str, *, seed: str, size: int) -> list[Drawn]:
    """Who of a canonical list is drawn, in the order of drawing.

    `seed` is the public text as it was announced, taken without the spaces around it. With strata, each gets its share
    of `size` in proportion (`shares_of`), is drawn by itself, and they follow in the order of their names. A bigger
    `size` begins, in each stratum, with all that a smaller one draws. Raises DrawRefused when `size` is not from 1 to
    the length of the list, or the seed is empty.
    """
    members, seed = read_list(text), seed.strip()
    if not seed:
        raise DrawRefused("Without a seed nobody can be drawn.")
    if not 1 <= size <= len(members):
        raise DrawRefused(f"{size} cannot be drawn from a list of {len(members)}.")
    strata: dict[str, list[str]] = {}
    for number, stratum in members.items():
        strata.setdefault(stratum, []).append(number)
    shares = shares_of({name: len(found) for name, found in strata.items()}, size)
    drawn: list[Drawn] = []
    for name in sorted(strata):
        blocks = _blocks(list_hash(text), seed, name)
        drawn += [Drawn(number, name) for number in _sample(sorted(strata[name]), shares[name], blocks)]
    return drawn


def shares_of(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of `size` fall to each stratum, in proportion to how many stand in it.

    One place after the other goes to the stratum with the highest (members)/(2·places it has+1); of equal ones to the
    first by name. No stratum gets more than stand in it, and none loses a place when `size` grows: the method of
    Sainte-Laguë, chosen for these two.
    """
    shares = dict.fromkeys(sorted(sizes), 0)
    for _place in range(size):
        most = max(shares, key=lambda name: Fraction(sizes[name], 2 * shares[name] + 1))
        shares[most] += 1
    return shares


def _blocks(committed: str, seed: str, stratum: str) -> Iterator[int]:
    """Numbers below 2^256 without end: SHA-256 of format, list hash, stratum, seed and a counter, a line each."""
    head = f"{FORMAT}\n{committed}\n{stratum}\n{seed}\n".encode()
    counter = 0
    while True:
        yield int.from_bytes(hashlib.sha256(head + str(counter).encode()).digest(), "big")
        counter += 1


def below(limit: int, blocks: Iterator[int], space: int = SPACE) -> int:
    """A number from 0 to `limit` - 1, each as likely as the other: a block that would favour some is thrown away."""
    fair = space - space % limit
    return next(block for block in blocks if block < fair) % limit


def _sample(members: list[str], size: int, blocks: Iterator[int]) -> list[str]:
    """The first `size` places of a shuffle (Fisher and Yates) that goes on from the beginning of the list."""
    for place in range(size):
        other = place + below(len(members) - place, blocks)
        members[place], members[other] = members[other], members[place]
    return members[:size]


def verify(record: Mapping[str, Any]) -> int:
    """Repeat a published draw; returns how many were drawn. Raises DrawRefused with what does not hold.

    `record` is the published file: `format`, `list` (the canonical text), `list_sha256`, `list_published_at`,
    `drawn_at` (both ISO instants), `seed`, `size`, and `drawn`, the numbers in the order of drawing.
    """
    missing = {"format", "list", "list_sha256", "seed", "size", "drawn"} - record.keys()
    if missing:
        raise DrawRefused(f"The file does not say its {', '.join(sorted(missing))}.")
    if record["format"] != FORMAT:
        raise DrawRefused(f"The file is of the format {record['format']!r}, not {FORMAT}.")
    if list_hash(str(record["list"])) != record["list_sha256"]:
        raise DrawRefused("The list is not the one whose hash was published.")
    published, drawn_at = str(record.get("list_published_at") or ""), str(record.get("drawn_at") or "")
    if published and drawn_at and not published < drawn_at:
        raise DrawRefused("The list was not published before the draw.")
    drawn = [one.number for one in draw(str(record["list"]), seed=str(record["seed"]), size=int(record["size"]))]
    return _the_same(drawn, list(record["drawn"]))


def _the_same(ours: Sequence[str], stated: Sequence[str]) -> int:
    for place, (mine, theirs) in enumerate(zip(ours, stated, strict=False), 1):
        if mine != theirs:
            raise DrawRefused(f"Place {place} is drawn as {mine}, but the file says {theirs}.")
    if len(ours) != len(stated):
        raise DrawRefused(f"{len(ours)} are drawn, but the file names {len(stated)}.")
    return len(ours)
