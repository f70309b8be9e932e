"""Coverage-guided fuzzing of the readers and of the citation grammar: `python -m tools.fuzz_law --seconds 60`.

Each target runs in a process of its own under atheris (libFuzzer for Python), which the tests do not need:

    pip install --require-hashes -r requirements/fuzz.txt

Two things are findings: an exception other than `LawRefused`, and more than a second for 100 kB. Small inputs cannot
take a second; so the slowest of a run are repeated until they have 100 kB and timed again. Findings are written to
`var/fuzz/<target>/findings`, what was learnt stays in `var/fuzz/<target>/corpus` for the next run. Exit status 1 where
there is one.

Targets: `text` and `grammar` build texts from the words of laws (a byte is a word, so that a mutation makes another
text and not broken characters); `bytes`, `html` and `pdf` mutate files; `docx` mutates the body inside a sound package,
`package` the package itself.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
import traceback
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

HOME = Path(__file__).resolve().parents[1] / "var" / "fuzz"
PER_100_KB = 1.0
WHOLE = 100_000
KEPT_SLOW = 12
WORDS = (
    "第 条 款 项 目 章 节 编 分编 之 一 二 三 四 五 六 七 八 九 十 百 千 零 〇 两 0 1 2 3 9 《 》 〈 〉",
    "（ ） ( ) 、 ， 。 ； ： : 和 或 及 至 与 以及 前 本 上 下 该 其 规定 依照 根据 按照 以下简称 以下统称 简称",
    "修正 修订 决定 关于 修改 废止 同时 即行 施行 自 起 年 月 日 通过 公布 批准 会议 第一次 附件 附录 附表 目录",
    "序言 总则 附则 法 条例 办法 解释 宪法 刑法 民法典 监督法 立法法 本法 本条例 本办法 前款 前条 上款 上述",
    "下列 各项 有关 国发 〔 〕 号 令 国务院 委员会 2024 2020 2021年1月1日 第一条 第二条 第三条之一",
    "第十条至第十二条 （一） （二） （1） ① 1. 2. a） 一、 二、 三、 第一款 第（一）项 第二项 甲 乙 丙",
    "第一章 第一节 第一编 ## # <!-- --> | |---| \u200b \ufeff . , ! A z \x00 😀 -",
)
LINES = (" ", "\n", "\n\n", "\r\n", "\t", "　", "\x0b", "\u2028", "<!-- INFO END -->", "\n第", "\n（", "\n一、", "。\n")
JOINED = ("》第", "条第", "款第", "）项", "、第", "和第", "至第", "（以下简称", "的规定，")
TOKENS = [*(word for line in WORDS for word in line.split(" ")), *LINES, *JOINED]

Run = Callable[[bytes], int]
"""Does the work on an input, gives how many bytes it was; LawRefused is let through."""


def spelled(data: bytes) -> str:
    """The text a row of bytes stands for: a word a byte."""
    return "".join(TOKENS[each % len(TOKENS)] for each in data)


def spell(text: str) -> bytes:
    """Bytes that stand for a text, as near as the words allow: seeds are written so."""
    longest = sorted(range(len(TOKENS)), key=lambda at: -len(TOKENS[at]))
    found, at = bytearray(), 0
    while at < len(text):
        place = next((each for each in longest if TOKENS[each] and text.startswith(TOKENS[each], at)), None)
        if place is None:
            found.append(TOKENS.index("甲"))
            at += 1
        else:
            found.append(place)
            at += len(TOKENS[place])
    return bytes(found)


def _text(data: bytes) -> int:
    from lvzhi.core import law
    from lvzhi.core.law import exports

    text = spelled(data)
    document = law.parse(text, "甲法(2024-01-01).md")
    assert document.join() == text, "the units do not join to the text"
    assert len({unit.eid for unit in document.units if unit.eid}) == sum(bool(unit.eid) for unit in document.units)
    law.cites(document, law.Library([document]), frozenset({"刑法", "监督法"}))
    exports.akn(document)
    return len(text.encode())


def _grammar(data: bytes) -> int:
    from lvzhi.core import law

    text = f"# 甲办法\n\n<!-- INFO END -->\n\n第一条 {spelled(data)}\n"
    document = law.parse(text)
    found = law.find(document, frozenset({"刑法", "监督法", "甲条例"}))
    assert all(0 <= each.start < each.end <= len(text) for each in found), "a citation outside the text"
    assert [each.start for each in found] == sorted(each.start for each in found), "citations out of order"
    law.address_of("甲办法(2024-01-01)", spelled(data))
    return len(text.encode())


def _file(name: str) -> Run:
    def run(data: bytes) -> int:
        from lvzhi.core import law

        document = law.read(name, data)
        assert document.join() == document.source, "the units do not join to the text"
        return len(data)

    return run


def _docx(data: bytes) -> int:
    """The bytes as the body of a document inside a sound package."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(_package())) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, data if entry.filename == "word/document.xml" else old.read(entry))
    return _file("法.docx")(out.getvalue())


