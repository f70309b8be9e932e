"""Learning: sums over bags, embeddings, translation, the network, and a model of a made-up set of questions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvzhi.core.law import retrieval
from lvzhi.core.law.retrieval import Article, network, ranker, trees
from lvzhi.core.law.retrieval.bags import Bags, join
from lvzhi.core.law.retrieval.embedding import Table, encode
from lvzhi.core.law.retrieval.lore import translate

RARE = np.ones(7, np.float32)
BAG = st.lists(st.lists(st.integers(0, 6), max_size=5), min_size=1, max_size=6)


def bags(texts: list[list[int]]) -> Bags:
    owner = np.repeat(np.arange(len(texts)), [len(each) for each in texts]).astype(np.int64)
    return Bags.of([(owner, np.array([x for each in texts for x in each], np.int32), 1.0)], len(texts), RARE)


@settings(max_examples=60)
@given(BAG)
def test_sums_over_bags_are_the_matrix_product(texts: list[list[int]]) -> None:
    table = np.arange(14, dtype=np.float32).reshape(7, 2)
    dense = np.log1p([[each.count(feature) for feature in range(7)] for each in texts])
    assert np.allclose(bags(texts).sums(table), dense @ table, atol=1e-4)
    features, slope = bags(texts).spread(np.ones((len(texts), 2), np.float32))
    assert np.allclose(slope[:, 0], dense.sum(0)[features], atol=1e-4)
    assert np.allclose(join(bags(texts), bags(texts)).sums(table), np.vstack([dense @ table] * 2), atol=1e-4)


def test_what_belongs_together_comes_nearer_by_learning() -> None:
    random = np.random.default_rng(1)
    table = Table(random.standard_normal((7, 8)).astype(np.float32))
    asking, answering = bags([[0], [1], [2]]), bags([[3], [4], [5, 6]])
    losses = [table.step(asking, answering, 0.1, 0.1) for _ in range(60)]
    assert losses[-1] < 0.1 < losses[0]
    near = encode(asking, table.vectors) @ encode(answering, table.vectors).T
    assert near.argmax(1).tolist() == [0, 1, 2]


def test_a_step_follows_the_slope_of_the_loss() -> None:
    random = np.random.default_rng(2)
    start = random.standard_normal((7, 4)).astype(np.float32)
    asking, answering = bags([[0, 1], [2]]), bags([[3], [4, 1]])
    stepped = Table(start.copy())
    before = stepped.step(asking, answering, 1e-3, 0.5)
    after = Table(stepped.vectors.copy()).step(asking, answering, 0.0, 0.5)
    assert after < before


def test_translation_finds_the_words_that_answer_and_not_those_that_answer_everything() -> None:
    husband, spouse, shall, wage, pay = (np.array([key], np.uint64) for key in range(5))
    asked = [husband, husband, husband, wage, wage, wage]
    answered = [[np.concatenate([spouse, shall])]] * 3 + [[np.concatenate([pay, shall])]] * 3
    table = translate(asked, answered)
    terms, strength = table.expand(husband, 10)
    assert terms.tolist() == spouse.tolist()
    assert strength.tolist() == [1.0]
    assert len(table.expand(pay, 10)[0]) == 0


def lists_with_one_right() -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Lists of twenty, of which the one with the greatest product of its first two features is right."""
    random = np.random.default_rng(3)
    lists = [random.standard_normal((20, 6)).astype(np.float32) for _ in range(200)]
    return lists, [np.arange(20) == (rows[:, 0] * rows[:, 1]).argmax() for rows in lists]


def found_early(order: network.Networks | trees.Trees | ranker.Ranker) -> float:
    """In how many of the last fifty lists the right one comes among the first five."""
    lists, right = lists_with_one_right()
    places = [int((order.score(rows) > order.score(rows)[own]).sum()) for rows, own in
              ((lists[at], int(right[at].argmax())) for at in range(150, 200))]  # fmt: skip
    return float(np.mean(np.array(places) < 5))


def test_networks_and_trees_learn_which_of_a_list_is_right() -> None:
    lists, right = lists_with_one_right()
    networks = network.learn(lists[:150], right[:150], voters=2, seed=0)
    grown = trees.grow(lists[:150], right[:150], forests=2, seed=0)
    assert found_early(networks) > 0.6
    assert found_early(grown) > 0.6
    assert found_early(ranker.Ranker(networks, grown)) > 0.6


