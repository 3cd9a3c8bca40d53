"""What animals do is told from the picture: they touch with their heads, roll up, trip, dig, hide and swim."""

from types import SimpleNamespace
from unittest.mock import MagicMock

import numpy as np
import pytest
import skia

from photoplay.render.animatic.climbing import Climbed
from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.figure import Figure
from photoplay.render.animatic.figures.folded import draw_folded
from photoplay.render.animatic.figures.quadruped import Quadruped
from photoplay.render.animatic.figures.species import SPECIES
from photoplay.render.animatic.headroom import heads
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.lairs import _covered, digs, hides
from photoplay.render.animatic.reach import ahead
from photoplay.render.animatic.renderer import _drawn
from photoplay.render.animatic.resizing import at_size, spellbound
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import (
    Action,
    Being,
    Dress,
    Expression,
    Facing,
    Hat,
    PlaceKind,
    ShotSize,
    Side,
    Stature,
)

SIDE = 240
COATS = {"dog": "#c08040", "fox": "#d07030", "cat": "#808080"}


def alone(species, action, manner="", at=0.5, level=1.0, being=Being.quadruped):
    """One animal, turned right, in four seconds at the moment ``at``: its pixels, and which are its own."""
    look = BodyLook(being=being, species=species, coat_colour=COATS.get(species, "#906040"))
    figure = Figure(look, (), Ink(), 3)
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    canvas.clear(0xFF2040FF)
    canvas.translate(SIDE / 2, 0.8 * SIDE)
    scale = 0.5 * SIDE / max(figure.width, figure.height)
    canvas.scale(scale, scale)
    acting = Acting(action, Expression.neutral, Facing.right, manner=manner, level=level)
    figure.draw(canvas, acting, at, 4.0)
    pixels = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(int)
    return pixels, np.abs(pixels - pixels[0, 0]).max(axis=2) > 20


def box(own):
    rows, columns = np.flatnonzero(own.any(axis=1)), np.flatnonzero(own.any(axis=0))
    return columns[0], rows[0], columns[-1], rows[-1]


def one(name, species, being=Being.quadruped, side=Side.left, action=Action.stand, **more):
    look = BodyLook(being=being, species=species)
    facing = Facing.right if side is Side.left else Facing.left
    return FigureIn(
        id=name, noun=species, words="", look=look, side=side, facing=facing, action=action, **more
    )


def seen(sentence, *figures, kind=PlaceKind.meadow, target=None, size=ShotSize.full, things=()):
    picture = Picture(
        sentence=sentence,
        actor=figures[0].id if figures else None,
        action=figures[0].action,
        target=target or (figures[1].id if len(figures) > 1 else None),
        place=PlaceIn(id="place", words="", look=PlaceLook(kind=kind, layout=7)),
        figures=figures,
        things=things,
        camera=CameraIn(size=size),
    )
    return Screen(picture, (160, 90), 3, 4.0)


def test_who_touches_somebody_low_bends_its_head_down():
    def muzzle(level):
        own = alone("dog", Action.hug, "nose", level=level)[1]
        ahead = int(box(own)[2] - 0.04 * SIDE)
        return np.flatnonzero(own[:, ahead:].any(axis=1))[-1]

    assert muzzle(0.4) > 0.7 * SIDE > muzzle(1.0) + 0.08 * SIDE


def test_who_licks_shows_its_tongue():
    def pink(manner):
        pixels, _ = alone("dog", Action.eat, manner)
        return (np.abs(pixels - np.array([0xEE, 0x7F, 0x92])).max(axis=2) < 10).sum()

    assert pink("lick") > 20 > 5 > pink("")


def test_an_animal_strokes_another_with_its_head_and_two_that_sleep_lie_nose_to_nose():
    for told, action in (("strokes", Action.reach), ("sleeps beside", Action.sleep)):
        puppy, cat = one("puppy", "dog", action=action), one("cat", "cat", action=Action.stand)
        found = seen(f"The puppy {told} the cat.", puppy, cat)
        left, right = sorted(found.staging.figures, key=lambda p: p.x)
        assert (left.facing, right.facing) == (Facing.right, Facing.left)
        assert left.extent.face_x >= 0.0 >= right.extent.face_x, "the tails are between the two"
        assert right.x - left.x < ahead(left) + ahead(right) + 0.1