_made: list[bytes] = []


def _package() -> bytes:
    if not _made:
        import docx

        document, out = docx.Document(), BytesIO()
        for line in SEED.splitlines():
            document.add_paragraph(line)
        document.add_table(1, 2)
        document.save(out)
        _made.append(out.getvalue())
    return _made[0]


SEED = """# 明川市云麓区河道保洁办法

2021年3月5日 明川市云麓区第九届人民代表大会常务委员会第三十次会议通过

<!-- INFO END -->

## 第一章 总则

第一条 根据《云麓示范条例》（以下简称示范条例）第三条、第五条，制定本办法。

第二条 违反前条第一款第（二）项和本办法第十条至第十二条的，依照刑法第一百条处理：

（一）甲；

（二）乙：

1.丙；

附件：名录

| 甲 | 乙 |
"""


def _page() -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in SEED.splitlines())
    body = f"<div>首页</div><div><h1>甲办法</h1>{lines}<table><tr><td>甲</td></tr></table></div>"
    return f"<!DOCTYPE html><html><body>{body}</body></html>".encode()


def _pdf() -> bytes:
    """A small PDF with a text layer in a standard face."""
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
             b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>",
             b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]  # fmt: skip
    stream = b"BT /F1 12 Tf 72 700 Td (1. First.) Tj 0 -20 Td (2. Second paragraph of it.) Tj ET"
    parts.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start))


def _inner() -> bytes:
    with zipfile.ZipFile(BytesIO(_package())) as package:
        return package.read("word/document.xml")


TARGETS: dict[str, tuple[Run, Callable[[], list[bytes]], int]] = {
    "text": (_text, lambda: [spell(SEED), *map(spell, SEED.split("\n\n"))], 600),
    "grammar": (_grammar, lambda: [spell(line) for line in SEED.splitlines() if line], 300),
    "bytes": (
        _file("法.txt"),
        lambda: [SEED.encode(each) for each in ("utf-8", "gb18030", "utf-16", "utf-16-le")],
        4096,
    ),
    "markdown": (_file("法.md"), lambda: [SEED.encode()], 4096),
    "html": (_file("法.html"), lambda: [_page()], 4096),
    "docx": (_docx, lambda: [_inner()], 16384),
    "package": (_file("法.docx"), lambda: [_package()], 65536),
    "pdf": (_file("法.pdf"), lambda: [_pdf()], 8192),
}
"""For each target: what is done, the inputs it begins with, the longest input in bytes."""


