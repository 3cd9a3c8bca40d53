"""Places in their order on a way: a journey's, that of one who swims, and that of one no door lets in."""

from __future__ import annotations

from dataclasses import replace

from .idea import Reading
from .spots import TOWARD, WATER_HOMES, Spot, plain_spot
from .words import base_verb

_CROSSING = frozenset(["across", "over", "through", "along", "past", "around"])
"""Words before a place that a way leads through."""
_SEASIDE = WATER_HOMES | {
    "harbour",
    "island",
    "ship",
    "river",
    "lake",
    "lighthouse",
    "bridge",
    "snowfield",
    "swamp",
}
"""Kinds of place in the water or at it."""
LED_AWAY = frozenset({"carry", "bring", "take", "lead", "guide", "pull", "push"})
"""Verbs by which one that swims brings somebody over the water."""
_WET_WAYS = frozenset({"sea", "lake", "river", "underwater"})
BY_BOAT = frozenset({"row", "sail", "swim", "paddle", "surf"})
"""Ways that lead over water, whether the sentence names it or not."""


def _crossing(kind: str) -> Spot:
    """A place that is crossed."""
    spot = plain_spot(kind)
    return replace(spot, phrase=replace(spot.phrase, after="across"))


def on_the_way(found: list[Spot], home: str, wet: bool, far: bool, aim: bool = False) -> list[Spot]:
    """The places of a journey: home, what is crossed, and where it goes.

    ``wet``: the way leads over water; ``far``: somebody waits at its end; ``aim``: something is to be
    done out there.
    """
    goals = [s for s in found if s.phrase.after in TOWARD]
    if far and not goals:
        goals = [plain_spot("house")]
    crossed = [s for s in found if s not in goals and s.phrase.after in _CROSSING]
    if wet:
        over = next((s for s in found if s.kind in _WET_WAYS), None)
        named = over is not None and bool(over.phrase.determiner)
        crossed = [over if over is not None and named else _crossing(over.kind if over else "sea")]
        goals = [s for s in goals if s.kind not in _WET_WAYS]
    starts = [
        s for s in found if s not in goals and s not in crossed and not (wet and s.kind in _WET_WAYS)
    ] or [plain_spot(home)]
    if wet and crossed:
        starts = [plain_spot({"lake": "shore", "river": "village"}.get(crossed[0].kind, "harbour"))]
        afloat = replace(crossed[0], at="on", boat=True)
        return [starts[0], afloat, *(goals[:1] or ([afloat] if aim else []))]
    if far:
        starts = [s for s in starts if s.kind != goals[0].kind] or [plain_spot("village")]
        return [starts[0], *(crossed[:1] or [plain_spot("road")]), goals[0]]
    at_home = (*goals, *crossed) if home == "garden" or not goals else crossed
    if any(s.kind == home for s in at_home) and len(starts) == 1 and starts[0].kind == home:
        # It lives where the journey goes: the garden of a snail is its home and its road.
        own = [*crossed[:1], *goals[:1]]
        return (
            [*own, *(plain_spot("garden", n) for n in ("kitchen garden", "rose garden"))][:3]
            if (home == "garden")
            else own
        )
    starts = [s for s in starts if s.kind not in {g.kind for g in (*goals, *crossed)}] or [
        plain_spot("house")
    ]
    if goals and not crossed:
        crossed = [plain_spot("bridge" if starts[0].kind == "road" else "road")]
    return [starts[0], *crossed[:1], *goals[:1]]


def has_aim(reading: Reading) -> bool:
    """Whether the way is made to do something where it leads: "sails out to scatter ashes"."""
    return bool(reading.goal) and base_verb(reading.goal.split()[0]) != reading.verb


def by_the_water(found: list[Spot], named: set[str], led: bool) -> list[Spot]:
    """The places of one that lives in the water: those that the idea names, else such as lie in or at it.

    ``led``: somebody is brought, over the sea, to the last of them.
    """
    own = [s for s in found[:3] if s.phrase.noun in named]
    if led:
        goals = [s for s in own if s.phrase.after in TOWARD][:1] or [plain_spot("harbour")]
        start = "island" if goals[0].kind in {"shore", "harbour"} else "shore"
        return [plain_spot(start), plain_spot("sea"), goals[0]]
    spare = [plain_spot(k) for k in ("shore", "sea", "island", "harbour")]
    out: list[Spot] = []
    for spot in found[:3]:
        fits = spot.kind in _SEASIDE or spot in own
        new = spot if fits else next(s for s in spare if s.kind not in {x.kind for x in (*found[:3], *out)})
        out.append(new)
    return out


_ROOMS = frozenset(
    {"house", "room", "bedroom", "kitchen", "attic", "school", "library", "office", "shop", "cafe"}
)  # fmt: skip


def out_of_doors(found: list[Spot], named: set[str]) -> list[Spot]:
    """The places of one that no door lets in: what is in a house, and is not named, is before it."""
    spare = [plain_spot(k) for k in ("village", "garden", "meadow")]
    out: list[Spot] = []
    for spot in found[:3]:
        within = spot.kind in _ROOMS and spot.phrase.noun not in named
        out.append(next(s for s in spare if s.kind not in {x.kind for x in out}) if within else spot)
    return out


OPEN_BOATS = frozenset(
    {
        "boat",
        "rowboat",
        "raft",
        "canoe",
        "kayak",
        "dinghy",
        "skiff",
        "lifeboat",
        "gondola",
        "sailboat",
        "punt",
    }
)
"""What has no deck to walk about on."""


def in_open_boats(found: list[Spot]) -> list[Spot]:
    """The places with the water that a boat is on in place of the boat: that which is named, or the sea."""
    boats = [s for s in found if s.kind == "ship" and s.phrase.head.lower() in OPEN_BOATS]
    if not boats:
        return found
    water = next((s for s in found if s.kind in {"sea", "lake", "river"}), None)
    afloat = replace(water or plain_spot("sea"), at="on", boat=True)
    changed = [afloat if s is (water or boats[0]) else s for s in found]
    return [s for s in changed if s not in boats]
