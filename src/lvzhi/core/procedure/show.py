"""One procedure as a reference page in Markdown."""

from collections.abc import Iterable

from lvzhi.core.calendar.steps import Lang
from lvzhi.core.procedure.graph import mermaid
from lvzhi.core.procedure.model import Action, Citation, Clock, Procedure, Setting, Text

_WORDS = {
    "states": ("环节", "States"),
    "actions": ("可以做什么", "Actions"),
    "clocks": ("期限", "Clocks"),
    "duties": ("其他义务", "Other duties"),
    "settings": ("本级可以设定的", "What a congress may set"),
    "papers": ("文书", "Papers"),
    "rules": ("依据", "Sources"),
    "diagram": ("流程图", "Diagram"),
    "fixed": ("没有可以自行设定的内容。", "Nothing here is for a congress to set."),
    "none": ("法律没有规定具体期限", "no statutory limit"),
}
_KINDS = {
    "standing": Text("经常性义务", "standing duty"),
    "prohibition": Text("禁止", "prohibition"),
    "publication": Text("公开", "publication"),
    "permission": Text("可以", "permission"),
    "form": Text("形式要求", "form"),
}


def reference_markdown(procedure: Procedure, lang: Lang = "zh") -> str:
    """Everything a clerk or a lawyer asks of one procedure, generated from its file."""
    parts = [f"# {procedure.text.get(lang)} `{procedure.id}`", "", _head(procedure, lang), ""]
    if procedure.summary is not None:
        words = procedure.summary.get(lang).strip()
        parts += [words.replace(" ", "") if lang == "zh" else words, ""]  # folded lines leave gaps
    parts += _states(procedure, lang) + _actions(procedure, lang) + _clocks(procedure, lang)
    parts += _duties(procedure, lang) + _settings(procedure, lang) + _papers(procedure, lang) + _rules(procedure, lang)
    parts += [_title("diagram", lang), "", "```mermaid", mermaid(procedure, lang).rstrip(), "```", ""]
    return "\n".join(parts)


def _title(key: str, lang: Lang) -> str:
    return f"## {_WORDS[key][lang == 'en']}"


def _head(procedure: Procedure, lang: Lang) -> str:
    since = procedure.effective_from.isoformat()
    until = procedure.effective_until.isoformat() if procedure.effective_until else ""
    key, prefix = procedure.key, procedure.number_prefix
    if lang == "zh":
        return f"版本 `{key}`，{since}起施行{f'，至{until}' if until else ''}。编号字：{prefix}。"
    return f"Edition `{key}`, in force from {since}{f' to {until}' if until else ''}. Number prefix: {prefix}."


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ").strip() for cell in cells) + " |"


