"""Easing: how a share of time becomes a share of the way."""

from __future__ import annotations


def smoothstep(share: float) -> float:
    """0 to 1 with a soft start and end: 3x^2 - 2x^3, for a share that is 0 to 1."""
    return share * share * (3 - 2 * share)
