"""Hands that touch somebody lie on that body, and marks stand beside faces, apart from each other, in the
frame. Without it a push is a push at the air, a hug a knot, and sleep a tangle of strokes."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import skia

from photoplay.render.animatic import accents, feelings, notation
from photoplay.render.animatic.contact import touch_of
from photoplay.render.animatic.direction import business
from photoplay.render.animatic.figures.shapes import Point
from photoplay.render.animatic.handing import in_hand
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.pen import Pen
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.tripping import kicked_back, stumbled_over
from photoplay.render.animatic.utensils import (
    CAN_HAND,
    GLASS,
    POT_HAND,
    POT_UNDER,
    RING,
    STICK,
    lantern,
    match_at,
    pot,
)
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Age, Being, Facing, PlaceKind, ShotSize, Side, Stature

LENGTH = 4.0
CAT = BodyLook(being=Being.quadruped, species="cat")
DOG = BodyLook(being=Being.quadruped, species="dog")


def two(
    sentence: str,
    action: Action,
    other: BodyLook | None = None,
    mine: BodyLook | None = None,
    nouns: tuple[str, str] = ("boy", "girl"),
) -> Screen:
    one = FigureIn(
        id="a",
        noun=nouns[0],
        words="",
        look=mine or BodyLook(),
        action=action,
        side=Side.left,
        facing=Facing.right,
    )
    met = FigureIn(
        id="b", noun=nouns[1], words="", look=other or BodyLook(), side=Side.right, facing=Facing.left
    )
    picture = Picture(
        sentence=sentence,
        actor="a",
        action=action,
        target="b",
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.meadow)),
        camera=CameraIn(size=ShotSize.full),
        figures=(one, met),
    )
    return Screen(picture, (320, 180), 5, LENGTH)


def joints(screen: Screen, name: str, seconds: float) -> dict[str, Point]:
    """Of a person, on the stage: metres across and up."""
    placed = next(p for p in screen.staging.figures if p.id == name)
    player = screen._players[name]
    found = player.body.joints(screen._acted(placed, seconds), seconds)
    return {k: (placed.x + x * player.scale, placed.up - y * player.scale) for k, (x, y) in found.items()}


def wrists(screen: Screen, seconds: float) -> list[Point]:
    found = joints(screen, "a", seconds)
    return [found["r-wrist"], found["l-wrist"]]


def test_who_pushes_somebody_has_both_palms_on_them_and_they_lean_back() -> None:
    screen = two("The boy pushes the girl.", Action.push)
    before, after = joints(screen, "b", 0.0), joints(screen, "b", 3.0)
    for x, up in wrists(screen, 3.0):
        assert 0.0 < after["neck"][0] - x < 0.3  # a hand's length before the breast
        assert after["r-hip"][1] < up < after["neck"][1] + 0.05
    assert after["neck"][0] - after["r-hip"][0] > before["neck"][0] - before["r-hip"][0] + 0.12


def test_arms_of_a_hug_are_round_the_back_one_over_the_other() -> None:
    screen = two("The boy hugs the girl.", Action.hug)
    early, late = wrists(screen, 0.1), wrists(screen, 3.0)
    back = joints(screen, "b", 3.0)
    assert all(x > back["neck"][0] - 0.12 for x, _ in late)
    assert all(x < back["neck"][0] - 0.12 for x, _ in early)
    assert abs(late[0][1] - late[1][1]) > 0.12
    head, other = joints(screen, "a", 3.0)["nose"], back["nose"]
    assert 0.3 < math.dist(head, other) < 0.5, "near, but no face is behind the other"


@pytest.mark.parametrize("look", [CAT, DOG])
def test_a_hand_strokes_the_coat(look: BodyLook) -> None:
    screen = two("The boy pets the animal.", Action.reach, look)
    placed = next(p for p in screen.staging.figures if p.id == "b")
    me = next(p for p in screen.staging.figures if p.id == "a")
    assert me.depth < placed.depth  # the hand is seen
    for seconds in (0.4, 2.0, 3.6):
        x, y = screen._players["a"].body.hand(screen._acted(me, seconds), seconds) or (9.0, 9.0)
        x, up = me.x + x, me.up - y
        assert placed.x + placed.extent.left < x < placed.x + placed.extent.right
        assert abs(up - 0.9 * placed.extent.top) < 0.08


def test_a_cat_is_taken_up_to_be_hugged_and_a_dog_is_knelt_down_to() -> None:
    cat, dog = (two("The boy hugs the animal.", Action.hug, look) for look in (CAT, DOG))
    held = next(p for p in cat.staging.figures if p.id == "b")
    me = next(p for p in cat.staging.figures if p.id == "a")
    assert held.up > 0.35 * me.tall
    assert not cat._acting["a"].low
    assert next(p for p in dog.staging.figures if p.id == "b").up == 0.0
    assert dog._acting["a"].low
    box = held.extent
    for x, up in wrists(cat, 3.0):
        assert held.x + box.left - 0.12 < x < held.x + box.right
        assert held.up - 0.12 < up < held.up + box.top


def test_who_waves_or_pushes_a_way_touches_nobody() -> None:
    assert touch_of("push", "through") is None
    assert touch_of("wave", "") is None


class _Marks(Ink):
    """Keeps the boxes of what is drawn, in pixels."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[skia.Rect] = []

    def mark(self, canvas: skia.Canvas, path: skia.Path, colour: str, width: float, **more: object) -> None:
        box = path.computeTightBounds().makeOutset(width / 2, width / 2)
        self.boxes.append(canvas.getTotalMatrix().mapRect(box))

    def piece(self, canvas: skia.Canvas, path: skia.Path, colour: str, **more: object) -> None:
        self.boxes.append(canvas.getTotalMatrix().mapRect(path.computeTightBounds()))


