"""Tables that offices send: a .csv or .xlsx in, rows of clean text out, or one sentence why not.

Nothing here knows what a column means. A caller reads with `read_table`, turns a cell into a day with
`parse_day`, and writes a table out with `write_table`, whose cells no spreadsheet will run.
"""

from lvzhi.core.table.days import FIRST_YEAR, LAST_YEAR, parse_day
from lvzhi.core.table.delimited import write_table
from lvzhi.core.table.reading import read_table
from lvzhi.core.table.refusal import TableRefused
from lvzhi.core.table.shape import Limits, Row, Table

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Limits",
    "Row",
    "Table",
    "TableRefused",
    "parse_day",
    "read_table",
    "write_table",
]
