"""Where a command finds its secrets: the environment, or a file of NAME=value lines that only its owner reads."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

DEFAULT_FILE = Path("var/lvzhi.env")


def read(path: Path) -> dict[str, str]:
    """The names and values of an environment file; lines that start with # and empty ones do not count."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    pairs = (line.partition("=") for line in lines if line.strip() and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip() for name, _equals, value in pairs}


def load() -> Path:
    """Put the file's values into the environment where it does not set them itself; return the file's path."""
    path = Path(os.environ.get("LVZHI_ENV_FILE", DEFAULT_FILE))
    for name, value in read(path).items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lvzhi.project.settings")
    return path


def make(path: Path) -> bool:
    """Write fresh secrets, readable by the owner alone; an existing file is left as it is. Says whether it wrote."""
    if path.exists():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    text = (
        "# Secrets of this installation. Losing LVZHI_DATA_KEYS loses the personal data it seals: keep a copy apart.\n"
        f"LVZHI_SECRET_KEY={secrets.token_urlsafe(50)}\n"
        f"LVZHI_DATA_KEYS=k1:{key}\n"
        f"LVZHI_HOME={path.parent.resolve()}\n"
    )
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return True
