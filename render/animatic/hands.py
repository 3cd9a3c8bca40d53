"""Hands: what those of everybody in a shot lie on, moment by moment: a task, another, each other. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from ...storyboard.lexicon import behaves_as
from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being, Facing
from . import packing
from .atboth import ends_held, on_the_rails
from .blocking import Placed
from .business import brush_at, on_the_knob
from .canopies import held_up, on_the_stick
from .clasping import at_its_corners
from .contact import (
    Party,
    at_the_mouth,
    at_work,
    helped_up,
    in_the_water,
    kneeling_at,
    lays,
    on_keys,
    over_the_other,
    round_it,
    set_in_earth,
    shoved_at,
    touch_of,
    under_the_jaw,
)  # fmt: skip
from .dealings import Between, steadied
from .direction import business
from .easing import smoothstep
from .exhibited import at_its_sides
from .fiddling import bowing, fiddled
from .figures import Acting
from .figures.acting import Laid
from .figures.performances import performance
from .grip import MOUTHED
from .ink import Ink
from .leaves import has_leaves
from .lids import at_the_lid, lid_of, uplift
from .meeting import Meeting
from .players import Player
from .reach import unequal
from .tailoring import at_the_glass, hands_at, on_its_side
from .tossed import catcher, hands_up
from .utensils import behind_glass, tipped
from .wielded import Wielded, hands_on

_LAID_ON = frozenset({"hug", "near", "lead", "dance", "give", "bear"})
"""Meetings of two whose hands are on each other."""


def clasped(
    figures: Sequence[Placed],
    met: tuple[Meeting, ...],
    players: Mapping[str, Player],
    acting: Mapping[str, Acting],
) -> dict[str, Acting]:
    """Those who shake hands bring them to one place, between the heights of both."""
    found = dict(acting)
    placed = {p.id: p for p in figures}
    for m in met:
        pair = [placed[i] for i in (m.one, m.other) if i in placed]
        if len(pair) < 2 or any(found[p.id].manner != "shake" for p in pair):
            continue
        for p, q in (pair, pair[::-1]):
            clasps, arm = (_jointed(players[i], found[i]) for i in (p.id, q.id))
            if clasps and not arm:  # a robot's hand is where its arm ends
                edge = q.x + 0.44 * q.extent.width * (1.0 if p.x > q.x else -1.0)
                scale = players[p.id].scale
                to = (edge - p.x) / scale, (p.up - q.up - 0.42 * q.extent.top) / scale
                found[p.id] = replace(found[p.id], meets=to)
        if not all(_jointed(players[p.id], found[p.id]) for p in pair):
            continue
        hands = []
        for p in pair:
            scale = players[p.id].scale
            hand = players[p.id].body.hand(found[p.id], 0.0)
            if hand is not None:
                hands.append((p.x + hand[0] * scale, p.up - hand[1] * scale))
        if len(hands) < 2:
            continue
        x, up = (hands[0][0] + hands[1][0]) / 2, (hands[0][1] + hands[1][1]) / 2
        up = min(up, *(_breast(p, players[p.id], found[p.id]) for p in pair))
        if unequal(pair[0].tall, pair[1].tall):  # before no child's mouth
            child, grown = sorted(pair, key=lambda p: p.tall)
            x = child.x + _AHEAD * (grown.x - child.x)
        for p in pair:
            scale = players[p.id].scale
            meets = ((x - p.x) / scale, (p.up - up) / scale)
            found[p.id] = replace(found[p.id], meets=meets)
    return found


def _breast(placed: Placed, player: Player, acting: Acting) -> float:
    """Metres up of the breast of somebody with joints: under the neck by a palm and more."""
    neck = player.body.joints(acting, 0.0)["neck"][1]
    return placed.up - (neck + _UNDER_THE_NECK * player.body.height) * player.scale


_UNDER_THE_NECK, _AHEAD = 0.06, 0.6
"""Of somebody's height: no hand is shaken higher than that far below the neck. Of the way from a
child to who shakes its hand: where that is."""


def _jointed(player: Player, acting: Acting) -> bool:
    return bool(player.body.joints(acting, 0.0))


_HANDS_AT = frozenset({"shears", "tape", "slate", "draft", "mural", "vat", "spread", "helm"})
"""What is used at which the hands lie as ``tailoring.hands_at`` says."""

_HIPS = 0.56
"""Of the height of who opens a box: what is higher is no box, or is reached without a look."""
_UNDER_THE_CHIN = 0.02
"""Of the height of who opens a box, below the neck: higher a hand on its lid would be before the face."""
_KNELT = 0.7
"""Share of a performance of kneeling at which the hands are on what somebody kneels beside."""
_SET = 0.45
"""Of the height of who plants it: what is taller stands by itself, and hands are not at its foot."""


class Hands:
    """The hands of all who play in a shot, as they are placed in it.

    ``wields``: what each has in both hands; ``held``: what two pull at or carry between them; ``length``:
    the shot's, in seconds.
    """

    def __init__(
        self,
        picture: Picture,
        figures: Sequence[Placed],
        things: Sequence[Placed],
        met: tuple[Meeting, ...],
        players: Mapping[str, Player],
        acting: Mapping[str, Acting],
        wields: Mapping[str, Wielded],
        held: Between | None,
        length: float,
    ) -> None:
        self._picture, self._figures, self._things, self._met = picture, figures, things, met
        self._players, self._acting, self._wields, self._length = players, acting, wields, length
        self._between, self._steadied = held, steadied(picture)

    def laid_on(self, placed: Placed, acting: Acting, seconds: float) -> Acting:
        """The acting with its hands on what is worked with, or on whoever is pushed, hugged or stroked."""
        if acting.manner == "helped" and not _jointed(self._players[placed.id], self._acting[placed.id]):
            return helped_up(acting, seconds / self._length)
        player = self._players[placed.id]
        found = self.lays(placed, acting, seconds) or held_up(player, acting, seconds)
        found = found or on_the_stick(placed, self._figures, self._players, seconds)
        if not found:
            return acting
        return replace(acting, lays=found, embraces=placed.id in self.embraced)

    @cached_property
    def embraced(self) -> tuple[str, ...]:
        """Two who stand in each other's arms, the farther first; a robot is held too. Empty for others."""
        for m in self._met:
            pair = sorted((p for p in self._figures if p.id in (m.one, m.other)), key=lambda p: -p.depth)
            hugs = len(pair) == 2 and all(
                touch_of(self._acting[p.id].action, self._acting[p.id].manner) == "hug" for p in pair
            )
            afloat = all(p.sunk for p in pair)
            if (
                m.kind == "hug"
                and hugs
                and not any(p.shoulder or p.rides or (p.up and not afloat) for p in pair)
            ):
                return pair[0].id, pair[1].id
        return ()

    def upper_last(self, seconds: float) -> tuple[str, ...]:
        """Two who stand in each other's arms, the one whose arm lies above the other's last."""
        placed = {p.id: p for p in self._figures}
        parties = [Party(placed[i], self._players[i], self._acting[i]) for i in self.embraced]
        if len(parties) < 2:
            return self.embraced
        return self.embraced[:: -1 if over_the_other(parties[0], parties[1], seconds) else 1]

    @cached_property
    def nuzzled(self) -> tuple[str, ...]:
        """Somebody and the animal whose head is at the breast, on which a hand lies; empty for others."""
        gentle = self._picture.action in (Action.hug, Action.reach)
        for m in self._met if gentle else ():
            being = {i: self._players[i].source.look.being for i in (m.one, m.other) if i in self._players}
            beast = being.get(m.one) in (Being.quadruped, Being.dragon)
            if m.kind == "nose" and beast and being.get(m.other) is Being.person:
                return m.other, m.one
        return ()

    def lays(self, placed: Placed, acting: Acting, seconds: float) -> tuple[Laid, ...]:
        """Where the hands of somebody lie at a moment; empty where they are on nothing."""
        player = self._players[placed.id]
        way = -1.0 if placed.facing is Facing.left else 1.0
        if self._between is not None and placed.id in (self._between.one, self._between.other):
            return ends_held(self._between.kind, way, player.body.height, seconds)
        if self._steadied is not None and placed.id == self._steadied[0]:
            foot = next((p for p in self._figures if p.id == self._steadied[1]), placed)
            return on_the_rails(placed, foot, player.scale, player.body.height)
        if placed.id == catcher(self._picture) and (thrower := self._players.get(self._picture.actor or "")):
            there = next((p for p in self._figures if p.id == self._picture.actor), placed)
            return hands_up(thrower, player, -1.0 if there.x < placed.x else 1.0, seconds)
        if wields := self._wields.get(placed.id):
            return hands_on(wields, player.body.side(acting, seconds), player, acting, seconds, self._length)
        lights = acting.action is Action.light and acting.manner != "out"  # candles are blown out by no hand
        if lights or acting.action is Action.write or tipped(acting):
            if not player.body.joints(acting, 0.0):
                return ()
            share = min(1.0, seconds * acting.pace / performance(acting.action, acting.manner).seconds)
            used = acting.manner if tipped(acting) else business(self._picture, player.source, acting.action)
            done = share if used == "wick" else seconds
            used = "lantern" if used == "wick" and behind_glass(self._picture) else used
            return at_work(used, way, player.body.height, done)
        if acting.manner == "pack" and player.body.joints(acting, 0.0):
            high, _ = packing.mouth(self._picture, Ink(), player.body.height)
            return packing.hands_at(player, way, seconds, high)
        if fiddled(acting):
            return bowing(player, way, seconds)
        used = business(self._picture, player.source, acting.action)
        if used == "door" and player.body.joints(acting, 0.0):
            act = performance(acting.action, acting.manner)
            return on_the_knob(way, player.body.height, min(1.0, seconds * acting.pace / act.seconds))
        if on_lid := self._at_a_lid(placed, player, acting, seconds):
            return on_lid
        if used in _HANDS_AT and player.body.joints(acting, 0.0):
            share = seconds if used == "vat" else min(1.0, seconds / self._length)
            return hands_at(used, way, player.body.height, share, self._picture.sentence)
        if used == "easel" and player.body.joints(acting, 0.0):
            x, y = brush_at(min(1.0, seconds / self._length))
            return ((way * (x - 0.1) * player.body.height, (y + 0.06) * player.body.height, 1.0),)
        if (
            (acting.action, acting.manner) == (Action.look, "examine")
            and player.held
            and has_leaves(player.held[0].look.kind)
        ):
            return at_the_glass(way, player.body.height, seconds) if player.body.joints(acting, 0.0) else ()
        if acting.manner in ("over", "rub"):
            stood = (*self._things, *self._figures)
            it = next((p for p in stood if p.id == self._picture.target), None)
            if it is None or not player.body.joints(acting, 0.0):
                return ()
            kind = next((behaves_as(t.look.kind) for t in self._picture.things if t.id == it.id), "")
            return on_its_side(placed, it, player.scale, player.body.height, seconds, kind)
        if (acting.action, acting.manner) == (Action.dig, "plant") and player.body.joints(acting, 0.0):
            it = next((p for p in self._things if p.id == self._picture.target), None)
            if it is not None and it.extent.top < _SET * player.body.height * player.scale:
                return set_in_earth(placed, it, player.scale, seconds)
        if acting.manner == "keys":
            piano = next((p for p in self._things if p.id == self._picture.target), None)
            return () if piano is None else on_keys(placed, piano, player.scale, seconds)
        if (
            acting.action is Action.reach
            and not acting.manner
            and _jointed(self._players[placed.id], self._acting[placed.id])
        ):
            mouths = (p for p in self._figures if p.id != placed.id and self.offers(p.id))
            if (it := next(mouths, None)) is not None:
                return at_the_mouth(placed, it, player.scale)
        if held := at_its_sides(player, acting, seconds) or at_its_corners(player, acting, seconds):
            return held
        if self.nuzzled[:1] == (placed.id,) and not player.held:
            it = next(p for p in self._figures if p.id == self.nuzzled[1])
            animal = Party(it, self._players[it.id], self._acting[it.id])
            return under_the_jaw(Party(placed, player, acting), animal, seconds)
        touch = touch_of(acting.action, acting.manner)
        kneels = acting.action is Action.kneel and not acting.manner and not player.held
        at_it = kneeling_at if kneels else {"hug": round_it, "push": shoved_at}.get(touch or "")
        if at_it is not None and placed.id == self._picture.actor and player.body.joints(acting, 0.0):
            it = next((p for p in self._things if p.id == self._picture.target), None)
            if it is not None:
                laid = at_it(placed, it, player.scale, player.body.height)
                if not kneels:
                    return laid
                act = performance(acting.action, acting.manner)
                down = smoothstep(min(1.0, seconds * acting.pace / (_KNELT * act.seconds)))
                return tuple((x, y, down * share) for x, y, share in laid)
        meeting = next((m for m in self._met if placed.id in (m.one, m.other)), None)
        if touch is None or meeting is None or meeting.kind not in _LAID_ON or placed.shoulder:
            return ()
        other = meeting.other if placed.id == meeting.one else meeting.one
        found = next((p for p in self._figures if p.id == other and not p.shoulder), None)
        if found is None or (meeting.kind == "near" and placed.id != meeting.one and touch != "help"):
            return ()
        if touch == "hug" and placed.sunk and found.sunk and placed.id == meeting.other:
            return in_the_water(way, player.body.height)
        them = Party(found, self._players[other], self._acting[other])
        return lays(Party(placed, player, acting), them, touch, seconds, self._length)

    def _at_a_lid(self, placed: Placed, player: Player, acting: Acting, seconds: float) -> tuple[Laid, ...]:
        """The hand of who opens or shuts what is no higher than the hips; empty for all else."""
        if acting.action not in (Action.open, Action.close) or acting.manner or player.held:
            return ()
        box = next((p for p in self._things if p.id == self._picture.target), None)
        kind = next((t.look.kind for t in self._picture.things if box and t.id == box.id), "")
        if box is None or placed.id != self._picture.actor or box.extent.top > _HIPS * placed.tall:
            return ()
        if not _jointed(player, self._acting[placed.id]):
            return ()
        share = seconds / self._length
        up = uplift(share if self._picture.action is Action.open else max(0.0, 0.9 - share))
        chin = player.body.joints(acting, seconds)["neck"][1] + _UNDER_THE_CHIN * player.body.height
        return tuple(
            (x, max(y, chin), at) for x, y, at in at_the_lid(placed, box, player.scale, lid_of(kind), up)
        )

    def offers(self, name: str) -> bool:
        """Whether an animal holds out to somebody what is in its mouth."""
        player = self._players[name]
        gives = player.acting.action is Action.give and bool(player.held)
        return gives and player.source.look.being in MOUTHED
