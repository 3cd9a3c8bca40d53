"""What is on a head: the hat is off in bed and beside it, and nobody's own hair hangs out from under a wig."""

from __future__ import annotations

import numpy as np
import pytest
import skia

from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.figure import Figure
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.figures.variants import wigged
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.players import measured
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.vocabulary import Action, Being, Expression, Facing, HairStyle, Hat

GREEN = "#00ff20"


def green(look: BodyLook, pieces: tuple[str, ...], action: Action, *, off: bool = False) -> int:
    """How many pixels of a hat's green are drawn."""
    surface = skia.Surface(200, 200)
    canvas = surface.getCanvas()
    canvas.translate(100, 150)
    canvas.scale(60, 60)
    figure = Figure(look, (), Ink(), 3, pieces)
    if off:
        figure.hat_off(canvas, 0.0, 0.0)
    else:
        figure.draw(canvas, Acting(action, Expression.neutral, Facing.right), 0.5, 4.0, None)
    pixels = np.asarray(surface.toarray(colorType=skia.kRGBA_8888_ColorType)).astype(int)
    return int(((pixels[..., 1] > 150) & (pixels[..., 0] < 90) & (pixels[..., 2] < 110)).sum())


def hatted(hat: Hat) -> BodyLook:
    return BodyLook(being=Being.person, hat=hat, hat_colour=GREEN, hair_colour="#402010")


@pytest.mark.parametrize("hat", [Hat.beanie, Hat.brimmed, Hat.witch, Hat.cap, Hat.top])
def test_a_sleeper_has_the_hat_off_and_beside_the_bed(hat: Hat) -> None:
    look = hatted(hat)
    assert green(look, (), Action.stand) > 20, "worn by day"
    assert green(look, (), Action.sleep) == 0, "off in bed"
    assert green(look, (), Action.sleep, off=True) > 4, "and put down"


def test_what_was_never_worn_is_not_put_down() -> None:
    assert green(hatted(Hat.none), (), Action.sleep, off=True) == 0


@pytest.mark.parametrize(("piece", "style"), [("clown cone", HairStyle.curly), ("judge wig", HairStyle.bald)])
def test_no_hair_of_its_own_hangs_out_under_a_wig(piece: str, style: HairStyle) -> None:
    look = BodyLook(being=Being.person, presents="woman", hair=HairStyle.long, hair_colour="#402010")
    person = Person(look, (), Ink(), 3, {"plan": "person"}, (piece,))
    assert person.hair.style is style
    assert person.hair.colour != "#402010"
    assert wigged(look, ("apron",)) == look, "nobody else wears one"


def skin(pieces: tuple[str, ...]) -> int:
    """How many pixels of skin are drawn of somebody seen from the side."""
    look = BodyLook(being=Being.person, skin="#00ff20", hair=HairStyle.long, hair_colour="#402010")
    return green(look, pieces, Action.walk)


def test_the_face_is_open_in_front_under_a_head_guard() -> None:
    assert skin(("head guard",)) > 0.9 * skin(())


def test_the_hair_is_under_a_head_guard() -> None:
    look = BodyLook(being=Being.person, presents="woman", hair=HairStyle.curly, hair_colour=GREEN)
    assert green(look, ("head guard",), Action.walk) < 0.25 * green(look, (), Action.walk)


@pytest.mark.parametrize("action", [Action.sit, Action.kneel])
def test_who_goes_down_is_framed_as_it_stands_at_first(action: Action) -> None:
    figure = Figure(BodyLook(being=Being.person), (), Ink(), 3)
    acting = Acting(action, Expression.neutral, Facing.right, manner="ground")
    extent, _ = measured(figure, acting, 9.0)
    assert extent.top > figure.height


@pytest.mark.parametrize(("hat", "style"), [(Hat.cap, HairStyle.short), (Hat.none, HairStyle.spiky)])
def test_no_spikes_stand_up_where_a_hat_was_worn_all_day(hat: Hat, style: HairStyle) -> None:
    look = BodyLook(being=Being.person, presents="man", hair=HairStyle.spiky, hat=hat)
    assert Person(look, (), Ink(), 3).bare.style is style
