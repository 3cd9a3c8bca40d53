"""Prompts encoded once: the text encoder runs once per prompt and worker, however many requests share it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from .family import Family, Words

MOST = 256
"""Prompts kept; the one used longest ago goes first. About 4 MB each in the largest encoders."""


class PromptBook:
    """Embeddings by prompt, on the processor. Safe to use from two threads."""

    def __init__(self) -> None:
        self._known: OrderedDict[Words, Mapping[str, Any]] = OrderedDict()
        self._lock = Lock()
        self.encoded_count = 0
        """How many prompts were encoded."""

    def encoded(self, family: Family, pipe: Any, words: Words) -> Mapping[str, Any]:
        """The prompt's embeddings, as ``Family.encode`` gives them."""
        import torch

        with self._lock:
            if words not in self._known:
                with torch.no_grad():
                    self._known[words] = family.encode(pipe, words)
                self.encoded_count += 1
                while len(self._known) > MOST:
                    self._known.popitem(last=False)
            self._known.move_to_end(words)
            return self._known[words]

    def clear(self) -> None:
        """Forget all: other weights encode otherwise."""
        with self._lock:
            self._known.clear()
