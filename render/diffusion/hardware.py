"""The devices that models can run on, found without importing torch into this process.

``python -m photoplay.render.diffusion.hardware`` prints what torch sees as JSON; another
interpreter is asked, since torch takes seconds and much memory to import.
"""

from __future__ import annotations

import importlib.util
import json
import os
import platform
import subprocess
import sys
from typing import Any

from pydantic import Field, ValidationError

from ...storyboard.errors import BadInput
from ...storyboard.schema import Data

WISH = "PHOTOPLAY_DEVICE"
"""Environment variable: ``cpu``, or one device's id such as ``cuda:1``."""
_MB = 1_000_000
_SECONDS = 120


class Device(Data):
    """A device. Megabytes are 10^6 bytes; 0 where that cannot be known."""

    id: str
    """As torch calls it: ``cuda:0``, ``mps``, ``cpu``."""
    name: str = ""
    total_mb: int = Field(0, ge=0)
    free_mb: int = Field(0, ge=0)
    """When it was looked at."""


def devices() -> tuple[Device, ...]:
    """GPUs that torch sees, in its order (``CUDA_VISIBLE_DEVICES`` is honoured); empty where none is.

    ``PHOTOPLAY_DEVICE=cpu`` gives the processor alone, and another id that device alone. Asked once a
    process and environment. Raises ``BadInput`` where ``PHOTOPLAY_DEVICE`` names what is not there.
    """
    wish = os.environ.get(WISH, "").strip()
    if wish == "cpu":
        return (processor(),)
    found = _asked()
    if not wish:
        return found
    chosen = tuple(d for d in found if d.id == wish or (wish == "cuda" and d.id == "cuda:0"))
    if not chosen:
        there = ", ".join(d.id for d in found) or "no GPU"
        raise BadInput(f"{WISH} names {wish[:40]!r}, which is not here. Here: {there}; or set it to cpu.")
    return chosen


def processor() -> Device:
    """This machine's processor, with its main memory where the system tells."""
    total = free = 0
    try:
        page = os.sysconf("SC_PAGE_SIZE")
        total = os.sysconf("SC_PHYS_PAGES") * page // _MB
        free = os.sysconf("SC_AVPHYS_PAGES") * page // _MB
    except (AttributeError, ValueError, OSError):
        pass  # not told here (Windows, macOS for what is free)
    name = platform.processor() or platform.machine()
    return Device(id="cpu", name=name, total_mb=max(0, total), free_mb=max(0, free))


_FOUND: dict[tuple[str, ...], tuple[Device, ...]] = {}


def _asked() -> tuple[Device, ...]:
    """What another interpreter says that torch sees, once for each environment that matters."""
    if importlib.util.find_spec("torch") is None:
        return ()
    python = os.environ.get("PHOTOPLAY_PYTHON") or sys.executable
    key = (python, *(os.environ.get(n, "-") for n in ("CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER")))
    if key not in _FOUND:
        _FOUND[key] = _read(_ask(python))
    return _FOUND[key]


def _ask(python: str) -> str:
    try:
        done = subprocess.run(
            [python, "-m", "photoplay.render.diffusion.hardware"],
            capture_output=True, text=True, encoding="utf-8", errors="replace",
            stdin=subprocess.DEVNULL, timeout=_SECONDS, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout


def _read(said: str) -> tuple[Device, ...]:
    """The last line that is a list of devices; libraries may print before it."""
    for line in reversed(said.splitlines()):
        try:
            return tuple(Device.model_validate(d) for d in json.loads(line))
        except (ValueError, TypeError, ValidationError):
            continue
    return ()


def _seen() -> list[dict[str, Any]]:
    """What torch sees; imports it."""
    import torch

    found: list[dict[str, Any]] = []
    for n in range(torch.cuda.device_count() if torch.cuda.is_available() else 0):
        free, total = torch.cuda.mem_get_info(n)
        name = torch.cuda.get_device_name(n)
        found.append({"id": f"cuda:{n}", "name": name, "total_mb": total // _MB, "free_mb": free // _MB})
    if not found and torch.backends.mps.is_available():
        most = torch.mps.recommended_max_memory() // _MB
        found.append({"id": "mps", "name": platform.processor(), "total_mb": most, "free_mb": most})
    return found


if __name__ == "__main__":
    print(json.dumps(_seen()))
