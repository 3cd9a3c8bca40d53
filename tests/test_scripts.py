"""A script is law: what is made of it, how many shots and seconds, and what is refused before anything is."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photoplay.agent.production import read_brief
from photoplay.agent.script.counting import counted
from photoplay.agent.script.setups import plan_of
from photoplay.agent.script.source import read_source
from photoplay.agent.script.splitting import breaths_of, events_of
from photoplay.agent.script.writing import ScriptWriter, boarded
from photoplay.render.crew import SoloCrew
from photoplay.render.fake import SlateRenderer
from photoplay.storyboard.constraints import check, constraints_after, silences
from photoplay.storyboard.edit_types import Add, ChangeCharacter, Remove
from photoplay.storyboard.edits import Retime, apply
from photoplay.storyboard.errors import BadInput, Unmeetable
from photoplay.storyboard.film import Brief, Film, Settings
from photoplay.storyboard.fitting import fit
from photoplay.storyboard.fountain_marks import joined, spaced
from photoplay.storyboard.fountain_reading import read_fountain
from photoplay.storyboard.screenplay import Speech
from photoplay.storyboard.timeline import items
from photoplay.storyboard.vocabulary import Being, Opening, PlaceKind
from photoplay.studio.beginning import Beginning, MakeOptions, begin
from photoplay.studio.segments import segments_of

LAMP = """Title: The Lamp
Author: Mara Quill

EXT. ROCKY SHORE - DAWN

Fog lies on the water. ANNA (70s, wiry, in a red coat) walks along the rocks with a lantern.

She stops. Something moves in the water.

ANNA
(softly)
Who is there? I have not had a visitor since the winter, and the winter was long. Come closer, if you mean well.
If you do not, the rocks are sharp.

The WHALE surfaces. The whale looks at Anna.

INT. LIGHTHOUSE - LAMP ROOM - NIGHT

BO (12, in yellow boots) holds the lamp.

BO
Is it gone?

ANNA
Not yet.

DISSOLVE TO:

EXT. ROCKY SHORE - LATER

