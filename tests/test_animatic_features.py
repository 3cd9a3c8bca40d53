"""A place has what its words name: in the picture that a film opens with, and in every shot that is set there."""

from __future__ import annotations

import json
import re
from importlib import resources

import numpy as np
import pytest
import skia

from photoplay.render.animatic.camera import Pose
from photoplay.render.animatic.clearing import cleared
from photoplay.render.animatic.headroom import Head, behind
from photoplay.render.animatic.ink import Ink, rgb
from photoplay.render.animatic.light import air
from photoplay.render.animatic.places.brush import Brush, Setting
from photoplay.render.animatic.places.features import featured, features
from photoplay.render.animatic.places.recipes import PIECES, named, recipe
from photoplay.render.animatic.places.telling import as_told, spared, told_recipe, without_doubles
from photoplay.render.animatic.places.underfoot import LAID
from photoplay.render.animatic.places.ways_home import _WAY
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.wading import launched
from photoplay.storyboard.casting import _place
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.treatment import TreatedPlace
from photoplay.storyboard.vocabulary import (
    Action,
    Facing,
    Hour,
    LightKey,
    Mark,
    PlaceKind,
    Season,
    ShotSize,
    Weather,
)

TOLD = json.loads(resources.files("photoplay.agent.outline").joinpath("places.json").read_text("utf-8"))
DRAWN = {
    "driftwood": "logs", "dunes": "hills dunes", "boats": "boats", "nets": "nets", "coils": "coils", "rope": "coils",
    "rocks": "rocks", "rock": "rocks scarp cave_wall", "lighthouse": "lighthouse", "room": "lighthouse room",
    "weed": "seaweed", "rays": "shafts", "reeds": "reeds", "firs": "trees", "trunks": "trunks trunks_of_old",
    "ferns": "ferns", "shafts": "shafts", "shaft": "shafts", "light": "shafts", "leaves": "overhang", "vines": "vines",
    "trees": "trees trunks", "poppies": "poppies", "beds": "beds bed", "flowers": "beds", "wall": "wall room",
    "walls": "wall room", "tree": "pear_tree", "benches": "benches", "lime": "trees", "barn": "barn", "fields": "bales hills",
    "snow": "mountains", "path": "scarp", "cactus": "cactus", "mountains": "mountains", "crystals": "crystals",
    "columns": "columns canopy", "ivy": "ivy", "steps": "fallen_steps altar", "stones": "gravestones", "yews": "trees",
    "gate": "iron_gate castle", "houses": "houses street", "well": "well", "smoke": "houses", "shops": "street",
    "wires": "tram_wires", "chimneys": "stacks", "city": "skyline", "view": "skyline", "awnings": "stalls",
    "crates": "crates stalls", "fruit": "stalls", "crowd": "stalls", "poles": "poles", "bridge": "span",
    "towers": "castle", "lamps": "props oil_lamps desk_lamps lamp footlights", "lamp": "lamp lamps lighthouse", "posts": "lamps",
    "house": "staircase", "staircase": "staircase", "clocks": "clocks", "table": "table", "tables": "table",
    "window": "window cabin", "windows": "window", "bed": "bed", "quilt": "quilt", "pans": "pans", "stove": "stove",
    "rafters": "beams", "dust": "shafts craters", "slant": "shafts", "desks": "desks table", "rows": "desks", "row": "bed footlights",
    "blackboard": "board", "shelves": "shelves wares", "ladders": "ladder", "cabinets": "cabinets", "blinds": "blinds",
    "shop": "wares", "counter": "counter", "bell": "door_bell", "door": "door", "machine": "coffee_machine machines",
    "bench": "table", "tools": "shelves", "belts": "works", "pipes": "works", "wheels": "works", "vessels": "table",
    "dials": "dials", "curtains": "ward_curtains drapes", "cases": "cases", "statues": "plinths", "clock": "canopy",
    "carriage": "luggage_rack", "seats": "seats facing_seats", "ship": "bulwark", "sails": "sail_patches", "ropes": "rigging",
    "wheel": "helm", "clouds": "clouds", "planet": "earth", "cabin": "cabin", "panels": "consoles", "cables": "cabin",
    "stars": "cabin stars", "craters": "craters", "earth": "earth", "moons": "small_moons", "slates": "stacks",
    "island": "island", "easels": "easels", "pictures": "easels", "pots": "easels", "paint": "easels", "canvases": "frame",
    "hearth": "oven", "anvil": "anvil", "oven": "oven", "loaves": "loaves", "ring": "ring", "canvas": "big_top", "lights": "big_top",
    "props": "props", "cart": "props", "rails": "props", "altar": "altar", "candles": "altar", "boxes": "shelves",
    "barrels": "crates", "beams": "beams", "gulls": "", "jetty": "jetty", "pond": "", "platform": "canopy",
}  # fmt: skip
"""Noun -> the pieces any one of which shows it; none where it is of the ground or the air."""
LAID_FOR = {"pond": "pond", "stepping": "stones", "shavings": "shavings", "pebble": "pebbles",
            "muddy": "mud"}  # fmt: skip
