"""How long `lvzhi laws import` takes: a folder cold, again, and after one law changed; and what the library weighs.

`python -m bench.law_import --laws ../shared/laws` on SQLite, with `python -m bench.cluster run -- .venv/bin/python -m`
before it on PostgreSQL. Prints one JSON object. Nothing outside a temporary folder is written.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import resource
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

AMENDED = "宪法相关法/各级人民代表大会常务委员会监督法(2024-11-08).md"
"""A law that many cite; a made-up later edition of it is the change."""


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--laws", type=Path, required=True)
    laws = parser.parse_args().laws.resolve()
    with tempfile.TemporaryDirectory(prefix="lvzhi-laws-") as home:
        _environment(Path(home))
        copy = Path(home) / "laws"
        shutil.copytree(laws, copy)
        print(json.dumps(_measured(copy, Path(home)), ensure_ascii=False, indent=1))


def _environment(home: Path) -> None:
    os.environ.update({
        "LVZHI_HOME": str(home), "LVZHI_SECRET_KEY": "bench", "DJANGO_SETTINGS_MODULE": "lvzhi.project.settings",
        "LVZHI_DATA_KEYS": "k:" + base64.b64encode(bytes(32)).decode(),
    })  # fmt: skip
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _measured(folder: Path, home: Path) -> dict[str, Any]:
    from django.db import connection

    from lvzhi.records.people.models import Congress
    from lvzhi.work.statutes import queries
    from lvzhi.work.statutes.models import Citation, Edition, Work

    congress = Congress.objects.create(slug="yunlu", name="明川市云麓区人民代表大会", short="云麓区", level="district")
    found: dict[str, Any] = {"database": connection.vendor}
    found["cold"] = _timed(congress, folder)
    found["again"] = _timed(congress, folder)
    text = (folder / AMENDED).read_text("utf-8")
    later = "\n\n2030年1月1日 第十五届全国人民代表大会常务委员会第二十三次会议修订\n\n<!-- INFO END -->"
    (folder / AMENDED.replace("2024-11-08", "2030-01-01")).write_text(text.replace("\n\n<!-- INFO END -->", later, 1))
    found["one_new_edition"] = _timed(congress, folder)
    rows = Citation.objects.of(congress).filter(nth=0)
    found |= {
        "works": Work.objects.of(congress).count(),
        "editions": Edition.objects.of(congress).count(),
        "articles": sum(Edition.objects.of(congress).values_list("articles", flat=True)),
        "citations": rows.count(),
        "broken": queries.broken(congress.pk).count(),
        "unknown_law": rows.filter(outcome="law_unknown").count(),
        "megabytes": round(_size(home) / 1e6, 1),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    return found


def _timed(congress: Any, folder: Path) -> dict[str, Any]:
    from django.utils import timezone

    from lvzhi.records.people.actor import system
    from lvzhi.work.statutes import imports

    since, wall = time.process_time(), time.perf_counter()
    report = imports.run(congress, [folder], actor=system(congress), at=timezone.now(), step=lambda *_far: None)
    return {
        "seconds": round(time.perf_counter() - wall, 2),
        "cpu_seconds": round(time.process_time() - since, 2),
        "editions": report.editions,
        "texts_linked": report.linked,
    }


def _size(home: Path) -> int:
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return (home / "lvzhi.sqlite3").stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
