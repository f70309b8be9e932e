"""How a reader wants to see the pages: theme, contrast, size, keys and language, kept in cookies."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation import get_language

CHOICES: Mapping[str, tuple[str, ...]] = {
    "theme": ("auto", "light", "dark"),
    "contrast": ("auto", "normal", "high"),
    "elder": ("0", "1"),
    "keys": ("on", "off"),
    "text": ("normal", "large", "larger"),
}
HTML_LANG = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}


def look(request: HttpRequest) -> dict[str, dict[str, str]]:
    """The context variable `look`: only values that are offered, empty for what follows the system."""
    chosen = {name: request.COOKIES.get(name, "") for name in CHOICES}
    kept = {
        name: value if value in CHOICES[name] and value not in ("auto", "0", "on", "normal") else ""
        for name, value in chosen.items()
    }
    language = get_language() or "zh-hans"
    return {
        "look": {
            **kept,
            "language": language,
            "html_lang": HTML_LANG.get(language, language),
            "path": request.get_full_path(),
        }
    }
