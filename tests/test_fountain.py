"""Fountain: no word is lost on the way in, and what is written reads back as the same bytes."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from invented import boarded as invented_film
from invented import inventions, told

from photoplay.agent.script.writing import ScriptWriter, boarded
from photoplay.storyboard.film import Brief, Film, Settings
from photoplay.storyboard.fountain import fountain_of
from photoplay.storyboard.fountain_marks import atoms, joined, marked, plain, spaced
from photoplay.storyboard.fountain_reading import is_screenplay, read_fountain
from photoplay.storyboard.headings import read_heading
from photoplay.storyboard.screenplay import Speech
from photoplay.storyboard.vocabulary import Hour, LineKind


def film_of(script: str, **asked) -> Film:
    brief = Brief(idea=script, **asked)
    return boarded(ScriptWriter().write(brief, 0, lambda words: None).treatment, brief, Settings())


def body(script: str) -> list:
    return [
        (one.cue, one.extensions, [(p.delivery, p.words, p.sung) for p in one.parts])
        if isinstance(one, Speech)
        else (one.kind, one.words)
        for one in read_fountain(script).body
    ]


def words(script: str) -> list[str]:
    return list(read_fountain(script).words())


EVERY_MARK = """Title:
    _**The Lamp**_
Credit: written by
Author: Mara Quill

FADE IN:

# Act one

= She walks.

EXT. ROCKY SHORE - DAWN #12A#

Anna walks. [[a note
over two lines]] She /* struck
out */ stops.
A second line.

