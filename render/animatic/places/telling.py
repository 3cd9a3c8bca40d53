"""What a picture tells about its place: decay that its words name, and pieces that would be there twice."""

from __future__ import annotations

import re
from dataclasses import replace

from ....storyboard.lexicon import behaves_as, look_up, state
from ....storyboard.picture import Picture
from ....storyboard.vocabulary import Action, Hour, Mark, PlaceKind, Season, Weather
from ..aboard import at_helm
from ..light import mined
from .recipes import Layer, Recipe, named

_DECAYED = (Mark.ruined, Mark.overgrown)
_TWICE = {
    "gate": ("garden_gate",),
    "windmill": ("windmill",),
    "barn": ("barn",),
    "lighthouse": ("lighthouse",),
    "oven": ("oven",),
    "stove": ("stove",),
    "fireplace": ("fireplace",),
    "blackboard": ("board",),
    "well": ("well",),
    "bed": ("quilt",),
}
"""Pieces of places that a story's own thing of that kind stands for."""


def decayed(picture: Picture) -> Picture:
    """The picture with the decay that its place is named with: "a ruined city" is in ruins in every shot.

    Only what stands before a colon counts; what follows lists what is seen there.
    """
    named = re.split(r"[:;.]", picture.place.words, maxsplit=1)[0]
    told = state(named).marks if named.strip() else ()
    marks = tuple(m for m in _DECAYED if m in told and m not in picture.place.marks)
    if not marks:
        return picture
    place = picture.place.model_copy(update={"marks": (*picture.place.marks, *marks)})
    return picture.model_copy(update={"place": place})


_DIVING = re.compile(r"\b(?:submarine|submersible|u-boat|bathyscaphe)s?\b", re.I)


def dived(picture: Picture) -> Picture:
    """The picture with a submarine's inside where its place is one: no deck under the sky."""
    place = picture.place
    if place.look.kind is not PlaceKind.ship or not _DIVING.search(f"{place.words} {place.id}"):
        return picture
    look = place.look.model_copy(update={"interior": True})
    return picture.model_copy(update={"place": place.model_copy(update={"look": look})})


_ICE = re.compile(r"\b(?:glaciers?|icebergs?|crevasses?|ice|pack ice)\b(?! (?:palace|rink|cream))", re.I)
"""Words for a snowfield that is of ice."""
_HUNG = re.compile(
    r"\b(?:suspension|cables?|rope|hanging|steel|iron|wooden|plank|rail(?:way)?|harbour|city)\b", re.I
)
"""Words for a bridge that is of no stone."""
_STONE = re.compile(r"\b(?:stone|old|ancient|arch(?:ed|es)?|brick|mossy|cobbled|medieval)\b", re.I)
"""Words for a bridge that is."""


def told_recipe(picture: Picture) -> Recipe | None:
    """The recipe that the name of a picture's place asks for beyond its kind; None for all others."""
    place = picture.place
    if (
        place.look.kind is PlaceKind.ship
        and place.look.interior
        and _DIVING.search(f"{place.words} {place.id}")
    ):
        return named("submarine")
    if place.look.kind is PlaceKind.snowfield and _ICE.search(f"{place.words} {place.id}"):
        return named("glacier")
    if (name := _told_name(picture)) is not None:
        return named(name)
    stone = _STONE.search(place.words) and not _HUNG.search(f"{place.words} {place.id}")
    if place.look.kind is PlaceKind.bridge and stone:
        return named("stone-bridge" if _on_the_bridge(picture) else "bridge-aside")
    return None


_OVER_IT = re.compile(r"\b(?:on|onto|across|over|cross(?:es)?|along) (?:\w+ ){0,4}?bridge\b")
_CROSSING = frozenset({Action.run, Action.drive, Action.ride})


def _on_the_bridge(picture: Picture) -> bool:
    """Whether those in the picture are on the bridge: who has to do with it as a whole is on the bank, where
    it is seen whole."""
    if not picture.figures and not picture.things:
        return False
    talked_of = any(t.look.kind == "bridge" and t.id != picture.target for t in picture.things)
    crosses = picture.action in _CROSSING or _OVER_IT.search(picture.sentence[:2000].lower())
    return bool(not talked_of or crosses)


_CIRCUS = re.compile(r"\b(?:circus|big top|ring|trapeze|acrobats?)\b", re.I)
_BAKING = re.compile(r"\b(?:baker(?:y|'s|s)?|bakehouse|patisserie|loaves|bread|brick oven)\b", re.I)
_BEFORE_IT = re.compile(
    r"\b(?:to|towards?|outside|before|from|near|far|leaves?|approach(?:es)?|reach(?:es)?|moat|drawbridge)\b"
    r"[^.]*\b(?:castle|palace|fortress|tower)\b",
    re.I,
)
"""Words for a castle that is seen from without."""


