"""Who sleeps, sits side by side, swims by a boat or looks on is seen whole and lies on nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic import camera, chores
from photoplay.render.animatic import screen as drawn_screen
from photoplay.render.animatic.clearing import cleared
from photoplay.render.animatic.figures.anatomy import anatomy
from photoplay.render.animatic.figures.gaits import gait
from photoplay.render.animatic.figures.skeleton import Pose, Stance
from photoplay.render.animatic.headroom import Head, behind
from photoplay.render.animatic.places.recipes import Layer, recipe
from photoplay.render.animatic.renderer import _drawn
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook
from photoplay.storyboard.picture import FigureIn, Picture
from photoplay.storyboard.vocabulary import Action, Age, Being, Facing, Move, PlaceKind, ShotSize, Side

SIZE = (320, 180)


def told(picture: Picture, sentence: str) -> Picture:
    look = picture.place.look.model_copy(update={"interior": False})
    place = picture.place.model_copy(update={"look": look})
    return picture.model_copy(update={"sentence": sentence, "place": place})


def being(name: str, kind: Being, species: str, action: Action, side: Side, facing: Facing) -> FigureIn:
    look = BodyLook(being=kind, species=species)
    return figure(name, action, side, facing).model_copy(update={"look": look})


def test_somebody_old_who_lies_down_has_the_head_as_low_as_anybody() -> None:
    flat = Pose(pitch=-88)
    old, young = (Stance(anatomy(BodyLook(age=age))) for age in (Age.elder, Age.adult))
    high = [stance.skeleton(flat, 90, 90).head.y for stance in (old, young)]
    assert high[0] == pytest.approx(high[1], abs=0.03)
    assert old.skeleton(Pose(), 90, 90).head.x > young.skeleton(Pose(), 90, 90).head.x + 0.02, "stands bent"


def test_who_sleeps_is_no_speck_in_a_wide_shot() -> None:
    wide, full = (
        Screen(told(shot(Action.sleep, figure("a", Action.sleep), size=size), "She sleeps."), SIZE, 5, 4.0)
        for size in (ShotSize.wide, ShotSize.full)
    )
    assert wide.staging.pose.scale(0) == pytest.approx(full.staging.pose.scale(0))


def test_a_load_makes_no_boat_so_long_that_who_swims_beside_it_is_cut() -> None:
    swimmer = being("b", Being.octopus, "octopus", Action.swim, Side.right, Facing.left)
    crew = figure("a", Action.reach, Side.left), figure("c", Action.stand, Side.centre)
    picture = shot(
        Action.reach, *crew, swimmer, target="b", things=(thing("it", "chest"),), place=PlaceKind.sea,
        size=ShotSize.wide,
    )  # fmt: skip
    camera = picture.camera.model_copy(update={"move": Move.pull_out})
    picture = picture.model_copy(update={"camera": camera})
    screen = Screen(told(picture, "The sailors touch the octopus."), SIZE, 5, 4.0)
    assert screen.aboard
    reach = max(p.x + p.extent.right for p in screen.staging.figures if p.id != "b")
    assert screen.aboard[1] < reach + 0.8, "the chest is among the crew"
    placed = next(p for p in screen.staging.figures if p.id == "b")
    for seconds in (0.1, 2.0, 3.9):
        pose = screen.path(seconds)
        for edge in (placed.extent.left, placed.extent.right):
            assert 0 <= pose.at(placed.x + edge, 0.0, placed.depth)[0] <= SIZE[0]


def test_a_third_one_looks_on_and_embraces_no_air() -> None:
    beast = being("a", Being.octopus, "octopus", Action.hug, Side.right, Facing.left)
    others = figure("b", Action.hug, Side.left), figure("c", Action.hug, Side.centre)
    screen = Screen(
        told(shot(Action.hug, beast, *others, target="b", size=ShotSize.full), "The octopus nuzzles them."),
        SIZE, 5, 4.0,
    )  # fmt: skip
    met = {i for m in screen._met for i in (m.one, m.other)}
    assert met >= {"a", "b"}
    assert "c" not in met
    assert screen._acting["c"].action is Action.stand


def test_no_whiskers_of_an_animal_lie_on_the_cheek_of_who_sits_beside_it() -> None:
    beast = being("a", Being.quadruped, "beaver", Action.sit, Side.right, Facing.left)
    owl = being("b", Being.bird, "owl", Action.sit, Side.left, Facing.right)
    screen = Screen(
        told(
            shot(Action.sit, beast, owl, target="b", size=ShotSize.full), "The beaver sits beside the owl."
        ),
        SIZE, 5, 4.0,
    )  # fmt: skip
    left, right = sorted(screen.staging.figures, key=lambda p: p.x)
    free = right.x + right.extent.left - left.x - left.extent.right
    assert free > 0.14 * min(left.tall, right.tall)


POSE = camera.Pose(x=0.0, height=1.4, distance=6.0, focal=640.0, centre=320.0, horizon=180.0)


def cleared_piece(kind: PlaceKind, interior: bool, piece: Layer, *seen: Head) -> Layer:
    place = replace(recipe(kind, interior), layers=(piece,))
    return cleared(place, seen, POSE, 1).layers[0]


def test_no_banner_of_a_castle_hangs_behind_somebody_or_between_two() -> None:
    heads = [Head(x, 0.0, 0.2, 1.3, 1.8) for x in (0.9, 2.1)]
    layer = cleared_piece(PlaceKind.castle, False, Layer(7.0, "courtyard", {"x": 0.2}), *heads)
    spans = [behind(head, 7.0, POSE, 0.5)[0] for head in heads]
    for x in layer.options["banners"]:
        assert not min(spans) - 0.5 < x < max(spans) + 0.5
        assert abs(x - layer.options["x"]) > 1.8


def test_no_pan_hangs_at_a_face() -> None:
    heads = Head(0.1, 0.0, 0.2, 1.4, 1.8), Head(0.6, 0.0, 0.2, 0.5, 0.9)
    layer = cleared_piece(PlaceKind.castle, True, Layer(3.3, "pans", {"x": 0.1, "y": 2.3}), *heads)
    assert [middle for middle, _ in layer.options["off"]] == [
        pytest.approx(behind(heads[0], 3.3, POSE, 0)[0])
    ]


@pytest.mark.parametrize(("indoors", "flames"), [(True, False), (False, True)])
def test_under_the_sky_no_kitchen_stove_is_cooked_on(indoors: bool, flames: bool) -> None:
    picture = told(shot(Action.cook, figure("a", Action.cook), size=ShotSize.full), "She cooks.")
    look = picture.place.look.model_copy(
        update={"interior": indoors, "kind": PlaceKind.kitchen if indoors else PlaceKind.meadow}
    )
    picture = picture.model_copy(update={"place": picture.place.model_copy(update={"look": look})})
    drawn: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chores, "hearth", lambda *_: drawn.append("hearth"))
        _drawn(Screen(picture, SIZE, 5, 4.0), 1.0)
    assert bool(drawn) is flames


def test_a_wolf_that_sings_howls_with_its_muzzle_to_the_sky_beside_the_moon() -> None:
    wolf = being("a", Being.quadruped, "wolf", Action.sing, Side.left, Facing.right)
    picture = told(shot(Action.sing, wolf, size=ShotSize.full, place=PlaceKind.forest), "It sings.")
    seen: list[list[float]] = []
    with pytest.MonkeyPatch.context() as patch:

        def beside(place: object, pose: object, at: float, heads: list[float]) -> float:
            seen.append(heads)
            return at

        patch.setattr(drawn_screen, "beside_towers", beside)
        playing = Screen(picture, SIZE, 5, 4.0)
        _drawn(playing, 1.0)
    body, acting = playing._players["a"].body, playing._acting["a"]
    assert gait(acting, 1.0, 0).nod < -35
    assert gait(acting, 1.0, 0, hoofed=True).nod > -25, "a horse does not"
    assert body.look.species == "wolf"
    (placed,) = playing.staging.figures
    middle = playing.staging.pose.at(placed.x, 0.0, placed.depth)[0] / SIZE[0]
    assert max(seen[0]) > middle + 0.05, "the moon keeps from the muzzle, and not from the back"
