"""A lid that is opened is hinged at its box, and a loaf goes into the oven at its mouth."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
import skia

from photoplay.render.animatic import baking
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.lids import corner_of, lid, rim_of, uplift
from photoplay.render.animatic.packing import mouth
from photoplay.render.animatic.places.masonry import brick_oven
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Age, Facing, PlaceKind, ShotSize

SIDE = 200


def drawn(draw: Callable[[skia.Canvas, Ink], None], scale: float = 100.0) -> npt.NDArray[np.bool_]:
    """Which pixels of a square are covered; the origin is the middle of its lower edge."""
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    canvas.translate(SIDE / 2, SIDE)
    canvas.scale(scale, scale)
    draw(canvas, Ink())
    return np.asarray(surface.toarray())[..., 3] > 200


@pytest.mark.parametrize("kind", ["box", "chest", "suitcase", "gift", "parcel"])
@pytest.mark.parametrize("up", [0.1, 0.5, 1.0])
def test_a_lid_hangs_at_the_box_that_is_opened(kind: str, up: float) -> None:
    covered = drawn(lambda canvas, ink: lid(canvas, ink, kind, 1.2, 1.0, "#a05a20", up))
    rows = np.flatnonzero(covered[:, SIDE // 2])
    assert (np.diff(rows) == 1).all(), "no air between lid and box"
    assert rows.max() >= SIDE - 100 * rim_of(kind) - 1, "and it begins at the rim"


def test_a_lid_is_shut_at_first_and_stands_open_at_last() -> None:
    assert uplift(0.1) == 0.0
    assert uplift(0.9) == 1.0


@pytest.mark.parametrize("share", [0.0, 0.35, 0.5, 0.95])
def test_a_loaf_is_before_the_oven_or_in_its_mouth_and_never_on_its_bricks(share: float) -> None:
    at = baking.peeled(share)
    top, tip = baking.shovel(share)
    covered = drawn(lambda canvas, ink: baking.peel(canvas, ink, top, tip, share))
    right = (np.flatnonzero(covered.any(axis=0)).max() - SIDE / 2) / 100.0
    assert right <= baking._JAMB + 0.01
    if at in (0.0, 1.0):
        assert right < baking._NEAR or tip[0] > 2 * baking._MIDDLE - baking._JAMB, (
            "left of its mouth is brick"
        )


def test_who_bakes_stands_at_the_oven_that_the_bakery_has() -> None:
    own = drawn(lambda canvas, ink: baking.oven(canvas, ink, 0.3))

    def at_the_wall(canvas: skia.Canvas, ink: Ink) -> None:
        canvas.translate(baking._MIDDLE, 0.0)
        canvas.scale(baking._SIZE, baking._SIZE)
        brick_oven(canvas, ink, ink, 8.0)

    assert (own == drawn(at_the_wall)).mean() > 0.999


def before(kind: str, verb: str, action: Action, age: Age) -> Screen:
    """A girl in a meadow who does something to a thing of that kind."""
    girl = FigureIn(id="a", noun="girl", words="", look=BodyLook(age=age), action=action, facing=Facing.right)
    picture = Picture(
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.meadow)),
        sentence=f"The girl {verb} the {kind}.", action=action, actor="a", target="t", figures=(girl,),
        things=(ThingIn(id="t", words=kind, look=ThingLook(kind=kind)),), camera=CameraIn(size=ShotSize.full),
    )  # fmt: skip
    return Screen(picture, (320, 180), 5, 4.0)


@pytest.mark.parametrize("kind", ["box", "gift", "suitcase", "paint box"])
@pytest.mark.parametrize("seconds", [0.3, 1.2, 3.5])
def test_who_opens_a_box_kneels_to_it_with_a_hand_on_its_lid(kind: str, seconds: float) -> None:
    screen = before(kind, "opens", Action.open, Age.child)
    (placed,), player = screen.staging.figures, screen._players["a"]
    box = next(p for p in screen.staging.things if p.id == "t")
    acting = screen._acted(placed, seconds)
    assert acting.low
    half, high = corner_of(kind, box.extent.width, box.extent.top, uplift(seconds / 4.0))
    hand = player.body.hand(acting, seconds)
    x, up = placed.x + hand[0] * player.scale, placed.up - hand[1] * player.scale
    assert abs(x - (box.x - half)) < 0.12, "in metres"
    neck = placed.up - player.body.joints(acting, seconds)["neck"][1] * player.scale
    assert abs(up - min(high, neck)) < 0.12, "on its corner, or on its side below the face"


@pytest.mark.parametrize("age", [Age.adult, Age.child])
@pytest.mark.parametrize("kind", ["bag", "suitcase", "basket"])
def test_what_is_packed_goes_over_the_mouth_and_in(kind: str, age: Age) -> None:
    screen = before(kind, "packs", Action.work, age)
    (placed,), player = screen.staging.figures, screen._players["a"]
    tall = player.body.height
    high, half = mouth(screen.picture, Ink(), tall)

    def hands(seconds: float) -> tuple[float, float]:
        joints = player.body.joints(screen._acted(placed, seconds), seconds)
        ends = joints["r-wrist"], joints["l-wrist"]
        return sum(x for x, _ in ends) / 2 / tall, -sum(y for _, y in ends) / 2 / tall

    over, within = hands(0.42 * 1.6), hands(0.7 * 1.6)
    assert over[1] > high, "lifted over its mouth"
    assert within[1] < over[1] - 0.03, "and let down into it"
    assert abs(within[0] + 0.05 - 0.5) < half, "and not beside it"