def _table(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> list[str]:
    return [_row(head), "|" + "---|" * len(head), *(_row(row) for row in rows), ""]


def _states(procedure: Procedure, lang: Lang) -> list[str]:
    zh = lang == "zh"
    head = ("代码", "名称", "公众看到的", "") if zh else ("Code", "Name", "Shown to the public", "")
    marks = {(True, False): "起点" if zh else "start", (False, True): "终点" if zh else "end"}
    rows = [
        (f"`{s.name}`", s.text.get(lang), (s.public or s.text).get(lang), marks.get((s.initial, s.final), ""))
        for s in procedure.states.values()
    ]
    return [_title("states", lang), "", *_table(head, rows)]


def _actions(procedure: Procedure, lang: Lang) -> list[str]:
    zh = lang == "zh"
    head = ("代码", "动作", "从 → 到", "谁", "要填", "文书", "依据") if zh else (
        "Code", "Action", "From → to", "Who", "Asks for", "Papers", "Sources")  # fmt: skip
    rows = [_action_row(procedure, action, lang) for action in procedure.actions.values()]
    return [_title("actions", lang), "", *_table(head, rows)]


def _action_row(procedure: Procedure, action: Action, lang: Lang) -> tuple[str, ...]:
    between = "、" if lang == "zh" else ", "
    states = procedure.states
    stays = [states[o].text.get(lang) for o, t in action.to.items() if o == t]
    goes: dict[str, list[str]] = {}
    for origin, target in action.to.items():
        if origin != target:
            goes.setdefault(target, []).append(states[origin].text.get(lang) if origin else "—")
    moves = [f"{between.join(names)} → {states[target].text.get(lang)}" for target, names in goes.items()]
    if stays:
        kept = between.join(stays)
        moves.append(f"{kept}（不变）" if lang == "zh" else f"{kept} (stays)")
    asked = between.join(f"{f.text.get(lang)}{'' if f.required else '?'}" for f in action.fields)
    return (
        f"`{action.name}`",
        action.text.get(lang),
        "; ".join(moves) if lang == "en" else "；".join(moves),
        between.join(procedure.roles[role].text.get(lang) for role in action.by),
        asked,
        between.join(procedure.papers[paper].get(lang) for paper in action.yields),
        _cites(action.rules, lang),
    )


def _cites(citations: Iterable[Citation], lang: Lang) -> str:
    return ("；" if lang == "zh" else "; ").join(citation.render(lang) for citation in citations)


def limit_words(clock: Clock, lang: Lang = "zh") -> str:
    """The limit of a clock in words: 三个月, 会议前二十日, 每年一次."""
    zh = lang == "zh"
    words = clock.term.words(lang) if clock.term is not None else ""
    if clock.kind == "before":
        return f"会前{words}" if zh else f"{words} before the meeting"
    if clock.kind == "duration":
        return f"至少{words}" if zh else f"at least {words}"
    if clock.fixed is not None:
        return clock.fixed.day
    if clock.window is not None:
        return f"{clock.window.opens} – {clock.window.closes}"
    if clock.frequency is not None:
        per = {"month": "每月", "quarter": "每季度", "year": "每年", "term": "每届"}[clock.frequency.per]
        return f"{per}{clock.frequency.count}次" if zh else f"{clock.frequency.count} per {clock.frequency.per}"
    if clock.kind == "none":
        return _WORDS["none"][not zh]
    return words


def _clocks(procedure: Procedure, lang: Lang) -> list[str]:
    zh = lang == "zh"
    head = ("代码", "期限", "多久", "谁来办", "从何起算", "办到为止", "延长", "依据") if zh else (
        "Code", "Clock", "How long", "Who", "Starts with", "Met by", "Extension", "Sources")  # fmt: skip
    rows = [_clock_row(procedure, clock, lang) for clock in procedure.clocks.values()]
    return [_title("clocks", lang), "", *_table(head, rows)] if rows else []


def _clock_row(procedure: Procedure, clock: Clock, lang: Lang) -> tuple[str, ...]:
    between = "、" if lang == "zh" else ", "
    named = {**{n: a.text for n, a in procedure.actions.items()}, **procedure.anchors}
    limit = limit_words(clock, lang)
    if clock.internal is not None:
        inside = clock.internal.words(lang)
        limit += f"（内部目标{inside}）" if lang == "zh" else f" (internal target {inside})"
    longer = ""
    if clock.extension is not None:
        term, ceiling = clock.extension.term, clock.extension.ceiling
        longer = f"+ {term.words(lang)}" if term else f"≤ {ceiling.words(lang)}" if ceiling else ""
    return (
        f"`{clock.name}`",
        clock.text.get(lang),
        limit,
        procedure.roles[clock.holder].text.get(lang),
        between.join(named[name].get(lang) for name in clock.starts),
        between.join(named[name].get(lang) for name in clock.met_by),
        longer,
        _cites((clock.citation, *clock.also), lang),
    )


def _duties(procedure: Procedure, lang: Lang) -> list[str]:
    if not procedure.duties:
        return []
    head = ("性质", "内容", "系统怎样落实", "依据") if lang == "zh" else ("Kind", "Duty", "Where honoured", "Source")
    rows = [
        (_KINDS[d.kind].get(lang), d.text.get(lang), d.enforced_by.get(lang), d.citation.render(lang))
        for d in procedure.duties
    ]
    return [_title("duties", lang), "", *_table(head, rows)]


def _settings(procedure: Procedure, lang: Lang) -> list[str]:
    title = _title("settings", lang)
    if not procedure.settings:
        return [title, "", _WORDS["fixed"][lang == "en"], ""]
    head = ("代码", "内容", "默认", "范围") if lang == "zh" else ("Code", "What", "Default", "Range")
    rows = [(f"`{s.name}`", s.text.get(lang), str(s.default).lower(), _range(s)) for s in procedure.settings.values()]
    return [title, "", *_table(head, rows)]


def _range(setting: Setting) -> str:
    if setting.type == "int":
        return f"{setting.minimum} – {setting.maximum}"
    return ", ".join(setting.choices) if setting.type == "choice" else "true, false"


def _papers(procedure: Procedure, lang: Lang) -> list[str]:
    if not procedure.papers:
        return []
    return [_title("papers", lang), "", *(f"- `{n}` {t.get(lang)}" for n, t in procedure.papers.items()), ""]


def _rules(procedure: Procedure, lang: Lang) -> list[str]:
    cited = sorted(procedure.cited(), key=lambda c: (c.law, c.name))
    return [_title("rules", lang), "", *(f"- {c.render(lang)} (`{c.rule or c.name}`)" for c in cited), ""]
