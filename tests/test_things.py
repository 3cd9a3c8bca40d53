"""Things: every drawing can be read and seen, states show, and the unknown is labelled honestly."""

import numpy as np
import pytest
import skia
from hypothesis import given, settings
from hypothesis import strategies as st

from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.things import Thing, thing_kinds
from photoplay.render.animatic.things.drawing import read_piece
from photoplay.render.animatic.things.thing import drawing_of
from photoplay.storyboard.lexicon.store import data
from photoplay.storyboard.looks import ThingLook
from photoplay.storyboard.vocabulary import Mark, Stature, Style


def seen(look, marks=(), t=0.3, style=Style.cut_paper, seed=3, size=96):
    """The thing on a mid grey, as large as its known extent allows with room around it."""
    thing = Thing(look, tuple(marks), Ink(style=style), seed)
    pixels = np.zeros((size, size, 4), np.uint8)
    canvas = skia.Surface(pixels).getCanvas()
    canvas.clear(skia.Color(128, 128, 128))
    scale = size * 0.6 / max(thing.width, thing.height)
    canvas.translate(size / 2, size * 0.8)
    canvas.scale(scale, scale)
    thing.draw(canvas, t)
    return pixels[..., :3].astype(int)


def inked(picture):
    return float((np.abs(picture - 128).max(axis=2) > 8).mean())


def test_every_thing_of_the_lexicon_has_a_drawing():
    assert set(data("things")) <= thing_kinds()


@pytest.mark.parametrize("kind", sorted(thing_kinds()))
def test_every_drawing_shows_something_and_stays_near_its_box(kind):
    picture = seen(ThingLook(kind=kind))
    assert inked(picture) > 0.006, kind
    border = np.concatenate([picture[0], picture[:, 0], picture[:, -1]])
    if not any(piece.shape in ("glow", "flame") for piece in drawing_of(kind).pieces):
        assert np.abs(border - 128).max() <= 8, f"{kind} is drawn far outside its box"


@pytest.mark.parametrize("style", list(Style))
def test_two_styles_never_draw_a_thing_alike(style):
    other = Style.ink if style is not Style.ink else Style.chalk
    look = ThingLook(kind="teapot", colour="#6f93b0")
    assert np.abs(seen(look, style=style) - seen(look, style=other)).mean() > 1


@pytest.mark.parametrize(
    "mark",
    [m for m in Mark if m not in {Mark.open, Mark.closed, Mark.empty, Mark.full, Mark.wounded}],
)
def test_a_state_can_be_seen_on_any_thing(mark):
    look = ThingLook(kind="house")
    assert np.abs(seen(look, [mark]) - seen(look)).max() > 12


@pytest.mark.parametrize("kind", ["door", "box", "chest", "book", "window", "gate", "lock", "gift", "letter"])
def test_what_can_be_opened_looks_open(kind):
    look = ThingLook(kind=kind)
    assert np.abs(seen(look, [Mark.open]) - seen(look)).max() > 25
    assert (seen(look, [Mark.closed]) == seen(look)).all()


@pytest.mark.parametrize("kind", ["lantern", "candle", "torch", "campfire", "oil lamp", "lighthouse"])
def test_what_gives_light_can_be_put_out(kind):
    look = ThingLook(kind=kind)
    assert seen(look, [Mark.unlit]).sum() < seen(look).sum()


def test_flames_move_and_the_same_moment_is_the_same_picture():
    look = ThingLook(kind="campfire")
    assert (seen(look, t=0.5) == seen(look, t=0.5)).all()
    assert (seen(look, t=0.5) != seen(look, t=0.7)).any()


def test_the_colour_of_the_look_is_the_colour_of_the_thing():
    red, green = (seen(ThingLook(kind="umbrella", colour=c)) for c in ("#d02020", "#20a030"))
    assert (red[..., 0] > red[..., 1] + 60).sum() > 200
    assert (green[..., 1] > green[..., 0] + 60).sum() > 200


def test_the_usual_stature_is_life_size_and_a_giant_is_larger():
    usual = Thing(ThingLook(kind="key", stature=Stature(data("things")["key"]["stature"])), (), Ink(), 1)
    giant = Thing(ThingLook(kind="key", stature=Stature.giant), (), Ink(), 1)
    unsaid = Thing(ThingLook(kind="key"), (), Ink(), 1)
    assert usual.height == unsaid.height == pytest.approx(0.2)
    assert giant.height > 3 * usual.height
    assert (
        Thing(ThingLook(kind="lighthouse"), (), Ink(), 1).height
        > Thing(ThingLook(kind="house"), (), Ink(), 1).height
    )


def test_a_thing_nobody_has_drawn_is_labelled_with_its_own_word():
    one = Thing(ThingLook(kind="astrolabe", known=False), (), Ink(), 1)
    assert not one.known
    assert one.label == "astrolabe"
    assert Thing(ThingLook(kind="anchor"), (), Ink(), 1).known
    first, second = (seen(ThingLook(kind=k), size=200) for k in ("astrolabe", "turnip"))
    assert (first != second).any()


@settings(max_examples=40, deadline=None)
@given(
    kind=st.from_regex(r"^[a-z0-9][a-z0-9 -]{0,39}\Z"),
    marks=st.lists(st.sampled_from(list(Mark)), max_size=4),
    style=st.sampled_from(list(Style)),
    stature=st.sampled_from(list(Stature)),
    t=st.floats(0, 600),
)
def test_no_kind_state_or_style_breaks_the_drawing(kind, marks, style, stature, t):
    picture = seen(ThingLook(kind=kind, stature=stature), marks, t=t, style=style, size=48)
    assert inked(picture) > 0.01


@pytest.mark.parametrize(
    "words",
    [
        "blob 1 2 3 main",
        "disc 1 2 main",
        "rect 0 0 1 1 nocolour",
        "poly 1 2 3 main",
        "disc 1 2 3 main ~spin:1",
    ],
)
def test_a_drawing_with_a_slip_in_it_is_refused_and_quoted(words):
    with pytest.raises(ValueError, match=words.split()[0]):
        read_piece(words)
