"""``photoplay revise``, ``undo``, ``redo``, ``history``, ``approve`` and ``chat``, as they are typed."""

import io
import json
import os
import select
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from directing_kit import begun, everyday_book, opened

from photoplay.agent.directing import readers
from photoplay.agent.production import open_film
from photoplay.render.crew import LocalCrew
from photoplay.render.standing import StandingCrew
from photoplay.storyboard.edit_types import ShotSetting
from photoplay.studio.chat_history import NAME
from photoplay.studio.command import run
from photoplay.studio.revise import expect
from photoplay.studio.settings import Wishes

KEY = "sk-proj-Ab3dEf6hIj9kLm2nOp5q"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    production = begun(tmp_path_factory.mktemp("films") / "keeper", shots=4)
    production.make()
    return production.project.folder


@pytest.fixture
def photoplay(monkeypatch, capsys, tmp_path):
    """Runs a command line in this process, with readers from the book: (exit code, out, err)."""
    book = everyday_book()

    def found(group, what, spec):
        assert spec == "everyday", spec
        return book

    monkeypatch.setattr(readers, "find", found)
    monkeypatch.chdir(tmp_path)

    def command(*args, stdin=""):
        monkeypatch.setattr(sys, "argv", ["photoplay", *map(str, args)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as ended:
            run()
        said = capsys.readouterr()
        return ended.value.code, said.out, said.err

    return command


@pytest.fixture
def boarded(tmp_path):
    return begun(tmp_path / "f", shots=4).project.folder


def test_without_a_terminal_it_shows_and_changes_nothing(photoplay, made):
    code, out, _ = photoplay("revise", made, "scene 2 at night")
    assert code == 0
    assert "Read as: scene 2 at night" in out
    assert "scene two: hour morning -> night" in out
    assert "2 of 4 shots will be made again" in out
    assert out.splitlines()[-1] == "Nothing was changed; --yes does it."
    assert open_film(made).film.story.scenes[1].hour == "morning"


def test_yes_does_it_and_undo_and_redo_go_back_and_forth(photoplay, tmp_path):
    production = begun(tmp_path / "f", shots=4)
    production.make()
    folder = production.project.folder
    code, out, _ = photoplay("revise", folder, "closer", "--yes")
    assert code == 0
    assert "Made again: s01." in out
    assert str(folder / "out" / "film.mp4") in out
    code, out, _ = photoplay("undo", folder, "--json")
    assert json.loads(out)["path"] == str(folder / "out" / "film.mp4")
    assert opened(None, folder).film.shot("s01").camera.size == "medium"
    assert "Done again: closer" in photoplay("redo", folder, "1", "--no-cut")[1]
    assert photoplay("redo", folder)[0] == 2
    code, out, _ = photoplay("history", folder)
    assert "closer" in out
    assert "shot s01 (2 of 4) at 0:03: size medium -> close" in out
    assert out.splitlines()[-1] == "1 to undo, 0 to redo."
    assert [step["state"] for step in json.loads(photoplay("history", folder, "--json")[1])] == ["done"]


def test_json_is_one_object(photoplay, boarded):
    code, out, _ = photoplay("revise", boarded, "scene 2 at night", "--yes", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["applied"]
    assert told["read_as"] == ["scene 2 at night"]
    assert told["rows"] == ["scene two: hour morning -> night"]
    assert {"again", "seconds", "cost", "path", "words", "loosened"} <= told.keys()
    code, out, _ = photoplay("revise", boarded, "closer", "--json")
    assert (code, json.loads(out)["applied"]) == (0, False)
    code, out, _ = photoplay("revise", boarded, "gibberish", "--json", "--yes")
    assert (code, json.loads(out)["unread"]) == (2, ["gibberish"])
    code, out, _ = photoplay("revise", boarded, "make it nicer", "--json")
    assert (code, json.loads(out)["choices"]) == (2, ["closer", "at dusk"])


def test_what_is_not_understood_exits_with_2_and_a_question_about_the_film_with_0(photoplay, boarded):
    assert photoplay("revise", boarded, "gibberish", "--yes")[0] == 2
    code, out, _ = photoplay("revise", boarded, "email it", "--yes")
    assert (code, "cannot be emailed" in out) == (2, True)
    code, out, _ = photoplay("revise", boarded, "how many shots", "--yes")
    assert (code, out) == (0, "There are 6 shots.\n")
    assert photoplay("revise", boarded.parent / "none", "closer")[0] == 2
    assert photoplay("revise", boarded, "-", stdin="closer\n")[0] == 0


def test_the_words_on_the_screen_are_text(photoplay, boarded):
    code, out, _ = photoplay("revise", boarded, "[bold]what[/nonsense] \x1b[31m")
    assert code == 2
    assert "[bold]what[/nonsense]" in out
    assert "\x1b" not in out


def test_an_unknown_reader_is_refused_and_none_is_taken_in_its_place(monkeypatch, boarded, capsys):
    monkeypatch.setattr(sys, "argv", ["photoplay", "revise", str(boarded), "closer", "--reader", "clever"])
    with pytest.raises(SystemExit) as ended:
        run()
    assert ended.value.code == 2
    assert "no reader called 'clever'" in capsys.readouterr().err
    assert Wishes({}, {"PHOTOPLAY_READER": "openai:x"}).asked("reader") == ("openai:x", "PHOTOPLAY_READER")


def test_the_loop_of_review(photoplay, tmp_path):
    """make --until board, look, change, approve: nothing is drawn before."""
    folder = tmp_path / "whale"
    small = ("--size", "128x72", "--renderer", "slate", "--seconds", "12")
    assert photoplay("make", "Anna finds a whale", "--until", "board", "--out", folder, *small)[0] == 0
    assert not list(folder.glob("takes/*/*"))
    code, out, _ = photoplay("revise", folder, "closer", "--yes")
    assert "photoplay approve" in out
    assert photoplay("board", folder)[0] == 0  # the sheet is drawn, and no shot
    assert {state for state, _ in open_film(folder).takes().values()} == {"missing"}
    code, out, _ = photoplay("approve", folder)
    assert code == 0
    assert Path(out.splitlines()[-1]).is_file()
    assert open_film(folder).film.shot("s01").camera.size == "close"


# -- chat -------------------------------------------------------------------------------------


def test_a_script_of_lines_is_a_conversation(photoplay, tmp_path):
    production = begun(tmp_path / "f", shots=4)
    production.make()
    folder = production.project.folder
    lines = (
        "show\nscene 2 at night\nhow many shots\nyes\nhistory\nundo\ngibberish\nhelp\nboard\nquit\nnever\n"
    )
    code, out, err = photoplay("chat", folder, stdin=lines)
    assert code == 0
    assert out.startswith("The keeper\n")
    assert "scene one: the shore, morning, clear" in out
    assert "yes/no> yes" in out
    assert "Made again: s02, s03." in out
    assert "Undone: scene 2 at night" in out
    assert "Not understood: 'gibberish'." in out
    assert "board.png" in out
    assert "never" not in out
    assert "1/2 s02" in err  # progress in view
    assert opened(None, folder).film.story.scenes[1].hour == "morning"


def test_what_waits_is_there_when_one_comes_back(photoplay, boarded):
    assert photoplay("chat", boarded, stdin="scene 2 at night\n")[0] == 0
    _, out, _ = photoplay("chat", boarded, stdin="yes\n")
    assert "Waiting for your yes:\n  scene two: hour morning -> night" in out
    assert open_film(boarded).film.story.scenes[1].hour == "night"


def test_a_key_that_is_typed_is_kept_nowhere(photoplay, boarded):
    photoplay("chat", boarded, stdin=f"my key is {KEY}\ncloser\n")
    kept = (boarded / NAME).read_text(encoding="utf-8")
    assert kept == "my key is [key]\ncloser\n"
    for path in boarded.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes()


def test_the_history_is_never_written_through_a_link(photoplay, boarded, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("mine", encoding="utf-8")
    (boarded / NAME).symlink_to(other)
    photoplay("chat", boarded, stdin="closer\n")
    assert other.read_text(encoding="utf-8") == "mine"


def test_without_a_folder_it_asks_which_film_or_begins_one(photoplay, tmp_path):
    assert photoplay("chat", stdin="")[0] == 0
    (tmp_path / "photoplay.toml").write_text('size = "128x72"\nrenderer = "slate"\n', encoding="utf-8")
    code, out, _ = photoplay("chat", stdin="A fox steals a lamp\nshow\n")
    assert code == 0
    assert "What is the story?" in out
    [folder] = (tmp_path / "films").iterdir()
    assert open_film(folder).film.shots
    assert not list(folder.glob("takes/*/*"))
    code, out, _ = photoplay("chat", stdin="1\nquit\n")
    assert f"  1  {folder.name}" in out
    assert photoplay("chat", stdin="7\n")[0] == 2


DRIVER = textwrap.dedent(
    """
    import sys
    sys.path.insert(0, sys.argv.pop(1))
    from directing_kit import everyday_book
    from photoplay.agent.directing import readers
    readers.find = lambda group, what, spec: everyday_book()
    from photoplay.studio.command import run
    run()
    """
)


@pytest.mark.skipif(os.name != "posix", reason="needs a pty")
def test_at_a_terminal_ctrl_c_stops_the_shots_and_the_conversation_goes_on(tmp_path):
    import pty

    production = begun(tmp_path / "f", shots=4)
    production.make()
    slow = [ShotSetting(shot=s, values={"sleep-ms": 20_000}) for s in ("s02", "s03")]
    production.edit(slow)
    folder = production.project.folder
    parent, child = pty.openpty()
    program = [sys.executable, "-c", DRIVER, str(Path(__file__).parent), "chat", str(folder)]
    process = subprocess.Popen(
        program, stdin=child, stdout=child, stderr=child, start_new_session=True, cwd=tmp_path
    )
    os.close(child)
    seen, at = "", 0

    def wait(words):
        """Until these words come after those that were waited for last."""
        nonlocal seen, at
        begun_at = time.monotonic()
        while words not in seen[at:]:
            assert time.monotonic() - begun_at < 60, seen[-2000:]
            if select.select([parent], [], [], 0.2)[0]:
                seen += os.read(parent, 65536).decode("utf-8", "replace")
        at = seen.index(words, at) + len(words)

    def type_in(line):
        os.write(parent, f"{line}\r".encode())

    try:
        wait("help")
        wait("> ")
        type_in("scene 2 at night")
        wait("yes/no> ")
        type_in("yes")
        wait("0/2")
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        wait("Stopped. What was made is kept")
        wait("> ")
        type_in("how many shots")
        wait("There are 6 shots.")
        wait("> ")
        os.write(parent, b"\x04")
        wait("Everything is kept")
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
        os.close(parent)
    film = open_film(folder).film
    assert film.story.scenes[1].hour == "night"


def test_who_draws_and_cuts_begins_only_where_a_yes_would_need_them(made):
    """A worker that is begun while the question is asked is the one that draws; none is left behind."""
    crew = LocalCrew(1)
    standing = StandingCrew(crew)
    try:
        with standing.seat() as seat:
            production = open_film(made, crew=seat)
            for words in ("how many shots", "call him Bob"):
                expect(standing, production, production.propose(words, reader=everyday_book()))
            assert standing.loads == 0
            turn = production.propose("closer", reader=everyday_book())
            for _ in range(2):
                expect(standing, production, turn)
            assert standing.loads == 1
            hand = seat.hire("slate", "auto", None)
            assert standing.loads == 1
            assert seat.heard.get(timeout=60) == (hand, {"ready": True})
    finally:
        standing.close()
