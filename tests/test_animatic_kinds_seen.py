"""Kinds that strangers took for others: a camel driver, a scarecrow, a younger self, a royal cook."""

from photoplay.render.animatic.mind import in_mind
from photoplay.render.animatic.mounts import led
from photoplay.render.animatic.places.telling import housed, told_recipe
from photoplay.render.animatic.recast import without_owners
from photoplay.storyboard.lexicon.costume import costume
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Age, Beard, Dress, HairStyle, Hat, PlaceKind, ShotSize


def shot(noun, sentence, action, kind, words="", size=ShotSize.full, **look):
    figure = FigureIn(id="one", noun=noun, words="", look=BodyLook(**look), action=action)
    return Picture(
        sentence=sentence, actor="one", action=action, camera=CameraIn(size=size), figures=(figure,),
        place=PlaceIn(id="p", words=words, look=PlaceLook(kind=kind)),
    )  # fmt: skip


def test_a_camel_driver_has_a_camel_where_there_is_room_for_it():
    far = shot("camel driver", "The camel driver waves.", Action.wave, PlaceKind.desert)
    assert [f.look.species for f in led(far).figures] == ["person", "camel"]
    near = shot("camel driver", "The camel driver waves.", Action.wave, PlaceKind.desert, size=ShotSize.close)
    assert len(led(near).figures) == 1
    bus = shot("bus driver", "The bus driver waves.", Action.wave, PlaceKind.road)
    assert led(bus) is bus


def test_a_camel_driver_wears_a_headcloth_and_a_scarecrow_is_sewn():
    robed = BodyLook(dress=Dress.robe, hat=Hat.scarf)
    assert "headcloth" in costume("camel driver", "", robed)
    assert {"sewn face", "straw"} <= set(costume("scarecrow", "", BodyLook(dress=Dress.rags, hat=Hat.straw)))


def test_a_younger_self_has_the_hair_colour_of_who_remembers_and_a_girls_braids():
    own = {"presents": "woman", "hair": HairStyle.long, "hair_colour": "#aa3311", "beard": Beard.none}
    mind = in_mind(
        shot("teacher", "She remembers herself as a young girl.", Action.think, PlaceKind.school, **own)
    )
    assert mind is not None
    assert mind.figure is not None
    young = mind.figure.look
    assert (young.age, young.hair, young.hair_colour) == (Age.child, HairStyle.braids, "#aa3311")


def test_who_cooks_in_a_castle_stands_in_its_kitchen():
    told = housed(shot("king", "The king cooks.", Action.perform, PlaceKind.castle, "Grey towers, a gate"))
    assert told.place.look.kind is PlaceKind.kitchen
    assert told.place.look.interior
    assert told_recipe(told) is not None
    plain = housed(shot("king", "The king waves.", Action.wave, PlaceKind.castle, "Grey towers, a gate"))
    assert plain.place.look.kind is PlaceKind.castle


def test_whose_rings_are_collected_is_not_there_for_it():
    sailor = FigureIn(id="sailor", noun="young sailor", words="", look=BodyLook())
    rings = ThingIn(id="rings", words="rings", look=ThingLook(kind="ring"), held=True)
    told = shot("octopus", "The octopus collects the rings of the sailors.", Action.take, PlaceKind.sea)
    told = told.model_copy(update={"figures": (*told.figures, sailor), "things": (rings,), "target": "rings"})
    assert [f.id for f in without_owners(told).figures] == ["one"]
    given = told.model_copy(update={"sentence": "The octopus gives the rings to the sailors."})
    assert without_owners(given) is given
