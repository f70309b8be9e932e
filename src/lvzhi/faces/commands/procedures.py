"""`lvzhi procedures`: the law as data, checked, shown and counted. Needs neither database nor secrets."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from lvzhi.core.procedure import (
    Procedure,
    ProcedureError,
    Registry,
    coverage,
    dot,
    mermaid,
    reference_markdown,
    rule_ids,
)
from lvzhi.core.procedure.loader import SHIPPED

RULES = Path("../shared/domain/rules.toml")
"""The list of statutory steps, where it stands beside the checkout."""

FOLDER = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=SHIPPED,
    help="Folder of procedure files.",
)
RULES_FILE = click.option(
    "--rules",
    type=click.Path(dir_okay=False, path_type=Path),
    default=RULES,
    help="rules.toml, to check rule ids against.",
)


def _load(folder: Path, rules: Path | None) -> Registry:
    known = rule_ids(rules) if rules is not None and rules.exists() else None
    try:
        return Registry.load(folder, known, schema=True)
    except ProcedureError as error:
        raise click.ClickException(str(error)) from error


def _find(registry: Registry, name: str) -> list[Procedure]:
    found = [procedure for key, procedure in registry.procedures.items() if name in (key, procedure.id)]
    if not found:
        raise click.ClickException(f"No procedure {name!r}. There are: {', '.join(registry.ids())}.")
    return found


@click.group("procedures")
def procedures_command() -> None:
    """Check, show and count the statutory procedures."""


@procedures_command.command()
@FOLDER
@RULES_FILE
@click.option(
    "--laws",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="Folder of texts to check citations against; by default this installation's library.",
)
def check(folder: Path, rules: Path, laws: Path | None) -> None:
    """Refuse what cannot be right, naming file, line and what to mend.

    Every citation is looked up in the texts of the library: an article that its edition does not have is refused.
    """
    from lvzhi.faces.commands.binding import report

    registry = _load(folder, rules)
    known = "their rule ids are known" if rules.exists() else f"rule ids not checked ({rules} is not here)"
    click.echo(f"{len(registry.procedures)} procedures and overlays hold; {known}.")
    if wrong := report(registry, laws):
        many = "1 citation leads" if wrong == 1 else f"{wrong} citations lead"
        raise click.ClickException(f"{many} to no article. Mend the file: the text of the law counts.")


@procedures_command.command()
@click.argument("name")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh")
@FOLDER
def show(name: str, lang: str, folder: Path) -> None:
    """Print a procedure's reference: states, actions, clocks, duties, each with its article."""
    for procedure in _find(_load(folder, None), name):
        click.echo(reference_markdown(procedure, "en" if lang == "en" else "zh"))


@procedures_command.command()
@click.argument("name")
@click.option("--as", "form", type=click.Choice(["mermaid", "dot"]), default="mermaid")
@FOLDER
def graph(name: str, form: str, folder: Path) -> None:
    """Print the diagram of a procedure's states."""
    draw = mermaid if form == "mermaid" else dot
    for procedure in _find(_load(folder, None), name):
        click.echo(draw(procedure))


@procedures_command.command("coverage")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@FOLDER
@RULES_FILE
def coverage_command(as_json: bool, folder: Path, rules: Path) -> None:
    """Count how many of the statutory steps can be reached from a procedure file."""
    if not rules.exists():
        raise click.ClickException(f"{rules} is not here: name the list of rules with --rules.")
    found = coverage(_load(folder, rules), rule_ids(rules))
    if as_json:
        json.dump(found, sys.stdout, ensure_ascii=False, indent=1)
        click.echo()
        return
    for name, count in found["procedures"].items():
        click.echo(f"{name:28} {count['reached']:3} / {count['total']:3}{'' if count['missing'] else '  all'}")
    click.echo(f"{'all':28} {found['reached']:3} / {found['total']:3}")
