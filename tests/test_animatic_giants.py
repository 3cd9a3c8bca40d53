"""A giant is known as one at a glance, alone or with others: by the land about it and by its own body."""

from __future__ import annotations

import pytest
from test_animatic_landmarks import being, picture

from photoplay.render.animatic.direction import business, directed_picture
from photoplay.render.animatic.figures.anatomy import anatomy
from photoplay.render.animatic.figures.figure import Figure
from photoplay.render.animatic.figures.variants import variant
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.things import Thing
from photoplay.render.animatic.towering import beside_a_giant, towered
from photoplay.storyboard.lexicon import look_up, manner_of
from photoplay.storyboard.looks import BodyLook, ThingLook
from photoplay.storyboard.picture import CameraIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Age, Being, Dress, Hat, PlaceKind, ShotSize, Side, Stature

GIANT = BodyLook(species="giant", stature=Stature.giant, presents="man", hat=Hat.cap)
GIRL = BodyLook(age=Age.child, presents="woman", stature=Stature.small)


@pytest.mark.parametrize("kind", [PlaceKind.mountain, PlaceKind.forest, PlaceKind.village, PlaceKind.meadow])
def test_woods_and_cottages_stand_at_the_knees_of_a_giant(kind: PlaceKind) -> None:
    alone = picture(being("giant", GIANT, Action.walk, Side.centre), kind=kind)
    screen = Screen(alone, (160, 90), 1, 4.0)
    tall = screen.staging.figures[0].extent.height
    land = towered(screen.recipe, screen.picture, screen.staging.figures)
    near = [
        la for la in land.layers if la.depth < 20 and "tall" in la.options and la.piece in ("trees", "houses")
    ]
    assert {la.piece for la in near} == {"trees", "houses"}
    assert all(1.3 * la.options["tall"] < 0.45 * tall for la in near)
    assert not [la for la in land.layers if la.depth < 20 and la.piece in ("trunks", "well", "fence")]


def test_a_garden_about_a_giant_is_told_by_low_beds_and_a_hedge_and_holds_no_village() -> None:
    alone = picture(being("giant", GIANT, Action.walk, Side.centre), kind=PlaceKind.garden)
    screen = Screen(alone, (160, 90), 1, 4.0)
    before = {la.piece: la.options.get("tall", 0.55) for la in screen.recipe.layers}
    land = towered(screen.recipe, screen.picture, screen.staging.figures)
    told = {la.piece: la.options["tall"] for la in land.layers if la.piece in ("beds", "hedge")}
    assert set(told) == {"beds", "hedge"}
    assert all(told[piece] < 0.7 * before[piece] for piece in told if piece in before)
    assert "houses" not in {la.piece for la in land.layers}


def test_no_place_changes_for_somebody_of_usual_size() -> None:
    plain = picture(being("girl", GIRL, Action.walk, Side.centre), kind=PlaceKind.village)
    screen = Screen(plain, (160, 90), 1, 4.0)
    assert towered(screen.recipe, screen.picture, screen.staging.figures) is screen.recipe


def test_a_giant_is_barefoot_in_patches_with_a_small_head_and_no_cap() -> None:
    look = variant(GIANT, {"huge": 1, "beard": 1})
    assert look.dress is Dress.rags
    assert look.hat is Hat.none
    assert variant(GIANT.model_copy(update={"dress": Dress.armour}), {"huge": 1}).dress is Dress.armour
    assert anatomy(GIANT).head < 0.8 * anatomy(BodyLook(presents="man")).head
    assert Figure(GIANT, (), Ink(), 1).height > 3.5 * Figure(GIRL, (), Ink(), 1).height


def test_of_a_giant_the_whole_is_seen() -> None:
    close = picture(being("giant", GIANT, Action.drink, Side.centre))
    close = close.model_copy(update={"camera": CameraIn(size=ShotSize.medium)})
    assert directed_picture(close, {"giant": 4.6}, {}).camera.size is ShotSize.full
    other = picture(being("girl", GIRL, Action.drink, Side.centre))
    other = other.model_copy(update={"camera": CameraIn(size=ShotSize.medium)})
    assert directed_picture(other, {"girl": 1.1}, {}).camera.size is not ShotSize.full


@pytest.mark.parametrize(
    ("words", "kind"), [("lemonade", "lemonade"), ("orange juice", "lemonade"), ("milk", "milk")]
)
def test_what_is_drunk_is_told_by_its_glass_and_its_colour(words: str, kind: str) -> None:
    entry = look_up(words, "thing")
    assert entry is not None
    assert entry.kind == kind
    assert Thing(ThingLook(kind=kind), (), Ink(), 1).known


