"""Craft: the boat that carries people over water, one and the same in every shot of a film."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from .schema import Colour, Data
from .vocabulary import PlaceKind

if TYPE_CHECKING:
    from .film import Film, Shot
    from .looks import Prop
    from .picture import Picture

_RAFT = re.compile(r"\brafts?\b")
_BOAT = re.compile(r"\b(?:boats?|rowboats?|sailboats?|dinghy|canoe|kayak|skiff|lifeboat)\b")
_SAILS = re.compile(r"\bsail(?:s|ed|ing|boats?)?\b")
_ROWS = re.compile(r"\b(?:row(?:s|ed|ing)?|paddl(?:e|es|ed|ing))\b")
_TOYS = re.compile(r"\b(?:paper|toy|model|little wooden)\b")
_AFLOAT = frozenset(
    {
        PlaceKind.sea, PlaceKind.lake, PlaceKind.river, PlaceKind.harbour, PlaceKind.shore, PlaceKind.island,
        PlaceKind.lighthouse, PlaceKind.swamp, PlaceKind.bridge,
    }
)  # fmt: skip
_RIGGED = frozenset({"boat", "sailboat"})
_HULLS = frozenset({"boat", "rowing boat", "raft"})
"""Things of which the colour is the hull's."""


class Craft(Data):
    """How a film's boat is built."""

    raft: bool = False
    """Logs lashed together in place of a hull."""
    sail: bool = False
    """It has a mast with a sail and a flag, whether or not it is sailed at the moment."""
    colour: Colour | None = None
    """Of its wood; None where no thing of the story says it."""


def craft_of(film: Film, shot: Shot) -> Craft | None:
    """The boat of ``film`` as it is in ``shot``; None for one of which nothing is told, or where none is.

    The shot's own words say whether it is a raft, and where they do not, those of all shots in whatever
    order. It is rigged wherever it is if it is sailed anywhere.
    """
    afloat = film.places[film.scenes[shot.scene].place].look.kind in _AFLOAT
    if not afloat and not any(film.props[use.entity].look.kind in _HULLS for use in shot.props):
        return None
    told = [s.event.sentence for s in film.shots if s.event.actor is not None]
    props = tuple(film.story.props) if film.story is not None else ()
    found = craft_told(shot.event.sentence, told, props)
    return None if found == Craft() else found


def craft_told(sentence: str, told: Iterable[str] = (), props: Iterable[Prop] = ()) -> Craft:
    """The boat of a shot with that sentence, among ``told`` sentences of its film and ``props``. Pure."""
    own, all_told = sentence[:2000].lower(), "\n".join(t[:2000].lower() for t in told)
    boats = [p for p in props if p.look.known and not _TOYS.search(f"{p.name} {p.words}".lower())]
    named = f"{all_told}\n" + "\n".join(p.look.kind for p in boats)
    raft = _RAFT.search(own) is not None
    if not raft and not _BOAT.search(own):
        raft = _RAFT.search(named) is not None and not _BOAT.search(named)
    sails = _SAILS.search(f"{own}\n{all_told}") is not None
    rows = _ROWS.search(f"{own}\n{all_told}") is not None
    rigged = any(p.look.kind in _RIGGED for p in boats) and not rows
    hulls = (p.look for p in boats if p.look.kind in _HULLS and (p.look.kind == "raft") is raft)
    colour = next((look.colour for look in hulls), None)
    return Craft(raft=raft, sail=sails or rigged or raft, colour=colour)


def unrigged(picture: Picture) -> Picture:
    """The picture with no sail on a boat among its things where the film's boat is only rowed. Pure."""
    if picture.craft is None or picture.craft.sail:
        return picture
    things = tuple(
        t.model_copy(update={"look": t.look.model_copy(update={"kind": "rowing boat"})})
        if t.look.kind == "boat"
        else t
        for t in picture.things
    )
    return picture.model_copy(update={"things": things})
