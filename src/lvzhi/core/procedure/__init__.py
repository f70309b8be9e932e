"""Statutory procedures as data: read them, run them, explain every button and date.

registry = Registry.load()
petition = registry.get("petition", on=date(2026, 3, 5), region="beijing")
step = advance(petition, "", (), "submit", on=date(2026, 3, 5), entry="e1")
runs = apply((), step.events)
reckon(petition.clock("notify"), runs[0], official_calendar()).due
"""

from lvzhi.core.procedure.clocks import (
    ClockValue,
    Explanation,
    Start,
    explain,
    extension_limit,
    reckon,
    reckon_all,
)
from lvzhi.core.procedure.coverage import coverage
from lvzhi.core.procedure.engine import (
    Advance,
    Option,
    advance,
    anchors_after,
    missing_fields,
    options,
    why_not,
)
from lvzhi.core.procedure.errors import ProcedureError, Refused
from lvzhi.core.procedure.graph import dot, mermaid
from lvzhi.core.procedure.loader import Registry, load, rule_ids
from lvzhi.core.procedure.model import (
    Action,
    Choice,
    Citation,
    Clock,
    Duty,
    Extension,
    Field,
    Procedure,
    Role,
    Setting,
    State,
    Text,
    Waiver,
)
from lvzhi.core.procedure.runs import ClockEvent, ClockRun, apply
from lvzhi.core.procedure.show import reference_markdown

__all__ = [
    "Action",
    "Advance",
    "Choice",
    "Citation",
    "Clock",
    "ClockEvent",
    "ClockRun",
    "ClockValue",
    "Duty",
    "Explanation",
    "Extension",
    "Field",
    "Option",
    "Procedure",
    "ProcedureError",
    "Refused",
    "Registry",
    "Role",
    "Setting",
    "Start",
    "State",
    "Text",
    "Waiver",
    "advance",
    "anchors_after",
    "apply",
    "coverage",
    "dot",
    "explain",
    "extension_limit",
    "load",
    "mermaid",
    "missing_fields",
    "options",
    "reckon",
    "reckon_all",
    "reference_markdown",
    "rule_ids",
    "why_not",
]
