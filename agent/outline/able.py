"""What a body can be seen doing, what it can carry, and where a thing can be done."""

from __future__ import annotations

from ...storyboard import lexicon
from ...storyboard.folk import folk_of
from ...storyboard.vocabulary import Action, Being
from .chunking import VEHICLES
from .phrase import Phrase
from .spots import SPACE, indoors

_CLASSES = {
    Being.quadruped: "paw",
    Being.dragon: "paw",
    Being.snake: "paw",
    Being.bird: "wing",
    Being.insect: "wing",
    Being.fish: "fin",
    Being.whale: "fin",
    Being.octopus: "fin",
    Being.plant: "still",
    Being.thing: "still",
}


_ON_FOUR = frozenset({"frog", "toad"})
"""Animals that no plan of a body names as such."""


def body_of(phrase: Phrase) -> str:
    """How somebody moves: "hand" as people and robots do, "paw", "wing", "fin", or "still" as a tree."""
    if phrase.sort == "creature" and folk_of(phrase.noun) is not None:
        return "hand"  # a fox lawyer walks upright and has hands
    if phrase.sort == "creature" and phrase.kind in _ON_FOUR:
        return "paw"
    being = phrase.being
    if being is None and phrase.sort == "thing" and lexicon.look_up(phrase.noun, "thing") is None:
        entry = lexicon.look_up(phrase.noun, "creature")
        being = Being(entry.being) if entry and entry.being else None
    if being is None:
        return "still" if phrase.sort == "thing" else "paw" if phrase.sort == "creature" else "hand"
    return _CLASSES.get(being, "hand")


_EVERYBODY = frozenset(
    {Action.look, Action.listen, Action.talk, Action.sing, Action.cry, Action.laugh, Action.sleep, Action.lie,
     Action.fall, Action.eat, Action.drink, Action.hide, Action.search, Action.push, Action.hug, Action.dance,
     Action.float, Action.stand}
)  # fmt: skip
_GOING = frozenset(
    {Action.walk, Action.run, Action.jump, Action.climb, Action.sneak, Action.sit, Action.rise, Action.fight,
     Action.take, Action.swim, Action.play, Action.pull}
)  # fmt: skip
_CAN = {
    "paw": _EVERYBODY | _GOING | {Action.dig, Action.reach, Action.give},
    "wing": _EVERYBODY | _GOING | {Action.fly, Action.hold, Action.dive, Action.give},
    "fin": _EVERYBODY - {Action.drink} | {Action.swim, Action.dive, Action.jump, Action.take, Action.fight},
    "still": frozenset(
        {Action.talk, Action.sing, Action.cry, Action.laugh, Action.sleep, Action.fall, Action.listen}
    ),
}
_AIR = frozenset({Action.fly})
"""What nobody does who has hands: unless a wish or a broom lets them, which the idea itself says."""
_HELD = frozenset(
    {Action.hold, Action.take, Action.give, Action.throw, Action.read, Action.eat, Action.drink, Action.play}
)
"""Acts on a thing that is in the hand; of what is not carried they cannot be shown."""
_ABOUT = frozenset({"against", "around", "beside", "on", "over", "from", "to"})


FLIGHTLESS = frozenset(
    {"penguin", "ostrich", "emu", "kiwi", "chicken", "snail", "ant", "spider", "caterpillar", "worm",
     "scorpion", "crab"}
)  # fmt: skip
"""Birds and insects that go on foot."""


TAILED = frozenset({"mermaid", "merman"})
"""Beings with hands and a fish's tail."""
HOOFED = frozenset(
    {"goat", "sheep", "ram", "deer", "fawn", "reindeer", "pony", "donkey", "calf", "foal", "cow", "pig",
     "boar"}
)  # fmt: skip
"""Those on four stiff legs, who nuzzle somebody rather than are taken into the arms."""
_ON_LEGS = frozenset(
    {Action.walk, Action.run, Action.climb, Action.jump, Action.kneel, Action.dance, Action.sneak,
     Action.rise, Action.ride, Action.fall}
)  # fmt: skip
"""What nobody does who has a fish's tail."""


def can_do(who: Phrase, action: Action) -> bool:
    """Whether somebody of that body can be drawn doing it."""
    body = body_of(who)
    if who.kind in TAILED and action in _ON_LEGS:
        return False
    if action in _AIR and who.kind in FLIGHTLESS:
        return False
    return action not in _AIR if body == "hand" else action in _CAN[body]


