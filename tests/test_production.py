"""A production goes on from whatever is there, and stops where it was told to."""

import json
import subprocess
import sys

import pytest
from treatments import treatment

import photoplay
from photoplay.agent.graph import build, pending, stream
from photoplay.agent.production import read_brief
from photoplay.render.cut.facts import film_facts
from photoplay.storyboard.edit_types import Remove, Rename, Restyle, Rewrite
from photoplay.storyboard.errors import BadInput, Locked, WriterError, WriterNonsense
from photoplay.storyboard.film import Settings
from photoplay.storyboard.timeline import items
from photoplay.storyboard.vocabulary import Style

SMALL = Settings(width=128, height=72, renderer="slate")


class Counting:
    """A writer of a fixed story that counts how often it is asked."""

    name, model = "function", ""

    def __init__(self, **changes):
        self.calls = 0
        self._changes = changes

    def write(self, brief, seed, tell):
        self.calls += 1
        return photoplay.FunctionWriter(lambda b, s: treatment(**self._changes)).write(brief, seed, tell)


def make(folder, writer=None, **more):
    return photoplay.make(
        "Anna and the whale", out=folder, settings=more.pop("settings", SMALL),
        writer=writer or Counting(), seconds=more.pop("seconds", 30), **more,
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make(tmp_path_factory.mktemp("films") / "whale")


def test_a_film_has_the_length_that_was_asked_for_to_the_frame(made):
    facts = film_facts(made.film_path)
    assert facts["frames"] == 30 * 24 == sum(i.frames for i in items(made.film))
    assert (facts["video"], facts["audio"]) == ("h264", "aac")
    assert facts["faststart"]
    assert facts["subtitles"] == "mov_text"
    assert "Anna walked the shore" in (made.project.out / "film.srt").read_text(encoding="utf-8")


def test_a_second_run_makes_nothing_and_leaves_the_film_alone(made):
    before = made.film_path.stat().st_mtime_ns
    writer = Counting()
    again = make(made.project.folder, writer)
    assert writer.calls == 0
    assert again.film_path.stat().st_mtime_ns == before
    assert again.step() == "done"


def test_every_stage_can_be_stopped_at_and_gone_on_from(tmp_path):
    writer = Counting()
    folder = tmp_path / "film"
    expected = {"story": "board", "board": "shoot", "takes": "cut", "film": "done"}
    for until, then in expected.items():
        production = make(folder, writer, until=until)
        assert production.step() == then
        assert production.film_path.exists() == (until == "film")
    assert writer.calls == 1


def test_deleting_the_checkpoint_at_any_stage_changes_no_film(tmp_path, made):
    folder = tmp_path / "film"
    for until in ("story", "board", "takes", "film"):
        production = make(folder, until=until)
        for left in folder.glob("agent.sqlite*"):
            left.unlink()
    assert {k for _, k in production.takes().values()} == {k for _, k in made.takes().values()}


def test_a_review_waits_takes_edits_and_goes_on(tmp_path):
    production = make(tmp_path / "film", review=True)
    assert pending(production)
    assert production.step() == "shoot"
    reopened = photoplay.open_film(tmp_path / "film")
    reopened.approve([Rewrite(shot=reopened.film.shots[0].id, sentence="Anna runs along the shore.")])
    assert pending(reopened)
    assert reopened.film.shots[0].event.sentence == "Anna runs along the shore."
    reopened.approve()
    assert not pending(reopened)
    assert reopened.film_path.is_file()


def test_an_answer_without_a_question_is_refused(made):
    with pytest.raises(BadInput, match="No review is pending"):
        made.approve()


def test_the_checkpoint_holds_only_small_plain_data(made):
    assert (made.project.folder / "agent.sqlite").stat().st_size < 400_000
    raw = b"".join(p.read_bytes() for p in made.project.folder.glob("agent.sqlite*"))
    assert b"Anna walked" not in raw
    assert b"photoplay." not in raw


def test_events_can_be_streamed(tmp_path):
    production = make(tmp_path / "film", until="story")
    seen = list(stream(production, {"until": "board", "review": False}))
    assert any(kind == "custom" and data["stage"] == "board" for kind, data in seen)
    assert any(kind == "updates" and "board" in data for kind, data in seen)


def test_the_graph_for_a_server_has_no_saver_of_its_own():
    assert build().checkpointer is None


def test_a_renamed_character_renders_no_picture_and_the_film_is_cut_again(tmp_path):
    production = make(tmp_path / "film", seconds=30)
    anna = next(c.id for c in production.film.story.characters if c.name == "Anna")
    production.edit([Rename(what="character", id=anna, name="Berta")], "call her Berta")
    production.render()
    assert not [n for n in production.outcome.made if n.id.startswith("shot-")]
    assert "Berta walked" in (production.project.out / "film.srt").read_text(encoding="utf-8")


def test_undo_renders_nothing(tmp_path):
    production = make(tmp_path / "film")
    production.edit([Restyle(style=Style.chalk)], "chalk")
    with production.project.lock():
        production.project.undo()
    assert {state for state, _ in production.takes().values()} == {"current"}


def test_a_folder_with_another_film_is_never_written_over(made):
    before = (made.project.folder / "edits.jsonl").read_bytes()
    with pytest.raises(BadInput, match="another film"):
        photoplay.make("Something else", out=made.project.folder, settings=SMALL, writer=Counting())
    assert (made.project.folder / "edits.jsonl").read_bytes() == before


def test_going_on_without_flags_keeps_the_size_style_and_length_of_the_film(tmp_path):
    first = make(tmp_path / "film", until="board")
    again = photoplay.make("Anna and the whale", out=tmp_path / "film", writer=Counting(), until="board")
    assert again.film.settings == first.film.settings
    assert again.film.brief.seconds == 30
    other = make(tmp_path / "film", settings=SMALL.model_copy(update={"style": Style.ink}), until="board")
    assert other.film.settings.style is Style.ink
    assert [s.id for s in other.film.shots] == [s.id for s in first.film.shots]


def test_a_film_whose_shots_were_all_removed_is_not_boarded_again_unasked(tmp_path):
    production = make(tmp_path / "film", until="board")
    production.edit([Remove(shot=s.id) for s in production.film.shots], "away with it all")
    with pytest.raises(BadInput, match="removed"):
        production.make()
    assert production.film.shots == ()


def test_a_second_process_is_told_who_works_on_the_film(made):
    program = (
        "import sys, photoplay; p = photoplay.open_film(sys.argv[1]);\n"
        "try: p.render()\n"
        "except photoplay.PhotoplayError as e: print(type(e).__name__, e)"
    )
    with made.project.lock():
        said = subprocess.run(
            [sys.executable, "-c", program, str(made.project.folder)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    assert said.startswith(Locked.__name__)


@pytest.mark.parametrize(
    "answer",
    [{}, {"title": 5}, treatment(scenes="none"), {**treatment(), "path": "/etc/passwd"}],
    ids=["empty", "wrong types", "no scenes", "a path"],
)
def test_a_writer_that_answers_nonsense_changes_nothing(tmp_path, answer):
    writer = photoplay.FunctionWriter(lambda brief, seed: answer)
    with pytest.raises(WriterNonsense):
        make(tmp_path / "film", writer)
    assert photoplay.open_film(tmp_path / "film").film.story is None


def test_a_writer_that_does_not_keep_the_brief_is_asked_again_then_refused(tmp_path):
    writer = Counting()
    with pytest.raises(WriterError, match=r"shots"):
        make(tmp_path / "film", writer, shots=9)
    assert writer.calls == 3


def test_the_report_says_who_really_made_it(made):
    report = json.loads((made.project.out / "report.json").read_text(encoding="utf-8"))
    assert report["writer"]["writer"] == "function"
    assert report["renderer"] == "slate"
    assert abs(report["loudness_lufs"] + 16) < 0.6


@pytest.mark.parametrize(
    "idea",
    ["", "   \n", "\u200b", "x" * 70_000, 7, b"a fox"],
    ids=["empty", "blank", "unseen", "a book", "a number", "bytes"],
)
def test_text_that_is_no_story_is_refused_before_anything_is_made(idea):
    with pytest.raises(BadInput):
        read_brief(idea)
