"""Things of a scene: carried along by who goes, no larger than life beside the small, and where they belong."""

from itertools import pairwise

import pytest

from photoplay.render.animatic.carrying import carried_along
from photoplay.render.animatic.climbing import way_up
from photoplay.render.animatic.grip import _grip as grip_of
from photoplay.render.animatic.grip import is_poled
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.places import recipe
from photoplay.render.animatic.players import kept_visible
from photoplay.render.animatic.props import standing
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.things import Thing
from photoplay.storyboard.lexicon import look_up
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Angle, Being, Facing, Move, PlaceKind, ShotSize, Side


def shown(kind, action=Action.walk, sentence="The boy walks home.", place=PlaceKind.road, **more):
    boy = FigureIn(id="boy", noun="boy", words="", look=BodyLook(), action=action, facing=Facing.right)
    return Picture(
        sentence=sentence,
        actor="boy",
        action=action,
        place=PlaceIn(id="place", words="", look=PlaceLook(kind=place, layout=7)),
        figures=(boy,),
        things=(ThingIn(id="thing", words="", look=ThingLook(kind=kind)),),
        **more,
    )


def carried(picture, long, tall=1.3):
    found = carried_along(picture, {"boy": tall}, {"thing": long})
    assert found.figures[0].holds == (("thing",) if found.things[0].held else ())
    return found.things[0].held


def test_who_walks_home_takes_the_kite_and_the_violin_but_no_fire_no_piano_and_nothing_it_passes():
    assert carried(shown("kite"), 1.1)
    assert carried(shown("violin"), 0.6)
    assert not carried(shown("fire"), 0.6)
    assert not carried(shown("piano"), 1.5)
    assert not carried(shown("bathtub"), 0.6)
    assert not carried(shown("violin", sentence="The boy walks past the violin."), 0.6)
    assert not carried(shown("violin", target="thing"), 0.6)
    assert not carried(shown("violin", action=Action.stand), 0.6)


def test_an_egg_is_no_larger_than_life_beside_a_cat_and_larger_beside_a_man():
    assert kept_visible(0.07, 0.36) * 0.07 < 0.12
    assert kept_visible(0.07, 1.7) * 0.07 > 0.16
    assert kept_visible(0.3, 0.2) == 1.0


def test_a_kite_lies_tipped_on_the_ground():
    stands = standing("kite", 0.8, 1.1, recipe(PlaceKind.road, False), PlaceKind.road, False)
    assert stands.lean > 45


@pytest.mark.parametrize(
    ("place", "way"),
    [
        (PlaceKind.harbour, "stairs"),
        (PlaceKind.ship, "mast"),
        (PlaceKind.train, "ladder"),
        (PlaceKind.meadow, "slope"),
        (PlaceKind.house, "slope"),
    ],
)
def test_what_is_climbed_belongs_to_the_place(place, way):
    picture = shown("lamp", Action.climb, "The boy climbs the last hill.", place)
    ground = recipe(place, picture.place.look.interior)
    assert way_up(picture, ground, Being.person, ()) == way


def test_a_garage_is_a_workshop_and_ashes_are_in_an_urn():
    assert look_up("garage", "place").kind == "workshop"
    assert look_up("Naples", "place").kind == "city"
    assert look_up("his wife's ashes", "thing").kind == "urn"


def test_somebody_left_behind_at_the_end_is_still_a_person():
    picture = shown("lamp", Action.stand)
    camera = CameraIn(size=ShotSize.wide, move=Move.pull_out, angle=Angle.high)
    screen = Screen(picture.model_copy(update={"camera": camera, "things": ()}), (320, 180), 3, 4.0)
    placed, pose = screen.staging.figures[0], screen.path(4.0)
    head, foot = (pose.at(placed.x, up, placed.depth)[1] for up in (placed.extent.top, 0.0))
    assert foot - head > 0.355 * 180


def test_nobody_hides_behind_whoever_went_to_the_raft():
    def child(name, side):
        look = BodyLook(age="child")
        return FigureIn(id=name, noun="child", words="", look=look, side=side, facing=Facing.right)

    first = child("one", Side.left).model_copy(update={"action": Action.open})
    picture = Picture(
        sentence="The three children open the raft.",
        actor="one",
        target="raft",
        action=Action.open,
        place=PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.river, layout=7)),
        figures=(first, child("two", Side.centre), child("three", Side.right)),
        things=(ThingIn(id="raft", words="", look=ThingLook(kind="raft"), side=Side.far_right),),
        camera=CameraIn(size=ShotSize.full),
    )
    staging = Screen(picture, (320, 180), 3, 4.0).staging
    placed = {p.id: p for p in staging.figures}
    ordered = sorted(placed.values(), key=lambda p: p.x)
    for one, other in pairwise(ordered):
        assert other.x - one.x > 0.3 * (one.extent.width + other.extent.width)
    raft = staging.things[0]
    between = [p.id for p in ordered if min(raft.x, placed["one"].x) < p.x < max(raft.x, placed["one"].x)]
    assert between == []


def test_a_sign_is_held_up_beside_its_holder_and_never_as_tall():
    assert is_poled("sign")
    assert grip_of(Thing(ThingLook(kind="sign"), (), Ink(), 3)).most <= 0.5


def test_a_coat_that_is_put_on_is_in_the_hands_and_not_left_on_its_stand_as_well():
    puts_on = "The boy puts on the brown coat."
    assert carried(shown("coat", Action.hold, puts_on, target="thing"), 1.4)
    assert not carried(shown("coat", Action.look, "The boy looks at the coat.", target="thing"), 1.4)
    assert not carried(shown("sword", Action.hold, "The boy puts on a show.", target="thing"), 1.0)
