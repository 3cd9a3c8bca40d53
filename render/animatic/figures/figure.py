"""``Figure``: any character of a story, drawn and performed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Action, Being, Facing, Mark
from ..easing import smoothstep
from ..ink import Ink, rgb
from .acting import Acting
from .ascent import STEEP, YAW, Climb, Way
from .being import Being as BeingBody
from .bird import Bird
from .creature import Creature
from .fish import Fish
from .folk import FOLK
from .insect import Insect
from .performances import PERFORMANCES, on_twos, performance
from .person import Person
from .primate import Primate
from .quadruped import Quadruped
from .seal import Seal
from .shapes import line
from .skeleton import CAMERA_DROP
from .soft import Soft
from .species import SPECIES
from .unknown import Unknown

Hold = Callable[[skia.Canvas], None]

PERFORMED: frozenset[Action] = frozenset(PERFORMANCES)
"""Actions with a performance of their own."""
_SLIPS, _LANDED = 0.16, 0.6
"""Shares of a shot at which a body without keyed poses begins to fall, and lies."""
_FALLS = 0.9
"""How high it falls from, in its own heights."""
_RECLINES, _TUMBLES, _TURNS = 80.0, 130.0, 0.85
"""Degrees that it is turned up on a wall and goes over backwards off it, and the share of the fall after
which it comes right side up."""
_GATHERED, _AIRBORNE, _LANDING = 0.66, 0.4, 0.52
"""Seconds around the middle of a jump: crouching before it, in the air on either side, landing after it."""


LEAPS = 0.2, 0.78
UNDER = 0.15, 0.75
"""Shares of a shot at which who leaps out of the water is out of it and in it again."""


class Body(Protocol):
    """What a body plan gives a figure. Lengths in metres."""

    height: float
    width: float
    eyes: float
    floats: bool

    def travels(self, action: Action) -> float:
        """Metres a second across the ground."""

    def draw(self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None) -> None:
        """Draw standing on the origin."""


class Figure:
    """One character. The same look, marks, seed and pieces of costume are always drawn the same."""

    def __init__(
        self, look: BodyLook, marks: tuple[Mark, ...], ink: Ink, seed: int, costume: tuple[str, ...] = ()
    ) -> None:
        self.look, self.marks, self.ink = look, marks, ink
        self._body = _body(look, marks, ink, seed, costume)
        self.height: float = self._body.height
        """Metres from the ground (or the lowest point) to the top of a standing body."""
        self.width: float = self._body.width
        """Metres across in its widest usual view."""
        self.eyes: float = self._body.eyes
        """Metres of the eyes above the origin."""
        self.floats: bool = self._body.floats
        """True where the origin is the bottom of a body that does not stand on the ground."""

    def travels(self, action: Action) -> float:
        """Metres a second that the action moves across the ground; 0 where it stays."""
        return self._body.travels(action)

    def hold_breath(self) -> None:
        """From now on no breath of it is seen, as under water."""
        if isinstance(self._body, Creature):
            self._body.breathless = True

    @property
    def seat(self) -> float:
        """Metres from the ground point to the seat of this body as it rides; 0 for one that stands."""
        return self._body.seat() if isinstance(self._body, Person) else 0.0

    def sits(self, acting: Acting) -> float:
        """Metres from the ground point to the seat of this body as it rides in its manner; 0 for one that
        stands."""
        return self._body.seat(acting.manner) if isinstance(self._body, Person) else 0.0

    @property
    def head(self) -> tuple[float, float]:
        """Half the width and height of a person's head, with its hair, in metres; 0 for other bodies."""
        body = self._body
        if not isinstance(body, Person):
            return 0.0, 0.0
        size = body.body.head * body.height
        return 1.12 * body.face.width * size, 0.55 * size

    def hat_off(self, canvas: skia.Canvas, x: float, y: float) -> None:
        """Draw the hat that a person in bed has put down, its brim at a point in heights."""
        if isinstance(self._body, Person):
            self._body.hat_off(canvas, x, y)

    def near_arm(self, canvas: skia.Canvas, acting: Acting, t: float) -> None:
        """``Person.near_arm``; nothing for other bodies."""
        if isinstance(self._body, Person):
            self._body.near_arm(canvas, acting, t)

    def hand(self, acting: Acting, t: float) -> tuple[float, float] | None:
        """Where the action hand of a person is, in metres, y down; None for other bodies."""
        return self._body.hand(acting, t) if isinstance(self._body, Person) else None

    def free_to_chin(self, acting: Acting) -> float:
        """``Person.free_to_chin``; without end for other bodies."""
        return self._body.free_to_chin(acting) if isinstance(self._body, Person) else 9.0

    def lag(self, acting: Acting) -> float:
        """Seconds by which a person's cycle is ahead of the shot; 0 for other bodies."""
        return self._body.lag(acting) if isinstance(self._body, Person) else 0.0

    def side(self, acting: Acting, t: float) -> float:
        """Which side of the page a body is turned to: 1 right, -1 left."""
        if isinstance(self._body, Person):
            return self._body.side(acting, t)
        return -1.0 if acting.facing is Facing.left else 1.0

    def joints(self, acting: Acting, t: float) -> dict[str, tuple[float, float]]:
        """Where the joints of a person are, in metres, y down (``Person.joints``); empty for other bodies."""
        return self._body.joints(acting, t) if isinstance(self._body, Person) else {}

    @property
    def bit(self) -> tuple[float, float] | None:
        """Where the reins of a hoofed animal end, as it was last drawn: metres ahead, and down; else None."""
        return self._body.bit if isinstance(self._body, Quadruped) else None

    @property
    def bridle(self) -> tuple[tuple[float, float], ...]:
        """Where a mount is bridled, as it was last drawn: poll, ring at the mouth, and the muzzle above and
        below, in metres ahead, and down; else ()."""
        return self._body.bridle if isinstance(self._body, Quadruped) else ()

    def back(self, acting: Acting, t: float) -> tuple[float, float]:
        """Where one sits on this body, facing right: metres ahead of and above the ground point."""
        if isinstance(self._body, Quadruped):
            return self._body.back(acting, t)
        if isinstance(self._body, Bird):  # behind its neck
            return -0.1 * self.height, self._body.back(acting.action is Action.fly)
        return 0.0, 0.8 * self.height

    def draw(
        self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None = None
    ) -> None:
        """Draw the figure ``t`` seconds into a shot of ``length`` seconds.

        The origin is the ground between the feet, x right, y down, in metres. ``hold`` draws a thing
        around its grip at the origin, in metres; it is called once, behind the hand.
        """
        if acting.manner in ("leap", "plunge", "sink", "under"):
            self._in_water(canvas, acting, t, length, hold)
            return
        if acting.action is Action.climb and acting.way and not isinstance(self._body, Person):
            self._walk_up(canvas, acting, t, length, hold)
            return
        if acting.manner == "stop" and acting.action is Action.stand and not isinstance(self._body, Person):
            self._halt(canvas, acting, t, length, hold)
            return
        falls = acting.action is Action.fall and not isinstance(self._body, Person) and not self.floats
        if falls and self._drop(canvas, acting, t, length, hold):
            return
        if acting.action is Action.jump and not isinstance(self._body, Person) and not self.floats:
            self._jump(canvas, acting, t, length, hold)
            return
        self._plain(canvas, acting, t, length, hold)

    def _plain(self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None) -> None:
        clear = Mark.transparent in self.marks
        if Mark.glowing in self.marks or Mark.lit in self.marks:
            self.ink.glow(canvas, 0.0, -self.height * 0.55, self.height * 0.75, "#ffdc8c", 0.22)
        if clear:
            canvas.saveLayerAlpha(None, 118)
        self._body.draw(canvas, acting, t, length, hold)
        if clear:
            canvas.restore()

    def _in_water(
        self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None
    ) -> None:
        """Leap out of the water in an arc, go under, plunge head first, or sink, once in the shot."""
        share = on_twos(t) / max(0.1, length)
        side = -1.0 if acting.facing is Facing.left else 1.0
        long, middle = max(self.height, self.width), 0.5 * self.height
        upright = self.height > self.width or not self.floats
        up, turn = 0.0, 0.0
        if acting.manner == "leap":
            phase = (share - LEAPS[0]) / (LEAPS[1] - LEAPS[0])
            if 0.0 < phase < 1.0:
                up = (0.95 if upright else 0.62) * long * math.sin(math.pi * phase)
                turn = -side * (14.0 if upright else 46.0) * math.cos(math.pi * phase)
        elif acting.manner == "under":  # up with a start, and down into it
            phase = (share - UNDER[0]) / (UNDER[1] - UNDER[0])
            if phase > 0.0:
                down = smoothstep(min(1.0, max(0.0, (phase - 0.45) / 0.55)))
                rise = (0.3 if upright else 0.14) * long
                up = rise * math.sin(math.pi * min(1.0, phase)) - 0.52 * self.height * down
                turn = 0.0 if upright else side * (-18.0 + 52.0 * min(1.0, phase))
        else:
            done = min(1.0, max(0.0, (share - 0.1) / 0.75))
            done = smoothstep(done)
            up = 0.55 * long * (0.8 - done)
            if acting.manner == "plunge":
                turn = side * (118.0 if upright else 46.0) * min(1.0, 2.2 * done)
        swims = replace(acting, action=Action.swim, manner="", pace=1.0)
        canvas.save()
        canvas.translate(0.0, -up - middle)
        canvas.rotate(turn)
        canvas.translate(0.0, middle)
        self._plain(canvas, swims, t, length, hold)
        canvas.restore()

    def _halt(self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None) -> None:
        """A body without a keyed halt comes walking, brakes with its weight back, and stands."""
        share = min(1.0, t / performance(Action.stand, "stop").seconds)
        side = -1.0 if acting.facing is Facing.left else 1.0
        left = max(0.0, 0.46 - share) / 0.46
        braking = max(0.0, 1.0 - abs(share - 0.56) / 0.16)
        going = replace(acting, action=Action.walk if share < 0.46 else Action.stand, manner="")
        canvas.save()
        canvas.translate(-side * 0.7 * left * max(self.width, 0.6 * self.height), 0.0)
        canvas.rotate(-side * 9.0 * braking)
        self.draw(canvas, going, t, length, hold)
        canvas.restore()

    def _jump(self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None) -> None:
        """One jump in the middle of the shot: gathered and on the ground before it, landed after it."""
        since = on_twos(t) - 0.5 * length
        acting = replace(acting, pace=1.0)
        if not -_GATHERED < since < _LANDING:
            self._plain(canvas, replace(acting, action=Action.stand), t, length, hold)
            return
        if isinstance(self._body, Quadruped):  # its own leap is in the air from 0.3 to 1.02 seconds
            self._plain(canvas, acting, 0.66 + since, length, hold)
            return
        up = max(0.0, math.cos(math.pi * since / (2 * _AIRBORNE))) if abs(since) < _AIRBORNE else 0.0
        canvas.save()
        canvas.translate(0.0, -0.45 * self.height * up)
        self._plain(canvas, acting, t, length, hold)
        canvas.restore()

    def _drop(self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None) -> bool:
        """Fall off a wall from its ``high``, over backwards, or from as high as the body is tall, feet down.

        False where it lies by now.
        """
        share = on_twos(t) / max(0.1, length)
        if share >= _LANDED:
            return False
        if acting.manner == "trip":
            self._trip(canvas, acting, t, share, length, hold)
            return True
        fallen = max(0.0, share - _SLIPS) / (_LANDED - _SLIPS)
        tall = min(self.height, 1.2 * self.width)
        up = (acting.high or _FALLS * tall) * (1 - fallen * fallen)
        side = -1.0 if acting.facing is Facing.left else 1.0
        canvas.save()
        canvas.translate(0.0, -up)
        for across in (-0.3, 0.0, 0.3):
            if fallen:
                x, top = across * self.width, -tall * (1.15 - 0.2 * abs(across))
                self.ink.mark(
                    canvas, line([(x, top), (x, top - 0.5 * tall * fallen)]), "#fbf6ea", 0.02 * tall
                )
        canvas.translate(0.0, -0.45 * tall)
        if acting.high:
            over = _RECLINES + _TUMBLES * fallen if fallen < _TURNS else 360.0
            if fallen >= _TURNS:
                left = (1.0 - fallen) / (1.0 - _TURNS)
                over -= left * (360.0 - _RECLINES - _TUMBLES * _TURNS)
            canvas.rotate(-side * over)
        else:
            canvas.rotate(side * 28.0 * math.sin(math.pi * fallen))
        canvas.translate(0.0, 0.45 * tall)
        self.draw(canvas, replace(acting, action=Action.run), t * 1.6, length, hold)
        canvas.restore()
        return True

    def comes_from(self, acting: Acting, t: float, length: float) -> float:
        """How far across from its place it is as it comes along to trip, in metres of its own."""
        falls = acting.action is Action.fall and acting.manner == "trip" and not self.floats
        if not falls or isinstance(self._body, Person):
            return 0.0
        side = -1.0 if acting.facing is Facing.left else 1.0
        coming = max(0.0, _SLIPS + 0.1 - on_twos(t) / max(0.1, length)) / (_SLIPS + 0.1)
        return -side * 0.7 * coming * max(self.width, 0.6 * self.height)

    def _trip(
        self, canvas: skia.Canvas, acting: Acting, t: float, share: float, length: float, hold: Hold | None
    ) -> None:
        """Come along on the ground, catch its forefeet and go down on its knees, its hind up."""
        side = -1.0 if acting.facing is Facing.left else 1.0
        pitched = max(0.0, share - _SLIPS - 0.1) / (_LANDED - _SLIPS - 0.1)
        canvas.save()
        canvas.translate(self.comes_from(acting, t, length), 0.0)
        caught = side * 0.3 * self.width if isinstance(self._body, Quadruped) else 0.0
        canvas.translate(caught, 0.0)  # over the forefeet that are caught, which stay on the ground
        canvas.rotate(side * (17.0 if caught else 40.0) * math.sin(math.pi * 0.5 * min(1.0, 1.6 * pitched)))
        canvas.translate(-caught, 0.0)
        going = Action.run if not pitched or not caught else Action.fall
        self._plain(
            canvas, replace(acting, action=going, manner="kneels" if pitched else ""), t * 1.2, length, hold
        )
        canvas.restore()

    def climb(self, way: Way) -> Climb:
        """The way as this body goes it, in shares of ``height``."""
        if isinstance(self._body, Person):
            return Climb.of(way, self._body.body)
        return Climb(way, 0.45, 0.29, 0.36, broad=isinstance(self._body, BeingBody))

    def _walk_up(
        self, canvas: skia.Canvas, acting: Acting, t: float, length: float, hold: Hold | None
    ) -> None:
        """A body that cannot climb with its hands goes up what is inclined, or by its claws what is steep."""
        assert acting.way is not None
        climb = self.climb(acting.way)
        ahead, up = climb.risen(t)
        side = -1.0 if acting.facing is Facing.left else 1.0
        if acting.way in STEEP and isinstance(self._body, BeingBody):  # upright, its arms at the rails
            canvas.save()
            x, y = (
                ahead * math.sin(math.radians(YAW)),
                up - ahead * CAMERA_DROP * math.cos(math.radians(YAW)),
            )
            canvas.translate(side * x * self.height, -y * self.height)
            canvas.rotate(side * (8.0 + 2.0 * math.sin(math.pi * climb.taken(t))))
            self.draw(canvas, replace(acting, action=Action.reach), t, length, hold)
            canvas.restore()
            return
        if acting.way in STEEP:
            canvas.save()
            x = ahead * math.sin(math.radians(YAW))
            x += 0.04 + 0.05 * self.width / self.height
            canvas.translate(side * x * self.height, -(0.55 * self.width + 1.4 * up * self.height))
            canvas.rotate(-side * 80.0)
            going = Action.walk if climb.taken(t) < climb.taken(math.inf) else Action.stand
            self.draw(canvas, replace(acting, action=going, way=None), 1.5 * t, length, hold)
            canvas.restore()
            return
        x, y = ahead * math.sin(math.radians(YAW)), up - ahead * math.cos(math.radians(YAW)) * CAMERA_DROP
        going = Action.walk if climb.taken(t) < climb.taken(math.inf) else Action.stand
        canvas.save()
        canvas.translate(side * x * self.height, -y * self.height)
        if isinstance(self._body, Quadruped) and going is Action.walk:
            canvas.rotate(-side * climb.slant() * 0.8)
        self.draw(canvas, replace(acting, action=going, way=None), t, length, hold)
        canvas.restore()