def marked(draw, head: Point, mirrored: bool = False) -> list[skia.Rect]:
    """The boxes of marks round a head that is 20 pixels high in a frame of 160 x 90."""
    ink = _Marks()
    canvas = skia.Surface(160, 90).getCanvas()
    canvas.translate(*head)
    canvas.scale(-100 if mirrored else 100, 100)
    draw(Pen(canvas, ink, (0.0, 0.0), (), 0.2, 1.0, 0.5, 0.0))
    return ink.boxes


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("head", [(80.0, 60.0), (6.0, 60.0), (150.0, 12.0)])
@pytest.mark.parametrize("draw", [notation.slumber, notation.notes, notation.tune])
def test_letters_and_notes_stand_apart_and_whole_in_the_frame(draw, head: Point, mirrored: bool) -> None:
    boxes = marked(draw, head, mirrored)
    groups = [boxes[k : k + len(boxes) // 3] for k in range(0, len(boxes), len(boxes) // 3)]
    joined = []
    for group in groups:
        whole = skia.Rect.MakeEmpty()
        for box in group:
            whole.join(box)
        joined.append(whole)
        frame = skia.Rect.MakeWH(160, 90)
        assert frame.contains(whole)
    for n, one in enumerate(joined):
        for other in joined[n + 1 :]:
            shared = skia.Rect.MakeLTRB(one.left(), one.top(), one.right(), one.bottom())
            overlap = shared.width() * shared.height() if shared.intersect(other) else 0.0
            assert overlap < 0.12 * min(one.width() * one.height(), other.width() * other.height())


@pytest.mark.parametrize("head", [(80.0, 60.0), (80.0, 14.0)])
def test_a_question_mark_leaves_the_face_free(head: Point) -> None:
    face = skia.Rect.MakeXYWH(head[0] - 6, head[1] - 8, 12, 18)
    boxes = marked(feelings.sought, head)
    assert boxes
    for box in boxes:
        assert not face.intersects(box)


def test_tears_run_down_the_face() -> None:
    boxes = marked(feelings.tears, (80.0, 40.0))
    assert boxes
    assert all(abs(box.centerX() - 80.0) < 8 for box in boxes)


def test_marks_know_that_a_mirrored_letter_is_turned_back() -> None:
    for mirrored in (False, True):
        canvas = skia.Surface(10, 10).getCanvas()
        canvas.scale(-1 if mirrored else 1, 1)
        pen = Pen(canvas, _Marks(), (0.0, 0.0), (), 0.2, 1.0, 0.5, 0.0)
        assert pen.reads == (-1.0 if mirrored else 1.0)


def alone(
    sentence: str, action: Action, place: PlaceKind, interior: bool, *kinds: str, **more: object
) -> Screen:
    """Somebody in a place with things that stand there."""
    one = FigureIn(id="a", noun="boy", words="", look=more.pop("look", BodyLook()), action=action)  # type: ignore[arg-type]
    things = tuple(ThingIn(id=kind, words="", look=ThingLook(kind=kind)) for kind in kinds)
    picture = Picture(
        sentence=sentence,
        actor="a",
        action=action,
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=place, interior=interior)),
        camera=CameraIn(size=ShotSize.full),
        figures=(one,),
        things=things,
        **more,  # type: ignore[arg-type]
    )
    return Screen(picture, (320, 180), 5, LENGTH)


