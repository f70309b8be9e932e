"""Sets of questions with known answers, and folders of laws, as files: {"qid", "text"} a line; qid, tab, key a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lvzhi.core.law.citations import cites
from lvzhi.core.law.library import Library
from lvzhi.core.law.readers import read
from lvzhi.core.law.refusal import LawRefused
from lvzhi.core.law.retrieval.cutting import candidates, label_of
from lvzhi.core.law.retrieval.model import Article
from lvzhi.core.law.structure import Document

LOCAL = "地方性法规"
"""The folder that the set of questions leaves out."""


class SetRefused(Exception):
    """A file of questions or answers that cannot be used; the text names file and line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the keys of its answers."""

    text: str
    answers: tuple[str, ...]


def questions(path: Path, answers: Path | None) -> list[Asked]:
    """The questions of a file in their order, with their answers where there are any."""
    known: dict[str, list[str]] = {}
    if answers:
        for qid, key in pairs(answers):
            known.setdefault(qid, []).append(key)
    found = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found.append(Asked(str(row["text"]), tuple(dict.fromkeys(known.get(str(row["qid"]), ())))))
        except (ValueError, KeyError, TypeError) as error:
            raise SetRefused(f'{path}:{number}: expected {{"qid": …, "text": …}}, one a line') from error
    if not found:
        raise SetRefused(f"{path}: there is no question in it")
    return found


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Question and key of each line."""
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        qid, tab, key = line.rstrip("\r\n").partition("\t")
        if not tab or not key.strip():
            raise SetRefused(f"{path}:{number}: expected a question's id, a tab and an article's key")
        yield qid.strip(), key.strip()


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SetRefused(f"{path}: cannot be read as UTF-8 ({error})") from error


def documents(folder: Path) -> list[Document]:
    """The texts below a folder without its local regulations. What cannot be read is left out."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix not in (".md", ".txt") or LOCAL in path.relative_to(folder).parts:
            continue
        try:
            found.append(read(path.name, path.read_bytes()))
        except LawRefused:
            continue
    if not found:
        raise SetRefused(f"{folder}: there is no text of law (.md, .txt) in it")
    return found


@dataclass(frozen=True)
class Ground:
    """The articles among which answers are looked for, and which of them cite which."""

    articles: list[Article]
    links: list[tuple[str, str]]


def ground(folder: Path) -> Ground:
    """Read a folder of laws as the set of questions wants it."""
    texts = documents(folder)
    return Ground(candidates(texts), links(Library(texts)))


def links(library: Library) -> list[tuple[str, str]]:
    """Citing and cited article by key, in the newest edition of each work, each pair once."""
    found: dict[tuple[str, str], None] = {}
    names = library.names()
    for work in library.works.values():
        for expression in work.expressions[-1:]:
            for each in cites(expression.document, library, names):
                citing = _key(work.key, each.citation.unit)
                for eid in each.eids if citing and each.work else ():
                    cited = _key(each.work, eid)
                    if cited and cited != citing:
                        found[citing, cited] = None
    return list(found)


def _key(work: str, eid: str) -> str:
    """The key of the article that holds a unit; empty for a unit outside of articles."""
    level, _, number = eid.partition("__")[0].partition("_")
    return work + label_of(number) if level == "art" and number else ""