_PLANS: dict[str, Callable[..., Body]] = {
    "quadruped": Quadruped,
    "bird": Bird,
    "fish": Fish,
    "soft": Soft,
    "insect": Insect,
    "being": BeingBody,
    "primate": Primate,
    "seal": Seal,
}
_BEING = " being"
"""The lexicon's "tree being" is the drawing "tree": a living one, apart from the thing."""
_UNKNOWN = {"plan": "unknown", "size": 1.0}
_BY_BEING = {
    Being.fish: "fish",
    Being.whale: "whale",
    Being.bird: "bird",
    Being.insect: "insect",
    Being.snake: "snake",
    Being.octopus: "octopus",
    Being.robot: "robot",
    Being.ghost: "ghost",
    Being.dragon: "dragon",
}


def _body(look: BodyLook, marks: tuple[Mark, ...], ink: Ink, seed: int, costume: tuple[str, ...]) -> Body:
    drawn = look.species.removesuffix(_BEING)
    if drawn in SPECIES:
        look = look.model_copy(update={"species": drawn})
    row = SPECIES.get(look.species)
    if row is None and look.known and look.being in _BY_BEING:
        look = look.model_copy(update={"species": _BY_BEING[look.being]})
        row = SPECIES[look.species]
    if row is None and look.being is not Being.person:
        return Unknown(look, marks, ink, seed, _UNKNOWN)
    if row is None or row["plan"] == "person":
        return Person(look, marks, ink, seed, row, costume)
    if look.being is Being.person and row["plan"] in FOLK:
        return Person(look, marks, ink, seed, None, costume, kin=row)
    own = replace(ink, light=_own_white(ink.light)) if min(rgb(look.coat_colour)) > _WHITE else ink
    return _PLANS[row["plan"]](look, marks, own if look.being in _COATED else ink, seed, row)


_WHITE = 185
"""Red, green and blue of a coat that is called white are more than this, of 255."""
_COATED = frozenset({Being.quadruped, Being.bird})
_ITS_OWN, _PALE = 0.62, 0.25
"""How much of its hue the light of the scene loses on white, and of its dark."""


def _own_white(light: tuple[float, float, float]) -> tuple[float, float, float]:
    """Light under which what is white stays so: neither peach at sunset nor grey by night."""
    mean = sum(light) / 3
    red, green, blue = (c + (mean - c) * _ITS_OWN + max(0.0, 1.0 - mean) * _PALE for c in light)
    return red, green, blue