def test_heads_of_those_who_nuzzle_meet_and_a_mouse_stays_on_the_ground():
    dog, mouse = one("dog", "dog", action=Action.hug), one("mouse", "mouse", side=Side.right)
    screen = seen("The dog nuzzles the mouse.", dog, mouse, size=ShotSize.close)
    a, b = (next(p for p in screen.staging.figures if p.id == i) for i in ("dog", "mouse"))
    assert b.up < 0.05
    apart = b.x + b.extent.left - a.x - a.extent.right
    assert 0.0 <= apart < 0.03, "nose before nose, and neither over the other"
    assert screen._players["dog"].acting.level < 0.6


def test_who_is_pushed_by_an_animal_gives_way():
    wolf, fox = one("wolf", "wolf", action=Action.push), one("fox", "fox", side=Side.right)
    screen = seen("The wolf pushes the fox away.", wolf, fox)
    pushed = next(p for p in screen.staging.figures if p.id == "fox")
    assert pushed.walked(4.0, 4.0) > pushed.x + 0.3
    assert screen._acting["fox"].manner == "shoved"


def test_an_animal_that_curls_up_is_a_ball():
    left, top, right, bottom = box(alone("fox", Action.lie, "curl", at=2.0)[1])
    flat = box(alone("fox", Action.lie, "", at=2.0)[1])
    assert right - left < 0.75 * (flat[2] - flat[0])
    assert right - left < 1.8 * (bottom - top)


def test_an_animal_that_trips_goes_down_on_its_knees_and_does_not_fly():
    standing = box(alone("dog", Action.stand)[1])
    for at in np.linspace(0.2, 2.4, 12):
        left, top, right, bottom = box(alone("dog", Action.fall, "trip", at=at)[1])
        assert top > standing[1] - 0.25 * (standing[3] - standing[1]), "it is thrown into the air"
        assert right - left > 0.9 * (bottom - top), "it stands on its head"
        assert bottom > standing[3] - 0.12 * (standing[3] - standing[1]), "no foot is on the ground"
    assert (
        seen("The dog falls over a root.", one("dog", "dog", action=Action.fall))._acting["dog"].manner
        == "trip"
    )
    assert (
        seen("The dog falls from the roof.", one("dog", "dog", action=Action.fall))._acting["dog"].manner
        == ""
    )


def test_an_octopus_is_in_the_water_of_a_shore_and_beside_whoever_it_touches_on_land():
    octopus = one("octo", "octopus", Being.octopus, action=Action.swim)
    screen = seen("The octopus swims alone.", octopus, kind=PlaceKind.shore)
    assert 0.1 < screen.staging.figures[0].sunk < 0.34, "the water's edge is below the mouth, open as it is"
    hugs = octopus.model_copy(update={"action": Action.hug})
    sailor = one("tom", "person", Being.person, side=Side.right)
    both = seen("The octopus nuzzles the sailor.", hugs, sailor, kind=PlaceKind.shore)
    assert not any(p.sunk for p in both.staging.figures)


def test_who_lives_in_the_water_dives_below_a_ship_and_leaps_out_in_an_arc():
    octopus = one("octo", "octopus", Being.octopus, action=Action.dive)
    below = seen("The octopus dives under a ship.", octopus, kind=PlaceKind.shore)
    assert below.recipe.footing == "seabed"
    whale = one("w", "whale", Being.whale, action=Action.jump)
    leap = seen("The whale leaps out of the water.", whale, kind=PlaceKind.sea)
    assert leap._acting["w"].manner == "leap"

    def lowest(at):
        own = alone("whale", Action.jump, "leap", at=at, being=Being.whale)[1]
        return box(own)[3]

    assert lowest(2.0) < lowest(0.4) - 0.1 * SIDE, "it does not leave the water"


def test_who_is_saved_is_held_in_the_water_and_who_swims_wears_no_cap():
    look = BodyLook(hat=Hat.cap, presents="man")
    postman = FigureIn(id="tom", noun="postman", words="", look=look, side=Side.right)
    mermaid = one("mira", "mermaid", Being.person, action=Action.reach)
    saving = seen("The mermaid saves the postman.", mermaid, postman, kind=PlaceKind.shore)
    assert all(p.sunk > 0.2 for p in saving.staging.figures)
    assert {a.action for a in saving._acting.values()} == {Action.hug}
    tall = postman.model_copy(update={"look": look.model_copy(update={"stature": Stature.large})})
    held = seen("The mermaid saves the postman.", mermaid, tall, kind=PlaceKind.shore).staging.figures
    him = next(p for p in held if p.id == "tom")
    assert him.extent.eyes + him.up > 0.25 * him.extent.top, "a head on the water without a chest"
    swims = postman.model_copy(update={"action": Action.swim})
    screen = seen("The postman swims.", swims, kind=PlaceKind.lake)
    assert screen._players["tom"].source.look.hat is Hat.none


