"""Messages coming in from files: read by their columns, looked at, then replayed as if they had come day by day."""

from lvzhi.work.opinions.imports.columns import COLUMNS, Mapping, column_name, guess
from lvzhi.work.opinions.imports.kept import (
    CHUNK,
    ImportRefused,
    Preview,
    after_confirmed,
    confirm,
    drop_old,
    latest,
    map_columns,
    preview,
    upload,
)
from lvzhi.work.opinions.imports.replay import Options, Outcome, Plan, take
from lvzhi.work.opinions.imports.rows import Broken, Message, parse_instant, read, read_file

__all__ = [
    "CHUNK",
    "COLUMNS",
    "Broken",
    "ImportRefused",
    "Mapping",
    "Message",
    "Options",
    "Outcome",
    "Plan",
    "Preview",
    "after_confirmed",
    "column_name",
    "confirm",
    "drop_old",
    "guess",
    "latest",
    "map_columns",
    "parse_instant",
    "preview",
    "read",
    "read_file",
    "take",
    "upload",
]
