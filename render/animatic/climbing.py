"""Climbing: what somebody climbs, by the sentence or the place, drawn so that it leads somewhere."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

import skia

from ...storyboard.picture import Picture
from ...storyboard.vocabulary import Action, Being, Mark, PlaceKind, Season, Style, Weather
from .figures.ascent import STEEP, YAW, Climb, Way
from .figures.skeleton import CAMERA_DROP
from .ink import Ink, mixed, shaded
from .places.recipes import Recipe

_NAMED: dict[Way, str] = {
    "ladder": "ladder roof wall fence window balcony chimney scaffold loft hatch shelf"
    " tower belfry steeple turret lighthouse spire minaret watchtower",
    "slope": "hill hillside slope dune mound ridge mountain peak summit volcano bank",
    "rock": "cliff rock stone crag boulder glacier",
    "stairs": "stair stairs staircase stairway step steps stairwell",
    "tree": "tree oak branch beanstalk trunk pine palm",
    "mast": "mast rigging shrouds",
}
_WORDS = {word: way for way, words in _NAMED.items() for word in words.split()}
"""What a sentence says is climbed -> how that is gone up."""
_PLACES: dict[PlaceKind, Way] = {
    **dict.fromkeys(
        (PlaceKind.mountain, PlaceKind.cave, PlaceKind.ruins, PlaceKind.underwater, PlaceKind.moon), "rock"
    ),
    **dict.fromkeys(
        (PlaceKind.forest, PlaceKind.jungle, PlaceKind.garden, PlaceKind.park, PlaceKind.swamp), "tree"
    ),
    **dict.fromkeys(
        (PlaceKind.meadow, PlaceKind.road, PlaceKind.desert, PlaceKind.snowfield, PlaceKind.shore,
         PlaceKind.island, PlaceKind.river, PlaceKind.lake, PlaceKind.lighthouse, PlaceKind.planet,
         PlaceKind.graveyard, PlaceKind.elsewhere, PlaceKind.sky),
        "slope",
    ),
    **dict.fromkeys((PlaceKind.ship, PlaceKind.sea), "mast"),
}  # fmt: skip
_PAVED: dict[PlaceKind, Way] = {
    **dict.fromkeys((PlaceKind.harbour, PlaceKind.bridge, PlaceKind.city, PlaceKind.market), "stairs"),
    **dict.fromkeys((PlaceKind.ship, PlaceKind.sea), "mast"),
}
"""Where there are no hills: what is gone up there instead."""
_HATCHED = frozenset({PlaceKind.train, PlaceKind.spaceship})
"""Rooms too low for stairs: one goes up a ladder to a hatch."""
_BEGINS = re.compile(r"\b(?:climb|clamber|scal|ascend|mount)\w*\s+(.*)", re.IGNORECASE)
_TOWERS = frozenset({"tower", "belfry", "steeple", "turret", "lighthouse", "spire", "minaret", "watchtower"})
_LIMBED = frozenset({Being.person, Being.robot})
_ARMED = frozenset({"snowman", "monster", "golem", "yeti", "bigfoot", "troll", "gingerbread man"})
"""Beings that stand upright and have two arms for the rungs."""
_WOODEN = ("#8a6a4c", "#765840", "#b08c62", "#6a4a34")
_STONE = ("#a39a8e", "#948b80", "#bfb6a8", "#5a5a60")
"""Colours of stairs: flank, what is under them, treads, rail."""
_WOOD, _DARK = "#a87c4c", "#8a6238"
_SNOW = "#eaf0f8"
_TOWER_STONE = "#8f8a86"
"""Of a tower, as of one that stands there."""
_BEFORE, _BEYOND = 1.5, 16.0
"""Heights of a climber that a hill begins before the first step and goes on after the last."""
_GRASSY = 6.0
"""Heights of a climber after the last step that the tufts on a hill are spread over."""
_ON_ITS_FACE, _BROAD = 1.5, 4.2
"""Heights of a climber that a wall or tower begins before its holds, and how broad it is: the climber is on
its face, all of the body."""
_LIME, _BAND = "#efe6d6", "#c8463c"
"""Colours of a lighthouse, as of one that stands there."""
_TOWER_HIGH = 18.0
"""Heights of a climber that the tower has whose face it is on."""
_IVY = ("#4f7a45", "#446b3c", "#5f8f4f")


_CLAWED = frozenset(
    {
        "cat", "kitten", "mouse", "rat", "squirrel", "chipmunk", "lizard", "gecko", "raccoon", "bear",
        "panda", "koala", "leopard", "hamster", "dormouse", "marten", "chameleon", "ferret", "weasel",
    }
)  # fmt: skip
"""Animals that go straight up what is steep."""


def way_up(picture: Picture, recipe: Recipe, being: Being, kinds: Sequence[str], species: str = "") -> Way:
    """What a being climbs in this picture. ``kinds`` of the things that stand there. Pure.

    Who has no hands walks up; nobody goes up a hill or a tree in a room.
    """
    found = _BEGINS.search(picture.sentence)
    words = re.findall(r"[a-z]+", (found.group(1) if found else "").lower())
    named = next((_WORDS[w] for w in [*words, *kinds] if w in _WORDS), None)
    named = named or next((_WORDS[w[:-1]] for w in words if w[:-1] in _WORDS), None)
    indoors = recipe.interior and picture.place.look.kind is not PlaceKind.cave
    if indoors:
        low = picture.place.look.kind in _HATCHED
        way: Way = "ladder" if named == "ladder" or low else "stairs"
    else:
        way = named or _PLACES.get(picture.place.look.kind, "ladder")
        if way in ("slope", "rock"):
            way = _PAVED.get(picture.place.look.kind, way)
    if species in _CLAWED and named in STEEP and not indoors:
        return "tree"  # or the wall that is drawn for it
    if way == "ladder" and species in _ARMED:
        return way
    if being not in _LIMBED and way in STEEP:
        return "stairs" if indoors or way == "ladder" else "slope"
    return way


_ROPED = 2
"""Climbers whose hills or ladders stand clear of each other."""


def parted_climbers(picture: Picture) -> Picture:
    """The picture in which only the actor climbs, where hands and paws would go up two ways at once.

    So also where they are more than two, each with a hill of its own. The others look on: a rock for the
    girl would stand in front of the slope for the bear.
    """
    up = [f for f in picture.figures if f.action is Action.climb]
    if len({f.look.being in _LIMBED for f in up}) < 2 and len(up) <= _ROPED:
        return picture
    figures = tuple(
        f.model_copy(update={"action": Action.look, "gaze": picture.actor})
        if f in up and f.id != picture.actor
        else f
        for f in picture.figures
    )
    return picture.model_copy(update={"figures": figures})


def taken_over(picture: Picture, ways: Collection[Way]) -> frozenset[str]:
    """Ids of the things that are drawn as what somebody climbs, and so not once more beside it. Pure."""
    standing = [t for t in picture.things if not t.held]
    climbed = {t.id for t in standing if _WORDS.get(t.look.kind) in ways}
    towers = {t.id for t in standing if t.look.kind in _TOWERS} if "tree" in ways else set()
    plain = {t.id for t in standing if t.look.kind in ("ladder", "tree", "rock", "stairs")}
    return frozenset((climbed & plain) | towers)


@dataclass(frozen=True)
class Climbed:
    """What one climber goes up: drawn in shares of the height ``tall`` (metres), facing right."""

    climb: Climb
    tall: float
    interior: bool
    ground: str
    """Colour of the land."""
    grown: bool
    """Grass grows on it."""
    wall: bool = False
    """A tower or wall in place of the tree, for one that goes up by its claws."""
    hatch: bool = False
    """Indoors it goes up to a hatch in the roof, not along a shelf."""
    tower: bool = False
    """That wall is a tower, seen close."""
    banded: bool = False
    """That tower is a lighthouse, white with red bands."""

    @classmethod
    def of(cls, climb: Climb, tall: float, picture: Picture, recipe: Recipe) -> Climbed:
        """As it is in that picture."""
        snow = picture.season is Season.winter and picture.weather is Weather.snow
        land = recipe.ground.get("texture") in ("grass", "sand", "snow", "craters", "patches")
        ground = str(recipe.ground["near"]) if land else "#8aa35e"
        if snow or Mark.snowy in picture.place.marks:
            ground, land = _SNOW, True
        indoors = recipe.interior and picture.place.look.kind is not PlaceKind.cave
        grown = ground != _SNOW and (not land or bool(recipe.ground.get("grows")))
        found = _BEGINS.search(picture.sentence)
        words = {
            w.removesuffix("s") for w in re.findall(r"[a-z]+", (found.group(1) if found else "").lower())
        }
        bark = words & set(_NAMED["tree"].split()) or not words & _WORDS.keys()
        hatch = indoors and picture.place.look.kind in _HATCHED
        wall = climb.way == "tree" and not bark
        tower = wall and bool(words & _TOWERS)
        return cls(climb, tall, indoors, ground, grown, wall, hatch, tower, tower and "lighthouse" in words)

    def draw(self, canvas: skia.Canvas, ink: Ink, way: float) -> None:
        """Before a climber whose ground point is the origin, in metres, y down; ``way`` -1 faces left."""
        sin, cos = math.sin(math.radians(YAW)), math.cos(math.radians(YAW))
        canvas.save()
        across, drop = way * sin * self.tall, cos * CAMERA_DROP * self.tall
        if self.climb.way == "ladder" and not self.interior:  # the ladder leans, the house does not
            canvas.save()
            canvas.concat(skia.Matrix.MakeAll(across, 0, 0, 0, self.tall, 0, 0, 0, 1))
            pale = 0.5 if ink.style is Style.shadow and self.climb.broad else ink.veiled
            self._house(_Page(canvas, replace(ink, line=ink.line / self.tall, veiled=max(pale, ink.veiled))))
            canvas.restore()
        if self.wall:  # upright, its foot level
            level = drop * self.climb.hold(0)[0]
            canvas.concat(skia.Matrix.MakeAll(across, 0, 0, 0, self.tall, level, 0, 0, 1))
        else:
            canvas.concat(skia.Matrix.MakeAll(across, 0, 0, drop, self.tall, 0, 0, 0, 1))
        page = _Page(canvas, replace(ink, line=ink.line / self.tall))
        {
            "ladder": self._ladder, "mast": self._mast, "rock": self._rock,
            "tree": self._tower if self.tower else self._stone_wall if self.wall else self._tree,
            "stairs": self._stairs, "slope": self._slope,
        }[self.climb.way](page)  # fmt: skip
        canvas.restore()

    def _ladder(self, page: _Page) -> None:
        """A ladder, indoors on a tall shelf or up to a hatch."""
        top = self.climb.highest + 1
        ahead, up = self.climb.hold(top)
        if self.hatch:
            left = ahead - 0.34
            page.box(left - 0.07, up - 0.02, left + 0.75, up + 0.9, "#565b66")
            page.box(left, up + 0.04, left + 0.68, up + 0.9, "#23262e")
            page.box(left - 0.1, up - 0.05, left + 0.78, up + 0.03, "#7d838e")
        elif self.interior:
            left, high, wide = ahead + 0.02, up + 0.06, 0.62
            page.box(left, 0, left + wide, high, shaded(_DARK, -0.35))
            for k in range(5):
                level = high * k / 4.6
                for n, x in enumerate((0.06, 0.2, 0.36, 0.48)):
                    tall = 0.1 + 0.06 * ((k * 3 + n * 2) % 4) / 3
                    tone = ("#a8584c", "#5f7f8f", "#c9a45a", "#6f8a5c", "#8f6a9a")[(k * 2 + n) % 5]
                    page.box(left + x, level + 0.02, left + x + 0.09, level + 0.02 + tall, tone)
                page.box(left, level, left + wide, level + 0.025, _DARK)
            for x in (left, left + wide - 0.03):
                page.box(x, 0, x + 0.03, high, _DARK)
        self._rungs(page, top, _DARK, _WOOD, 0.026)

    def _house(self, page: _Page) -> None:
        """The house against which a ladder leans, as high as its last rung."""
        ahead, up = self.climb.hold(self.climb.highest + 1)
        left, eave = ahead - (0.5 if self.climb.broad else 0.02), up - 0.02
        page.box(left, 0, left + 1.9, eave, "#c9b092")
        page.box(left, 0, left + 1.9, 0.14, "#9a8f86")
        window = left + (1.1 if self.climb.broad else 0.5)
        page.box(window, eave * 0.42, window + 0.36, eave * 0.78, "#6f8f9f")
        page.line([(window + 0.18, eave * 0.42), (window + 0.18, eave * 0.78)], "#efe6d6", 0.02)
        roof = [(left - 0.12, eave - 0.02), (left + 0.3, eave + 0.5), (left + 2.2, eave + 0.5)]
        page.poly([*roof, (left + 2.0, eave - 0.02)], "#a05a48")
        for k in (1, 2):
            share = k / 3
            y = eave - 0.02 + 0.52 * share
            page.line([(left - 0.12 + 0.42 * share, y), (left + 2.05, y)], "#84463a", 0.012)

    def _rungs(self, page: _Page, top: int, rail: str, rung: str, thick: float) -> None:
        foot, head = self.climb.hold(-0.3), self.climb.hold(top + 0.4)
        side = 0.3 if self.climb.broad else 0.1 if self.climb.way == "ladder" else 0.052
        page.line([(foot[0] + side, 0.02), (head[0] + side, head[1])], shaded(rail, -0.2), thick)
        for number in range(1, top + 1):
            x, y = self.climb.hold(number)
            page.line([(x - side, y - 0.012), (x + side, y + 0.012)], rung, thick * 0.8)
        page.line([(foot[0] - side, -0.01), (head[0] - side, head[1] - 0.02)], rail, thick)

    def _mast(self, page: _Page) -> None:
        """The shrouds of a mast, up to the top."""
        top = self.climb.highest
        ahead, up = self.climb.hold(top + 1)
        mast = ahead + 0.1
        page.poly([(mast - 0.07, 0), (mast - 0.05, up + 2), (mast + 0.05, up + 2), (mast + 0.07, 0)], _DARK)
        nest = up + 0.04
        page.poly(
            [(mast - 0.22, nest), (mast - 0.3, nest + 0.3), (mast + 0.3, nest + 0.3), (mast + 0.22, nest)],
            _WOOD,
        )
        page.line([(mast - 0.28, nest + 0.22), (mast + 0.28, nest + 0.22)], shaded(_WOOD, -0.3), 0.02)
        self._rungs(page, top, "#5a4a38", "#c9b48a", 0.018)
        page.line([(2 * mast - self.climb.hold(0)[0], 0), (mast + 0.05, up)], "#5a4a38", 0.018)

    def _tree(self, page: _Page) -> None:
        """A trunk with the stubs of branches, under a crown."""
        top = self.climb.highest
        left = self.climb.hold(0)[0] + 0.03
        ahead, up = self.climb.hold(top + 0.6)
        trunk = [(left - 0.06, -0.01), (left + 0.01, 0.12), (ahead + 0.04, up + 0.3)]
        page.poly([*trunk, (ahead + 0.24, up + 0.3), (left + 0.3, 0.12), (left + 0.4, -0.01)], "#7a583c")
        for number in range(1, top + 1):
            x, y = self.climb.hold(number)
            page.line([(x + 0.07, y - 0.03), (x - 0.03, y + 0.005)], "#6a4a32", 0.034)
        for x, y in ((0.14, 0.3), (0.2, 0.62), (0.15, 0.95), (0.22, 1.2)):
            page.line([(left + x, y), (left + x + 0.01, y + 0.1)], "#5f432e", 0.012)
        page.line([(ahead + 0.12, up), (ahead - 0.34, up + 0.2)], "#7a583c", 0.07)
        middle = ahead + 0.12
        for x, y, r, tone in (
            (0.42, 0.32, 0.4, -0.1), (-0.44, 0.36, 0.36, -0.06), (0.0, 0.5, 0.5, 0.0), (0.5, 0.62, 0.36, 0.05)
        ):  # fmt: skip
            page.leaves(middle + x, up + y, r, shaded("#5f8f45", tone))

    def _tower(self, page: _Page) -> None:
        """The tower as it stands in other shots, up out of the frame: the climber goes up its edge, in
        profile, by the stones that stick out there."""
        left, one = self.climb.hold(0)[0], _TOWER_HIGH / 100.0
        stone = _LIME if self.banded else _TOWER_STONE
        middle, glass = left + 14 * one, "#3a3a44"
        lamps = page
        if sum(page.ink.light) < _LAMPLIT:  # floodlit: of the colour of the street it would be lost in it
            red, green, blue = (0.7 + 0.5 * share for share in page.ink.light)
            page = replace(page, ink=replace(page.ink, light=(red, green, blue)))
            lamps, glass = (
                replace(page, ink=replace(page.ink, light=(1.0, 0.96, 0.86), veiled=0.0)),
                "#ffdc8a",
            )

        def on(x: float, y: float) -> tuple[float, float]:
            return middle + one * x, one * y

        page.poly([on(*at) for at in ((-14, 0), (-12, 76), (12, 76), (14, 0))], stone)
        page.poly([on(*at) for at in ((9, 0), (7.6, 76), (12, 76), (14, 0))], shaded(stone, -0.1))
        for y, end in ((16, 27), (38, 49), (58, 70)) if self.banded else ():
            low, high = 14 - y / 38, 14 - end / 38
            page.poly([on(*at) for at in ((-low, y), (-high, end), (high, end), (low, y))], _BAND)
        page.poly([on(*at) for at in ((-16, 76), (-18, 84), (18, 84), (16, 76))], shaded(stone, -0.12))
        for row, y in enumerate(range(3, 75, 3) if not self.banded else ()):
            half = 14 - 2 * y / 76 - 0.8
            for x in range(-12 + (row * 5) % 3, 12, 5):  # some joints: all of them would be a grid
                if -half < x < half - 2.4 and (x + row) % 3:
                    page.line([on(x, y), on(x + 2.4, y)], shaded(stone, -0.22), 0.03)
        page.poly([on(*at) for at in ((-14, 0), (-13.9, 2), (15, 2), (15, 0))], shaded(stone, -0.2))
        self._quoins(page, stone)
        _arch(page, middle, 0.0, 14 * one, 4.8 * one, shaded(stone, -0.25))
        _arch(page, middle, 0.0, 13 * one, 4 * one, "#7a4f30")
        page.line([on(0, 0.2), on(0, 12.8)], "#5c3a22", 0.02)
        for y, half, tall in ((18, 1.2, 4), (28, 2, 8), (52, 2, 8)):
            _arch(
                page,
                middle,
                (y - 0.6) * one,
                (y + tall + 0.8) * one,
                (half + 0.8) * one,
                shaded(stone, -0.25),
            )
            _arch(lamps, middle, y * one, (y + tall) * one, half * one, glass)

    def _quoins(self, page: _Page, stone: str) -> None:
        """The stones along the edge of a tower, every other one standing out: paws find them one by one."""
        tall, foot = 2.0 * self.climb.spacing, self.climb.hold(0)[0]
        for number in range(int(_TOWER_HIGH * 0.76 / tall)):
            y, stands_out = number * tall, number % 2 == 0
            x = foot + y * 2.0 / 76.0
            out, deep = (0.05, 0.52) if stands_out else (0.0, 0.32)
            page.box(x - out, y, x + deep, y + tall, shaded(stone, -0.16 if stands_out else -0.1))

    def _ivy(self, page: _Page) -> None:
        """Ivy as high as the wall, a stem under every paw."""
        foot, head = self.climb.hold(0), self.climb.hold(self.climb.highest + 6)
        for off, sway in ((0.02, 0.03), (-0.16, 0.05), (-0.34, 0.04)):
            stem = []
            for k in range(25):
                share = k / 24
                x = foot[0] + (head[0] - foot[0]) * share + off + sway * math.sin(9.0 * share + 7.0 * off)
                stem.append((x, 6.0 * share))
            page.line(stem, "#5a4630", 0.03)
        for k in range(120):
            y = 6.0 * (k + 0.5) / 120
            spread = ((k * 37) % 29) / 28 - 0.5
            x = foot[0] + (head[0] - foot[0]) * y / 6.0 - 0.16 + 0.72 * spread
            _leaf(page, x, y, 0.085 + 0.03 * ((k * 5) % 4) / 3, (k * 53) % 70 - 35.0, _IVY[k % 3])

    def _stone_wall(self, page: _Page) -> None:
        """The side of a wall, up out of the frame: courses of stone, slits, a ledge, and ivy."""
        left, wide, course = self.climb.hold(0)[0] - _ON_ITS_FACE, _BROAD, 0.17
        page.box(left, 0, left + wide, 30 * course, "#a39a8e")
        for row in range(30):
            y = row * course
            page.line([(left, y), (left + wide, y)], "#857c72", 0.012)
            for n in range(10):
                x = left + 0.2 + 0.42 * n - 0.2 * (row % 2)
                if x < left + wide:
                    page.line([(x, y), (x, y + course)], "#857c72", 0.01)
        for y in (0.9, 2.5):
            page.box(left + 2.6, y, left + 2.82, y + 0.55, "#3a3a44")
        page.box(left - 0.03, 0, left + wide, 0.08, "#8b8278")
        self._ivy(page)

    def _rock(self, page: _Page) -> None:
        """A face with a ledge at every hold, and grass on its head."""
        top = self.climb.highest
        face = [(self.climb.hold(0)[0] - 0.02, -0.01)]
        for number in range(1, top + 1):
            x, y = self.climb.hold(number)
            face += [(x + 0.04, y - 0.03), (x - 0.02, y - 0.005)]
        ahead, up = self.climb.hold(top + 0.3)
        crest = [
            (ahead + 0.02, up),
            (ahead + 0.3, up + 0.07),
            (ahead + 0.75, up + 0.03),
            (ahead + 1.1, up - 0.2),
        ]
        back = [(ahead + 1.3, up * 0.66), (ahead + 1.42, up * 0.3), (ahead + 1.7, -0.01)]
        page.poly([*face, *crest, *back], "#8b8278")
        page.poly([*crest, (ahead + 0.7, up - 0.1), (ahead + 0.3, up - 0.05)], "#7f9a5c")
        for x, y in ((0.2, 0.22), (0.42, 0.5), (0.66, 0.3), (0.9, 0.7), (0.55, 0.82), (1.2, 0.2)):
            x, y = x + ahead * y * 0.4, y * up
            page.line([(x, y), (x + 0.1, y - 0.06), (x + 0.12, y - 0.14)], "#6c645c", 0.012)
        page.poly(
            [(ahead + 0.62, -0.01), (ahead + 0.75, up * 0.5), (ahead + 1.1, up * 0.56), (ahead + 1.5, -0.01)],
            "#9c948a",
        )

    def _stairs(self, page: _Page) -> None:
        """A flight with a rail, up to a landing."""
        last = self.climb.highest
        tread = self.climb.spacing
        outline: list[tuple[float, float]] = [(tread * 0.6, 0.0)]
        for number in range(1, last + 1):
            x, y = self.climb.hold(number)
            outline += [(x - 0.4 * tread, self.climb.hold(number - 1)[1]), (x - 0.4 * tread, y)]
        ahead, up = self.climb.hold(last)
        end = ahead + 2.4
        body, inner, step, post = _WOODEN if self.interior else _STONE
        if self.interior:  # an open flight: the room is seen under it
            page.poly([*outline, (end, up), (end, up - 0.09), (ahead, up - 0.09), (tread * 1.5, 0)], body)
            for x in (ahead + 0.04, ahead + 1.5):
                page.box(x, 0, x + 0.06, up - 0.09, inner)
        else:
            page.poly([*outline, (end, up), (end, 0)], body)
            page.poly([(tread * 1.2, 0), (ahead, up - 0.1), (end, up - 0.1), (end, 0)], inner)
        for number in range(1, last + 1):
            x, y = self.climb.hold(number)
            page.box(x - 0.46 * tread, y - 0.018, x + 0.64 * tread, y + 0.004, step)
        page.box(ahead - 0.46 * tread, up - 0.018, end, up + 0.004, step)
        rail = 0.44
        for number in range(1, last + 1, 2):
            x, y = self.climb.hold(number)
            page.line([(x + 0.1, y), (x + 0.1, y + rail)], post, 0.016)
        x, y = self.climb.hold(1)
        page.line([(x + 0.06, y + rail - 0.02), (ahead + 0.1, up + rail), (end, up + rail)], post, 0.032)
        for k in range(1, 6):
            page.line([(ahead + 0.36 * k, up), (ahead + 0.36 * k, up + rail)], post, 0.016)

    def _slope(self, page: _Page) -> None:
        """The flank of a hill that goes on up out of the frame, a trodden way along it."""
        ahead, up = self.climb.hold(self.climb.highest)
        rise = up / ahead
        body, firm = shaded(self.ground, -0.1), 0.09  # soles are in the grass, not over its edge

        def edge(x: float, down: float = 0.0) -> tuple[float, float]:
            """The line of the flank at ``x``: it begins gently and grows less steep over the last hold."""
            level = rise * (x + math.log1p(math.exp(-4.0 * (x + 0.2))) / 4.0)
            if x > ahead:
                level = up + rise * (1.0 - math.exp(-(x - ahead) / 2.4)) * 2.4
            return x, level + firm / (1.0 + math.exp(-7.0 * (x + 0.6))) - down

        across = [-_BEFORE + 0.2 * k for k in range(round((_BEFORE + ahead + _BEYOND) / 0.2))]
        flank = [edge(x) for x in across]
        near = [(across[-1], -1.6), (1.0, -1.0), (-0.2, -0.34), (-_BEFORE - 0.3, -0.08)]
        page.poly([(-_BEFORE - 0.3, -0.03), *flank, *near], body)
        shade = [edge(x, 1.0 + 0.08 * x) for x in across if x > 0.0]
        page.poly([(0.0, -0.9), *shade, (across[-1], -1.6), (1.2, -1.1)], shaded(self.ground, -0.18))
        worn = [edge(x, 0.06) for x in across if x > -0.4]
        page.line(worn, mixed(self.ground, "#d8c49a" if self.ground != _SNOW else "#b4c6e0", 0.5), 0.05)
        for k in range(22 if self.grown else 0):
            x, y = edge(-0.4 + (ahead + _GRASSY) * (k + 0.5) / 22, 0.2 + 0.3 * ((k * 7) % 5) / 4)
            blades = [
                (x - 0.03, y),
                (x - 0.02, y + 0.06),
                (x, y + 0.02),
                (x + 0.025, y + 0.075),
                (x + 0.03, y),
            ]
            if y > 0.02:
                page.poly(blades, shaded(self.ground, -0.3))
        self._grown_over(page, edge, ahead)

    def _grown_over(
        self, page: _Page, edge: Callable[[float, float], tuple[float, float]], to: float
    ) -> None:
        """What is on the flank of a hill: folds of its ground, rocks, and firs where it goes on up."""
        snow = self.ground == _SNOW
        pale = mixed(self.ground, "#ffffff" if snow else "#f4f0c0", 0.6 if snow else 0.22)
        for x, down, wide in _FOLDS:
            across = [(x + wide * (k / 8 - 0.5), math.sin(math.pi * k / 8)) for k in range(9)]
            over = [edge(at, down - 0.07 * bow) for at, bow in across]
            page.poly([*over, *(edge(at, down + 0.03 * bow) for at, bow in reversed(across))], pale)
        for x, down, r in _ROCKS:
            cx, cy = edge(x, down)
            crown = [(cx - 0.7 * r, cy + 0.7 * r), (cx + 0.1 * r, cy + r), (cx + 0.8 * r, cy + 0.5 * r)]
            page.poly([(cx - r, cy), *crown, (cx + r, cy)], mixed("#7d7a80", self.ground, 0.25))
            if snow:
                page.poly([*crown, (cx + 0.1 * r, cy + 0.6 * r)], "#f4f8fc")
        for x, down, tall in _FIRS if snow or self.grown else ():
            cx, cy = edge(to + x, down)
            page.box(cx - 0.02 * tall, cy - 0.01, cx + 0.02 * tall, cy + 0.16 * tall, "#5c4030")
            tiers = [(cy + tall * (0.12 + 0.26 * k), tall * (0.25 - 0.055 * k)) for k in range(3)]
            for low, half in tiers:
                tip = low + 0.42 * tall
                page.poly([(cx - half, low), (cx, tip), (cx + half, low)], "#4a6b58" if snow else "#4f7a45")
            for low, half in tiers if snow else ():
                lies = [
                    (cx - half, low),
                    (cx - 0.55 * half, low + 0.19 * tall),
                    (cx - 0.3 * half, low + 0.1 * tall),
                ]
                page.poly(lies, "#eef4fa")


_FOLDS = ((0.5, 0.34, 0.5), (1.3, 0.62, 0.7), (1.9, 0.3, 0.5), (2.7, 0.8, 0.8), (3.4, 0.4, 0.6))
"""Folds of a hill's flank: how far along it, how far under its line, how long; in heights."""
_ROCKS = ((0.95, 0.5, 0.09), (1.12, 0.55, 0.06), (2.2, 0.7, 0.11), (3.1, 0.55, 0.08))
_LAMPLIT = 2.1
"""Light, all three colours of it together, under which lamps are lit."""
_FIRS = ((0.75, 0.03, 0.5), (1.35, 0.05, 0.64), (1.8, 0.04, 0.42), (1.1, 0.6, 0.36))
"""Firs beyond the last hold, as folds are; the last number is how tall they are."""


