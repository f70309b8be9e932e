"""Finding citations in a text: one pass, in order, with what was cited last kept in mind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from lvzhi.core.law.citations import grammar as g
from lvzhi.core.law.citations.abbreviations import Abbreviations
from lvzhi.core.law.citations.bare import BareNames
from lvzhi.core.law.citations.context import Context
from lvzhi.core.law.citations.locate import Located, locate
from lvzhi.core.law.citations.model import Citation, Form, Path
from lvzhi.core.law.citations.resolve import place
from lvzhi.core.law.names import STATE, edition_year, is_lawful, normal
from lvzhi.core.law.numerals import to_int
from lvzhi.core.law.structure import Document, Level
from lvzhi.core.law.structure.model import CONTAINERS

_SILENT = frozenset({Level.TITLE, Level.HISTORY, Level.NOTE, Level.MARK, Level.CONTENTS})
_NO_NAMES: frozenset[str] = frozenset()


class Said(NamedTuple):
    """What is said of a law beside its name; see `Citation`."""

    year: int | None = None
    number: str = ""
    part: str = ""
    former: bool = False


NOTHING = Said()


def find(document: Document, names: Collection[str] = _NO_NAMES) -> list[Citation]:
    """Every citation in the text, in order.

    `names` are the normal names of laws that are also written without 《》 (刑法第二百三十二条): see `Library.names`.
    A reference to the text itself as a whole (本法) is not listed; one to a unit of it (本法第十条, 前款) is.
    """
    return list(Finder(document, names).run())


class Finder:
    """The state of one pass."""

    def __init__(self, document: Document, names: Collection[str]) -> None:
        self.text = document.source
        self.context = Context(document)
        self.short = Abbreviations(self.text)
        self.bare = BareNames(names, self.short.bare)
        self.law = ""  # the law cited last, for 该法
        self.at_law = -1  # the unit in which it was cited
        self.paths: Path = ()  # the unit cited last, for 该条
        self.found: list[Citation] = []

    def run(self) -> Iterator[Citation]:
        """Look at every anchor that no earlier citation holds."""
        at, text = 0, self.text
        search = g.ANCHOR.search
        short = self.short.places(text) if self.short.bare else []
        short.reverse()
        hit = search(text)
        while hit or short:
            while short and short[-1][0] < at:
                short.pop()
            if hit and hit.start() < at:
                hit = search(text, at)
                continue
            if short and (hit is None or short[-1][0] <= hit.start()):
                at = self._short(*short.pop())
            elif hit:
                at = self._anchor(hit.start())
                hit = search(text, at)
            yield from self.found
            self.found.clear()

    def _anchor(self, start: int) -> int:
        """What begins at an anchor; where to go on."""
        char = self.text[start]
        if not self.context.move(start, _SILENT):
            return self._skip(start) if char == "《" else start + 1
        return _HANDLERS[char](self, start) or start + 1

    def _short(self, begin: int, end: int, full: str) -> int:
        """An abbreviation the text introduced; where to go on."""
        return self._named(begin, end, full) if self.context.move(begin, _SILENT) else end

    def _skip(self, start: int) -> int:
        found = g.QUOTED.match(self.text, start)
        return found.end() if found else start + 1

    def _add(
        self, start: int, end: int, form: Form, law: str = "", path: Path = (), to: Path = (), said: Said = NOTHING
    ) -> None:
        self.found.append(
            Citation(
                start, end, form, law, path, to, said.year, said.number, self.context.eid, said.part, said.former
            )
        )  # fmt: skip

    def _cited(self, law: str, path: Path = ()) -> None:
        """Keep in mind what was cited last, and where. Naming the law again leaves 该条 what it was."""
        again = law and law == self.law and self.at_law == self.context.place
        if path or not again:
            self.paths = path
        self.law, self.at_law = law, self.context.place

    def _chain(self, start: int, at: int, form: Form, law: str, base: Path = (), said: Said = NOTHING) -> int:
        """The units named from `at` on, each as a citation; where the last ends. `base` is what the first stands in."""
        located: Sequence[Located] = locate(self.text, at, base)
        if not located:
            return 0
        first = located[0]
        self._add(start, first.end, form, law, first.path, first.to, said)
        for each in located[1:]:  # the number is the law's; whoever cites three articles names it once
            self._add(each.start, each.end, Form.CONTINUED, law, each.path, each.to, said._replace(number=""))
        self._cited(law, located[-1].path)
        end = located[-1].end
        few = g.FIRST_FEW.match(self.text, end)
        if few is None:
            return end
        level = g.LEVELS[few["u"]]
        count = str(to_int(few["n"]))
        self._add(end, few.end(), Form.CONTINUED, law, (*self.paths, (level, "1")), (*self.paths, (level, count)))
        return few.end()

    # one handler for each first character -----------------------------------------------------

    def _title(self, start: int) -> int:
        found = g.QUOTED.match(self.text, start)
        if found is None:
            return 0
        end, title = found.end(), found[1]
        law = self.short.full(title)
        if title in g.SELF_NAMES and self.text[start - 1 : start] == "本":
            return self._chain(start - 1, end, Form.SELF, "") or end
        if not is_lawful(law):
            return end
        year, behind = edition_year(title), end
        if tagged := g.YEAR.match(self.text, end):
            year, behind, end = int(tagged[1]), tagged.end(), tagged.end()
        self.bare.titles.add(normal(law))
        said = Said(year, former=self._is_former(start))
        if coded := g.NUMBERED.match(self.text, end):
            end = end if coded[4] else coded.end()
            behind, said = coded.end(), said._replace(number=_squeeze(coded[1]))
        elif aside := g.ASIDE.match(self.text, behind):
            behind = aside.end()
        if order := g.ORDER.match(self.text, behind):
            behind = end = order.end()
        return self._units(start, end, behind, Form.TITLE, law, said)

    def _units(self, start: int, end: int, behind: int, form: Form, law: str, said: Said) -> int:
        """The law named from `start` to `end`, and the units that stand at `behind`; where to go on."""
        if word := g.PART_WORD.match(self.text, behind):
            behind, said = word.end(), said._replace(part=word["part"])
        elif self.text.startswith("原第", behind):
            behind += 1
        if done := self._chain(start, behind, form, law, said=said) or self._annexes(start, behind, form, law, said):
            return done
        self._add(start, end, form, law, said=said)
        self._cited(law)
        return max(end, behind)

    def _annexes(self, start: int, at: int, form: Form, law: str, said: Said = NOTHING) -> int:
        """附件一 and what is named in it, 附录一、附录二; where the last ends, 0 for none."""
        done = 0
        while found := g.ANNEX.match(self.text, at):
            base: Path = ((Level.ANNEX, str(to_int(found["n"]))),)
            done = self._chain(start, found.end(), form, law, base, said)
            if not done:
                self._add(start, found.end(), form, law, base, said=said)
                self._cited(law, base)
                done = found.end()
            joined = g.ANNEX_JOIN.match(self.text, done)
            start = at = joined.end() if joined else done
            form, said = Form.CONTINUED, said._replace(number="")
        return done

    def _annex(self, start: int) -> int:
        """附件一 of the text itself: where it has such an annex, or says 本条例附件一."""
        found = g.ANNEX.match(self.text, start)
        if found is None or self.context.is_label(start):
            return 0
        own = g.SELF_BEFORE.search(self.text, max(0, start - 6), start)
        if own is None and not self._has(((Level.ANNEX, str(to_int(found["n"]))),)):
            return 0
        return self._annexes(own.start() if own else start, start, Form.SELF, "")

    def _is_former(self, start: int) -> bool:
        return g.FORMER.search(self.text, max(0, start - 4), start) is not None

    def _name(self, start: int) -> int:
        """A law named without 《》 that ends at this 法 or 典."""
        text = self.text
        end = start + 1 if text[start] in "法典" else start + 2
        if text[start - 1] == "民" and (general := g.CIVIL.match(text, end)):
            return self._named(start - 1, general.end(), "民法" + general[0])
        found = self.bare.at(text, end)
        if found is None:
            return 0
        begin, full = found
        if text[begin - 1 : begin] == "本":  # 本宪法: the text itself
            return self._chain(begin - 1, end, Form.SELF, "") or end
        if tail := g.TAIL.match(text, end):
            full, end = full + tail[0], tail.end()
        return self._named(begin, end, full)

    def _named(self, begin: int, end: int, full: str) -> int:
        """A law named without 《》 from `begin` to `end`, and the units behind it."""
        if self.text.endswith(STATE, max(0, begin - len(STATE)), begin):
            begin -= len(STATE)
        return self._units(begin, end, end, Form.NAME, full, Said(former=self._is_former(begin)))

    def _numbered(self, start: int) -> int:
        """第…条 without a law before it: the text itself, the law it amends, or the one just cited."""
        if self.context.is_label(start):
            return 0
        piece = g.PIECE.match(self.text, start) or g.SHARED.match(self.text, start)
        if piece is None:
            return 0
        if (
            self.context.amends
            and self.text[start - 1 : start] == "“"
            and self.text[piece.end() : piece.end() + 1] in " 　"
        ):
            return piece.end()  # the number of an article that the quoted text brings in
        unit = piece["u"] or piece["v"] or "项"
        if unit in "款项目":
            if self.context.amends and self.law and self.paths and self.paths[0][0] is Level.ARTICLE:
                return self._chain(start, start, Form.ANAPHOR, self.law, self.paths[:1])
            return self._inside(start, unit)
        if unit != "条":
            return self._chain(start, start, Form.SELF, "") if self.context.has(unit, piece["n"]) else 0
        law = self.context.subject(
            piece["n"], self.law if self.context.most or self.context.place == self.at_law else ""
        )
        if not law and not self.context.document.articles:
            return 0  # a letter has no articles of its own: 购房合同第九条
        if law and not self.context.most and g.OTHER_PAPER.search(self.text, max(0, start - 4), start):
            return 0
        return self._chain(start, start, Form.ANAPHOR if law else Form.SELF, law)

    def _inside(self, start: int, unit: str) -> int:
        """A bare 第二款 or 第（一）项: of the article around; where that has none, of the article just cited."""
        around = self.context.here(unit)
        own = locate(self.text, start, around)
        known = self.paths and self.paths[0][0] not in CONTAINERS
        if own and known and self.at_law == self.context.place and not self._has(own[0].path):
            for base in (self.paths, self.paths[:1]):
                other = locate(self.text, start, base)
                if other and other[0].path != own[0].path and (self.law or self._has(other[0].path)):
                    return self._chain(start, start, Form.ANAPHOR if self.law else Form.RELATIVE, self.law, base)
        return self._chain(start, start, Form.RELATIVE, "", around)

    def _has(self, path: Path) -> bool:
        return bool(place(self.context.document, path))

    def _here(self, start: int) -> int:
        text = self.text
        if found := g.SELF.match(text, start):
            own = self.context.subject(None, "") if self.context.is_quoting(start) else ""
            return self._chain(start, found.end(), Form.SELF, own)
        if found := g.OF_SELF.match(text, start):
            if self.context.is_quoting(start):
                return self._chain(start, found.end(), Form.SELF, self.context.subject(None, ""))
            return self._chain(start, found.end(), Form.SELF, "", self.context.container(found["u"]))
        found = g.HERE.match(text, start)
        if found is None or (
            text[start - 1 : start] in tuple("日基根文成") and text[found.end() : found.end() + 1] != "第"
        ):
            return 0
        if self.context.is_quoting(start):
            return 0
        unit = found["u"]
        base = self.context.container(unit) if unit in "章节编" else self.context.this(unit)
        if not base:
            return 0
        return self._relative(start, found.end(), base)

    def _before(self, start: int) -> int:
        if self.text[start] == "上" and self.text[start - 1 : start] in (
            "以",
            "马",
            "身",
            "路",
            "早",
            "网",
            "线",
            "版",
        ):
            return 0
        found = g.RELATIVE.match(self.text, start)
        if found is None or self.context.is_quoting(start):
            return 0
        count = to_int(found["n"]) if found["n"] and found["n"] != "几" else 1
        if found["w"] == "上" and (count != 1):
            return 0
        first, last = self.context.before(found["u"], count, several=found["w"] == "前" and bool(found["n"]))
        if not first:
            return 0
        if last:
            self._add(start, found.end(), Form.RELATIVE, "", first, last)
            return found.end()
        return self._relative(start, found.end(), first)

    def _relative(self, start: int, end: int, base: Path) -> int:
        if g.PIECE.match(self.text, end) or g.SHARED.match(self.text, end):
            deeper = self._chain(start, end, Form.RELATIVE, "", base)
            if deeper and self.found[0].path[: len(base)] == base:
                return deeper
            self.found.clear()
        self._add(start, end, Form.RELATIVE, "", base)
        self._cited("", base)
        if (more := g.JOIN.match(self.text, end)) and more.end() > end:
            located = locate(self.text, more.end(), base)
            for each in located:
                self._add(each.start, each.end, Form.CONTINUED, "", each.path, each.to)
            return located[-1].end if located else end
        return end

    def _that(self, start: int) -> int:
        if self.text.startswith("合同法", start - 1):
            return self._name(start + 1)
        found = g.ANAPHOR.match(self.text, start)
        if found is None:
            return self._again(start)
        if found["l"]:
            return self._chain(start, found.end(), Form.ANAPHOR, self.law)
        depth = 1 if found["u"] == "条" else 2
        base = tuple(self.paths[:depth])
        return self._chain(start, found.end(), Form.ANAPHOR, self.law, base) if base else 0

    def _again(self, start: int) -> int:
        """该法 and 该条 as a whole, said of what the same paragraph cited before."""
        found = g.THAT.match(self.text, start)
        if found is None or self.at_law != self.context.place:
            return 0
        path: Path = ()
        if found["u"]:
            level = g.LEVELS[found["u"]]
            path = next((self.paths[:at] for at, step in enumerate(self.paths, 1) if step[0] is level), ())
        if not (path if found["u"] else self.law.endswith(found["l"])):
            return 0
        self._add(start, found.end(), Form.ANAPHOR, self.law, path)
        return found.end()

    def _document_number(self, start: int) -> int:
        found = g.NUMBER.match(self.text, start)
        if found is None:
            return 0
        before = self.text[max(0, start - 12) : start]
        agency = g.AGENCY.search(before)
        if agency is None:
            return 0
        code = agency[0]
        if before[: agency.start()].endswith(("（", "(")):
            pass
        elif cut := g.AGENCY_STOPS.match(code):
            code = code[cut.end() :]
        begin = start - len(code)
        line = self.text[self.text.rfind("\n", 0, begin) + 1 : begin] + self.text[found.end() :].partition("\n")[0]
        if not line.strip("（）() \u3000\u200b"):
            return found.end()  # a line of its own holds the text's own number
        self._add(begin, found.end(), Form.NUMBER, said=Said(number=_squeeze(code + found[0])))
        return found.end()


_HANDLERS = {
    "《": Finder._title, "第": Finder._numbered, "本": Finder._here, "前": Finder._before, "上": Finder._before,
    "该": Finder._that, "同": Finder._that, "法": Finder._name, "典": Finder._name,
    "条": Finder._name, "办": Finder._name, "规": Finder._name, "细": Finder._name, "解": Finder._name,
    "附": Finder._annex, "（": Finder._numbered, "(": Finder._numbered,
    "〔": Finder._document_number, "［": Finder._document_number, "[": Finder._document_number,
}  # fmt: skip


def _squeeze(text: str) -> str:
    return "".join(text.split()).replace("［", "〔").replace("］", "〕").replace("[", "〔").replace("]", "〕")
