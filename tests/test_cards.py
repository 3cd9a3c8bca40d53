"""Title cards: as long as asked, out of black and back, legible, the same every time."""

import numpy as np
import pytest

from photoplay.render.cards import FADE, CardPainter
from photoplay.render.protocol import Frame, Job, Notice, Renderer
from photoplay.render.requests import Conform, Input, Raster, Title
from photoplay.storyboard.errors import Refused
from photoplay.storyboard.vocabulary import Mood, Style


def card(**told):
    settings = {"heading": "The Lighthouse", "frames": 40, "raster": Raster(width=192, height=108)}
    return Title(**(settings | told))


def outputs(*titles):
    return list(CardPainter().render([Job(title) for title in titles], lambda job, share: None))


def footage(title):
    return [o.pixels[..., :3].copy() for o in outputs(title) if isinstance(o, Frame) for _ in range(o.hold)]


def test_it_is_a_renderer_of_titles():
    painter = CardPainter()
    assert isinstance(painter, Renderer)
    assert painter.capabilities().requests == {"title"}
    other = Conform(take=Input(key="0" * 64), frames=2, raster=Raster(width=64, height=64))
    with pytest.raises(Refused):
        list(painter.render([Job(other)], lambda job, share: None))


@pytest.mark.parametrize("frames", [1, 2, 3, 24, 37, 61])
def test_a_card_has_exactly_the_frames_asked_for(frames):
    assert len(footage(card(frames=frames))) == frames


def test_a_card_comes_out_of_black_and_goes_back():
    frames = footage(card(frames=48))
    light = [f.mean() for f in frames]
    assert light[0] == light[-1] == 0
    assert light[: FADE + 1] == sorted(light[: FADE + 1])
    assert light[-FADE - 1 :] == sorted(light[-FADE - 1 :], reverse=True)
    assert footage(card(frames=1))[0].mean() > 20


def test_the_background_drifts_while_the_letters_stand():
    frames = footage(card(frames=60, heading="", body=""))
    assert (frames[16] != frames[40]).any()


@pytest.mark.parametrize("style", list(Style))
def test_every_style_shows_the_title_and_no_two_are_alike(style):
    empty, full = (footage(card(style=style, heading=h, frames=3))[1].astype(int) for h in ("", "Anna"))
    assert (np.abs(full - empty).max(axis=2) > 60).mean() > 0.004
    others = [footage(card(style=s, frames=3))[1] for s in Style if s is not style]
    mine = footage(card(style=style, frames=3))[1]
    assert all((mine != other).mean() > 0.3 for other in others)


def test_the_mood_colours_the_card_and_equal_requests_give_equal_pixels():
    sad, glad = (footage(card(mood=m, frames=3))[1] for m in (Mood.sad, Mood.joyful))
    assert np.abs(sad.astype(int) - glad).mean() > 8
    assert (footage(card(mood=Mood.sad, frames=3))[1] == sad).all()


@pytest.mark.parametrize("raster", [(64, 64), (108, 192), (128, 128), (640, 64)])
def test_a_title_fits_any_raster_without_touching_its_edge(raster):
    wide, high = raster
    told = {"raster": Raster(width=wide, height=high), "frames": 3, "body": "and a body"}
    plain = footage(card(heading="", **(told | {"body": ""})))[1].astype(int)
    full = footage(card(heading="An Exceptionally Long and Winding Title of a Film", **told))[1].astype(int)
    change = np.abs(plain - full).max(axis=2) > 30
    assert change.any()
    assert not change[:, :2].any()
    assert not change[:, -2:].any()


def test_a_film_maker_is_told_of_letters_without_a_font_and_of_text_left_out():
    kinds = {o.kind for o in outputs(card(heading="a \U0002ffa0", frames=1)) if isinstance(o, Notice)}
    assert kinds == {"missing-glyphs"}
    kinds = {o.kind for o in outputs(card(heading="word " * 3000, frames=1)) if isinstance(o, Notice)}
    assert kinds == {"text-cut"}
    assert not [o for o in outputs(card(frames=1)) if isinstance(o, Notice)]
