"""Kin: animals that share a kind in the lexicon are drawn as what they are called."""

import numpy as np
import pytest
import skia

from photoplay.render.animatic.accents import _DRAWN
from photoplay.render.animatic.afloat import hull
from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.direction import directed_picture
from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.figure import Figure
from photoplay.render.animatic.figures.quadruped import Quadruped
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.kin import kindred, own_kind
from photoplay.render.animatic.meeting import meetings
from photoplay.render.animatic.motions import skidded
from photoplay.render.animatic.mounts import backed, wheeled
from photoplay.render.animatic.props import laid_before
from photoplay.render.animatic.reactions import directed
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.craft import Craft, craft_told
from photoplay.storyboard.lexicon import look_up
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Age, Being, Expression, Facing, PlaceKind, ShotSize, View

PERSON = FigureIn(id="man", noun="man", words="", look=BodyLook())


def scene(noun, coat=None, age=Age.adult):
    entry = look_up(noun, "creature")
    assert entry is not None
    colour = coat or entry.attributes["coat_colour"]
    look = BodyLook(being=Being(entry.being), species=entry.kind, coat_colour=colour, age=age)
    who = FigureIn(id="it", noun=noun, words="", look=look, action=Action.stand)
    return Picture(
        sentence=f"The {noun} stands.",
        actor="it",
        action=Action.stand,
        place=PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.meadow)),
        figures=(who,),
    )


@pytest.mark.parametrize(
    ("noun", "shared"),
    [("stork", "heron"), ("seahorse", "fish"), ("toucan", "bird"), ("skunk", "badger"), ("walrus", "seal")],
)
def test_an_animal_is_drawn_as_the_one_that_it_is_called(noun, shared):
    picture = scene(noun)
    assert picture.figures[0].look.species == shared
    played = Screen(picture, (160, 90), 1, 2.0)
    assert played.picture.figures[0].look.species == noun


def test_a_coat_that_the_words_name_stays_and_any_other_is_its_own():
    own = kindred(scene("skunk")).figures[0].look.coat_colour
    assert own != scene("skunk").figures[0].look.coat_colour
    assert kindred(scene("skunk", "#aa3366")).figures[0].look.coat_colour == "#aa3366"


def test_a_panther_is_black_and_an_arctic_fox_white():
    def light(noun):
        return sum(bytes.fromhex(kindred(scene(noun)).figures[0].look.coat_colour[1:]))

    assert light("panther") < light("leopard") - 150
    assert light("arctic fox") > light("fox") + 150


def test_whom_an_animal_carries_sits_on_its_back():
    bear, hare = scene("bear").figures[0], scene("hare").figures[0].model_copy(update={"id": "hare"})
    picture = scene("bear").model_copy(
        update={
            "sentence": "The bear carries the hare.",
            "figures": (bear.model_copy(update={"action": Action.hold}), hare),
            "action": Action.hold,
            "target": "hare",
        }
    )
    staged = {p.id: p for p in Screen(picture, (160, 90), 1, 2.0).staging.figures}
    assert staged["hare"].rides == "it"
    assert staged["hare"].up > 0.5 * staged["it"].extent.top
    held = picture.model_copy(update={"sentence": "The bear carries the hare in its mouth."})
    assert not any(p.rides for p in Screen(held, (160, 90), 1, 2.0).staging.figures)


def test_who_is_pushed_by_an_animal_slides_away_from_it_and_leaves_furrows():
    wolf, man = scene("wolf").figures[0], PERSON
    goat = scene("goat").figures[0].model_copy(update={"id": "goat"})
    for other in (goat, man):
        picture = scene("wolf").model_copy(
            update={
                "sentence": "The wolf pushes it away.",
                "figures": (wolf.model_copy(update={"action": Action.push}), other),
                "action": Action.push,
                "target": other.id,
            }
        )
        played = Screen(picture, (160, 90), 1, 4.0)
        it, away = (next(p for p in played.staging.figures if p.id == i) for i in ("it", other.id))
        at = [abs(away.walked(t, 4.0) - it.walked(t, 4.0)) for t in (0.0, 2.0, 4.0)]
        assert at[0] < 0.5 * (it.extent.width + away.extent.width)
        assert at[0] + 0.3 < at[1] + 0.1 < at[2]
    assert _DRAWN[Action.stand, "shoved"] is skidded


def test_a_bear_that_is_named_carries_nobody():
    picture = scene("bear").model_copy(
        update={"sentence": "The bear and the man stand.", "figures": (*scene("bear").figures, PERSON)}
    )
    assert backed(picture.model_copy(update={"target": "man"})).action is Action.stand


def test_a_raft_is_a_raft_and_who_sails_has_a_sail():
    assert craft_told("The children sail away on the raft.") == Craft(raft=True, sail=True)
    assert craft_told("The sailor rows home.") == Craft()
    assert craft_told("The sailor sails out.") == Craft(sail=True)

    def hull_of(craft):
        surface = skia.Surface(200, 120)
        pose = Pose(x=0.0, height=1.2, distance=6.0, focal=150.0, centre=100.0, horizon=60.0)
        for behind in (True, False):
            hull(surface.getCanvas(), Ink(), (-1.5, 1.5), 0.0, pose, craft=craft, behind=behind)
        return surface.toarray()[..., 3] > 60

    boat, raft, sail = hull_of(Craft()), hull_of(Craft(raft=True)), hull_of(Craft(sail=True))
    assert (boat != raft).sum() > 100
    assert np.flatnonzero(sail.any(axis=1))[0] < np.flatnonzero(boat.any(axis=1))[0] - 20


