"""What an opinion can be about, and where: the choices of the form, the chips of the board."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from lvzhi.faces.portal.shell import lang
from lvzhi.records.people.models import Body, Congress

CATEGORIES = (
    ("housing", _("住房和小区")),
    ("transport", _("出行和停车")),
    ("environment", _("环境和卫生")),
    ("education", _("托育和教育")),
    ("health", _("医疗和健康")),
    ("elderly", _("养老和助残")),
    ("employment", _("就业和社保")),
    ("facilities", _("市政设施")),
    ("culture", _("文化和体育")),
    ("safety", _("公共安全")),
    ("business", _("营商和消费")),
    ("rural", _("农业和农村")),
    ("governance", _("政务和法治")),
)
"""What a congress begins with; its settings may name others under `categories`."""


def categories(congress: Congress) -> list[tuple[str, str]]:
    """Keys and names of the subjects, in the order they are offered."""
    own = congress.settings.get("categories")
    if isinstance(own, list):
        return [(str(each["key"]), str(each.get(lang()) or each["zh"])) for each in own]
    return [(key, str(name)) for key, name in CATEGORIES]


def category_name(congress: Congress, key: str) -> str:
    """The name of a subject; empty for none or one no longer offered."""
    return dict(categories(congress)).get(key, "")


def areas(congress: Congress) -> Sequence[Body]:
    """The streets and towns of the district. One statement."""
    kinds = [Body.Kind.SUBDISTRICT, Body.Kind.STREET]
    found = list(Body.objects.of(congress).filter(kind__in=kinds, active=True).order_by("slug"))
    offices = [body for body in found if body.kind == Body.Kind.SUBDISTRICT]
    return offices or found
