"""The production server under a load: starting it, talking to it over kept-alive sockets, and reading its memory."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench.cluster import free_port

LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
COOKIE = re.compile(rb"\r\nset-cookie:\s*([^=\s]+)=([^;\r]*)", re.IGNORECASE)
PLACE = re.compile(rb"\r\nlocation:\s*([^\r]+)", re.IGNORECASE)
END = "\r\n"
START_SECONDS = 60
RENEW = 100
"""Requests after which a client connects anew, so that no worker keeps the larger half of the clients for ever."""


class Dropped(ConnectionError):
    """The server went away before it had answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes
    place: str = ""


@dataclass
class Client:
    """One browser, with its cookies and one connection."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _socket: socket.socket | None = None
    _used: int = 0

    def get(self, path: str) -> Answer:
        """GET, tried once more on a fresh connection where a kept one had been closed."""
        head = f"GET {path} HTTP/1.1\r\n{self._headers()}\r\n".encode()
        if self._socket is not None:
            with contextlib.suppress(OSError):
                return self._exchange(head)
            self.close()
        return self._exchange(head)

    def post(self, path: str, values: Mapping[str, str]) -> Answer:
        """POST a form with the CSRF token of the cookie. Never tried twice."""
        token = self.cookies.get("csrftoken", "")
        body = urlencode({**values, "csrfmiddlewaretoken": token}).encode()
        head = (
            f"POST {path} HTTP/1.1\r\n{self._headers()}Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return self._exchange(head.encode() + body)

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self._used = None, 0

    def _headers(self) -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return f"Host: 127.0.0.1\r\nAccept-Language: zh-CN\r\n{f'Cookie: {cookies}{END}' if cookies else ''}"

    def _exchange(self, request: bytes) -> Answer:
        if self._used >= RENEW:
            self.close()
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._used += 1
        try:
            self._socket.sendall(request)
            return self._answer(self._socket)
        except OSError:
            self.close()
            raise

    def _answer(self, connection: socket.socket) -> Answer:
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += _more(connection)
        head = data[:end]
        length = LENGTH.search(head)
        wanted = end + 4 + (int(length[1]) if length else 0)
        while len(data) < wanted:
            data += _more(connection)
        for name, value in COOKIE.findall(head):
            self.cookies[name.decode()] = value.decode()
        place = PLACE.search(head)
        if b"\r\nconnection: close" in head.lower():
            self.close()
        return Answer(int(head[9:12]), data[end + 4 : wanted], place[1].decode() if place else "")


def _more(connection: socket.socket) -> bytes:
    piece = connection.recv(262_144)
    if not piece:
        raise Dropped("The server hung up.")
    return piece


class Server:
    """The server as `lvzhi serve` runs it, in a process group of its own."""

    def __init__(self, *, workers: int = 2, threads: int = 4, log: Path | None = None) -> None:
        self.port = free_port()
        self.command = [
            sys.executable, "-m", "lvzhi.faces.commands", "serve", "--port", str(self.port), "--workers", str(workers),
            "--threads", str(threads), "--without-worker",
        ]  # fmt: skip
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait for its first page. Raises RuntimeError when none comes."""
        self.process = started(self.command, self.log)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            with contextlib.suppress(OSError):
                if Client(self.port).get("/about").status < 500:
                    return
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"The server did not answer within {START_SECONDS} s; see {self.log}.")

    def kill(self) -> None:
        """kill -9 to the whole group."""
        if self.process is not None:
            kill_group(self.process, signal.SIGKILL)
            self.process.wait()

    def stop(self) -> None:
        """End it in the ordinary way."""
        if self.process is not None and self.process.poll() is None:
            kill_group(self.process, signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    def memory(self) -> list[dict[str, float]]:
        """Resident memory in MB of each process that answers requests."""
        master = self.process.pid if self.process else 0
        return [found for pid in _children(master) if (found := _memory_of(pid))]


def started(command: Sequence[str], log: Path | None) -> subprocess.Popen[bytes]:
    """Start a program in a group of its own, its complaints going to `log`."""
    out = log.open("ab") if log else subprocess.DEVNULL
    try:
        return subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
    finally:
        if not isinstance(out, int):
            out.close()


def kill_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Signal every process of a group that `started` made."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def job_worker(log: Path | None) -> subprocess.Popen[bytes]:
    """Start `lvzhi worker`."""
    return started([sys.executable, "-m", "lvzhi.faces.commands", "worker"], log)


def _children(master: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == master:
                found.append(int(path.parent.name))
    return sorted(found)


def _memory_of(pid: int) -> dict[str, float]:
    """Resident memory; `anon` leaves out mapped files, such as SQLite's, of which each connection maps its own."""
    found = {}
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            name, _colon, value = line.partition(":")
            if name in {"VmRSS", "RssAnon"}:
                found[{"VmRSS": "rss", "RssAnon": "anon"}[name]] = round(int(value.split()[0]) / 1024, 1)
    return found


@contextlib.contextmanager
def serving(log: Path | None = None) -> Iterator[Server]:
    """A running server for the length of a `with` block."""
    server = Server(log=log)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@dataclass(frozen=True, slots=True)
class Timing:
    """What one client waited, in milliseconds."""

    p50: float
    p99: float
    most: float
    count: int


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the sorted values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000 * len(ordered)) // 1000) - 1))]


def timing(seconds: Sequence[float]) -> Timing:
    """Percentiles of waits in seconds."""
    millis = [round(each * 1000, 2) for each in seconds]
    return Timing(percentile(millis, 0.5), percentile(millis, 0.99), max(millis), len(millis))


def crowd(count: int, seconds: float, act: Callable[[int, Callable[[], bool]], None]) -> float:
    """Run `act(number, goes_on)` in `count` threads for `seconds`; return how long it really took.

    The first failure of any thread is raised here.
    """
    stop, failures = threading.Event(), []

    def one(number: int) -> None:
        try:
            act(number, lambda: not stop.is_set())
        except Exception as error:  # raised again below, in the thread that asked
            failures.append(error)
            stop.set()

    threads = [threading.Thread(target=one, args=(number,), daemon=True) for number in range(count)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    stop.wait(seconds)
    stop.set()
    for thread in threads:
        thread.join(90)
    if failures:
        raise failures[0]
    return time.monotonic() - begun