PLAIN = re.compile(r"\w[\w-]*").findall(
    """a an the and with of on in for over between under to its one two long thin small open horizon swell water foam low
     stone green ringed by tall white black red blue pale sand broad brown river stepping still lake dark wooden
     crooked mist grass wide sky old pear muddy yard steep grey narrow above yellow hard sun glowing broken fallen
     leaning iron tram striped telegraph road behind worn oil many patched copper warm high filing round coffee hanging
     wood shavings great glass marble floors wooden stage big railway window towering hard dust red plains strange
     brick timber coal arched strings under pebble shore harbour huge chimney green lamp posts red rocks blue-green stepping stones ground horizon"""
)
"""Words of how, of the ground and of the sky."""


def opening(name: str, words: str, interior: bool | None = None) -> Picture:
    told = f"{name}: {words}"
    place = _place("p", TreatedPlace(name=name, words=told, interior=interior), 7)
    return Picture(
        sentence=f"{words[0].upper()}{words[1:]}.",
        place=PlaceIn(id="p", words=told, look=place.look),
        camera=CameraIn(size=ShotSize.wide),
    )


def seen(picture: Picture):
    look = picture.place.look
    return featured(told_recipe(picture) or recipe(look.kind, look.interior), picture)


CALLED = [(kind, name, words) for kind, row in TOLD.items() for name, words in row.get("called", {}).items()]


@pytest.mark.parametrize(
    ("kind", "name", "told"), [*((k, TOLD[k]["name"], TOLD[k]["words"]) for k in sorted(TOLD)), *CALLED]
)
def test_every_noun_of_a_place_s_first_sentence_is_drawn(kind, name, told):
    picture = opening(name, told)
    assert picture.place.look.kind == kind or kind == "elsewhere"
    found = seen(picture)
    pieces = {la.piece for la in (*found.layers, *found.front)} | {"stars" if found.sky == "space" else ""}
    words = re.findall(r"[a-z-]+", told.lower())
    missing = [
        w for w in words if w in DRAWN and DRAWN[w] and not pieces & set(DRAWN[w].split())
        and not (w == "stones" and "stones" in found.ground)
    ]  # fmt: skip
    assert not missing, (missing, sorted(pieces))
    assert not [w for w in words if w not in DRAWN and w not in PLAIN], "name what draws it"
    assert not [w for w in words if w in LAID_FOR and LAID_FOR[w] not in found.ground]


@pytest.mark.parametrize("kind", sorted(set(TOLD) - {"elsewhere"}))
def test_a_told_place_is_of_the_kind_it_is_told_for(kind):
    assert _place("p", TreatedPlace(name=TOLD[kind]["name"], words=TOLD[kind]["words"]), 7).look.kind == kind


def test_all_features_are_of_pieces_and_grounds_that_exist():
    for feature in features():
        assert {la.piece for la in (*feature.layers, *feature.front)} <= set(PIECES)
        assert feature.without <= set(PIECES)
        laid = {name for name, _ in feature.ground}
        assert laid <= set(LAID) | {"near", "far", "texture", "water", "sea"}
        assert feature.layers or feature.ground or feature.front


