"""Edits change what they name and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_films import film, shot

from photoplay.storyboard import edits as e
from photoplay.storyboard import vocabulary as v
from photoplay.storyboard.errors import BadInput, NewerFilm, UnknownName
from photoplay.storyboard.film import (
    Brief,
    Card,
    CastMember,
    Decision,
    Film,
    Line,
    Scene,
    Wrote,
)
from photoplay.storyboard.looks import Character, Place, Prop, State, Voice
from photoplay.storyboard.picture import picture
from photoplay.storyboard.upgrade import upgraded

FILM = film()
SHOTS = st.sampled_from([s.id for s in FILM.shots])
AFTER = st.none() | SHOTS
WORDS = st.text(alphabet="Annaé wx\n,.漢", max_size=12)
KEYS = st.integers(0, 15).map(lambda n: f"{n:064x}")
SEEDS = st.integers(0, 2**31 - 1)
LINES = st.sampled_from([line.id for s in FILM.shots for line in s.lines])


def _one_of(values):
    return st.none() | st.sampled_from(list(values))


def _parts(edit, **fields):
    return st.builds(edit, **fields)


EDITS = st.one_of(
    _parts(
        e.Tell,
        story=st.just(FILM.story),
        shots=st.just(FILM.shots[:2]),
        opening=st.none(),
        ending=st.none(),
        wrote=st.just(Wrote(writer="outline")),
    ),
    _parts(e.Rewrite, shot=SHOTS, sentence=st.none() | WORDS, action=_one_of(v.Action), closing=WORDS),
    _parts(e.Recast, shot=SHOTS, cast=st.just((CastMember(entity="anna", state="wet"),))),
    _parts(
        e.ChangeCharacter,
        character=st.sampled_from(["anna", "tom"]),
        words=st.none() | WORDS,
        look=st.builds(e.BodyLookChange, hat=_one_of(v.Hat), age=_one_of(v.Age)),
        voice=st.none() | st.builds(Voice, pitch=st.integers(0, 100)),
    ),
    _parts(
        e.ChangePlace,
        place=st.just("bay"),
        look=st.builds(e.PlaceLookChange, kind=_one_of(v.PlaceKind)),
    ),
    _parts(e.ChangeProp, prop=st.just("lamp"), look=st.builds(e.ThingLookChange, stature=_one_of(v.Stature))),
    _parts(e.Restyle, style=_one_of(v.Style), era=st.none() | st.just("1900"), mood=_one_of(v.Mood)),
    _parts(e.Insert, shot=st.integers(20, 99).map(shot), after=AFTER),
    _parts(e.Remove, shot=SHOTS),
    _parts(e.Retime, frames=st.dictionaries(SHOTS | st.just("title"), st.integers(1, 900), max_size=3)),
    _parts(e.Trim, shot=SHOTS, cut=st.integers(1, 95)),
    _parts(e.Retake, shot=SHOTS, seed=st.none() | SEEDS),
    _parts(e.Choose, takes=st.dictionaries(SHOTS, KEYS, max_size=3), pin=st.booleans()),
    _parts(e.Release, items=st.tuples(SHOTS)),
    _parts(
        e.Spoken,
        lines=st.dictionaries(
            LINES, st.builds(e.SpokenLine, milliseconds=st.integers(0, 9000), words=KEYS), max_size=3
        ),
    ),
    st.builds(e.Rename, what=st.just("character"), id=st.just("anna"), name=st.sampled_from(["Zoë", "Tom"])),
    st.builds(e.SetState, entity=st.just("anna"), shot=st.just("s01"), state=st.sampled_from(["wet", ""])),
    st.builds(e.SetState, entity=st.just("tower"), scene=st.just("dusk"), state=st.sampled_from(["lit", ""])),
    _parts(e.SetCamera, shot=SHOTS, size=_one_of(v.ShotSize), focus=st.sampled_from([None, "", "anna"])),
    _parts(e.SetLight, shot=SHOTS, light=_one_of(v.LightKey), words=st.none() | WORDS),
    _parts(e.Join, shot=SHOTS, opens=st.sampled_from(list(v.Opening)), overlap=st.integers(0, 240)),
    _parts(e.SetScene, scene=st.just("storm"), hour=_one_of(v.Hour), place=st.sampled_from([None, "tower"])),
    _parts(e.SetLine, line=LINES, words=st.none() | WORDS, speaker=st.sampled_from([None, "", "anna"])),
    _parts(e.AddLine, shot=SHOTS, line=st.just(Line(id="new", words="Hush.")), after=st.none()),
    _parts(e.RemoveLine, line=LINES),
    _parts(e.SetNarrator, voice=st.builds(Voice, pace=st.integers(80, 300))),
    _parts(
        e.SetCard,
        where=st.sampled_from(["opening", "ending"]),
        card=st.none() | st.just(Card(id="card", heading="Hi", frames=9)),
    ),
    _parts(
        e.Setting,
        width=st.none() | st.integers(32, 900).map(lambda n: 2 * n),
        style=_one_of(v.Style),
        values=st.dictionaries(st.just("steps"), st.integers(1, 50)),
    ),
    _parts(e.ShotSetting, shot=SHOTS, renderer=st.sampled_from([None, "", "fake"]), seed=st.none() | SEEDS),
    _parts(
        e.Decide, decision=st.builds(Decision, kind=st.just("other"), subject=st.just("s01"), words=WORDS)
    ),
    _parts(
        e.Bind, shot=st.just("s01"), references=st.dictionaries(st.just("anna"), st.tuples(KEYS), max_size=1)
    ),
    _parts(e.SetBrief, brief=st.builds(Brief, idea=WORDS)),
    _parts(e.Replace, film=st.just(FILM)),
    _parts(
        e.Add, character=st.just(Character(id="eve", name="Eve")), place=st.just(Place(id="pub", name="Pub"))
    ),
)
ONE_SHOT = (
    e.Rewrite,
    e.Recast,
    e.Trim,
    e.Retake,
    e.SetCamera,
    e.SetLight,
    e.Join,
    e.ShotSetting,
    e.Bind,
    e.AddLine,
)
quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _told(told: Film) -> dict[str, bytes]:
    """Each part of a film as the bytes it is stored as, by what it is."""
    parts = {f"shot {s.id}": s.model_dump_json() for s in told.shots}
    if told.story:
        for kind in ("characters", "places", "props", "scenes"):
            parts |= {f"{kind} {x.id}": x.model_dump_json() for x in getattr(told.story, kind)}
    for name in ("brief", "settings", "opening", "ending", "wrote"):
        part = getattr(told, name)
        parts[name] = part.model_dump_json() if part else ""
    return parts


@quick
@given(EDITS)
def test_an_edit_survives_being_stored(edit):
    assert e.EDIT.validate_json(e.EDIT.dump_json(edit)) == edit


@quick
@given(EDITS)
def test_the_result_is_a_whole_film_said_in_one_line_and_the_old_one_is_untouched(edit):
    before = FILM.model_dump_json()
    after = e.apply(FILM, edit)
    assert Film.model_validate_json(after.model_dump_json()) == after
    assert FILM.model_dump_json() == before
    assert e.apply(FILM, edit).model_dump_json() == after.model_dump_json()
    line = e.describe(FILM, edit)
    assert line.strip()
    assert "\n" not in line


@quick
@given(EDITS.filter(lambda edit: isinstance(edit, ONE_SHOT)))
def test_an_edit_of_one_shot_leaves_every_other_part_byte_identical(edit):
    before, after = _told(FILM), _told(e.apply(FILM, edit))
    assert {part for part in before if before[part] != after.get(part)} <= {f"shot {edit.shot}"}
    assert before.keys() == after.keys()


@quick
@given(st.integers(20, 99), AFTER)
def test_insert_then_remove_is_as_if_nothing_had_been(number, after):
    there = e.apply(FILM, e.Insert(shot=shot(number), after=after))
    assert [s.id for s in there.shots].index(f"s{number}") == (0 if after is None else int(after[1:]) + 1)
    back = e.apply(there, e.Remove(shot=f"s{number}"))
    assert back.model_dump_json() == FILM.model_dump_json()


@quick
@given(SHOTS, AFTER)
def test_a_move_changes_the_order_alone(moved, after):
    if moved == after:
        with pytest.raises(BadInput):
            e.apply(FILM, e.MoveShot(shot=moved, after=after))
        return
    there = e.apply(FILM, e.MoveShot(shot=moved, after=after))
    assert _told(there) == _told(FILM)
    ids = [s.id for s in there.shots]
    assert ids[0] == moved if after is None else ids[ids.index(after) + 1] == moved


def test_a_renamed_character_is_renamed_everywhere_but_in_the_brief_and_in_other_words():
    after = e.apply(FILM, e.Rename(what="character", id="anna", name="Zoë"))
    assert after.characters["anna"].name == "Zoë"
    assert after.shots[1].event.sentence == "Zoë waits, 1 times."
    assert after.shots[0].lines[1].words == "Zoë? Annapolis, more like."
    assert after.story.logline == "Zoë finds a friend."
    assert after.scenes["storm"].title == "Zoë's storm"
    assert after.brief == FILM.brief


def test_renaming_a_character_asks_for_no_other_picture():
    after = e.apply(FILM, e.Rename(what="character", id="anna", name="Zoë"))
    assert [picture(after, s) for s in after.shots] == [picture(FILM, s) for s in FILM.shots]


def test_a_longer_name_that_holds_the_old_one_stays():
    two = e.apply(FILM, e.Add(character=Character(id="am", name="Anna Maria")))
    two = e.apply(two, e.Rewrite(shot="s01", sentence="Anna Maria looks at Anna."))
    after = e.apply(two, e.Rename(what="character", id="anna", name="Zoë"))
    assert after.shots[1].event.sentence == "Anna Maria looks at Zoë."


def test_a_new_title_changes_its_card_too():
    after = e.apply(FILM, e.Rename(what="title", name="Deep Water"))
    assert (after.story.title, after.opening.heading) == ("Deep Water", "Deep Water")
    assert after.shots == FILM.shots


def _made() -> Film:
    said = {line.id: e.SpokenLine(milliseconds=900, words="1" * 64) for s in FILM.shots for line in s.lines}
    takes = {item: "2" * 64 for item in ("s00", "s01", "s02", "title")}
    return e.apply_all(FILM, [e.Spoken(lines=said), e.Choose(takes=takes)])


def test_other_words_forget_their_measured_length_and_no_other():
    made = _made()
    after = e.apply(made, e.SetLine(line="l1a", words="Quite other words."))
    assert made.decisions.spoken.keys() - after.decisions.spoken.keys() == {"l1a"}
    assert made.decisions.spoken_words.keys() - after.decisions.spoken_words.keys() == {"l1a"}
    after = e.apply(made, e.ChangeCharacter(character="tom", voice=Voice(pitch=20)))
    assert all(line.endswith("a") for line in after.decisions.spoken)
    after = e.apply(made, e.SetNarrator(voice=Voice(pitch=20)))
    assert all(line.endswith("b") for line in after.decisions.spoken)


def test_a_rename_forgets_the_measured_length_of_the_lines_that_say_the_name():
    after = e.apply(_made(), e.Rename(what="character", id="tom", name="Bartholomew"))
    assert after.decisions.spoken == _made().decisions.spoken
    after = e.apply(_made(), e.Rename(what="character", id="anna", name="Bartholomew"))
    assert after.decisions.spoken == {}


def test_a_retake_forgets_the_chosen_take_of_its_shot_only():
    after = e.apply(_made(), e.Retake(shot="s01"))
    assert set(after.decisions.chosen) == {"s00", "s02", "title"}
    assert after.shots[1].seed == FILM.shots[1].seed + 1


def test_a_pinned_take_stays_until_its_shot_is_asked_otherwise():
    pinned = e.apply(_made(), e.Choose(takes={"s01": "3" * 64, "s02": "4" * 64}, pin=True))
    assert pinned.decisions.pinned == ("s01", "s02")
    for edit in (e.Rewrite(shot="s01", sentence="Other."), e.Retake(shot="s01"), e.Release(items=("s01",))):
        assert e.apply(pinned, edit).decisions.pinned == ("s02",)
    for edit in (e.Rewrite(shot="s00", sentence="Other."), e.Trim(shot="s01", cut=3), e.MoveShot(shot="s01")):
        assert e.apply(pinned, edit).decisions.pinned == ("s01", "s02")
    assert e.apply(pinned, e.Remove(shot="s01")).decisions.pinned == ("s02",)


def test_a_new_story_does_not_inherit_takes_of_the_old_one():
    after = e.apply(_made(), e.Tell(story=FILM.story, shots=FILM.shots))
    assert not after.decisions.chosen
    assert not after.decisions.spoken


def test_a_new_look_lets_go_of_references_to_the_old_one():
    bound = e.apply(FILM, e.Bind(shot="s01", references={"anna": ("a" * 64,), "lamp": ("b" * 64,)}))
    after = e.apply(bound, e.ChangeCharacter(character="anna", look=e.BodyLookChange(hat=v.Hat.cap)))
    assert after.shots[1].cast[0].references == ()
    assert after.shots[1].props[0].references == ("b" * 64,)
    wet = e.apply(bound, e.SetState(shot="s01", entity="anna", state="wet"))
    assert wet.shots[1].cast[0].references == ()


def test_at_another_place_the_old_places_state_is_let_go():
    lit = e.apply(FILM, e.SetState(scene="dusk", entity="tower", state="lit"))
    assert lit.scenes["dusk"].place_state == "lit"
    assert e.apply(lit, e.SetScene(scene="dusk", place="bay")).scenes["dusk"].place_state is None


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (e.Remove(shot="s99"), UnknownName),
        (e.Insert(shot=shot(1)), BadInput),
        (e.Insert(shot=shot(30), after="s99"), UnknownName),
        (e.Insert(shot=shot(30, scene="nowhere")), BadInput),
        (e.Rewrite(shot="s01", actor="nobody"), BadInput),
        (e.Trim(shot="s01", cut=96), BadInput),
        (e.Choose(takes={"s99": "a" * 64}), UnknownName),
        (e.Spoken(lines={"l99": e.SpokenLine(milliseconds=1, words="a" * 64)}), UnknownName),
        (e.Retime(frames={"s99": 2}), UnknownName),
        (e.Retime(leads={"title": 2}), UnknownName),
        (e.SetState(shot="s01", entity="anna", state="flying"), UnknownName),
        (e.SetState(shot="s00", entity="anna", state="wet"), BadInput),
        (e.SetState(entity="tower", state="lit"), BadInput),
        (e.SetScene(scene="dusk", place="mars"), UnknownName),
        (e.Rename(what="prop", id="sword", name="Sting"), UnknownName),
        (e.Rename(what="prop", name="Sting"), BadInput),
        (e.Bind(shot="s01", references={"tom": ("a" * 64,)}), UnknownName),
        (e.Add(scene=Scene(id="x", place="mars")), BadInput),
        (e.Add(prop=Prop(id="anna", name="anna")), BadInput),
        (e.Add(), BadInput),
        (e.ChangeProp(prop="lamp", states=(State(name="lit"),), look=None, words=None), None),
        (e.RemoveLine(line="l99"), UnknownName),
    ],
)
def test_what_does_not_fit_is_refused_in_words(edit, kind):
    if kind is None:
        assert e.apply(FILM, edit) == FILM
        return
    with pytest.raises(kind) as caught:
        e.apply(FILM, edit)
    assert str(caught.value).strip()


def test_an_edit_without_a_story_is_refused_in_words():
    bare = Film(id="x", brief=Brief(idea="x"))
    for edit in (e.Restyle(mood=v.Mood.sad), e.Rename(what="title", name="x"), e.SetNarrator(voice=Voice())):
        with pytest.raises(BadInput, match="no story yet"):
            e.apply(bare, edit)


def test_describe_reads_as_a_person_would_say_it():
    night = e.SetScene(scene="dusk", hour=v.Hour.night)
    assert e.describe(FILM, night) == "scene dusk: hour morning -> night"
    close = e.SetCamera(shot="s04", size=v.ShotSize.close)
    assert e.describe(FILM, close) == "shot s04: size medium -> close"
    assert e.describe(FILM, e.Restyle(style=v.Style.ink)) == "film: style cut-paper -> ink-wash"
    one = FILM.story.characters[0]
    deeper = e.ChangeCharacter(character=one.id, voice=one.voice.model_copy(update={"pitch": 11}))
    assert e.describe(FILM, deeper).endswith(f": pitch {one.voice.pitch} -> 11")
    large = e.SetNarrator(voice=FILM.story.narrator.model_copy(update={"size": 120}))
    assert e.describe(FILM, large) == "narrator's voice: size 100 -> 120"


def test_a_film_of_another_version_is_upgraded_or_refused():
    plain = FILM.model_dump(mode="json")
    draft = {k: x for k, x in plain.items() if k != "schema_version"}
    assert Film.model_validate(upgraded(draft)) == FILM
    assert "schema_version" not in draft
    with pytest.raises(NewerFilm):
        upgraded(plain | {"schema_version": 3})
    with pytest.raises(BadInput):
        upgraded(plain | {"schema_version": "one"})