def test_a_woman_swims_with_bare_arms_in_a_bathing_suit_of_her_own_colour():
    look = BodyLook(hat=Hat.none, presents="woman", dress=Dress.dress, dress_colour="#2f5fa8")
    nan = FigureIn(id="nan", noun="grandmother", words="", look=look, action=Action.swim, side=Side.right)
    clothes = seen("The grandmother swims.", nan, kind=PlaceKind.lake)._players["nan"].body._body.wardrobe
    assert (clothes.cut.sleeve, clothes.cut.skirt) == ("none", 0), "she swims in her dress"
    assert clothes.top == clothes.trousers == "#2f5fa8"


def test_an_animal_that_digs_has_a_hole_before_it_and_throws_earth_behind():
    dog = one("dog", "dog", action=Action.dig)
    with_hole = seen("The dog digs.", dog)
    assert digs(with_hole._players["dog"])
    searching = seen("The dog searches.", dog.model_copy(update={"action": Action.search}))

    def earth(screen):
        pixels = np.asarray(_drawn(screen, 2.0))[..., :3].astype(int)
        return (np.abs(pixels - np.array([0x29, 0x1C, 0x11])).max(axis=2) < 14).sum()

    assert earth(with_hole) > earth(searching) + 20


def test_what_a_small_animal_hides_is_no_taller_than_half_of_it():
    owl = one("owl", "owl", Being.bird, action=Action.hide)
    lamp = ThingIn(id="lamp", words="lantern", look=ThingLook(kind="lantern", stature=Stature.small))
    fox = one("fox", "fox", side=Side.right)
    screen = seen("The owl hides the lantern from the fox.", owl, fox, things=(lamp,), target="lamp")
    tall = screen._players["owl"].body.height
    assert screen._things["lamp"].height * screen._stands["lamp"].scale < 0.5 * tall


def test_an_animal_hides_behind_something_past_which_its_face_is_seen():
    fox = one("fox", "fox", action=Action.hide)
    screen = seen("The fox hides.", fox)
    placed = screen.staging.figures[0]
    left, right, high = _covered(placed.extent)
    assert hides(screen._players["fox"], placed, screen.picture)
    knife = screen.picture.model_copy(update={"sentence": "The fox hides the knife from the hen."})
    assert not hides(screen._players["fox"], placed, knife)
    assert right < placed.extent.face_x < placed.extent.right
    assert left < placed.extent.left < 0 < high


def test_a_bee_that_rests_is_on_a_flower_and_holds_things_below_its_head():
    pixels, _ = alone("bee", Action.sit, being=Being.insect)
    petals = (np.abs(pixels - np.array([0xE8, 0x72, 0x9A])).max(axis=2) < 30).sum()
    assert petals > 60


def test_a_hen_that_sleeps_lies_on_the_ground():
    standing, asleep = (box(alone("hen", a, being=Being.bird)[1]) for a in (Action.stand, Action.sleep))
    assert asleep[1] > standing[1] + 0.05 * SIDE


def test_the_shadow_of_an_animal_that_falls_is_no_broader_than_its_body():
    screen = seen("The fox falls in the meadow.", one("f", "fox", action=Action.fall))
    (fox,) = screen.staging.figures
    canvas, player = MagicMock(), screen._players["f"]
    screen._shadow(canvas, 0.0, 0.0, fox, 100.0, screen.path(1.0))
    shadow = canvas.drawImageRect.call_args.args[1]
    assert 0.5 < shadow.width() / (100.0 * player.body.width * player.scale) < 1.0


def test_an_owl_that_runs_is_up_on_its_legs():
    orange = []
    for action in (Action.stand, Action.run):
        pixels, _ = alone("owl", action, being=Being.bird)
        legs = (np.abs(pixels - np.array((216, 146, 58))).max(axis=2) < 24)[int(0.66 * SIDE) :]
        orange.append(np.count_nonzero(legs.any(axis=1)))
    assert orange[1] > orange[0] + 0.03 * SIDE, "an egg that leans"


