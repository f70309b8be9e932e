"""How many of the statutory steps the procedure files reach."""

from collections.abc import Iterable
from typing import Any

from lvzhi.core.procedure.loader import Registry


def coverage(registry: Registry, rules: Iterable[str]) -> dict[str, Any]:
    """Per procedure of the list, how many of its rule ids some file reaches.

    A rule counts as reached if an action, clock, duty or setting of any edition or overlay rests on
    it. Shape: {"procedures": {id: {"reached": n, "total": n, "missing": [ids]}}, "reached": n,
    "total": n}.
    """
    found = frozenset[str]().union(*(procedure.rule_ids() for procedure in registry.procedures.values()))
    grouped: dict[str, list[str]] = {}
    for rule in sorted(rules):
        grouped.setdefault(rule.partition(".")[0], []).append(rule)
    procedures = {
        name: {
            "reached": sum(rule in found for rule in group),
            "total": len(group),
            "missing": [rule for rule in group if rule not in found],
        }
        for name, group in grouped.items()
    }
    everything = [rule for group in grouped.values() for rule in group]
    return {
        "procedures": procedures,
        "reached": sum(rule in found for rule in everything),
        "total": len(everything),
    }
