"""Figures: a character must be seen, look the same every time, and show its look, state and acting."""

import numpy as np
import pytest
import skia

from photoplay.render.animatic.figures import PERFORMED, Acting, Figure, figure_kinds
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.ink import Ink
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.vocabulary import (
    Action,
    Age,
    Being,
    Dress,
    Expression,
    Facing,
    HairStyle,
    Hat,
    Mark,
    Style,
)

STILL = Acting(Action.stand, Expression.neutral, Facing.camera)


def drawn(
    look=None, acting=STILL, t=0.5, marks=(), style=Style.cut_paper, seed=4, span=None, hold=None, face=False
):
    figure = Figure(look or BodyLook(), marks, Ink(style), seed)
    side = 128
    surface = skia.Surface(side, side)
    canvas = surface.getCanvas()
    canvas.clear(0xFFE8DFCE)
    scale = side * 0.8 / (span or max(figure.height, figure.width))
    if face:
        scale = side / (figure.height * 0.3)
        canvas.translate(side / 2, side / 2 + figure.eyes * scale)
    else:
        canvas.translate(side / 2, side * 0.93)
    canvas.scale(scale, scale)
    figure.draw(canvas, acting, t, 4.0, hold)
    return surface.makeImageSnapshot().toarray()[..., :3].astype(int)


def apart(a, b):
    return float((np.abs(a - b).max(axis=2) > 24).mean())


def covered(image):
    return float((np.abs(image - image[0, 0]).max(axis=2) > 20).mean())


@pytest.mark.parametrize("kind", sorted(figure_kinds()))
def test_every_species_is_drawn_with_sane_measures(kind):
    look = BodyLook(being=Being.creature, species=kind, coat_colour="#8a4a3a")
    figure = Figure(look, (), Ink(), 3)
    assert 0.1 < figure.height < 8
    assert 0.1 < figure.width < 12
    assert 0 < figure.eyes <= figure.height
    assert covered(drawn(look)) > 0.03


@pytest.mark.parametrize("vocabulary", [Dress, Hat, HairStyle, Age])
def test_each_value_of_a_person_s_look_shows(vocabulary):
    field = {Dress: "dress", Hat: "hat", HairStyle: "hair", Age: "age"}[vocabulary]
    images = {value: drawn(BodyLook(**{field: value})) for value in vocabulary}
    values = list(images)
    for i, one in enumerate(values):
        for other in values[i + 1 :]:
            assert apart(images[one], images[other]) > 0.002, (one, other)


def test_expressions_can_be_told_apart_in_a_close_up():
    faces = [drawn(acting=Acting(Action.stand, e, Facing.camera), face=True) for e in Expression]
    for i, one in enumerate(faces):
        for other in faces[i + 1 :]:
            assert apart(one, other) > 0.002


@pytest.mark.parametrize("action", sorted(PERFORMED))
def test_every_performed_action_moves_and_differs_from_standing(action):
    acting = Acting(action, Expression.neutral, Facing.right)
    frames = [drawn(acting=acting, t=t, span=2.4) for t in (0.0, 0.4, 0.8, 1.2, 1.6)]
    assert max(apart(frames[0], other) for other in frames[1:]) > 0.001
    if action is not Action.stand:
        stand = drawn(acting=Acting(Action.stand, Expression.neutral, Facing.right), t=0.4, span=2.4)
        assert max(apart(stand, frame) for frame in frames) > 0.002


def test_a_character_is_drawn_the_same_every_time():
    assert apart(drawn(), drawn()) == 0


def test_facings_differ_and_left_mirrors_right():
    views = {f: drawn(acting=Acting(Action.stand, Expression.neutral, f)) for f in Facing}
    assert apart(views[Facing.left], views[Facing.right]) > 0.02
    assert apart(views[Facing.left][:, ::-1], views[Facing.right]) < 0.05
    assert apart(views[Facing.camera], views[Facing.away]) > 0.02


@pytest.mark.parametrize(
    "mark", [Mark.wet, Mark.wounded, Mark.dirty, Mark.snowy, Mark.transparent, Mark.frozen]
)
@pytest.mark.parametrize("species", ["person", "dog"])
def test_a_state_shows(mark, species):
    look = BodyLook(species=species, being=Being.person if species == "person" else Being.quadruped)
    assert apart(drawn(look), drawn(look, marks=(mark,))) > 0.001


def test_a_mouth_moves_when_the_character_speaks():
    talking = Acting(Action.stand, Expression.neutral, Facing.camera, speaks=True)
    frames = [drawn(acting=talking, t=t, face=True) for t in (0.5, 0.67, 0.83, 1.0)]
    assert max(apart(frames[0], f) for f in frames[1:]) > 0.003


def test_the_eyes_follow_the_gaze():
    def eyes(x):
        return drawn(acting=Acting(Action.stand, Expression.neutral, Facing.camera, gaze=(x, 0.0)), face=True)

    assert apart(eyes(-1.0), eyes(1.0)) > 0.01


