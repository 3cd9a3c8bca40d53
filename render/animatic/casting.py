"""Casting: everybody in a picture as a player, who does what the meetings of the shot make of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...storyboard.looks import ThingLook
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Facing
from .bathing import water_way
from .climbing import way_up
from .cycling import PEDALS, cycle_of
from .direction import bent_down, business
from .embraces import by_the_neck
from .fiddling import MANNER as FIDDLE
from .fiddling import fiddles
from .figures import Acting, Figure
from .figures.performances import performance
from .fitting import fitted, stranded
from .freed import in_hands
from .grip import implement
from .handing import acted, along_look, pointed_off, tooled, trade_sign, widened
from .ink import Ink
from .meeting import Meeting
from .noses import AT_BREAST, BOWED
from .places import Recipe
from .players import Player, kept_small, measured, scaled
from .reactions import directed, kneeling
from .resizing import SMALL, shrunk
from .small import beside_people, company
from .things import Thing
from .things.several import made
from .together import dries
from .towering import beside_a_giant
from .utensils import LIT
from .vehicles import cab_of


@dataclass(frozen=True)
class _Part:
    """What somebody is to play."""

    action: Action
    low: bool
    """Whether it kneels or bends down."""
    grown: float
    """How many times its own size it is drawn."""
    level: float
    """Where the eyes of whoever it is nose to nose with are, in heights of its own."""
    strokes: bool


@dataclass(frozen=True)
class Casting:
    """A picture with all from which its players are made."""

    picture: Picture
    place: Recipe
    bodies: Mapping[str, Figure]
    things: Mapping[str, Thing]
    met: tuple[Meeting, ...]
    aboard: tuple[str, tuple[str, ...]] | None
    """The vehicle and who is in it; None where nobody is."""
    spelled: str | None
    """Whoever is changed by magic."""
    ink: Ink
    seed: int
    length: float
    """Seconds of the shot."""

    def cast(self) -> dict[str, Player]:
        """Everybody in the picture, doing what the meetings of the shot make of their actions."""
        picture = self.picture
        actions = directed(picture, self.met, self.place.interior)
        aboard = self.aboard[1] if self.aboard and cab_of(self.things[self.aboard[0]].look.kind) else ()
        fits = fitted(picture, self.place, actions)
        actions = {i: action for i, action in fits.items() if i not in aboard}
        bodies = self.bodies
        tall = {i: body.height for i, body in bodies.items()}
        high = {i: thing.height for i, thing in self.things.items()}
        little = shrunk(picture)
        stands = {i: SMALL * h if i in little else h for i, h in tall.items()}
        low = kneeling(self.met, stands, dries(picture)) | bent_down(picture, stands, high)
        low |= stranded(picture, self.place)
        grown = company(tall) | beside_people(picture, tall) | beside_a_giant(picture, tall)
        grown |= {i: SMALL * grown[i] for i in little}
        eyes = {i: body.eyes * grown[i] for i, body in bodies.items()}
        nosed = [(m.one, m.other) for m in self.met if m.kind == "nose"]
        insects = {f.id for f in picture.figures if f.look.being is Being.insect}  # they come to the head
        people = {f.id for f in picture.figures if f.look.being is Being.person}
        knelt = {
            i
            for a, b in nosed
            for i, o in ((a, b), (b, a))
            if i in people and o not in insects and eyes[o] < 0.8 * eyes[i]
            if picture.action is not Action.push  # who is pushed is on its feet
        }
        low |= knelt
        eyes |= {i: 0.66 * eyes[i] for i in knelt}
        levels = {i: eyes[o] / max(eyes[i], 1e-3) for a, b in nosed for i, o in ((a, b), (b, a))}
        for a, b in nosed:  # a horse has its muzzle at the breast of who is as high, and not at the eyes
            if b in people and b not in knelt and a not in insects and levels[a] > AT_BREAST:
                levels[a] *= BOWED
        stroking = ""
        for m in self.met:
            pets = m.kind == "near" and picture.action is Action.reach and m.one == picture.actor
            if pets and eyes[m.other] > 0.8 * eyes[m.one]:
                stroking = m.one  # on its feet, and not bent to a cat
                ratio = eyes[m.other] / eyes[m.one]
                if bodies[m.other].bit is not None and not by_the_neck(ratio):
                    levels[m.other] = min(0.98, max(0.68, 0.88 * eyes[m.one] / eyes[m.other]))
        hover = {i for pair in nosed if insects & {*pair} for i in pair}
        levels = {i: v for i, v in levels.items() if i not in hover}
        parts = {
            f.id: _Part(
                actions.get(f.id, f.action), f.id in low, grown[f.id], levels.get(f.id, 1.0), f.id == stroking
            )
            for f in picture.figures
        }
        return {f.id: self._player(f, parts[f.id]) for f in picture.figures}

    def _on_a_back(self, rider: str) -> bool:
        """Whether what somebody rides is a body."""
        return any(m.kind == "ride" and m.one == rider and m.other in self.bodies for m in self.met)

    def _cycles(self, rider: str) -> bool:
        """Whether what somebody rides has a saddle and bars."""
        under = {m.other for m in self.met if m.kind == "ride" and m.one == rider} & set(self.things)
        return any(cycle_of(self.things[i].look.kind) is not None for i in under)

    def _player(self, figure: FigureIn, part: _Part) -> Player:
        ink, body, action, level = self.ink, self.bodies[figure.id], part.action, part.level
        acting = Acting(
            action, figure.expression, figure.facing, None, figure.speaks, low=part.low, level=level
        )
        kinds = {t.id: t.look.kind for t in self.picture.things}
        if action is Action.climb:
            standing = [t.look.kind for t in self.picture.things if not t.held]
            way = (
                None
                if body.floats
                else way_up(self.picture, self.place, figure.look.being, standing, figure.look.species)
            )
            aside = Facing.right if figure.facing is not Facing.left else Facing.left
            acting = replace(acting, way=way, facing=aside)
        if any(kinds.get(h) in ("telescope", "binoculars") for h in figure.holds):
            acting = replace(acting, through=True)
        things = {t.id: t for t in self.picture.things}
        held = tuple(
            made(things[h].model_copy(update={"look": in_hands(things[h].look)}), ink, self.seed)
            for h in figure.holds
            if h in things
        )
        acting = acted(acting, self.picture, figure, self.met, self.length)
        acting = replace(acting, manner=water_way(figure, action, self.place, self.picture) or acting.manner)
        if part.strokes and acting.manner == "pet":
            acting = replace(acting, manner="stroke")
        if action is Action.ride and not acting.manner and self._on_a_back(figure.id):
            acting = replace(acting, manner="astride")
        elif action is Action.ride and not acting.manner and self._cycles(figure.id):
            acting = replace(acting, manner=PEDALS)
        if fiddles(figure.look.being, figure.action, held):
            acting = replace(acting, manner=FIDDLE)
        if level != 1.0 and not acting.manner:  # its head is down at the hand that strokes it
            acting = replace(acting, manner="nose")
        if self.spelled and figure.id not in (self.spelled, None) and action is Action.perform:
            acting = replace(acting, manner="magic")
        if acting.action is Action.give and figure.look.being is not Being.person:
            # What is handed over is in both pairs of hands at no moment.
            pace = performance(Action.give, acting.manner).paced(self.length)
            acting = replace(acting, pace=pace)
        needed = implement(action, acting.manner) if action is figure.action else ""
        if not held and needed and _has_hands(figure):
            held = (Thing(ThingLook(kind=needed), (), ink, self.seed),)
        turns = acting.manner == "away"  # a pole would go from the side over the back and the hat
        if not held and not turns and (own := trade_sign(figure, action, self.picture.camera.size)):
            held = (Thing(along_look(own, body.look.skin), (), ink, self.seed),)
        held = tooled(self.picture, figure, action, held, self.met, ink, self.seed)
        extent, hand = measured(body, acting, self.length)
        used = business(self.picture, figure, action)
        extent = widened(extent, used, body.height, figure.facing)
        extent = pointed_off(extent, self.picture, figure, acting.manner, body.height)
        scale = kept_small(max(extent.width, extent.height)) * part.grown
        lights = used == "wick" and figure.look.being is Being.person
        if lights:  # a close look is at candle and match
            hand = (
                LIT[0] * body.height * (-1.0 if figure.facing is Facing.left else 1.0),
                LIT[1] * body.height,
            )
        hand = (hand[0] * scale, hand[1] * scale) if hand and (held or lights) else None
        return Player(body, acting, figure, held, scaled(extent, scale), hand, scale)


def _has_hands(figure: FigureIn) -> bool:
    return figure.look.being in (Being.person, Being.robot)
