"""The generated half of the documentation: a hook of mkdocs, so that `mkdocs build` is all there is to run.

Pages on procedures, roles, commands and environment settings are written from the sources while the site is built,
and never committed. `python -m tools.docs` builds the site into site/.
"""

import ast
import html
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import click
import yaml

from lvzhi.core.procedure import Procedure, Registry, reference_markdown

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "lvzhi"
SETTINGS = ROOT / "docs" / "reference" / "environment.yaml"
LANGS: tuple[Literal["en", "zh"], ...] = ("en", "zh")
DIAGRAM = {"en": "## Diagram", "zh": "## 流程图"}
READERS = {"get", "setdefault", "getenv", "_need", "_flag"}
"""Functions whose first argument names an environment setting."""


# --- mkdocs ---------------------------------------------------------------------------------------------------------


def on_config(config: Any) -> Any:
    """Give the generated pages their place under Reference."""
    registry = Registry.load()
    for section in config["nav"] or ():
        if "Reference" in section:
            section["Reference"] += [
                {"Procedures": [{title(p): slug(p, "en")} for p in ordered(registry)]},
                {"流程（中文）": [{title(p, "zh"): slug(p, "zh")} for p in ordered(registry)]},
            ]
    return config


def on_files(files: Any, config: Any) -> Any:
    """Add the generated pages to what is built."""
    from mkdocs.structure.files import File

    for name, text in pages().items():
        files.append(File.generated(config, name, content=text))
    return files


def pages() -> dict[str, str]:
    """Every generated page, by its path among the documents."""
    registry = Registry.load()
    found = {
        "reference/roles.md": roles_page(registry),
        "reference/commands.md": commands_page(),
        "reference/environment.md": environment_page(),
    }
    for procedure in ordered(registry):
        for lang in LANGS:
            found[slug(procedure, lang)] = procedure_page(procedure, lang)
    return found


# --- procedures -----------------------------------------------------------------------------------------------------


def ordered(registry: Registry) -> list[Procedure]:
    """By id, the newest edition first, the national one before its overlays."""
    first = sorted(registry.procedures.values(), key=lambda p: (p.region != "national", p.region))
    first.sort(key=lambda p: p.effective_from, reverse=True)
    return sorted(first, key=lambda p: p.id)


def slug(procedure: Procedure, lang: str) -> str:
    """The page's path: reference/procedures/en/petition-2022-05-01.md."""
    return f"reference/procedures/{lang}/{procedure.key.replace('@', '-').replace('+', '-')}.md"


def title(procedure: Procedure, lang: str = "en") -> str:
    """The name, the region where it is not the whole country, and the edition's day."""
    region = "" if procedure.region == "national" else f" · {procedure.region}"
    return f"{procedure.text.get(lang)}{region} · {procedure.key.partition('@')[2].partition('+')[0]}"


def procedure_page(procedure: Procedure, lang: Literal["en", "zh"]) -> str:
    """The reference of one edition, with the diagram drawn instead of its source text."""
    body = reference_markdown(procedure, lang).partition(DIAGRAM[lang])[0]
    body = f"# {title(procedure, lang)}\n" + body.partition("\n")[2]
    moves = edges(procedure, lang)
    key = [f"{number}. {move.words}" for number, move in enumerate(moves, 1)]
    return "\n".join([body, DIAGRAM[lang], "", diagram(procedure, moves, lang), "", *key, ""])


@dataclass(frozen=True, slots=True)
class Move:
    """An arrow of the diagram: two states, and the actions between them."""

    origin: str
    target: str
    words: str


def edges(procedure: Procedure, lang: str) -> list[Move]:
    """The arrows; actions between the same two states share one, steps that stay have none."""
    joined: dict[tuple[str, str], list[str]] = {}
    for action in procedure.actions.values():
        for origin, target in action.to.items():
            if origin and origin != target:
                joined.setdefault((origin, target), []).append(action.text.get(lang))
    name = {state.name: state.text.get(lang) for state in procedure.states.values()}
    mark, between = ("：", "、") if lang == "zh" else (": ", ", ")
    return [Move(o, t, f"{name[o]} → {name[t]}{mark}{between.join(names)}") for (o, t), names in joined.items()]


