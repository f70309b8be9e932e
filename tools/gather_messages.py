"""Gather every sentence of the interface into the English catalogue; needs the gettext programs. `make messages`.

Chinese source strings are the keys, so only English has a catalogue. Entries that stand no longer are dropped, and a
sentence that only resembles an old one is left empty rather than guessed.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "src" / "lvzhi" / "locale" / "en" / "LC_MESSAGES" / "django.po"


def main() -> int:
    """Renew the catalogue; say how many sentences wait for a translation."""
    if shutil.which("xgettext") is None:
        print("The gettext programs are missing. On Debian: apt-get install gettext", file=sys.stderr)
        return 1
    from django.core.management import call_command

    os.chdir(ROOT / "src" / "lvzhi")
    options = {"locale": ["en"], "no_location": True, "no_wrap": True, "no_obsolete": True, "verbosity": 0}
    call_command("makemessages", extensions=["py", "html", "txt"], **options)
    catalogue = polib.pofile(str(CATALOGUE), wrapwidth=0)
    for entry in catalogue:
        if "fuzzy" in entry.flags:
            entry.flags.remove("fuzzy")
            entry.msgstr, entry.previous_msgid, entry.previous_msgid_plural = "", None, None
            entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    catalogue.metadata.pop("POT-Creation-Date", None)  # it would change the file each time
    catalogue.save()
    waiting = len(catalogue.untranslated_entries())
    print(f"{len(catalogue)} sentences, {waiting} without English.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
