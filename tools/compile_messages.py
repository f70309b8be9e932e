"""Compile the interface's translations; needs no gettext program. Run by `make install`."""

from __future__ import annotations

import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "src" / "lvzhi" / "locale"


def main() -> int:
    """Write a .mo beside every .po; say how many entries each has."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        catalogue = polib.pofile(str(source))
        catalogue.save_as_mofile(str(source.with_suffix(".mo")))
        done = len(catalogue.translated_entries())
        print(f"{source.relative_to(LOCALE)}: {done} entries", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