def used(screen: Screen) -> str:
    figure = screen.picture.figures[0]
    return business(screen.picture, figure, figure.action)


def test_hands_lie_on_the_keys_of_a_piano_that_stands_there() -> None:
    screen = alone("The boy plays.", Action.play, PlaceKind.room, True, "piano")
    piano = screen.staging.things[0]
    assert screen._acting["a"].manner == "keys"
    for x, up in wrists(screen, 1.0):
        assert 0.3 * piano.extent.width < abs(x - piano.x) < 0.6 * piano.extent.width, "at its keyboard"
        assert 0.4 * piano.extent.height < up < 0.82 * piano.extent.height
    assert (
        alone("The boy plays ball.", Action.play, PlaceKind.room, True, "piano")._acting["a"].manner != "keys"
    )
    named = alone("The boy plays the piano.", Action.play, PlaceKind.room, True)
    assert [t.look.kind for t in named.picture.things] == ["piano"]


def test_no_bed_or_desk_stands_in_the_road_and_robots_sit_to_sleep() -> None:
    assert used(alone("The boy sleeps.", Action.sleep, PlaceKind.bedroom, True)) == "pallet"
    assert used(alone("The boy sleeps.", Action.sleep, PlaceKind.road, False)) == "bedroll"
    assert used(alone("The boy writes.", Action.write, PlaceKind.room, True)) == "desk"
    assert used(alone("The boy writes.", Action.write, PlaceKind.road, False)) == "knee"
    robot = BodyLook(being=Being.robot, species="robot")
    assert used(alone("It sleeps.", Action.sleep, PlaceKind.road, False, look=robot)) == ""


@pytest.mark.parametrize("interior", [True, False])
def test_who_writes_sits_with_the_pen_on_the_sheet(interior: bool) -> None:
    screen = alone("The boy writes.", Action.write, PlaceKind.room if interior else PlaceKind.road, interior)
    found = joints(screen, "a", 1.0)
    tall = screen._players["a"].body.height
    assert found["nose"][1] < 0.75 * tall  # lower than who stands
    for x, up in wrists(screen, 1.0):
        assert 0.28 * tall < up < 0.55 * tall
        assert abs(x - found["neck"][0]) > 0.02 * tall


def test_what_is_found_is_picked_up_and_what_is_sought_is_not_in_sight() -> None:
    found = alone("The boy finds a key.", Action.look, PlaceKind.road, False, "key", target="key")
    assert found.picture.figures[0].holds == ("key",)
    assert found._acting["a"].manner == "up"
    piano = alone("The boy finds the piano.", Action.look, PlaceKind.road, False, "piano", target="piano")
    assert piano.picture.figures[0].holds == ()
    sought = alone("The boy searches for the key.", Action.search, PlaceKind.road, False, "key", target="key")
    assert sought.picture.things == ()
    chest = alone(
        "The boy searches the chest.", Action.search, PlaceKind.road, False, "chest", target="chest"
    )
    assert [t.id for t in chest.picture.things] == ["chest"]


def test_tracks_are_followed_bent_over_them_with_the_feet_in_the_frame() -> None:
    screen = alone("The boy follows the footprints.", Action.walk, PlaceKind.snowfield, False)
    assert screen._acting["a"].manner == "tracks"
    placed = screen.staging.figures[0]
    assert screen.staging.pose.at(placed.x, placed.up, placed.depth)[1] < 180
    found = joints(screen, "a", 1.0)
    assert abs(found["neck"][0] - found["r-hip"][0]) > 0.15  # bent
    plain = alone("The boy follows the girl.", Action.walk, PlaceKind.snowfield, False)
    assert plain._acting["a"].manner != "tracks"


