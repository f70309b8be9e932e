"""Which congress a command is about."""

from __future__ import annotations

import click

from lvzhi.records.people.models import Congress


def find_congress(slug: str) -> Congress:
    """The congress named, or the only district there is; a ClickException says what to do otherwise."""
    from django.db.utils import OperationalError, ProgrammingError

    try:
        known = list(Congress.objects.order_by("slug"))
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException(
            "The database is not ready. Run `lvzhi migrate` first, or `lvzhi demo load`."
        ) from error
    if not known:
        raise click.ClickException("There is no congress yet. `lvzhi demo load` makes the made-up district.")
    chosen = (
        [congress for congress in known if congress.slug == slug]
        if slug
        else [c for c in known if c.level == "district"]
    )
    if len(chosen) != 1:
        raise click.ClickException(f"Say which congress with --congress: {', '.join(c.slug for c in known)}.")
    return chosen[0]
