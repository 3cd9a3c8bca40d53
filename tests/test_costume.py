"""Trades are told by their dress at a glance, in a full shot and in a medium, in every style."""

from __future__ import annotations

import numpy as np
import pytest
import skia
from test_outline_steps import told

from photoplay.render.animatic.figures.acting import Acting
from photoplay.render.animatic.figures.anatomy import anatomy
from photoplay.render.animatic.figures.costume import PIECES
from photoplay.render.animatic.figures.garments import Wardrobe
from photoplay.render.animatic.figures.person import Person
from photoplay.render.animatic.figures.skeleton import Joint, Limb
from photoplay.render.animatic.figures.species import SPECIES
from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.lexicon import costume, look_up
from photoplay.storyboard.lexicon.store import data
from photoplay.storyboard.looks import BodyLook, PlaceLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn
from photoplay.storyboard.treatment import TreatedCharacter
from photoplay.storyboard.vocabulary import (
    Action,
    Beard,
    Dress,
    Expression,
    Facing,
    Hat,
    PlaceKind,
    ShotSize,
    Style,
)
from photoplay.storyboard.wardrobe import look_of

TRADES = (
    "clown", "boxer", "pirate", "nurse", "chef", "knight", "king", "queen", "wizard", "soldier", "policeman",
    "firefighter", "diver", "sailor", "doctor", "judge", "postman", "miner", "painter", "baker", "mechanic",
    "pilot", "cowboy", "priest", "bride", "captain", "detective", "thief", "clockmaker", "woodcutter", "teacher",
    "gardener",
)  # fmt: skip


def cast(noun: str, words: str = "") -> BodyLook:
    treated = TreatedCharacter(name=f"the {noun}", noun=noun, words=words, being="person")
    return look_of(treated, 3, noun, frozenset(), None)[0]


def frame(noun: str, look: BodyLook, size: ShotSize, style: Style = Style.cut_paper) -> np.ndarray:
    who = FigureIn(id="a", noun=noun, words="", look=look, facing=Facing.camera)
    place = PlaceIn(id="p", words="", look=PlaceLook(kind=PlaceKind.meadow))
    picture = Picture(
        sentence="", place=place, camera=CameraIn(size=size), figures=(who,), style=style
    )  # fmt: skip
    screen = Screen(picture, (320, 180), 5, 2.0)
    surface = skia.Surface(320, 180)
    screen.draw(surface.getCanvas(), 0.5, screen.path(0.5))
    return np.asarray(surface.toarray())[..., :3].astype(np.int16)


@pytest.mark.parametrize("trade", TRADES)
def test_a_trade_is_more_than_its_plain_garment_in_full_and_medium(trade: str) -> None:
    look = cast(trade)
    for size, least in ((ShotSize.full, 40), (ShotSize.medium, 200)):
        dressed, plain = frame(trade, look, size), frame("person", look, size)
        changed = (np.abs(dressed - plain).max(axis=2) > 40).sum()
        assert changed > least, f"{trade} looks like anybody in a {size}: {changed} pixels"


@pytest.mark.parametrize("style", list(Style))
def test_a_nurse_is_no_woman_in_a_uniform_in_any_style(style: Style) -> None:
    look = cast("nurse")
    one, other = (frame(noun, look, ShotSize.medium, style) for noun in ("nurse", "person"))
    assert (np.abs(one - other).max(axis=2) > 24).sum() > 200


def test_every_piece_that_a_trade_names_is_drawn() -> None:
    named = {p for row in data("people").values() for p in row.get("costume", ())}
    named |= set(data("appearance")["costumes"]) | set(data("appearance")["headpieces"])
    assert named | {"hung gloves"} == PIECES  # which nobody is born with


def test_a_hat_that_the_film_maker_named_is_worn() -> None:
    """Who writes "a pirate in a straw hat" must not get a tricorne over it."""
    told = cast("pirate", "in a straw hat")
    assert told.hat is Hat.straw
    assert "tricorne" not in costume("pirate", "", told)
    assert "sash" in costume("pirate", "", told)
    assert "tricorne" in costume("pirate", "", cast("pirate"))


def test_a_king_in_rags_wears_no_ermine_and_in_space_nobody_wears_a_trade() -> None:
    king = cast("king")
    assert costume("king", "", king) == ("ermine",)
    assert costume("king", "", king.model_copy(update={"dress": Dress.rags})) == ()
    assert costume("nurse", "", cast("nurse").model_copy(update={"dress": Dress.spacesuit})) == ()


def test_what_the_words_of_a_character_say_is_worn() -> None:
    plain = cast("woman")
    assert costume("woman", "A woman with a red nose and huge shoes.", plain) == ("red nose", "big shoes")
    assert costume("woman", "A woman who lost her nose for business.", plain) == ()


def test_a_boxer_has_gloves_and_a_runner_has_none() -> None:
    boxer, runner = look_up("boxer"), look_up("runner")
    assert boxer is not None
    assert runner is not None
    assert "boxing gloves" in boxer.attributes["costume"]
    assert "boxing gloves" not in runner.attributes["costume"]