def test_one_sits_between_the_wings_of_a_stork_and_not_before_its_neck():
    stork = Figure(BodyLook(being=Being.bird, species="stork"), (), Ink(), 3)
    ahead, up = stork.back(Acting(Action.walk, Expression.neutral, Facing.right), 0.0)
    assert ahead < 0
    assert up < 0.75 * stork.height


def test_two_who_race_on_bicycles_have_one_each():
    pair = (PERSON.model_copy(update={"action": Action.run}), PERSON.model_copy(update={"id": "boy"}))
    picture = scene("fox").model_copy(
        update={
            "sentence": "The man and the boy race on their bicycles.",
            "figures": pair,
            "actor": "man",
            "action": Action.run,
        }
    )
    riders = {p.id: p.rides for p in Screen(picture, (160, 90), 1, 2.0).staging.figures}
    assert len({*riders.values()} - {""}) == 2
    mends = picture.model_copy(update={"sentence": "The man works on his bicycle."})
    assert wheeled(mends) is mends


def test_an_animal_that_catches_another_has_its_paws_on_it():
    hen = scene("hen").figures[0].model_copy(update={"id": "hen"})
    fox = scene("fox").figures[0].model_copy(update={"action": Action.take})
    picture = scene("fox").model_copy(
        update={
            "sentence": "The fox catches the hen.",
            "figures": (fox, hen),
            "action": Action.take,
            "target": "hen",
        }
    )
    met = meetings(picture)
    assert [(m.kind, m.one, m.other) for m in met] == [("nose", "it", "hen")]
    assert directed(picture, met, interior=False) == {"it": Action.push, "hen": Action.lie}


def test_a_duckling_is_not_made_younger_than_its_drawing_and_a_kitten_stays_a_small_cat():
    assert kindred(scene("duckling", age=Age.child)).figures[0].look.age is Age.adult
    kitten = scene("kitten", age=Age.child)
    assert kindred(kitten) is kitten


def test_a_noun_that_is_no_name_of_that_species_changes_nothing():
    assert own_kind("little hamster", "mouse") is not None
    assert own_kind("hamster", "wolf") is None
    assert own_kind("fox", "fox") is None


def alone(noun, **more):
    picture = scene(noun)
    figure = picture.figures[0].model_copy(update=more)
    return picture.model_copy(update={"figures": (figure,), "action": figure.action})


def test_what_an_animal_has_in_its_mouth_is_seen_with_its_face_and_not_its_flank():
    thing = ThingIn(id="basket", words="basket", look=ThingLook(kind="basket"), held=True)
    picture = alone("bear", action=Action.hold, holds=("basket",))
    picture = picture.model_copy(
        update={"things": (thing,), "target": "basket", "camera": CameraIn(size=ShotSize.insert)}
    )
    seen = directed_picture(picture, {"it": 1.0}, {"basket": 0.4})
    assert seen.camera.size is ShotSize.medium_full


def test_no_shot_is_taken_over_the_back_of_an_animal():
    pair = (scene("fox").figures[0], scene("wolf").figures[0].model_copy(update={"id": "other"}))
    picture = scene("fox").model_copy(
        update={
            "figures": pair,
            "target": "other",
            "action": Action.listen,
            "camera": CameraIn(size=ShotSize.medium, view=View.over_shoulder),
        }
    )
    assert directed_picture(picture, {}, {}).camera.view is View.objective


def drawn(species, action):
    """Where ink lies of one figure drawn alone: left, top, right, bottom in its own heights, y up."""
    look = BodyLook(being=Being.bird, species=species, coat_colour="#4a4048")
    figure = Figure(look, (), Ink(), 3)
    surface = skia.Surface(300, 300)
    canvas = surface.getCanvas()
    canvas.translate(150, 250)
    canvas.scale(140 / figure.height, 140 / figure.height)
    figure.draw(canvas, Acting(action, Expression.neutral, Facing.right), 0.4, 4.0, None)
    ink = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., 3] > 60
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return (columns[0] - 150) / 140, (250 - rows[0]) / 140, (columns[-1] - 150) / 140, (250 - rows[-1]) / 140


def test_a_bat_spreads_both_wings_in_the_air_and_hangs_from_a_twig_asleep():
    left, _, right, low = drawn("bat", Action.stand)
    assert left < -0.4
    assert right > 0.4
    assert low > 0.1
    _, _, _, low = drawn("bat", Action.sleep)
    assert low > 0.15


def test_who_runs_on_two_feet_leans_into_it():
    standing, running = drawn("owl", Action.stand), drawn("owl", Action.run)
    assert running[2] > standing[2] + 0.04


def test_a_turtle_stays_level_and_low():
    turtle = Figure(BodyLook(being=Being.quadruped, species="turtle"), (), Ink(), 3)._body
    cat = Figure(BodyLook(being=Being.quadruped, species="cat"), (), Ink(), 3)._body
    assert isinstance(turtle, Quadruped)
    assert isinstance(cat, Quadruped)
    assert turtle.stiff < 0.5 < cat.stiff
    assert turtle.leg < 0.25


def test_a_mouse_that_carries_a_basket_has_it_in_its_mouth_and_one_that_eats_sits_before_it():
    thing = ThingIn(id="basket", words="basket", look=ThingLook(kind="basket"), held=True)
    for action, kept in ((Action.hold, True), (Action.eat, False)):
        picture = alone("mouse", action=action, holds=("basket",)).model_copy(update={"things": (thing,)})
        assert bool(laid_before(picture, {"it": 0.15}, {"basket": 0.4}).figures[0].holds) is kept