def test_every_piece_of_a_place_stands_somewhere_and_every_need_can_be_met():
    folders = [resources.files(f"photoplay.render.animatic{part}") for part in ("", ".places")]
    told = [f.read_text("utf-8") for at in folders for f in at.iterdir() if f.name.endswith((".py", ".json"))]
    assert not [piece for piece in PIECES if not any(f'"{piece}"' in text for text in told)]
    for feature in features():
        for kind in feature.kinds if feature.needs else ():
            assert feature.needs in recipe(kind, False).ground, (feature.words.pattern, kind)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (PlaceKind.house, "cottage: ivy on its walls, a pear tree"),
        (PlaceKind.mountain, "a hut among dark pines"),
        (PlaceKind.farm, "farmhouse: a muddy yard, long grass"),
        (PlaceKind.rooftop, "a room under slates"),
    ],
)
def test_what_grows_and_lies_outside_is_named_of_a_room_and_not_in_it(kind, words):
    assert seen(man(kind, words=words, interior=True)) == recipe(kind, True)
    assert seen(man(kind, words=words)) != recipe(kind, False)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (PlaceKind.road, "a road with animal tracks in the snow"),
        (PlaceKind.road, "a well-lit road"),
        (PlaceKind.farm, "a farm well known for its cheese"),
        (PlaceKind.snowfield, "snow, and ski poles in it"),
    ],
)
def test_a_word_that_means_something_else_brings_nothing_along(kind, words):
    assert seen(man(kind, words=words)) == recipe(kind, False)


def frame(picture: Picture) -> np.ndarray:
    screen = Screen(picture, (256, 144), 3, 4.0)
    surface = skia.Surface(256, 144)
    screen.draw(surface.getCanvas(), 2.0, screen.path(2.0))
    return surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(int)


@pytest.mark.parametrize(
    ("name", "plain", "told"),
    [
        ("lake", "a lake", "a lake with a wooden jetty"),
        ("road", "a road", "a road with telegraph poles"),
        ("river", "a river", "a river with stepping stones"),
        ("shore", "a shore", "a pebble shore"),
        ("garden", "a garden", "a garden with an old pear tree"),
        ("park", "a park", "a park with a pond"),
        ("house", "a house with stairs", "a house with stairs and many clocks"),
        ("workshop", "a workshop", "a workshop with wood shavings"),
        ("mountain", "a mountain", "a steep mountain"),
        ("village", "a village", "a village with a fountain"),
    ],
)
def test_what_is_named_of_a_place_can_be_seen(name, plain, told):
    changed = np.abs(frame(opening(name, plain)) - frame(opening(name, told))).max(axis=2) > 16
    assert changed.mean() > 0.008


def test_the_ground_of_a_road_is_earth_unless_it_is_a_motorway_and_asphalt_is_for_cities():
    assert "track" in seen(opening("road", "a long road between fields")).ground
    fast = seen(opening("road", "a motorway"))
    assert fast.ground["texture"] == "road"
    assert "track" not in fast.ground
    assert recipe(PlaceKind.village, False).ground["texture"] == "cobbles"


def man(kind: PlaceKind, sentence: str = "He stands.", words: str = "p", interior: bool = False) -> Picture:
    figure = FigureIn(id="a", noun="man", words="", look=BodyLook(), action=Action.stand)
    look = PlaceLook(kind=kind, interior=interior)
    return Picture(
        sentence=sentence, actor="a", place=PlaceIn(id="p", words=words, look=look), figures=(figure,)
    )


def test_in_a_castle_one_is_in_its_yard_and_before_it_one_sees_its_towers():
    assert told_recipe(man(PlaceKind.castle)) == named("castle-yard")
    assert told_recipe(man(PlaceKind.castle, "He rides to the castle.")) is None


