"""The crew: who carries out orders. Workers of this machine by default; others fit the same seam.

An ``Executor`` gives ``Hand``s. A hand holds one loaded renderer and takes a batch at a time. What it
says arrives, with the hand, in the executor's queue. A ``WarmHand`` can be more: it takes the next
batch ahead of time, and loads another renderer where it stands.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Protocol, runtime_checkable

from .order import Order, dumps
from .perform import Stop, failure, perform
from .protocol import Renderer
from .registry import find_renderer

Message = dict[str, Any]
"""As ``worker.py`` says; besides them ``{"lost": words}`` when a hand is gone."""


class Hand(Protocol):
    """One loaded renderer somewhere."""

    def order(self, orders: list[Order]) -> None:
        """Start a batch. Answers come through the executor's queue, at last ``idle``."""

    def dismiss(self) -> None:
        """Stop now and give everything back. Safe to call twice, also in the midst of work."""


@runtime_checkable
class WarmHand(Hand, Protocol):
    """A hand on a device of its own that is kept from renderer to renderer."""

    depth: int
    """Batches that it may be given before the first of them is done."""
    free_mb: int
    """Memory that was free on its device before it began; 0 where that is not known."""
    device_name: str

    def load(self, renderer: str, budget_mb: int | None) -> None:
        """Unload, and load this. Only while it has no batch; ``ready`` or ``broken`` follows."""


class Executor(Protocol):
    """Hires hands. ``heard`` receives (hand, message) pairs."""

    heard: queue.Queue[tuple[Hand, Message]]

    def hire(self, renderer: str, device: str, budget_mb: int | None) -> Hand:
        """A hand that loads the renderer; ``ready`` or ``broken`` follows in ``heard``.

        ``device`` is "gpu" (one that no other hand has) or "auto".
        """

    def places(self, parallel: int, device: str = "cpu") -> int:
        """How many hands may work side by side for a renderer that allows ``parallel`` (0: any).

        For ``device`` "gpu" at most as many as there are devices. An executor that only ever meets
        renderers of the processor may leave that parameter out.
        """


class Device(Protocol):
    """A device to render on, as ``diffusion/hardware.py`` finds them."""

    @property
    def id(self) -> str:
        """As torch calls it here: ``"cuda:0"``, ``"mps"`` or ``"cpu"``."""

    @property
    def name(self) -> str:
        """What its maker calls it."""

    @property
    def total_mb(self) -> int:
        """Memory it has."""

    @property
    def free_mb(self) -> int:
        """Memory that nobody uses now."""


Devices = Callable[[], Sequence[Device]]


def found_devices() -> Sequence[Device]:
    """The devices of this machine."""
    from .diffusion.hardware import devices

    return devices()


class LocalCrew:
    """Workers on this machine, each an interpreter of its own.

    ``python`` is the interpreter; by default ``PHOTOPLAY_PYTHON`` or this one (inside a host such
    as Blender ``sys.executable`` may not be Python: set it there). A renderer that wants a GPU gets
    one worker a device, that sees no other; ``devices`` are asked for when the first of them comes.
    """

    def __init__(
        self, workers: int | None = None, python: str | None = None, devices: Devices = found_devices
    ) -> None:
        self.heard: queue.Queue[tuple[Hand, Message]] = queue.Queue()
        self._workers = workers or os.cpu_count() or 1
        self._python = python or os.environ.get("PHOTOPLAY_PYTHON") or sys.executable
        self._find_devices = devices
        self._found: tuple[Device, ...] | None = None
        self._taken: dict[str, _Worker] = {}

    def places(self, parallel: int, device: str = "cpu") -> int:
        most = len(self._devices()) if device == "gpu" else self._workers
        return min(most, parallel) if parallel else most

    def hire(self, renderer: str, device: str, budget_mb: int | None) -> Hand:
        if device != "gpu":
            return _Worker(self.heard, self._python, renderer, device, budget_mb)
        card = next(d for d in self._devices() if d.id not in self._taken or self._taken[d.id].gone)
        worker = _Worker(self.heard, self._python, renderer, _seen_as(card), budget_mb, card)
        self._taken[card.id] = worker
        return worker

    def _devices(self) -> tuple[Device, ...]:
        """The devices, the largest first."""
        if self._found is None:
            self._found = tuple(sorted(self._find_devices(), key=lambda d: -d.total_mb))
        return self._found


def _seen_as(card: Device) -> str:
    """How a worker that sees one card only calls it."""
    return "cuda:0" if card.id.startswith("cuda:") else card.id


