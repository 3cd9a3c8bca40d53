"""Wading: who is in the water of a place, and how a place lies so that somebody can be. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Move, PlaceKind, Stature
from .blocking import BOARD_METRES, VESSELS, Placed
from .figures.species import SPECIES
from .places.recipes import Recipe
from .recast import without
from .vehicles import puts_out

_RISING = frozenset({Move.crane_up, Move.crane_down, Move.pull_out})
_SAVED = re.compile(
    r"\b(?:sav(?:e|es|ed|ing)|rescu(?:e|es|ed|ing))\b|\b(?:push(?:es|ed)?|lifts?)\b.*\bup\b"
    r"|\b(?:pulls?|pulled|push(?:es|ed)?|carr(?:y|ies|ied)|drags?|dragged|brings?|tows?|helps?)\b.*"
    r"\b(?:ashore|to safety|to (?:the )?(?:shore|land|beach|bank)"
    r"|out of the (?:water|waves|sea|river|lake|pond|flood))\b"
)
_WET = re.compile(r"\b(?:drown\w*|water|waves?|sea|river|lake|pond|flood|ashore)\b")
WATERS = frozenset(
    {PlaceKind.sea, PlaceKind.shore, PlaceKind.harbour, PlaceKind.island, PlaceKind.river, PlaceKind.lake}
)
"""Places with water that somebody can be in."""
BELOW = re.compile(
    r"\b(?:sinks?|sank|sinking)\b|\b(?:under|below|beneath|underneath) (?:the |a |an )?(?:\w+ )?"
    r"(?:ship|boat|water|waves|sea|ice|raft|surface)\b|\b(?:into|to) the (?:deep|depths|dark|bottom|abyss)\b"
)
"""Somebody goes below something, or into the deep."""
_AMONG = re.compile(r"\bin the (?:\w+ )?(?:waves|water|sea|surf|flood|river|lake)\b")
_UPRIGHT = frozenset(
    {
        Action.talk,
        Action.wave,
        Action.look,
        Action.stand,
        Action.cry,
        Action.reach,
        Action.search,
        Action.laugh,
    }
)
"""What somebody does who is up to the shoulders in the water."""
_HULL = 0.85
"""Metres that a boat reaches beyond those in it."""
_NEAR_WATER = 3.4
"""Metres behind the figures at which water begins that somebody of the picture is in."""


def launched(recipe: Recipe, picture: Picture) -> Recipe:
    """The recipe of a place by the water, seen from a boat out on it, where somebody rows or swims."""
    water = recipe.water
    out = any(f.action in (Action.row, Action.swim, Action.dive) and _wades(f) for f in picture.figures)
    quay = water is not None and water[0] <= _NEAR_WATER  # no beach on which a wave could run up
    out = out or puts_out(picture) or (quay and any(swims(f, recipe, picture) for f in picture.figures))
    out = out or (bool(picture.figures) and all(swims(f, recipe, picture) for f in picture.figures))
    out = out or (bool(picture.figures) and _out_in_a_boat(picture))
    if water is None or not out or recipe.footing != "ground" or recipe.interior:
        return recipe
    far = max(14.0, water[1])
    ground = {k: v for k, v in recipe.ground.items() if k not in ("until", "grows", "path", "stones")}
    ground["water"] = [-9, far]
    kept = tuple(
        layer for layer in recipe.layers if layer.depth >= 0.8 * min(far, 38.0) or layer.piece == "boats"
    )
    return replace(recipe, ground=ground, layers=kept, front=(), footing="boat")


_OUT_ON = re.compile(r"\b(?:boat|raft|canoe) out on\b")
"""Words of a place that is the water round a boat."""
_SITS_IN = re.compile(
    r"\b(?:in|aboard|on) (?:the|an?|his|her|its|their) (?:\w+ )?(?:boat|rowboat|raft|canoe|kayak|dinghy)\b"
)
_AT_EASE = frozenset(
    {
        Action.sing, Action.sit, Action.sleep, Action.lie, Action.talk, Action.laugh, Action.cry, Action.eat,
        Action.drink, Action.read, Action.play, Action.dance, Action.think, Action.listen,
    }
)  # fmt: skip
"""What is done by somebody who is in a boat, where another looks into it or lays something there."""


def _out_in_a_boat(picture: Picture) -> bool:
    """Whether all happens in a boat: by the words of the place, or by those of the event."""
    if _OUT_ON.search(picture.place.words):
        return True
    return picture.action in _AT_EASE and _SITS_IN.search(picture.sentence[:2000].lower()) is not None


def waded(recipe: Recipe, picture: Picture) -> Recipe:
    """The recipe of a place whose water is far off, where somebody is in it: the shore is near, and no fence
    stands before it. Pure."""
    if any(tailed(f) for f in picture.figures):  # a fin among them would be one more
        recipe = replace(recipe, layers=tuple(la for la in recipe.layers if la.piece != "posts"))
    water = recipe.water
    if water is None or recipe.footing != "ground" or recipe.interior or water[0] <= _NEAR_WATER:
        return recipe
    if not any(
        f.look.being in (Being.whale, Being.fish) or swims(f, recipe, picture) for f in picture.figures
    ):
        return recipe
    ground = dict(recipe.ground) | {"water": [_NEAR_WATER, *recipe.ground["water"][1:]]}
    kept = tuple(la for la in recipe.layers if not _NEAR_WATER - 0.6 <= la.depth < max(10.0, water[0]))
    return replace(recipe, ground=ground, layers=kept)


def sunken(picture: Picture, recipe: Recipe) -> Picture:
    """The picture without what is said nothing of and would float on the water in which all swim. Pure.

    The camera does not tilt away from the line of the water, above which there would be a cut-off bust.
    """
    if recipe.footing != "boat" or not all(swims(f, recipe, picture) for f in picture.figures):
        return picture
    if picture.camera.move in (Move.tilt_down, Move.tilt_up):
        camera = picture.camera.model_copy(update={"move": Move.static})
        picture = picture.model_copy(update={"camera": camera})
    small = (Stature.tiny, Stature.small)
    for thing in picture.things:
        idle = not thing.held and thing.id not in (picture.target, picture.actor)
        named = thing.look.kind in picture.sentence.lower()
        if idle and not named and thing.look.stature in small:
            picture = without(picture, thing.id)
    return picture


_IN_WATER = frozenset({Action.swim, Action.float, Action.dive})


def swims(figure: FigureIn, recipe: Recipe, picture: Picture | None = None) -> bool:
    """Whether somebody of the land is in the water here, sunk to the shoulders.

    Who has a fish's tail is so wherever there is water and everybody else in the ``picture`` has one, too,
    but for a camera that rises or draws away over the shore. A seal sits on the
    shore, and is in the water at sea.
    """
    wet = figure.action in _IN_WATER and _wades(figure)
    if picture is not None and figure.id in in_deep_water(picture):
        wet = True
    if picture is not None and tailed(figure) and picture.camera.move not in _RISING:
        wet = wet or all(tailed(f) for f in picture.figures)
    if figure.look.being is Being.octopus:  # at home in it: on land only with somebody of the land
        company = picture is not None and any(
            f.id == picture.target and f.look.being is not Being.octopus for f in picture.figures
        )
        wet = not company or figure.action in _IN_WATER
    if SPECIES.get(figure.look.species, {}).get("plan") == "seal":
        wet = figure.action in _IN_WATER or recipe.footing == "boat"
    return wet and recipe.water is not None and recipe.footing != "seabed"


def overhead(
    picture: Picture, laid: list[Placed], placed: list[Placed], kinds: dict[str, str], recipe: Recipe
) -> list[Placed]:
    """The things with every ship that somebody under water is below at the surface over its head."""
    if recipe.footing != "seabed" or not BELOW.search(picture.sentence[:2000].lower()):
        return laid
    top = max((p.up + p.extent.top for p in placed), default=1.0)
    return [
        replace(t, up=0.9 * top, depth=1.5) if behaves_as(kinds[t.id]).split()[-1] in VESSELS else t
        for t in laid
    ]


def clear_of_boat(placed: list[Placed], recipe: Recipe, floats: frozenset[str]) -> list[Placed]:
    """Those in the water beside the boat in which the others are, not under it."""
    crew = [p for p in placed if not p.sunk and p.id not in floats and not p.rides]
    if recipe.footing != "boat" or not crew:
        return placed
    left = min(p.x + p.extent.left for p in crew) - _HULL
    right = max(p.x + p.extent.right for p in crew) + _HULL
    found = []
    for p in placed:
        if p.sunk and p.x + p.extent.right > left and p.x + p.extent.left < right:
            aside = left - p.extent.right if p.x < (left + right) / 2 else right - p.extent.left
            p = replace(p, x=aside, depth=min(p.depth, -0.1))
        found.append(p)
    return found


def stowed(placed: list[Placed], laid: list[Placed], recipe: Recipe, floats: frozenset[str]) -> list[Placed]:
    """The things with what lies in a boat among its crew, where somebody is in the water beside: a load that
    makes the boat longer would push that one out of the frame."""
    crew = [p for p in placed if not p.sunk and p.id not in floats and not p.rides]
    if recipe.footing != "boat" or not crew or not any(p.sunk for p in placed):
        return laid
    left, right = min(p.x for p in crew), max(p.x for p in crew)
    return [replace(t, x=min(max(t.x, left), right)) if t.up == BOARD_METRES else t for t in laid]


def rescue(picture: Picture) -> tuple[FigureIn, FigureIn] | None:
    """Who saves whom from the water; None where nobody does."""
    if picture.place.look.kind not in WATERS or picture.place.look.interior:
        return None
    told = picture.sentence[:2000].lower()
    saver = next((f for f in picture.figures if f.id == picture.actor), None)
    saved = next((f for f in picture.figures if f.id == picture.target and f.id != picture.actor), None)
    if saver is None or saved is None or not _SAVED.search(told):
        return None
    swimmer = tailed(saver) or saver.look.being in LIVES_IN_WATER
    people = saved.look.being is Being.person and (swimmer or saver.look.being is Being.person)
    return (saver, saved) if people and (swimmer or _WET.search(told)) else None


def in_deep_water(picture: Picture) -> frozenset[str]:
    """Those who hold each other in the water, or who is said to be in it."""
    pair = rescue(picture)
    if pair is not None and picture.action in (Action.hug, Action.swim):
        return frozenset(f.id for f in pair)
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    bathes = picture.place.look.kind in WATERS and _AMONG.search(picture.sentence[:2000].lower()) is not None
    person = actor is not None and actor.look.being is Being.person and not picture.place.look.interior
    if not (person and bathes and picture.action in _UPRIGHT):
        return frozenset()
    mates = {f.id for f in picture.figures if f.id == picture.target and f.look.being is Being.person}
    return frozenset({str(picture.actor), *mates})


def in_company(figure: FigureIn, picture: Picture) -> bool:
    """Whether somebody upright in deep water is talked to, saved or reached for by somebody else there."""
    deep = in_deep_water(picture)
    return figure.id in deep and len(deep) > 1 and not tailed(figure)


LIVES_IN_WATER = frozenset({Being.fish, Being.whale, Being.octopus})


def tailed(figure: FigureIn) -> bool:
    """Whether it is a person with the tail of a fish."""
    row = SPECIES.get(figure.look.species, {})
    return row.get("plan") == "person" and bool(row.get("tail"))


def _wades(figure: FigureIn) -> bool:
    return figure.look.being not in LIVES_IN_WATER | {Being.bird, Being.insect}
