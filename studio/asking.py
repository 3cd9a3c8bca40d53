"""A question to a person at a terminal, before something of unknown price is had."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.text import Text


def agrees(words: str) -> bool:
    """Whether a person says yes. False, and nothing is asked, where there is no terminal to ask at."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    console = Console(stderr=True, highlight=False)
    console.print(Text(f"{words} [y/N] "), end="", soft_wrap=True)
    try:
        return sys.stdin.readline().strip().lower() in ("y", "yes")
    except UnicodeDecodeError:
        return False
