"""Reading which units are named: 第三十条第二款第（一）项、第（三）项和第四十条至第四十二条."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lvzhi.core.law.citations import grammar as g
from lvzhi.core.law.citations.model import Path
from lvzhi.core.law.numerals import to_int
from lvzhi.core.law.structure import Level

_MOST = 200
"""So many units at most in one chain: enough for the longest list of any law."""
_BELOW_ARTICLE = (Level.PARAGRAPH, Level.ITEM, Level.POINT)


@dataclass(frozen=True, slots=True)
class Located:
    """One unit or range named in a chain, with the offsets of its own words."""

    start: int
    end: int
    path: Path
    to: Path = ()


def locate(text: str, at: int, base: Path = ()) -> list[Located]:
    """The units named from `at` on, in order. `base` is what the first stands in or beside."""
    found: list[Located] = []
    path = base
    if not base and (loose := g.LOOSE.match(text, at)):
        try:
            step = (Level.ARTICLE, str(to_int(loose["n"])))
        except ValueError:
            return []
        deeper = locate(text, loose.end(), (step,)) if g.PIECE.match(text, loose.end()) else []
        if deeper and deeper[0].path[:1] == (step,):
            return [Located(at, deeper[0].end, deeper[0].path, deeper[0].to), *deeper[1:]]
        return [Located(at, loose.end(), (step,))]
    while len(found) < _MOST:
        each = _one(text, at, path)
        if not each:
            break
        found += each
        path = each[-1].to or each[-1].path
        at = _next(text, each[-1].end, path)
        if at < 0:
            break
    return found


def _next(text: str, end: int, path: Path) -> int:
    """Where the next unit of a chain stands behind one that ends at `end`; -1 when the chain ends there."""
    inside = g.INSIDE.match(text, end)
    if inside and path[-1][0] in (Level.ARTICLE, Level.PARAGRAPH) and _deeper(text, inside.end(), path, more=1):
        return inside.end()
    join = g.JOIN.match(text, end)
    if join is None or (join.end() == end and not _deeper(text, end, path)):
        return -1
    return join.end()


def _one(text: str, at: int, beside: Path) -> list[Located]:
    """One element: a descent such as 第三十条第二款, a range, or numbers that share a word. Empty for none."""
    start, path, end = at, beside, at
    begun = False
    while piece := g.PIECE.match(text, end):
        step = _step(piece, text)
        if step is None:
            break
        if begun and g.DEPTH[step[0]] <= g.DEPTH.get(path[-1][0], -1):
            break
        path = (*_above(path, step[0]), step)
        begun, end = True, piece.end()
    if shared := g.SHARED.match(text, end):
        listed = _shared(shared, path, start, text)
        if listed:
            return listed
    if not begun:
        return []
    start += len(text[start:end]) - len(text[start:end].lstrip(" 　"))
    if (to := g.RANGE.match(text, end)) and (piece := g.PIECE.match(text, to.end())):
        last = _range_end(text, to.end(), path)
        if last:
            return [Located(start, last.end, path, last.path)]
    return [Located(start, end, path)]


def _range_end(text: str, at: int, path: Path) -> Located | None:
    """The end of a range, down to the level of its beginning."""
    end, to = at, path
    begun = False
    while piece := g.PIECE.match(text, end):
        step = _step(piece, text)
        if step is None or (begun and g.DEPTH[step[0]] <= g.DEPTH[to[-1][0]]):
            break
        to = (*_above(to, step[0]), step)
        begun, end = True, piece.end()
        if step[0] is path[-1][0]:
            break
    return Located(at, end, to) if begun else None


def _step(piece: re.Match[str], text: str) -> tuple[Level, str] | None:
    """Level and figures of one match, unless a word goes on behind it (第一项目, 第三条件)."""
    word = piece["u"] or piece["v"]
    behind = text[piece.end() : piece.end() + 1]
    if behind and not piece["s"] and behind in g.NO_WORD.get(word, "") and not (word == "条" and behind == "款"):
        return None
    try:
        number = str(to_int(piece["n"] or piece["m"]))
        if piece["s"]:
            number += f"-{to_int(piece['s'])}"
    except ValueError:
        return None
    return g.LEVELS[word], number


def _above(path: Path, level: Level) -> Path:
    """What of `path` a unit of this level stands in."""
    if level is Level.ARTICLE:
        return tuple(step for step in path if step[0] is Level.ANNEX)
    depth = g.DEPTH[level]
    kept = []
    for step in path:
        other = g.DEPTH.get(step[0])
        if other is None:
            if level in _BELOW_ARTICLE:
                kept.append(step)
        elif other < depth:
            kept.append(step)
    return tuple(kept)


def _deeper(text: str, at: int, path: Path, *, more: int = 0) -> bool:
    """Whether a unit named without a joining word goes on beside or below `path`, and does not begin anew.

    With `more` it has to stand so many levels below.
    """
    if not path:
        return False
    depth = g.DEPTH.get(path[-1][0], 99) + more
    if piece := g.PIECE.match(text, at):
        step = _step(piece, text)
        return step is not None and g.DEPTH[step[0]] >= depth and step[0] is not Level.ARTICLE
    shared = g.SHARED.match(text, at)
    return shared is not None and g.DEPTH[g.LEVELS[shared["u"] or shared["v"]]] >= max(depth, g.DEPTH[Level.PARAGRAPH])


def _shared(shared: re.Match[str], path: Path, start: int, text: str) -> list[Located]:
    """第一、二款 and 第（一）至（三）项: the numbers one by one, a range as one."""
    word = shared["u"] or shared["v"]
    if text[shared.end() : shared.end() + 1] in g.NO_WORD.get(word, "-"):
        return []
    level = g.LEVELS[word]
    above = _above(path, level)
    group = "n" if shared["u"] else "m"
    offset = shared.start(group)
    found: list[Located] = []
    for each in g.LISTED.finditer(shared[group]):
        try:
            number = str(to_int(each["n"]))
        except ValueError:
            return []
        step = (*above, (level, number))
        end = offset + each.end()
        if each["join"] in ("至", "到") and found:
            found[-1] = Located(found[-1].start, end, found[-1].path, step)
        else:
            found.append(Located(offset + each.start("own"), end, step))
    if found:
        found[0] = Located(start, found[0].end, found[0].path, found[0].to)
        last = found[-1]
        found[-1] = Located(last.start, shared.end(), last.path, last.to)
    return found