The whale dives.
"""


def film_of(script: str = LAMP, rate=None, **asked) -> Film:
    brief = Brief(idea=script.strip(), **asked)
    return boarded(ScriptWriter().write(brief, 0, lambda words: None).treatment, brief, Settings())


def words_of(film: Film) -> list[str]:
    found = []
    for shot in film.shots:
        found += shot.event.sentence.split()
        found += [w for line in shot.lines for w in line.words.split()]
    return found


def begun(tmp_path, text=LAMP, name="lamp.fountain", **options):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    options = {"renderer": "slate", "size": "128x72", **options}
    return begin(
        Beginning(
            "", MakeOptions(script=path, **options), tmp_path / "film", environment={}, folder=tmp_path
        ),
        crew=SoloCrew(SlateRenderer()),
    )


def test_scenes_shots_and_cast_are_those_of_the_script():
    film = film_of()
    assert [s.title for s in film.story.scenes] == [
        "EXT. ROCKY SHORE - DAWN", "INT. LIGHTHOUSE - LAMP ROOM - NIGHT", "EXT. ROCKY SHORE - LATER",
    ]  # fmt: skip
    assert [s.hour.value for s in film.story.scenes] == ["dawn", "night", "night"]
    assert film.places[film.story.scenes[1].place].look.kind is PlaceKind.lighthouse
    assert film.places[film.story.scenes[1].place].look.interior
    assert film.characters["anna"].look.age.value == "elder"
    assert film.characters["anna"].look.dress_colour == "#c23b33"
    whale = next(c for c in film.characters.values() if c.look.being is Being.whale)
    assert any(shot.event.actor == whale.id for shot in film.shots)
    assert words_of(film) == list(read_fountain(LAMP).words())
    first = {shot.scene: shot for shot in reversed(film.shots)}
    assert [first[s.id].opens for s in film.story.scenes] == [Opening.cut, Opening.cut, Opening.dissolve]
    assert check(film) == []


def test_nothing_is_narrated_that_is_not_written():
    lines = [line for shot in film_of().shots for line in shot.lines]
    assert all(line.speaker for line in lines)
    assert (
        sum(len(line.words.split()) for line in lines)
        == len(
            [
                w
                for one in read_fountain(LAMP).body
                if isinstance(one, Speech)
                for p in one.parts
                for w in p.words.split()
            ]
        )
        == 36
    )


def test_a_shot_of_dialogue_alone_has_no_sentence_and_is_told_by_its_words(capsys):
    film = film_of()
    silent = [s for s in film.shots if not s.event.sentence]
    assert silent
    assert all(s.lines and s.event.actor for s in silent)
    assert "Anna speaks" in segments_of(film)


def test_a_long_speech_is_shown_in_shots_that_end_with_its_sentences():
    spoken = [line.words for shot in film_of().shots for line in shot.lines if line.speaker == "anna"]
    assert len(spoken) > 2
    assert all(words.endswith((".", "?")) for words in spoken)
    assert max(len(words.split()) for words in spoken) <= 24


@settings(max_examples=120, deadline=None)
@given(st.text(st.sampled_from("abc .,;!?漢字。、\n"), min_size=1, max_size=300))
def test_splitting_loses_no_letter(text):
    whole = spaced(text)
    assert joined(*events_of(text)) == whole
    assert joined(*breaths_of(text)) == whole


@pytest.mark.parametrize("shots", [4, 5, 7, 9, 10, 12, 15, 20])
def test_exactly_so_many_shots_with_every_word_in_its_place(shots):
    film = film_of(shots=shots)
    assert len(film.shots) == shots
    assert words_of(film) == words_of(film_of())


def test_too_few_and_too_many_shots_name_the_nearest_that_can():
    for asked in (1, 3, 400):
        with pytest.raises(Unmeetable) as caught:
            film_of(shots=asked)
        nearest = int(re.search(r"nearest that can: (\d+)", str(caught.value))[1])
        assert len(film_of(shots=nearest).shots) == nearest
        with pytest.raises(Unmeetable):
            film_of(shots=nearest + (1 if asked > nearest else -1))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["He runs.", "ANNA\nYes. No.", "INT. B - DAY", "She falls. She rises again at last."]),
                min_size=1, max_size=14), st.integers(1, 30))  # fmt: skip
def test_any_count_is_met_or_the_nearest_is(blocks, shots):
    script = "INT. A - DAY\n\nA door.\n\n" + "\n\n".join(blocks)
    plan = plan_of(read_fountain(script))
    try:
        made = counted(plan.scenes, shots)
    except Unmeetable as error:
        shots = int(re.search(r"nearest that can: (\d+)", str(error))[1])
        made = counted(plan.scenes, shots)
    assert sum(len(c.setups) for c in made) == shots
    written = [
        w
        for c in made
        for s in c.setups
        for w in (s.sentence.split() + [v for x in s.said for v in x.words.split()])
    ]
    assert written == list(read_fountain(script).words())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"seconds": "15"}, r"needs \d+ s .*15 s were asked"),
        ({"shots": "2"}, "cannot be told in 2 shots"),
        ({"characters": "1"}, r"the script has 3: Anna, Bo, the whale"),
        ({"dialogue": False}, r"the script has 3 speeches, the first: .Who is there"),
        ({"writer": "outline"}, "kept word for word: no writer"),
        ({"shots": "30", "seconds": "20"}, "cannot hold"),
    ],
)
def test_what_cannot_be_is_said_before_there_is_a_folder(tmp_path, asked, said):
    with pytest.raises(BadInput, match=said):
        begun(tmp_path, **asked)
    assert not (tmp_path / "film").exists()


def test_the_length_that_is_named_as_the_nearest_can_be(tmp_path):
    with pytest.raises(Unmeetable) as caught:
        begun(tmp_path, seconds="15")
    nearest = re.search(r"nearest that can: (\d+) s", str(caught.value))[1]
    begun(tmp_path, seconds=nearest)


def test_seconds_and_shots_are_met_to_the_frame(tmp_path):
    production = begun(tmp_path, seconds="75", shots="7")
    production.make("takes")
    film = production.film
    assert len(film.shots) == 7
    assert sum(item.frames for item in items(film)) == 75 * 24
    assert words_of(film) == list(read_fountain(LAMP).words())
    assert silences(film) == []


def test_without_seconds_the_script_sets_the_length(tmp_path):
    assert begun(tmp_path).film.brief.seconds is None


def test_a_text_file_with_scene_headings_is_a_script_and_others_are_told(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(LAMP, encoding="utf-8")
    assert read_source(path).kind == "script"
    path.write_text("Anna lit the lamp. The whale came.", encoding="utf-8")
    assert read_source(path).kind == "text"
    path.write_bytes(LAMP.replace("\n", "\r").encode())
    assert read_source(path).text == LAMP


def test_a_feature_is_read_in_seconds_and_no_word_of_it_is_lost():
    rows = ["Title: Long", ""]
    for n in range(120):
        rows += [f"INT. ROOM {n % 17} - {'DAY' if n % 2 else 'NIGHT'}", ""]
        for turn in range(9):
            rows += [
                f"Anna walks to door {turn} and opens it. The lamp number {n} flickers in the wind and goes out.",
                "",
            ]
            rows += [
                "ANNA" if turn % 2 else "BO",
                f"I said {n} times that the sea {turn} is not a road, and you know it.",
                "",
            ]
    script = "\n".join(rows)
    brief = read_brief(script, is_script=True)
    begun_at = time.process_time()
    film = boarded(ScriptWriter().write(brief, 0, lambda words: None).treatment, brief, Settings())
    assert time.process_time() - begun_at < 15, "a scene costs no more than the one before"
    assert len(film.shots) > 2_000
    assert words_of(film) == list(read_fountain(script).words())


def test_a_script_may_be_long_and_an_idea_may_not():
    long = "INT. A - DAY\n\n" + "He runs. " * 20_000
    assert read_brief(long, is_script=True).idea
    with pytest.raises(BadInput, match="at most"):
        read_brief(long)
    with pytest.raises(BadInput, match="nothing to film"):
        ScriptWriter().meets(Brief(idea="INT. A - DAY\n\nCUT TO:\n"), Settings())


def test_words_that_cannot_be_parted_are_refused_with_a_plain_error():
    with pytest.raises(BadInput, match=r"25,000 characters"):
        film_of(f"INT. KITCHEN - DAY\n\nAnna sits.\n\nANNA\n{'y' * 25_000}\n")


def test_an_okay_and_a_firm_at_the_head_of_a_line_are_nobody():
    film = film_of("INT. ROOM - DAY\n\nYouTube plays a song. OK runs on. Google answers.\n\nANNA\nOK then.\n")
    assert [c.name for c in film.story.characters] == ["Anna"]


def test_what_is_not_filmed_is_said():
    written = ScriptWriter().write(
        Brief(idea="# One\n\n= Two\n\n[[n]]\n\nINT. A - DAY\n\nHe sits.\n"), 0, lambda w: None
    )
    assert any("1 note" in n and "1 section" in n and "1 synopsis" in n for n in written.notices)
    assert any("no title page" in n for n in written.notices)


def test_spare_time_goes_to_shots_that_are_written_silent():
    script = "INT. A - DAY\n\nANNA\nYes.\n\nBO\nNo.\n\nANNA\nYes.\n\nThe sea.\n\nBO\nNo, never.\n"
    film = film_of(script, seconds=60)
    found = fit(film)
    film = apply(film, Retime(frames=found["frames"], leads=found["leads"]))
    assert sum(item.frames for item in items(film)) == 60 * 24
    assert silences(film) == []
    spoken = [s for s in film.shots if s.lines]
    assert max(s.frames for s in spoken) < 6 * 24 < max(s.frames for s in film.shots if not s.lines)


def test_where_every_shot_speaks_the_silence_that_is_left_is_reported():
    film = film_of("INT. A - DAY\n\nANNA\nYes.\n\nBO\nNo.\n", seconds=60)
    found = fit(film)
    film = apply(film, Retime(frames=found["frames"], leads=found["leads"]))
    assert [s.shot for s in silences(film)] == [s.id for s in film.shots]


def test_edits_that_would_break_what_was_asked_for_are_found():
    film = film_of(shots=9)
    assert constraints_after(film, [Remove(shot=film.shots[0].id)])[0].constraint == "shots"
    few = film.model_copy(update={"brief": Brief(idea="x", characters=3)})
    few = Film(**{name: getattr(few, name) for name in Film.model_fields})
    more = few.characters["anna"].model_copy(update={"id": "carl", "name": "Carl"})
    assert constraints_after(few, [Add(character=more)])[0].constraint == "characters"


def test_a_locked_character_stays_as_it_is_and_unlocking_alone_is_no_change():
    film = apply(film_of(), ChangeCharacter(character="anna", locked=True))
    assert constraints_after(film, [ChangeCharacter(character="anna", locked=False)]) == []
    for edits in (
        [ChangeCharacter(character="anna", noun="pirate")],
        [ChangeCharacter(character="anna", locked=False), ChangeCharacter(character="anna", noun="pirate")],
    ):
        assert [b.constraint for b in constraints_after(film, edits)] == ["locked"]
    other = film_of(LAMP.replace("ANNA", "ELSE").replace("Anna", "Else"))
    from photoplay.storyboard.edit_types import Tell

    told = Tell(story=other.story, shots=other.shots)
    assert [b.constraint for b in constraints_after(film, [told])] == ["locked"]


ACTED_ON = """EXT. MEADOW - DAY

