"""Rows of a batch: all are read and checked before anything is made, and each keeps its folder."""

import json

import pytest
from treatments import treatment

import photoplay
from photoplay.render.crew import SoloCrew
from photoplay.storyboard.errors import BadInput
from photoplay.studio.batch import Place, plan_batch
from photoplay.studio.batch_folders import FOLDERS, remember

SLATE = {"size": "128x72", "renderer": "slate"}


def planned(rows, out, **more):
    return plan_batch(
        rows, out, **{"defaults": SLATE, "place": Place(environment={}, folder=out.parent), **more}
    )


def names(batch):
    return {one.beginning.idea or one.beginning.options.script.name: one.name for one in batch.films}


def write(path, text):
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_json_lines_and_tables_of_any_separator_say_the_same(tmp_path):
    lines = write(
        tmp_path / "a.jsonl",
        '{"idea": "A fox, red; and quick.", "seconds": 20, "draft": true, "sets": {"sleep-ms": 5}}\n\n'
        '{"idea": "A dog.\\nIt runs.", "dialogue": false, "name": "Dog"}\n',
    )
    tables = [
        write(tmp_path / "b.csv", '\ufeffIdea,Seconds,draft,dialogue,name,sets\r\n"A fox, red; and quick.",20,yes,,,sleep-ms=5\r\n"A dog.\r\nIt runs.",,,no,Dog,\r\n'),
        write(tmp_path / "c.csv", 'idea;seconds;draft;dialogue;name;sets\n"A fox, red; and quick.";20;true;;;"sleep-ms=5"\n\n"A dog.\nIt runs.";;;false;Dog\n'),
        write(tmp_path / "d.tsv", "idea\tseconds\tdraft\tdialogue\tname\tsets\nA fox, red; and quick.\t20\tTRUE\t\t\tsleep-ms=5\n\"A dog.\nIt runs.\"\t\t\t0\tDog\t\n"),
    ]  # fmt: skip
    first = planned(lines, tmp_path / "films")
    assert [one.name for one in first.films] == ["a-fox-red-and-quick", "dog"]
    assert [one.row for one in first.films] == [1, 3]
    for table in tables:
        again = planned(table, tmp_path / "films")
        assert [one.name for one in again.films] == ["a-fox-red-and-quick", "dog"], table
        for one, other in zip(first.films, again.films, strict=True):
            assert one.film.settings == other.film.settings, table
            assert one.film.brief.model_copy(update={"idea": ""}) == other.film.brief.model_copy(
                update={"idea": ""}
            )
            assert one.film.brief.idea.split() == other.film.brief.idea.split()


def test_a_folder_of_scripts_and_texts_is_a_film_each_and_the_rest_is_told(tmp_path):
    stories = tmp_path / "stories"
    stories.mkdir()
    write(stories / "Fox.txt", "A fox finds a key. It opens a door. Behind it is the sea.")
    write(stories / "whale.md", "A whale sings. Nobody hears it. Then a child does.")
    write(stories / "notes.xlsx", "no story")
    write(stories / ".hidden.txt", "no story")
    batch = planned(stories, tmp_path / "films")
    assert [one.name for one in batch.films] == ["fox", "whale"]
    assert "A fox finds a key" in batch.films[0].film.brief.idea
    assert "notes.xlsx" in batch.notices[0]
    with pytest.raises(BadInput, match="no script or text"):
        planned(_empty(tmp_path), tmp_path / "films")
    write(stories / "blank.fountain", "INT. A - DAY\n")
    with pytest.raises(BadInput, match=r"file 2 \(blank.fountain\): There is nothing to film") as caught:
        planned(stories, tmp_path / "films")
    assert str(caught.value).count("Nothing was made.") == 1


def _empty(tmp_path):
    (tmp_path / "empty").mkdir()
    return tmp_path / "empty"


