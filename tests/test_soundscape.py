"""What is heard where: by place, hour, weather and action; never where nothing is known to sound."""

from __future__ import annotations

import itertools

import pytest
from films import slate_film
from hypothesis import given, settings
from hypothesis import strategies as st

from photoplay.render.plan import Planner
from photoplay.render.registry import find_renderer
from photoplay.storyboard.edits import Setting, ShotSetting, apply
from photoplay.storyboard.film import CastMember, Event, PropUse
from photoplay.storyboard.looks import BodyLook, Character, Place, PlaceLook, Prop, ThingLook
from photoplay.storyboard.soundscape import MOST_EFFECTS, soundscape
from photoplay.storyboard.timeline import timeline
from photoplay.storyboard.vocabulary import Action, Being, Hour, PlaceKind, Season, Weather


def film_at(kind=PlaceKind.shore, interior=False, hour=Hour.morning, weather=Weather.clear, event=None, look=None,
            thing=None, era="", season=Season.summer, shots=4, **settings_):  # fmt: skip
    film = slate_film(shots=shots, lines=False, goes_on=(), **settings_)
    story = film.story
    place = Place(id="shore", name="there", look=PlaceLook(kind=kind, interior=interior))
    cast = (Character(id="anna", name="Anna", look=look or BodyLook()), story.characters[1])
    props = (Prop(id="lamp", name="thing", look=ThingLook(kind=thing or "lamp")),)
    scene = story.scenes[0].model_copy(update={"hour": hour, "weather": weather})
    story = story.model_copy(
        update={
            "places": (place, story.places[1]),
            "scenes": (scene, story.scenes[1]),
            "era": era,
            "season": season,
            "characters": cast,
            "props": props,
        }
    )
    made = [shot.model_copy(update={"scene": "one"}) for shot in film.shots]
    if event is not None:
        made[0] = made[0].model_copy(
            update={
                "event": event,
                "cast": (CastMember(entity="anna"),),
                "props": (PropUse(entity="lamp"),) if thing else (),
            }
        )
    return film.__class__.model_validate(
        film.model_copy(update={"story": story, "shots": tuple(made)}).model_dump()
    )


def scape(film):
    return soundscape(film, timeline(film))


def beds(**more):
    return {bed.name for bed in scape(film_at(**more)).beds}


def effects(sentence, action, verb="", actor="anna", target=None, **more):
    event = Event(sentence=sentence, action=action, verb=verb, actor=actor, target=target)
    return [cue.name for cue in scape(film_at(event=event, **more)).effects if cue.shot == "s00"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"kind": PlaceKind.forest}, {"forest"}),
        ({"kind": PlaceKind.forest, "hour": Hour.night}, {"forest-night"}),
        ({"kind": PlaceKind.shore, "weather": Weather.rain}, {"shore", "rain"}),
        ({"kind": PlaceKind.kitchen, "interior": True, "weather": Weather.rain}, {"room", "rain-inside"}),
        ({"kind": PlaceKind.forest, "season": Season.winter}, {"wind-cold"}),
        ({"kind": PlaceKind.city}, {"city"}),
        ({"kind": PlaceKind.city, "era": "a medieval town"}, {"village"}),
        ({"kind": PlaceKind.lighthouse, "interior": True}, {"sea-inside"}),
        ({"kind": PlaceKind.space, "weather": Weather.rain}, {"space"}),
        ({"kind": PlaceKind.mountain, "weather": Weather.wind}, {"wind-high"}),
        ({"kind": PlaceKind.elsewhere}, set()),
    ],
)
def test_a_place_sounds_as_it_is(where, expected):
    assert beds(**where) == expected


def test_every_place_but_the_unknown_one_is_heard():
    silent = [kind for kind in PlaceKind if not beds(kind=kind)]
    assert silent == [PlaceKind.elsewhere]


