"""The time there is, and other interpreters that must keep to it."""

import contextlib
import json
import subprocess
import sys
import tempfile
import threading
import time


class Clock:
    """Counts down from ``minutes``."""

    def __init__(self, minutes: float) -> None:
        self._began = time.monotonic()
        self._ends = self._began + 60 * minutes

    @property
    def spent(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began

    @property
    def left(self) -> float:
        """Seconds left; below 0 when time is up."""
        return self._ends - time.monotonic()


class Skipped(Exception):
    """A part was not measured; says why in plain words."""


def lines_of(module: str, *arguments: str, seconds: float) -> tuple[list[dict], str]:
    """What ``python -m module`` prints as JSON lines within so many seconds, and why it ended early.

    A program that takes longer is ended; what it said until then is kept.
    """
    said: list[dict] = []
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
            text=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
        reader = threading.Thread(target=_read, args=(process.stdout, said), daemon=True)
        reader.start()
        why = ""
        try:
            process.wait(timeout=max(1.0, seconds))
        except subprocess.TimeoutExpired:
            why = f"ended after {seconds:.0f} s, which was all the time left for it"
        finally:
            process.kill()
            process.wait()
            reader.join(10)
            process.stdout.close()
        if not why and process.returncode:
            errors.seek(0)
            last = [line.strip() for line in errors.read().splitlines() if line.strip()]
            why = f"failed: {last[-1][:300]}" if last else f"ended with code {process.returncode}"
    return said, why


def _read(pipe, said: list[dict]) -> None:
    for line in pipe:
        if line.startswith("{"):
            with contextlib.suppress(ValueError):
                said.append(json.loads(line))