def test_an_order_that_was_stored_is_the_order_that_was_learned() -> None:
    lists, right = lists_with_one_right()
    learned = ranker.train(lists[:150], right[:150], seed=0)
    kept = ranker.Ranker.of(learned.arrays())
    assert np.allclose(kept.score(lists[0]), learned.score(lists[0]))
    assert len(kept.score(lists[0][:0])) == 0


def test_what_the_trees_do_not_look_at_stays_behind_in_the_order_of_the_networks() -> None:
    lists, right = lists_with_one_right()
    learned = ranker.train(lists, right, seed=0)
    rows = np.random.default_rng(4).standard_normal((500, 6)).astype(np.float32)
    first, both = learned.networks.score(rows), learned.score(rows)
    behind = np.argsort(-first, kind="stable")[150:]
    assert both[behind].max() < np.delete(both, behind).min()
    assert np.argsort(-both, kind="stable")[150:].tolist() == behind.tolist()


def test_where_lightgbm_cannot_be_loaded_the_networks_order_stands_and_the_log_says_so(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lists, right = lists_with_one_right()
    learned = ranker.Ranker.of(ranker.train(lists[:60], right[:60], seed=0).arrays())

    def missing() -> None:
        raise trees.TreesRefused("apt-get install libgomp1")

    monkeypatch.setattr(trees, "_lightgbm", missing)

    assert np.array_equal(learned.score(lists[0]), learned.networks.score(lists[0]))
    assert "libgomp1" in caplog.text


@pytest.fixture(scope="module")
def district() -> tuple[list[Article], list[tuple[str, tuple[str, ...]]]]:
    """Forty made-up rules, each about one thing under an official name, asked about under an everyday one."""
    official = ["机动车停放", "生活垃圾分类", "犬只饲养登记", "噪声污染防治", "电动自行车充电"]
    everyday = ["乱停车", "扔垃圾", "养狗", "太吵了", "充电瓶车"]
    deeds = ["申请", "处罚", "监督检查", "投诉举报", "收费标准", "责任主体", "公示", "附则"]
    articles = [
        Article(f"云麓区{name}办法", f"云麓区{name}办法", f"第{number}条",
                f"{name}的{deed}，由主管部门依照本办法执行。", number=str(number), kind="law", path=(deed,))
        for name in official for number, deed in enumerate(deeds, 1)
    ]  # fmt: skip
    asked = [
        (f"{word}的{deed}怎么办？", (f"云麓区{name}办法第{number}条",))
        for name, word in zip(official, everyday, strict=True)
        for number, deed in enumerate(deeds, 1) if number != 5
    ]  # fmt: skip
    return articles, asked


def test_a_model_answers_everyday_words_also_where_nobody_asked_before(
    district: tuple[list[Article], list[tuple[str, tuple[str, ...]]]], tmp_path: Path
) -> None:
    articles, asked = district
    model = retrieval.train(articles, asked)
    model.save(tmp_path / "model")
    retrieval.build(articles, tmp_path / "index", retrieval.Model.load(tmp_path / "model"))
    index = retrieval.Index.open(tmp_path / "index")
    assert "云麓区犬只饲养登记办法第5条" in [hit.key for hit in index.search("养狗的收费标准？", limit=3)]
    assert index.search("云麓区犬只饲养登记办法 3")[0].exact
    assert index.search("“犬只饲养登记的公示”")[0].key == "云麓区犬只饲养登记办法第7条"
    only = retrieval.Filter(works=frozenset({"云麓区噪声污染防治办法"}))
    assert {hit.work for hit in index.search("养狗", where=only)} == {"云麓区噪声污染防治办法"}
    assert index.search("？？") == []


def test_a_model_is_of_use_to_an_index_of_other_laws(
    district: tuple[list[Article], list[tuple[str, tuple[str, ...]]]], tmp_path: Path
) -> None:
    articles, asked = district
    model = retrieval.train(articles, asked)
    other = Article("云麓区示范条例", "云麓区示范条例", "第一条", "犬只由饲养人约束。", number="1")
    retrieval.build([other], tmp_path, model)
    assert retrieval.Index.open(tmp_path).search("犬只 约束")[0].key == other.key


def test_a_model_of_a_former_version_is_not_used_in_silence(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert retrieval.Model.find(tmp_path / "none") is None
    assert not caplog.records
    folder = tmp_path / "model" / "g1"
    folder.mkdir(parents=True)
    (folder.parent / "current").write_text("g1")
    (folder / "about.json").write_text('{"format": 3}')
    assert retrieval.Model.find(folder.parent) is None
    assert "lvzhi laws train" in caplog.text
