"""The crew: who carries out orders. Workers of this machine by default; others fit the same seam.

An ``Executor`` gives ``Hand``s. A hand holds one loaded renderer and takes one batch at a time.
What it says arrives, with the hand, in the executor's queue.
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
from typing import Any, Protocol

from ..storyboard.errors import PhotoplayError
from .perform import Order, dumps, failure, perform
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


class Executor(Protocol):
    """Hires hands. ``heard`` receives (hand, message) pairs."""

    heard: queue.Queue[tuple[Hand, Message]]

    def hire(self, renderer: str, device: str, budget_mb: int | None) -> Hand:
        """A hand that loads the renderer; ``ready`` or ``broken`` follows in ``heard``."""

    def places(self, parallel: int) -> int:
        """How many hands may work side by side for a renderer that allows ``parallel`` (0: any)."""


class LocalCrew:
    """Workers on this machine, each an interpreter of its own.

    ``python`` is the interpreter; by default ``PHOTOPLAY_PYTHON`` or this one (inside a host such
    as Blender ``sys.executable`` may not be Python: set it there).
    """

    def __init__(self, workers: int | None = None, python: str | None = None) -> None:
        self.heard: queue.Queue[tuple[Hand, Message]] = queue.Queue()
        self._workers = workers or os.cpu_count() or 1
        self._python = python or os.environ.get("PHOTOPLAY_PYTHON") or sys.executable

    def places(self, parallel: int) -> int:
        return min(self._workers, parallel) if parallel else self._workers

    def hire(self, renderer: str, device: str, budget_mb: int | None) -> Hand:
        return _Worker(self.heard, self._python, renderer, device, budget_mb)


class _Worker:
    def __init__(
        self,
        heard: queue.Queue[tuple[Hand, Message]],
        python: str,
        renderer: str,
        device: str,
        budget_mb: int | None,
    ) -> None:
        self._heard = heard
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
        )
        self._dismissed = False
        self._threads = [
            threading.Thread(target=self._listen, daemon=True),
            threading.Thread(target=self._overhear, daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        self._send({"load": {"renderer": renderer, "device": device, "budget_mb": budget_mb}})

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
        if not self._dismissed:
            words = " ".join(self._last_words)[-400:] or "no last words"
            how = f"ended by signal {-code}" if code < 0 else f"ended with code {code}"
            self._heard.put((self, {"lost": f"the worker {how} ({words})"}))

    def _overhear(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._last_words.append(line.strip())

    def dismiss(self) -> None:
        if self._dismissed:
            return
        self._dismissed = True
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
    name one of them is planned and rendered with it, with nothing registered.
    """

    def __init__(self, *renderers: Renderer) -> None:
        self.heard: queue.Queue[tuple[Hand, Message]] = queue.Queue()
        self._own = {r.name: r for r in renderers}

    def find(self, spec: str) -> Renderer:
        """The renderer of that spec: one's own by name, or a registered one. Raises as the registry does."""
        return self._own.get(spec) or find_renderer(spec)

    def places(self, parallel: int) -> int:
        return 1

    def hire(self, renderer: str, device: str, budget_mb: int | None) -> Hand:
        return _Solo(self.heard, self.find(renderer), device, budget_mb)


class _Solo:
    def __init__(
        self,
        heard: queue.Queue[tuple[Hand, Message]],
        renderer: Renderer,
        device: str,
        budget_mb: int | None,
    ) -> None:
        self._heard, self._renderer = heard, renderer
        try:
            renderer.load(device, budget_mb)
        except (PhotoplayError, MemoryError, ImportError, OSError) as error:
            heard.put((self, {"broken": failure(error)}))
        else:
            heard.put((self, {"ready": True}))

    def order(self, orders: list[Order]) -> None:
        perform(self._renderer, orders, lambda message: self._heard.put((self, message)))
        self._heard.put((self, {"idle": True}))

    def dismiss(self) -> None:
        self._renderer.unload()
