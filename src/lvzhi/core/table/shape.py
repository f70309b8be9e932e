"""What a table is once it has been read. All values are immutable."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken in. `size`, `unpacked`: bytes; `cell`, `text`: characters, of one cell and of all."""

    size: int = 5 << 20
    rows: int = 20_000
    columns: int = 60
    cell: int = 2_000
    text: int = 20_000_000
    unpacked: int = 64 << 20


@dataclass(frozen=True, slots=True)
class Row:
    """One row of text by header.

    `number` is the row's number as a spreadsheet shows it (the header of a plain table is row 1). A cell is
    trimmed, NFC, and free of invisible signs; "" when empty. `formulas` names the headers of cells that a
    spreadsheet would run: they are kept with a leading apostrophe and a caller should refuse the row.
    `cleaned` names the headers of cells from which invisible signs were removed.
    """

    number: int
    cells: Mapping[str, str]
    formulas: tuple[str, ...] = ()
    cleaned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Headers, each once, and the rows that are not blank, in the order of the file."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
