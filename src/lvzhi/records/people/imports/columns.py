"""The columns of the two tables: their names, what else they are called, and which must be there."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from lvzhi.core.table import Row, Table
from lvzhi.records.people.imports.plan import ImportRefused, Kind

KEY: Final = "编号"
BODY_NAME: Final = "名称"
SHORT: Final = "简称"
BODY_KIND: Final = "类别"
PARENT: Final = "上级"

NAME: Final = "姓名"
BODY: Final = "所在机构"
ROLE: Final = "职务"
TITLE: Final = "职务名称"
CONSTITUENCY: Final = "选区"
TERM: Final = "届次"
SINCE: Final = "起始"
UNTIL: Final = "截止"
USERNAME: Final = "用户名"
EMAIL: Final = "电子邮箱"

COLUMNS: Final[dict[Kind, tuple[str, ...]]] = {
    "bodies": (KEY, BODY_NAME, SHORT, BODY_KIND, PARENT),
    "people": (KEY, NAME, BODY, ROLE, TITLE, CONSTITUENCY, TERM, SINCE, UNTIL, USERNAME, EMAIL),
}
REQUIRED: Final[dict[Kind, tuple[str, ...]]] = {
    "bodies": (KEY, BODY_NAME, BODY_KIND),
    "people": (KEY, NAME, ROLE),
}
_ALSO: Final[dict[Kind, dict[str, str]]] = {
    "bodies": {
        "key": KEY, "slug": KEY, "机构编号": KEY, "name": BODY_NAME, "机构名称": BODY_NAME, "short": SHORT,
        "kind": BODY_KIND, "机构类别": BODY_KIND, "parent": PARENT, "上级机构": PARENT,
    },
    "people": {
        "key": KEY, "slug": KEY, "代表编号": KEY, "name": NAME, "body": BODY, "机构": BODY, "单位": BODY,
        "role": ROLE, "title": TITLE, "constituency": CONSTITUENCY, "term": TERM, "届": TERM,
        "since": SINCE, "起始日期": SINCE, "until": UNTIL, "截止日期": UNTIL,
        "username": USERNAME, "login": USERNAME, "email": EMAIL, "邮箱": EMAIL,
    },
}  # fmt: skip


def place_columns(kind: Kind, table: Table) -> tuple[dict[str, str], tuple[str, ...]]:
    """The file's header for each known column, and sentences about headers that are not used.

    Raises ImportRefused('columns') when a required column is missing or one is there under two names.
    """
    places: dict[str, str] = {}
    unused: list[str] = []
    for header in table.headers:
        plain = header.casefold().removesuffix("*").split("(", 1)[0].split("（", 1)[0]
        column = plain if plain in COLUMNS[kind] else _ALSO[kind].get(plain)
        if column is None:
            unused.append(header)
        elif column in places:
            raise ImportRefused(
                "columns",
                _("“%(first)s”和“%(second)s”两列是同一个意思，请只保留一列。")
                % {"first": places[column], "second": header},
            )
        else:
            places[column] = header
    missing = [column for column in REQUIRED[kind] if column not in places]
    if missing:
        sentence = _("表格缺少这些列：%(missing)s。可以用的列是：%(known)s。")
        raise ImportRefused("columns", sentence % {"missing": "、".join(missing), "known": "、".join(COLUMNS[kind])})
    if not unused:
        return places, ()
    return places, (_("这些列没有用到：%(unused)s。") % {"unused": "、".join(unused)},)


def cell(row: Row, places: dict[str, str], column: str) -> str:
    """The text of one cell on one line; "" when the file has no such column."""
    header = places.get(column)
    return " ".join(row.cells[header].split()) if header else ""
