"""Figures: people, animals and other beings, jointed, dressed and performed."""

from .acting import Acting
from .figure import PERFORMED, Figure

__all__ = ["PERFORMED", "Acting", "Figure"]