_COURTLY = re.compile(r"\b(?:castle|palace|fortress|towers?|throne|royal|manor)\b", re.I)
"""Words for a kitchen with walls of stone."""


def _told_name(picture: Picture) -> str | None:
    """The name of the recipe for a place of a trade or of a kind seen from another side."""
    look, words = picture.place.look, f"{picture.place.words} {picture.place.id}"
    alone = not picture.figures and not picture.things
    if look.kind is PlaceKind.kitchen and _COURTLY.search(words):
        return "castle-kitchen"
    if mined(picture):
        return "mine"
    if look.kind is PlaceKind.stage and _CIRCUS.search(words):
        return "circus"
    if look.kind in (PlaceKind.kitchen, PlaceKind.shop) and _BAKING.search(words):
        return "bakery"
    if atop(picture):
        below = "-coast" if look.kind in _COASTS else "" if look.kind in _TOWNS else "-land"
        return f"tower-top{below}"
    if look.kind is PlaceKind.castle and not look.interior and picture.figures:
        return None if _BEFORE_IT.search(picture.sentence) else "castle-yard"
    if look.kind in (PlaceKind.forest, PlaceKind.jungle) and under_moon(picture):
        return "glade"
    if look.kind is PlaceKind.island and alone:
        return "island-aside"
    if look.kind is PlaceKind.lighthouse and not look.interior and alone:
        return "lamp-tower"
    return None


_ATOP = re.compile(
    r"\b(?:on top of|atop|(?:from|at|to) the top of|on the roof of) (?:the|a|an|his|her|its|their) "
    r"(?:[\w-]+ ){0,2}?(?:tower|belfry|steeple|turret|spire|minaret|watchtower|lighthouse)\b",
    re.I,
)
_COASTS = frozenset(
    {
        PlaceKind.lighthouse,
        PlaceKind.shore,
        PlaceKind.island,
        PlaceKind.sea,
        PlaceKind.ship,
        PlaceKind.harbour,
    }
)
_TOWNS = frozenset(
    {
        PlaceKind.city,
        PlaceKind.village,
        PlaceKind.market,
        PlaceKind.rooftop,
        PlaceKind.station,
        PlaceKind.bridge,
    }
)
"""Where the sea, and where roofs, are seen from above."""
_STAYS = frozenset(
    {Action.stand, Action.sit, Action.wave, Action.look, Action.sing, Action.laugh, Action.hug, Action.think,
     Action.dance, Action.sleep, Action.point, Action.talk, Action.jump, Action.kneel}
)  # fmt: skip
"""What is done up there."""


def atop(picture: Picture) -> bool:
    """Whether somebody is on top of a tower, with the land below. Pure."""
    if picture.place.look.interior or not picture.figures or picture.action not in _STAYS:
        return False
    return _ATOP.search(picture.sentence[:2000]) is not None


_RISING = frozenset({"tower", "belfry", "steeple", "turret", "lighthouse", "spire", "minaret", "watchtower"})


def up_there(picture: Picture) -> Picture:
    """The picture without the tower on top of which somebody is: it is under the feet. Pure."""
    if not atop(picture):
        return picture
    under = {t.id for t in picture.things if t.look.kind in _RISING and not t.held}
    kept = tuple(t for t in picture.things if t.id not in under)
    figures = tuple(f.model_copy(update={"gaze": None}) if f.gaze in under else f for f in picture.figures)
    camera = picture.camera
    if camera.focus in under:
        camera = camera.model_copy(update={"focus": None})
    target = None if picture.target in under else picture.target
    return picture.model_copy(update={"things": kept, "figures": figures, "target": target, "camera": camera})


_BAKED = re.compile(r"\bbak(?:es|ed|ing)\b")
_FURNITURE = frozenset(
    {
        "stove",
        "oven",
        "bed",
        "bathtub",
        "piano",
        "throne",
        "sofa",
        "wardrobe",
        "cradle",
        "fireplace",
        "bookshelf",
        "cupboard",
        "fridge",
        "sink",
    }
)
"""Things that stand in rooms."""
_HAS_ROOMS = frozenset(
    {
        PlaceKind.castle,
        PlaceKind.house,
        PlaceKind.lighthouse,
        PlaceKind.farm,
        PlaceKind.village,
        PlaceKind.temple,
    }
)
_BORNE = frozenset({Action.push, Action.pull, Action.drive, Action.ride, Action.hold})