def test_a_thief_wears_a_striped_jersey_down_to_the_hands_and_no_cloak() -> None:
    look = cast("thief")
    assert look.dress is Dress.shirt
    assert look.hat is Hat.beanie
    worn = costume("thief", "", look)
    wardrobes = [Wardrobe(look, anatomy(look), Ink(), pieces) for pieces in ((), worn)]
    arm = Limb(Joint(0.0, -0.8, 0.0), Joint(0.0, -0.6, 0.0), Joint(0.0, -0.4, 0.0), Joint(0.0, -0.35, 0.0))
    dark = []
    for wardrobe in wardrobes:
        surface = skia.Surface(100, 300)
        canvas = surface.getCanvas()
        canvas.translate(50, 290)
        canvas.scale(300, 300)
        wardrobe.arm(canvas, arm, 0.0, pointing=False, front=True)
        dark.append((surface.toarray()[:, :, :3].max(axis=2) < 70).sum())
    assert dark[1] > dark[0] + 300


@pytest.mark.parametrize("facing", [Facing.camera, Facing.right, Facing.away])
def test_a_mermaid_wears_a_band_round_a_bare_trunk_from_whichever_side(facing: Facing) -> None:
    colours = {
        "skin": "#804020",
        "trim_colour": "#2040f0",
        "hair_colour": "#101010",
        "coat_colour": "#2a9a8a",
    }
    look = BodyLook(species="mermaid", presents="woman", dress=Dress.none, **colours)
    surface = skia.Surface(200, 400)
    canvas = surface.getCanvas()
    canvas.translate(100, 390)
    canvas.scale(200, 200)
    acting = Acting(Action.stand, Expression.neutral, facing)
    Person(look, (), Ink(), 3, SPECIES["mermaid"]).draw(canvas, acting, 0.0, 1.0, None)
    pixels = surface.toarray(colorType=skia.kRGBA_8888_ColorType).astype(int)[150:]  # no eyes
    red, green, blue, seen = (pixels[..., k] for k in range(4))
    assert ((blue > 120) & (red < 90) & (green < 110)).sum() > 100
    assert ((seen > 200) & (red > 200) & (blue > 150)).sum() == 0, "a white vest"
    warm = (seen > 200) & (red > 100) & (abs(red - green) < 40) & (abs(red - blue) < 60)
    assert warm[:, 60:140].sum() < 60, "the seat of trousers under the waist"


@pytest.mark.parametrize("facing", [Facing.camera, Facing.left])
def test_the_big_shoes_of_a_clown_do_not_hang_out_of_a_frame_that_holds_the_feet(facing: Facing) -> None:
    surface = skia.Surface(300, 500)
    canvas = surface.getCanvas()
    canvas.translate(150, 400)
    canvas.scale(200, 200)
    clown = Person(BodyLook(), (), Ink(), 3, {"plan": "person"}, ("big shoes",))
    clown.draw(canvas, Acting(Action.laugh, Expression.happy, facing), 1.0, 3.0, None)
    rows = np.flatnonzero((surface.toarray()[..., 3] > 60).any(axis=1))
    assert (rows[-1] - 400) / 200 < 0.08 * clown.height


@pytest.mark.parametrize("facing", list(Facing))
@pytest.mark.parametrize("action", [Action.stand, Action.push, Action.point])
@pytest.mark.parametrize(
    ("trade", "hue", "least"), [("baker", (0xC8, 0x32, 0x2E), 60), ("boxer", (0xF1, 0xED, 0xE2), 380)]
)
def test_a_neckerchief_or_a_white_vest_is_seen_from_every_side(
    trade: str, hue: tuple[int, int, int], least: int, action: Action, facing: Facing
) -> None:
    look = cast(trade)
    surface = skia.Surface(300, 300)
    canvas = surface.getCanvas()
    canvas.translate(150, 290)
    person = Person(look, (), Ink(), 3, {"plan": "person"}, costume(trade, "", look))
    canvas.scale(220 / person.height, 220 / person.height)
    person.draw(canvas, Acting(action, Expression.neutral, facing), 1.0, 3.0, None)
    pixels = surface.toarray(colorType=skia.kRGBA_8888_ColorType).astype(int)[..., :3]
    found = int((np.abs(pixels - np.asarray(hue)).max(axis=2) < 14).sum())
    assert found > least, f"the {trade}'s is gone in a {action} seen from {facing}: {found} pixels"


def test_a_gardener_in_a_space_suit_has_the_apron_over_it_and_an_astronaut_has_nothing() -> None:
    look = cast("gardener").model_copy(update={"dress": Dress.spacesuit, "hat": Hat.helmet})
    assert costume("gardener", "", look) == ("garden apron",)
    assert costume("astronaut", "", look) == ()


def test_a_man_who_is_told_by_his_beard_has_one_in_a_story_of_ours() -> None:
    for idea in ("A woodcutter finds a key", "A fisherman loses his boat"):
        for seed in (1, 2, 3):
            hero = told(idea, seed).characters[0]
            look = cast(hero.noun, hero.words)
            assert look.presents == "woman" or look.beard is Beard.full, (idea, seed)
