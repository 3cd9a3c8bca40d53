"""Horses and their kin: they lie on legs that are seen, and no head grows out of another's rump."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import skia

from photoplay.render.animatic.clearing import cleared
from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.figure import Figure
from photoplay.render.animatic.figures.gaits import gait
from photoplay.render.animatic.headroom import behind, bodies, kept_free
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.places.recipes import Layer
from photoplay.render.animatic.players import face_at
from photoplay.render.animatic.renderer import _drawn
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Being, Expression, Facing, PlaceKind, ShotSize, Side

SIDE = 300


def own(species: str, action: Action) -> np.ndarray:
    """Which pixels an animal turned right covers; its ground is nine tenths down."""
    figure = Figure(BodyLook(being=Being.quadruped, species=species, coat_colour="#d8b890"), (), Ink(), 3)
    surface = skia.Surface(SIDE, SIDE)
    canvas = surface.getCanvas()
    canvas.clear(0xFF2040FF)
    canvas.translate(SIDE / 2, 0.9 * SIDE)
    scale = 0.8 * SIDE / max(figure.width, figure.height)
    canvas.scale(scale, scale)
    figure.draw(canvas, Acting(action, Expression.neutral, Facing.right), 1.0, 4.0)
    pixels = surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(int)
    return np.abs(pixels - pixels[0, 0]).max(axis=2) > 20


@pytest.mark.parametrize("species", ["horse", "deer", "goat"])
def test_what_has_hooves_lies_with_a_foreleg_stretched_out_before_its_chest(species: str) -> None:
    lying = own(species, Action.lie)
    rows = np.flatnonzero(lying.any(axis=1))
    low, high = lying[rows[-1] - 14 : rows[-1] + 1], lying[rows[-1] - 45 : rows[-1] - 30]
    leg, chest = np.flatnonzero(low.any(axis=0))[-1], np.flatnonzero(high.any(axis=0))[-1]
    assert leg - chest > 0.06 * SIDE, "a body without legs"


def horses(
    sentence: str, action: Action, person: Action, names: tuple[str, str] = ("elder", "younger")
) -> Screen:
    look = BodyLook(being=Being.quadruped, species="horse")
    herd = [
        FigureIn(id=f"the-{n}-horse", noun="horse", words="", look=look, side=side, action=action)
        for n, side in zip(names, (Side.right, Side.far_right), strict=True)
    ]
    boy = FigureIn(id="boy", noun="boy", words="", look=BodyLook(), side=Side.left, action=person)
    actor = herd[0] if action is Action.run else boy
    picture = Picture(
        sentence=sentence,
        actor=actor.id,
        action=actor.action,
        target="boy" if actor is not boy else herd[0].id,
        place=PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.meadow, layout=7)),
        figures=(*herd, boy),
        camera=CameraIn(size=ShotSize.full),
    )
    return Screen(picture, (384, 216), 5, 4.0)


def test_two_that_chase_run_one_behind_the_other_and_lying_ones_are_not_one_heap() -> None:
    for screen, least in (
        (horses("The horses chase the boy.", Action.run, Action.run), 0.9),
        (horses("The boy sits beside the horses.", Action.lie, Action.sit), 0.7),
    ):
        one, other = (p for p in screen.staging.figures if p.id != "boy")
        assert abs(one.x - other.x) > least * min(one.extent.width, other.extent.width)


def test_a_dog_lies_down_to_the_mouse_that_it_nuzzles_and_stands_with_its_like() -> None:
    for level, lies in ((0.35, True), (0.9, False)):
        acting = Acting(Action.hug, Expression.tender, Facing.right, manner="nose", level=level)
        assert gait(acting, 1.0, 3).lying is lies


def test_stars_are_about_the_head_of_an_animal_where_it_has_come_to_lie_and_not_before() -> None:
    look = BodyLook(being=Being.quadruped, species="mouse")
    mouse = FigureIn(id="m", noun="mouse", words="", look=look, action=Action.fall)
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.city, layout=7))
    camera = CameraIn(size=ShotSize.full)
    told = {"sentence": "The mouse falls from the tower.", "actor": "m", "action": Action.fall}
    screen = Screen(Picture(place=place, figures=(mouse,), camera=camera, **told), (384, 216), 5, 4.0)
    player, acting = screen._players["m"], screen._acted(screen.staging.figures[0], 3.6)
    lies = face_at(player.body, replace(acting, action=Action.lie, manner=""), 4.0)
    assert screen._faces["m"] == lies, "they stay in the sky from which it fell"

    def stars(seconds: float) -> int:
        red, green, blue = np.moveaxis(np.asarray(_drawn(screen, seconds))[..., :3].astype(int), 2, 0)
        return int(((red > 170) & (green > 130) & (blue < 90)).sum())

    assert stars(2.1) == stars(0.2)
    assert stars(3.6) > stars(0.2)


def test_the_tail_of_a_fox_that_nuzzles_a_hen_is_in_the_frame() -> None:
    fox = FigureIn(id="fox", noun="fox", words="", look=BodyLook(being=Being.quadruped, species="fox"),
                   side=Side.right, action=Action.hug)  # fmt: skip
    hen = FigureIn(id="hen", noun="hen", words="", look=BodyLook(being=Being.bird, species="chicken"),
                   side=Side.left)  # fmt: skip
    place = PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.forest, layout=7))
    told = {"sentence": "The fox nuzzles the hen.", "actor": "fox", "action": Action.hug, "target": "hen"}
    picture = Picture(place=place, figures=(fox, hen), camera=CameraIn(size=ShotSize.full), **told)
    staging = Screen(picture, (384, 216), 5, 4.0).staging
    (placed,) = (p for p in staging.figures if p.id == "fox")
    pose, far = staging.pose, staging.pose.distance + placed.depth
    for x in (placed.x + placed.extent.left, placed.x + placed.extent.right):
        assert 0.0 < pose.centre + (x - pose.x) * pose.focal / far < 384.0


def test_of_two_horses_with_somebody_no_leg_or_tail_of_one_is_over_the_other() -> None:
    screen = horses("The boy waves to the horses.", Action.stand, Action.wave, ("first", "second"))
    one, other = sorted((p for p in screen.staging.figures if p.id != "boy"), key=lambda p: p.x)
    assert other.x + other.extent.left > one.x + one.extent.right - 0.06 * one.extent.width


def test_of_two_horses_one_grazes_behind_that_which_is_stroked_and_neither_is_before_the_other() -> None:
    screen = horses("The boy pets the horses.", Action.stand, Action.reach, ("first", "second"))
    near, far = (
        next(p for p in screen.staging.figures if p.id == f"the-{n}-horse") for n in ("first", "second")
    )
    assert screen._acting["the-second-horse"].action is Action.eat
    assert far.depth > near.depth + 2
    assert far.facing is not near.facing
    assert abs(far.x - near.x) > near.extent.width


def test_no_tree_near_by_stands_over_the_backs_of_two_horses() -> None:
    screen = horses("The boy pets the horses.", Action.stand, Action.reach, ("first", "second"))
    pose = screen.staging.pose
    trees = Layer(12.0, "trees", {"step": 9.0, "tall": 5.0})
    recipe = replace(screen.recipe, layers=(trees,))
    figures = screen.staging.figures
    herd = bodies(figures, {p.id for p in figures if p.id != "boy"})
    assert len(herd) == 2
    (layer,) = cleared(recipe, kept_free(figures), pose, 1, herd=herd).layers
    for beast in herd:
        middle, wide = behind(beast, layer.depth, pose, 0.0)
        for x in (middle - 0.9 * wide, middle, middle + 0.9 * wide):
            assert any(abs(x - at) < half for at, half in layer.options["avoid"]), "a tree on its rump"
    assert not bodies(figures[:1], {p.id for p in figures[:1]}), "one alone is as before"


def test_what_is_held_out_to_a_herd_is_held_out_to_one_that_is_there_and_near() -> None:
    sentence = "The boy holds out an apple to the horses."
    told = horses(sentence, Action.stand, Action.hold, ("first", "second")).picture
    apple = ThingIn(id="apple", words="", look=ThingLook(kind="apple"), held=True)
    close = CameraIn(size=ShotSize.medium_full)
    for side in (Side.left, Side.far_right):
        figures = tuple(
            f.model_copy(update={"side": side, "holds": ("apple",)} if f.id == "boy" else {"gaze": "apple"})
            for f in told.figures
        )
        changed = {"figures": figures, "things": (apple,), "target": "apple"}
        screen = Screen(told.model_copy(update={**changed, "camera": close}), (384, 216), 5, 4.0)
        assert len(screen.staging.figures) == 3, "held out to nobody"
        boy, near, far = sorted(screen.staging.figures, key=lambda p: (p.id != "boy", p.depth))
        assert boy.facing is (Facing.right if near.x > boy.x else Facing.left)
        assert abs(near.x - boy.x) < abs(far.x - boy.x)


def pair(sentence: str, one: BodyLook, other: BodyLook, action: Action) -> Screen:
    figures = [
        FigureIn(id=look.species, noun=look.species, words="", look=look, side=side, action=action)
        for look, side in ((one, Side.left), (other, Side.right))
    ]
    figures[1] = figures[1].model_copy(update={"action": Action.stand})
    picture = Picture(
        sentence=sentence,
        actor=one.species,
        action=action,
        target=other.species,
        place=PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.meadow, layout=7)),
        figures=tuple(figures),
        camera=CameraIn(size=ShotSize.full),
    )
    return Screen(picture, (384, 216), 5, 4.0)


@pytest.mark.parametrize("other", ["cat", "wolf", "horse"])
def test_two_animals_that_nuzzle_touch_with_their_noses_and_no_muzzle_lies_over_a_face(other: str) -> None:
    dog, it = (BodyLook(being=Being.quadruped, species=s) for s in ("dog", other))
    screen = pair(f"The dog nuzzles the {other}.", dog, it, Action.hug)
    left, right = sorted(screen.staging.figures, key=lambda p: p.x)
    gap = (right.x + right.extent.left) - (left.x + left.extent.right)
    assert -0.14 * min(p.extent.height for p in (left, right)) < gap < 0.3 * left.extent.height


def test_a_muzzle_that_nuzzles_a_bird_is_before_its_face_and_who_goes_before_a_beast_is_clear_of_it() -> None:
    fox, hen = BodyLook(being=Being.quadruped, species="fox"), BodyLook(being=Being.bird, species="hen")
    for action, verb, free in ((Action.hug, "nuzzles", 0.06), (Action.walk, "walks with", 0.12)):
        screen = pair(f"The fox {verb} the hen.", fox, hen, action)
        left, right = sorted(screen.staging.figures, key=lambda p: p.x)
        gap = (right.x + right.extent.left) - (left.x + left.extent.right)
        assert gap > free * right.extent.height


def test_a_horse_has_its_muzzle_at_the_breast_of_who_is_as_high() -> None:
    horse, man = BodyLook(being=Being.quadruped, species="horse"), BodyLook(presents="man")
    screen = pair("The horse nuzzles the man.", horse, man, Action.hug)
    beast, one = screen._acting["horse"], next(p for p in screen.staging.figures if p.id != "horse")
    player = screen._players["horse"]
    assert beast.level * player.body.eyes * player.scale < 0.85 * one.extent.eyes


def test_two_who_dance_and_hold_no_hands_keep_their_arms_to_themselves() -> None:
    ghost, woman = BodyLook(being=Being.ghost, species="ghost"), BodyLook(presents="woman")
    screen = pair("The ghost dances with the woman.", ghost, woman, Action.dance)
    left, right = sorted(screen.staging.figures, key=lambda p: p.x)
    assert left.x + left.extent.right < right.x + right.extent.left


def test_who_turns_away_from_a_beaver_has_no_snout_in_its_side() -> None:
    owl = BodyLook(being=Being.bird, species="owl")
    beaver = BodyLook(being=Being.quadruped, species="beaver")
    screen = pair("The owl turns away from the beaver.", owl, beaver, Action.stand)
    off, stays = (next(p for p in screen.staging.figures if p.id == i) for i in ("owl", "beaver"))
    way = 1.0 if stays.x > off.x else -1.0
    at = off.walked(0.4, 4.0)
    reach = stays.extent.left if way > 0 else stays.extent.right
    side = off.extent.right if way > 0 else off.extent.left
    assert way * (stays.x + reach - at - side) > 0.02


def test_two_beasts_that_dance_look_at_each_other_and_no_tail_is_over_a_leg() -> None:
    looks = [BodyLook(being=Being.quadruped, species=s) for s in ("cow", "goat")]
    screen = pair("The cow and the goat dance.", looks[0], looks[1], Action.dance)
    figures = [f.model_copy(update={"action": Action.dance}) for f in screen.picture.figures]
    update = {"figures": tuple(figures), "target": None}
    placed = Screen(screen.picture.model_copy(update=update), (384, 216), 5, 4.0).staging.figures
    left, right = sorted(placed, key=lambda p: p.x)
    assert left.extent.face_x > 0 > right.extent.face_x
    assert right.x + right.extent.left > left.x + left.extent.right


def test_a_wolf_that_sleeps_beside_somebody_is_in_the_frame_with_its_head() -> None:
    wolf = BodyLook(being=Being.quadruped, species="wolf")
    man = FigureIn(
        id="man",
        noun="man",
        words="",
        look=BodyLook(),
        side=Side.right,
        action=Action.sleep,
        facing=Facing.right,
    )
    beast = FigureIn(
        id="wolf", noun="wolf", words="", look=wolf, side=Side.left, action=Action.sit, facing=Facing.left
    )
    picture = Picture(
        sentence="The man sleeps beside the wolf.",
        actor="man",
        action=Action.sleep,
        target="wolf",
        place=PlaceIn(id="place", words="", look=PlaceLook(kind=PlaceKind.forest, layout=7)),
        figures=(man, beast),
        camera=CameraIn(size=ShotSize.wide),
    )
    screen = Screen(picture, (384, 216), 5, 4.0)
    it = next(p for p in screen.staging.figures if p.id == "wolf")
    for edge in (it.extent.left, it.extent.right):
        assert 0 < screen.staging.pose.at(it.x + edge, 0.0, it.depth)[0] < 384


def test_a_deer_that_sniffs_with_a_dog_is_in_the_frame_with_its_rump() -> None:
    dog, deer = (BodyLook(being=Being.quadruped, species=s) for s in ("dog", "deer"))
    screen = pair("The dog and the deer sniff at the ground.", dog, deer, Action.search)
    figures = tuple(f.model_copy(update={"action": Action.search}) for f in screen.picture.figures)
    screen = Screen(screen.picture.model_copy(update={"figures": figures}), (384, 216), 5, 4.0)
    for p in screen.staging.figures:
        for edge in (p.extent.left, p.extent.right):
            assert 0 < screen.staging.pose.at(p.x + edge, 0.0, p.depth)[0] < 384
