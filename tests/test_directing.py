"""Changing a film by words: what it means is said first, and exactly that is made."""

import pytest
from directing_kit import Book, begun, everyday_book, opened
from films import slate_film
from treatments import treatment

import photoplay
from photoplay.agent.directing.carrying_out import carry_out
from photoplay.agent.directing.discreet import without_keys
from photoplay.agent.directing.past import past
from photoplay.agent.directing.understood import Understood
from photoplay.storyboard.edit_types import (
    AddLine,
    ChangeCharacter,
    Insert,
    Remove,
    Rename,
    Restyle,
    SetBrief,
    SetCamera,
    SetScene,
)
from photoplay.storyboard.errors import BadInput, Locked, NotUnderstood, RenderError, Unmeetable
from photoplay.storyboard.film import Brief, Line, Settings
from photoplay.storyboard.look_changes import BodyLookChange
from photoplay.storyboard.vocabulary import LineKind

BOOK = everyday_book()


def reading(*edits, **more):
    return Book(it=Understood(edits=edits, **more))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A film that was made; tests leave it as it was."""
    production = begun(tmp_path_factory.mktemp("films") / "keeper")
    production.make()
    return production


def pictures(production):
    return {item: key for item, (_, key) in production.takes().items()}


def test_a_proposal_says_what_it_means_and_changes_nothing(made):
    before, entries = made.film, len(made.project.history())
    turn = made.propose("scene 2 at night", reader=BOOK)
    assert turn.kind == "proposal"
    assert turn.difference.again == ("s03", "s04", "s05")
    assert "scene two: hour morning -> night" in turn.words
    assert "3 of 6 shots will be made again, about" in turn.words
    assert turn.words.endswith("nothing paid.")
    assert made.film is before
    assert len(made.project.history()) == entries


def test_only_what_changed_is_made_and_the_film_is_cut_anew(tmp_path):
    production = begun(tmp_path / "f")
    production.make()
    before, film, cut = pictures(production), production.film, production.film_path.stat().st_mtime_ns
    drawn = production.slates.drawn
    turn = production.revise("closer", reader=BOOK)
    assert (turn.kind, turn.made, turn.path) == ("done", ("s01",), production.film_path)
    assert production.slates.drawn == drawn + 1
    assert production.film_path.stat().st_mtime_ns > cut
    after = pictures(production)
    assert {item for item in after if after[item] != before[item]} == {"s01"}
    kept = [s for s in production.film.shots if s.id != "s01"]
    assert kept == [s for s in film.shots if s.id != "s01"]
    assert [e.words for e in production.project.history() if e.kind == "edit"] == ["closer"]
    assert production.step() == "done"

    production.undo()
    assert pictures(production) == before
    production.redo()
    assert pictures(production) == after
    assert production.slates.drawn == drawn + 1
    assert production.step() == "done"


def test_a_name_or_a_line_makes_no_picture_again(tmp_path):
    production = begun(tmp_path / "f")
    production.make()
    drawn = production.slates.drawn
    named = production.propose("call him Bob", reader=BOOK)
    assert named.difference.again == ()
    assert named.difference.words == "No shot has to be made again; the film is cut anew."
    assert "1 line will be spoken anew" in production.propose("say hello", reader=BOOK).words
    production.revise("say hello", reader=BOOK)
    assert production.slates.drawn == drawn
    assert "Hello there" in (production.project.out / "film.srt").read_text(encoding="utf-8")


def test_what_waited_before_waits_on(tmp_path):
    production = begun(tmp_path / "f")
    production.make()
    production.edit([SetCamera(shot="s05", angle="high")], "by hand")
    turn = production.propose("closer", reader=BOOK)
    assert (turn.difference.again, turn.difference.waiting) == (("s01",), ("s05",))
    assert production.revise("closer", reader=BOOK).made == ("s01",)
    assert production.takes()["s05"][0] == "stale"
    assert production.film_path.is_file()


def test_nothing_of_a_sentence_is_done_where_a_part_is_not_understood(made):
    before = made.film
    half = reading(SetCamera(shot="s01", size="close"), unread=("and wiggle it",), read_as=("s01 closer",))
    with pytest.raises(NotUnderstood, match="wiggle") as caught:
        made.revise("it", reader=half)
    assert caught.value.unread == ("and wiggle it",)
    assert "not done yet: s01 closer" in str(caught.value)
    with pytest.raises(NotUnderstood) as caught:
        made.revise("make it nicer", reader=BOOK)
    assert (caught.value.question, caught.value.choices) == ("Nicer how?", ("closer", "at dusk"))
    with pytest.raises(BadInput, match="cannot be emailed"):
        made.revise("email it", reader=BOOK)
    partly = reading(SetCamera(shot="s01", size="close"), refused=("No 3D here.",))
    with pytest.raises(BadInput, match="No 3D here"):
        made.revise("it", reader=partly)
    with pytest.raises(BadInput, match="Nothing was said"):
        made.revise(" \n ", reader=BOOK)
    assert made.film is before


def test_a_question_changes_nothing(made):
    before = made.film
    turn = made.revise("how many shots", reader=BOOK)
    assert (turn.kind, turn.words) == ("answer", "There are 6 shots.")
    assert made.film is before


def test_what_is_so_already_is_said(made):
    turn = made.propose("it", reader=reading(SetScene(scene="two", hour="morning")))
    assert turn.kind == "answer"
    assert "already" in turn.words


def test_an_edit_that_does_not_fit_is_refused_in_words(made):
    turn = made.propose("it", reader=reading(SetCamera(shot="s99", size="close")))
    assert turn.kind == "refusal"
    assert "s99" in turn.words
    every = tuple(Remove(shot=s.id) for s in made.film.shots)
    assert "last shot" in made.propose("it", reader=reading(*every)).words


# -- locks and the brief ----------------------------------------------------------------------


def test_a_locked_character_is_not_changed_by_the_way(tmp_path):
    production = begun(tmp_path / "f")
    production.edit([ChangeCharacter(character="anna", locked=True)])
    older = ChangeCharacter(character="anna", look=BodyLookChange(age="elder"))
    with pytest.raises(BadInput, match='unlock Anna" first'):
        production.revise("it", reader=reading(older))
    assert production.film.characters["anna"].look.age == "adult"
    unlock = ChangeCharacter(character="anna", locked=False)
    production.revise("it", reader=reading(unlock, older))
    assert production.film.characters["anna"].look.age == "elder"
    # Another character, and everything else, may be changed.
    production.edit([ChangeCharacter(character="anna", locked=True)])
    production.revise("it", reader=reading(ChangeCharacter(character="bo", noun="blue whale")))


def brief_film(**brief):
    film = slate_film(6, lines=False)
    return film.model_copy(update={"brief": Brief(idea="A keeper finds a whale.", **brief)})


SPOKEN = Line(id="new", speaker="anna", kind=LineKind.dialogue, words="Come here!")
ALONG = " ".join(["and the sea went up and down"] * 12)


@pytest.mark.parametrize(
    ("brief", "edits", "said", "then"),
    [
        ({"shots": 6}, [Remove(shot="s02")], "Exactly 6 shots", ("shots", 5)),
        ({"dialogue": False}, [AddLine(shot="s02", line=SPOKEN)], "No dialogue", ("dialogue", True)),
        (
            {"seconds": 17},
            [AddLine(shot="s02", line=Line(id="new", words=ALONG))],
            "needs",
            ("seconds", None),
        ),
    ],
)
def test_a_hard_constraint_is_asked_about_and_never_dropped_in_silence(tmp_path, brief, edits, said, then):
    production = begun(tmp_path / "f", film=brief_film(**brief))
    turn = production.propose("it", reader=reading(*edits))
    assert turn.kind == "proposal"
    assert said in turn.loosened[0]
    assert said in turn.words
    before = production.film
    with pytest.raises(Unmeetable, match=said):
        production.revise("it", reader=reading(*edits))
    assert production.film is before
    production.revise("it", reader=reading(*edits), loosen=True)
    name, value = then
    assert getattr(production.film.brief, name) == (value or production.film.brief.seconds)
    if name == "seconds":
        assert production.film.brief.seconds > 17
        production.make()  # the nearest that was said can be made


def test_a_reader_that_changes_the_brief_itself_is_not_asked_about(tmp_path):
    production = begun(tmp_path / "f", film=brief_film(shots=6))
    brief = production.film.brief.model_copy(update={"shots": 5})
    turn = production.propose("it", reader=reading(Remove(shot="s02"), SetBrief(brief=brief)))
    assert turn.loosened == ()
    assert "number of shots 6 -> 5" in turn.words


# -- stages, undo, failures -------------------------------------------------------------------


def test_a_film_that_was_not_shot_is_only_changed(tmp_path):
    production = begun(tmp_path / "f")
    turn = production.revise("closer", reader=BOOK)
    assert (turn.kind, turn.made) == ("done", ())
    assert production.slates.drawn == 0
    assert "Nothing is drawn yet" in production.propose("at dusk", reader=BOOK).words
    assert not production.film_path.exists()


def test_without_rendering_only_the_film_is_changed(tmp_path):
    production = begun(tmp_path / "f")
    production.make()
    drawn = production.slates.drawn
    assert "photoplay render" in production.revise("closer", reader=BOOK, render=False).words
    assert production.slates.drawn == drawn
    assert production.takes()["s01"][0] == "stale"


def test_undo_goes_any_distance_and_no_further_than_the_story(tmp_path):
    writer = photoplay.FunctionWriter(lambda brief, seed: treatment())
    production = photoplay.make(
        "Anna and the whale", out=tmp_path / "f", seconds=30, writer=writer, until="board",
        settings=Settings(width=128, height=72, renderer="slate"),
    )  # fmt: skip
    boarded = production.film
    with pytest.raises(BadInput, match="There is nothing to undo"):
        production.undo()
    for style in ("chalk", "ink-wash", "night-neon"):
        production.edit([Restyle(style=style)], style)
    with pytest.raises(BadInput, match="There are 3 changes to undo; 4 asked"):
        production.undo(4)
    assert "Undone: ink-wash; night-neon" in production.undo(2).words
    assert production.film.settings.style == "chalk"
    production.redo(1)
    assert production.film.settings.style == "ink-wash"
    production.undo(2)
    assert production.film.model_dump(exclude={"decisions"}) == boarded.model_dump(exclude={"decisions"})
    states = [step.state for step in past(production)]
    assert states == ["begun", "begun", "undone", "undone", "undone"]
    production.edit([Restyle(style="chalk")], "again")
    assert [s.state for s in past(production)][2:] == ["gone", "gone", "gone", "done"]


def test_a_shot_that_fails_leaves_the_change_and_the_earlier_film(tmp_path):
    production = begun(tmp_path / "f")
    production.make()
    production.slates.fails = True
    with pytest.raises(RenderError, match="earlier takes"):
        production.revise("closer", reader=BOOK)
    assert production.film.shot("s01").camera.size == "close"
    assert production.takes()["s01"][0] == "stale"
    assert production.film_path.is_file()
    production.slates.fails = False
    production.render()
    assert production.step() == "done"


def test_a_film_that_somebody_else_changed_meanwhile_is_not_changed(tmp_path):
    production = begun(tmp_path / "f")
    turn = production.propose("closer", reader=BOOK)
    other = opened(production)
    other.edit([SetCamera(shot="s02", size="wide")])
    with pytest.raises(BadInput, match="changed by somebody else"):
        carry_out(production, turn, "closer")
    assert production.film.shot("s01").camera.size == "medium"
    with other.project.lock(), pytest.raises(Locked):
        production.revise("closer", reader=BOOK)


def test_a_new_shot_is_made_and_the_rest_stays(tmp_path):
    production = begun(tmp_path / "f")
    production.make()
    before = pictures(production)
    new = production.film.shot("s02").model_copy(update={"id": "s02b", "seed": 99, "lines": ()})
    turn = production.revise(
        "it", reader=reading(Insert(shot=new, after="s02"), Rename(what="title", name="Sea"))
    )
    assert "s02b" in turn.made
    assert set(turn.made) <= {"s02b", "s03", "opening"}  # s03 goes on from the shot before it
    after = pictures(production)
    assert {i for i in before if after[i] != before[i]} == set(turn.made) - {"s02b"}


def test_keys_never_reach_the_journal(tmp_path, monkeypatch):
    monkeypatch.setenv("HOUSE_API_KEY", "open-sesame-and-more")
    key = "sk-proj-Ab3dEf6hIj9kLm2nOp5q"
    said = without_keys(f"my key is {key} or open-sesame-and-more or {'a1' * 20}, make it night")
    assert said == "my key is [key] or [key] or [key], make it night"
    assert without_keys(
        "the lighthouse-keeper's unforgettable extraordinarily-long-winded story of 1999"
    ) == ("the lighthouse-keeper's unforgettable extraordinarily-long-winded story of 1999")
    production = begun(tmp_path / "f")
    book = Book(**{"closer_[key]": Understood(edits=(SetCamera(shot="s01", size="close"),))})
    production.revise(f"closer {key}", reader=book)
    for path in production.project.folder.rglob("*"):
        assert not path.is_file() or key.encode() not in path.read_bytes()