\tANNA (V.O.) (CONT'D)
\t(softly)
I *never* said that.
__
Really.
(beat)
~La la la

@McBain ^
(to
her) No!
(he leaves)

!INT. IS NO HEADING HERE

> TWO YEARS LATER <

.SNIPER SCOPE

CUT TO BLACK:

> Burn to white.

===

BOOM!
The door falls.

INT. BAR – NIGHT

A sign: 5 \\* 4 snake_case 2*3*4 un\\_derlined
""".replace("__\n", "  \n")


def test_every_mark_of_the_syntax_is_read_for_what_it_is():
    assert body(EVERY_MARK) == [
        ("transition", "FADE IN:"),
        ("section", "Act one"),
        ("synopsis", "She walks."),
        ("heading", "EXT. ROCKY SHORE - DAWN"),
        ("action", "Anna walks. She stops. A second line."),
        ("ANNA", ("V.O.", "CONT'D"), [("softly", "I never said that. Really.", False), ("beat", "La la la", True)]),
        ("McBain", (), [("to her", "No!", False)]),
        ("action", "(he leaves)"),
        ("action", "INT. IS NO HEADING HERE"),
        ("centred", "TWO YEARS LATER"),
        ("heading", "SNIPER SCOPE"),
        ("transition", "CUT TO BLACK:"),
        ("transition", "Burn to white."),
        ("page-break", ""),
        ("action", "BOOM! The door falls."),
        ("heading", "INT. BAR – NIGHT"),
        ("action", "A sign: 5 * 4 snake_case 2*3*4 un_derlined"),
    ]  # fmt: skip
    script = read_fountain(EVERY_MARK)
    assert script.fields == {"title": "The Lamp", "credit": "written by", "author": "Mara Quill"}
    assert (script.notes, script.struck_out) == (1, 1)


def test_windows_line_ends_and_old_macs_read_the_same():
    for end in ("\r\n", "\r"):
        assert body(EVERY_MARK.replace("\n", end)) == body(EVERY_MARK)


def test_a_script_without_title_page_may_begin_with_a_transition():
    assert body("FADE IN:\n\nINT. A - DAY\n\nHe sits.\n")[0] == ("transition", "FADE IN:")


@pytest.mark.parametrize(
    ("heading", "inside", "place", "hour"),
    [
        ("INT. LIGHTHOUSE - LAMP ROOM - NIGHT", True, "LIGHTHOUSE - LAMP ROOM", Hour.night),
        ("EXT. CITY - NIGHT CLUB", False, "CITY - NIGHT CLUB", None),
        ("INT. HOUSE, NIGHT", True, "HOUSE", Hour.night),
        ("INT./EXT. CAR - MOMENTS LATER", None, "CAR", None),
        ("I/E SHIP – DUSK (FLASHBACK)", None, "SHIP", Hour.dusk),
        ("int hall - the next morning", True, "hall", Hour.morning),
        ("EXT. - DAY", False, "somewhere", Hour.noon),
        ("SNIPER SCOPE", None, "SNIPER SCOPE", None),
    ],
)
def test_headings_say_where_and_when(heading, inside, place, hour):
    read = read_heading(heading)
    assert (read.inside, read.place, read.hour) == (inside, place, hour)


def test_times_that_go_on_take_the_hour_of_the_scene_before():
    script = "INT. A - DUSK\n\nHe sits.\n\nEXT. B - CONTINUOUS\n\nHe runs.\n\nEXT. C - LATER\n\nHe stops.\n"
    film = film_of(script)
    assert [scene.hour for scene in film.story.scenes] == [Hour.dusk] * 3
    assert [scene.title for scene in film.story.scenes] == [
        "INT. A - DUSK",
        "EXT. B - CONTINUOUS",
        "EXT. C - LATER",
    ]


def test_inside_and_outside_of_one_place_are_two_places():
    film = film_of(
        "EXT. HUT - DAY\n\nHe knocks.\n\nINT. HUT - DAY\n\nHe sits.\n\nEXT. HUT - NIGHT\n\nHe runs.\n"
    )
    places = [film.places[scene.place] for scene in film.story.scenes]
    assert [p.look.interior for p in places] == [False, True, False]
    assert places[0] == places[2]


def test_who_is_heard_and_how():
    film = film_of(
        "INT. A - DAY\n\nANNA\n(softly)\nCome.\n\nBO (O.S.)\nNo.\n\nBO (V.O.)\nI ran.\n\nNARRATOR\nThey met.\n"
    )
    lines = [(ln.speaker, ln.kind, ln.delivery, ln.words) for shot in film.shots for ln in shot.lines]
    assert lines == [
        ("anna", LineKind.dialogue, "softly", "Come."),
        ("bo", LineKind.voice_over, "off screen", "No."),
        ("bo", LineKind.voice_over, "", "I ran."),
        (None, LineKind.narration, "", "They met."),
    ]
    seen = {shot.id: {m.entity for m in shot.cast} for shot in film.shots}
    off = next(shot for shot in film.shots if any(ln.words == "No." for ln in shot.lines))
    assert "bo" not in seen[off.id]


def test_a_plain_text_with_scene_headings_is_a_screenplay_and_a_story_is_none():
    assert is_screenplay("THE LAMP\n\nINT. HOUSE - NIGHT\n\nHe sits.")
    assert not is_screenplay("The interior was dark. EXT. was written on the door.\n\nHe sat.")


scripts = st.text(
    st.sampled_from("abcAB.!?,:;()[]*_~@#=<>^\\/-'\" \n\n\téßИ漢。，’") | st.characters(codec="utf-8"),
    max_size=80,
)
texts = st.text(st.sampled_from("abAB.!?,:()[]*_~@#=<>^\\/- \n漢。"), min_size=1, max_size=40)
lines = st.sampled_from(
    ["INT. A - DAY", "EXT. THE B - NIGHT", ".X", "ANNA", "BO (O.S.)", "(softly)", "Hello there. I am here now.", "!no",
     "> c <", "CUT TO:", "> FADE OUT.", "# s", "= s", "===", "[[n]]", "/* s */", "~la", "@McX ^", "", "", "  ",
     "He runs. He falls. Then he opens the door and looks at the old lamp.", "THE END", "NARRATOR (V.O.)", "ANNA (CONT'D)"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(scripts)
@example("*a* **b** ***c*** _d_ \\*e\\* [[x")
@example("a\\")
@example("\\\\~ b\\\\( \\\\[ [[[")
def test_plain_words_are_marked_so_that_they_read_back(text):
    once = (
        spaced(read_fountain(text).body[0].words)
        if read_fountain(text).body and not isinstance(read_fountain(text).body[0], Speech)
        else spaced(text)
    )
    assert plain(marked(once)) == once
    assert joined(*atoms(once)) == once


def same_again(film: Film) -> None:
    written = fountain_of(film)
    again = film_of(written)
    assert fountain_of(again) == written
    assert words(fountain_of(again)) == words(written)


@settings(max_examples=150, deadline=None)
@given(st.lists(lines | texts, min_size=1, max_size=25))
def test_any_script_keeps_its_words_and_is_written_back_in_the_same_bytes(rows):
    script = "INT. START - DAY\n\nA door.\n\n" + "\n".join(rows)
    film = film_of(script)
    written = fountain_of(film)
    ending = [] if film.ending is None else film.ending.heading.split()
    asked, got = words(script), words(written)
    assert got == asked, ending
    same_again(film)


@settings(max_examples=60, deadline=None)
@given(inventions)
def test_a_film_of_any_writer_is_written_back_in_the_same_bytes(story):
    film = invented_film(story)
    written = fountain_of(film)
    said = [w for shot in film.shots for ln in shot.lines for w in ln.words.split()]
    spoken = [
        w
        for one in read_fountain(written).body
        if isinstance(one, Speech)
        for p in one.parts
        for w in p.words.split()
    ]
    assert sorted("".join(spoken)) == sorted("".join(said))
    if words(written):
        same_again(film)


def test_a_told_film_as_a_screenplay_can_be_read_by_a_person():
    written = fountain_of(invented_film(told()))
    assert written.startswith("Title: ")
    assert "NARRATOR (V.O.)" in written
    assert "\n\nEXT. " in written or "\n\nINT. " in written


@pytest.mark.parametrize(
    "script", ["Anna walks in the rain.\n\nShe opens a door.", "ANNA\nHello.\n\nBEN\nHello to you.\n"]
)
def test_a_script_without_headings_gets_one_and_no_word_more(script):
    written = fountain_of(film_of(script))
    assert read_heading(read_fountain(written).body[0].words).place == "SOMEWHERE"
    assert words(written) == words(script)
    same_again(film_of(script))


def test_words_that_look_like_marks_stay_words():
    tricky = ["INT. is short for interior.", "CUT TO:", "@ home", "# 1 of 2", "= is equal", "> and <", "~ about", "!",
              "===", ".NET is old", "[[no note", "/* no comment */", "*stars* and _lines_", "FADE OUT."]  # fmt: skip
    base = film_of("INT. A - DAY\n\nHe sits.\n")
    for text in tricky:
        shot = base.shots[0]
        event = shot.event.model_copy(update={"sentence": text})
        film = base.model_copy(update={"shots": (shot.model_copy(update={"event": event}),)})
        again = film_of(fountain_of(film))
        assert [s.event.sentence for s in again.shots] == [text], text
        assert not any(s.lines for s in again.shots)


def test_paragraphs_and_speeches_are_written_back_whole_however_many_shots_they_became():
    script = (
        "Title: T\n\n\nINT. A - DAY\n\nHe walks to the door. The wind blows all the lamps out. A dog barks in the yard.\n\n"
        "He stops there.\n\nANNA\n(softly)\nI have waited here for you since the long winter. You never came, not once. "
        "And now you are standing here with snow on your shoes, and you want soup.\n(beat)\nGo.\n"
    )
    film = film_of(script)
    assert len(film.shots) > 5
    assert fountain_of(film) == script
