"""A few made-up articles of the made-up district, and an index of them."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from lvzhi.core.law import retrieval
from lvzhi.core.law.retrieval import Article

HEDAO = "明川市云麓区河道保洁办法"
CHUSHI = "明川市云麓区示范路灯条例"

_OF_RIVERS = partial(
    Article, HEDAO, HEDAO, kind="local_regulation", level="local", region="明川市", edition=date(2024, 6, 7),
    status="in_force", since=date(2024, 7, 1),
)  # fmt: skip
ARTICLES = [
    _OF_RIVERS("第一条", "为了保持河道整洁，制定本办法。", eid="art_1", number="1", path=("总则",)),
    _OF_RIVERS("第二条", "保洁责任人应当每日巡查，清理漂浮物。", eid="art_2", number="2", path=("保洁",)),
    _OF_RIVERS("第二条之一", "漂浮物应当在二十四小时以内运走。", eid="art_2-1", number="2-1", path=("保洁",)),
    _OF_RIVERS(
        "第二条", "保洁责任人应当每周巡查。", eid="art_2", number="2", path=("保洁",),
        edition=date(2021, 3, 5), status="amended", since=date(2021, 5, 1), until=date(2024, 7, 1),
    ),
    Article(
        CHUSHI, CHUSHI, "第一条", "路灯由照明管理单位维护，损坏的应当在三日内修复。", date(2020, 1, 1), "art_1", "1",
        kind="local_rule", level="local", region="明川市", status="in_force", since=date(2020, 2, 1),
    ),
]  # fmt: skip


def index_of(articles: list[Article], folder: Path) -> retrieval.Index:
    """Built in the folder and opened."""
    retrieval.build(articles, folder)
    return retrieval.Index.open(folder)