def test_a_circus_is_a_ring_under_canvas_and_a_bakery_has_its_oven_in_every_shot():
    assert {"big_top", "ring"} <= {
        la.piece for la in told_recipe(man(PlaceKind.stage, words="a circus")).layers
    }
    bakery = told_recipe(man(PlaceKind.kitchen, words="bakery: a warm room"))
    assert {"oven", "loaves"} <= {la.piece for la in bakery.layers}


def test_churches_are_no_castle_halls_and_houses_have_stairs():
    assert "altar" in {la.piece for la in recipe(PlaceKind.temple, True).layers}
    assert "staircase" in {la.piece for la in recipe(PlaceKind.house, True).layers}


def test_the_moon_is_grey_and_the_earth_over_it_is_blue():
    at = frame(opening("moon", "grey dust"))
    ground = at[120:].reshape(-1, 3).mean(axis=0)
    assert ground.max() - ground.min() < 24
    blue = (at[..., 2] > at[..., 0] + 60) & (at[..., 2] > 140)
    assert blue.mean() > 0.004


def test_snow_is_blue_and_never_sand_at_any_hour():
    for hour in (Hour.morning, Hour.dawn, Hour.dusk):
        picture = opening("snowfield", "white snow").model_copy(update={"hour": hour})
        red, _, blue = frame(picture)[110:].reshape(-1, 3).mean(axis=0)
        assert blue >= red - 6


@pytest.mark.parametrize(
    ("kind", "piece"), [("spaceship", "cabin"), ("village", "well"), ("temple", "altar")]
)
def test_what_is_round_or_high_stands_clear_of_heads(kind, piece):
    pose = Pose(x=0.0, height=1.4, distance=6.0, focal=600.0, centre=160.0, horizon=90.0)
    found = recipe(PlaceKind(kind), kind != "village")
    layer = next(la for la in found.layers if la.piece == piece)
    head = Head(float(layer.options["x"]), layer.depth, 0.2, 1.4, 1.8)
    moved = next(la for la in cleared(found, [head], pose, 1).layers if la.piece == piece)
    assert abs(moved.options["x"] - layer.options["x"]) > 0.8


def test_a_well_stands_beside_two_and_not_between_them_where_there_is_no_room_for_its_roof():
    found = recipe(PlaceKind.village, False)
    pose = Pose(0.0, 1.4, 4.0, 237.6, 192.0, 112.3)
    well = next(la for la in found.layers if la.piece == "well")
    x = float(well.options["x"]) / pose.scale(0.0) * pose.scale(well.depth)
    pair = [Head(x + side * 0.45, 0.0, 0.2, 1.4, 1.8) for side in (-1, 1)]
    moved = next(la for la in cleared(found, pair, pose, 1).layers if la.piece == "well")
    for head in pair:
        middle, half = behind(head, well.depth, pose, 1.0)
        assert abs(float(moved.options["x"]) - middle) >= half


def test_whoever_comes_home_goes_to_a_lit_house_from_the_road_and_from_the_room_where_the_story_is():
    for kind, interior in ((PlaceKind.road, False), (PlaceKind.forest, False), (PlaceKind.room, True)):
        picture = as_told(man(kind, "The soldier comes home.", interior=interior))
        assert not picture.place.look.interior
        assert "lit_home" in {la.piece for la in seen(picture).layers}
    stays = as_told(man(PlaceKind.room, "He sits at home.", interior=True))
    assert stays.place.look.interior
    assert "lit_home" not in {la.piece for la in seen(stays).layers}


def test_the_moon_that_is_named_is_in_a_clear_sky_at_night_and_no_leaves_hide_it():
    told = man(PlaceKind.forest, "The wolf sings to the moon.").model_copy(update={"weather": Weather.rain})
    picture = as_told(told)
    assert (picture.hour, picture.weather) == (Hour.night, Weather.clear)
    assert not any(la.piece in ("trunks", "overhang") for la in (*seen(picture).layers, *seen(picture).front))
    assert Screen(told, (160, 90), 3, 4.0).air.moon > 1.5
    assert as_told(man(PlaceKind.moon, "He walks on the moon.")).hour is told.hour


