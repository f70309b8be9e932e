"""`lvzhi key`: a key for a program that hands in many opinions."""

from __future__ import annotations

import click

from lvzhi.faces.commands.main import set_up


@click.command("key")
@click.argument("name")
@click.option("--congress", "slug", default="", help="The congress's short key; needed where there are several.")
@click.option("--revoke", is_flag=True, help="Make the key of this name useless.")
def key_command(name: str, slug: str, revoke: bool) -> None:
    """Give NAME a new key for the Open311 interface, or take it away. An earlier key of that name ends."""
    set_up()
    from lvzhi.faces.api import keys
    from lvzhi.faces.commands.target import find_congress

    congress = find_congress(slug)
    known = dict(congress.settings.get(keys.SETTING) or {})
    known.pop(name, None)
    key = "" if revoke else keys.new_key()
    if key:
        known[name] = keys.digest(key)
    congress.settings = {**congress.settings, keys.SETTING: known}
    congress.save(update_fields=["settings"])
    click.echo(key or f"{name} has no key any more.")
    if key:
        click.echo("Keep it: it is stored nowhere and shown only now.", err=True)
