"""Answers in the format an address ends with: .json or .xml."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree

from django.http import HttpResponse

Row = Mapping[str, object]
MEDIA = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
"""Signs that XML 1.0 has no way to write."""


def answer(rows: Sequence[Row], form: str, root: str, item: str, status: int = 200) -> HttpResponse:
    """Rows as a list; in XML under `root`, each an `item`. Anybody's page may read it: there is nothing of a person."""
    text = json.dumps(list(rows), ensure_ascii=False) if form == "json" else _xml(rows, root, item)
    response = HttpResponse(text, content_type=MEDIA[form], status=status)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def refusal(status: int, description: str, form: str) -> HttpResponse:
    """What went wrong, as GeoReport v2 asks: a list of errors, each a code and a sentence."""
    return answer([{"code": status, "description": description}], form, "errors", "error", status)


def _xml(rows: Sequence[Row], root: str, item: str) -> str:
    top = ElementTree.Element(root)
    for row in rows:
        _fill(ElementTree.SubElement(top, item), row)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(top, "unicode")


def _fill(element: ElementTree.Element, value: object) -> None:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _fill(ElementTree.SubElement(element, str(name)), inner)
    elif isinstance(value, list):
        for inner in value:
            _fill(ElementTree.SubElement(element, element.tag.removesuffix("s")), inner)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    elif value is not None:
        element.text = str(value).translate(_CONTROLS)