def test_a_stove_stands_in_a_hall_and_not_before_a_castle_s_wall():
    stove = ThingIn(id="s", words="", look=ThingLook(kind="stove"))
    cooks = man(PlaceKind.castle, "He cooks.").model_copy(update={"things": (stove,)})
    assert as_told(cooks).place.look.interior
    assert not as_told(cooks.model_copy(update={"action": Action.push})).place.look.interior


def test_the_earth_is_no_halo_behind_a_head():
    pose = Pose(x=0.0, height=1.4, distance=6.0, focal=600.0, centre=160.0, horizon=90.0)
    found = cleared(recipe(PlaceKind.moon, False), [Head(1.0, 0.0, 0.2, 1.4, 1.8)], pose, 1)
    earth = next(la for la in found.layers if la.piece == "earth")
    assert earth.options["avoid"]


def test_the_floor_of_an_empty_room_is_furnished_and_nothing_stands_before_those_who_act():
    empty = opening("school", "rows of desks")
    assert "desks" in {la.piece for la in seen(empty).front}
    taught = empty.model_copy(update={"figures": man(PlaceKind.school).figures})
    assert "desks" not in {la.piece for la in seen(taught).front}


def test_an_old_town_has_cobbles_and_a_city_of_today_has_lanes():
    assert seen(opening("city", "tall houses")).ground["texture"] == "road"
    assert (
        seen(opening("city", "tall houses").model_copy(update={"era": "medieval"})).ground["texture"]
        == "cobbles"
    )


def test_no_house_stands_in_a_harbour_s_water_when_somebody_comes_home():
    found = seen(man(PlaceKind.harbour, "The sailor comes home."))
    assert "lit_home" in {la.piece for la in found.layers}
    assert found.water is None


def test_a_bakery_has_one_oven():
    oven = ThingIn(id="o", words="", look=ThingLook(kind="oven"))
    waves = man(PlaceKind.kitchen, words="bakery").model_copy(update={"things": (oven,)})
    assert not spared(waves, seen(waves)).things
    bakes = waves.model_copy(update={"target": "o"})
    assert spared(bakes, seen(bakes)).things
    assert "oven" not in {la.piece for la in without_doubles(seen(bakes), bakes).layers}


def test_the_path_up_a_rock_is_no_horn():
    pose = Pose(x=0.0, height=1.4, distance=6.0, focal=600.0, centre=160.0, horizon=90.0)
    steep = seen(man(PlaceKind.mountain, words="mountain: steep rock"))
    for x in (-1.0, 1.0):
        cleared_ = cleared(steep, [Head(x, 0.0, 0.2, 1.4, 1.8)], pose, 1)
        scarp = next(la for la in cleared_.layers if la.piece == "scarp")
        assert scarp.options["side"] * x < 0


@pytest.mark.parametrize(("facing", "dark"), [(Facing.left, slice(0, 60)), (Facing.right, slice(196, 256))])
def test_whoever_walks_into_the_dark_has_a_dark_to_walk_into(facing, dark):
    told = man(PlaceKind.ship, "The captain walks into the dark.")
    figure = told.figures[0].model_copy(update={"facing": facing})
    camera = CameraIn(size=ShotSize.wide)
    at = frame(told.model_copy(update={"figures": (figure,), "camera": camera}))
    other = slice(196, 256) if dark.start == 0 else slice(0, 60)
    assert at[:, dark].mean() < 0.5 * at[:, other].mean()
    assert at[:, dark, 2].mean() > 24, "a hole in the picture, plain black"
    assert at[:, dark].std(axis=0).mean() > 1.5, "nothing of the place is seen in it"


def test_a_gardener_on_the_moon_has_a_dome_and_a_miner_his_props():
    for kind, noun, piece in ((PlaceKind.moon, "gardener", "glass_dome"), (PlaceKind.cave, "miner", "props")):
        told = man(kind)
        figures = (told.figures[0].model_copy(update={"noun": noun}),)
        assert piece in {la.piece for la in seen(told.model_copy(update={"figures": figures})).layers}


