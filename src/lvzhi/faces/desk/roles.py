"""What roles are called."""

from __future__ import annotations

from functools import cache

import yaml

from lvzhi.faces.design.deadlines import lang
from lvzhi.records.matters.procedures import FOLDER


@cache
def _roles() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = yaml.safe_load((FOLDER / "roles.yaml").read_text("utf-8"))
    return found


def role_names(language: str = "") -> dict[str, str]:
    """Every role's key with its name, in the reader's language or the one named."""
    return {key: text[language or lang()] for key, text in _roles().items()}