@pytest.mark.parametrize(
    ("sentence", "action", "spot"),
    [
        ("The boy pours tea.", Action.cook, POT_HAND),
        ("The boy waters the garden.", Action.dig, CAN_HAND),
    ],
)
def test_a_pot_and_a_can_are_held_by_the_handle(sentence: str, action: Action, spot: Point) -> None:
    screen = alone(sentence, action, PlaceKind.garden, False)
    player, placed = screen._players["a"], screen.staging.figures[0]
    tall = player.body.height
    hand = player.body.hand(screen._acted(placed, 1.0), 1.0)
    assert hand is not None
    assert math.dist((abs(hand[0]) / tall, hand[1] / tall), spot) < 0.06
    assert in_hand(player, screen._players, screen.picture, screen._met, 1.0).held == ()  # not drawn twice


def test_fingers_are_round_the_handle_of_a_pot_and_the_other_hand_is_under_it() -> None:
    screen = alone("The boy pours tea.", Action.cook, PlaceKind.garden, False)
    player, placed = screen._players["a"], screen.staging.figures[0]
    joints, tall = player.body.joints(screen._acted(placed, 1.0), 1.0), player.body.height
    for spot in (POT_HAND, POT_UNDER):
        assert any(math.dist((abs(x) / tall, y / tall), spot) < 0.08
                   for x, y in (joints["r-wrist"], joints["l-wrist"]))  # fmt: skip
    seen = []
    for skin in ("#000000", "#ffffff"):
        surface = skia.Surface(200, 200)
        canvas = surface.getCanvas()
        canvas.scale(200, 200)
        canvas.translate(0.0, 1.0)
        pot(canvas, Ink(0.01), "#8d5a8a", skin)
        x, y = POT_HAND
        seen.append(surface.toarray()[round(200 * (1 + y)), round(200 * x), :3].astype(int))
    assert abs(seen[0] - seen[1]).max() > 100, "the pot is drawn over an empty hand"


def test_a_match_is_brought_to_the_candle_and_taken_away() -> None:
    wick = STICK[0] + 0.02, STICK[1] - 0.18
    far = [math.dist(match_at(share), wick) for share in (0.0, 0.5, 1.0)]
    assert far[1] < 0.1 < min(far[0], far[2])
    candle = alone("The boy lights a candle.", Action.light, PlaceKind.road, False, "candle", target="candle")
    assert used(candle) == "wick"


def test_a_lantern_that_is_lit_hangs_by_its_ring_from_the_hand() -> None:
    told = alone("The boy lights a lantern.", Action.light, PlaceKind.road, False, "lantern").picture
    held = told.model_copy(
        update={
            "target": "lantern",
            "figures": (told.figures[0].model_copy(update={"holds": ("lantern",)}),),
            "things": (ThingIn(id="lantern", words="", look=ThingLook(kind="lantern"), held=True),),
        }
    )
    lamp = Screen(held, (320, 180), 5, LENGTH)
    boy, placed = lamp._players["a"].body, lamp.staging.figures[0]
    way = -1.0 if placed.facing is Facing.left else 1.0
    for share in (0.1, 0.5, 0.9):
        laid = lamp._hands.lays(placed, lamp._acting["a"], share * 1.8)
        ends = [laid[1][0] / (way * boy.height), laid[1][1] / boy.height]
        assert math.dist(ends, RING) < 0.01, "the lantern hangs in the air beside the hand"
        surface = skia.Surface(200, 200)
        canvas = surface.getCanvas()
        canvas.scale(200, 200)
        canvas.translate(0.0, 1.0)
        lantern(canvas, Ink(0.01), share, match_at(share, glazed=True), "#ff00ff")
        under = surface.toarray()[round(200 * (1 + RING[1])) + 6 :, :, 3]
        assert under.any(), "it stands on the hand"
        assert surface.toarray()[: round(200 * (1 + RING[1])) - 8, :, 3].max() < 160
    far = [math.dist(match_at(share, glazed=True), GLASS) for share in (0.0, 0.5, 1.0)]
    assert far[1] < 0.02 < min(far[0], far[2])


