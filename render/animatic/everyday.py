"""Everyday: teeth that are brushed, a shirt that is ironed, what is at hand where no thing is named. Pure.

The verbs of such acts mean something else as a rule: who brushes paints, who combs searches, who smokes a
pipe has a length of tube. Here the words around them count.
"""

from __future__ import annotations

import math
import re

from ...storyboard.looks import ThingLook
from ...storyboard.picture import Picture, ThingIn
from ...storyboard.vocabulary import Action, Being, Distance, Facing, Hat, ShotSize, Side, View
from .figures.shapes import ellipse, line, rounded
from .pen import Pen
from .recast import handed, with_figure, without

_OWN = r"(?:an?|the|his|her|its|their|some)"
_AT_HAND: tuple[tuple[re.Pattern[str], Action, str], ...] = tuple(
    (re.compile(rf"\b{said}\b"), action, kind)
    for said, action, kind in (
        (rf"brush(?:es|ed|ing)? {_OWN} teeth", Action.eat, "toothbrush"),
        (rf"lick(?:s|ed|ing)? {_OWN} (?:\w+ )?ice ?creams?(?: cones?)?", Action.eat, "ice cream"),
        (rf"(?:eats?|ate|eating) {_OWN} (?:\w+ )?ice ?creams?(?: cones?)?", Action.eat, "ice cream"),
        (r"(?:plays?|played|playing) (?:tennis|badminton)", Action.play, "tennis racket"),
        (rf"counts? {_OWN} (?:money|coins?|cash|banknotes?|savings|takings)", Action.hold, "banknotes"),
        (rf"iron(?:s|ed|ing)? {_OWN} \w+", Action.work, "iron"),
        (rf"(?:combs?|combed|combing|brush(?:es|ed|ing)?) {_OWN} (?:\w+ )?hair", Action.reach, ""),
        (rf"(?:covers?|covered|plugs?|holds?) {_OWN} ears", Action.hide, ""),
        (r"(?:takes?|took|taking) (?:\w+ )?(?:photo(?:graph)?s?|pictures)", Action.paint, ""),
        (r"phones?\b|(?:on|by|into|answers?) the (?:tele)?phone", Action.talk, ""),
        (r"plays? (?:the |his |her |their )?drums", Action.play, "drum"),
        (r"(?<!the )(?<!his )(?<!her )(?<! a )drums(?= (?:in|on|for|all|loudly|and)\b|\.|$)",
         Action.play, "drum"),
        (rf"(?:puts?|slips?|slides?) {_OWN} (?:\w+ )?ring on(?:to)?", Action.give, "ring"),
        (rf"smok(?:es|ed|ing) {_OWN} (?:\w+ )?pipe", Action.stand, ""),
        (rf"typ(?:es|ed|ing) {_OWN} \w+|typ(?:es|ing) on", Action.write, ""),
        (rf"(?:blows?|blew|blowing|puts?|snuffs?) out {_OWN} (?:\w+ ){{0,2}}(?:candles?|flames?)",
         Action.light, ""),
    )
)  # fmt: skip
_HANDED = frozenset({Being.person, Being.robot})
_NAMED_TOO = frozenset({"pipe", "candle", "letter", "tool", "phone"})
"""Kinds of thing that the words name and the act itself draws."""


HEAVENLY = frozenset({"star", "moon", "sun", "comet"})
"""What is in the sky, if it is looked up to."""
_UP_TO = re.compile(
    r"\b(?:points?|gazes?|looks?|stares?|sings?|waves?|talks?|calls?|whispers?)(?: up)? (?:at|to)"
    r" (?:the|a|her|his) (?:\w+ )?(?:star|moon|sun|comet)\b"
)
_BENEATH = re.compile(
    r"\b(?:under|beneath|below|by the light of) (?:the|a) (?:\w+ )?(?:stars?|moon|sun|comet)\b"
)


def hangs_its_own(picture: Picture) -> bool:
    """Whether sun or moon are there as a thing, so that the sky has no second one."""
    there = any(t.look.kind in ("moon", "sun") for t in picture.things)
    return there and not _BENEATH.search(picture.sentence[:2000].lower())


