#!/usr/bin/env python3
"""Repeat a published draw: python3 check_draw.py FILE.json

Needs Python 3 and nothing else. It shares no line with the platform that drew, so that neither can hide a flaw of the
other; docs/explanation/draw.md says the same in words. 核对抽签：python3 check_draw.py 文件.json
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any


def repeat(text: str, seed: str, size: int) -> list[str]:
    """The numbers drawn from the list `text`, in the order of drawing."""
    committed = hashlib.sha256(text.encode()).hexdigest()
    strata: dict[str, list[str]] = {}
    for line in text.split("\n")[:-1]:
        number, _tab, stratum = line.partition("\t")
        strata.setdefault(stratum, []).append(number)
    names = sorted(strata)
    places = dict.fromkeys(names, 0)
    for _ in range(size):
        best = names[0]
        for name in names[1:]:  # compared across, so that no fraction is rounded
            if len(strata[name]) * (2 * places[best] + 1) > len(strata[best]) * (2 * places[name] + 1):
                best = name
        places[best] += 1
    drawn: list[str] = []
    for name in names:
        left, counter = sorted(strata[name]), 0
        for place in range(places[name]):
            among = len(left) - place
            while True:
                said = f"lvzhi-draw-1\n{committed}\n{name}\n{seed.strip()}\n{counter}"
                block = int(hashlib.sha256(said.encode()).hexdigest(), 16)
                counter += 1
                if block < 2**256 - 2**256 % among:
                    break
            other = place + block % among
            left[place], left[other] = left[other], left[place]
        drawn += left[: places[name]]
    return drawn


def check(file: dict[str, Any]) -> str:
    """What is wrong with a published draw; empty when it holds."""
    if hashlib.sha256(file["list"].encode()).hexdigest() != file["list_sha256"]:
        return "The list is not the one whose hash was published. 名单和先公布的指纹对不上。"
    if repeat(file["list"], file["seed"], file["size"]) != file["drawn"]:
        return "The list and the seed give other numbers. 照名单和种子抽出来的不是这些。"
    return ""


if __name__ == "__main__":
    wrong = check(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    sys.stdout.write((wrong or "The draw holds. 抽签结果核对无误。") + "\n")
    sys.exit(1 if wrong else 0)
