"""Figures: people, animals and other beings, jointed, dressed and performed."""

from .acting import Acting
from .figure import PERFORMED, Figure
from .species import figure_kinds

__all__ = ["PERFORMED", "Acting", "Figure", "figure_kinds"]