def test_a_snowman_that_sits_is_lower_and_a_robot_holds_its_arms_before_it_to_hug():
    standing, sitting = (
        box(alone("snowman", a, being=Being.creature)[1]) for a in (Action.stand, Action.sit)
    )
    assert sitting[1] > standing[1] + 0.08 * SIDE
    hugs = box(alone("robot", Action.hug, being=Being.robot)[1])
    assert hugs[2] - SIDE / 2 > 1.2 * (SIDE / 2 - hugs[0])


def test_a_snowman_that_sits_has_not_melted_and_one_that_dances_stays_on_the_ground():
    sitting = alone("snowman", Action.sit, being=Being.creature)[1]
    ground = box(alone("snowman", Action.stand, being=Being.creature)[1])[3]
    left, top, right, low = box(sitting)
    assert low - top > 0.8 * (right - left), "it lies spread out on the ground"
    hop = box(alone("snowman", Action.dance, being=Being.creature)[1])
    assert abs(hop[3] - ground) < 0.03 * SIDE


def test_a_ghost_that_sits_is_lower_with_a_lap_before_it_and_folds_in_its_hem():
    standing, sitting = (
        alone("ghost", a, being=Being.ghost)[0][..., 0] > 150 for a in (Action.stand, Action.sit)
    )
    assert box(sitting)[1] > box(standing)[1] + 0.06 * SIDE
    left, _, right, low = box(sitting)
    assert right - SIDE / 2 > 1.1 * (SIDE / 2 - left), "a lap ahead of it"
    assert np.count_nonzero(np.diff(sitting[low - 3].astype(int)) > 0) >= 3, "more than one fold of its hem"


def test_who_rides_with_no_horse_named_has_one_and_on_a_bicycle_has_none():
    knight = one("k", "person", Being.person, action=Action.ride)
    rides = seen("The knight rides to the castle.", knight, kind=PlaceKind.road)
    assert next(p for p in rides.staging.figures if p.id == "k").rides == "mount"
    on_wheels = seen("The knight rides a bicycle.", knight, kind=PlaceKind.road)
    assert [f.id for f in on_wheels.picture.figures] == ["k"]


def test_a_driver_takes_a_passenger_in_the_bus_and_hands_over_none():
    driver = one("d", "person", Being.person, action=Action.take).model_copy(update={"noun": "bus driver"})
    passenger = one("p", "person", Being.person, side=Side.right)
    screen = seen(
        "The bus driver takes the passenger to the end of the line.", driver, passenger, kind=PlaceKind.road
    )
    assert {p.rides for p in screen.staging.figures} == {"vehicle"}
    assert all(not p.held for p in screen._players.values())
    baker = driver.model_copy(update={"noun": "baker"})
    hand = seen("The baker takes the passenger to the door.", baker, passenger, kind=PlaceKind.road)
    assert not any(p.rides for p in hand.staging.figures)


@pytest.mark.parametrize("species", ["rabbit", "bear", "dog"])
def test_a_bee_that_is_nuzzled_is_before_the_nose_and_on_no_cheek(species):
    nuzzles = one("n", species, action=Action.hug)
    bee = one("bee", "bee", Being.insect, side=Side.right, action=Action.hug)
    screen = seen(f"The {species} nuzzles the bee.", nuzzles, bee)
    large, small = (next(p for p in screen.staging.figures if p.id == i) for i in ("n", "bee"))
    way = 1.0 if large.facing is Facing.right else -1.0
    nose = large.x + (large.extent.right if way > 0 else large.extent.left)
    head = small.x + (small.extent.left if way > 0 else small.extent.right)
    assert way * (head - nose) > -0.03
    assert abs(small.up + 0.5 * small.extent.top - large.extent.eyes) < 0.5 * small.extent.top


@pytest.mark.parametrize("species", ["beaver", "badger"])
def test_who_has_short_legs_squats_and_is_no_tower_beside_an_owl(species):
    tops = [
        seen("It is there.", one("a", species, action=action)).staging.figures[0].extent.top
        for action in (Action.stand, Action.sit)
    ]
    assert tops[1] < 1.25 * tops[0]


