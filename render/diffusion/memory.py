"""The device's memory: what is used, how it is given back, and what running out of it means."""

from __future__ import annotations

import contextlib
import gc
import sys
import traceback
from collections.abc import Iterator

from ...storyboard.errors import OutOfMemory

_MB = 1_000_000


def free_memory() -> None:
    """Give back what no object holds any more. Imports nothing."""
    gc.collect()
    torch = sys.modules.get("torch")
    if torch is not None and torch.cuda.is_available():
        torch.cuda.empty_cache()


def free_mb(device: str) -> int | None:
    """Free memory of a GPU in megabytes (10^6 bytes); None for other devices."""
    if not device.startswith("cuda"):
        return None
    import torch

    return int(torch.cuda.mem_get_info(device)[0]) // _MB


def used_words(device: str) -> str:
    """``", 11,204 MB"``: the most that this process has used of a GPU so far; empty elsewhere."""
    torch = sys.modules.get("torch")
    if torch is None or not device.startswith("cuda"):
        return ""
    return f", {torch.cuda.max_memory_allocated(device) // _MB:,} MB"


@contextlib.contextmanager
def out_of_memory(device: str, name: str, budget_mb: int | None) -> Iterator[None]:
    """Turn the libraries' ways of running out of memory into ``OutOfMemory``, with numbers.

    What was being computed is let go of then: the exception that is raised keeps none of it alive.
    """
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        if not _is_oom(error):
            raise
        words = _words(device, name, budget_mb)
        _let_go(error)
    else:
        return
    free_memory()
    raise OutOfMemory(words)


def _let_go(error: BaseException) -> None:
    """Empty the frames that an exception, and those it came from, passed: they hold models and tensors."""
    met: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is not None and id(one) not in met:
            met.add(id(one))
            traceback.clear_frames(one.__traceback__)
            waiting += [one.__cause__, one.__context__]


def _is_oom(error: BaseException) -> bool:
    kind = type(error).__name__
    said = str(error).lower()
    return (
        isinstance(error, MemoryError)
        or kind == "OutOfMemoryError"
        or "out of memory" in said
        or "can't allocate memory" in said
    )


def _words(device: str, name: str, budget_mb: int | None) -> str:
    torch = sys.modules.get("torch")
    within = f" within {budget_mb:,} MB" if budget_mb else ""
    if torch is not None and device.startswith("cuda"):
        free, total = torch.cuda.mem_get_info(device)
        return (
            f"{name} ran out of memory{within} on {device}: {free // _MB:,} of {total // _MB:,} MB are free"
        )
    return f"{name} ran out of memory{within}"
