"""The states of a procedure as a diagram, in Mermaid and in DOT."""

from lvzhi.core.procedure.model import Procedure


def _edges(procedure: Procedure, lang: str) -> list[tuple[str, str, str]]:
    """From, to, and the names of the actions between them; steps that stay are left out."""
    joined: dict[tuple[str, str], list[str]] = {}
    for action in procedure.actions.values():
        for origin, target in action.to.items():
            if origin != target:
                joined.setdefault((origin, target), []).append(action.text.get(lang))
    between = "、" if lang == "zh" else ", "
    return [(origin, target, between.join(names)) for (origin, target), names in joined.items()]


def mermaid(procedure: Procedure, lang: str = "zh") -> str:
    """A Mermaid state diagram."""
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{state.text.get(lang)}" as {name}' for name, state in procedure.states.items()]
    lines += [f"    {o or '[*]'} --> {t}: {label}" for o, t, label in _edges(procedure, lang)]
    lines += [f"    {name} --> [*]" for name, state in procedure.states.items() if state.final]
    return "\n".join(lines) + "\n"


def dot(procedure: Procedure, lang: str = "zh") -> str:
    """A Graphviz digraph; final states have a double border."""
    lines = [
        f'digraph "{procedure.key}" {{',
        "    rankdir=LR;",
        "    node [shape=box, style=rounded];",
        '    "" [shape=point];',
    ]
    for name, state in procedure.states.items():
        border = ", peripheries=2" if state.final else ""
        lines.append(f'    {name} [label="{_quoted(state.text.get(lang))}"{border}];')
    for origin, target, label in _edges(procedure, lang):
        start = origin or '""'
        lines.append(f'    {start} -> {target} [label="{_quoted(label)}"];')
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
