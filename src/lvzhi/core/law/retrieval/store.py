"""Arrays and strings on disk, opened without reading them: what is not looked at costs no memory.

A folder holds generations and a file that names the current one; a build writes the next beside it and changes the name
last, so a reader sees the old index or the new one and never half of either.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval.model import IndexRefused

CURRENT = "current"
FORMAT = 3
Array = NDArray[Any]


class Strings:
    """Texts in one file, each found by its number."""

    def __init__(self, blob: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        self._blob = blob
        self._ends = ends

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, place: int) -> str:
        return self.raw(place).decode()

    def raw(self, place: int) -> bytes:
        """The text as UTF-8, without decoding it."""
        start = int(self._ends[place - 1]) if place else 0
        return self._blob[start : int(self._ends[place])].tobytes()


def pack(texts: Iterable[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Texts as `Strings` keeps them."""
    encoded = [text.encode("utf-8", "replace") for text in texts]
    ends = np.cumsum([len(each) for each in encoded], dtype=np.int64) if encoded else np.zeros(0, np.int64)
    return np.frombuffer(b"".join(encoded) or b"\0", np.uint8), ends


def write(folder: Path, arrays: Mapping[str, Array], about: Mapping[str, Any]) -> int:
    """Write a generation and make it the current one; return its bytes. Older generations are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    before = {each.name for each in folder.glob("g*") if each.is_dir()}
    name = f"g{max((int(each[1:]) for each in before if each[1:].isdigit()), default=0) + 1}"
    made = folder / name
    made.mkdir()
    for title, array in arrays.items():
        np.save(made / f"{title}.npy", array, allow_pickle=False)
    (made / "about.json").write_text(json.dumps({"format": FORMAT, **about}, ensure_ascii=False), "utf-8")
    pointer = folder / f"{CURRENT}.new"
    pointer.write_text(name, "utf-8")
    pointer.replace(folder / CURRENT)
    for old in before:
        shutil.rmtree(folder / old, ignore_errors=True)
    return sum(each.stat().st_size for each in made.iterdir())


def read(folder: Path) -> tuple[dict[str, Array], dict[str, Any]]:
    """The current generation, memory-mapped. Raises IndexRefused where there is none, or one of another format."""
    try:
        made = folder / (folder / CURRENT).read_text("utf-8").strip()
        about = json.loads((made / "about.json").read_text("utf-8"))
        if about.get("format") != FORMAT:
            raise IndexRefused(f"索引是另一版本的程序建的，请重新运行 lvzhi laws index：{folder}")
        arrays = {each.stem: _map(each) for each in sorted(made.glob("*.npy"))}
    except (OSError, ValueError) as error:
        raise IndexRefused(f"没有可用的检索索引，请先运行 lvzhi laws index：{folder}") from error
    return arrays, about


def _map(path: Path) -> Array:
    try:
        found: Array = np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError:  # an empty array cannot be mapped
        found = np.load(path, allow_pickle=False)
    return found.view(np.ndarray)