_COOKS = re.compile(
    r"\b(?:cook(?:s|ed|ing)?(?! book)|bak(?:es|ed|ing)|stir(?:s|red|ring)?\b[^.]*\b(?:soup|stew|pot|sauce))\b"
    r"(?![^.]*\b(?:fire|outside|garden|yard|hall|dream)\b)"
)
"""Words for work that is done in a kitchen."""


def housed(picture: Picture) -> Picture:
    """The picture indoors where a thing of rooms stands in it: no stove before a castle's wall. Pure."""
    look = picture.place.look
    cooks = picture.action not in _BORNE and _COOKS.search(picture.sentence) is not None
    if cooks and look.kind in (PlaceKind.castle, PlaceKind.house, PlaceKind.room):
        look = look.model_copy(update={"interior": True, "kind": PlaceKind.kitchen})
        return picture.model_copy(update={"place": picture.place.model_copy(update={"look": look})})
    if look.interior or look.kind not in _HAS_ROOMS or picture.action in _BORNE:
        return picture
    if not any(not t.held and behaves_as(t.look.kind) in _FURNITURE for t in picture.things):
        return picture
    look = look.model_copy(update={"interior": True})
    return picture.model_copy(update={"place": picture.place.model_copy(update={"look": look})})


_HOMEWARD = re.compile(
    r"\b(?:com(?:es?|ing)|go(?:es)?|walks?|runs?|returns?|leads?|heads?|hurr(?:y|ies)|limps?|drives?|rides?|brings?"
    r"|carr(?:y|ies)|takes?|gets?|arrives?|the way)\b[^.]*\bhome\b(?! of)",
    re.I,
)
"""Words for somebody on the way home."""


def goes_home(picture: Picture) -> bool:
    """Whether somebody is on the way home in it."""
    return bool(picture.figures) and _HOMEWARD.search(picture.sentence) is not None


def homeward(picture: Picture) -> Picture:
    """The picture before the house where somebody comes home: not yet in its room. Pure."""
    look = picture.place.look
    if not goes_home(picture) or not look.interior or look.kind not in _HOMELY:
        return picture
    look = look.model_copy(update={"interior": False, "kind": PlaceKind.house})
    return picture.model_copy(update={"place": picture.place.model_copy(update={"look": look})})


_HOMELY = frozenset({PlaceKind.house, PlaceKind.room, PlaceKind.kitchen, PlaceKind.bedroom, PlaceKind.attic})
_MOON = re.compile(r"\b(?:the|a|full|big|bright|new) moon\b|\bmoonlight\b", re.I)
_ON_IT = frozenset(
    {PlaceKind.moon, PlaceKind.planet, PlaceKind.space, PlaceKind.spaceship, PlaceKind.underwater}
)


_OPEN_LAND = frozenset({PlaceKind.meadow, PlaceKind.road})
_GREEN = frozenset(
    {"hills", "trees", "bushes", "clumps", "grass", "poppies", "logs", "ferns", "bales", "reeds"}
)
"""Pieces of open land that snow covers, or that would be bare and pale in it."""


def snowed_over(found: Recipe, picture: Picture) -> Recipe:
    """Open land under snow: hills with blue shadows, firs, a fence and drifts, no pale blades of grass."""
    falls = picture.season is Season.winter and picture.weather is Weather.snow
    if found.interior or picture.place.look.kind not in _OPEN_LAND:
        return found
    if not falls and Mark.snowy not in picture.place.marks:
        return found
    field = named("snowfield")
    kept = [la for la in found.layers if la.piece not in _GREEN]
    firs = [la for la in field.layers if la.piece not in ("mountains", "hills", "logs")]
    added = [Layer(90.0, "drifts", {"tall": 12.0, "step": 44.0, "share": 1.0}),
             Layer(42.0, "drifts", {"tall": 3.4, "step": 19.0, "share": 0.9}), *firs]  # fmt: skip
    pieces = {la.piece for la in kept}
    added = [la for la in added if la.piece not in pieces]
    layers = sorted([*kept, *added], key=lambda la: -la.depth)
    return replace(found, layers=tuple(layers), front=field.front)


def under_moon(picture: Picture) -> bool:
    """Whether a moon is to be seen in its sky, that the sentence names."""
    look = picture.place.look
    return not look.interior and look.kind not in _ON_IT and _MOON.search(picture.sentence) is not None


_MOONLESS = frozenset({Hour.morning, Hour.noon, Hour.afternoon, Hour.dusk, Hour.dawn})


