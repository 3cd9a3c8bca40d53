"""Places: recipes of pieces drawn on sheets at several depths."""

from .brush import Brush, Setting
from .recipes import Layer, Recipe, marked, recipe

__all__ = ["Brush", "Layer", "Recipe", "Setting", "marked", "recipe"]