def test_legs_of_who_lies_are_told_from_the_body():
    shades = []
    ink = SimpleNamespace(
        fill=lambda canvas, path, colour, shade=0.0: shades.append(shade),
        piece=lambda *given, **more: None,
        mark=lambda *given: None,
    )
    for front in (True, False):
        draw_folded(None, ink, "#8a5a30", "#8a5a30", (0.0, -0.4), (0.5, 0.2), front, near=True)
    assert min(shades) < -0.05
    assert max(shades) > 0.03


def test_a_muzzle_is_seen_before_who_has_knelt_down_to_it():
    goat = one("g", "goat", action=Action.hug)
    farmer = one("f", "person", Being.person, side=Side.right)
    placed = {p.id: p for p in seen("The goat nuzzles the farmer.", goat, farmer).staging.figures}
    assert placed["g"].depth < placed["f"].depth


def test_a_muzzle_at_who_stands_lies_over_the_sleeve():
    """Just touching, it would seem to go on behind the arm."""
    goat = one("g", "goat", action=Action.hug)
    farmer = one("f", "person", Being.person, side=Side.right)
    placed = {p.id: p for p in seen("The goat nuzzles the farmer.", goat, farmer).staging.figures}
    apart = placed["f"].x - placed["g"].x - ahead(placed["g"]) - ahead(placed["f"])
    assert apart <= -0.05 * placed["f"].tall


def test_who_is_shrunk_is_seen_to_shrink():
    wizard = one("w", "person", Being.person, action=Action.hide)
    bear = one("bear", "bear", side=Side.right, action=Action.hide)
    screen = seen("The wizard shrinks the bear.", wizard, bear)
    assert screen._acting["w"].manner == "magic"

    early, late = (at_size(screen.picture, share) for share in (0.1, 0.9))
    assert late < 0.4 * early
    away = seen("The wizard shrinks back from the bear.", wizard, bear)
    assert away._resized is None
    unseen = screen.picture.model_copy(update={"figures": screen.picture.figures[1:]})
    assert spellbound(unseen.model_copy(update={"action": Action.perform})).action is Action.stand


def test_a_cow_bends_its_head_to_the_hand_that_strokes_it():
    knight = one("k", "person", Being.person, action=Action.reach)
    cow = one("h", "cow", side=Side.right)
    screen = seen("The knight pets the cow.", knight, cow)
    assert screen._acting["h"].manner == "nose"
    assert screen._acting["h"].level < 1.0
    me = next(p for p in screen.staging.figures if p.id == "k")
    ((_, down, _), *_) = screen._acted(me, 2.0).lays
    body, rider = screen._players["h"].body, screen._players["k"]
    assert -down * rider.scale > screen._acting["h"].level * body.eyes, "the hand is in its mouth"


def test_who_falls_into_a_river_is_in_it_and_who_shouts_in_the_waves_too():
    girl = one("g", "person", Being.person, action=Action.fall)
    for sentence, manner in (
        ("The girl sinks into the water.", "drown"),
        ("The girl falls into the river.", ""),
    ):
        screen = seen(sentence, girl, kind=PlaceKind.river)
        assert screen.staging.figures[0].sunk > 0.1, sentence
        assert screen._acting["g"].manner == manner
    shouts = girl.model_copy(update={"action": Action.talk})
    assert seen("The girl shouts in the waves.", shouts, kind=PlaceKind.shore).staging.figures[0].sunk > 0.3
    assert not seen("The girl shouts at the waves.", shouts, kind=PlaceKind.shore).staging.figures[0].sunk


def test_who_swims_beside_a_boat_is_not_under_it():
    octopus = one("octo", "octopus", Being.octopus, action=Action.swim)
    sailor = one("tom", "person", Being.person, side=Side.left)
    screen = seen("The octopus swims.", octopus, sailor, kind=PlaceKind.harbour, target="octo")
    swimmer = next(p for p in screen.staging.figures if p.id == "octo")
    assert screen.aboard is not None
    left, right = screen.aboard
    assert swimmer.x + swimmer.extent.right <= left + 0.3 or swimmer.x + swimmer.extent.left >= right - 0.3


