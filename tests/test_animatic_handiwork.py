"""Hands at things: whoever measures, cuts, sews, wipes, paints or writes is seen at it, with what it takes."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np
import pytest
import skia
from test_animatic_manners import SIZE, frame, said
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.direction import business
from photoplay.render.animatic.drafting import pencil_at
from photoplay.render.animatic.handiwork import rung
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.leaves import draw_leaves
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.tailoring import hands_at
from photoplay.render.animatic.things import Thing, thing_kinds
from photoplay.storyboard.lexicon import look_up
from photoplay.storyboard.looks import BodyLook, ThingLook
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, Age, ShotSize, View


def doing(action: Action, sentence: str, kind: str, holds: tuple[str, ...] = (), **at: object) -> Picture:
    told = shot(
        action,
        figure("a", action, holds=holds),
        target="it",
        things=(thing("it", kind, held="it" in holds),),
    )
    return told.model_copy(update={"sentence": sentence, **at})


@pytest.mark.parametrize(
    ("action", "sentence", "kind", "used"),
    [
        (Action.reach, "The son measures a plank.", "branch", "tape"),
        (Action.work, "The tailor cuts a piece of cloth.", "cloth", "shears"),
        (Action.write, "The teacher writes on the blackboard.", "blackboard", "slate"),
    ],
)
def test_the_work_is_drawn_with_what_it_is_done_to(
    action: Action, sentence: str, kind: str, used: str
) -> None:
    screen = Screen(doing(action, sentence, kind), SIZE, 5, 4.0)
    player = screen._players["a"]
    assert business(screen.picture, player.source, player.acting.action) == used
    assert screen.picture.things == ()  # not there a second time
    assert player.held == ()
    early, late = (frame(screen.picture, t) for t in (0.2, 3.8))
    assert np.abs(early - late).max(axis=2).mean() > 0.5


def test_wood_is_sawn_and_cloth_is_cut() -> None:
    used = []
    for sentence in ("She cuts the log.", "She cuts the cloth."):
        screen = Screen(said(Action.work, sentence), SIZE, 5, 4.0)
        used.append(business(screen.picture, screen._players["a"].source, Action.work))
    assert used == ["trestle", "shears"]


def test_a_plan_is_drawn_on_a_sheet_and_a_picture_on_an_easel() -> None:
    used = []
    for sentence in ("She draws a plan.", "She draws a horse."):
        screen = Screen(said(Action.paint, sentence), SIZE, 5, 4.0)
        player = screen._players["a"]
        used.append(business(screen.picture, player.source, player.acting.action))
    assert used == ["draft", "easel"]


@pytest.mark.parametrize(
    ("action", "sentence"), [(Action.paint, "She paints the table."), (Action.reach, "She wipes the table.")]
)
def test_the_hand_is_on_what_is_painted_or_wiped(action: Action, sentence: str) -> None:
    screen = Screen(doing(action, sentence, "table"), SIZE, 5, 4.0)
    me, it = screen.staging.figures[0], screen.staging.things[0]
    player, highs = screen._players["a"], []
    for t in (0.3, 0.9):
        hand = player.body.hand(screen._acted(me, t), t)
        assert hand is not None
        x = me.x + hand[0] * player.scale
        near, far = it.x + it.extent.left, it.x + it.extent.right
        assert min(abs(x - near), abs(x - far)) < 0.4
        highs.append(hand[1])
    assert math.dist(highs[:1], highs[1:]) > 0.02  # to and fro


def test_a_close_view_of_what_is_measured_shows_who_measures() -> None:
    told = doing(Action.reach, "The son measures a plank.", "branch")
    near = told.model_copy(update={"camera": told.camera.model_copy(update={"size": ShotSize.insert})})
    assert Screen(near, SIZE, 5, 4.0).picture.camera.size is ShotSize.medium_full


def test_who_reads_by_a_candle_has_a_book_in_the_hands() -> None:
    screen = Screen(doing(Action.read, "She reads by a candle.", "candle", holds=("it",)), SIZE, 5, 4.0)
    assert [t.look.kind for t in screen._players["a"].held] == ["book"]
    assert [t.look.kind for t in screen.picture.things] == ["candle"]


def test_a_letter_is_examined_with_nothing_else_in_the_hands() -> None:
    told = shot(
        Action.look,
        figure("a", Action.look, holds=("lamp",)),
        target="it",
        things=(thing("it", "letter"), thing("lamp", "lantern", held=True)),
    ).model_copy(update={"sentence": "She examines the letter."})
    assert [t.look.kind for t in Screen(told, SIZE, 5, 4.0)._players["a"].held] == ["letter"]


def test_a_lantern_is_lit_and_no_candle() -> None:
    pair = [
        frame(doing(Action.light, f"She lights the {kind}.", kind, holds=("it",)), 3.5)
        for kind in ("lantern", "candle")
    ]
    assert np.abs(pair[0] - pair[1]).max(axis=2).max() > 60


def test_who_rows_is_seen_in_the_boat() -> None:
    near = said(Action.row, "She rows across the lake.", ShotSize.medium)
    for view in (View.objective, View.profile):
        camera = near.camera.model_copy(update={"view": view})
        seen = Screen(near.model_copy(update={"camera": camera}), SIZE, 5, 4.0).picture
        assert seen.camera.size is ShotSize.full


def test_a_sail_is_cloth_and_no_ship() -> None:
    for word in ("sail", "cloth", "piece of cloth"):
        entry = look_up(word, "thing")
        assert entry is not None
        assert entry.kind == "cloth"
    assert "cloth" in thing_kinds()


@pytest.mark.parametrize("age", list(Age))
def test_the_pencil_is_in_the_hand_that_draws_from_the_first_line_to_the_last(age: Age) -> None:
    look = BodyLook(presents="woman", age=age)
    one = figure("a", Action.paint).model_copy(update={"look": look})
    told = shot(Action.paint, one, target="it", things=(thing("it", "blanket", held=False),))
    told = told.model_copy(update={"sentence": "She draws a plan on a sheet of paper."})
    player = Screen(told, SIZE, 5, 4.0)._players["a"]
    tall = player.body.height
    for share in (0.12, 0.5, 0.9):
        lays = hands_at("draft", 1.0, tall, share)
        joints = player.body.joints(replace(player.acting, lays=lays), share * 4.0)
        tip = pencil_at(share)
        away = min(math.dist((joints[n][0] / tall, joints[n][1] / tall), tip) for n in ("r-wrist", "l-wrist"))
        assert away < 0.25, f"at {share} the pencil draws by itself, {away:.2f} of a height from the hand"


@pytest.mark.parametrize("held", [True, False])
def test_what_goes_into_a_bag_is_in_the_hands_and_the_bag_is_not(held: bool) -> None:
    holds = ("it",) if held else ()
    told = shot(
        Action.work,
        figure("a", Action.work, holds=holds),
        target="it",
        things=(thing("it", "bag", held=held),),
    )
    screen = Screen(told.model_copy(update={"sentence": "She packs a bag."}), SIZE, 5, 4.0)
    assert screen._acting["a"].manner == "pack"
    assert not screen._players["a"].held, "the bag is put into a case"
    assert screen.picture.camera.size is ShotSize.full, "the bag hangs over the water"


def test_a_map_that_is_read_is_brown_and_no_letter() -> None:
    def page(kind: str) -> np.ndarray:
        surface = skia.Surface(80, 80)
        canvas = surface.getCanvas()
        canvas.clear(skia.ColorBLACK)
        canvas.translate(40, 50)
        canvas.scale(40, 40)
        draw_leaves(canvas, Ink(), Thing(ThingLook(kind=kind), (), Ink(), 3), 4.0, 1.0, 0.0)
        return np.asarray(surface.toarray(colorType=skia.kRGBA_8888_ColorType))[..., :3].astype(int)

    def brown(pixels: np.ndarray) -> int:
        return int(((pixels[..., 0] > 150) & (pixels[..., 0] - pixels[..., 2] > 50)).sum())

    assert brown(page("map")) > 200
    assert brown(page("letter")) < 40


def test_who_reads_is_seen_with_the_face_and_not_cut_off_at_the_eyes() -> None:
    told = doing(Action.read, "She reads a map.", "map", holds=("it",))
    camera = told.camera.model_copy(update={"size": ShotSize.insert, "focus": "it"})
    seen = Screen(told.model_copy(update={"camera": camera}), SIZE, 5, 4.0).picture.camera
    assert (seen.size, seen.focus) == (ShotSize.medium, "a")


@pytest.mark.parametrize(("kind", "most"), [("boat", 0.5), ("car", 0.75), ("raft", 0.5)])
def test_the_brush_of_who_paints_something_large_is_on_it(kind: str, most: float) -> None:
    screen = Screen(doing(Action.paint, f"She paints the {kind}.", kind), (320, 180), 5, 4.0)
    me = screen.staging.figures[0]
    it = next(t for t in screen.staging.things if t.id == "it")
    one, acting = screen._players[me.id], screen._acting[me.id]
    assert acting.manner == "over"
    ((across, down, _), *_) = screen._hands.lays(me, acting, 1.0)
    tall = one.body.height
    x = me.x + (across + math.copysign(0.135, across) * tall) * one.scale
    assert it.x + 0.9 * it.extent.left < x < it.x + 0.9 * it.extent.right, "paint hangs in the air before it"
    assert -down < most * tall, "paint hangs in the air over it"


@dataclass
class _Marked:
    """Hands, and where arcs are drawn: centre, radius and the angle at which one begins."""

    hands: tuple[tuple[float, float], ...]
    begins: list[float] = field(default_factory=list)

    def arc(
        self, _centre: tuple[float, float], _radius: float, first: float, _last: float, _line: float
    ) -> None:
        self.begins.append(math.cos(math.radians(first)))


def test_the_sound_of_a_bell_goes_away_from_who_rings_it() -> None:
    pen = _Marked(((0.4, -0.6),))
    rung(pen)  # type: ignore[arg-type]
    assert pen.begins
    assert min(pen.begins) > 0.0, "an arc lies on the coat"
