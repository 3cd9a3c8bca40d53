"""A tower to which a mouse goes looms behind it, at its foot it fills the frame, and on top the land is below."""

from __future__ import annotations

import numpy as np
import pytest
import skia
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic.figures import Acting, Figure
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.small import in_company
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.picture import Picture
from photoplay.storyboard.vocabulary import Action, Being, Expression, Facing, PlaceKind, ShotSize

SIZE = (320, 180)


def mouse(action: Action, sentence: str) -> Picture:
    look = BodyLook(being=Being.quadruped, species="mouse")
    small = figure("a", action).model_copy(update={"look": look, "noun": "mouse"})
    told = shot(
        action,
        small,
        target="tower",
        things=(thing("tower", "tower"),),
        size=ShotSize.wide,
        place=PlaceKind.city,
    )
    return told.model_copy(update={"sentence": sentence})


def test_the_tower_to_which_a_mouse_runs_stands_large_behind_it_from_its_foot_to_its_tip() -> None:
    screen = Screen(mouse(Action.run, "The mouse runs to the tower."), SIZE, 5, 4.0)
    tower, actor = screen.staging.things[0], screen.staging.figures[0]
    pose = screen.path(3.8)
    left, top = pose.at(tower.x + tower.extent.left, tower.extent.top, tower.depth)
    right, foot = pose.at(tower.x + tower.extent.right, 0.0, tower.depth)
    assert 0 <= left < right <= SIZE[0]
    assert 0 <= top < foot <= SIZE[1]
    assert foot - top > 1.4 * actor.extent.height * pose.scale(actor.depth)
    skyline = [la for la in screen.recipe.layers if la.piece == "skyline"]
    for layer in skyline:
        assert pose.at(0.0, float(layer.options["high"]), layer.depth)[1] > top, "no house is over it"


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        (Action.fall, "The mouse slips and falls from the tower."),
        (Action.sit, "The mouse sits down beside the tower."),
    ],
)
def test_at_its_foot_the_tower_fills_a_side_of_the_frame_and_goes_out_of_its_top(
    action: Action, sentence: str
) -> None:
    screen = Screen(mouse(action, sentence), SIZE, 5, 4.0)
    tower, actor = screen.staging.things[0], screen.staging.figures[0]
    pose = screen.path(3.8)
    _, top = pose.at(tower.x, tower.extent.top, tower.depth)
    assert top < -0.5 * SIZE[1], "it is a toy"
    wall = abs(
        pose.at(tower.x + 0.32 * tower.extent.width, 0.0, tower.depth)[0]
        - pose.at(tower.x, 0.0, tower.depth)[0]
    )
    assert 2 * wall > 0.3 * SIZE[0]
    assert 0 < pose.at(actor.x, 0.0, actor.depth)[0] < SIZE[0]


def test_who_falls_from_a_tower_is_first_at_the_edge_of_its_wall_and_no_ear_is_cut_off() -> None:
    screen = Screen(mouse(Action.fall, "The mouse slips and falls from the tower."), SIZE, 5, 4.0)
    tower, actor = screen.staging.things[0], screen.staging.figures[0]
    player = screen._players[actor.id]
    high = screen._acting[actor.id].high * player.scale
    assert high > 1.5 * player.body.height * player.scale
    wall = tower.x + 0.32 * (tower.extent.right if actor.x > tower.x else tower.extent.left) * 2
    inside = (actor.x - wall) * (-1.0 if actor.x > tower.x else 1.0)
    assert abs(inside) < 0.1 * actor.extent.width, "its paws are on the flat of the wall, or on air"
    assert screen.path(0.1).at(actor.x, high + 1.2 * player.body.height * player.scale, actor.depth)[1] > 0
    told = mouse(Action.fall, "The mouse slips and falls.").model_copy(update={"things": (), "target": None})
    assert Screen(told, SIZE, 5, 4.0)._acting[actor.id].high == 0.0


def test_who_falls_from_a_tower_goes_over_backwards_and_no_dog_does_that_on_the_road() -> None:
    body = Figure(BodyLook(being=Being.quadruped, species="mouse"), (), Ink(), 3)

    def inked(high: float, at: float) -> np.ndarray:
        surface = skia.Surface(300, 300)
        canvas = surface.getCanvas()
        canvas.translate(150, 260)
        canvas.scale(60 / body.height, 60 / body.height)
        acting = Acting(Action.fall, Expression.neutral, Facing.right, high=high)
        body.draw(canvas, acting, at, 4.0)
        return np.argwhere(surface.toarray()[..., 3] > 200)

    def tall(found: np.ndarray) -> float:
        rows, columns = np.ptp(found, axis=0)
        return float(rows / columns)

    assert tall(inked(2.0 * body.height, 0.2)) > 1.2, "it is on the wall"
    assert tall(inked(0.0, 0.2)) < 1.2


