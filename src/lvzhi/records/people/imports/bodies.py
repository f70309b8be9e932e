"""Planning a table of bodies. One query however many rows."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from lvzhi.core.table import Table
from lvzhi.records.people.imports.columns import BODY_KIND, BODY_NAME, KEY, PARENT, SHORT
from lvzhi.records.people.imports.draft import Draft, refuse_repeats
from lvzhi.records.people.imports.plan import Planned, Setting
from lvzhi.records.people.models import Body

SHORT_LIMIT = 30


def plan_bodies(table: Table, places: dict[str, str], setting: Setting) -> Planned:
    """Compare every row with the bodies of the congress."""
    work = _Work(setting)
    drafts = [work.draft(Draft(row, places)) for row in table.rows]
    refuse_repeats(drafts, KEY)
    refuse_repeats(drafts, BODY_NAME)
    for draft in drafts:
        work.settle_parent(draft)
    for draft in drafts:
        work.refuse_circle(draft)
    return Planned(tuple(draft.plan() for draft in drafts), work.write)


def kind_names() -> dict[str, str]:
    """The Chinese name of each kind of body by its key, whatever language the reader has."""
    with override("zh-hans"):
        return {kind.value: str(kind.label) for kind in Body.Kind}


class _Work:
    """The bodies as they are and as they would be."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        known = list(Body.objects.of(setting.congress).order_by("slug"))
        self.by_key = {body.slug: body for body in known}
        self.by_id = {body.pk: body for body in known}
        self.owner = {body.name: body.slug for body in known}
        self.kinds = kind_names()
        self.kind_by_name = {name: key for key, name in self.kinds.items()}
        self.planned: dict[str, Body] = {}
        self.made: list[Body] = []
        self.changed: dict[str, Body] = {}

    def draft(self, draft: Draft) -> Draft:
        """Plan everything but the parent, which may stand further down."""
        name = draft.text(BODY_NAME, limit=80, required=True)
        short = draft.text(SHORT, limit=SHORT_LIMIT)
        kind = self._kind(draft)
        body = self.by_key.get(draft.key)
        draft.new = body is None
        if name and self.owner.get(name, draft.key) != draft.key:
            sentence = _("名称“%(name)s”已经是编号 %(key)s 的机构在用。")
            draft.error(BODY_NAME, sentence % {"name": name, "key": self.owner[name]})
        if body is None:
            body = Body(congress=self.setting.congress, slug=draft.key, active=True)
            self.made.append(body)
            short = short or name
            if len(short) > SHORT_LIMIT and len(name) <= 80:
                sentence = _("名称超过 %(limit)s 个字，请另填简称。")
                draft.error(SHORT, sentence % {"limit": SHORT_LIMIT})
        draft.settle(BODY_NAME, body.name, name)
        draft.settle(SHORT, body.short, short or body.short)
        draft.settle(BODY_KIND, self.kinds.get(body.kind, ""), self.kinds.get(kind, ""))
        body.name, body.short, body.kind = name, short or body.short, kind
        self.planned.setdefault(draft.key, body)
        return draft

    def _kind(self, draft: Draft) -> str:
        text = draft.text(BODY_KIND, limit=20, required=True)
        kind = text if text in self.kinds else self.kind_by_name.get(text, "")
        if text and not kind:
            sentence = _("没有“%(kind)s”这个类别。可以填：%(known)s。")
            draft.error(BODY_KIND, sentence % {"kind": text, "known": "、".join(self.kinds.values())})
        return kind

    def settle_parent(self, draft: Draft) -> None:
        """Find the body above among those known and those of the table; an empty cell changes nothing."""
        body = self.planned[draft.key]
        text = draft.text(PARENT, limit=80)
        old = self.by_id.get(body.parent_id) if body.parent_id else None
        parent = self._find(text) if text else old
        if text and parent is None:
            draft.error(PARENT, _("找不到上级机构“%(name)s”。请填已有机构的编号或名称。") % {"name": text})
        draft.settle(PARENT, old.name if old else "", parent.name if parent else "")
        body.parent_id = parent.pk if parent else None
        if draft.changes:
            self.changed[draft.key] = body

    def _find(self, text: str) -> Body | None:
        if found := self.planned.get(text) or self.by_key.get(text):
            return found
        everyone = [*self.planned.values(), *(b for k, b in self.by_key.items() if k not in self.planned)]
        return next((body for body in everyone if body.name == text), None)

    def refuse_circle(self, draft: Draft) -> None:
        """A body may not stand above itself, not even through others."""
        everyone = self.by_id | {body.pk: body for body in self.planned.values()}
        start = self.planned[draft.key]
        seen = {start.pk}
        above = everyone.get(start.parent_id) if start.parent_id else None
        while above is not None and above.pk not in seen:
            seen.add(above.pk)
            above = everyone.get(above.parent_id) if above.parent_id else None
        if above is not None and above.pk == start.pk:
            draft.error(PARENT, _("上级关系绕成了一圈：“%(name)s”最后成了自己的上级。") % {"name": start.name})

    def write(self) -> None:
        """Two statements, more only where the database bounds their length."""
        bodies = Body.objects.of(self.setting.congress)
        if self.made:
            Body.objects.bulk_create(self.made)
        if self.changed:
            bodies.bulk_update(self.changed.values(), ["name", "short", "kind", "parent"])
