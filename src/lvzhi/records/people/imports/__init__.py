"""Bodies and people out of tables, in two steps: look at what would happen, then let it happen.

`preview` reads and compares and writes nothing; `apply` does what a preview showed, whole or not at all. A
page calls `upload` and `confirm`, which keep the file sealed between the two steps.
"""

from lvzhi.records.people.imports.columns import COLUMNS, REQUIRED
from lvzhi.records.people.imports.pending import LIMITS, Uploaded, confirm, drop_old, upload
from lvzhi.records.people.imports.plan import (
    Change,
    ImportRefused,
    Kind,
    Preview,
    Result,
    RowError,
    RowPlan,
)
from lvzhi.records.people.imports.report import export_errors_csv, template_csv
from lvzhi.records.people.imports.run import apply, preview

__all__ = [
    "COLUMNS",
    "LIMITS",
    "REQUIRED",
    "Change",
    "ImportRefused",
    "Kind",
    "Preview",
    "Result",
    "RowError",
    "RowPlan",
    "Uploaded",
    "apply",
    "confirm",
    "drop_old",
    "export_errors_csv",
    "preview",
    "template_csv",
    "upload",
]
