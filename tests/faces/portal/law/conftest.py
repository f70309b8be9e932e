"""The law library as the public uses it, with an index of its own for every test."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from lvzhi.faces.portal.law.texts import _laid_out
from lvzhi.work.statutes import indexing

RULES = "云麓区人民代表大会常务委员会议事规则"
FILING = "云麓区规范性文件备案审查办法"
OLD_FILING = "云麓区规范性文件备案办法"
TO_COME = "云麓区人民代表大会常务委员会街道工作委员会工作办法"


@pytest.fixture(autouse=True)
def own_index(settings: Any, tmp_path: Path) -> None:
    """No test finds what another has indexed or laid out."""
    settings.LVZHI_LAWS_INDEX = tmp_path / "laws-index"
    settings.LVZHI_LAWS_MODEL = tmp_path / "laws-model"
    indexing._open.clear()
    _laid_out.cache_clear()


@pytest.fixture
def client() -> Client:
    """Somebody with a browser."""
    return Client()


def address(slug: str, rest: str = "") -> str:
    """The address of a law, percent-encoded."""
    return f"/law/{quote(slug)}/{rest}"


def page(client: Client, path: str, **given: str) -> str:
    """The words of a page that must be there."""
    response = client.get(path, given)
    assert response.status_code == 200, (response.status_code, response.headers.get("Location"))
    return response.content.decode()
