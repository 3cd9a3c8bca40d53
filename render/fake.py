"""A public fake renderer: quick, deterministic, and it fails when told to.

``SlateRenderer`` paints flat slates whose colours are drawn from the request and from the first
bytes of every input, so that whatever it declares really changes its output. Toolmakers can test
with it; the suite does. Nothing that it makes is meant to be seen.

Told by request settings: ``sleep-ms`` (time per request), ``fail`` (``oom``, ``transient``,
``refused``, ``bug``, ``short``, ``die``), ``fail-times`` (how many attempts fail, default all;
counted in the file named by the environment variable ``PHOTOPLAY_SLATE_LOG``, where every call
is written as one line).
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from ..storyboard.errors import OutOfMemory, Refused, Transient
from ..storyboard.schema import canonical, digest
from .protocol import Capabilities, Frame, Job, Output, Part, Tick
from .requests import Between, Extend, PictureRequest, Title, expectation

LOG = "PHOTOPLAY_SLATE_LOG"


class SlateRenderer:
    """See the module. ``variant`` only changes its name, hence its keys."""

    weights = "none"
    pixels = 1

    def __init__(self, variant: str = "") -> None:
        self.name = f"slate:{variant}" if variant else "slate"

    def capabilities(self) -> Capabilities:
        return Capabilities(
            requests=frozenset({"still", "between", "extend", "refine", "upscale", "title"}),
            inputs=frozenset(
                {
                    "first",
                    "last",
                    "tail",
                    "goal",
                    "colour",
                    "references",
                    "like",
                    "lora",
                    "origin",
                    "control",
                    "latents",
                    "beside",
                    "keep",
                    "words",
                }
            ),
            guides=frozenset({"depth", "lines", "segments", "pose"}),
            references=3,
            batch=1,
            parallel=2,
        )

    def load(self, device: str, budget_mb: int | None) -> None:
        """Nothing to load."""

    def unload(self) -> None:
        """Nothing to give back."""

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        for index, job in enumerate(jobs):
            yield from self._one(index, job, tick)

    def _one(self, index: int, job: Job, tick: Tick) -> Iterator[Output]:
        request = job.request
        if not isinstance(request, PictureRequest | Title):
            raise Refused("The slate renderer makes pictures only.")
        settings = request.settings if isinstance(request, PictureRequest) else {}
        attempt = _log(digest(request))
        self._fail(str(settings.get("fail", "")), attempt < int(settings.get("fail-times", 1_000_000)))
        time.sleep(int(settings.get("sleep-ms", 0)) / 1000)
        frames = expectation(request)[2] or 1
        if settings.get("fail") == "short" and attempt < int(settings.get("fail-times", 1_000_000)):
            frames = max(0, frames - 1)
        seen = hashlib.sha256(canonical(request))
        for item in request.inputs():
            seen.update(job.weights[item] if item in job.weights else job.frame(item).tobytes())
        yield from self._slates(index, request, frames, seen.digest(), tick)
        if isinstance(request, Between | Extend):
            yield Part(index, "notes", "json", json.dumps({"slate": seen.hexdigest()}).encode())

    @staticmethod
    def _slates(
        index: int, request: PictureRequest | Title, frames: int, colours: bytes, tick: Tick
    ) -> Iterator[Frame]:
        raster = request.raster
        slate = np.empty((raster.height, raster.width, 3), np.uint8)
        for n in range(frames):
            slate[: raster.height // 2] = np.frombuffer(colours[:3], np.uint8)
            slate[raster.height // 2 :] = np.frombuffer(colours[3:6], np.uint8)
            slate[:, : max(1, raster.width * (n + 1) // (frames + 1))] //= 2
            yield Frame(index, slate.copy())
            tick(index, (n + 1) / frames)

    @staticmethod
    def _fail(how: str, now: bool) -> None:
        if not now:
            return
        if how == "oom":
            raise OutOfMemory("The slate renderer was told to run out of memory.")
        if how == "transient":
            raise Transient("The slate renderer was told to fail this time.")
        if how == "refused":
            raise Refused("The slate renderer was told to refuse.")
        if how == "bug":
            raise ZeroDivisionError("the slate renderer was told to have a bug")
        if how == "die":
            os._exit(9)


def _log(line: str) -> int:
    """Write the call down where a test asked for it; how many equal calls there were before."""
    name = os.environ.get(LOG)
    if not name:
        return 0
    path = Path(name)
    before = path.read_text(encoding="utf-8").split().count(line) if path.exists() else 0
    with path.open("a", encoding="utf-8") as log:
        log.write(line + "\n")
    return before