@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
@pytest.mark.parametrize("kind", ["candle", "lantern"])
def test_a_close_look_at_what_is_lit_has_it_whole_in_the_frame(kind: str, facing: Facing) -> None:
    told = alone(f"The boy lights a {kind}.", Action.light, PlaceKind.room, True, kind).picture
    boy = told.figures[0].model_copy(update={"holds": (kind,), "facing": facing})
    thing = ThingIn(id=kind, words="", look=ThingLook(kind=kind), held=True)
    camera = told.camera.model_copy(update={"size": ShotSize.insert})
    close = {"target": kind, "figures": (boy,), "things": (thing,), "camera": camera}
    screen = Screen(told.model_copy(update=close), (320, 180), 5, LENGTH)
    (placed,), tall = screen.staging.figures, screen._players["a"].body.height * screen._players["a"].scale
    way = -1.0 if placed.facing is Facing.left else 1.0
    x, y = RING if kind == "lantern" else STICK
    for up in (-y, -y + (-0.3 if kind == "lantern" else 0.27)):
        px, py = screen.staging.pose.at(placed.x + way * x * tall, up * tall, placed.depth)
        assert 16 < px < 304
        assert 0 < py < 180


def test_a_pulled_rope_is_taut_and_a_locked_door_is_there() -> None:
    rope = alone("The boy pulls at the rope.", Action.pull, PlaceKind.road, False, "rope", target="rope")
    assert rope.picture.things == ()
    assert used(rope) == "sledge"
    assert used(alone("The boy pulls at a locked door.", Action.pull, PlaceKind.road, False)) == "knocked"


def test_the_stranger_from_whom_one_backs_away_is_seen() -> None:
    dark = []
    for whom in ("a stranger", "the cold"):
        screen = alone(f"The boy backs away from {whom}.", Action.hide, PlaceKind.snowfield, False)
        surface = skia.Surface(320, 180)
        screen.draw(surface.getCanvas(), 2.0, screen.path(2.0))
        dark.append(int((np.asarray(surface.toarray())[..., :3].max(axis=2) < 60).sum()))
    assert dark[0] > dark[1] + 800  # somebody dark stands there


@pytest.mark.parametrize(
    ("species", "age"),
    [("horse", "child"), ("donkey", "adult"), ("cow", "adult")],
)
def test_the_muzzle_that_is_stroked_is_before_the_hand_and_not_before_the_face(
    species: str, age: str
) -> None:
    look = BodyLook(being=Being.quadruped, species=species)
    screen = two("The boy pets the horse.", Action.reach, look, BodyLook(age=age))
    one, beast = (next(p for p in screen.staging.figures if p.id == i) for i in "ab")
    way = 1.0 if beast.x > one.x else -1.0
    near = beast.x + (beast.extent.left if way > 0 else beast.extent.right)
    room = way * (near - joints(screen, "a", 2.0)["nose"][0])
    assert room > 0.05 * one.tall, "its muzzle is on the face"
    hand = min(abs(x - near) for x, _ in wrists(screen, 2.0))
    assert hand < 0.25 * one.tall, "the hand is at nothing"


def test_who_pets_a_horse_as_high_as_itself_stands_at_its_neck_with_the_hand_on_it() -> None:
    horse = BodyLook(being=Being.quadruped, species="horse")
    screen = two("The man pets the horse.", Action.reach, horse, nouns=("man", "horse"))
    one, beast = (next(p for p in screen.staging.figures if p.id == i) for i in "ab")
    assert one.facing is beast.facing
    assert one.depth < beast.depth
    way = 1.0 if beast.facing is Facing.right else -1.0
    head = beast.x + beast.extent.face_x
    assert way * (head - joints(screen, "a", 2.0)["nose"][0]) > 0.1 * one.tall, "before its face"
    assert any(
        abs(x - head) < 0.3 * one.tall and up > 0.5 * beast.extent.eyes for x, up in wrists(screen, 2.0)
    )


@pytest.mark.parametrize("species", ["goat", "dog"])
def test_who_kneels_beside_an_animal_has_no_hand_in_its_mouth(species: str) -> None:
    look = BodyLook(being=Being.quadruped, species=species)
    screen = two("The man kneels beside it.", Action.kneel, look, nouns=("man", species))
    one, beast = (next(p for p in screen.staging.figures if p.id == i) for i in "ab")
    near = beast.x + (beast.extent.left if beast.x > one.x else beast.extent.right)
    way = 1.0 if beast.x > one.x else -1.0
    assert all(way * (near - x) > 0.02 or up < 0.5 * beast.extent.eyes for x, up in wrists(screen, 3.6))


