"""Over real texts and questions, where they are at hand: the candidates are those of the README, and laws are found."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean

import pytest

from lvzhi.core.law import retrieval
from lvzhi.core.law.retrieval import measures, sets
from tests.core.law.samples import CORPUS

QUESTIONS = CORPUS.parent / "data" / "stard"
pytestmark = pytest.mark.skipif(
    not (CORPUS.exists() and QUESTIONS.exists()), reason="../shared/laws or ../shared/data/stard is not at hand"
)


@pytest.fixture(scope="module")
def articles() -> list[retrieval.Article]:
    return retrieval.candidates(sets.documents(CORPUS))


@pytest.fixture(scope="module")
def asked() -> list[sets.Asked]:
    return sets.questions(QUESTIONS / "queries_train.jsonl", QUESTIONS / "qrels_train.tsv")


def test_there_are_as_many_candidates_as_the_readme_says(
    articles: list[retrieval.Article], asked: list[sets.Asked]
) -> None:
    keys = {each.key for each in articles}
    assert len(articles) == len(keys) == 59_209
    assert {key for each in asked for key in each.answers} <= keys
    assert sum(len(each.answers) for each in asked) == 2_205


def test_untrained_weights_find_most_answers_among_the_civil_and_social_laws(
    articles: list[retrieval.Article], asked: list[sets.Asked], tmp_path: Path
) -> None:
    laws = {"民法典", "劳动合同法", "著作权法", "商标法", "旅游法", "合伙企业法", "农村土地承包法", "行政许可法"}
    few = [each for each in articles if each.work in laws]
    keys = {each.key for each in few}
    inside = [each for each in asked if set(each.answers) <= keys][:200]
    retrieval.build(few, tmp_path)
    index = retrieval.Index.open(tmp_path)
    found = [[hit.key for hit in index.search(each.text, limit=10)] for each in inside]
    recall = fmean(measures.recall(keys, each.answers, 10) for keys, each in zip(found, inside, strict=True))
    assert len(inside) == 200
    assert recall > 0.6, recall
    assert index.search("民法典 1043")[0].key == "民法典第一千零四十三条"
    assert [each.text for each in index.suggest("劳动合")] == ["劳动合同法"]