def test_one_moon_is_seen_from_a_room_of_many_windows():
    for kind in (PlaceKind.train, PlaceKind.temple, PlaceKind.castle, PlaceKind.school, PlaceKind.factory):
        windows = [la for la in recipe(kind, True).layers if la.piece == "window"]
        assert len(windows) > 1
        assert sum(bool(la.options.get("moon", True)) for la in windows) == 1


@pytest.mark.parametrize(
    ("sentence", "goal"),
    [
        ("The knight rides to the castle.", "castle"),
        ("The girl runs towards the old village.", "houses"),
        ("The sailor sees the lighthouse.", "lighthouse"),
        ("The clown walks to the circus.", "circus_tent"),
        ("The fox looks at the moon.", ""),
        ("The knight rides past the castle.", ""),
    ],
)
def test_where_somebody_goes_is_seen_far_off_on_that_side(sentence, goal):
    going = Action.ride if "rides" in sentence else Action.walk
    told = man(PlaceKind.road, sentence).model_copy(update={"action": going})
    found = featured(recipe(PlaceKind.road, False), told)
    far = [la for la in found.layers if la.piece == goal and la.options.get("x", 1.0) > 0]
    assert bool(far) == bool(goal)
    at_it = told.model_copy(
        update={"place": told.place.model_copy(update={"look": PlaceLook(kind=PlaceKind.castle)})}
    )
    usual = recipe(PlaceKind.castle, False)
    if goal == "castle":
        castles = [la for la in featured(usual, at_it).layers if la.piece == "castle"]
        assert castles == [la for la in usual.layers if la.piece == "castle"], (
            "no second one behind the first"
        )


@pytest.mark.parametrize(
    ("kind", "words", "lies"),
    [
        (PlaceKind.forest, "p", True),
        (PlaceKind.road, "p", True),
        (PlaceKind.desert, "p", False),
        (PlaceKind.meadow, "a green meadow", False),
    ],
)
def test_in_winter_snow_lies_where_it_can(kind, words, lies):
    told = man(kind, words=words).model_copy(update={"season": Season.winter})
    assert (Mark.snowy in as_told(told).place.marks) is lies
    assert Mark.snowy not in as_told(man(kind, words=words)).place.marks
    assert Mark.snowy not in as_told(told.model_copy(update={"weather": Weather.rain})).place.marks


def test_a_snowfield_has_more_to_see_than_pale_snow():
    field = recipe(PlaceKind.snowfield, False)
    assert {"drifts", "rail_fence", "bare_trees", "berry_bushes"} <= {la.piece for la in field.layers}
    assert "footprints" in field.ground
    pose = Pose(x=0.0, height=1.4, distance=6.0, focal=600.0, centre=160.0, horizon=90.0)
    head = Head(1.0, 0.0, 0.2, 1.4, 1.8)
    desk = recipe(PlaceKind.library, True)
    lamps = next(la for la in cleared(desk, [head], pose, 1).layers if la.piece == "desk_lamps")
    assert lamps.options["avoid"], "the shades of the lamps would be ears"
    for piece in ("bare_trees", "berry_bushes"):  # or boughs would be a stag's horns
        moved = next(la for la in cleared(field, [head], pose, 1).layers if la.piece == piece)
        assert moved.options["avoid"]


def test_at_dusk_snow_keeps_its_light():
    dusk = opening("snowfield", "white snow").model_copy(update={"hour": Hour.evening})
    man_in_it = man(PlaceKind.snowfield).model_copy(update={"hour": Hour.evening, "light": LightKey.low_key})
    assert sum(air(man_in_it, False).light) / 3 > 0.8
    road = man(PlaceKind.road).model_copy(update={"hour": Hour.evening, "light": LightKey.low_key})
    assert sum(air(road, False).light) / 3 < 0.7
    _, green, blue = frame(dusk)[110:].reshape(-1, 3).mean(axis=0)
    assert blue > green  # and is no teal water


