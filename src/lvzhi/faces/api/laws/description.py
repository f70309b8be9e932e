"""OpenAPI 3.1 of the law library."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import gettext as _

from lvzhi.core.law import exports
from lvzhi.faces.api.laws.files import MEDIA
from lvzhi.work.statutes.models import Kind, Level

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
ADDRESS: Schema = {"type": "string", "format": "uri"}
DAY: Schema = {"type": "string", "format": "date"}
MAYBE_DAY: Schema = {"type": ["string", "null"], "format": "date"}
MAYBE: Schema = {"type": ["string", "null"]}
STATUS: Schema = {"enum": ["in_force", "not_yet_in_force", "amended", "repealed", "unknown"]}


def paths() -> Schema:
    """What can be asked, by address."""
    slug = _named("slug", _("法律的名称，去掉“中华人民共和国”"))
    day = _named("day", _("版本的日期"), format="date")
    on = _asked("on", _("按哪一天算，不写就是今天"), format="date")
    file_form = {"name": "form", "in": "path", "required": True, "schema": {"enum": list(MEDIA)}}
    return {
        "/api/v1/laws/": _get(_("库里的法律、法规和文件"), "Laws", [on, *_filters()]),
        "/api/v1/laws/{slug}": _get(_("一部法律和它的各个版本"), "Law", [slug, on]),
        "/api/v1/laws/{slug}/editions": _get(_("各个版本，旧的在前"), "Editions", [slug, on]),
        "/api/v1/laws/{slug}/editions/{day}": _text(_("一个版本的全文，用 Accept 头选格式"), [slug, day], 406),
        "/api/v1/laws/{slug}/units/{eid}": _get(
            _("一个条款：原文、它引用的、引用它的"),
            "Unit",
            [
                slug,
                _named("eid", _("条款编号，例如 art_30__para_2"), pattern="^[a-z][a-z0-9_-]{0,79}$"),
                _asked("edition", _("哪一天的版本"), format="date"),
                _asked("on", _("哪一天有效的版本"), format="date"),
            ],
        ),
        "/api/v1/laws/{slug}/compare": _get(
            _("两个版本逐条对照"),
            "Comparison",
            [
                slug,
                {**_asked("old", _("旧版本的日期"), format="date"), "required": True},
                {**_asked("new", _("新版本的日期"), format="date"), "required": True},
            ],
            429,
        ),
        "/law/{slug}/@{day}.{form}": _text(_("一个版本的全文文件"), [slug, day, file_form]),
        "/law/{slug}/compare/{old}..{new}.{form}": _paper(slug),
    }


def _paper(slug: Schema) -> Schema:
    kinds: Schema = {"application/vnd.openxmlformats-officedocument." + each: {} for each in (
        "wordprocessingml.document", "spreadsheetml.sheet",
    )}  # fmt: skip
    days = [_named(name, about, format="date") for name, about in (("old", _("旧版本")), ("new", _("新版本")))]
    form = {"name": "form", "in": "path", "required": True, "schema": {"enum": ["docx", "xlsx"]}}
    only = _asked("changes", _("1 表示只列有变动的条文"), enum=["1"])
    answers = {"200": {"description": "OK", "content": kinds}, **_refusals(404, 429)}
    about = _("两个版本的对照表，Word 或者 Excel")
    return {"get": {"summary": about, "parameters": [slug, *days, form, only], "responses": answers}}


def _filters() -> list[Schema]:
    return [
        _asked("kind", _("种类"), enum=list(Kind.values)),
        _asked("level", _("层级"), enum=list(Level.values)),
        _asked("region", _("地方，例如 明川市")),
        _asked("status", _("效力"), enum=["in_force", "not_yet_in_force", "repealed"]),
        _asked("q", _("名称里的字，几个用空格分开")),
        {**_asked("limit", _("一页多少部，最多 200")), "schema": {"type": "integer", "minimum": 1, "maximum": 200}},
        _asked("after", _("从哪一部接着看；用 next 里给的地址")),
    ]


def _named(name: str, about: str, **schema: object) -> Schema:
    return {
        "name": name, "in": "path", "required": True, "description": about, "schema": {"type": "string", **schema},
    }  # fmt: skip


def _asked(name: str, about: str, **schema: object) -> Schema:
    return {"name": name, "in": "query", "description": about, "schema": {"type": "string", **schema}}


def _refusals(*codes: int) -> Schema:
    told = {"application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/Error"}}}}
    return {str(code): {"description": _("说明哪里不对"), "content": told} for code in codes}


def _get(summary: str, schema: str, parameters: list[Schema], *codes: int) -> Schema:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    answers = {"200": {"description": "OK", "content": content}, **_refusals(400, 404, *codes)}
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}


def _text(summary: str, parameters: list[Schema], *codes: int) -> Schema:
    content: Schema = {media: {} for media in MEDIA.values()}
    content["application/json"] = {"schema": {"$ref": "#/components/schemas/LawText"}}
    kept = {"ETag": {"schema": TEXT}, "Last-Modified": {"schema": TEXT}}
    answers = {
        "200": {"description": "OK", "headers": kept, "content": content},
        "304": {"description": _("没有变")},
        **_refusals(404, 429, *codes),
    }
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}


def schemas() -> Schema:
    """The shapes of the answers."""
    work = {
        "key": TEXT, "slug": TEXT, "title": TEXT, "kind": {"enum": list(Kind.values)},
        "level": {"enum": list(Level.values)}, "region": TEXT, "organ": TEXT, "number": TEXT, "status": STATUS,
        "first_day": MAYBE_DAY, "repealed_since": MAYBE_DAY, "repealed_by": MAYBE, "iri": TEXT, "url": ADDRESS,
        "page": ADDRESS,
    }  # fmt: skip
    many = {"type": "array", "items": {"$ref": "#/components/schemas/LawEdition"}}
    return {
        "LawWork": _object(work),
        "Law": _object({**work, "editions": many}),
        "Laws": _object({
            "on": DAY, "laws": {"type": "array", "items": {"$ref": "#/components/schemas/LawWork"}}, "next": MAYBE,
        }),
        "Editions": _object({"editions": many}),
        "LawEdition": _object({
            "date": DAY, "title": TEXT, "effective": DAY,
            "effective_basis": {"enum": ["text", "publication", "edition", "unknown"]}, "closed_on": MAYBE_DAY,
            "status": STATUS, "number": TEXT, "articles": NUMBER, "characters": NUMBER,
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "published_at": MAYBE, "iri": TEXT,
            "url": ADDRESS, "page": ADDRESS, "files": _object(dict.fromkeys(MEDIA, ADDRESS)),
        }),
        "LawText": _law_text(),
        **_units(),
        **_comparison(),
    }  # fmt: skip


def _law_text() -> Schema:
    """The schema of exported texts, its own definitions found from the root of this document."""
    text = json.dumps(exports.schema()).replace("#/$defs/", "#/components/schemas/LawText/$defs/")
    return {name: value for name, value in json.loads(text).items() if name not in ("$id", "$schema")}


def _units() -> Schema:
    near = _object({"eid": TEXT, "url": ADDRESS})
    cited = exports.schema()["properties"]["citations"]["items"]["properties"]
    return {
        "Unit": _object({
            "eid": TEXT, "level": TEXT, "number": TEXT, "label": TEXT, "heading": TEXT, "cited_as": TEXT, "text": TEXT,
            "edition": DAY, "permalink": ADDRESS, "url": ADDRESS, "parent": {"anyOf": [near, {"type": "null"}]},
            "children": {"type": "array", "items": near},
            "citations": {"type": "array", "items": _object({**cited, "edition": MAYBE_DAY})},
            "cited_by": {"type": "array", "items": {"$ref": "#/components/schemas/CitedBy"}},
            "cited_by_more": FLAG,
        }),
        "CitedBy": _object({
            "work": TEXT, "title": TEXT, "edition": DAY, "unit": TEXT, "eid": TEXT, "outcome": TEXT,
            "permalink": ADDRESS,
        }),
    }  # fmt: skip


def _comparison() -> Schema:
    side = _object(dict.fromkeys(("eid", "label", "text", "chapter", "address"), TEXT))
    sides = {"type": "array", "items": side}
    piece = _object({"mark": {"enum": ["same", "deleted", "inserted"]}, "text": TEXT})
    changes = ["same", "renumbered", "amended", "split", "merged", "added", "deleted"]
    row = _object({
        "change": {"enum": changes}, "note": TEXT, "moved": FLAG, "similarity": {"type": "number"}, "old": sides,
        "new": sides, "pieces": {"type": "array", "items": piece},
    })  # fmt: skip
    counted = ("before", "after", "added", "deleted", "amended", "split", "merged", "renumbered", "same")
    return {
        "Comparison": _object({
            "work": TEXT, "old": DAY, "new": DAY, "figures": _object(dict.fromkeys(counted, NUMBER)),
            "rows": {"type": "array", "items": row},
        }),
    }  # fmt: skip


def _object(fields: Schema) -> Schema:
    return {"type": "object", "required": list(fields), "properties": fields, "additionalProperties": False}
