"""Garments: what covers trunk, arms and legs, cut by ``garment_cuts.json``."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from importlib import resources

import skia

from ....storyboard.looks import BodyLook
from ....storyboard.vocabulary import Age, Dress, Worn
from ..ink import Ink, mixed, shaded
from .anatomy import HUGE, TODDLER, Anatomy, infant
from .shapes import Point, bare_arm, bent, ellipse, limb, line, smooth, tube
from .skeleton import Joint, Limb, Skeleton
from .skirts import Drape, draped
from .sleeves import drawn_back, sleeve_widths
from .species import SPECIES
from .strewn import strewn
from .torso import Torso, hull


@dataclass(frozen=True)
class Cut:
    """How a garment is cut."""

    sleeve: str
    skirt: float
    """How far down the legs it hangs: 0 not at all, 0.5 the knee, 1 the ankle."""
    legs: str
    hem: float
    flare: float = 0.0
    bulk: float = 1.0
    under: str = ""


def _cuts() -> dict[Dress, Cut]:
    text = resources.files(__package__).joinpath("garment_cuts.json").read_text(encoding="utf-8")
    return {Dress(name): Cut(**row) for name, row in json.loads(text).items()}


CUTS = _cuts()
_CUFF = 1.5
"""Widths of a sleeve of a suit by which the cuff of the shirt stands out of it."""
_VEST = "#f1ede2"
"""The white of a boxer's vest."""


def _own_skin(species: str) -> bool:
    """Whether these have a fish's tail or bare bones, and no bathing suit."""
    row = SPECIES.get(species, {})
    return bool(row.get("tail") or row.get("bones"))


