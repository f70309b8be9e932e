"""`python -m bench.law_scroll --address http://127.0.0.1:8000`: how a browser takes the longest law.

On a desk and on a telephone; asks a platform that is running and has texts. Times are those of the browser's own
performance API, in ms: first paint, the page's weight on the wire, the longest task, frames while it is scrolled
through, what its thread computed until the page stood, and the second opening (304).
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from typing import Any
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

CODE = "民法典"
LOOKS: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "telephone": {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True},
}
SLOWER = {"desk": 1, "telephone": 4}
"""By how much the processor is slowed: a cheap telephone is some four times slower than this machine."""
_COMPUTED = {
    "all": "TaskDuration",
    "layout": "LayoutDuration",
    "style": "RecalcStyleDuration",
    "script": "ScriptDuration",
}
_WATCH = """
window.__tasks = [];
new PerformanceObserver((list) => list.getEntries().forEach((each) => window.__tasks.push(each.duration)))
  .observe({ type: "longtask", buffered: true });
"""
_SCROLL = """
async ([steps, by]) => {
  const frames = [];
  let last = performance.now();
  for (let at = 0; at < steps; at += 1) {
    scrollBy(0, by);
    await new Promise((go) => requestAnimationFrame(go));
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  return frames;
}
"""
_TOLD = """
() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const way = performance.getEntriesByType("navigation")[0];
  return {
    first_paint: paint ? paint.startTime : null, first_byte: way.responseStart, ready: way.domContentLoadedEventEnd,
    loaded: way.loadEventEnd, wire_kb: way.transferSize / 1000, height: document.documentElement.scrollHeight,
    elements: document.querySelectorAll("*").length, tasks: window.__tasks,
  };
}
"""


def measure(browser: Browser, address: str, look: str, rounds: int) -> dict[str, float]:
    """One look: the medians of `rounds` openings in fresh profiles, and one scroll through the text."""
    first: list[dict[str, Any]] = []
    frames: list[float] = []
    again: dict[str, Any] = {}
    for _ in range(rounds):
        context = browser.new_context(locale="zh-CN", **LOOKS[look])
        page = context.new_page()
        page.add_init_script(_WATCH)
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER[look]})
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        first.append(_open(page, address))
        told = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
        first[-1] |= {f"computed_{name}": told[key] * 1000 for name, key in _COMPUTED.items()}
        if not frames:
            frames = page.evaluate(_SCROLL, [150, 700])
        again = _open(page, address)
        context.close()
    frames.sort()
    names = ("first_byte", "first_paint", "ready", "loaded", *(f"computed_{name}" for name in _COMPUTED))
    return {
        **{name: round(_middle([each[name] for each in first]), 1) for name in names},
        "wire_kb": round(first[-1]["wire_kb"], 1), "height": first[-1]["height"], "elements": first[-1]["elements"],
        "longest_task": round(max([0.0, *(task for each in first for task in each["tasks"])]), 1),
        "frame_p50": round(_middle(frames), 1), "frame_p95": round(frames[int(len(frames) * 0.95)], 1),
        "frame_longest": round(frames[-1], 1),
        "again_first_paint": round(again["first_paint"], 1), "again_wire_kb": round(again["wire_kb"], 1),
    }  # fmt: skip


def _open(page: Page, address: str) -> dict[str, Any]:
    page.goto(f"{address}/law/{quote(CODE)}/", wait_until="load")
    page.wait_for_timeout(400)
    told: dict[str, Any] = page.evaluate(_TOLD)
    return told


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def main() -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(prog="python -m bench.law_scroll", description=__doc__)
    parser.add_argument("--address", default="http://127.0.0.1:8000")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    path = shutil.which("chromium")
    if path is None:
        print("Chromium is missing: nothing was measured.", file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for look in LOOKS:
            print(look, json.dumps(measure(browser, given.address, look, given.rounds)))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
