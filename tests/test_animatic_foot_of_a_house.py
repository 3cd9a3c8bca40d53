"""Close by somebody no larger than a hand, a street is the foot of one of its houses, and no flat shapes."""

import numpy as np
from test_animatic_beasts import one, seen

from photoplay.render.animatic.places import recipe
from photoplay.render.animatic.renderer import _drawn
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.small import shrunk
from photoplay.render.animatic.tones import apart
from photoplay.storyboard.looks import ThingLook
from photoplay.storyboard.picture import ThingIn
from photoplay.storyboard.vocabulary import Action, Being, PlaceKind, ShotSize, Side, Style

CLOSE, FAR = (0.2, 1.7), (3.0, 3.0)


def pieces(kind, lens):
    return [la.piece for la in shrunk(recipe(kind, False), 0.0, (0.0, 0.1), lens).layers]


def test_in_a_street_a_small_one_close_by_is_before_the_foot_of_a_house():
    for kind in (PlaceKind.city, PlaceKind.village):
        assert pieces(kind, CLOSE) == ["house_foot"]
        assert "house_foot" not in pieces(kind, FAR)
    for kind in (PlaceKind.meadow, PlaceKind.forest, PlaceKind.kitchen, PlaceKind.harbour):
        assert "house_foot" not in pieces(kind, CLOSE)


def test_a_tower_that_a_small_one_has_nothing_to_do_with_is_no_wall_behind_it():
    mouse = one("mouse", "mouse", Being.quadruped, action=Action.sit)
    tower = ThingIn(id="tower", words="", look=ThingLook(kind="tower"), held=False)
    beside = seen("The mouse sits down in the city.", mouse, kind=PlaceKind.city, things=[tower])
    assert not beside.staging.things
    runs = seen("The mouse runs to the tower.", mouse, kind=PlaceKind.city, things=[tower], target="tower")
    assert [t.id for t in runs.staging.things] == ["tower"]


def test_a_flower_is_a_flower_beside_a_bee_and_no_tree():
    bee = one("bee", "bee", Being.insect, action=Action.look)
    rose = ThingIn(id="rose", words="", look=ThingLook(kind="rose"), held=False)
    screen = seen("The bee finds a rose.", bee, kind=PlaceKind.garden, things=[rose], target="rose")
    (flower,), (flier,) = screen.staging.things, screen.staging.figures
    assert flower.extent.top < 3.2 * flier.extent.height


def test_two_small_ones_together_are_before_the_foot_of_a_house_too():
    snail, frog = one("snail", "snail", Being.insect), one("frog", "frog", side=Side.right)
    both = seen("The snail sits beside the frog.", snail, frog, kind=PlaceKind.market, size=ShotSize.wide)
    both._part_at(0.0)
    found = both._all_small()
    assert found is not None
    assert all(found.extent.left <= p.x - found.x <= found.extent.right for p in both.staging.figures)
    cat = one("cat", "cat", side=Side.right)
    assert seen("The snail sits beside the cat.", snail, cat, kind=PlaceKind.market)._all_small() is None


def test_in_shadow_theatre_a_small_one_stands_out_from_what_is_far():
    mouse = one("mouse", "mouse", action=Action.sit)
    plain = seen("The mouse sits down.", mouse, kind=PlaceKind.city, size=ShotSize.wide)
    shadow = Screen(plain.picture.model_copy(update={"style": Style.shadow}), (160, 90), 3, 4.0)
    assert plain._all_small() is not None
    assert shadow._all_small() is None


def test_walls_are_told_apart_from_the_animals_before_them():
    brown, grey = ["#7d4630", "#a9743f"], ["#8a8a8a"]
    assert apart(["#b8735a", "#93a9bd"], brown) == ["#93a9bd"]
    assert apart(["#b8735a", "#93a9bd"], []) == ["#b8735a", "#93a9bd"]
    assert apart(["#808080", "#999999"], grey) == ["#999999"], "of none that is, the one that is most"
    assert apart(["#b8735a", "#8f8f8f"], ["#8e847a"]) == ["#b8735a"], "red is told from grey"


def wall(coat):
    """The mean colour of what is behind a mouse of that coat at the foot of a house, 0 to 255."""
    mouse = one("mouse", "mouse", Being.quadruped, action=Action.sit)
    mouse = mouse.model_copy(update={"look": mouse.look.model_copy(update={"coat_colour": coat})})
    frame = np.asarray(_drawn(seen("The mouse sits down.", mouse, kind=PlaceKind.city), 0.5))
    return frame[: frame.shape[0] // 4, :, :3].mean(axis=(0, 1))


def test_behind_who_is_as_red_as_bricks_the_wall_is_painted_blue():
    red, _, blue = wall("#b8735a") - wall("#20a040")
    assert blue > 8 > 0 > red