def test_what_is_held_is_drawn_once_at_the_hand_and_is_never_mirrored():
    seen = []

    def hold(canvas):
        seen.append(canvas.getTotalMatrix())

    for facing in Facing:
        for look in (BodyLook(), BodyLook(species="fox", being=Being.quadruped)):
            seen.clear()
            drawn(look, Acting(Action.hold, Expression.neutral, facing), hold=hold)
            assert len(seen) == 1
            assert seen[0].getScaleX() > 0


def test_an_unknown_species_is_drawn_with_its_name():
    one = BodyLook(being=Being.creature, species="quokka", known=False)
    other = BodyLook(being=Being.creature, species="snallygaster", known=False)
    assert covered(drawn(one)) > 0.05
    assert apart(drawn(one), drawn(other)) > 0.002


@pytest.mark.parametrize("style", list(Style))
def test_every_style_draws_people_and_animals(style):
    for species, being in (("person", Being.person), ("fox", Being.quadruped), ("robot", Being.robot)):
        assert covered(drawn(BodyLook(species=species, being=being), style=style)) > 0.03


def test_walking_covers_ground_and_standing_does_not():
    for species in ("person", "horse", "duck", "crab"):
        figure = Figure(BodyLook(species=species), (), Ink(), 1)
        assert figure.travels(Action.stand) == 0
        assert 0.1 < figure.travels(Action.walk) < figure.travels(Action.run) < 8


def test_a_whale_is_larger_than_a_person_and_a_mouse_is_smaller():
    heights = [Figure(BodyLook(species=s), (), Ink(), 1).height for s in ("mouse", "fox", "person", "whale")]
    assert heights == sorted(heights)
    assert Figure(BodyLook(species="whale"), (), Ink(), 1).floats
    assert not Figure(BodyLook(species="fox"), (), Ink(), 1).floats


@pytest.mark.parametrize("hat", sorted(Hat))
def test_no_hat_hides_the_face(hat):
    happy = Acting(Action.stand, Expression.happy, Facing.camera)
    afraid = Acting(Action.stand, Expression.afraid, Facing.camera)
    look = BodyLook(hat=hat)
    assert apart(drawn(look, happy, face=True), drawn(look, afraid, face=True)) > 0.005


def test_every_species_that_the_lexicon_knows_has_a_drawing_of_its_own():
    from photoplay.render.animatic.figures.unknown import Unknown
    from photoplay.storyboard import lexicon

    looks = [
        BodyLook(being=lexicon.look_up(kind, "creature").being, species=kind)
        for kind in sorted(lexicon.species() - {"person"})
    ]
    unknown = [
        look.species for look in looks if isinstance(Figure(look, (), Ink(Style.cut_paper), 1)._body, Unknown)
    ]
    assert unknown == []


@pytest.mark.parametrize(
    "action", [Action.hide, Action.sit, Action.kneel, Action.jump, Action.drive, Action.dig]
)
@pytest.mark.parametrize("facing", [Facing.right, Facing.left])
def test_feet_that_carry_somebody_are_flat_on_the_ground(action, facing):
    person = Person(BodyLook(), (), Ink(), 1)
    for k in range(12):
        bones = person.bones(Acting(action, Expression.neutral, facing), k / 5)
        low = [leg for leg in bones.legs if leg.end.y > -0.06 and leg.middle.y < leg.end.y - 0.12]
        for leg in low:
            assert abs(leg.tip.y - leg.end.y) < 0.035, "a foot on tiptoe dangles"


def test_wet_hair_keeps_its_tone_beside_the_skin():
    look = BodyLook(hair_colour="#dcb868", skin="#b0784f")
    dry, wet = (Person(look, marks, Ink(0), 0).look.hair_colour for marks in ((), (Mark.wet,)))
    darker = [int(wet[k : k + 2], 16) / int(dry[k : k + 2], 16) for k in (1, 3, 5)]
    assert all(0.8 < share < 1.0 for share in darker)


@pytest.mark.parametrize("act", [Action.take, Action.listen, Action.reach])
def test_a_bird_that_leans_stands_with_both_feet_on_the_ground(act):
    owl = BodyLook(being=Being.bird, species="owl", coat_colour="#444444")
    image = drawn(owl, Acting(act, Expression.neutral, Facing.right), t=4.0)
    orange = abs(image[..., 0] - image[..., 2]) > 80
    rows = [96 + np.nonzero(column)[0].max() for column in orange[96:].T if column.any()]
    assert len(rows) > 8
    assert max(rows) - min(rows) <= 2


@pytest.mark.parametrize("facing", [Facing.left, Facing.right])
def test_the_head_of_who_turns_away_is_turned_no_farther_than_the_body(facing: Facing) -> None:
    way = 1.0 if facing is Facing.right else -1.0
    acting = Acting(Action.stand, Expression.sad, facing, gaze=(way, 0.0), manner="away")
    bones = Person(BodyLook(), (), Ink(), 1).bones(acting, 2.0)
    assert way * bones.yaw > 80
    assert way * bones.head_yaw < 80, "a neck that is wrung"