@pytest.mark.parametrize(
    ("place", "below"),
    [(PlaceKind.city, "roofs"), (PlaceKind.shore, "sea_band"), (PlaceKind.castle, "hills")],
)
def test_who_is_on_top_of_a_tower_has_the_land_below_and_its_wall_behind(
    place: PlaceKind, below: str
) -> None:
    told = mouse(Action.wave, "The mouse waves from the top of the tower.")
    told = told.model_copy(
        update={
            "place": told.place.model_copy(
                update={"look": told.place.look.model_copy(update={"kind": place})}
            )
        }
    )
    screen = Screen(told, SIZE, 5, 4.0)
    pieces = {layer.piece: layer for layer in screen.recipe.layers}
    assert below in pieces
    assert screen.staging.things == (), "the tower is under the feet"
    actor = screen.staging.figures[0]
    assert pieces["battlements"].options["tall"] < 0.6 * actor.extent.height
    flag = screen.path(2.0).at(pieces["battlements"].options["x"], 0.0, pieces["battlements"].depth)[0]
    assert 0 < flag < SIZE[0]


@pytest.mark.parametrize("action", [Action.run, Action.sit, Action.climb])
def test_the_tower_of_a_mouse_stands_on_a_square_far_from_any_door(action: Action) -> None:
    screen = Screen(mouse(action, f"The mouse {action.value}s the tower."), SIZE, 5, 4.0)
    pieces = {layer.piece: layer.depth for layer in screen.recipe.layers}
    assert 20 < pieces["street"] < 50, "a square with no houses is an empty road"
    assert "lamps" not in pieces
    pose = screen.staging.pose
    door = 2.0 * pose.scale(pieces["street"])
    actor = screen.staging.figures[0]
    assert door < 0.6 * actor.extent.height * pose.scale(actor.depth)


def test_a_tower_with_a_name_is_climbed_on_its_square_too() -> None:
    told = mouse(Action.climb, "The mouse climbs the Tower of London.").model_copy(update={"target": None})
    screen = Screen(told, SIZE, 5, 4.0)
    assert {la.piece: la.depth for la in screen.recipe.layers}["street"] > 20


def test_the_ears_of_a_mouse_are_in_its_close_up() -> None:
    told = mouse(Action.think, "The mouse thinks.")
    told = told.model_copy(
        update={
            "things": (),
            "target": None,
            "camera": told.camera.model_copy(update={"size": ShotSize.close}),
        }
    )
    screen = Screen(told, SIZE, 5, 4.0)
    (player,) = screen._players.values()
    placed = screen.staging.figures[0]
    _, top = screen.staging.pose.at(placed.x, player.body.height * player.scale, placed.depth)
    assert top > 0


def test_the_tower_that_is_climbed_is_not_drawn_once_more_behind() -> None:
    screen = Screen(mouse(Action.climb, "The mouse climbs the tower."), SIZE, 5, 4.0)
    assert screen._taken_over == {"tower"}


@pytest.mark.parametrize("species", ["bee", "fox"])
def test_what_is_found_is_before_the_finder_and_in_the_frame(species: str) -> None:
    being = Being.insect if species == "bee" else Being.quadruped
    finder = figure("a", Action.look).model_copy(
        update={"look": BodyLook(being=being, species=species), "noun": species}
    )
    told = shot(
        Action.look, finder, target="it", things=(thing("it", "flower"),), size=ShotSize.full,
        place=PlaceKind.garden,
    ).model_copy(update={"sentence": f"The {species} finds a flower."})  # fmt: skip
    screen = Screen(told, SIZE, 5, 4.0)
    flower, actor = screen.staging.things[0], screen.staging.figures[0]
    pose = screen.path(2.0)
    assert 0 < pose.at(flower.x, 0.0, flower.depth)[0] < SIZE[0]
    assert (flower.x > actor.x) == (actor.facing is Facing.right)


def test_a_bus_in_which_somebody_only_travels_has_a_driver() -> None:
    rider = figure("a", Action.ride)
    told = shot(Action.ride, rider, target="bus", things=(thing("bus", "bus"),), place=PlaceKind.road)
    told = told.model_copy(update={"sentence": "The passenger rides in the bus."})
    assert Screen(told, SIZE, 5, 4.0)._unmanned("bus") is not None
    driver = figure("b", Action.ride).model_copy(update={"noun": "bus driver"})
    both = told.model_copy(update={"figures": (*told.figures, driver)})
    screen = Screen(both, SIZE, 5, 4.0)
    assert screen._transport.cabs["bus"][1][0] == "b"
    assert screen._unmanned("bus") is None


@pytest.mark.parametrize(("sentence", "held"), [("He tells a story.", 0), ("He looks at the watch.", 1)])
def test_a_watch_of_which_nothing_is_said_is_in_the_pocket(sentence: str, held: int) -> None:
    one = figure("a", Action.talk, holds=("it",))
    told = shot(Action.talk, one, things=(thing("it", "watch", held=True),))
    screen = Screen(told.model_copy(update={"sentence": sentence}), SIZE, 5, 4.0)
    assert len(screen._players["a"].held) == held


def test_a_mouse_is_seen_beside_a_dog() -> None:
    assert in_company(0.145, [0.68]) * 0.145 > 0.3 * 0.68
    assert in_company(0.145, [1.75]) * 0.145 < 0.2 * 1.75, "and is no rat beside a man"
