"""What a congress may choose: only what a procedure file marks as a setting."""

from collections.abc import Mapping
from typing import Final, Literal, cast

from lvzhi.core.procedure.errors import ProcedureError
from lvzhi.core.procedure.model import Citation, Setting, SettingValue
from lvzhi.core.procedure.names import bilingual, lookup, one_of
from lvzhi.core.procedure.source import Block

_SETTING: Final = ("text", "type", "default", "minimum", "maximum", "choices", "rule")


def read_settings(root: Block, citations: Mapping[str, Citation]) -> dict[str, Setting]:
    """The settings of a file; a default outside its own bounds is refused."""
    found = {}
    for name, block in root.blocks("settings"):
        block.allow(_SETTING, f"setting {name!r}")
        kind = cast(Literal["int", "bool", "choice"], one_of(block, "type", ("int", "bool", "choice")))
        setting = Setting(
            name=name,
            text=bilingual(block, "text"),
            type=kind,
            default=block.get("default", False),
            minimum=block.get("minimum"),
            maximum=block.get("maximum"),
            choices=block.names("choices"),
            citation=lookup(block, "rule", block.text("rule"), citations, "rule") if "rule" in block else None,
        )
        if why := why_not(setting, setting.default):
            block.refuse(why, "default")
        found[name] = setting
    return found


def why_not(setting: Setting, value: SettingValue) -> str:
    """Why `value` may not be chosen, or "" if it may."""
    if setting.type == "bool":
        return "" if isinstance(value, bool) else f"{setting.name!r} is true or false, not {value!r}"
    if setting.type == "choice":
        known = ", ".join(setting.choices)
        return "" if value in setting.choices else f"{setting.name!r} is one of {known}, not {value!r}"
    if isinstance(value, bool) or not isinstance(value, int):
        return f"{setting.name!r} is a whole number, not {value!r}"
    low = setting.minimum is not None and value < setting.minimum
    high = setting.maximum is not None and value > setting.maximum
    bounds = f"{setting.minimum} to {setting.maximum}"
    return f"{setting.name!r} is a whole number from {bounds}, not {value}" if low or high else ""


def effective(
    settings: Mapping[str, Setting], chosen: Mapping[str, SettingValue], procedure: str
) -> dict[str, SettingValue]:
    """The value of every setting: the chosen one, or the default.

    Raises ProcedureError for a name that is not configurable and for a value out of bounds.
    """
    for name, value in chosen.items():
        if name not in settings:
            known = ", ".join(settings) or "nothing"
            raise ProcedureError(
                f"{procedure}: {name!r} is not for a congress to change: the law sets it. Configurable here: {known}"
            )
        if why := why_not(settings[name], value):
            raise ProcedureError(f"{procedure}: {why}")
    return {name: chosen.get(name, setting.default) for name, setting in settings.items()}
