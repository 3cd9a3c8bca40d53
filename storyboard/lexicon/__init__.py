"""The lexicon: words of the film maker -> the closed values that are drawn.

Data are JSON files here, read when first needed. Nothing in it decides anything: a word that is not
known gives None, and whoever asked says so.
"""

from .costume import costume
from .describing import colour, describe, expression, hour, mood, place, season, state, state_id, weather
from .manners import manner_of
from .nouns import Entry, Sort, behaves_as, look_up, species, thing_kinds
from .verbs import verb

__all__ = [
    "Entry",
    "Sort",
    "behaves_as",
    "colour",
    "costume",
    "describe",
    "expression",
    "hour",
    "look_up",
    "manner_of",
    "mood",
    "place",
    "season",
    "species",
    "state",
    "state_id",
    "thing_kinds",
    "verb",
    "weather",
]