def test_all_faults_are_told_at_once_with_their_lines_and_nothing_is_made(tmp_path):
    rows = write(
        tmp_path / "rows.jsonl",
        "\n".join(
            [
                '{"idea": "A fox."}',
                '{"idea": "A fox runs.", "secnds": 3}',
                '{"idea": "A fox sleeps.", "seconds": "soon"}',
                "no json",
                '{"idea": "A fox eats.", "seconds": 20, "seconds": 30}',
                '{"idea": "A fox."}',
                '{"idea": "A fox swims.", "name": "Pond"}',
                '{"idea": "A fox dives.", "name": "pond!"}',
                '{"idea": "A fox.", "script": "x.fountain"}',
                '{"script": "nosuch.fountain"}',
                '{"idea": "A fox.", "renderer": "nosuch"}',
                '{"idea": "🦊"}',
                '{"idea": 7}',
                '{"idea": "Foxes.", "seconds": 4, "shots": 40}',
                '{"idea": "Foxes bark.", "dialogue": "no"}',
                '{"idea": "Foxes dig.", "seconds": NaN}',
                "[" * 100_000,
                '{"idea": "Fox.", "sets": {"path": ["../x"]}}',
            ]
        ),
    )
    with pytest.raises(BadInput) as caught:
        planned(rows, tmp_path / "films")
    told = str(caught.value)
    for line, words in {
        2: "secnds", 3: "soon", 4: "not JSON", 5: "twice", 6: "row 1", 8: "row 7", 9: "one of the two",
        10: "nosuch.fountain", 11: "nosuch", 12: "no words", 13: "idea is a text", 14: "nearest that can",
        15: "True or False", 16: "no number", 17: "", 18: "path",
    }.items():  # fmt: skip
        assert any(f"line {line}:" in part and words in part for part in told.splitlines()), (line, told)
    for line in (1, 7):
        assert f"line {line}:" not in told
    assert told.splitlines()[-1] == "Nothing was made."
    assert told.count("Nothing was made.") == 1
    assert not (tmp_path / "films").exists()


def test_half_a_letter_in_a_row_is_a_question_mark_and_no_crash(tmp_path):
    rows = write(tmp_path / "rows.jsonl", '{"idea": "A fox \\ud800 runs."}\n{"idea": "A dog."}\n')
    assert len(planned(rows, tmp_path / "films").films) == 2


def test_faults_of_a_table_are_told_with_the_line_where_their_row_begins(tmp_path):
    table = write(
        tmp_path / "rows.csv",
        'idea,colour,seconds\n"A dog\nruns.",red,20\nA fox.,,soon\nA cat.,,20,more,cells\nA hen.,,30\n',
    )
    with pytest.raises(BadInput) as caught:
        planned(table, tmp_path / "films")
    told = str(caught.value)
    assert "line 1: there is no option 'colour'" in told
    assert "line 4: --seconds: 'soon'" in told
    assert "line 5: it has 5 cells" in told
    assert "line 2:" not in told
    with pytest.raises(BadInput, match="line 2: the table cannot be read"):
        planned(write(tmp_path / "torn.csv", 'idea\n"A fox\n'), tmp_path / "films")
    with pytest.raises(BadInput, match="line 2, is not text in UTF-8"):
        planned(write(tmp_path / "latin.csv", b"idea\nA caf\xe9.\n"), tmp_path / "films")


def test_what_is_no_batch_is_refused(tmp_path):
    for rows in (
        tmp_path / "nosuch.jsonl",
        write(tmp_path / "a.txt", "A fox."),
        write(tmp_path / "b.csv", ""),
    ):
        with pytest.raises(BadInput):
            planned(rows, tmp_path / "films")
    with pytest.raises(BadInput, match="no row"):
        planned([], tmp_path / "films")


def test_options_for_all_are_under_those_of_a_row(tmp_path):
    defaults = {
        "size": "256x144",
        "renderer": "slate",
        "seconds": "40",
        "sets": ("sleep-ms=1", "fail-times=2"),
    }
    rows = ["A fox.", {"idea": "A dog.", "size": "128x72", "sets": {"sleep-ms": 9}, "seconds": None}]
    fox, dog = planned(rows, tmp_path / "films", defaults=defaults).films
    assert (fox.film.settings.width, fox.film.brief.seconds) == (256, 40)
    assert (dog.film.settings.width, dog.film.brief.seconds) == (128, 40)
    assert fox.film.settings.values["sleep-ms"] == 1
    assert (dog.film.settings.values["sleep-ms"], dog.film.settings.values["fail-times"]) == (9, 2)


def test_a_row_keeps_its_folder_when_rows_are_put_before_it(tmp_path):
    out = tmp_path / "films"
    fox = {"idea": "A fox finds a key.", "seconds": 20}
    hen = {"idea": "A hen finds a door.", "seconds": 20}
    before = planned([fox, hen], out)
    remember(out, {one.name: one.digest for one in before.films})
    twin, longer = {**fox, "seconds": 30}, {"idea": "A cat.", "seconds": 20}
    after = planned([longer, twin, hen, fox], out)
    assert [one.name for one in after.films][2:] == ["a-hen-finds-a-door", "a-fox-finds-a-key"]
    other = after.films[1].name
    assert other.startswith("a-fox-finds-a-key-")
    remember(out, {one.name: one.digest for one in after.films})
    assert [one.name for one in planned([twin, fox], out).films] == [other, "a-fox-finds-a-key"]
    remember(out, {"another-batch": "0" * 64})
    assert [one.name for one in planned([fox, twin], out).films] == ["a-fox-finds-a-key", other]
    (out / FOLDERS).unlink()
    alone = planned([fox, twin], out)
    assert {one.name for one in alone.films} == {one.name for one in planned([twin, fox], out).films}
    assert planned([twin, fox], out).films[0].name == planned([fox, twin], out).films[1].name