class Wardrobe:
    """Dresses one person. Colours follow the look."""

    def __init__(self, look: BodyLook, body: Anatomy, ink: Ink, pieces: tuple[str, ...] = ()) -> None:
        self.look, self.body, self.ink = look, body, ink
        self.cut = CUTS[look.dress]
        girl = look.presents == "woman" and look.age is Age.child
        if infant(look, pieces):
            # Round limbs in one piece of cloth, whatever an older child wears.
            self.cut = replace(CUTS[Dress.shirt], legs="same" if pieces.count(TODDLER) else "nappy")
        elif girl and look.dress in (Dress.shirt, Dress.coat):
            # A girl is told by a skirt: at her size there is nothing else of the face to go by.
            self.cut = replace(self.cut, skirt=max(0.5, self.cut.skirt), legs="bare", flare=0.07)
        elif "skirt" in pieces and not girl:
            self.cut = replace(self.cut, skirt=0.7, legs="bare", flare=0.07, bulk=min(1.04, self.cut.bulk))
        elif look.age is Age.child and look.presents == "man" and look.dress is Dress.shirt:
            self.cut = replace(self.cut, legs="shorts")  # bare knees: no man
        self.hung: Drape | None = None
        """The skirt as it hangs in the moment that is drawn; None where it is a cone or there is none."""
        self.striped = "striped jersey" in pieces
        self.belted = "title belt" in pieces
        self.tailed = bool(SPECIES.get(look.species, {}).get("tail"))
        self.bare_feet = look.species == HUGE
        if self.bare_feet and look.dress is Dress.rags:
            self.cut = replace(self.cut, skirt=0.42, legs="bare", flare=0.05)
        self.main, self.trim = look.dress_colour, look.trim_colour
        dark = mixed(shaded(self.main, -0.5), "#2b2d3a", 0.6)
        if look.dress is Dress.cloak:  # under a cloak the arms are told from a dark room
            dark = mixed(shaded(self.main, -0.35), "#4a5068", 0.4)
        linen = mixed(self.trim, "#efe6d2", 0.65)
        self.top = {"trim": linen, "dark": dark, "linen": _VEST if self.belted else "#d9cfbb"}.get(
            self.cut.under, self.main
        )
        self.trousers = {
            "trousers": mixed(shaded(self.main, -0.45), "#4a4238", 0.55),
            "same": self.main,
            "dark": dark,
            "shorts": "#8c8272"
            if look.dress is Dress.none
            else mixed(shaded(self.main, -0.45), "#4a4238", 0.55),
            "nappy": "#f6f2ea",
            "torn": mixed(self.main, "#4a4034", 0.5),
        }.get(self.cut.legs, look.skin)
        if look.dress is Dress.none and look.presents == "woman" and not _own_skin(look.species):
            self.top = self.trousers = self.main  # a bathing suit in one piece
        elif look.dress is Dress.none and (self.tailed or (look.presents == "man" and not self.belted)):
            self.top = look.skin  # a bare chest; of a mermaid nothing but the top that she has
        elif look.dress is Dress.armour:
            self.top = self.trousers = self.main = mixed(self.main, "#aab4be", 0.55)
        elif look.dress is Dress.spacesuit:
            self.top = self.trousers = self.main = mixed(self.main, "#eef0f2", 0.72)
        self.shoe = mixed(shaded(self.trousers, -0.45), "#3a2418", 0.6)
        if look.dress in (Dress.armour, Dress.spacesuit):
            self.shoe = shaded(self.main, -0.25)

    # Legs -------------------------------------------------------------------------------------------

    def leg(self, canvas: skia.Canvas, leg: Limb, shade: float) -> None:
        """One leg with its shoe."""
        g = self.body.girth * (1.3 if self.cut.sleeve == "puffed" else 1.0)
        root, knee, ankle = leg.root.at, leg.middle.at, leg.end.at
        boots = Worn.boots in self.look.worn
        if self.cut.legs in ("bare", "shorts", "torn", "nappy"):
            skin = limb(root, knee, ankle, (0.1 * g, 0.064 * g, 0.044 * g))
            self.ink.piece(canvas, skin, self.look.skin, shade=shade)
        if self.cut.legs == "nappy":
            foot = tube([ankle, leg.tip.at], (0.056 * g, 0.05 * g))
            self.ink.piece(canvas, foot, self.look.skin, shade=shade - 0.03)
            thigh = tube([root, _between(leg.root, leg.middle, 0.4)], (0.15 * g, 0.13 * g))
            self.ink.piece(canvas, thigh, self.trousers, shade=shade)
            return
        if self.bare_feet:
            self._sole(canvas, leg, g, shade)
        else:
            self._shoe(canvas, leg, g, shade, boots)
        if self.cut.legs == "bare":
            return
        if self.cut.legs in ("shorts", "torn"):
            share = 0.45 if self.cut.legs == "shorts" else 0.8
            end = (
                knee[0] + (ankle[0] - knee[0]) * (share - 0.4),
                knee[1] + (ankle[1] - knee[1]) * (share - 0.4),
            )
            self.ink.piece(
                canvas, limb(root, knee, end, (0.118 * g, 0.1 * g, 0.09 * g)), self.trousers, shade=shade
            )
            return
        cloth = limb(root, knee, ankle, (0.118 * g, 0.092 * g, 0.084 * g))
        self.ink.piece(canvas, cloth, self.trousers, shade=shade)
        if self.look.dress is Dress.uniform:
            stripe = line(bent(root, knee, ankle))
            self.ink.mark(canvas, stripe, self.trim, 0.012)
        elif self.look.dress is Dress.armour:
            self.ink.piece(canvas, ellipse(*knee, 0.055 * g, 0.05 * g), self.main, shade=shade + 0.12)
        elif self.look.dress is Dress.spacesuit:
            self.ink.mark(canvas, _across(knee, ankle, 0.3, 0.075), self.trim, 0.018)

    def _shoe(self, canvas: skia.Canvas, leg: Limb, g: float, shade: float, boots: bool) -> None:
        ax, ay = leg.end.at
        dx, dy = leg.tip.x - ax, leg.tip.y - ay
        size = max(0.06, (dx * dx + dy * dy) ** 0.5)
        down = (ax - leg.middle.x, ay - leg.middle.y)
        length = (down[0] ** 2 + down[1] ** 2) ** 0.5 or 1e-6
        ux, uy = down[0] / length, down[1] / length
        heel = (ax - dx * 0.35 + ux * 0.03, ay - dy * 0.35 + uy * 0.03)
        toe = (ax + dx * 1.0 + ux * 0.022, ay + dy * 1.0 + uy * 0.022)
        width = 0.056 * g if size > 0.061 else 0.07 * g
        colour = self.shoe
        if boots:
            top = (ax - ux * 0.11, ay - uy * 0.11)
            shaft = tube([top, (ax, ay), (ax + ux * 0.03, ay + uy * 0.03)], (0.088 * g, 0.074 * g, 0.062 * g))
            colour = mixed(self.trim, "#3a2a1c", 0.6)
            self.ink.piece(canvas, shaft, colour, shade=shade)
        middle = ((heel[0] + toe[0]) / 2, (heel[1] + toe[1]) / 2 - 0.006)
        self.ink.piece(
            canvas, tube([heel, middle, toe], (width, width * 0.95, width * 0.78)), colour, shade=shade
        )

    def _sole(self, canvas: skia.Canvas, leg: Limb, g: float, shade: float) -> None:
        """A great bare foot with its toes."""
        ax, ay = leg.end.at
        dx, dy = leg.tip.x - ax, leg.tip.y - ay
        size = max(0.03, (dx * dx + dy * dy) ** 0.5)
        ux, uy = dx / size, dy / size
        heel = (ax - ux * 0.04, ay - uy * 0.04 + 0.012)
        ball = (ax + ux * max(0.06, 1.5 * size), ay + uy * 1.5 * size + 0.016)
        foot = tube([heel, (ax + ux * 0.03, ay + uy * 0.03), ball], (0.07 * g, 0.086 * g, 0.075 * g))
        self.ink.piece(canvas, foot, self.look.skin, shade=shade - 0.04)
        for k in range(4):
            x, y = ball[0] + ux * 0.03 * g, ball[1] + uy * 0.03 * g
            toe = ellipse(x + (1.5 - k) * 0.006 * uy, y + (k - 1.2) * 0.014 * g, 0.019 * g, 0.014 * g)
            self.ink.piece(canvas, toe, self.look.skin, shade=shade - 0.02 * k)

    # Trunk ------------------------------------------------------------------------------------------

    def trunk(self, canvas: skia.Canvas, torso: Torso, bones: Skeleton) -> None:
        """Trunk, skirt and everything sewn on them."""
        self._hips(canvas, bones, torso)
        self.hung = self.drape(torso, bones)
        if self.cut.skirt:
            self._skirt(canvas, torso, bones)
        self.ink.piece(canvas, torso.outline(self.cut.hem), self.top)
        from .garment_details import DETAILS

        detail = DETAILS.get(self.look.dress)
        if detail is not None:
            detail(self, canvas, torso, bones)

    def _hips(self, canvas: skia.Canvas, bones: Skeleton, torso: Torso) -> None:
        if self.cut.legs == "bare" or self.tailed:
            return
        seat = [bones.legs[0].root.at, bones.legs[1].root.at]
        wide = torso.half(0.95) * 1.9
        (ax, ay), (bx, by) = seat
        self.ink.piece(
            canvas,
            ellipse((ax + bx) / 2, (ay + by) / 2 - 0.005, wide / 2, 0.062 * self.body.girth),
            self.trousers,
        )

    def drape(self, torso: Torso, bones: Skeleton) -> Drape | None:
        if not self.cut.skirt:
            return None
        cut = self.cut.skirt, self.cut.flare
        return strewn(torso, bones, self.body, *cut) or draped(torso, bones, self.body, *cut)

    def _skirt(self, canvas: skia.Canvas, torso: Torso, bones: Skeleton) -> None:
        if (drape := self.hung) is not None:
            self.ink.piece(canvas, smooth(drape.outline, tension=0.4), self.main, shade=-0.03)
            if drape.hollow:
                self.ink.fill(canvas, smooth(drape.hollow, tension=0.1), self.main, -0.13)
            for fold in drape.folds:
                self.ink.mark(canvas, line(fold), shaded(self.main, -0.28), 0.006, alpha=0.6)
            return
        hem = self.hem_points(bones, self.cut.skirt, 0.05 * self.body.girth + self.cut.flare)
        knees = self.hem_points(
            bones, min(0.45, self.cut.skirt * 0.6), 0.06 * self.body.girth + self.cut.flare * 0.5
        )
        points = [torso.edge(side, v, 1.03) for side in (-1, 1) for v in (0.62, 0.95)]
        shape = smooth(hull([*points, *knees, *hem]), tension=0.32)
        self.ink.piece(canvas, shape, self.main, shade=-0.03)
        low = [p for p in (bones.legs[0], bones.legs[1])]
        for i, share in enumerate((0.2, 0.5, 0.8)):
            start = torso.at(torso.inside(-60 + 120 * share), 0.95)
            ends = [_down(leg, self.cut.skirt * 0.94) for leg in low]
            end = (
                ends[0][0] + (ends[1][0] - ends[0][0]) * share + (share - 0.5) * self.cut.flare,
                ends[0][1] + (ends[1][1] - ends[0][1]) * share - 0.01 * i,
            )
            fold = line([start, ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2), end])
            self.ink.mark(canvas, fold, shaded(self.main, -0.28), 0.006, alpha=0.6)

    def hem_points(self, bones: Skeleton, reach: float, pad: float) -> list[Point]:
        """Points around both legs at ``reach`` of their length, ``pad`` away."""
        out: list[Point] = []
        for leg in bones.legs:
            x, y = _down(leg, reach)
            out += [
                (x - pad, y),
                (x + pad, y),
                (x, y + 0.02),
                (x - pad * 0.7, y + 0.014),
                (x + pad * 0.7, y + 0.014),
            ]
        return out

    # Arms -------------------------------------------------------------------------------------------

    def arm(
        self,
        canvas: skia.Canvas,
        arm: Limb,
        shade: float,
        *,
        pointing: bool,
        front: bool,
        palms: bool = False,
    ) -> None:
        """One arm with sleeve and hand, its fingers spread where ``palms`` are seen."""
        g = self.body.girth
        root, elbow, wrist = arm.root.at, arm.middle.at, arm.end.at
        style = self.cut.sleeve
        bare = style in ("short", "rolled", "torn", "none")
        if bare:
            self.ink.piece(canvas, bare_arm(root, elbow, wrist, g), self.look.skin, shade=shade)
        before = style == "short" and front and elbow[1] > wrist[1] and arm.end.z > arm.root.z + 0.1
        if before:  # bent up in front of the sleeve
            self._puff(canvas, arm, shade)
            forearm = tube(
                [elbow, _between(arm.middle, arm.end, 0.5), wrist], (0.05 * g, 0.054 * g, 0.034 * g)
            )
            self.ink.piece(canvas, forearm, self.look.skin, shade=shade)
        self._hand(canvas, arm, g, shade, pointing, palms)
        if before:
            return
        if style == "none":
            if self.belted:  # or it would be hidden by the arm of who is seen from the side
                strap = tube([root, _between(arm.root, arm.middle, 0.2)], (0.1 * g, 0.104 * g))
                self.ink.piece(canvas, strap, self.top, shade=shade)
            return
        if style == "short":
            self._puff(canvas, arm, shade)
            return
        if bare:
            share = 0.25 if style == "torn" else 0.12
            end = (elbow[0] + (wrist[0] - elbow[0]) * share, elbow[1] + (wrist[1] - elbow[1]) * share)
            self.ink.piece(
                canvas, limb(root, elbow, end, (0.088 * g, 0.076 * g, 0.07 * g)), self.top, shade=shade
            )
            return
        bulk = 1.1 if self.look.dress in (Dress.coat, Dress.armour) else 1.0
        a, b, c = (w * g * bulk for w in sleeve_widths(style, arm, 0.44 * self.body.arm, g))
        end = wrist
        if style == "wide":  # its mouth ends before the hand, which would else be within it
            end = drawn_back(elbow, wrist, 0.34 * c)
        elif self.look.dress is Dress.suit:  # the cuff of the shirt under it
            end = drawn_back(elbow, wrist, _CUFF * c)
            self.ink.piece(canvas, tube([end, wrist], (0.84 * c, 0.84 * c)), _VEST, shade=shade)
        sleeve = limb(root, elbow, end, (a, b, c))
        self.ink.piece(canvas, sleeve, self.top, shade=shade)
        canvas.save()
        canvas.clipPath(sleeve, doAntiAlias=True)  # from edge to edge, also of an arm towards the camera
        if self.striped:
            for one, other in ((root, elbow), (elbow, end)):
                for share in (0.2, 0.5, 0.8):
                    self.ink.mark(canvas, _across(one, other, share, 0.75 * max(a, b)), "#26242a", 0.024)
        cuff = _across(elbow, end, 0.93, 0.75 * max(b, c))
        if self.look.dress in (Dress.coat, Dress.uniform, Dress.robe, Dress.spacesuit):
            self.ink.mark(canvas, cuff, self.trim, 0.015)
            if style == "puffed":  # a ring, or an arm before a trunk as white is lost
                self.ink.mark(canvas, _across(root, elbow, 0.6, 0.9 * (a + b) / 4), self.trim, 0.015)
        else:
            self.ink.mark(canvas, cuff, shaded(self.top, -0.25), 0.008)
        canvas.restore()
        if self.look.dress is Dress.armour:
            self.ink.piece(canvas, ellipse(*root, 0.066 * g, 0.055 * g), self.main, shade=0.14)
            self.ink.piece(canvas, ellipse(*elbow, 0.042 * g, 0.04 * g), self.main, shade=0.1)
        elif self.look.dress is Dress.uniform and front:
            self.ink.piece(canvas, ellipse(root[0], root[1] - 0.018, 0.05 * g, 0.02), self.trim)

    def _puff(self, canvas: skia.Canvas, arm: Limb, shade: float) -> None:
        """A short sleeve, to the middle of the upper arm."""
        g, root = self.body.girth, arm.root.at
        half, end = (_between(arm.root, arm.middle, share) for share in (0.21, 0.42))
        puff = tube([root, half, end], (0.1 * g, 0.114 * g, 0.092 * g))
        self.ink.piece(canvas, puff, self.top, shade=shade)

    def _palm(self, g: float) -> float:
        """Half the width of a hand."""
        big = 1.16 if self.look.species == HUGE else 1.0
        return 0.037 * g * big if self.look.age != "child" else 0.041

    def _hand_colour(self) -> str:
        """Of the skin, or of the glove."""
        if Worn.gloves in self.look.worn:
            return shaded(self.trim, -0.1)
        return (
            shaded(self.main, -0.18) if self.look.dress in (Dress.spacesuit, Dress.armour) else self.look.skin
        )

    def fingers(self, canvas: skia.Canvas, at: Point, side: float) -> None:
        """Fingers closed over what both hands hold; ``side``: the way they point, -1 left, 1 right."""
        big, colour = self._palm(0.4 + 0.6 * self.body.girth), self._hand_colour()
        for n in (-1, 0, 1):
            y = at[1] + 0.62 * big * n
            ends = [
                (at[0] - side * 0.5 * big, y),
                (at[0] + side * (0.75 - 0.12 * abs(n)) * big, y - 0.1 * big),
            ]
            self.ink.piece(canvas, tube(ends, (0.62 * big, 0.54 * big)), colour, shade=-0.02 * (n + 1))

    def _hand(
        self, canvas: skia.Canvas, arm: Limb, g: float, shade: float, pointing: bool, palms: bool = False
    ) -> None:
        (wx, wy), (hx, hy) = arm.end.at, arm.tip.at
        dx, dy = hx - wx, hy - wy
        size = (dx * dx + dy * dy) ** 0.5
        if size < 0.02:
            dx, dy = 0.0, 0.02
            size = 0.02
        ux, uy = dx / size, dy / size
        big, colour = self._palm(g), self._hand_colour()
        cx, cy = wx + ux * big * 0.95, wy + uy * big * 0.95
        side = 1 if ux >= 0 else -1
        nx, ny = uy * side, -ux * side

        def on(ahead: float, aside: float) -> Point:
            """A point of the hand, in half widths of it: ahead of the wrist, and towards the thumb."""
            return wx + (ux * ahead + nx * aside) * big, wy + (uy * ahead + ny * aside) * big

        thumb = [on(0.1, 0.3), on(0.75, 0.78), on(1.45, 0.92)]
        self.ink.piece(canvas, tube(thumb, (big * 0.66, big * 0.6, big * 0.44)), colour, shade=shade - 0.03)
        if pointing:
            tip = (cx + ux * big * 2.3, cy + uy * big * 2.3)
            self.ink.piece(canvas, tube([(cx, cy), tip], (big * 0.6, big * 0.42)), colour, shade=shade)
        if palms:
            for turn in (-34, -12, 10, 32):
                a = math.radians(turn)
                fx, fy = ux * math.cos(a) - uy * math.sin(a), ux * math.sin(a) + uy * math.cos(a)
                end = (cx + fx * big * 2.3, cy + fy * big * 2.3)
                self.ink.piece(canvas, tube([(cx, cy), end], (big * 0.62, big * 0.5)), colour, shade=shade)
        long = 1.5 if pointing or palms else 2.15
        palm = tube([(wx, wy), on(0.75, 0.06), on(1.35, 0.0), on(long, -0.06)], [big * w for w in _HAND])
        self.ink.piece(canvas, palm, colour, shade=shade)
        if pointing or palms:
            return
        between = skia.Path()
        for aside in (-0.3, 0.04, 0.36):
            between.moveTo(*on(1.4, aside))
            between.lineTo(*on(2.22 - 0.5 * abs(aside), 0.72 * aside - 0.04))
        self.ink.mark(canvas, between, shaded(colour, -0.3), 0.1 * big, alpha=0.8)


_HAND = (0.95, 1.5, 1.55, 0.95)
"""How broad a hand is at the wrist, the thumb, the knuckles and the finger tips, in half widths of it."""


def _across(start: Point, end: Point, share: float, half: float) -> skia.Path:
    x, y = start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
    size = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5 or 1e-6
    nx, ny = -(end[1] - start[1]) / size * half, (end[0] - start[0]) / size * half
    return line([(x - nx, y - ny), (x + nx, y + ny)])


def _down(leg: Limb, reach: float) -> Point:
    a, b, share = (leg.root, leg.middle, reach * 2) if reach <= 0.5 else (leg.middle, leg.end, reach * 2 - 1)
    return _between(a, b, share)


def _between(a: Joint, b: Joint, share: float) -> Point:
    return a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share
