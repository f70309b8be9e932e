"""OpenAPI 3.1 of what there is for programs: this face, the feeds and the file of figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.faces.api.laws import description as laws
from lvzhi.faces.signin.acting import congress_of

TEXT: dict[str, Any] = {"type": "string"}
MAYBE: dict[str, Any] = {"type": ["string", "null"]}
FORM = {"name": "form", "in": "path", "required": True, "schema": {"enum": ["json", "xml"]}}


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    """The description, in the reader's language. No statement."""
    response = JsonResponse(
        described(congress_of(request).name), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def described(name: str) -> dict[str, Any]:
    """The document. `name` is the congress."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _("%(name)s：公开的群众意见和法律法规") % {"name": name},
            "version": "2",
            "description": _("只有公开栏上有的；姓名、电话、住址都已遮住。提交和网上的表走同一个办法、同样的限额。"),
        },
        "paths": {
            "/api/open311/v2/discovery.{form}": _get(_("服务在哪里"), "Discovery", [FORM]),
            "/api/open311/v2/services.{form}": _get(
                _("可以说哪些事"), "Service", [FORM, _query("jurisdiction_id", "")]
            ),
            "/api/open311/v2/requests.{form}": {
                **_get(_("公开的意见，新的在前"), "Request", [FORM, *_filters()]),
                "post": _post(),
            },
            "/api/open311/v2/requests/{number}.{form}": _get(
                _("一条公开的意见"), "Request", [FORM, _path("number", r"^\d{4}-\d{4,7}$")], missing=True
            ),
            "/opinions/feed.atom": _file("application/atom+xml", _("最近公开的 30 件，筛选和公开栏一样")),
            "/opinions/feed.rss": _file("application/rss+xml", _("最近公开的 30 件，筛选和公开栏一样")),
            "/figures/opinions.csv": _file("text/csv", _("一年的统计")),
            **laws.paths(),
        },
        "components": {"schemas": {**_schemas(), **laws.schemas()}},
    }


def _path(name: str, pattern: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "pattern": pattern}}


def _query(name: str, about: str, **schema: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": about, "schema": {"type": "string", **schema}}


def _filters() -> list[dict[str, Any]]:
    return [
        _query("jurisdiction_id", ""),
        _query("service_request_id", _("编号，几个用逗号分开，最多 50 个")),
        _query("service_code", ""),
        _query("status", _("open 正在办，closed 已答复"), enum=["open", "closed"]),
        _query("start_date", _("从什么时候公开的起"), format="date-time"),
        _query("end_date", _("到什么时候公开的为止"), format="date-time"),
        _query("after", _("从哪一条接着看；用 Link 头里给的地址")),
    ]


def _answers(schema: str, *codes: int) -> dict[str, Any]:
    def told(name: str) -> dict[str, Any]:
        listed = {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}
        return {"application/json": {"schema": listed}, "text/xml": {}}

    found: dict[str, Any] = {"200": {"description": "OK", "content": told(schema)}}
    found |= {str(code): {"description": _("说明哪里不对"), "content": told("Error")} for code in codes}
    return found


def _get(summary: str, schema: str, parameters: list[dict[str, Any]], *, missing: bool = False) -> dict[str, Any]:
    codes = (404,) if missing else (400, 404)
    return {"get": {"summary": summary, "parameters": parameters, "responses": _answers(schema, *codes)}}


def _post() -> dict[str, Any]:
    fields = {
        "service_code": TEXT, "description": {"type": "string", "maxLength": 5000}, "title": {"type": "string"},
        "address_string": {"type": "string", "maxLength": 120}, "lat": {"type": "number"}, "long": {"type": "number"},
        "first_name": TEXT, "last_name": TEXT, "phone": TEXT, "email": TEXT, "may_publish": {"type": "boolean"},
        "api_key": TEXT, "jurisdiction_id": TEXT,
    }  # fmt: skip
    about = _(
        "address_string 和 lat、long 至少写一样。media_url 不收：平台不去别的网站取东西。"
        "带 Idempotency-Key 头，同一条送两次只算一件。"
    )
    schema = {"type": "object", "required": ["service_code", "description"], "properties": fields}
    answers = _answers("Created", 400, 403, 404, 429)
    answers["201"] = answers["200"]
    return {
        "summary": _("提一条意见"),
        "description": about,
        "parameters": [FORM],
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": schema}}},
        "responses": answers,
    }


def _file(media: str, summary: str) -> dict[str, Any]:
    return {"get": {"summary": summary, "responses": {"200": {"description": "OK", "content": {media: {}}}}}}


def _schemas() -> dict[str, Any]:
    return {
        "Error": _object({"code": {"type": "integer"}, "description": TEXT}),
        "Service": _object({
            "service_code": TEXT, "service_name": TEXT, "description": TEXT, "metadata": {"type": "boolean"},
            "type": {"enum": ["realtime"]}, "keywords": TEXT, "group": TEXT,
        }),
        "Discovery": _object({
            "changeset": TEXT, "contact": TEXT, "key_service": TEXT, "endpoints": {"type": "array"},
        }),
        "Created": _object({
            "service_request_id": TEXT, "service_notice": TEXT, "account_id": MAYBE, "lookup_code": MAYBE,
        }),
        "Request": _object({
            "service_request_id": {"type": "string", "pattern": r"^\d{4}-\d{4,7}$"},
            "status": {"enum": ["open", "closed"]}, "status_notes": TEXT, "service_name": TEXT, "service_code": TEXT,
            "title": TEXT, "description": TEXT, "agency_responsible": TEXT, "service_notice": TEXT,
            "requested_datetime": {"type": "string", "format": "date-time"},
            "updated_datetime": {"type": "string", "format": "date-time"},
            "expected_datetime": MAYBE, "address": TEXT,
            "result_rating": {"enum": ["solved", "partly", "not", None]},
            "process_rating": {"enum": ["satisfied", "basically", "unsatisfied", None]},
            "web_url": {"type": "string", "format": "uri"},
        }),
    }  # fmt: skip


def _object(fields: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(fields), "properties": fields, "additionalProperties": False}