@pytest.mark.parametrize("marks", [frozenset(), frozenset({Mark.snowy})])
def test_the_crowns_of_near_trees_are_darker_than_those_behind_them(marks):
    """Where they are alike a near trunk seems to end, cut, before the crowns of the trees behind it."""
    winter = man(PlaceKind.forest)
    setting = Setting(7, "#3f6a45", Hour.noon, Season.summer, Weather.clear, marks, air(winter, False))
    tones = []
    for depth in (6.0, 13.0):
        surface = skia.Surface(100, 100)
        canvas = surface.getCanvas()
        canvas.translate(50, 100)
        canvas.scale(8, 8)
        trunks = {"crown": 5.5, "leaf": "#48733f", "share": 0.0}
        PIECES["trunks"](Brush(canvas, setting, Ink(), depth, -6, 6, 12, "t", 0.1), trunks)
        tones.append(surface.toarray()[:40, :, :3].mean())
    assert tones[0] < tones[1] - 8


def test_a_trunk_goes_into_the_ground_with_its_roots_and_is_not_cut_off_flat():
    setting = Setting(7, "#3f6a45", Hour.noon, Season.summer, Weather.clear, frozenset(),
                      air(man(PlaceKind.forest), False))  # fmt: skip
    surface = skia.Surface(240, 120)
    canvas = surface.getCanvas()
    canvas.translate(120, 100)
    canvas.scale(20, 20)
    trunks = {"crown": 20.0, "share": 1.0, "bare": True}
    PIECES["trunks"](Brush(canvas, setting, Ink(), 3.0, -6, 6, 5, "t", 0.1), trunks)
    seen = surface.toarray()[..., 3] > 128
    lowest = [int(np.flatnonzero(column)[-1]) for column in seen.T if column.any()]
    assert max(lowest) - min(lowest) >= 2
    assert len(set(lowest)) >= 3


@pytest.mark.parametrize("words", ["a broad brown river", TOLD["river"]["words"], "a wide river with reeds"])
def test_no_river_has_the_colour_of_mud(words):
    red, green, blue = rgb(str(seen(opening("river", words)).ground["sea"]))
    assert green > red
    assert blue > 0.8 * red


def test_no_stone_to_step_on_lies_under_who_is_in_a_boat():
    bank = seen(opening("river", TOLD["river"]["words"]))
    assert "stones" in bank.ground
    rower = FigureIn(id="a", noun="woman", words="", look=BodyLook(), action=Action.row)
    picture = opening("river", TOLD["river"]["words"])
    afloat = launched(bank, picture.model_copy(update={"figures": (rower,)}))
    assert afloat.footing == "boat"
    assert "stones" not in afloat.ground


def test_a_ship_s_deck_is_warm_in_the_light_of_its_lanterns_by_night():
    picture = opening("ship", TOLD["ship"]["words"]).model_copy(update={"hour": Hour.night})
    red, _, blue = air(picture, False).light
    assert red > blue
    assert {"rigging", "ship_lantern"} <= {la.piece for la in seen(picture).layers}


def test_no_door_stands_behind_an_easel():
    hall = recipe(PlaceKind.house, True)
    door = next(la for la in hall.layers if la.piece == "door")
    x = float(door.options["x"])
    pose = Pose(x, 1.2, 6.0, 900.0, 640.0, 360.0)
    person, easel = Head(x - 1.5, 0.0, 0.2, 1.5, 1.8), Head(x, 0.0, 0.5, 0.6, 1.7)
    for things, there in (((), True), ((easel,), False)):
        found = next(la for la in cleared(hall, [person], pose, 1, things).layers if la.piece == "door")
        assert (found.options["x"] == x) is there


def test_no_pipe_stands_before_the_window_of_a_laboratory():
    told = TOLD["laboratory"]
    layers = seen(opening(told["name"], "glass vessels, dials and a great machine", True)).layers
    assert not next(la for la in layers if la.piece == "dials").options.get("valve", True)


def test_a_path_up_a_mountain_is_on_its_rock_from_the_ground():
    assert min(y for _, y in _WAY) == _WAY[0][1] < 0
    assert all(x <= 1.2 - 0.5 * max(y, 0) for x, y in _WAY)
