"""Kin: animals that the lexicon counts among others, and that have a drawing or a coat of their own. Pure.

A stork is cast as a heron and a panther as a leopard: here they are drawn as what they are called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ...storyboard.lexicon import look_up
from ...storyboard.looks import BodyLook
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Age, Being, Stature
from .figures.species import SPECIES

_COATS = {
    "bumblebee": "#e2b23c", "caterpillar": "#7fb24c", "chick": "#f4d35e", "chipmunk": "#b07a44",
    "clownfish": "#ee7f32", "cricket": "#6f8f3a", "duckling": "#f2d060", "falcon": "#76808c",
    "fly": "#4a5058", "goblin": "#7a9a54", "grasshopper": "#86b048", "hamster": "#dba765",
    "hummingbird": "#3fa07c", "koala": "#9aa0a6", "kraken": "#6a4a78", "llama": "#e6d8c0",
    "lobster": "#c8402e", "magpie": "#2a2e36", "mammoth": "#7d5a3e", "mole": "#4e4650",
    "mosquito": "#6a6660", "nightingale": "#9a7450", "orca": "#23272e", "ox": "#8a5a38",
    "pegasus": "#f2f0f4", "pelican": "#f2ede2", "porcupine": "#8a7460", "puffin": "#2a2c34",
    "pufferfish": "#e0b850", "salamander": "#2e2e34", "salmon": "#e08a72", "scorpion": "#b07a3c",
    "seahorse": "#eca23e", "skunk": "#2a2a30", "sloth": "#a08a6c", "slug": "#b48a5a",
    "squid": "#d88a8a", "stork": "#f4f2ec", "swallow": "#2f4470", "swordfish": "#5f7f9c",
    "tadpole": "#5c6b46", "toad": "#8f8350", "toucan": "#22242a", "turkey": "#6a4634",
    "vulture": "#4c4038", "walrus": "#96705c", "wasp": "#f0c020", "weasel": "#b0703c",
    "woodpecker": "#33363e", "boar": "#6a5444", "carp": "#d88a4a",
    "arctic fox": "#eef1f4", "snow hare": "#eef0f0", "snow leopard": "#d6d6d2", "panther": "#2b2b32",
    "black panther": "#2b2b32", "puma": "#c89a66", "cougar": "#c89a66", "mountain lion": "#c89a66",
    "jaguar": "#dca24a", "cheetah": "#e4b868", "lynx": "#b8946a", "wildcat": "#96806a",
    "black bear": "#302c2e", "grizzly": "#8a6440", "grizzly bear": "#8a6440", "black swan": "#2e2c32",
    "cygnet": "#b4aea6", "bison": "#5a4030", "buffalo": "#4e4038", "yak": "#3e3430",
    "coyote": "#b09468", "jackal": "#b89058", "hyena": "#a08a64", "dingo": "#cc9450",
    "orangutan": "#b8622c", "antelope": "#c49458", "gazelle": "#cfa268", "warthog": "#7a5e4c",
    "red panda": "#b4502a", "beluga": "#eef1f2", "white whale": "#eef1f2", "snowy owl": "#f0efec",
    "canary": "#f2d24a", "goldfinch": "#e6c040", "bluebird": "#4c82c8", "kingfisher": "#2c7cb0",
    "blackbird": "#2a2a2e", "starling": "#33363c", "cardinal bird": "#c8342e", "wren": "#96704a",
    "lark": "#a88a62", "skylark": "#a88a62", "thrush": "#8a6a4a", "cockatoo": "#f4f1e8",
    "budgie": "#8cc04a", "tuna": "#5a6f86", "cod": "#8c8464", "piranha": "#b85a44", "koi": "#f08a3c",
    "trout": "#8a8a62", "hornet": "#d8902a", "tarantula": "#5a4030", "cockroach": "#6a4430",
    "cicada": "#7a7a4a", "praying mantis": "#7fae4a", "mantis": "#7fae4a",
}  # fmt: skip
"""Coats of those who do not share that of the kind that they are counted among."""
_YOUNG = frozenset({"chick", "duckling", "fawn"})
"""Their drawing is that of a young one: it is not made younger again."""
_SAME = frozenset({"kitten", "puppy", "lamb", "eel", "ogre", "creature", "insect", "person"})
"""Those for whom the drawing of their kind does better."""


def kindred(picture: Picture) -> Picture:
    """The picture in which every animal is drawn as the one that it is called."""
    figures = _herd(picture, tuple(_called(f) for f in picture.figures))
    if figures == picture.figures:
        return picture
    return picture.model_copy(update={"figures": figures})


_COUNTED = re.compile(
    r"\b(three|four|five|six|seven|all|every|both|youngest|eldest|foals?|colts?|calf|calves)\b"
)


def _herd(picture: Picture, figures: tuple[FigureIn, ...]) -> tuple[FigureIn, ...]:
    """Large beasts of one kind beside somebody are of one size, and two stand for the uncounted.

    They are small ones: in a frame that two of the longest fill, who is with them would be a child.
    """
    if _COUNTED.search(picture.sentence[:2000].lower()):
        return figures
    people = any(f.look.being is Being.person for f in figures)
    members = herd_of(figures)
    first = [f for f in figures if f.id in members]
    if not people or len(first) < 2 or len({f.look.species for f in first}) > 1:
        return figures
    leads = (picture.actor, picture.target, picture.camera.focus)
    kept = sorted(first, key=lambda f: f.id not in leads)[:2]
    idle = {} if picture.action not in _TOUCHES else {kept[1].id: Action.eat}
    return tuple(
        f.model_copy(
            update={
                "look": f.look.model_copy(update={"stature": Stature.small}),
                "action": idle.get(f.id, f.action),
            }
        )
        if f in kept
        else f
        for f in figures
        if f in kept or f not in first
    )


def herd_of(figures: Sequence[FigureIn]) -> frozenset[str]:
    """Ids of the large beasts that are told of as several."""
    return frozenset(
        f.id
        for f in figures
        if f.look.being is Being.quadruped
        and _MEMBER.match(f.id)
        and SPECIES.get(f.look.species, {}).get("size", 0.0) >= _GREAT
    )


_TOUCHES = frozenset({Action.hug, Action.reach, Action.hold, Action.give})
"""What is done with one of a herd, while the other grazes."""
_MEMBER = re.compile(r"the-(?:eldest|middle|youngest|first|second|third)-")
"""Ids of those who are told of as several."""
_GREAT = 1.2
"""Metres of a beast that fills a frame when there are three."""


def _called(figure: FigureIn) -> FigureIn:
    own = own_kind(figure.noun, figure.look.species) if figure.noun else None
    return figure if own is None else figure.model_copy(update={"look": _look(figure.look, *own)})


def _look(look: BodyLook, kind: str, name: str, shared: str) -> BodyLook:
    changed: dict[str, object] = {"species": kind}
    if look.coat_colour == shared and name in _COATS:
        changed["coat_colour"] = _COATS[name]
    if kind in _YOUNG:
        changed["age"] = Age.adult
    return look.model_copy(update=changed)


@lru_cache(maxsize=512)
def own_kind(noun: str, species: str) -> tuple[str, str, str] | None:
    """The drawing of a noun, the name that its coat goes by, and the coat of its ``species``.

    None where it has neither a drawing nor a coat of its own, or where the noun is no name of that species.
    """
    words = noun.strip().lower()
    for word in (words, words.rpartition(" ")[2]):
        drawn = word in SPECIES and word not in _SAME
        if word == species or not (drawn or word in _COATS):
            continue
        entry = look_up(word, "creature")
        if entry is not None and entry.sort == "creature" and entry.kind == species:
            return word if drawn else species, word, entry.attributes["coat_colour"]
    return None