@pytest.mark.parametrize(
    ("sentence", "action", "verb", "more", "expected"),
    [
        ("Anna walks along the shore.", Action.walk, "walks", {}, ["steps-sand-walk"]),
        ("Anna runs home.", Action.run, "runs", {"kind": PlaceKind.road}, ["steps-gravel-run"]),
        ("Anna walks in the snow.", Action.walk, "walks", {"kind": PlaceKind.road, "weather": Weather.snow}, ["steps-snow-walk"]),
        ("Anna knocks.", Action.perform, "knocks", {}, ["knock"]),
        ("Anna opens it.", Action.open, "opens", {"target": "lamp", "thing": "door"}, ["door-open"]),
        ("Anna opens the door.", Action.open, "opens", {}, ["door-open"]),
        ("Anna opens her eyes.", Action.open, "opens", {}, []),
        ("The dog barks.", Action.talk, "barks", {"look": BodyLook(being=Being.quadruped, species="dog")}, ["dog"]),
        ("The dog walks.", Action.walk, "walks", {"look": BodyLook(being=Being.quadruped, species="dog")}, []),
        ("The horse gallops.", Action.run, "gallops", {"look": BodyLook(being=Being.quadruped, species="horse")}, ["hooves-run"]),
        ("The whale sings.", Action.sing, "sings", {"look": BodyLook(being=Being.whale, species="whale"), "kind": PlaceKind.underwater}, ["whale"]),
        ("The dog does not bark.", Action.stand, "bark", {"look": BodyLook(being=Being.quadruped, species="dog")}, []),
        ("The bell is silent.", Action.stand, "ring", {}, []),
        ("Anna mends a lamp with a hammer.", Action.work, "mends", {"target": "lamp", "thing": "lamp"}, ["hammering"]),
        ("Anna repairs it.", Action.work, "repairs", {"target": "lamp", "thing": "lamp"}, ["tinkering"]),
        ("Anna rebuilt the boat.", Action.work, "rebuilt", {"kind": PlaceKind.workshop}, ["hammering"]),
        ("Anna fixes the sail.", Action.work, "fix", {}, ["cloth"]),
        ("Anna fixes her eyes on the door.", Action.work, "fixes", {}, []),
        ("Anna mends their friendship.", Action.work, "mends", {}, []),
        ("Anna strikes the anvil.", Action.fight, "strikes", {}, ["hammering"]),
        ("Anna never opens the door.", Action.open, "opens", {}, []),
        ("Anna doesn’t walk.", Action.walk, "walk", {}, []),
        ("Anna walks along the quiet shore.", Action.walk, "walks", {}, ["steps-sand-walk"]),
        ("Anna walks on the moon.", Action.walk, "walks", {"kind": PlaceKind.moon}, []),
        ("Anna thinks.", Action.think, "thinks", {}, []),
    ],
)  # fmt: skip
def test_what_happens_sounds(sentence, action, verb, more, expected):
    assert effects(sentence, action, verb, **more) == expected


def test_it_thunders_in_a_storm_but_not_all_the_time():
    cues = [cue for cue in scape(film_at(weather=Weather.storm, shots=24)).effects if cue.name == "thunder"]
    assert len(cues) >= 3
    assert all(b.start - a.start > 10 * 24 for a, b in itertools.pairwise(cues))


def test_a_shot_is_never_over_busy():
    found = effects("Anna runs and knocks.", Action.run, "knocks", weather=Weather.storm)
    assert found == ["thunder", "knock"], "three sounds in one shot are noise"


def test_beds_of_two_scenes_cross_in_half_a_second_and_one_bed_goes_on_through_two():
    film = film_at(kind=PlaceKind.forest, shots=4)
    film = film.__class__.model_validate(
        {
            **film.model_dump(),
            "shots": [
                s.model_copy(update={"scene": "one" if n < 2 else "two"}).model_dump()
                for n, s in enumerate(film.shots)
            ],
        }
    )
    forest, shore = scape(film).beds
    assert forest.stop - shore.start == 12 == forest.fall == shore.rise
    (one,) = scape(film_at(shots=4)).beds
    assert (one.start, one.stop) == (18, 24 + 240 + 6)


def test_off_is_off():
    film = apply(film_at(), Setting(effects="off"))
    assert not scape(film).wanted
    assert "effect" not in {n.request.kind for n in Planner(find_renderer).plan(film).nodes}


def test_where_a_shot_lies_makes_no_sound_anew():
    event = Event(sentence="Anna walks.", action=Action.walk, verb="walks", actor="anna")
    film = film_at(event=event)
    shots = list(film.shots)

    def keys(film):
        return {n.id: n.key for n in Planner(find_renderer).plan(film).nodes if n.request.kind == "effect"}

    moved = film.model_copy(update={"shots": tuple(shots[1:] + shots[:1])})
    longer = film.model_copy(update={"shots": (shots[0].model_copy(update={"frames": 200}), *shots[1:])})
    reseeded = film.model_copy(update={"settings": film.settings.model_copy(update={"seed": 9})})
    assert keys(film)
    for other in (moved, longer, reseeded):
        assert keys(other) == keys(film)


def test_the_sound_of_a_take_stands_in_place_of_effects():
    event = Event(sentence="Anna walks.", action=Action.walk, verb="walks", actor="anna")
    film = film_at(event=event)
    after = apply(film, ShotSetting(shot="s00", take_sound="keep"))
    assert not scape(after).effects
    assert scape(after).beds == scape(film).beds
    assert after.decisions == film.decisions, "its take is the same"


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(PlaceKind), action=st.sampled_from(Action), hour=st.sampled_from(Hour),
    weather=st.sampled_from(Weather), being=st.sampled_from(Being), words=st.text(max_size=40), inside=st.booleans(),
)  # fmt: skip
def test_any_film_has_a_soundscape_that_lies_in_it(kind, action, hour, weather, being, words, inside):
    event = Event(sentence=words, action=action, verb=words, actor="anna")
    film = film_at(
        kind=kind, interior=inside, hour=hour, weather=weather, event=event, look=BodyLook(being=being)
    )
    laid, found = timeline(film), scape(film)
    assert found == scape(film)
    for one in (*found.beds, *found.effects):
        assert 0 <= one.start < one.stop <= laid.frames
    for shot in film.shots:
        assert sum(cue.shot == shot.id for cue in found.effects) <= MOST_EFFECTS
    for bed in found.beds:
        assert bed.rise + bed.fall <= bed.stop - bed.start