@dataclass(frozen=True)
class _Page:
    """Shapes in shares of the climber's height, up positive."""

    canvas: skia.Canvas
    ink: Ink

    def poly(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        path = skia.Path()
        path.addPoly([skia.Point(x, -y) for x, y in points], True)
        self.ink.piece(self.canvas, path, colour)

    def box(self, left: float, low: float, right: float, high: float, colour: str) -> None:
        self.poly([(left, low), (left, high), (right, high), (right, low)], colour)

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float) -> None:
        path = skia.Path()
        path.addPoly([skia.Point(x, -y) for x, y in points], False)
        self.ink.mark(self.canvas, path, colour, width)

    def leaves(self, x: float, y: float, radius: float, colour: str) -> None:
        bumps = 11
        points = []
        for k in range(bumps):
            turn, far = k / bumps * math.tau, radius * (1.08 if k % 2 else 0.9)
            points.append((x + far * math.cos(turn), y + far * math.sin(turn)))
        path = skia.Path()
        for k, (px, py) in enumerate(points):
            qx, qy = points[(k + 1) % bumps]
            middle = ((px + qx) / 2, -(py + qy) / 2)
            if k == 0:
                bx, by = points[-1]
                path.moveTo((px + bx) / 2, -(py + by) / 2)
            path.quadTo(px, -py, *middle)
        path.close()
        self.ink.piece(self.canvas, path, colour)


def _leaf(page: _Page, x: float, y: float, size: float, turned: float, colour: str) -> None:
    """A leaf of ivy that hangs down from its stalk, ``turned`` degrees to one side."""
    sin, cos = math.sin(math.radians(turned)), math.cos(math.radians(turned))
    cut = ((0.0, 0.3), (0.62, 0.42), (0.5, -0.1), (0.0, -1.0), (-0.5, -0.1), (-0.62, 0.42))
    page.poly([(x + size * (a * cos - b * sin), y + size * (a * sin + b * cos)) for a, b in cut], colour)


def _arch(page: _Page, x: float, low: float, high: float, half: float, colour: str) -> None:
    """A door or window with a round head."""
    turns = [math.pi * k / 8 for k in range(9)]
    head = [(x + half * math.cos(turn), high - half + half * math.sin(turn)) for turn in turns]
    page.poly([(x + half, low), *head, (x - half, low)], colour)