def moonlit(picture: Picture) -> Picture:
    """The picture on a clear night where its sentence names the moon. Pure."""
    if not under_moon(picture):
        return picture
    hour = Hour.night if picture.hour in _MOONLESS else picture.hour
    return picture.model_copy(update={"hour": hour, "weather": Weather.clear})


BLIZZARD = re.compile(r"\b(?:snow-?\s?storm|blizzard)s?\b", re.I)
"""Words for snow that is driven by a gale."""


_WINTRY = frozenset(
    {
        PlaceKind.forest, PlaceKind.meadow, PlaceKind.mountain, PlaceKind.village, PlaceKind.city,
        PlaceKind.road, PlaceKind.farm, PlaceKind.garden, PlaceKind.graveyard, PlaceKind.bridge,
        PlaceKind.castle, PlaceKind.house, PlaceKind.rooftop, PlaceKind.market, PlaceKind.lake,
        PlaceKind.river, PlaceKind.station, PlaceKind.school, PlaceKind.ruins, PlaceKind.park,
    }
)  # fmt: skip
"""Places where snow lies in winter, whatever the weather of the hour."""
_BARE = re.compile(r"\b(?:snowless|no snow|without snow|thaws?|thawed|melted|bare ground|mud|green)\b", re.I)


def snowed(picture: Picture) -> Picture:
    """The picture with the snow of its winter or of a snowstorm that its sentence tells of, out of doors."""
    look = picture.place.look
    if look.interior:
        return picture
    if BLIZZARD.search(picture.sentence):
        return picture.model_copy(update={"weather": Weather.snow, "season": Season.winter})
    told = f"{picture.sentence[:2000]} {picture.place.words[:2000]}"
    winter = picture.season is Season.winter and look.kind in _WINTRY and not _BARE.search(told)
    if not winter or picture.weather in (Weather.rain, Weather.storm) or Mark.snowy in picture.place.marks:
        return picture
    place = picture.place.model_copy(update={"marks": (*picture.place.marks, Mark.snowy)})
    return picture.model_copy(update={"place": place})


def as_told(picture: Picture) -> Picture:
    """The picture with all that its words tell of its place: decay, snow, the moon, a room, the way home."""
    return snowed(moonlit(homeward(housed(decayed(dived(up_there(picture)))))))


_JETTY = re.compile(r"\b(?:jetty|pier|landing stage)\b", re.I)
_BUILT_IN = {
    "oven": {"oven"},
    "stove": {"stove"},
    "fireplace": {"fireplace"},
    "blackboard": {"board"},
    "altar": {"altar"},
    "bridge": {"parapet", "span", "bridge"},
}
"""Things -> the pieces of places that show them larger, where nobody has anything to do with them."""


def spared(picture: Picture, found: Recipe) -> Picture:
    """The picture without things that its place has built in and that nobody handles in it. Pure.

    Nor with what is small and lies in the boat, unless it is told of: of it no more than a rim would be seen.
    """
    there = {la.piece for la in found.layers}

    def drawn(kind: str, words: str) -> bool:
        on_water = "jetty" in there and _JETTY.search(words) is not None
        return on_water or not there.isdisjoint(_BUILT_IN.get(behaves_as(kind), ()))

    def in_the_hull(kind: str, words: str) -> bool:
        entry = look_up(kind, "thing") if found.footing == "boat" else None
        low = entry is not None and entry.attributes.get("stature") in ("tiny", "small")
        return low and not set(re.findall(r"[a-z]+", words.lower())) & set(
            re.findall(r"[a-z]+", picture.sentence[:2000].lower())
        ) - {"a", "the"}

    kept = tuple(
        t
        for t in picture.things
        if t.held
        or t.id in (picture.actor, picture.target, picture.camera.focus)
        or not (
            drawn(t.look.kind, words := f"{t.words} {t.id} {t.look.kind}") or in_the_hull(t.look.kind, words)
        )
    )
    return picture if len(kept) == len(picture.things) else picture.model_copy(update={"things": kept})


def without_doubles(found: Recipe, picture: Picture) -> Recipe:
    """The recipe without what the story's own things are: one gate, not two one behind the other."""
    gone = {piece for t in picture.things for piece in _TWICE.get(behaves_as(t.look.kind), ())}
    if picture.action is Action.cook and _BAKED.search(picture.sentence):
        gone.add("oven")  # its baker stands at an oven of its own
    if at_helm(picture):
        gone.add("helm")  # it is before who steers
    if not gone:
        return found
    return replace(found, layers=tuple(layer for layer in found.layers if layer.piece not in gone))