The hare licks the boy.

The boy waves to the dog.

The girl and the old man shake hands.

Two brothers pull a rope.

Three children follow the bear.

The bear dreams of a whale.

Two dogs fight over a bone.

Nobody sees the fox.

The guests watch a picture of a king.
"""


def test_who_is_acted_on_is_cast_and_aimed_at_and_who_is_only_thought_of_is_not():
    film = film_of(ACTED_ON)
    shown = [(s.event.actor, s.event.target) for s in film.shots]
    assert shown[:3] == [("the-hare", "the-boy"), ("the-boy", "the-dog"), ("the-girl", "the-man")]
    assert shown[3] == ("the-older-brother", "rope")
    assert "the-younger-brother" in {m.entity for m in film.shots[3].cast}
    assert shown[4] == ("the-eldest-child", "the-bear")
    assert {"the-middle-child", "the-youngest-child"} <= {m.entity for m in film.shots[4].cast}
    fight = film.shots[6]
    assert fight.event.action.value == "fight"
    assert {m.entity for m in fight.cast} == {"the-older-dog", "the-younger-dog"}
    absent = {"the-whale", "the-fox", "the-king"}
    assert not absent & set(film.characters)
    assert not [i for i in film.characters if "guest" in i]


def test_who_acts_by_a_name_and_never_speaks_is_in_the_film() -> None:
    film = film_of(
        "INT. KITCHEN - DAY\n\nANNA drinks coffee. Jack and Mira dance.\n\nThunder rolls. Nobody moves.\n"
    )
    assert {c.name for c in film.story.characters} == {"Anna", "Jack", "Mira"}


def test_a_day_that_comes_and_what_is_somebodys_are_nobody() -> None:
    film = film_of("INT. KITCHEN - DAY\n\nMonday comes. Mira's waits. Mira walks.\n\nChristmas passes.\n")
    assert {c.name for c in film.story.characters} == {"Mira"}
