"""Made-up rules of the made-up district, and where the corpus of real texts is looked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from lvzhi.core import law

CORPUS = Path(__file__).parents[4] / "shared" / "laws"
needs_corpus = pytest.mark.skipif(not CORPUS.exists(), reason="../shared/laws is not at hand")

RULES = """# 明川市云麓区河道保洁办法

2021年3月5日 明川市云麓区第九届人民代表大会常务委员会第三十次会议通过

2024年6月7日 明川市云麓区第十届人民代表大会常务委员会第十八次会议《关于修改〈明川市云麓区河道保洁办法〉的决定》修正

<!-- INFO END -->

## 第一章 总则

第一条 为了保持河道整洁，根据《云麓示范条例》（以下简称示范条例）第三条、第五条，制定本办法。

第二条 本区河道的保洁适用本办法。

前款所称河道，包括沟渠。

## 第二章 保洁

第三条 保洁责任人应当做到：

（一）每日巡查；

（二）清理漂浮物：

1.塑料；

2.枯枝。

（三）记录巡查情况。

记录保存二年。

第三条之一 违反前条第一款第（二）项规定的，依照本办法第四条处理。

## 第三章 附则

第四条 违反第三条第二款的，责令改正。

第五条 本办法自2021年5月1日起施行。《云麓区沟渠保洁暂行规定》同时废止。

附件：河道名录

一、清浅河

二、云麓渠
"""
MODEL = """# 云麓示范条例

2019年1月8日 明川市人民代表大会常务委员会通过

<!-- INFO END -->

第一条 甲乙丙丁，制定本条例。

第二条 各区可以制定办法。

第三条 河道应当整洁：

（一）有人负责；

（二）有人检查。

第四条 违反本条例的，责令改正。

第五条 本条例自2019年3月1日起施行。
"""


def rules() -> law.Document:
    """The district's rules, read."""
    return law.parse(RULES, "明川市云麓区河道保洁办法(2024-06-07).md")


def model() -> law.Document:
    """The city's regulation they rest on, read."""
    return law.parse(MODEL, "云麓示范条例(2019-01-08).md")


@cache
def corpus() -> dict[str, law.Document]:
    """Every text of the corpus, read once a run, by its path below the corpus."""
    return {
        str(path.relative_to(CORPUS)): law.parse(path.read_text("utf-8"), path.name)
        for path in sorted(CORPUS.rglob("*.md"))
    }


@cache
def library() -> law.Library:
    """The corpus as works and expressions."""
    return law.Library(corpus().values())


def one(text: str, title: str = "明川市试行规定") -> law.Document:
    """A text of one article, for citations in it."""
    return law.parse(f"# {title}\n\n<!-- INFO END -->\n\n第一条 {text}\n")
