"""The tree of topics (三级分类): the one a congress begins with, or its own; and topics by the words that name them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

import yaml
from django.db import transaction

from lvzhi.core.text.tree import Leaf as NamedLeaf
from lvzhi.core.text.tree import suggest as suggest_leaves
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions.categories import categories
from lvzhi.work.opinions.models import Topic

FILE = Path(__file__).with_name("topics.yaml")
LONGEST = 120
OPENING = 300
"""So many characters of a text are looked at for words of topics."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One topic of the tree: the subject, the names of group and topic, the words by which it is known."""

    category: str
    group: str
    name: str
    words: tuple[str, ...]


@cache
def leaves() -> tuple[Leaf, ...]:
    """The topics of the tree that comes along."""
    tree: dict[str, dict[str, dict[str, str]]] = yaml.safe_load(FILE.read_text("utf-8"))
    return tuple(
        Leaf(category, group, name, tuple(str(words).split()))
        for category, groups in tree.items()
        for group, topics in groups.items()
        for name, words in topics.items()
    )


def path_of(leaf: Leaf, names: Mapping[str, str]) -> str:
    """A topic's path, as 出行和停车/公共交通/公交线路和班次."""
    return "/".join((names.get(leaf.category, leaf.category), leaf.group, leaf.name))


def known(congress: Congress) -> dict[str, str]:
    """Every path of the tree with its subject: the congress's own, else the one that comes along. One statement."""
    own = dict(Topic.objects.of(congress).values_list("path", "category"))
    if own:
        return own
    names = {each.key: each.zh for each in categories(congress)}
    return {path_of(leaf, names): leaf.category for leaf in leaves() if leaf.category in names}


def by_words(subject: str, text: str) -> list[tuple[Leaf, float, list[str]]]:
    """Topics whose words occur, best first, with their share and those words; longer words say more."""
    said = subject * 2 + text[:OPENING]
    scored = []
    for leaf in leaves():
        found = [word for word in leaf.words if word in said]
        if found:
            scored.append((sum(len(word) * min(3, said.count(word)) for word in found), leaf, found))
    total = sum(score for score, _leaf, _found in scored)
    ordered = sorted(scored, key=lambda item: -item[0])
    return [(leaf, round(score / total, 2), found) for score, leaf, found in ordered]


def categories_by_words(subject: str, text: str) -> list[tuple[str, float, list[str]]]:
    """Subjects by the words of their topics, best first, with their share and those words."""
    shares: Counter[str] = Counter()
    words: dict[str, list[str]] = {}
    for leaf, score, found in by_words(subject, text):
        shares[leaf.category] += score  # type: ignore[assignment]
        words.setdefault(leaf.category, []).extend(found)
    return [(key, round(score, 2), list(dict.fromkeys(words[key]))) for key, score in shares.most_common()]


@transaction.atomic
def replace_tree(congress: Congress, rows: Iterable[Mapping[str, str]]) -> int:
    """Take another tree for a congress: rows of l1, l2, l3; how many topics it has.

    A row's subject is the one of that name, else the one whose words fit its names best. Raises ValueError for rows
    that are no tree; then the old one stays.
    """
    own = {each.zh: each.key for each in categories(congress)}
    found: dict[str, str] = {}
    for number, row in enumerate(rows, 1):
        parts = [str(row.get(level) or "").strip().replace("/", "／") for level in ("l1", "l2", "l3")]
        if not all(parts):
            raise ValueError(f"Row {number} needs l1, l2 and l3.")
        path = "/".join(parts)
        if len(path) > LONGEST:
            raise ValueError(f"Row {number}: a path has at most {LONGEST} characters.")
        found[path] = own.get(parts[0]) or _likely(parts, set(own.values()))
    if not found:
        raise ValueError("There are no rows.")
    Topic.objects.of(congress).delete()
    Topic.objects.bulk_create(Topic(congress=congress, path=path, category=key) for path, key in found.items())
    return len(found)


USUAL = {
    "城乡建设": "facilities", "农村农业": "rural", "政法": "governance", "教育文体": "education", "民政": "elderly",
    "劳动和社会保障": "employment", "党务政务": "governance", "经济管理": "business", "卫生计生": "health",
    "商贸旅游": "business", "环境保护": "environment", "交通运输": "transport", "纪检监察": "governance",
    "国土资源": "housing", "科技与信息产业": "business",
}  # fmt: skip
"""First levels that many offices use, where the words of a row name no subject."""


def _likely(parts: list[str], own: set[str]) -> str:
    named = [key for key, _score, _words in categories_by_words(parts[2], parts[1])]
    usual = [USUAL[parts[0]]] if parts[0] in USUAL else []
    return next((key for key in [*named, *usual, "other"] if key in own), min(own))


def suggest_below(
    known: Mapping[str, str], likely: Iterable[str], subject: str, text: str
) -> list[tuple[str, float, list[str]]]:
    """Paths under the likeliest subjects by the words of their names: (path, score, words), best first."""
    wanted = set(likely)
    leaves_of = [
        NamedLeaf(*path.split("/", 2)) for path, key in known.items() if key in wanted and path.count("/") >= 2
    ]
    found = [
        (f"{each.leaf.first}/{each.leaf.second}/{each.leaf.third}", each.score, list(each.words))
        for first in dict.fromkeys(leaf.first for leaf in leaves_of)
        for each in suggest_leaves(leaves_of, first, subject, text)
    ]
    return sorted(found, key=lambda item: -item[1])


def of_category(congress: UUID, category: str) -> list[str]:
    """The paths of a congress's own tree under one subject. One statement."""
    return list(Topic.objects.of(congress).filter(category=category).order_by("path").values_list("path", flat=True))