_BULKY = frozenset({"painting", "net", "anchor", "coat", "dress", "shield", "staff", "guitar", "flag",
                    "blanket", "shirt", "closed umbrella", "pickaxe", "battle axe", "rake", "pitchfork",
                    "hand broom",
                    "saxophone", "electric guitar", "bow and arrow", "mace", "arrow", "cage",
                    "sign"})  # fmt: skip
"""Things of middle size that one person carries; what is small or tiny is carried by anybody."""


def can_carry(who: Phrase, thing: Phrase) -> bool:
    """Whether somebody lifts that thing: never a tower, a door or a sea, and nothing that has no drawing."""
    if thing.sort != "thing" or thing.proper:
        return False
    entry = lexicon.look_up(thing.noun, "thing")
    if entry is None:
        return False
    small = entry.attributes.get("stature") in {"tiny", "small"}
    if body_of(who) != "hand":
        return small and body_of(who) != "still"
    return small or entry.kind in _BULKY


_RIDDEN = VEHICLES | {"boat", "train", "plane", "rocket", "submarine", "sailing ship", "ufo",
                      "hot air balloon", "sailboat", "taxi", "van", "tractor"}  # fmt: skip


def stays_put(thing: Phrase) -> bool:
    """Whether it is where it is, and in no other place of the story: a door, an oven, a tower; not a cart."""
    entry = lexicon.look_up(thing.noun, "thing")
    big = entry is not None and entry.attributes.get("stature") in {"large", "giant"}
    return big and entry is not None and not _RIDDEN & {entry.kind, lexicon.behaves_as(entry.kind)}


def is_handling(action: Action, after: str) -> bool:
    """Whether the act, whose verb is followed by the word ``after``, has the thing itself in the hand."""
    return action in _HELD and after not in _ABOUT


_WET = frozenset({"sea", "underwater"})
_GREEN = frozenset({"forest", "meadow", "garden", "park", "farm", "jungle", "village"})
_TOWN = frozenset({"village", "city", "house", "market", "harbour", "school", "castle", "farm", "station",
                   "shop", "lighthouse", "hospital", "library", "room", "museum", "cafe", "workshop",
                   "temple"})  # fmt: skip
_FENCED = frozenset({"garden", "park", "farm", "village", "castle", "graveyard", "temple", "road", "meadow",
                     "city", "market", "ruins"})  # fmt: skip
_HILLY = frozenset({"mountain", "meadow", "desert", "island", "road", "snowfield", "forest", "village"})
_WILD = frozenset({"forest", "jungle", "meadow", "mountain", "river", "lake", "island", "swamp",
                   "road", "garden", "park", "farm", "shore", "ruins", "graveyard"})  # fmt: skip
_AFOOT = frozenset(
    {Action.walk, Action.run, Action.climb, Action.dig, Action.jump, Action.fall, Action.sleep, Action.lie,
     Action.kneel, Action.sit, Action.hide, Action.dance, Action.sneak, Action.cook, Action.rise,
     Action.search, Action.push, Action.point}
)  # fmt: skip
"""What people do who have ground under their feet."""


def _walks_not(who: Phrase, kind: str) -> bool:
    """Whether somebody has no ground on water or in the sky; a bird has the sky, and who swims has water."""
    return body_of(who) == "hand" or (kind in _WET and body_of(who) in {"paw", "wing"})


def place_lets(tag: str, kind: str, who: Phrase, action: Action, rough: bool) -> bool:
    """Whether an act that asks for ``tag`` can be done in a place of that kind.

    ``tag`` is in, out, wild, hill, town, green (where trees are), fenced (where gates are), sea (afloat in
    a boat), rain (out in weather that is ``rough``), or one that says nothing of the place.
    """
    afloat = kind in _WET or kind == "sky"
    if afloat and _walks_not(who, kind) and action in _AFOOT and tag != "sea":
        return False
    if tag == "sea":
        return kind in {"sea", "lake"} and body_of(who) == "hand"
    if tag == "in":
        return indoors(kind) and kind not in {"cave", "space", "underwater"}
    if tag in {"out", "rain"}:
        return (
            (rough or tag == "out")
            and not indoors(kind)
            and not afloat
            and kind not in SPACE
            and kind not in {"ship", "rooftop"}
        )
    if tag == "green":
        return kind in _GREEN
    if tag == "fenced":
        return kind in _FENCED
    if tag == "wild":
        return kind in _WILD
    if tag == "hill":
        return kind in _HILLY
    return kind in _TOWN if tag == "town" else True
