"""Bodies that join in a matter beside the one that is responsible for it (会办).

They stand in `Matter.bound` under keys of their own, so that every question about a matter is still answered from its
row. A body that has given its contribution stays bound, and so keeps its view, but waits for nothing any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from lvzhi.records.people.models import Body

ROLE: Final = "co_body"
_WAITED_FOR, _DONE = "co.", "did."


def role_of(body: Body) -> str:
    """The role by which the body's own people find the matter on their worklist."""
    return "supervised_body" if body.is_supervised else "working_body"


def join(bound: dict[str, str], body: Body) -> bool:
    """Bind a body that joins in; False when it has joined before and its contribution is still awaited."""
    if str(body.pk) in waiting(bound).values():
        return False
    for key, value in list(bound.items()):
        if key.startswith(_DONE) and value == str(body.pk):
            del bound[key]
    place = sum(key.startswith((_WAITED_FOR, _DONE)) for key in bound) + 1
    while any(key.endswith(f".{place}") for key in bound):
        place += 1
    bound[f"{_WAITED_FOR}{role_of(body)}.{place}"] = str(body.pk)
    return True


def contributed(bound: dict[str, str], bodies: frozenset[UUID]) -> None:
    """Note that these bodies have given their contribution."""
    for key, value in list(bound.items()):
        if key.startswith(_WAITED_FOR) and UUID(value) in bodies:
            bound[_DONE + key.removeprefix(_WAITED_FOR)] = bound.pop(key)


def released(bound: dict[str, str]) -> None:
    """Let every body that joined go: the matter goes to another responsible body, which invites anew."""
    for key in [key for key in bound if key.startswith((_WAITED_FOR, _DONE))]:
        del bound[key]


def waiting(bound: Mapping[str, str]) -> dict[str, str]:
    """Worklist keys of the bodies whose contribution is awaited, with their ids: {"supervised_body:<id>": "<id>"}."""
    return {
        f"{key.removeprefix(_WAITED_FOR).rpartition('.')[0]}:{value}": value
        for key, value in bound.items()
        if key.startswith(_WAITED_FOR)
    }


def joined(bound: Mapping[str, UUID] | Mapping[str, str]) -> set[UUID]:
    """Every body that joined, whether or not it has contributed."""
    return {UUID(str(value)) for key, value in bound.items() if key.startswith((_WAITED_FOR, _DONE))}