def _environment(card: Device | None) -> dict[str, str] | None:
    """Of a worker that sees one card only, by its number among those visible here. None: as it is here."""
    if card is None:
        return None
    visible = os.environ.get("CUDA_VISIBLE_DEVICES")
    kind, _, number = card.id.partition(":")
    if kind != "cuda":
        return {**os.environ, "CUDA_VISIBLE_DEVICES": ""}
    seen = visible.split(",")[int(number)].strip() if visible else number
    kept = {name: value for name, value in os.environ.items() if name != "PHOTOPLAY_DEVICE"}
    return {**kept, "CUDA_VISIBLE_DEVICES": seen}


class _Worker:
    """A process. With a ``card`` it is a ``WarmHand``; a batch ahead is only worth its memory there."""

    def __init__(
        self,
        heard: queue.Queue[tuple[Hand, Message]],
        python: str,
        renderer: str,
        device: str,
        budget_mb: int | None,
        card: Device | None = None,
    ) -> None:
        self._heard, self._device = heard, device
        self.depth = 2 if card is not None else 1
        self.free_mb = card.free_mb if card is not None else 0
        self.device_name = card.name if card is not None else ""
        self._last_words: deque[str] = deque(maxlen=20)
        # A terminal's Ctrl-C must reach the engine alone: it decides what its workers finish.
        # (Elsewhere workers ignore the signal; on Windows they need a group of their own.)
        flags = int(getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0))
        self._process = subprocess.Popen(
            [python, "-m", "photoplay.render.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            creationflags=flags,
            env=_environment(card),
        )
        self.gone = False
        """Whether it was dismissed, so that its device is free."""
        self._threads = [
            threading.Thread(target=self._listen, daemon=True),
            threading.Thread(target=self._overhear, daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        self.load(renderer, budget_mb)

    def load(self, renderer: str, budget_mb: int | None) -> None:
        self._send({"load": {"renderer": renderer, "device": self._device, "budget_mb": budget_mb}})

    def order(self, orders: list[Order]) -> None:
        self._send({"orders": [dumps(o) for o in orders]})

    def _send(self, message: Message) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError, OSError):  # _listen tells that it is lost
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with contextlib.suppress(ValueError):
                self._heard.put((self, json.loads(line)))
        code = self._process.wait()
        if not self.gone:
            words = " ".join(self._last_words)[-400:] or "no last words"
            how = f"ended by signal {-code}" if code < 0 else f"ended with code {code}"
            self._heard.put((self, {"lost": f"the worker {how} ({words})"}))

    def _overhear(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._last_words.append(line.strip())

    def dismiss(self) -> None:
        if self.gone:
            return
        self.gone = True
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join(timeout=5)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


class SoloCrew:
    """One hand in this interpreter: for hosts that may start no process, and for tests.

    ``renderers`` are used as they are, by name, before the registry is asked: a film whose settings
    name one of them is planned and rendered with it, with nothing registered. A renderer that wants a
    GPU gets the first device; one's own gets "auto" where none is found, and chooses itself.
    """

    def __init__(self, *renderers: Renderer, devices: Devices = found_devices) -> None:
        self.heard: queue.Queue[tuple[Hand, Message]] = queue.Queue()
        self._own = {r.name: r for r in renderers}
        self._find_devices = devices
        self._stop: Stop = lambda: False

    def find(self, spec: str) -> Renderer:
        """The renderer of that spec: one's own by name, or a registered one. Raises as the registry does."""
        return self._own.get(spec) or find_renderer(spec)

    def watch(self, stop: Stop) -> None:
        """Ask this between steps while rendering, and raise ``Stopped`` where it says so."""
        self._stop = stop

    def places(self, parallel: int, device: str = "cpu") -> int:
        return 0 if device == "gpu" and not self._own and not self._find_devices() else 1

    def hire(self, renderer: str, device: str, budget_mb: int | None) -> Hand:
        card = next(iter(self._find_devices()), None) if device == "gpu" else None
        return _Solo(self, self.find(renderer), card, budget_mb)

    def stopped(self) -> bool:
        """Whether whoever runs this asked to stop."""
        return self._stop()


class _Solo:
    def __init__(
        self, crew: SoloCrew, renderer: Renderer, card: Device | None, budget_mb: int | None
    ) -> None:
        self._crew, self._heard, self._renderer = crew, crew.heard, renderer
        self.free_mb = card.free_mb if card is not None else 0
        self.device_name = card.name if card is not None else ""
        try:
            renderer.load(card.id if card is not None else "auto", budget_mb)
        except Exception as error:  # noqa: BLE001  a renderer's bug stops its own shots only
            self._heard.put((self, {"broken": failure(error)}))
        else:
            self._heard.put((self, {"ready": True}))

    def order(self, orders: list[Order]) -> None:
        perform(
            self._renderer,
            orders,
            lambda message: self._heard.put((self, message)),
            stop=self._crew.stopped,
        )
        self._heard.put((self, {"idle": True}))

    def dismiss(self) -> None:
        self._renderer.unload()
