"""The diffusion renderer, with a stopwatch in it: what registers as ``diffusion`` in this benchmark.

It draws exactly as the program's own does. When a pipeline was loaded, a prompt encoded or a pipeline
called, a line of JSON goes to the file that ``PHOTOPLAY_BENCH_LOG`` names.
"""

import importlib
import importlib.util
import json
import os
import sys
import threading
import time
from contextlib import contextmanager
from types import SimpleNamespace

from photoplay.render.diffusion.renderer import Diffusion
from photoplay.storyboard.errors import OutOfMemory

LOG = "PHOTOPLAY_BENCH_LOG"
ROOM = "PHOTOPLAY_BENCH_ROOM_MB"
"""On a processor, memory does not run out here: loads that may use more than this are refused instead."""
SPARED = ("peft", "ftfy")
"""Packages that the renderer asks for and that this benchmark can go without."""


def ident(request) -> str:
    """A request's name within the film of this benchmark."""
    part = getattr(request, "at", getattr(request, "moment", 0))
    return f"{request.kind}-{request.seed}-{part}"


def memory(device: str) -> dict:
    """Megabytes (10^6 bytes): most allocated and reserved by torch since the last load, and on the card.

    On a processor the most that the process ever had.
    """
    if device.startswith("cuda"):
        import torch

        free, total = torch.cuda.mem_get_info(device)
        return {
            "allocated_mb": torch.cuda.max_memory_allocated(device) // 1_000_000,
            "reserved_mb": torch.cuda.max_memory_reserved(device) // 1_000_000,
            "card_mb": (total - free) // 1_000_000,
        }
    try:
        import resource
    except ImportError:  # Windows
        return {}
    unit = 1 if sys.platform == "darwin" else 1024
    return {"process_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // 1_000_000}


def fresh_peak(device: str) -> None:
    """Forget the most memory that was ever used."""
    if device.startswith("cuda"):
        import torch

        torch.cuda.reset_peak_memory_stats(device)


class Measured(Diffusion):
    """See the module."""

    def __init__(self, variant: str = "") -> None:
        super().__init__(variant)
        encode = self._family.encode

        def timed(pipe, words):
            began = time.monotonic()
            with self._span("prompts"):
                found = encode(pipe, words)
            self._note(encode=time.monotonic() - began)
            return found

        self._family.encode = timed

    def capabilities(self):
        can = super().capabilities()
        absent = {name for name in SPARED if importlib.util.find_spec(name) is None}
        return can.model_copy(update={"needs": tuple(n for n in can.needs if n not in absent)})

    def _ready_pipeline(self, settings) -> None:
        loads, began = self.loads, time.monotonic()
        room = int(os.environ.get(ROOM, 0))
        if room and self._pipe is None and (self._budget is None or self._budget > room):
            raise OutOfMemory(f"{self.name} was refused memory by the benchmark, which has {room} MB for it")
        if self._pipe is None:
            with self._span("loads"):
                importlib.import_module("photoplay.render.diffusion.pipelines")
            self._note(imports=time.monotonic() - began)
            began = time.monotonic()
            fresh_peak(self._device)
        with self._span("making ready" if self._pipe is not None else "loads"):
            super()._ready_pipeline(settings)
        if self.loads > loads:
            self._note(load=time.monotonic() - began, words=self._loading.words())
            _without_ftfy(type(self._pipe))
            self._time(type(self._pipe))

    def _time(self, kind) -> None:
        """Time every call of a class of pipelines, from its arguments to its frames in main memory."""
        if hasattr(kind, "bare_call"):
            return
        kind.bare_call = kind.__call__

        def timed(pipe, *given, **named):
            began = time.monotonic()
            with self._span("calls"):
                found = kind.bare_call(pipe, *given, **named)
            self._note(call=time.monotonic() - began, **memory(self._device))
            return found

        kind.__call__ = timed

    def load(self, device, budget_mb):
        """Imports torch and opens the device, which belongs to loading and to neither side of the ratio."""
        began = time.monotonic()
        with self._span("loads"):
            super().load(device, budget_mb)
        self._note(imports=time.monotonic() - began)

    def render(self, jobs, tick):
        with self._span("checking frames and handing them over"):
            yield from super().render(jobs, tick)

    def _settle(self):
        with self._span("making ready"):
            super()._settle()

    def _ready(self, job, request):
        with self._span("making ready"):
            return super()._ready(job, request)

    def _sampled(self, jobs, numbers, batch, tick):
        self._note(batch=[ident(jobs[n].request) for n in numbers])
        yield from super()._sampled(jobs, numbers, batch, tick)

    def unload(self):
        with self._span("giving memory back"):
            super().unload()

    @contextmanager
    def _span(self, doing):
        """Note from when to when the rendering thread did something; what it does within goes by its own name."""
        began = time.time()
        try:
            yield
        finally:
            if threading.current_thread() is threading.main_thread():
                self._note(span=doing, began=began, ended=time.time())

    def _note(self, **what) -> None:
        where = os.environ.get(LOG)
        if where:
            with open(where, "a", encoding="utf-8") as file:
                file.write(json.dumps({"set": self.name, **what}) + "\n")


def _without_ftfy(kind) -> None:
    """Where ftfy is absent, diffusers calls it all the same; these prompts need no mending."""
    module = sys.modules[kind.__module__]
    if importlib.util.find_spec("ftfy") is None and hasattr(module, "prompt_clean"):
        module.ftfy = SimpleNamespace(fix_text=lambda text: text)
