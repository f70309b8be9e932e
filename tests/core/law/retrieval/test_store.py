"""Arrays on disk: read by stretches and rows as if they were in memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lvzhi.core.law.retrieval.model import IndexRefused
from lvzhi.core.law.retrieval.store import OnDisk, Strings, pack, read, write

SHAPES = st.sampled_from([(0,), (7,), (7, 3), (1, 1), (0, 4)])


@settings(max_examples=40, deadline=None)
@given(SHAPES, st.sampled_from([np.int32, np.uint8, np.float16]), st.integers(0, 9), st.integers(0, 9), st.data())
def test_stretches_and_rows_of_a_file_are_those_of_the_array(
    tmp_path_factory: pytest.TempPathFactory,
    shape: tuple[int, ...],
    kind: type,
    start: int,
    stop: int,
    data: st.DataObject,
) -> None:
    array: NDArray[np.generic] = np.arange(int(np.prod(shape))).reshape(shape).astype(kind)
    path = tmp_path_factory.mktemp("store") / "array.npy"
    np.save(path, array)
    kept = OnDisk(path)
    assert len(kept) == len(array)
    assert np.array_equal(kept[start:stop], array[start:stop])
    rows = np.array(data.draw(st.lists(st.integers(0, len(array) - 1), max_size=5)) if len(array) else [], np.int64)
    assert np.array_equal(kept[rows], array[rows])
    assert np.array_equal(np.asarray(kept, np.float32), array.astype(np.float32))


def test_what_is_read_in_pieces_is_what_was_written(tmp_path: Path) -> None:
    texts = ["第一条", "", "第二条　为了加强监督"]
    blob, ends = pack(texts)
    write(tmp_path, {"blob": blob, "ends": ends}, {})
    arrays, _about = read(tmp_path, {"blob"})
    strings = Strings(arrays["blob"], arrays["ends"])
    assert isinstance(arrays["blob"], OnDisk)
    assert [strings[place] for place in range(len(strings))] == texts


def test_an_opened_array_outlives_the_next_build(tmp_path: Path) -> None:
    write(tmp_path, {"each": np.arange(5)}, {})
    before, _about = read(tmp_path, {"each"})
    write(tmp_path, {"each": np.arange(5, 10)}, {})
    after, _about = read(tmp_path, {"each"})
    assert before["each"][0:5].tolist() == [0, 1, 2, 3, 4]
    assert after["each"][0:5].tolist() == [5, 6, 7, 8, 9]


def test_a_file_that_was_cut_off_is_no_index(tmp_path: Path) -> None:
    write(tmp_path, {"each": np.arange(100)}, {})
    path = next(tmp_path.glob("g*/each.npy"))
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(IndexRefused):
        read(tmp_path, {"each"})