@pytest.mark.parametrize("sentence", ["The man shears the sheep.", "The man saddles the sheep."])
def test_an_animal_is_worked_on_with_hands_on_its_coat_and_no_tool(sentence: str) -> None:
    sheep = BodyLook(being=Being.quadruped, species="sheep")
    screen = two(sentence, Action.work, sheep, nouns=("man", "sheep"))
    beast = next(p for p in screen.staging.figures if p.id == "b")
    assert screen._acting["a"].action is Action.reach
    left, right = beast.x + beast.extent.left, beast.x + beast.extent.right
    assert any(left < x < right and up > 0.6 * beast.extent.top for x, up in wrists(screen, 2.0))


@pytest.mark.parametrize("species", ["goat", "cow", "dog"])
def test_a_beast_is_pushed_from_behind_and_no_face_is_at_its_muzzle(species: str) -> None:
    look = BodyLook(being=Being.quadruped, species=species)
    screen = two("The man pushes it.", Action.push, look, nouns=("man", species))
    one, beast = (next(p for p in screen.staging.figures if p.id == i) for i in "ab")
    assert one.facing is beast.facing
    way = 1.0 if beast.x > one.x else -1.0
    rump = beast.x + (beast.extent.left if way > 0 else beast.extent.right)
    assert way * (rump - joints(screen, "a", 2.0)["nose"][0]) > 0.0
    assert min(abs(x - rump) for x, _ in wrists(screen, 2.0)) < 0.16 * one.tall


@pytest.mark.parametrize(("sentence", "action"), [("The boy hugs the dragon.", Action.hug),
                                                  ("The boy pets the dragon.", Action.reach)])  # fmt: skip
def test_a_dragon_bows_its_head_to_who_hugs_or_pets_it(sentence: str, action: Action) -> None:
    dragon = BodyLook(being=Being.dragon, species="dragon")
    screen = two(sentence, action, dragon, nouns=("boy", "dragon"))
    one, it = (next(p for p in screen.staging.figures if p.id == i) for i in "ab")
    assert screen._hands.nuzzled == ("a", "b")
    head = screen._acting["b"].level * screen._players["b"].body.eyes * screen._players["b"].scale
    assert head < 1.1 * one.extent.eyes
    near = it.x + (it.extent.left if it.x > one.x else it.extent.right)
    assert min(abs(x - near) for x, _ in wrists(screen, 2.0)) < 0.2 * one.tall


def test_who_pets_a_whale_stands_before_it_with_the_hand_on_its_skin() -> None:
    screen = two(
        "The boy pets the whale.", Action.reach, BodyLook(being=Being.whale, species="whale"), BodyLook()
    )
    one, whale = (next(p for p in screen.staging.figures if p.id == i) for i in "ab")
    assert screen._acting["a"].manner == "stroke"
    assert one.extent.eyes > 0.75 * screen._players["a"].body.height * screen._players["a"].scale
    way = 1.0 if whale.x > one.x else -1.0
    near = whale.x + (whale.extent.left if way > 0 else whale.extent.right)
    assert way * (near - one.x) > 0.2 * one.tall, "half behind its snout"
    assert min(abs(x - near) for x, _ in wrists(screen, 2.0)) < 0.2 * one.tall


def test_tears_are_dried_and_not_stroked_where_the_other_is_as_tall() -> None:
    screen = two("The boy dries the girl's tears.", Action.reach)
    assert screen._acting["a"].manner == "dry"


def test_who_is_pushed_away_has_no_arm_before_the_pusher() -> None:
    screen = two("The boy pushes the girl away.", Action.push)
    one, other = (next(p for p in screen.staging.figures if p.id == i) for i in "ab")
    way = 1.0 if other.x > one.x else -1.0
    found = joints(screen, "b", 3.6)
    hips = (found["r-hip"][0] + found["l-hip"][0]) / 2
    assert all(way * (found[n][0] - hips) > -0.05 for n in ("r-wrist", "l-wrist"))