WIDE, HIGH, GAP_X, GAP_Y, LANE = 150, 38, 30, 46, 24
"""A box, the room around it, and the room between arrows that pass by, in pixels."""


def layers(procedure: Procedure, moves: Iterable[Move]) -> list[list[str]]:
    """States by the longest way from the start that never turns back; those of one layer in the order of the file."""
    onward: dict[str, list[str]] = {}
    depth: dict[str, int] = {}
    arrows: dict[str, list[str]] = {}
    for move in moves:
        arrows.setdefault(move.origin, []).append(move.target)

    def visit(state: str, above: tuple[str, ...]) -> None:
        if state in onward:
            return
        onward[state] = []
        for target in arrows.get(state, ()):
            if target not in above and target != state:
                onward[state].append(target)
                visit(target, (*above, state))

    def sink(state: str, level: int) -> None:
        if depth.get(state, -1) < level:
            depth[state] = level
            for target in onward[state]:
                sink(target, level + 1)

    for action in procedure.creating:
        visit(action.to[""], ())
        sink(action.to[""], 0)
    return [[name for name in procedure.states if depth.get(name) == n] for n in range(max(depth.values()) + 1)]


def lanes(spans: list[tuple[int, int]]) -> list[int]:
    """A lane for each arrow that passes layers: short ones inside, and no two in one lane side by side."""
    taken: list[list[tuple[int, int]]] = []
    found = [0] * len(spans)
    for place in sorted(range(len(spans)), key=lambda n: spans[n][1] - spans[n][0]):
        top, bottom = spans[place]
        lane = next((n for n, row in enumerate(taken) if all(bottom <= t or b <= top for t, b in row)), len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((top, bottom))
        found[place] = lane
    return found


def diagram(procedure: Procedure, moves: list[Move], lang: str) -> str:
    """The states as a plain SVG, top to bottom; numbers on the arrows refer to the list below it."""
    rows = layers(procedure, moves)
    level = {name: number for number, row in enumerate(rows) for name in row}
    place = {
        name: ((n - (len(row) - 1) / 2) * (WIDE + GAP_X), number * (HIGH + GAP_Y) + HIGH / 2 + 4)
        for number, row in enumerate(rows)
        for n, name in enumerate(row)
    }
    outer = max(len(row) for row in rows) * (WIDE + GAP_X) / 2
    bows: dict[Move, float] = {}
    for turn in (1, -1):
        far = [m for m in moves if (level[m.target] - level[m.origin]) * turn > 1]
        spans = [tuple(sorted((level[m.origin], level[m.target]))) for m in far]
        for move, (top, bottom), lane in zip(far, spans, lanes([(a, b) for a, b in spans]), strict=True):
            reach = max(abs(place[name][0]) for row in rows[top : bottom + 1] for name in row) + WIDE / 2
            bows[move] = turn * (reach + 22 + LANE * lane)
    half = max([outer, *(abs(bow) + 16 for bow in bows.values())])
    height = len(rows) * (HIGH + GAP_Y) - GAP_Y + 10
    arrows = [_arrow(n, place[m.origin], place[m.target], m.words, bows.get(m)) for n, m in enumerate(moves, 1)]
    boxes = [_box(state.text.get(lang), place[name], state.final) for name, state in procedure.states.items()]
    head = html.escape(procedure.text.get(lang))
    return (
        f'<figure class="flow"><svg viewBox="{-half:.0f} 0 {2 * half:.0f} {height}" width="{2 * half:.0f}" role="img" '
        f'aria-label="{head}"><defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" '
        'markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>'
        + "".join(arrows + boxes)
        + "</svg></figure>"
    )


def _box(words: str, at: tuple[float, float], final: bool) -> str:
    x, y = at
    lines = _wrapped(words)
    spans = "".join(
        f'<tspan x="{x:.0f}" y="{y + 4 + 14 * (n - (len(lines) - 1) / 2):.0f}">{html.escape(line)}</tspan>'
        for n, line in enumerate(lines)
    )
    kind = "end" if final else "step"
    return (
        f'<rect class="{kind}" x="{x - WIDE / 2:.0f}" y="{y - HIGH / 2:.0f}" width="{WIDE}" height="{HIGH}" rx="6"/>'
        f"<text>{spans}</text>"
    )


def _wrapped(words: str) -> list[str]:
    if len(words.encode()) <= 24:
        return [words]
    if " " not in words:
        return [words[:10], words[10:]] if len(words) > 10 else [words]
    pieces = words.split(" ")
    cut = min(range(1, len(pieces)), key=lambda n: abs(len(" ".join(pieces[:n])) - len(" ".join(pieces[n:]))))
    return [" ".join(pieces[:cut]), " ".join(pieces[cut:])]


def _arrow(number: int, start: tuple[float, float], end: tuple[float, float], words: str, bow: float | None) -> str:
    (x1, y1), (x2, y2) = start, end
    turn = 1 if y2 > y1 else -1  # forward arrows leave below and keep right, those going back leave above and keep left
    y1, y2 = y1 + turn * HIGH / 2, y2 - turn * HIGH / 2
    rise = turn * GAP_Y / 2
    if bow is None:
        x1, x2 = (x1 + (x2 - x1) / 12, x2 - (x2 - x1) / 12) if turn > 0 else (x1 - WIDE / 3, x2 - WIDE / 3)
        middle = ((x1 + x2) / 2, (y1 + y2) / 2)
        curve = _curve((x1, y1 + rise), (x2, y2 - rise), (x2, y2))
    else:  # through the gap beside its layer, along a lane past the others, through the next gap
        x1, x2 = x1 + turn * WIDE / 3, x2 + turn * WIDE / 3
        middle = (bow, (y1 + y2) / 2)
        curve = _curve((x1, y1 + rise), (bow, y1 + rise / 2), middle)
        curve += _curve((bow, y2 - rise / 2), (x2, y2 - rise), (x2, y2))
    x, y = middle
    return (
        f'<g><title>{html.escape(words)}</title><path class="{"on" if turn > 0 else "back"}" '
        f'd="M{x1:.0f} {y1:.0f}{curve}" marker-end="url(#tip)"/><circle cx="{x:.0f}" cy="{y:.0f}" r="9"/>'
        f'<text x="{x:.0f}" y="{y + 4:.0f}">{number}</text></g>'
    )


def _curve(*points: tuple[float, float]) -> str:
    return "C" + " ".join(f"{x:.0f} {y:.0f}" for x, y in points)


# --- roles ----------------------------------------------------------------------------------------------------------


def roles_page(registry: Registry) -> str:
    """Every role with what it may do, in the newest edition of each procedure."""
    lines = ["# Roles", "", "Who acts. The keys stand in `src/lvzhi/procedures/roles.yaml`; what a role may do follows",
             "from the procedure files, listed here for every edition that has the action.", ""]  # fmt: skip
    lines += ["| Key | Name | 名称 | May do |", "|---|---|---|---|"]
    for role in registry.roles.values():
        may: dict[str, dict[str, None]] = {}
        for procedure in ordered(registry):
            for action in procedure.actions.values():
                if role.name in action.by:
                    may.setdefault(procedure.id, {})[action.name] = None
        acts = "; ".join(f"{name}: {', '.join(f'`{act}`' for act in found)}" for name, found in may.items())
        lines.append(f"| `{role.name}` | {role.text.en} | {role.text.zh} | {acts or '—'} |")
    return "\n".join([*lines, ""])


# --- commands -------------------------------------------------------------------------------------------------------


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name, groups before what they hold."""
    from lvzhi.faces.commands.main import main

    yield from _commands("lvzhi", main, click.Context(main, info_name="lvzhi"))


def _commands(name: str, command: click.Command, context: click.Context) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for part in command.list_commands(context):
            found = command.get_command(context, part)
            if found is not None and not found.hidden:
                yield from _commands(f"{name} {part}", found, click.Context(found, info_name=part, parent=context))


def commands_page() -> str:
    """The reference of the `lvzhi` command, read from the command itself."""
    lines = ["# Commands", "", "Results go to standard output, progress and complaints to standard error.", ""]
    for name, command in commands():
        if name == "lvzhi":
            continue
        group = isinstance(command, click.Group)
        lines += [f"{'##' if name.count(' ') == 1 else '###'} {name}", "", _help(command), ""]
        arguments = [p for p in command.params if isinstance(p, click.Argument)]
        usage = " ".join([name, *(str(p.make_metavar(click.Context(command))) for p in arguments)])
        lines += [] if group else [f"    {usage}{' [options]' if len(command.params) > len(arguments) else ''}", ""]
        options = [p for p in command.params if isinstance(p, click.Option) and not p.hidden]
        if options:
            lines += ["| Option | Default | What it does |", "|---|---|---|", *map(_option, options), ""]
    return "\n".join(lines)


def _help(command: click.Command) -> str:
    return " ".join((command.help or command.get_short_help_str(200)).split())


def _option(option: click.Option) -> str:
    names = " / ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    given = option.default
    shown = isinstance(given, str | int) and not isinstance(given, bool) and given != ""
    default = f"`{given}`" if shown else ""
    by = f" Also from `{option.envvar}`." if isinstance(option.envvar, str) else ""
    kind = f" ({', '.join(option.type.choices)})" if isinstance(option.type, click.Choice) else ""
    return f"| {names}{kind} | {default} | {(option.help or '').replace('|', '&#124;')}{by} |"


# --- environment ----------------------------------------------------------------------------------------------------


def listed() -> list[dict[str, str]]:
    """The maintained list of environment settings: name, default, what, group."""
    found: list[dict[str, str]] = yaml.safe_load(SETTINGS.read_text("utf-8"))
    return found


def environment_page() -> str:
    """The reference of environment settings."""
    lines = ["# Environment settings", "", "Read from the environment, else from the file that `LVZHI_ENV_FILE` names",
             "(`NAME=value` lines; `lvzhi init` writes it). Empty means not set.", ""]  # fmt: skip
    for group in dict.fromkeys(row["group"] for row in listed()):
        lines += [f"## {group}", "", "| Name | Default | What it does |", "|---|---|---|"]
        rows = [row for row in listed() if row["group"] == group]
        lines += [f"| `{row['name']}` | {_code(row.get('default', ''))} | {row['what'].strip()} |" for row in rows]
        lines.append("")
    return "\n".join(lines)


def _code(value: object) -> str:
    return f"`{value}`" if value not in ("", None) else ""


def names_read(folder: Path = SOURCE) -> set[str]:
    """Every environment setting that the sources read, found in their syntax trees."""
    found: set[str] = set()
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            found |= _names_of(node, tree)
    return found


def _names_of(node: ast.AST, tree: ast.AST) -> set[str]:
    if isinstance(node, ast.keyword) and node.arg == "envvar":
        return _strings(node.value)
    if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
        return _strings(node.slice)
    if not isinstance(node, ast.Call) or not node.args:
        return set()
    name = ast.unparse(node.func)
    reads = name in {"_need", "_flag"} or name.endswith("getenv") or "environ." in name
    if not reads or name.rpartition(".")[2] not in READERS:
        return set()
    if isinstance(node.args[0], ast.Constant):
        return _strings(node.args[0])
    # The name is computed: whatever in this file looks like one of ours may be meant.
    return {word for word in _strings(tree) if word.startswith("LVZHI_")} if name.endswith("get") else set()


def _strings(tree: ast.AST) -> set[str]:
    texts = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return {text for text in texts if text.isidentifier() and text == text.upper()}


def main() -> int:
    """Build the site into site/, refusing broken links."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    build(load_config(str(ROOT / "mkdocs.yml"), strict=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
