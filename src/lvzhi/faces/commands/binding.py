"""Citations of the procedure files, looked up in the texts of the library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import click

from lvzhi.core import law
from lvzhi.core.law import binding, refusal
from lvzhi.core.procedure import Registry

LAWS = Path("../shared/laws")
"""A folder of texts, where it stands beside the checkout."""


def rules_of(registry: Registry) -> Iterator[binding.Rule]:
    """Every citation of the files once, with file and line; practice without a text left out."""
    seen = set()
    for key, procedure in registry.procedures.items():
        block = registry.source(key).root.block("citations")
        for name, citation in procedure.citations.items():
            where = block.where(name)
            if citation.kind != "practice" and (*where, name) not in seen:
                seen.add((*where, name))
                yield binding.Rule(*where, name, citation.law, citation.article, procedure.effective_from)


def report(registry: Registry, folder: Path | None) -> int:
    """Check every citation and say what was found, file by file; how many are wrong."""
    library, source = _library(folder)
    if library is None:
        click.echo(
            "Citations were not checked, for there is no library: `lvzhi laws import` fills one, --laws names a folder."
        )
        return 0
    found = binding.check(rules_of(registry), library)
    by_file: dict[str, Counter[binding.Finding]] = {}
    for each in found:
        by_file.setdefault(each.rule.file, Counter())[each.finding] += 1
    for file, counts in by_file.items():
        unchecked = counts[binding.Finding.NO_TEXT] + counts[binding.Finding.NO_EDITION]
        wrong = counts[binding.Finding.MISSING] + counts[binding.Finding.UNREADABLE]
        told = [f"{counts[binding.Finding.HOLDS]} exist"]
        told += [f"{unchecked} not checked"] if unchecked else []
        told += [f"{wrong} WRONG"] if wrong else []
        click.echo(f"  {file}: {sum(counts.values())} citations, {', '.join(told)}")
    for each in found:
        if each.finding is not binding.Finding.HOLDS:
            rule = each.rule
            click.echo(f"{rule.file}:{rule.line}: {rule.name}: {rule}: {each.sentence[1]}", err=each.is_wrong)
    click.echo(f"{len(found)} citations looked up in {source}.")
    return sum(each.is_wrong for each in found)


def _library(folder: Path | None) -> tuple[law.Library | None, str]:
    """The texts to check against and where they come from: the folder named, this installation's, one beside it."""
    if folder is None and (stored := _stored()) is not None:
        return stored, "the library of this installation"
    wanted = folder or LAWS
    if not wanted.is_dir():
        return None, ""
    return law.Library(_documents(wanted)), str(wanted)


def _documents(folder: Path) -> Iterator[law.Document]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            try:
                yield law.read(path.name, path.read_bytes())
            except law.LawRefused as refused:
                why = refusal.sentence(refused.code, refused.params, "en")
                click.echo(f"{path}: {why}", err=True)


def _stored() -> law.Library | None:
    """This installation's library; None where there is no installation, or no text in it."""
    from django.db import DatabaseError

    from lvzhi.faces.commands.main import set_up

    try:
        set_up()  # models can be imported only then
        from lvzhi.faces.commands.target import find_congress
        from lvzhi.work.statutes.catalogue import library_of

        library, _works = library_of(find_congress("").pk)
    except (click.ClickException, DatabaseError):
        return None
    return library if any(work.expressions for work in library.works.values()) else None
