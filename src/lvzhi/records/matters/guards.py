"""Whether what an action waits for has happened, read from the matter itself.

A procedure names its guards and the sentence for when one is not satisfied. A guard that no function here knows is
not satisfied unless the line of business vouches for it when it calls `perform`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lvzhi.core.procedure import Action
from lvzhi.records.matters.models import Matter


def _contact_logged(matter: Matter) -> bool:
    """北京市人民代表大会代表建议、批评和意见办理条例 第十九条: the unit talks with the deputy before it replies."""
    return matter.entries.filter(action="log_contact").exists()


def _cosigners_confirmed(matter: Matter) -> bool:
    """第十一条: every co-signer confirms in person; a suggestion of one deputy has nobody to wait for."""
    return not matter.parties.filter(role="cosigner").exists()


def _not_designated(matter: Matter) -> bool:
    """信访工作条例 第二十四条: what the common superior has decided is not objected to again. No statement."""
    return not any(event["action"] == "designate" for run in matter.clocks for event in run["events"])


def _disputed(matter: Matter) -> bool:
    """Two bodies or more have said in turn that the matter is not theirs. No statement."""
    objected = [
        event for run in matter.clocks if run["clock"] == "object" for event in run["events"] if event["kind"] == "met"
    ]
    return len(objected) >= 2


KNOWN: dict[str, Callable[[Matter], bool]] = {
    "contact_logged": _contact_logged,
    "cosigners_confirmed": _cosigners_confirmed,
    "not_designated": _not_designated,
    "disputed": _disputed,
}


def satisfied(matter: Matter, *actions: Action) -> dict[str, object]:
    """The guards of these actions that are satisfied. One statement a guard; none for actions without guards."""
    return satisfied_among(matter, (guard for action in actions for guard in action.guards))


def satisfied_among(matter: Matter, guards: Iterable[str]) -> dict[str, object]:
    """Which of these guards are satisfied."""
    return {guard: True for guard in dict.fromkeys(guards) if guard in KNOWN and KNOWN[guard](matter)}
