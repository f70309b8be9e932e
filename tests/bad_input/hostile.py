"""Values nobody should send, each with a name that tells what it tries."""

from __future__ import annotations

import re

TEN_MEGABYTES = 10_000_000
MARK = "zk7q"
"""Stands in every injected value, so that a page can be searched for it."""

TEXTS: dict[str, str] = {
    "empty": "",
    "blank": " \u3000\t\r\n ",
    "too long": "长" * 30_000,
    "nul": "夜里没有\x00公交车，只能走回家",
    "controls": "夜里\x01没有\x08公交车\x1b[31m只能走\x7f回家\x9b",
    "bidi": "夜里没有\u202e公交\u2066车\u2069，只\u200f能走回家\u061c",
    "zero width": "\u200b夜里\u200c没有\ufeff公交\u2060车，只能走回家\u00ad",
    "only zero width": "\u200b\u200c\ufeff\u2060\u200b\u200b\u200b\u200b",
    "tags": "夜里没有公交车\U000e0041\U000e007f只能走回家",
    "noncharacters": "夜里没有\ufffe公交车\U0001ffff只能走回家",
    "emoji": "👩‍👩‍👧‍👦夜里没有公交车🚌🏳️‍🌈",
    "combining": "夜" + "\u0301" * 3000,
    "rare signs": "夜里没有\ue000公交车\U00020bb7只能走回家",
    "line breaks": "夜里没有公交车\r\nBcc: all@example.com\u2028只能走回家",
    "script": f"<script>alert('{MARK}')</script><img src=x onerror=alert(1)>",
    "attribute": f"夜里没有公交车\"' autofocus onfocus=alert('{MARK}') x=\"",
    "template": "{{ settings.SECRET_KEY }}{% load x %}${7*7}#{7*7}%(x)s{0}",
    "sql": "'; DROP TABLE matters_matter; --\" OR 1=1 /*",
    "formula": '=HYPERLINK("http://example.com","夜里没有公交车")',
    "path": "../../../../etc/passwd\\..\\windows",
    "script address": "javascript:alert(document.cookie)",
    "percent": "%00%ff%c0%ae%n%s%d",
    "huge number": "9" * 40,
    "longest number": "9" * 5000,
    "negative": "-1",
    "float": "1e400",
    "nan": "NaN",
    "true": "true",
    "1900": "1900-01-01",
    "2999": "2999-12-31",
    "30 February": "2026-02-30",
    "year 0": "0000-00-00",
    "year 10000": "10000-01-01",
    "day in words": "明天上午",
    "nobody's id": "01890000-0000-7000-8000-000000000000",
    "no id": "not-an-id",
    "list": "[1, 2]",
    "object": '{"id": {"$gt": ""}}',
}

DATES = ["1900-01-01", "2999-12-31", "2026-02-30", "0000-00-00", "10000-01-01", "明天", "9" * 400, "2026-06-09T00:00"]

PLACES: dict[str, str] = {
    "first instant": "0001-01-01T00:00:00+14:00_01890000-0000-7000-8000-000000000000",
    "last instant": "9999-12-31T23:59:59-14:00_01890000-0000-7000-8000-000000000000",
    "first day": "0001-01-01_01890000-0000-7000-8000-000000000000",
    "last day": "9999-12-31_01890000-0000-7000-8000-000000000000",
    "no zone": "2026-06-09T02:00:00_01890000-0000-7000-8000-000000000000",
    "odd zone": "2026-06-09T02:00:00+23:59:59_01890000-0000-7000-8000-000000000000",
    "no id": "2026-06-09T02:00:00+00:00_x",
    "only a line": "_",
    "braces": "2026-06-09T02:00:00+00:00_{01890000-0000-7000-8000-000000000000}",
    "ten to the thirty": "1" + "0" * 30,
    "eighteen nines": "9" * 18,
    "nineteen nines": "9" * 19,
    "minus": "-5",
    "other digits": "٣٤٥",
}

RAW_QUERIES = [
    "q=%ff%fe%00", "q=%ED%A0%80%ED%B0%80", "q=%C0%AE", "q=%F4%90%80%80", "q=%", "q=%u0041", "q=%zz",
    "q=a;b=c&&&==&=x", "after=%ff%ff", "before=%00", "category=%ED%A0%80", "q" * 3000, "q=1&q=2&q=%00",
]  # fmt: skip

OUTSIDE = [
    "https://evil.example/", "//evil.example/x", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "http:evil.example", "javascript:alert(1)", "https://testserver@evil.example/", "/\t/evil.example",
    "http://[", "https:///evil.example", "\x08//evil.example", "data:text/html,x", "％2f/evil.example",
]  # fmt: skip

UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u2069\ufeff\ufffe\U000e0000-\U000e007f]"
)
"""What may stand in no stored text; a joiner is left to emoji."""