def test_who_sells_stands_at_a_stall_with_wares_and_puts_nothing_in_a_box() -> None:
    boy = being("boy", GIRL, Action.give, Side.centre).model_copy(update={"holds": ("it",)})
    lemonade = ThingIn(id="it", words="", look=ThingLook(kind="lemonade"), held=True)
    told = picture(boy, sentence="The boy sells the lemonade.").model_copy(update={"things": (lemonade,)})
    assert business(told, boy, Action.give) == "stall"
    assert business(told.model_copy(update={"sentence": "He puts it away."}), boy, Action.give) == "box"


def test_what_is_broken_falls_out_of_the_hands_in_two_and_a_statue_is_struck() -> None:
    man = being("man", BodyLook(), Action.cry, Side.centre)
    vase = ThingIn(id="it", words="", look=ThingLook(kind="jar"))
    told = picture(man, sentence="The man breaks the vase.")
    told = told.model_copy(update={"things": (vase,), "target": "it"})
    broken = directed_picture(told, {"man": 1.7}, {"it": 0.4})
    assert broken.action is Action.throw
    assert broken.figures[0].holds == ("it",)
    assert manner_of(Action.throw, told.sentence) == "drop"
    assert directed_picture(told, {"man": 1.7}, {"it": 3.0}).action is Action.fight
    sad = told.model_copy(update={"sentence": "The man breaks down beside the vase."})
    assert directed_picture(sad, {"man": 1.7}, {"it": 0.4}).action is Action.cry


def test_a_mouse_is_seen_beside_a_giant_and_a_dog_keeps_its_size() -> None:
    mouse, dog = (BodyLook(being=Being.quadruped, species=s) for s in ("mouse", "horse"))
    figures = [being("giant", GIANT, Action.talk, Side.left), being("mouse", mouse, Action.stand, Side.right)]
    told = picture(*figures, being("horse", dog, Action.stand, Side.far_right))
    grown = beside_a_giant(told, {"giant": 5.2, "mouse": 0.15, "horse": 1.6})
    assert set(grown) == {"mouse"}
    assert 0.12 * 4.7 < 0.15 * grown["mouse"] < 0.25 * 4.7
    assert beside_a_giant(picture(figures[1]), {"mouse": 0.15}) == {}


@pytest.mark.parametrize("actor", ["tree", "man"])
def test_beside_a_tree_with_a_face_a_man_is_no_speck(actor: str) -> None:
    tree = being("tree", BodyLook(being=Being.plant, species="tree"), Action.talk, Side.left)
    man = being("man", BodyLook(presents="man"), Action.talk, Side.right)
    first, second = (tree, man) if actor == "tree" else (man, tree)
    both = picture(first, second, kind=PlaceKind.forest).model_copy(
        update={"camera": CameraIn(size=ShotSize.full), "target": second.id}
    )
    screen = Screen(both, (320, 180), 1, 4.0)
    seen = {p.id: p for p in screen.staging.figures}
    assert seen["tree"].extent.height > 1.6 * seen["man"].extent.height
    scale = screen.staging.pose.scale(seen["man"].depth)
    assert seen["man"].extent.height * scale > 0.35 * 180
    eyes = screen.staging.pose.at(seen["tree"].x, seen["tree"].extent.eyes, seen["tree"].depth)
    assert 0 < eyes[1] < 180


@pytest.mark.parametrize(
    ("sentence", "action", "first"),
    [
        ("The giant sits down beside the girl.", Action.sit, "giant"),
        ("The girl pulls the giant up.", Action.pull, "girl"),
    ],
)
def test_no_hand_or_foot_of_a_giant_lies_over_a_small_one(sentence: str, action: Action, first: str) -> None:
    giant, girl = being("giant", GIANT, action, Side.left), being("girl", GIRL, action, Side.right)
    two = (giant, girl) if first == "giant" else (girl, giant)
    film = picture(*two, sentence=sentence)
    left, right = sorted(Screen(film, (160, 90), 1, 4.0).staging.figures, key=lambda p: p.x)
    assert left.x + left.extent.right < right.x + right.extent.left


def test_who_hugs_a_giant_hugs_its_leg_and_no_hand_comes_down_on_it() -> None:
    giant, girl = being("giant", GIANT, Action.stand, Side.left), being("girl", GIRL, Action.hug, Side.right)
    film = picture(girl, giant, sentence="The girl hugs the giant.")
    screen = Screen(film, (160, 90), 1, 4.0)
    assert screen._acting["giant"].action is Action.stand
    placed = {p.id: p for p in screen.staging.figures}
    found = screen._hands.lays(placed["girl"], screen._acting["girl"], 2.0)
    tall = screen._players["girl"].body.height
    assert found
    assert all(-0.8 * tall < y < -0.4 * tall for _, y, _ in found), "she reaches up at the air"
