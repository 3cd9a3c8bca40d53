"""Things: every prop of a story, drawn from data, and a labelled tag for what nobody has drawn yet."""

from __future__ import annotations

from .thing import Thing, thing_kinds

__all__ = ["Thing", "thing_kinds"]