class Watch:
    """What one process has seen: findings, slow inputs, how many runs."""

    def __init__(self, name: str) -> None:
        self.name, self.folder = name, HOME / name
        self.run = TARGETS[name][0]
        self.runs = self.refused = 0
        self.seen: set[str] = set()
        self.slow: list[tuple[float, bytes]] = []

    def one(self, data: bytes) -> None:
        """Do the work once; note what goes wrong instead of ending the run."""
        from lvzhi.core.law import LawRefused

        begun = time.process_time()
        size = len(data)
        try:
            size = self.run(data)
        except LawRefused:
            self.refused += 1
        except Exception as error:  # whatever a reader lets through is what is looked for
            self._finding("crash", data, error)
        taken = time.process_time() - begun
        if taken > PER_100_KB * max(1.0, size / WHOLE):
            self._finding("slow", data, TimeoutError(f"{taken:.2f} s for {size} bytes"))
        self.slow.append((taken / max(size, 200), data))
        self.runs += 1
        if len(self.slow) > 400:
            self.slow = sorted(self.slow, key=lambda each: -each[0])[:KEPT_SLOW]
        if self.runs % 500 == 0:
            self.save()

    def _finding(self, kind: str, data: bytes, error: Exception) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if "lvzhi" in frame.filename]
        where = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else str(error)[:40]
        name = re.sub(r"[^\w.-]+", "_", f"{kind}-{type(error).__name__}-{where}")
        if name in self.seen:
            return
        self.seen.add(name)
        findings = self.folder / "findings"
        findings.mkdir(parents=True, exist_ok=True)
        (findings / f"{name}.bin").write_bytes(data)
        (findings / f"{name}.txt").write_text("".join(traceback.format_exception(error)), "utf-8")

    def save(self) -> None:
        """Leave the figures where the parent process finds them."""
        slow = sorted(self.slow, key=lambda each: -each[0])[:KEPT_SLOW]
        figures = {"runs": self.runs, "refused": self.refused, "slow": [data.hex() for _ratio, data in slow]}
        (self.folder / "figures.json").write_text(json.dumps(figures), "utf-8")

    def stretch(self) -> float:
        """Repeat the slowest inputs to 100 kB and time them; the longest time. A finding where it is too long."""
        if self.name in ("docx", "package", "pdf"):  # a file repeated is no larger file
            return 0.0
        longest = 0.0
        figures = json.loads((self.folder / "figures.json").read_text("utf-8"))
        for data in map(bytes.fromhex, figures["slow"]):
            one = len(spelled(data).encode()) if self.name in ("text", "grammar") else len(data)
            many = data * max(1, WHOLE // max(one, 1))
            begun = time.process_time()
            self.one(many)
            longest = max(longest, time.process_time() - begun)
        return longest


def child(name: str, seconds: int, seed: int) -> None:
    """One target under atheris, until the time is over. Does not return."""
    import atheris

    with atheris.instrument_imports(include=["lvzhi.core.law", "lvzhi.core.upload"]):
        import lvzhi.core.law
        import lvzhi.core.law.exports
        import lvzhi.core.law.readers.pdf
        import lvzhi.core.law.readers.word  # noqa: F401
    _run, seeds, longest = TARGETS[name]
    watch = Watch(name)
    corpus = watch.folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds()):
        (corpus / f"seed-{number}").write_bytes(data)
    watch.save()
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={longest}",
        "-rss_limit_mb=3000",
        "-timeout=60",
        f"-seed={seed}",
    ]
    atheris.Setup(["fuzz", *options, f"-artifact_prefix={watch.folder}/", str(corpus)], watch.one)
    atheris.Fuzz()


def parent(names: list[str], seconds: int, seed: int) -> int:
    """Every target in turn; a line of figures for each. How many findings."""
    total = 0
    for name in names:
        folder = HOME / name
        command = [
            sys.executable,
            "-m",
            "tools.fuzz_law",
            "--child",
            name,
            "--seconds",
            str(seconds),
            "--seed",
            str(seed),
        ]
        ran = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONHASHSEED": "0"})
        log = ran.stderr.decode("utf-8", "replace")
        (folder / "log.txt").parent.mkdir(parents=True, exist_ok=True)
        (folder / "log.txt").write_text(log, "utf-8")
        lines = re.findall(r"#(\d+)\s+\w+\s+cov: (\d+) ft: (\d+) corp: (\d+)", log)
        done = lines[-1] if lines else ("0", "0", "0", "0")
        first = lines[0][1] if lines else "0"
        watch = Watch(name)
        longest = watch.stretch() if (folder / "figures.json").exists() else 0.0
        findings = sorted(path.stem for path in (folder / "findings").glob("*.bin"))
        died = [] if ran.returncode == 0 else [f"the process ended with {ran.returncode}, see {folder / 'log.txt'}"]
        print(
            f"{name:9} {done[0]:>8} runs, coverage {first} -> {done[1]} ({done[2]} features), corpus {done[3]}, "
            f"slowest stretched to 100 kB {longest:.2f} s, {len(findings)} findings",
            flush=True,
        )
        for each in [*findings, *died]:
            print(f"    {each}", flush=True)
        total += len(findings) + len(died)
    return total


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description="Fuzz the readers of laws and the citation grammar.")
    parser.add_argument("--seconds", type=int, default=60, help="Seconds for each target.")
    parser.add_argument("--target", action="append", choices=TARGETS, help="Only this one; may be repeated.")
    parser.add_argument("--seed", type=int, default=20260609)
    parser.add_argument("--child", choices=TARGETS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("atheris is not installed: pip install --require-hashes -r requirements/fuzz.txt", file=sys.stderr)
        return 2
    if given.child:
        child(given.child, given.seconds, given.seed)
    return 1 if parent(given.target or list(TARGETS), given.seconds, given.seed) else 0


if __name__ == "__main__":
    sys.exit(main())
