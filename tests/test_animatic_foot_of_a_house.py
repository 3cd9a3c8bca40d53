"""Close by somebody no larger than a hand, a street is the foot of one of its houses, and no flat shapes."""

from test_animatic_beasts import one, seen

from photoplay.render.animatic.places import recipe
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.small import shrunk
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
