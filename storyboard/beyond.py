"""Beyond: the place that lies behind a door through which somebody goes, as the next shot has it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .looks import PlaceLook
from .schema import Data
from .vocabulary import Hour

if TYPE_CHECKING:
    from .film import Film, Shot

_THROUGH = re.compile(
    r"\b(?:through|out of|into) (?:a|an|the|his|her|its|their) (?:\w+ ){0,2}?(?:door|doorway|gate|portal)s?\b"
)


class Beyond(Data):
    """A place that is seen through a door."""

    look: PlaceLook
    hour: Hour


def beyond_of(film: Film, shot: Shot) -> Beyond | None:
    """The place of the next shot, where ``shot`` tells of somebody who goes through a door to it.

    None where nobody does, where the film goes on in the same place, and at its end. Pure.
    """
    if _THROUGH.search(shot.event.sentence[:2000].lower()) is None:
        return None
    at = next((n for n, one in enumerate(film.shots) if one.id == shot.id), len(film.shots))
    if at + 1 >= len(film.shots):
        return None
    here, there = (film.scenes[one.scene] for one in film.shots[at : at + 2])
    if here.place == there.place:
        return None
    return Beyond(look=film.places[there.place].look, hour=there.hour)