def test_no_file_beside_the_films_can_lead_out_of_the_folder(tmp_path):
    out = tmp_path / "films"
    batch = planned(["A fox."], out)
    remember(out, {one.name: one.digest for one in batch.films})
    mark = batch.films[0].digest
    for evil in ("../../x", "/etc/x", "con", ""):
        write(out / FOLDERS, json.dumps({"folders": {evil: mark}}))
        assert planned(["A fox."], out).films[0].name == "a-fox"
    write(out / FOLDERS, "[" * 100_000)
    assert planned(["A fox."], out).films[0].name == "a-fox"
    for name in ("../../x", "C:\\x", "con", "é" * 300, "-vf", "a/b"):
        made = planned([{"idea": "A fox.", "name": name}], out).films[0].name
        assert made.strip("-.abcdefghijklmnopqrstuvwxyz") == ""
        assert 1 <= len(made) <= 48


def test_a_folder_that_holds_another_film_is_a_fault(tmp_path):
    out = tmp_path / "films"
    photoplay.make(
        "A fox.", out=out / "fox", seconds=20, until="story", crew=SoloCrew(),
        writer=photoplay.FunctionWriter(lambda brief, seed: treatment()),
    )  # fmt: skip
    with pytest.raises(BadInput, match="another film"):
        planned([{"idea": "A dog.", "name": "fox", "seconds": 20}], out)
    with pytest.raises(BadInput, match="another film"):
        planned([{"idea": "A fox.", "name": "fox", "seconds": 30}], out)
    with pytest.raises(BadInput, match="another film"):
        planned([{"idea": "A fox.", "name": "fox", "seed": 7}], out)
    assert planned([{"idea": "A fox.", "name": "fox"}], out).films[0].name == "fox"


SCRIPT = """INT. KITCHEN - DAY

Anna opens a letter.

ANNA
It is from the sea.
"""


def test_a_writer_for_all_is_for_those_that_are_not_written_yet(tmp_path):
    stories = tmp_path / "stories"
    stories.mkdir()
    write(stories / "letter.fountain", SCRIPT)
    write(stories / "fox.txt", "A fox finds a key. It opens a door. Behind it is the sea.")
    options = {**SLATE, "writer": "outline"}
    fox, letter = planned(stories, tmp_path / "films", defaults=options).films
    assert (fox.film.settings.writer, letter.film.settings.writer) == ("outline", "script")
    own = Place(environment={}, writer=photoplay.FunctionWriter(lambda brief, seed: treatment()))
    assert len(planned(stories, tmp_path / "films", place=own).films) == 2
    with pytest.raises(BadInput, match="kept word for word"):
        planned([{"script": str(stories / "letter.fountain"), "writer": "openai"}], tmp_path / "films")


def test_a_screenplay_that_was_revised_goes_on_in_its_folder_and_one_that_is_damaged_is_no_fault(tmp_path):
    stories, out = tmp_path / "stories", tmp_path / "films"
    stories.mkdir()
    write(stories / "letter.fountain", SCRIPT)
    write(stories / "fox.txt", "A fox finds a key. It opens a door. Behind it is the sea.")
    from photoplay.studio.batch import batch

    where = Place(crew=SoloCrew(), environment={}, folder=tmp_path)
    batch(stories, out, defaults={**SLATE, "until": "board"}, place=where)
    write(stories / "letter.fountain", SCRIPT.replace("the sea", "the moon"))
    (out / "fox" / "edits.jsonl").write_text("{", encoding="utf-8")
    (out / "fox" / "film.json").unlink()
    before = (out / "letter" / "edits.jsonl").read_bytes()
    films = planned(stories, out).films
    assert [one.name for one in films] == ["fox", "letter"]
    assert (out / "letter" / "edits.jsonl").read_bytes() == before
    result = batch(stories, out, defaults={**SLATE, "until": "board"}, place=where)
    assert [film.state for film in result.films] == ["failed", "made"]
    assert "moon" in (out / "letter" / "film.json").read_text(encoding="utf-8")