def test_a_ghost_that_runs_away_goes_and_one_that_waves_lifts_an_arm():
    ghost = one("s", "ghost", Being.ghost, action=Action.float)
    assert seen("The ghost runs away.", ghost).staging.figures[0].walks
    assert not seen("The ghost hangs in the air.", ghost).staging.figures[0].walks
    waves, still = (alone("ghost", a, being=Being.ghost)[1] for a in (Action.wave, Action.stand))
    corner = (slice(0, int(0.45 * SIDE)), slice(int(0.66 * SIDE), None))
    assert waves[corner].sum() > still[corner].sum() + 20


def test_those_of_whom_one_backs_away_stand_and_look():
    knight = one("k", "person", Being.person, action=Action.hide)
    herd = [
        one(f"h{n}", "horse", side=Side.right, action=Action.hide).model_copy(
            update={"noun": f"{rank} horse"}
        )
        for n, rank in enumerate(("eldest", "youngest"))
    ]
    screen = seen("The knight backs away from the horses.", knight, *herd)
    assert {screen._acting[f"h{n}"].action for n in (0, 1)} == {Action.look}


def test_a_mouse_goes_straight_up_a_tower_and_a_dog_does_not():
    mouse = one("m", "mouse", action=Action.climb)
    screen = seen("The mouse climbs the tower.", mouse, kind=PlaceKind.city)
    assert screen._acting["m"].way == "tree"
    climb = screen._players["m"].body.climb("tree")
    assert Climbed.of(climb, 0.2, screen.picture, screen.recipe).wall
    oak = screen.picture.model_copy(update={"sentence": "The mouse climbs the oak."})
    assert not Climbed.of(climb, 0.2, oak, screen.recipe).wall
    dog = seen("The dog climbs the tower.", one("m", "dog", action=Action.climb), kind=PlaceKind.city)
    assert dog._acting["m"].way in ("stairs", "slope")

    def tall(at):
        acting = Acting(Action.climb, Expression.neutral, Facing.right, way="tree")
        return span(Figure(BodyLook(being=Being.quadruped, species="cat"), (), Ink(), 3), acting, at)

    (left, top, right, bottom), later = tall(0.6), tall(3.6)
    assert bottom - top > 1.2 * (right - left), "it does not go up the trunk"
    assert later[3] < bottom - 0.05 * SIDE


def span(figure, acting, at):
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    canvas.translate(SIDE / 2, 0.9 * SIDE)
    canvas.scale(0.4 * SIDE / figure.width, 0.4 * SIDE / figure.width)
    figure.draw(canvas, acting, at, 4.0)
    return box(surface.toarray()[..., 3] > 60)


def test_a_dolphin_that_saves_somebody_has_that_one_in_the_water_and_carries_it_without_a_boat():
    dolphin = one("d", "dolphin", Being.whale, action=Action.push)
    sailor = one("tom", "person", Being.person, side=Side.right)
    saves = seen("The dolphin pushes the sailor to safety.", dolphin, sailor, kind=PlaceKind.sea)
    assert all(p.sunk > 0.1 for p in saves.staging.figures)
    rides = sailor.model_copy(update={"action": Action.ride})
    carried = seen("The sailor rides the dolphin.", rides, dolphin, kind=PlaceKind.sea)
    assert next(p for p in carried.staging.figures if p.id == "tom").rides == "d"
    assert carried.aboard is None


def test_a_herd_is_on_one_side_of_who_is_there_its_heads_beyond_each_other():
    herd = [
        one(f"the-{n}-horse", "horse", side=side)
        for n, side in (("eldest", Side.right), ("middle", Side.left), ("youngest", Side.centre))
    ]
    knight = FigureIn(id="knight", noun="knight", words="", look=BodyLook(), side=Side.left)
    screen = seen("The knight looks at the horses.", knight, *herd)
    placed = [p for p in screen.staging.figures if p.id != "knight"]
    assert len(placed) == 2
    (who,) = (p for p in screen.staging.figures if p.id == "knight")
    assert len({p.x > who.x for p in placed}) == 1
    assert len({p.facing for p in placed}) == 1
    assert all(abs(p.x - who.x) > 0.5 * p.extent.width for p in placed), "it is lost among them"
    first, other = heads(sorted(placed, key=lambda p: abs(p.x - who.x)))
    assert abs(first.x - other.x) > 2.5 * (first.half + other.half), "one beast with two heads"
    body = screen._players["knight"].extent.height
    assert all(p.extent.top < 1.5 * body for p in placed), "it is a doll beside them"


