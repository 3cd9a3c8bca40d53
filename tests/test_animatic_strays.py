"""Nothing is cut in two by a close framing, no sky has two moons, and a bush in winter is white."""

from __future__ import annotations

import numpy as np
import pytest
import skia
from test_animatic_performing import figure, shot

from photoplay.render.animatic import lairs
from photoplay.render.animatic.blocking import Extent, Placed
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import ThingLook
from photoplay.storyboard.picture import ThingIn
from photoplay.storyboard.vocabulary import Action, Facing, Hour, PlaceKind, Season, ShotSize

SIZE = (192, 108)


def thing(name: str, kind: str) -> ThingIn:
    return ThingIn(id=name, words=kind, look=ThingLook(kind=kind))


@pytest.mark.parametrize(
    ("size", "sentence", "there"),
    [
        (ShotSize.full, "She rings a bell.", True),
        (ShotSize.close, "She rings a bell.", False),
        (ShotSize.close, "She rings a bell beside the egg.", True),
    ],
)
def test_a_close_framing_has_nothing_of_which_it_does_not_tell(
    size: ShotSize, sentence: str, there: bool
) -> None:
    picture = shot(Action.stand, figure("a", Action.stand), size=size)
    picture = picture.model_copy(update={"things": (thing("egg", "egg"),), "sentence": sentence})
    stood = [p.id for p in Screen(picture, SIZE, 3, 4.0).staging.things]
    assert ("egg" in stood) is there


def test_a_sky_has_one_moon() -> None:
    picture = shot(Action.stand, figure("a", Action.stand), place=PlaceKind.garden)
    picture = picture.model_copy(update={"hour": Hour.night, "sentence": "She stands under the moon."})
    assert Screen(picture, SIZE, 3, 4.0).air.sun is not None
    hung = picture.model_copy(update={"things": (thing("moon", "moon"),)})
    for told in ("She stands under the moon.", "She looks at the moon.", "She paints a moon."):
        screen = Screen(hung.model_copy(update={"sentence": told}), SIZE, 3, 4.0)
        own = [p.id for p in screen.staging.things if p.id == "moon"]
        assert len(own) + (screen.air.sun is not None) == 1


@pytest.mark.parametrize("season", [Season.summer, Season.winter])
def test_a_bush_is_white_in_winter(season: Season) -> None:
    picture = shot(Action.hide, figure("a", Action.hide), place=PlaceKind.forest)
    picture = picture.model_copy(update={"season": season})
    surface = skia.Surface(80, 60)
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorBLACK)
    canvas.translate(40, 50)
    canvas.scale(30, 30)
    wolf = Placed("wolf", 0.0, 0.0, 0.0, Extent(-0.8, 0.8, 1.0, eyes=0.8, face_x=0.6), Facing.right)
    lairs.cover(canvas, Ink(), wolf, picture)
    pixels = np.asarray(surface.toarray(colorType=skia.kRGBA_8888_ColorType))[..., :3].astype(int)
    white = int((pixels.min(axis=-1) > 170).sum())
    assert (white > 200) is (season is Season.winter)