@pytest.mark.parametrize(("kind", "goes"), [("bucket", True), ("chair", True), ("stone", False)])
def test_what_somebody_falls_over_lies_at_the_feet_and_is_not_among_the_legs(kind: str, goes: bool) -> None:
    one = FigureIn(id="a", noun="girl", words="", look=BodyLook(), action=Action.fall, facing=Facing.right)
    it = ThingIn(id="it", words=kind, look=ThingLook(kind=kind), side=Side.right)
    picture = Picture(
        sentence=f"The girl trips over a {kind}.",
        actor="a",
        action=Action.fall,
        target="it",
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.meadow)),
        camera=CameraIn(size=ShotSize.full),
        figures=(one,),
        things=(it,),
    )
    assert (stumbled_over(picture) == "it") is goes
    screen = Screen(picture, (320, 180), 5, LENGTH)
    actor, thing = screen.staging.figures[0], next(t for t in screen.staging.things if t.id == "it")
    away, lean = kicked_back(thing, actor, 0.9)
    if goes:
        assert screen._kicked(thing, 0.9 * LENGTH) == (away, lean)
        feet = [joints(screen, "a", 3.6)[n][0] for n in ("r-ankle", "l-ankle")]
        assert thing.x + away + 0.5 * thing.extent.height < min(feet) + 0.1 * actor.tall
        assert abs(lean) > 80
    else:
        assert screen._kicked(thing, 0.9 * LENGTH) == (0.0, 0.0)
        assert thing.depth > actor.depth, "it is before the legs"


def test_a_question_hangs_over_an_animal_that_sniffs_at_the_ground_and_not_on_its_ears(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at: list[float] = []
    monkeypatch.setattr(feelings, "query", lambda pen, x, y, size: at.append(y + 0.75 * size))
    canvas = skia.Surface(600, 600).getCanvas()
    canvas.translate(300, 560)
    canvas.scale(200, 200)
    feelings.sought(Pen(canvas, Ink(0.01), (0.8, -0.3), (), 0.3, 0.0, 0.5, 0.0))
    assert at[0] < -0.85


def test_no_strokes_of_surprise_lie_on_the_body_of_a_whale() -> None:
    whale = BodyLook(being=Being.whale, species="whale")
    screen = two("The boy finds the whale.", Action.look, whale)
    acting = {i: screen._acting[i] for i in "ab"}
    assert acting["a"].manner == "find"
    met = replace(acting["b"], action=Action.look, manner="find")
    assert accents._drawing(screen._players["a"], acting["a"]) is feelings.startled
    assert accents._drawing(screen._players["b"], met) is None


def test_the_board_of_who_writes_out_of_doors_is_in_the_frame_with_the_knees_it_lies_on() -> None:
    screen = alone("The boy writes.", Action.write, PlaceKind.road, False)
    picture = screen.picture.model_copy(update={"camera": CameraIn(size=ShotSize.medium)})
    near = Screen(picture, (320, 180), 5, LENGTH)
    joints = near.joints(1.0, near.path(1.0), 1.0)["a"]
    assert max(joints[f"{side}-knee"][1] for side in "lr") < 0.85 * 180


def test_who_dances_with_a_child_holds_it_by_both_hands_and_no_knee_is_in_its_face() -> None:
    child = BodyLook(age=Age.child, stature=Stature.small)
    picture = two("The man dances with the girl.", Action.dance, other=child).picture
    figures = tuple(f.model_copy(update={"action": Action.dance}) for f in picture.figures)
    screen = Screen(picture.model_copy(update={"figures": figures}), (320, 180), 5, LENGTH)
    for seconds in (0.8, 1.7, 2.6):
        tall, short = joints(screen, "a", seconds), joints(screen, "b", seconds)
        for side in "rl":
            gaps = [math.dist(tall[f"{side}-wrist"], short[f"{other}-wrist"]) for other in "rl"]
            assert min(gaps) < 0.28  # from wrist to wrist
            assert short["nose"][0] - tall[f"{side}-knee"][0] > 0.5
            assert short[f"{side}-wrist"][0] - tall["neck"][0] > 0.33, "its hands are at the thigh"


def test_the_sound_that_somebody_hears_is_as_near_as_a_close_up_has_room_for_it() -> None:
    """Its note at the far end of it is within a head and a half of the middle of the face, and not on it."""
    surface = skia.Surface(400, 200)
    canvas = surface.getCanvas()
    canvas.translate(100, 100)
    canvas.scale(100, 100)
    for seconds in (0.0, 0.24, 0.49):
        feelings.heard(Pen(canvas, Ink(), (0.0, 0.0), (), 1.0, seconds, 0.5, 0.0))
    columns = np.flatnonzero((surface.toarray()[..., 3] > 60).any(axis=0))
    assert columns.min() > 100 + 55
    assert columns.max() < 100 + 155