def test_who_sits_beside_an_animal_is_at_its_head():
    fox = one("fox", "fox", side=Side.right, action=Action.sit)
    hen = one("hen", "chicken", being=Being.bird, action=Action.sit)
    left, right = sorted(seen("The fox sits beside the hen.", fox, hen).staging.figures, key=lambda p: p.x)
    assert (left.facing, right.facing) == (Facing.right, Facing.left)


@pytest.mark.parametrize(("size", "blows"), [(ShotSize.full, False), (ShotSize.extreme_wide, True)])
def test_a_whale_blows_only_where_the_frame_has_room_for_its_spout(size, blows):
    whale = one("whale", "whale", being=Being.whale, side=Side.right, action=Action.float)
    woman = one("woman", "human", being=Being.person)
    screen = seen("The whale greets the woman.", whale, woman, kind=PlaceKind.sea, size=size)
    placed = next(p for p in screen.staging.figures if p.id == "whale")
    body, scale = screen._bodies["whale"], screen._players["whale"].scale
    top = placed.up + (body.height + 0.17 * body.width) * scale
    assert (screen._still.at(0.0, top, placed.depth)[1] > 0) is blows
    assert body._body.breathless is not blows


def test_a_whale_blows_no_water_under_water():
    def rows(submerged):
        look = BodyLook(being=Being.whale, species="whale", coat_colour="#406080")
        figure = Figure(look, (), Ink(), 3)
        if submerged:
            figure.hold_breath()
        surface = skia.Surface(SIDE, SIDE)
        canvas = surface.getCanvas()
        canvas.translate(SIDE / 2, 0.8 * SIDE)
        canvas.scale(*(2 * [0.5 * SIDE / max(figure.width, figure.height)]))
        figure.draw(canvas, Acting(Action.float, Expression.neutral, Facing.right), 1.3, 4.0)
        return (surface.toarray()[..., 3] > 0).any(axis=1).sum()

    assert rows(False) > rows(True) + 0.03 * SIDE


def drawn(species: str, action: Action, size: tuple[int, int], ground: int) -> tuple[Quadruped, np.ndarray]:
    """An animal on the row ``ground`` at column 200, a hundred pixels a shoulder height, and where it covers."""
    look = BodyLook(being=Being.quadruped, species=species, coat_colour="#7a4422")
    beast = Quadruped(look, (), Ink(), 4, SPECIES[species])
    surface = skia.Surface(*size)
    canvas = surface.getCanvas()
    canvas.clear(0xFFE8F0FF)
    canvas.translate(200, ground)
    canvas.scale(100 / beast.scale, 100 / beast.scale)
    beast.draw(canvas, Acting(action, Expression.neutral, Facing.right), 0.5, 4.0, None)
    pixels = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(int)
    return beast, np.abs(pixels - pixels[0, 0]).max(axis=2) > 40


@pytest.mark.parametrize("species", ["horse", "deer", "wolf", "dog", "cat", "fox", "lion"])
def test_a_slender_animal_is_tucked_up_behind_a_deep_chest_and_no_table(species: str) -> None:
    """Its belly rises from the chest to the loins, which come down onto a thigh far wider than the hock."""
    beast, body = drawn(species, Action.stand, (400, 200), 180)
    middle, half = 200 - beast._ahead * 100, (beast.body / 2 - beast.depth * 0.28) * 100
    flank = body[: 180 - round(beast.leg * 60)]

    def belly(along: float) -> int:
        return int(np.flatnonzero(flank[:, round(middle + (2 * along - 1) * half)])[-1])

    assert belly(0.7) > belly(0.5) > belly(0.4) + 0.5
    left, right = (round(middle - half + side * 100 * beast.depth * 0.7) for side in (-1, 1))
    rows = [int(body[180 - round(beast.leg * high), left:right].sum()) for high in (100, 40)]
    assert rows[0] > 1.4 * rows[1]


@pytest.mark.parametrize("action", [Action.sleep, Action.eat, Action.lie, Action.dig])
@pytest.mark.parametrize("species", ["lion", "horse", "fox", "elephant", "wolf", "cat"])
def test_nothing_of_a_lowered_head_or_a_pressed_chest_is_below_the_ground(
    species: str, action: Action
) -> None:
    _, body = drawn(species, action, (500, 300), 200)
    assert not body[208:].any()
