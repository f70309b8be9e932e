"""Arrays and strings on disk, opened without reading them: what is not looked at costs no memory.

Small arrays that every query goes through are mapped into memory. Large ones of which a query wants a few pieces are
read piece by piece: the system keeps what is asked often in its own memory, and the process holds none of it.

A folder holds generations and a file that names the current one; a build writes the next beside it and changes the name
last, so a reader sees the old index or the new one and never half of either.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol, overload

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval.model import IndexRefused

CURRENT = "current"
FORMAT = 4
Array = NDArray[Any]


class Sliced(Protocol):
    """An array in memory, or one on disk: of either a stretch can be had."""

    def __len__(self) -> int: ...

    def __getitem__(self, span: slice) -> Array: ...


class OnDisk:
    """An array in a file, of one or two dimensions, read by stretches or by rows. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            version = np.lib.format.read_magic(file)
            header = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
            self.shape, turned, self.dtype = header(file)
            if turned or self.dtype.hasobject:
                raise ValueError(f"{path}: not an array that can be read by rows")
            self._begin = file.tell()
            self._row = self.dtype.itemsize * int(np.prod(self.shape[1:], dtype=np.int64))
            if path.stat().st_size < self._begin + self._row * self.shape[0]:
                raise ValueError(f"{path}: shorter than it says")
            self._file = os.dup(file.fileno())

    def __del__(self) -> None:
        if (file := getattr(self, "_file", None)) is not None:
            os.close(file)

    def __len__(self) -> int:
        return int(self.shape[0])

    @overload
    def __getitem__(self, rows: slice) -> Array: ...
    @overload
    def __getitem__(self, rows: NDArray[np.integer[Any]]) -> Array: ...
    def __getitem__(self, rows: slice | NDArray[np.integer[Any]]) -> Array:
        if not isinstance(rows, slice):
            file, size, begin = self._file, self._row, self._begin
            told = b"".join([os.pread(file, size, begin + row * size) for row in rows.tolist()])
            return np.frombuffer(told, self.dtype).reshape(-1, *self.shape[1:])
        start, stop, step = rows.indices(len(self))
        if step != 1:
            raise IndexError("only stretches can be read")
        return self._read(start, max(start, stop))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Array:
        found = self._read(0, len(self))
        return found if dtype is None else found.astype(dtype)

    def _read(self, start: int, stop: int) -> Array:
        wanted = (stop - start) * self._row
        read = os.pread(self._file, wanted, self._begin + start * self._row)
        if len(read) < wanted:
            raise OSError("an index file became shorter while it was read")
        return np.frombuffer(read, self.dtype).reshape(stop - start, *self.shape[1:])


class Strings:
    """Texts in one file, each found by its number."""

    def __init__(self, blob: Sliced, ends: NDArray[np.int64]) -> None:
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


def read(folder: Path, pieces: Collection[str] = ()) -> tuple[dict[str, Any], dict[str, Any]]:
    """The current generation, and what was said about it. Raises IndexRefused where there is none that can be read.

    Arrays are mapped into memory; those named in `pieces` come as `OnDisk`.
    """
    try:
        made = folder / (folder / CURRENT).read_text("utf-8").strip()
        about = json.loads((made / "about.json").read_text("utf-8"))
        if about.get("format") != FORMAT:
            raise IndexRefused(f"索引是另一版本的程序建的，请重新运行 lvzhi laws index：{folder}")
        arrays = {each.stem: OnDisk(each) if each.stem in pieces else _map(each) for each in sorted(made.glob("*.npy"))}
    except (OSError, ValueError) as error:
        raise IndexRefused(f"没有可用的检索索引，请先运行 lvzhi laws index：{folder}") from error
    return arrays, about


def _map(path: Path) -> Array:
    try:
        found: Array = np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError:  # an empty array cannot be mapped
        found = np.load(path, allow_pickle=False)
    return found.view(np.ndarray)
