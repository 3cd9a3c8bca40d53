"""Prompts encoded once: the text encoder runs once per prompt and worker, however many requests share it."""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from threading import RLock
from typing import Any

from .family import Family, Words

Worn = tuple[tuple[str, float], ...]
"""LoRAs on a pipeline: (adapter name, strength). They may act on the text encoder, too."""
MOST = 64
"""Prompts kept; the one used longest ago goes first. Some megabytes each with the largest encoders."""


class PromptBook:
    """Embeddings by prompt, on the processor. Safe to use from two threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[Words, Worn], Mapping[str, Any]] = OrderedDict()
        self._lock = RLock()
        self.encoded_count = 0
        """How many prompts were encoded."""

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Nothing is encoded by another thread meanwhile: LoRAs may be put on the pipeline."""
        with self._lock:
            yield

    def encoded(self, family: Family, pipe: Any, words: Words, worn: Worn = ()) -> Mapping[str, Any]:
        """The prompt's embeddings, as ``Family.encode`` gives them while the LoRAs ``worn`` act."""
        import torch

        key = words, worn
        with self._lock:
            if key not in self._known:
                with torch.no_grad():
                    self._known[key] = family.encode(pipe, words)
                self.encoded_count += 1
                while len(self._known) > MOST:
                    self._known.popitem(last=False)
            self._known.move_to_end(key)
            return self._known[key]

    def clear(self) -> None:
        """Forget all: other weights encode otherwise."""
        with self._lock:
            self._known.clear()
