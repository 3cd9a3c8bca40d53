"""A worker: an interpreter of its own that renders (``python -m photoplay.render.worker``).

Messages are JSON lines over its standard input and output; what libraries print goes to standard
error. It ends when its input ends, so it never outlives the engine that hired it.

    in   {"load": {"renderer": spec, "device": "cpu", "budget_mb": null}}
         {"orders": [order, ...]}
    out  {"ready": true} | {"tick": [order id, share]} | {"done": {...}} | {"failed": {...}} | {"idle": true}
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any, TextIO

from ..storyboard.errors import PhotoplayError
from .perform import Order, failure, perform
from .protocol import Renderer
from .registry import find_renderer

Say = Callable[[dict[str, Any]], None]


def serve(commands: TextIO, say: Say) -> None:
    """Answer commands until the input ends."""
    renderer: Renderer | None = None
    for line in commands:
        message = json.loads(line)
        try:
            if "load" in message:
                wanted = message["load"]
                if renderer is not None:
                    renderer.unload()
                renderer = find_renderer(wanted["renderer"])
                renderer.load(wanted["device"], wanted["budget_mb"])
                say({"ready": True})
            elif renderer is not None:
                perform(renderer, [Order.model_validate(o) for o in message["orders"]], say)
                say({"idle": True})
        except (PhotoplayError, MemoryError, ImportError, OSError) as error:
            say({"broken": failure(error)})


def main() -> None:
    """Entry point of the worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)

    def say(message: dict[str, Any]) -> None:
        try:
            answers.write(json.dumps(message) + "\n")
            answers.flush()
        except (BrokenPipeError, OSError):
            os._exit(0)

    commands = os.fdopen(os.dup(0), encoding="utf-8")
    serve(commands, say)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
