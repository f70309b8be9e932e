"""The two steps: preview writes nothing, apply does exactly what a preview showed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from lvzhi.core.table import Table
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.imports.bodies import plan_bodies
from lvzhi.records.people.imports.columns import place_columns
from lvzhi.records.people.imports.people import plan_people
from lvzhi.records.people.imports.plan import ImportRefused, Kind, Planned, Preview, Result, Setting
from lvzhi.records.people.models import Congress
from lvzhi.records.people.rules import may_import_people

_PLANNERS: Mapping[Kind, Callable[[Table, dict[str, str], Setting], Planned]] = {
    "bodies": plan_bodies,
    "people": plan_people,
}


def preview(
    kind: Kind, table: Table, *, congress: Congress, actor: Actor, on: date, roles: Mapping[str, str]
) -> Preview:
    """What importing `table` would do; writes nothing, at most 7 queries however many rows.

    `roles` maps each role's key to its Chinese name (procedures/roles.yaml). `on` is the day an office begins
    whose row gives no other. Raises ImportRefused for an actor who may not, and for missing columns.
    """
    return _plan(kind, table, Setting(congress, actor, on, roles))[0]


def apply(planned: Preview, *, actor: Actor, congress: Congress, at: datetime, expected: str | None = None) -> Result:
    """Do what `planned` says, whole or not at all; a second time all is the same and nothing is written.

    The rows are planned anew inside the transaction: if that gives anything but the fingerprint of the
    preview (or `expected`, the fingerprint a page has shown), ImportRefused('changed') is raised; ('errors')
    if a row has an error; ('not_allowed') for an actor who may not.
    """
    setting = Setting(congress, actor, planned.setting.on, planned.setting.roles)
    try:
        with transaction.atomic():
            # One import at a time in a congress; other rows of the congress may still be written meanwhile.
            Congress.objects.select_for_update(no_key=True).get(pk=congress.pk)
            fresh, write = _plan(planned.kind, planned.table, setting)
            if fresh.fingerprint != (expected or planned.fingerprint):
                raise _changed()
            if not fresh.ready:
                sentence = _("有 %(count)s 行不能导入，整个文件都没有导入。请按提示改好后重新上传。")
                raise ImportRefused("errors", sentence % {"count": fresh.counts["error"]})
            write()
    except IntegrityError as error:
        # Somebody else took a number, a name or a username between the planning and the writing.
        raise _changed() from error
    return Result(counts=fresh.counts, at=at)


def _plan(kind: Kind, table: Table, setting: Setting) -> tuple[Preview, Callable[[], None]]:
    why_not = may_import_people.why_not(setting.actor, setting.congress)
    if why_not:
        raise ImportRefused("not_allowed", why_not)
    places, notices = place_columns(kind, table)
    planned = _PLANNERS[kind](table, places, setting)
    return Preview(kind, table, setting, planned.rows, notices), planned.write


def _changed() -> ImportRefused:
    return ImportRefused("changed", _("预览之后，资料有了变化。没有导入任何一行，请重新上传并再看一次预览。"))
