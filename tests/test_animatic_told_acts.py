"""Acts that were taken for others are told: prayer, carving, packing, an animal's dance, a nuzzle, a reach."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import skia
from test_animatic_landmarks import being, picture

from photoplay.render.animatic.direction import business, directed_picture
from photoplay.render.animatic.figures import Acting, Figure
from photoplay.render.animatic.figures.gaits import gait
from photoplay.render.animatic.figures.mood import mood
from photoplay.render.animatic.figures.performances import MANNERS
from photoplay.render.animatic.flung import line_thrown
from photoplay.render.animatic.grip import implement
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.intent import intended
from photoplay.render.animatic.meeting import meetings
from photoplay.render.animatic.mind import minded
from photoplay.render.animatic.packing import packs
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.lexicon import manner_of
from photoplay.storyboard.looks import BodyLook, ThingLook
from photoplay.storyboard.picture import CameraIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Being, Expression, Facing, ShotSize, Side

MAN, HORSE = BodyLook(presents="man"), BodyLook(being=Being.quadruped, species="horse")
DOG, CROC = (BodyLook(being=Being.quadruped, species=s) for s in ("dog", "crocodile"))


def test_who_prays_has_the_palms_together_before_the_chest_and_the_eyes_shut() -> None:
    acting = Acting(Action.kneel, Expression.neutral, Facing.right, manner="pray")
    body = Figure(MAN, (), Ink(), 1)
    joints = body.joints(acting, 3.0)
    hands = [np.array(joints[f"{side}-wrist"]) for side in "rl"]
    assert np.linalg.norm(hands[0] - hands[1]) < 0.08 * body.height
    assert all(joints["nose"][1] < hand[1] - 0.05 * body.height for hand in hands)  # under the face
    assert mood(acting, 1.0, 0).open == 0.0


def test_who_carves_has_a_hammer_and_not_a_saw() -> None:
    assert manner_of(Action.work, "The man carves the statue.") == "carve"
    assert (Action.work, "carve") in MANNERS
    assert implement(Action.work, "carve") == "hammer"


def test_a_crocodile_dances_on_all_fours_and_no_trunk_stands_up_like_a_plank() -> None:
    acting = Acting(Action.dance, Expression.happy, Facing.right)
    raised = [gait(acting, 0.1 * n, 0, low=True) for n in range(12)]
    assert max(abs(step.tilt) for step in raised) < 15
    assert max(foot[1] for step in raised for foot in step.feet[:2]) > 0.6
    assert not gait(Acting(Action.hug, Expression.happy, Facing.right), 1.0, 0, low=True).sitting
    assert gait(acting, 1.0, 0).tilt > 40  # a dog rears up


def test_an_animal_that_nuzzles_does_it_itself() -> None:
    pair = being("dog", DOG, Action.hug, Side.left), being("man", MAN, Action.stand, Side.right)
    (nuzzles,) = meetings(picture(*pair, sentence="The dog nuzzles the man."))
    assert (nuzzles.kind, nuzzles.one) == ("nose", "dog")
    (hugs,) = meetings(picture(*pair, sentence="The dog hugs the man."))
    assert hugs.kind == "hug"


def test_a_crocodile_is_hugged_by_the_neck_on_the_ground() -> None:
    pair = being("man", MAN, Action.hug, Side.left), being("croc", CROC, Action.stand, Side.right)
    screen = Screen(picture(*pair, sentence="The man hugs the crocodile."), (320, 180), 1, 4.0)
    man, croc = (next(p for p in screen.staging.figures if p.id == i) for i in ("man", "croc"))
    assert croc.up == 0.0
    way = 1.0 if croc.extent.face_x > 0 else -1.0
    assert way * (man.x - croc.x) > 0  # ahead of its middle


def test_the_whole_horse_is_seen_that_reaches_for_an_apple() -> None:
    apple = ThingIn(id="it", words="", look=ThingLook(kind="apple"))
    told = picture(being("horse", HORSE, Action.reach, Side.centre), sentence="The horse reaches for it.")
    told = told.model_copy(
        update={"things": (apple,), "target": "it", "camera": CameraIn(size=ShotSize.insert, focus="it")}
    )
    camera = directed_picture(told, {"horse": 1.6}, {"it": 0.1}).camera
    assert (camera.size, camera.focus) == (ShotSize.full, None)


@pytest.mark.parametrize(("held", "shirt"), [((), True), (("it",), False)])
def test_what_is_named_is_packed_and_no_shirt(held: tuple[str, ...], shirt: bool) -> None:

    piece = ThingIn(id="it", words="", look=ThingLook(kind="chess piece"), held=bool(held))
    man = being("man", MAN, Action.work, Side.centre).model_copy(update={"holds": held})
    told = picture(man, sentence="The man packs up the chess piece.")
    told = told.model_copy(update={"things": (piece,) if held else ()})
    screen = Screen(told, (320, 180), 1, 4.0)
    player = screen._players["man"]
    packer = replace(player, acting=replace(player.acting, manner="pack"))
    assert packs(packer) is shirt


def test_a_board_is_there_when_somebody_laughs_or_quarrels_over_it() -> None:
    for action, words in (
        (Action.laugh, "laughs over the board"),
        (Action.talk, "argues over the chess board"),
    ):
        man = being("man", MAN, action, Side.centre)
        told = picture(man, sentence=f"The man {words}.")
        assert business(told, man, action) == "board"
        assert business(told.model_copy(update={"sentence": "The man laughs."}), man, action) == ""


def test_who_climbs_onto_a_horse_sits_on_it_and_it_stands_still() -> None:
    pair = being("boy", MAN, Action.climb, Side.left), being("horse", HORSE, Action.stand, Side.right)
    screen = Screen(picture(*pair, sentence="The boy climbs onto the horse."), (320, 180), 1, 4.0)
    boy = next(p for p in screen.staging.figures if p.id == "boy")
    assert boy.rides == "horse"
    assert screen._acting["horse"].action is Action.stand


@pytest.mark.parametrize(("about", "kind"), [("", "castle"), (" about a ship", "sailing ship")])
def test_a_story_that_is_told_is_seen_in_a_cloud_and_its_listener_stays(about: str, kind: str) -> None:
    pair = being("man", MAN, Action.talk, Side.left), being("dog", DOG, Action.listen, Side.right)
    told = picture(*pair, sentence=f"The man tells the dog a story{about}.")
    mind, seen = minded(told)
    assert mind is not None
    assert mind.thing is not None
    assert mind.thing.kind == kind
    assert len(seen.figures) == 2
    assert minded(told.model_copy(update={"sentence": "The man talks to the dog."}))[0] is None


def test_who_is_shown_something_turns_to_it_and_looks() -> None:
    man = being("man", MAN, Action.point, Side.right).model_copy(update={"holds": ("it",)})
    boy = being("boy", MAN, Action.listen, Side.left).model_copy(update={"facing": Facing.left})
    clock = ThingIn(id="it", words="", look=ThingLook(kind="clock"), held=True)
    told = picture(man, boy, sentence="The man shows the clock to the boy.")
    seen = intended(told.model_copy(update={"things": (clock,)}))
    by = {f.id: f for f in seen.figures}
    assert by["man"].action is Action.hold
    assert (by["man"].facing, by["boy"].facing) == (Facing.left, Facing.right)
    assert (by["boy"].action, by["boy"].gaze) == (Action.look, "man")
    assert by["boy"].expression is Expression.surprised


def test_of_ponies_that_are_searched_for_none_is_there() -> None:
    girl = being("girl", MAN, Action.search, Side.left)
    ponies = [
        being(f"pony{n}", HORSE, Action.stand, Side.right).model_copy(update={"noun": f"{n} pony"})
        for n in ("elder", "younger")
    ]
    told = picture(girl, *ponies, sentence="The girl searches for the ponies.")
    assert [f.id for f in minded(told)[1].figures] == ["girl"]
    one = told.model_copy(update={"sentence": "The girl searches for the elder pony."})
    assert [f.id for f in minded(one)[1].figures] == ["girl", "ponyyounger"]


def test_a_rope_is_thrown_out_of_the_hand_that_is_ahead() -> None:
    man = being("man", MAN, Action.throw, Side.left).model_copy(update={"holds": ("it",)})
    rope = ThingIn(id="it", words="", look=ThingLook(kind="rope"), held=True)
    told = picture(man, sentence="The man throws a rope.").model_copy(update={"things": (rope,)})
    player = Screen(told, (320, 180), 1, 4.0)._players["man"]
    way, seconds = 1.0, 3.0
    joints = player.body.joints(player.acting, seconds)
    ahead = max(joints["r-wrist"], joints["l-wrist"], key=lambda p: p[0])
    surface = skia.Surface(400, 400)
    canvas = surface.getCanvas()
    canvas.translate(100, 380)
    canvas.scale(150, 150)
    line_thrown(canvas, Ink(), player, None, way, seconds)
    drawn = np.argwhere(surface.toarray()[..., 3] > 60)
    begins = ((drawn[:, 1].min() - 100) / 150, (drawn[drawn[:, 1].argmin(), 0] - 380) / 150)
    assert np.hypot(begins[0] - ahead[0], begins[1] - ahead[1]) < 0.08 * player.body.height


@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
def test_a_wheelbarrow_is_pushed_with_its_wheel_ahead(facing: Facing) -> None:
    side = Side.right if facing is Facing.left else Side.left
    man = being("man", MAN, Action.push, side).model_copy(update={"facing": facing})
    barrow = ThingIn(id="it", words="", look=ThingLook(kind="wheelbarrow"))
    told = picture(man, sentence="The man pushes the wheelbarrow.")
    screen = Screen(told.model_copy(update={"things": (barrow,), "target": "it"}), (320, 180), 1, 4.0)
    (pusher,), (pushed,) = screen.staging.figures, screen.staging.things
    assert pushed.facing is pusher.facing
    assert (pushed.x > pusher.x) is (pusher.facing is Facing.right)
