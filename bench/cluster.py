"""A private PostgreSQL server for as long as something runs, and then no trace of it.

`python -m bench.cluster run -- <command> …` runs a command with DATABASE_URL set to a fresh cluster on a free port
of 127.0.0.1, and takes the cluster away afterwards, whatever happens. Nothing but the standard library is used.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

WAIT_SECONDS = 60
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "120",
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "1GB",
    "synchronous_commit": "on",
    "fsync": "on",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "log_min_messages": "fatal",
}
"""What an office with two cores and a solid-state disk would set; nothing that would lose a commit."""
SMALL = {"shared_buffers": "128MB", "maintenance_work_mem": "64MB", "max_wal_size": "1GB"}


class NoServer(RuntimeError):
    """PostgreSQL cannot be started here; the message says what is missing."""


def programs() -> Path:
    """The folder of `initdb` and `postgres`. Raises NoServer."""
    for name in ("initdb", "postgres"):
        if (found := shutil.which(name)) and (Path(found).resolve().parent / "postgres").exists():
            return Path(found).resolve().parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if kept and (kept[-1] / "initdb").exists():
        return kept[-1]
    raise NoServer("PostgreSQL's own programs (initdb, postgres) are not installed: apt install postgresql")


def free_port() -> int:
    """A port of 127.0.0.1 where nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _owner() -> str:
    """The account the server runs under: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return ""
    try:
        pwd.getpwnam("postgres")
    except KeyError as error:
        raise NoServer("PostgreSQL does not run as root and there is no user `postgres` to run it as.") from error
    return "postgres"


def _as_owner(owner: str, command: Sequence[str]) -> list[str]:
    return ["runuser", "-u", owner, "--", *command] if owner else list(command)


@dataclass
class Cluster:
    """A running server. `url(name)` is the address of one of its databases."""

    folder: Path
    port: int
    password: str
    process: subprocess.Popen[bytes]

    def url(self, name: str = "lvzhi") -> str:
        """The DATABASE_URL of a database of this cluster."""
        return f"postgresql://lvzhi:{self.password}@127.0.0.1:{self.port}/{name}"

    def create(self, name: str) -> str:
        """Make a database and return its address."""
        environment = {**os.environ, "PGPASSWORD": self.password}
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "lvzhi"]
        subprocess.run([str(programs() / "createdb"), *where, name], check=True, env=environment)
        return self.url(name)

    def stop(self) -> None:
        """End the server at once and remove its folder."""
        if self.process.poll() is None:
            # SIGINT is the fast shutdown: sessions are cut off. `runuser` ends by itself when its child has.
            if not _signal_postmaster(self.folder, signal.SIGINT):
                self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                _signal_postmaster(self.folder, signal.SIGQUIT)
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def _signal_postmaster(folder: Path, number: signal.Signals) -> bool:
    with contextlib.suppress(OSError, ValueError, IndexError):
        os.kill(int((folder / "data" / "postmaster.pid").read_text().splitlines()[0]), number)
        return True
    return False


def start(settings: dict[str, str] | None = None, parent: Path | None = None) -> Cluster:
    """Make a cluster in a folder of its own and start it. Raises NoServer."""
    tools, owner = programs(), _owner()
    folder = Path(tempfile.mkdtemp(prefix="lvzhi-pg-", dir=parent))
    try:
        return _start(tools, owner, folder, {**SETTINGS, **(settings or {})})
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _start(tools: Path, owner: str, folder: Path, settings: dict[str, str]) -> Cluster:
    password, port = secrets.token_hex(16), free_port()
    secret = folder / "password"
    secret.write_text(password)
    if owner:
        for path in (folder, secret):
            shutil.chown(path, owner)
    make = [
        str(tools / "initdb"), "-D", str(folder / "data"), "-U", "lvzhi", "--encoding=UTF8", "--locale=C.UTF-8",
        "--auth=scram-sha-256", f"--pwfile={secret}", "--no-instructions",
    ]  # fmt: skip
    subprocess.run(_as_owner(owner, make), check=True, stdout=subprocess.DEVNULL, cwd=folder)
    secret.unlink()
    with (folder / "data" / "postgresql.conf").open("a") as file:
        given = {**settings, "port": str(port), "unix_socket_directories": str(folder)}
        file.writelines(f"{name} = '{value}'\n" for name, value in given.items())
    run = _as_owner(owner, [str(tools / "postgres"), "-D", str(folder / "data")])
    # A session of its own: Ctrl-C must end the work first and the database last.
    process = subprocess.Popen(
        run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, cwd=folder
    )
    cluster = Cluster(folder, port, password, process)
    try:
        _await(tools, cluster)
        cluster.create("lvzhi")
    except BaseException:
        cluster.stop()
        raise
    return cluster


def _await(tools: Path, cluster: Cluster) -> None:
    probe = [str(tools / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(cluster.port)]
    for _try in range(WAIT_SECONDS * 10):
        if cluster.process.poll() is not None:
            raise NoServer(f"PostgreSQL ended at once with code {cluster.process.returncode}.")
        if subprocess.run(probe, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise NoServer(f"PostgreSQL did not answer within {WAIT_SECONDS} seconds.")


@contextlib.contextmanager
def running(settings: dict[str, str] | None = None, parent: Path | None = None) -> Iterator[Cluster]:
    """A cluster for the length of a `with` block."""
    cluster = start(settings, parent)
    try:
        yield cluster
    finally:
        cluster.stop()


def _raise_exit(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def stop_on_signals() -> None:
    """Let SIGTERM and SIGHUP end this program in the ordinary way, so that `finally` blocks run."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _raise_exit)


def main(arguments: Sequence[str]) -> int:
    """`run [--small] -- command …`; the exit code is the command's."""
    if "--" not in arguments or arguments[0] != "run":
        sys.stderr.write("Usage: python -m bench.cluster run [--small] -- command …\n")
        return 2
    cut = list(arguments).index("--")
    options, command = arguments[1:cut], list(arguments[cut + 1 :])
    stop_on_signals()
    try:
        with running(SMALL if "--small" in options else None) as cluster:
            return _run(command, {**os.environ, "DATABASE_URL": cluster.url()})
    except NoServer as missing:
        sys.stderr.write(f"{missing}\n")
        return 3


def _run(command: list[str], environment: dict[str, str]) -> int:
    process = subprocess.Popen(command, env=environment)
    try:
        return process.wait()
    except BaseException:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
