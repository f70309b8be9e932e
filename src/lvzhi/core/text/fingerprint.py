"""Whether two texts are the same one, sent again: letter for letter, or nearly."""

from __future__ import annotations

import hashlib
import re
import zlib
from array import array
from functools import lru_cache

from lvzhi.core.text.span import plain

_NOISE = re.compile(r"_x000d_|[^0-9a-z\u3400-\u9fff]+")
PERMUTATIONS = 32
_MASK = (1 << 32) - 1
SAME = 0.7
"""Texts that share so much of their runs of four characters are the same message."""


def bare(text: str) -> str:
    """`text` as ordinary lower-case letters, figures and Chinese characters, nothing between them."""
    return _NOISE.sub("", plain(text).lower())


def fingerprint(text: str) -> str:
    """64 hexadecimal digits; equal for texts that differ only in spaces, marks, width and case."""
    return hashlib.sha256(bare(text).encode()).hexdigest()


def _shingles(text: str) -> set[str]:
    flat = bare(text)
    return {flat[start : start + 4] for start in range(max(1, len(flat) - 3))} if flat else set()


@lru_cache(maxsize=1)
def _multipliers() -> array[int]:
    """Odd numbers that never change: what was stored must stay comparable."""
    made, state = array("Q"), 0x9E3779B9
    for _ in range(PERMUTATIONS * 2):
        state = (state * 6364136223846793005 + 1442695040888963407) & ((1 << 64) - 1)
        made.append((state >> 33) | 1)
    return made


def minhash(text: str) -> tuple[int, ...]:
    """32 numbers below 2**32; the share in which two texts agree estimates how much they have in common."""
    hashes = [zlib.crc32(piece.encode()) for piece in _shingles(text)]
    if not hashes:
        return ()
    turn = _multipliers()
    return tuple(
        min(((value * turn[2 * place] + turn[2 * place + 1]) >> 13) & _MASK for value in hashes)
        for place in range(PERMUTATIONS)
    )


def bands(text: str, rows: int = 4) -> list[int]:
    """Keys under which near-duplicates meet: two texts that agree to nine tenths share one with probability above 0.99.

    Eight keys below 2**63 for a database's whole numbers; none for a text without letters.
    """
    signs = minhash(text)
    keys = []
    for start in range(0, len(signs), rows):
        data = b"".join(sign.to_bytes(4, "big") for sign in signs[start : start + rows]) + bytes([start])
        keys.append(int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big") >> 1)
    return keys


def likeness(one: str, other: str) -> float:
    """The share of runs of four characters that both texts have (Jaccard), 0 to 1."""
    first, second = _shingles(one), _shingles(other)
    return len(first & second) / len(first | second) if first and second else float(first == second)


def near_duplicate(one: str, other: str, *, least: float = SAME) -> bool:
    """Whether two texts are the same message, with at most a few words changed."""
    short, long = sorted((len(bare(one)), len(bare(other))))
    return short >= least * long and likeness(one, other) >= least
