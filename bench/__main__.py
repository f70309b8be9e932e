"""`python -m bench`: fill databases, measure, print a table, write a JSON."""

from __future__ import annotations

import argparse
import base64
import json
import os
import platform
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench import report
from bench.cluster import NoServer, programs, running, stop_on_signals

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("lists", "search", "loop", "writers", "surge", "kill")
LIMIT = "100000000"


@dataclass(frozen=True, slots=True)
class Place:
    """One database to fill, and what is measured on it."""

    vendor: str
    count: int
    parts: tuple[str, ...]

    @property
    def name(self) -> str:
        """A name for tables, files and databases."""
        return f"{self.vendor}_{self.count}"


def places(vendor: str, size: str, only: frozenset[str]) -> Iterator[Place]:
    """What is filled for the sizes and parts asked for; a database on which nothing is measured is left out."""
    small = size == "small"
    sqlite = (Place("sqlite", 10_000 if small else 100_000, ("lists", "search", "loop", "writers", "surge", "kill")),)
    postgresql = (
        Place("postgresql", 2_000 if small else 10_000, ("lists",)),
        Place("postgresql", 10_000 if small else 100_000, ("lists", "search", "loop", "kill")),
        *(() if small else (Place("postgresql", 1_000_000, ("lists", "search")),)),
    )
    for place in (*(sqlite if vendor != "postgresql" else ()), *(postgresql if vendor != "sqlite" else ())):
        if wanted := tuple(part for part in place.parts if part in only):
            yield Place(place.vendor, place.count, wanted)


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--db", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--size", choices=("small", "full"), default="small")
    parser.add_argument(
        "--only", default=",".join((*PARTS, "memory")), help="lists,search,loop,writers,surge,kill,memory"
    )
    parser.add_argument("--kills", type=int, default=0, help="how often to kill -9 (50; 10 for a small run)")
    parser.add_argument("--out", type=Path, default=None, help="where the JSON goes")
    parser.add_argument("--folder", type=Path, default=None, help="where databases are made (a temporary folder)")
    found = parser.parse_args()
    asked = set(found.only.split(","))
    if unknown := asked - {*PARTS, "memory"}:
        parser.error(f"unknown parts: {', '.join(sorted(unknown))}")
    # Memory is read after the load of the pages and of the loop.
    found.parts = frozenset(
        asked - {"memory"} | ({"lists"} if "memory" in asked and not asked & {"lists", "loop"} else set())
    )
    found.kills = found.kills or (50 if found.size == "full" else 10)
    found.out = found.out or Path("bench-results") / f"{datetime.now(tz=UTC):%Y-%m-%d}.json"
    return found


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    model = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if "model name" in line
    ]
    return {
        "cores": os.cpu_count(), "processor": model[0] if model else platform.machine(), "memory_mb": memory,
        "system": platform.platform(), "python": platform.python_version(), "load_before": os.getloadavg()[0],
        "django": version("django"), "gunicorn": version("gunicorn"), "lvzhi": version("lvzhi"),
        "sqlite": sqlite3.sqlite_version, "postgresql": _postgresql(),
    }  # fmt: skip


def _postgresql() -> str:
    try:
        run = subprocess.run([str(programs() / "postgres"), "--version"], capture_output=True, text=True, check=True)
    except NoServer:
        return ""
    return run.stdout.strip()


def environment(home: Path, url: str) -> dict[str, str]:
    """Settings of an installation of its own: fresh secrets, no limits on one address, letters into a folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LVZHI_")}
    return {
        **kept, "LVZHI_HOME": str(home), "DATABASE_URL": url, "LVZHI_ENV_FILE": str(home / "none.env"),
        "LVZHI_SECRET_KEY": secrets.token_urlsafe(50), "LVZHI_TOTP": "optional", "LVZHI_CONGRESS": "yunlu",
        "LVZHI_DATA_KEYS": "bench:" + base64.b64encode(secrets.token_bytes(32)).decode(),
        "LVZHI_SUBMIT_LIMIT": LIMIT, "LVZHI_FOLLOW_LIMIT": LIMIT, "LVZHI_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "lvzhi.project.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }  # fmt: skip


def measure(place: Place, given: argparse.Namespace, home: Path, url: str) -> dict[str, Any]:
    """Fill and measure one database in a process of its own."""
    out = home / "figures.json"
    command = [
        sys.executable, "-m", "bench.one", "--count", str(place.count), "--size", given.size, "--kills",
        str(given.kills),
        "--folder", str(home), "--out", str(out), "--parts", ",".join(place.parts),
    ]  # fmt: skip
    process = subprocess.Popen(command, env=environment(home, url), cwd=ROOT)
    try:
        code = process.wait()
    except BaseException:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
        raise
    found: dict[str, Any] = json.loads(out.read_text("utf-8")) if out.exists() else {}
    return found | ({"failed": f"ended with code {code}"} if code else {})


def main() -> int:
    """Measure everything asked for; the exit code is 1 when a figure does not hold."""
    stop_on_signals()
    given = options()
    wanted = list(places(given.db, given.size, given.parts))
    figures: dict[str, Any] = {
        "at": datetime.now(tz=UTC).isoformat(),
        "size": given.size,
        "machine": machine(),
        "places": {},
    }
    folder = Path(tempfile.mkdtemp(prefix="lvzhi-bench-", dir=given.folder))
    folder.chmod(0o711)
    try:
        with ExitStack() as stack:
            cluster = (
                stack.enter_context(running(parent=folder)) if any(p.vendor == "postgresql" for p in wanted) else None
            )
            for place in wanted:
                home = folder / place.name
                home.mkdir()
                url = (
                    cluster.create(place.name)
                    if cluster and place.vendor == "postgresql"
                    else f"sqlite:///{home / 'lvzhi.sqlite3'}"
                )
                sys.stderr.write(f"{place.name}: {', '.join(place.parts)}\n")
                figures["places"][place.name] = measure(place, given, home, url)
                given.out.parent.mkdir(parents=True, exist_ok=True)
                given.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
    except NoServer as missing:
        sys.stderr.write(f"{missing}\n")
        return 3
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    table, holds = report.table(figures)
    print(table)
    print(f"\n{given.out}")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
