"""A storyboard in three-second segments: read as it is, written so, and the same again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from photoplay.agent.production import read_brief, start
from photoplay.agent.segments import SEGMENT_SECONDS, SegmentsWriter, read_segments
from photoplay.agent.wire_schema import treatment_schema
from photoplay.storyboard.errors import BadInput, Unmeetable
from photoplay.storyboard.film import Settings
from photoplay.storyboard.vocabulary import Move, Opening, ShotSize
from photoplay.studio.command import app
from photoplay.studio.segments import segments_of

TOLD = """Title: The lost mitten

<start_scene>
Anna walks along a snowy harbour. The harbour is grey and quiet. She drops a red mitten on the pier.
The camera follows her from behind.

A small fox trots onto the pier and sniffs the mitten. Snow falls slowly behind it. Close-up of the fox.
<end_scene>

<start_scene>
Anna sits in a bakery by the window and looks at her bare hand. Anna is a tall woman, in a green coat. The
camera slowly zooms in on her face.
<end_scene>
"""


def made(folder, text=TOLD):
    brief = read_brief(text)
    settings = Settings(width=96, height=64, writer="segments")
    production = start(brief, lambda kept: kept or settings, folder, until="board")
    production.make("board")
    return production.film


def test_each_paragraph_is_one_silent_shot_of_exactly_three_seconds(tmp_path):
    film = made(tmp_path / "film")
    assert film.story.title == "The lost mitten"
    assert [s.frames for s in film.shots] == [SEGMENT_SECONDS * 24] * 3
    assert [s.scene for s in film.shots] == [film.story.scenes[0].id] * 2 + [film.story.scenes[1].id]
    assert not any(s.lines for s in film.shots)
    assert {s.opens for s in film.shots} == {Opening.cut}
    first, second, third = film.shots
    assert first.event.sentence.startswith("Anna walks along a snowy harbour")
    assert first.closing == "She drops a red mitten on the pier."
    assert (first.camera.move, second.camera.size, third.camera.move) == (
        Move.follow,
        ShotSize.close,
        Move.zoom_in,
    )
    assert {c.name for c in film.story.characters} == {"Anna", "the fox"}, (
        "neither snow nor a close-up is a person"
    )
    assert film.characters["anna"].words.startswith("A tall woman, in a green coat")
    assert film.wrote.writer == "segments"
    assert "taken as it is" in film.wrote.notices[0]


def test_a_storyboard_is_shown_so_and_reads_back_to_the_same_shots(tmp_path):
    one = made(tmp_path / "one")
    text = segments_of(one)
    other = made(tmp_path / "other", text)
    for mine, back in zip(one.shots, other.shots, strict=True):
        assert mine.event.sentence == back.event.sentence
        assert mine.closing == back.closing
        assert mine.camera.move == back.camera.move or mine.camera.move.value in text.replace(" ", "-")
        assert {m.entity for m in mine.cast} <= {m.entity for m in back.cast}
    assert [c.name for c in one.story.characters] == [c.name for c in other.story.characters]
    assert [c.words for c in one.story.characters] == [c.words for c in other.story.characters]
    shown = CliRunner().invoke(app, ["show", str(tmp_path / "one"), "--segments"])
    assert shown.output.strip() == text


def test_a_long_shot_has_a_paragraph_for_every_three_seconds(tmp_path):
    film = made(tmp_path / "film")
    long = film.shots[0].model_copy(update={"frames": 7 * 24})
    _, found = read_segments(segments_of(film.model_copy(update={"shots": (long, *film.shots[1:])})))
    assert len(found) == 5
    assert long.closing in found[2].words
    assert long.closing not in found[0].words
    assert all("The background is" in s.words for s in found), "each stands by itself"


def test_marks_may_be_left_out_and_written_in_several_ways():
    assert len(read_segments("One happens.\n\n  Two happen.")[1]) == 2
    spaced = read_segments("<start scene>One.<END-SCENE><START_SCENE>Two.\n\nThree.<end_scene>")[1]
    assert [s.scene for s in spaced] == [1, 2, 2]
    assert [s.words for s in read_segments("<start_scene>start<end_scene>")[1]] == ["start"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<start_scene>One.", "has no <end_scene>"),
        ("<start_scene>One.<start_scene>Two.<end_scene>", "After segment 1, <end_scene> is missing"),
        ("One.<end_scene>", "<start_scene> is missing|outside of every scene"),
        ("<start_scene>One.<end_scene> Two.", "'Two.' stands outside of every scene"),
        ("Title: nothing", "There are no segments"),
        ("One.\n\n...", "Segment 2 has no words"),
        ("One.\n\n" + "far too long " * 200, "Segment 2 has 2,599 characters"),
        ("One.\n\n" * 1300, "1,300 segments are more than 1,200"),
    ],
)
def test_a_broken_form_is_told_by_its_paragraph(text, words):
    with pytest.raises(BadInput, match=words):
        read_segments(text)


def test_another_length_or_number_of_shots_is_refused_before_any_work():
    writer = SegmentsWriter()
    for asked in ({"seconds": 60}, {"shots": 5}):
        with pytest.raises(Unmeetable, match="Leave"):
            writer.write(read_brief(TOLD, **asked), 0, lambda words: None)
    exact = read_brief(TOLD, seconds=3 * SEGMENT_SECONDS + 6, shots=3)
    assert writer.write(exact, 0, lambda words: None).treatment.title == "The lost mitten"


def test_models_are_not_asked_for_lengths():
    shot = treatment_schema()["$defs"]["TreatedShot"]
    assert "seconds" not in shot["properties"]
    assert "seconds" not in shot["required"]


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    try:
        _, segments = read_segments(text)
    except BadInput:
        return
    assert segments
    assert all(s.words.strip() for s in segments)