def _under_the_sky(picture: Picture) -> Picture:
    """Who points at a star has it in the sky, and not in the hands."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    star = next((t for t in picture.things if t.look.kind in HEAVENLY), None)
    if star is None or picture.place.look.interior:
        return picture
    if _BENEATH.search(picture.sentence[:2000].lower()):  # the sky's own, and no ball on the ground
        target = None if picture.target == star.id else picture.target
        return without(picture, star.id).model_copy(update={"target": target})
    if actor is None:
        return picture
    if not _UP_TO.search(picture.sentence[:2000].lower()):
        return picture
    left = actor.side in (Side.right, Side.far_right)
    far = {"held": False, "distance": Distance.far, "side": Side.left if left else Side.right}
    things = tuple(t.model_copy(update=far) if t is star else t for t in picture.things)
    free = tuple(h for h in actor.holds if h != star.id)
    faces = {"holds": free, "gaze": star.id, "facing": Facing.left if left else Facing.right}
    picture = with_figure(picture, actor, actor.model_copy(update=faces))
    camera = picture.camera.model_copy(update={"size": ShotSize.full, "view": View.objective, "focus": None})
    return picture.model_copy(update={"things": things, "target": star.id, "camera": camera})


def everyday(picture: Picture) -> Picture:
    """The picture whose actor does what the words mean, with what it is done with in the hand."""
    picture = _under_the_sky(picture)
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    told = picture.sentence[:2000].lower()
    found = next((row for row in _AT_HAND if row[0].search(told)), None)
    if actor is None or found is None or actor.look.being not in _HANDED:
        return picture
    _, action, kind = found
    named = _NAMED_TOO | ({"cake", kind} if action is Action.light else {kind})
    own = {t.id for t in picture.things if t.look.kind in named or t.held}
    target = next((t for t in picture.things if t.id == picture.target), None)
    if target is not None and (not kind or action is Action.eat):
        own.add(target.id)
    for thing in own:
        picture = without(picture, thing)
    actor = next(f for f in picture.figures if f.id == actor.id)
    look = actor.look
    if _HAIR.search(told):
        look = look.model_copy(update={"hat": Hat.none})
    does = {"action": action, "holds": (), "gaze": None, "look": look}
    picture = with_figure(picture, actor, actor.model_copy(update=does))
    if picture.camera.size is ShotSize.insert:  # of hands, while it is done at the face
        nearer = picture.camera.model_copy(update={"size": ShotSize.medium_close, "focus": actor.id})
        picture = picture.model_copy(update={"camera": nearer})
    picture = picture.model_copy(update={"action": action, "target": _left(picture, action)})
    if not kind:
        return picture
    held = ThingIn(id=f"a-{kind}".replace(" ", "-"), words=kind, look=ThingLook(kind=kind), side=actor.side)
    picture = picture.model_copy(update={"things": (*picture.things, held)})
    return handed(picture, next(f for f in picture.figures if f.id == actor.id), held)


_HAIR = re.compile(r"\b(?:comb|brush)\w* \w+ (?:\w+ )?hair\b")


def _left(picture: Picture, action: Action) -> str | None:
    """What is worked on, where it is still there, or who is given something."""
    if action is Action.give:
        return next((f.id for f in picture.figures if f.id != picture.actor), None)
    stays = action is Action.work and any(t.id == picture.target for t in picture.things)
    return picture.target if stays else None


def _raised(pen: Pen) -> tuple[float, float]:
    """The hand that is at the head."""
    return min(pen.hands, key=lambda hand: math.dist(hand, pen.head))


def lathered(pen: Pen) -> None:
    """Foam round mouth and chin, and the razor in the hand."""
    x, y = pen.head[0], pen.head[1] + 0.3 * pen.size
    for n in range(7):
        at = x + pen.size * (0.3 - 0.1 * n), y + pen.size * 0.1 * math.sin(math.pi * n / 6)
        pen.ink.piece(pen.canvas, ellipse(*at, 0.13 * pen.size, 0.11 * pen.size), "#ffffff")
    if pen.hands:
        hx, hy = _raised(pen)
        pen.ink.mark(pen.canvas, line([(hx, hy), (hx - 0.02, hy - 0.1)]), "#5a6a7c", 0.02)
        pen.ink.piece(pen.canvas, rounded(hx - 0.055, hy - 0.125, hx + 0.015, hy - 0.095, 0.008), "#c8d2dc")


def foamed(pen: Pen) -> None:
    """White foam at the mouth that is brushed, and bubbles from it."""
    x, y = pen.head[0] + 0.12 * pen.size, pen.head[1] + 0.33 * pen.size
    for n in range(3):
        pen.ink.piece(pen.canvas, ellipse(x + 0.05 * n - 0.04, y + 0.01 * (n % 2), 0.022, 0.018), "#ffffff")
    for n in range(4):
        phase = (pen.seconds * 0.7 + n / 4) % 1.0
        at = x + 0.08 + 0.05 * n, y - 0.2 * phase
        pen.ink.mark(pen.canvas, ellipse(*at, 0.014, 0.014), "#7fb4d0", 0.006, alpha=1 - phase)


def combed(pen: Pen) -> None:
    """A comb in the hand that goes through the hair."""
    if not pen.hands:
        return
    x, y = _raised(pen)
    x, y = x + 0.02, y - 0.03
    pen.ink.piece(pen.canvas, rounded(x - 0.1, y - 0.045, x + 0.05, y - 0.02, 0.006), "#f4ecd8")
    for n in range(8):
        at = x - 0.095 + 0.018 * n
        pen.ink.mark(pen.canvas, line([(at, y - 0.025), (at, y + 0.015)]), "#f4ecd8", 0.007)


def piped(pen: Pen) -> None:
    """Smoke that curls up from a pipe."""
    x, y = pen.head[0] + 0.2 * pen.size, pen.head[1] + 0.3 * pen.size
    stem = [(x, y), (x + 0.32 * pen.size, y + 0.12 * pen.size), (x + 0.44 * pen.size, y + 0.06 * pen.size)]
    pen.ink.mark(pen.canvas, line(stem), "#3a2418", 0.07 * pen.size)
    x, y = x + 0.46 * pen.size, y - 0.1 * pen.size
    half = 0.12 * pen.size
    pen.ink.piece(pen.canvas, rounded(x - half, y, x + half, y + 2.4 * half, 0.5 * half), "#7a4524")
    for n in range(5):
        phase = (pen.seconds * 0.3 + n / 5) % 1.0
        r = 0.018 + 0.04 * phase
        at = x + 0.05 * math.sin(4 * phase + n) + 0.06 * phase, y - 0.5 * phase
        pen.ink.piece(pen.canvas, ellipse(*at, 1.2 * r, r), "#e8e6ea", alpha=0.75 * (1 - phase))
        pen.ink.mark(pen.canvas, ellipse(*at, 1.2 * r, r), "#8a8690", 0.006, alpha=0.6 * (1 - phase))


def skied(pen: Pen) -> None:
    """Two long skis under the feet, poles in the hands, snow that flies behind."""
    for dx, colour in ((0.05, "#b8402f"), (-0.03, "#d8563f")):
        board = [(-0.5 + dx, -0.012), (0.5 + dx, -0.012), (0.6 + dx, -0.06)]
        pen.ink.mark(pen.canvas, line(board), "#3a2420", 0.036)
        pen.ink.mark(pen.canvas, line(board), colour, 0.024)
    for x, y in pen.hands[:2]:
        pen.ink.mark(pen.canvas, line([(x, y - 0.03), (x - 0.3, -0.02)]), "#3a4650", 0.016)
    for n in range(7):
        phase = (pen.seconds * 1.3 + n / 7) % 1.0
        at = -0.45 - 0.4 * phase, -0.03 - 0.14 * math.sin(math.pi * phase) - 0.02 * (n % 3)
        pen.ink.piece(pen.canvas, ellipse(*at, 0.03, 0.022), "#ffffff", alpha=1 - phase)


def skated(pen: Pen) -> None:
    """Blades under both shoes, and the lines that they leave."""
    for x in (-0.16, 0.1):
        pen.ink.mark(
            pen.canvas, line([(x - 0.09, 0.014), (x + 0.1, 0.014), (x + 0.13, -0.01)]), "#5c6c7c", 0.02
        )
    for n, y in enumerate((0.03, 0.05)):
        ends = [(-0.2 - 0.1 * n, y), (-0.75 - 0.15 * n, y + 0.012)]
        pen.ink.mark(pen.canvas, line(ends), "#ffffff", 0.014, alpha=0.9)
