"""What hangs, stands or flies in a picture is where nothing else is to be told from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import skia

import photoplay
from photoplay.render.animatic.belongings import belonging, room_of
from photoplay.render.animatic.blocking import Extent, Placed
from photoplay.render.animatic.calm import GRID, SMALL, busy
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.canopies import roofs
from photoplay.render.animatic.clearing import cleared
from photoplay.render.animatic.headroom import Head, kept_free
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.life import Life
from photoplay.render.animatic.light import air
from photoplay.render.animatic.margins import Margins, settled
from photoplay.render.animatic.notation import SUNG
from photoplay.render.animatic.passing import moments
from photoplay.render.animatic.places.recipes import Layer, recipe
from photoplay.render.animatic.players import Player
from photoplay.render.animatic.stirring import Stirring
from photoplay.render.animatic.things import Thing
from photoplay.storyboard.looks import PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, Picture, PlaceIn, picture
from photoplay.storyboard.vocabulary import Action, Facing, Hour, Mark, PlaceKind, ShotSize

POSE = Pose(0.0, 1.3, 6.0, 400.0, 320.0, 160.0)
SIZE = (640, 360)
FOX = Placed("fox", 0.0, 0.0, 0.0, Extent(-0.9, 0.9, 0.8, 0.0, 0.6, face_x=0.7), Facing.right)
MAN = Placed("man", 0.0, 0.0, 0.0, Extent(-0.3, 0.3, 1.7, 0.0, 1.6, 0.1), Facing.right)


def test_notes_hang_where_the_wall_is_bare_and_not_before_the_clocks() -> None:
    wall = np.full((SMALL[1], SMALL[0], 4), 200, np.uint8)
    wall[:, SMALL[0] // 2 :: 2, :3] = 20  # lines in the right half
    loud = busy(wall, SIZE)
    assert min(box[0] for box, _ in loud) >= SIZE[0] / 2 - SIZE[0] / GRID[0]
    ahead = tuple(((x / 160 - 2, y / 160 - 2, z / 160 - 2, w / 160 - 2), k) for (x, y, z, w), k in loud)
    bare = Margins((-2.0, -2.0, 2.0, 0.25), (), (), (0.0, -0.9))
    assert all(mark[0] > 0 for mark in settled(SUNG, bare)[0])
    assert all(mark[0] < 0 for mark in settled(SUNG, replace(bare, taken=ahead))[0])


def test_a_lying_camel_takes_more_room_than_a_standing_one_and_is_all_in_the_frame() -> None:
    lies, stands = (room_of("camel", action, Facing.right) for action in (Action.lie, Action.stand))
    assert lies.width > stands.width > 5.0
    layer = Layer(9.0, "flock", {"species": "camel", "at": (-3.0, 3.0, 0.0)})
    there = replace(recipe(PlaceKind.desert, False), layers=(layer,))
    (flock,) = belonging(there, (), [(POSE, 0.0)], 2.0, 1, 360).layers
    assert flock.options["at"]
    for x, act in zip(flock.options["at"], flock.options["acts"], strict=True):
        room = room_of("camel", *act)
        assert 0 < POSE.at(x + room.left, 0.0, 9.0)[0] < POSE.at(x + room.right, 0.0, 9.0)[0] < 640


def test_nothing_nearer_stands_before_a_flock_and_no_letters_of_sleep_rise_over_it() -> None:
    layers = (
        Layer(4.2, "flock", {"species": "sheep", "at": (-2.0, 2.0)}),
        Layer(2.6, "logs"),
        Layer(3.0, "poppies"),
    )
    there = replace(recipe(PlaceKind.meadow, False), layers=layers)
    flock, logs, poppies = belonging(there, (), [(POSE, 0.0)], 2.0, 1, 360).layers
    assert len(flock.options["at"]) == len(logs.options["avoid"]) == 2
    assert len(poppies.options["avoid"]) == 2
    assert logs.options["stays"], "or it would slide before them"
    asleep = replace(MAN, x=1.3, extent=Extent(-0.9, 0.9, 0.3, 0.0, 0.3, face_x=0.0))
    free, risen = (
        belonging(there, (asleep,), [(POSE, 0.0)], 2.0, 1, 360, names).layers[0].options["at"]
        for names in ((), {"man"})
    )
    assert 2.0 in free
    assert 2.0 not in risen


@pytest.mark.parametrize("piece", ["crystals", "way_out"])
def test_no_crystal_and_no_mouth_of_a_cave_is_behind_the_body_of_a_beast(piece: str) -> None:
    there = replace(recipe(PlaceKind.cave, True), layers=(Layer(4.0, piece),))
    (layer,) = cleared(there, kept_free([FOX]), POSE, 1).layers
    rump = POSE.scale(0.0) / POSE.scale(4.0) * -0.85
    assert any(abs(rump - middle) < half for middle, half in layer.options["avoid"])


def test_a_well_stands_beside_an_open_umbrella_at_every_moment() -> None:
    umbrella = Thing(ThingLook(kind="umbrella"), (), Ink(), 1)
    walks = replace(MAN, walks=0.5)
    player = Player.__new__(Player)
    object.__setattr__(player, "held", (umbrella,))
    over = roofs([walks], {"man": player})
    assert over[0].extent.width > 1.2
    then = moments([walks], [POSE, POSE, POSE], 6.0, over)
    there = replace(recipe(PlaceKind.village, False), layers=(Layer(3.0, "well", {"x": 2.0}),))
    (well,) = cleared(there, kept_free([walks], over), POSE, 1, later=then).layers
    rim = max(head.x + head.half for _, heads in then for head in heads)
    left, right = POSE.at(well.options["x"] - 1.15, 0.0, 3.0)[0], POSE.at(rim, 0.0, 0.0)[0]
    assert left >= right or well.options["x"] < 0


def test_no_clock_peeps_out_from_behind_a_drawing_board() -> None:
    board = Head(0.8, 0.0, 0.5, 0.7, 1.8)
    there = replace(recipe(PlaceKind.workshop, True), layers=(Layer(3.0, "clocks"),))
    (clocks,) = cleared(there, kept_free([replace(MAN, x=-1.0)]), POSE, 1, things=(board,)).layers
    at = 0.8 * POSE.scale(0.0) / POSE.scale(3.0)
    assert any(abs(at - middle) < half for middle, half in clocks.options["avoid"])


def outside(kind: PlaceKind) -> Picture:
    place = PlaceIn(id="p", words="", look=PlaceLook(kind=kind, interior=kind is PlaceKind.train))
    return Picture(sentence="", place=place, camera=CameraIn(size=ShotSize.wide), hour=Hour.noon)


def test_birds_fly_behind_nobody() -> None:
    told, there = outside(PlaceKind.meadow), recipe(PlaceKind.meadow, False)
    sky = air(told, False)
    free = Life(there, sky, told, SIZE, 5, POSE, 4.0)
    start, up, way = free._flock_at
    x, y = (start if way > 0 else 1 - start) * SIZE[0], free._flown_at(up)
    body = (x - 40, y - 40, x + 40, y + 40)
    beside = Life(there, sky, told, SIZE, 5, POSE, 4.0, [body])
    assert beside._flock_at != free._flock_at or not beside._flock
    assert not Life(there, sky, told, SIZE, 5, POSE, 4.0, [(0.0, 0.0, 640.0, 360.0)])._flock


def test_a_pole_that_passes_outside_a_train_is_not_seen_at_a_face() -> None:
    told, there = outside(PlaceKind.train), recipe(PlaceKind.train, True)
    seen = (Head(0.0, 0.0, 0.2, 1.5, 1.8),)
    stirring = Stirring(there, air(told, True), told, SIZE, 5, POSE, 1, seen)
    at = POSE.at(0.0, 0.0, 0.0)[0]
    assert stirring._off_the_faces(at + 20, POSE) == 0.0
    assert stirring._off_the_faces(at + 200, POSE) == 1.0


def test_a_letter_that_was_opened_stays_open(tmp_path: Path) -> None:
    made = photoplay.make("A teacher opens a letter and drops it", out=tmp_path / "film", until="board")
    assert made.film is not None
    film, was = made.film, False
    for shot in film.shots:
        for thing in picture(film, shot).things:
            if thing.look.kind == "letter":
                assert (Mark.open in thing.marks) is was
        was = was or (shot.event.action in (Action.open, Action.read) and shot.event.target == "letter")
    assert was


def test_an_open_letter_shows_its_sheet() -> None:
    drawn = []
    for marks in ((), (Mark.open,)):
        surface = skia.Surface(100, 100)
        canvas = surface.getCanvas()
        canvas.translate(50, 90)
        canvas.scale(250, 250)
        Thing(ThingLook(kind="letter"), marks, Ink(), 1).draw(canvas, 0.0)
        red = surface.toarray(colorType=skia.kRGBA_8888_ColorType).astype(int)
        drawn.append(((red[..., 0] - red[..., 1] > 90) & (red[..., 3] > 200)).sum())
    assert drawn[0] > 20
    assert drawn[1] == 0
