"""The boat of a film is one boat in every shot, and where one needs a space suit all do."""

import photoplay
from photoplay.render.animatic.airless import suited
from photoplay.render.animatic.places.recipes import recipe
from photoplay.render.animatic.wading import launched
from photoplay.storyboard.craft import Craft, craft_told, unrigged
from photoplay.storyboard.looks import BodyLook, PlaceLook, Prop, ThingLook
from photoplay.storyboard.picture import picture
from photoplay.storyboard.vocabulary import Action, Dress, PlaceKind


def boarded(story, tmp_path):
    film = photoplay.make(story, out=tmp_path / "film", until="board").film
    return film, [picture(film, shot) for shot in film.shots]


def test_who_sails_once_is_under_the_same_sail_in_every_shot_on_that_water(tmp_path):
    _, pictures = boarded("A widowed fisherman sails out to scatter his wife's ashes", tmp_path)
    at_sea = [p for p in pictures if p.place.look.kind == "sea"]
    assert len(at_sea) > 2
    assert {p.craft for p in at_sea} == {Craft(sail=True)}


def test_a_raft_that_is_built_is_the_raft_that_is_sailed(tmp_path):
    film, pictures = boarded("Three children build a raft to find the end of the river", tmp_path)
    raft = next(p for p in film.story.props if p.look.kind == "raft")
    assert {p.craft for p in pictures} == {Craft(raft=True, sail=True, colour=raft.look.colour)}


def test_a_boat_that_is_only_rowed_has_no_sail_on_the_shore_either(tmp_path):
    boat = Prop(id="boat", name="boat", look=ThingLook(kind="boat", colour="#aa2020"))
    rowed = craft_told("The girl rows the boat.", ["The girl finds a boat."], [boat])
    assert rowed == Craft(colour="#aa2020")
    assert craft_told("The girl waits.", ["The girl finds a boat."], [boat]) == Craft(
        sail=True, colour="#aa2020"
    )
    _, pictures = boarded("A girl finds a boat and rows the boat over the lake", tmp_path)
    found = [p for p in pictures if any(t.look.kind == "boat" for t in p.things)]
    assert found
    for shown in found:
        assert all(t.look.kind != "boat" for t in unrigged(shown).things)


def test_inland_no_picture_tells_of_a_boat(tmp_path):
    _, pictures = boarded("A king loses his crown and learns to cook", tmp_path)
    assert all(p.craft is None for p in pictures)
    assert '"craft"' not in pictures[0].model_dump_json()


def test_who_is_alone_on_a_planet_needs_the_suit_that_another_of_the_film_wears(tmp_path):
    film, pictures = boarded("A cosmonaut finds a lonely robot on Mars", tmp_path)
    assert film.story.characters[0].look.dress is Dress.spacesuit
    assert all(p.place.airless for p in pictures if p.place.look.kind == "planet")
    alone = pictures[1].model_copy(
        update={"figures": tuple(f.model_copy(update={"look": BodyLook()}) for f in pictures[1].figures)}
    )
    mars = alone.place.model_copy(update={"airless": True, "look": PlaceLook(kind=PlaceKind.planet)})
    told = suited(alone.model_copy(update={"place": mars}), recipe(PlaceKind.planet, False))
    assert all(f.look.dress is Dress.spacesuit for f in told.figures)


def test_who_is_in_a_boat_on_a_lake_is_out_on_it_in_every_shot(tmp_path):
    film, pictures = boarded("A fisherman sings in the boat on the lake", tmp_path)
    assert {p.look.kind for p in film.story.places} == {PlaceKind.lake}, "an open boat is no ship's deck"
    lake = recipe(PlaceKind.lake, False)
    assert all(launched(lake, p).footing == "boat" for p in pictures if p.figures)


def test_who_sings_in_a_boat_is_afloat_and_who_looks_into_one_is_ashore(tmp_path):
    _, pictures = boarded("A grandmother teaches her grandson to swim in the mountain lake", tmp_path)
    stands = next(p for p in pictures if p.figures and p.place.look.kind == "lake")
    lake = recipe(PlaceKind.lake, False)
    sings = stands.model_copy(update={"sentence": "She sings in the boat.", "action": Action.sing})
    looks = stands.model_copy(update={"sentence": "She looks in the boat.", "action": Action.look})
    assert launched(lake, sings).footing == "boat"
    assert launched(lake, looks).footing == "ground"


def test_who_sleeps_in_a_boat_sleeps_there(tmp_path):
    film, pictures = boarded("A girl sleeps in a boat", tmp_path)
    assert {p.look.kind for p in film.story.places} == {PlaceKind.sea}
    assert any(p.action is Action.sleep for p in pictures)


def test_a_red_boat_that_is_named_again_is_the_red_boat(tmp_path):
    film, pictures = boarded("A boy finds a red boat and rows the boat over the lake", tmp_path)
    (boat,) = [p.look for p in film.story.props if p.look.kind == "boat"]
    red, green, blue = (int(boat.colour[k : k + 2], 16) for k in (1, 3, 5))
    assert red > 2 * max(green, blue)
    assert {p.craft for p in pictures if p.craft} == {Craft(colour=boat.colour)}
