"""A batch: one film that fails stops no other, being stopped and run again goes on, and all is summed up."""

import csv
import errno
import gc
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from decimal import Decimal

import pytest
from treatments import shot, treatment

import photoplay
from photoplay.agent.batch import BatchFilm, run
from photoplay.agent.batch_purse import BatchPurse
from photoplay.agent.batch_summary import SUMMARY, TABLE, FilmResult, earlier_results, write_summary
from photoplay.memory.ledger import Ledger
from photoplay.memory.project import Project
from photoplay.render.crew import LocalCrew, SoloCrew
from photoplay.render.fake import LOG, SlateRenderer
from photoplay.storyboard.errors import BadInput, Damaged, Stopped
from photoplay.studio.batch import Place, batch, plan_batch
from photoplay.studio.batch_quote import quote_batch, sum_of

SLATE = {"size": "64x64", "renderer": "slate", "seconds": "5", "until": "takes"}
ONE = treatment(
    scenes=[
        {
            "title": "Morning", "beat": "setup", "place": "the shore", "place_state": "", "hour": "morning",
            "weather": "clear", "mood": "calm", "shots": [shot("Anna walks along the shore.", "Anna", "walks")],
        }
    ]
)  # fmt: skip


def one_shot(brief, seed):
    return ONE


def place(*renderers, write=one_shot, **more):
    crew = SoloCrew(*(renderers or (SlateRenderer(),)))
    return Place(**{"crew": crew, "writer": photoplay.FunctionWriter(write), "environment": {}, **more})


def make(rows, out, where=None, **more):
    return batch(rows, out, **{"defaults": SLATE, "place": where or place(), **more})


def states(result):
    return {film.name: film.state for film in result.films}


class Counting(SlateRenderer):
    """Counts what is loaded and rendered."""

    def __init__(self):
        super().__init__()
        self.loads, self.rendered = 0, Counter()

    def load(self, device, budget_mb):
        self.loads += 1

    def render(self, jobs, tick):
        self.rendered.update(job.request.model_dump_json() for job in jobs)
        yield from super().render(jobs, tick)


def test_films_are_made_one_after_another_with_models_loaded_once_and_kept_the_next_time(tmp_path):
    renderer, seen = Counting(), []
    rows = [f"A keeper walks, {number}." for number in range(4)]
    result = make(rows, tmp_path, place(renderer), listener=seen.append)
    assert set(states(result).values()) == {"made"}
    assert renderer.loads == 1
    assert result.exit_code == 0
    assert [news.done for news in seen if news.kind == "ended"] == list(range(1, 5))
    pictures = sum(renderer.rendered.values())
    again = make(rows, tmp_path, place(renderer))
    assert set(states(again).values()) == {"kept"}
    assert sum(renderer.rendered.values()) == pictures
    assert (renderer.loads, again.films[0].made) == (1, 0)
    assert again.films[0].shots == 1


def test_a_film_leaves_nothing_in_memory(tmp_path):
    alive = []

    def write(brief, seed):  # in a film's thread, while nothing else is at work
        gc.collect()
        alive.append(len(gc.get_objects()))
        return ONE

    make([f"A keeper walks, {n}." for n in range(8)], tmp_path, place(write=write), jobs=1)
    assert alive[-1] - alive[3] < 500, f"what is alive grows: {alive}"


def test_a_film_that_fails_stops_no_other_and_only_it_is_made_again(tmp_path):
    rows = [
        "A keeper walks.",
        {"idea": "A whale dies.", "sets": {"fail": "bug"}},
        {"idea": "=HYPERLINK(1)", "name": "sheet"},
    ]

    def write(brief, seed):
        if "HYPER" in brief.idea:
            raise ZeroDivisionError("a bug of the writer")
        return ONE

    result = make(rows, tmp_path, place(write=write))
    assert list(states(result).values()) == ["made", "failed", "failed"]
    assert result.exit_code == 2
    whale = result.films[1]
    assert whale.failed_shots
    assert "told to have a bug" in whale.words
    assert "ZeroDivisionError" in result.films[2].words

    renderer = Counting()
    mended = [rows[0], "A whale dies.", rows[2]]
    again = make(
        mended,
        tmp_path,
        place(renderer),
        only=["a-whale-dies", "sheet"],
        defaults={**SLATE, "unset": ("fail",)},
    )
    assert list(states(again).values()) == ["made", "made"]
    assert list(earlier_results(tmp_path)) == ["a-keeper-walks", "a-whale-dies", "sheet"]
    assert earlier_results(tmp_path)["a-keeper-walks"].state == "made"
    with pytest.raises(BadInput, match="nosuch"):
        make(mended, tmp_path, only=["nosuch"])


def test_a_disk_that_fails_a_film_is_told_as_that_and_as_no_bug(tmp_path):
    def write(brief, seed):
        if "whale" in brief.idea:
            raise OSError(errno.EIO, "Input/output error", "/mnt/stories/whale.txt")
        return ONE

    result = make(["A whale dies.", "A keeper walks."], tmp_path, place(write=write))
    assert list(states(result).values()) == ["failed", "made"]
    assert result.films[0].words.startswith("/mnt/stories/whale.txt: Input/output error.")
    assert "bug" not in result.films[0].words


def test_a_film_that_cannot_be_read_at_its_end_is_told_in_its_own_words(tmp_path, monkeypatch):
    def unread(*args, **more):
        raise Damaged("film.json is not what its record says.")

    monkeypatch.setattr(FilmResult, "of", unread)
    (film,) = make(["A keeper walks."], tmp_path).films
    assert (film.state, film.words) == ("failed", "film.json is not what its record says.")


def test_the_summary_tells_of_every_film_in_both_files(tmp_path):
    make(["A keeper walks.", {"idea": "A whale dies.", "sets": {"fail": "refused"}}], tmp_path)
    whole = json.loads((tmp_path / SUMMARY).read_text(encoding="utf-8"))
    assert whole["counts"] == {"made": 1, "kept": 0, "failed": 1, "stopped": 0, "waiting": 0}
    keeper, whale = whole["films"]
    assert (keeper["row"], keeper["name"], keeper["title"]) == (1, "a-keeper-walks", "The Lamp")
    assert (keeper["renderer"], keeper["writer"], keeper["shots"]) == ("slate", "function", 1)
    assert (keeper["seconds"], keeper["cost"], keeper["words"]) == (5.0, "nothing", "")
    assert keeper["made"] >= 3
    assert keeper["wall_s"] > 0
    assert whale["failed_shots"]
    with (tmp_path / TABLE).open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["state"] for row in table] == ["made", "failed"]
    assert table[0]["folder"] == str(tmp_path / "a-keeper-walks")
    write_summary(tmp_path, [FilmResult(1, "x", "x", "failed", title="=cmd|' /C calc'!A0", words="-2+3")])
    with (tmp_path / TABLE).open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert row["title"].startswith("'=")
    assert row["words"].startswith("'-")


def test_two_jobs_work_side_by_side_and_never_more_than_there_are_places(tmp_path):
    both = threading.Barrier(2, timeout=20)
    at_once, most, guard = [], [], threading.Lock()

    def write(brief, seed):
        with guard:
            at_once.append(brief.idea)
            most.append(len(at_once))
        if "meets" in brief.idea:
            both.wait()
        time.sleep(0.05)
        with guard:
            at_once.remove(brief.idea)
        return ONE

    rows = [
        "Anna meets a whale.",
        "A whale meets Anna.",
        "A keeper walks.",
        "A keeper runs.",
        "A keeper sits.",
    ]
    where = place(write=write, crew=LocalCrew(workers=2))
    told = []
    result = make(rows, tmp_path, where, jobs=5, listener=told.append, defaults={**SLATE, "until": "board"})
    assert set(states(result).values()) == {"made"}
    assert max(most) == 2
    assert any("2 at a time" in news.words for news in told)


def test_real_workers_stay_from_film_to_film(tmp_path):
    hired = []

    class Watched(LocalCrew):
        def hire(self, renderer, device, budget_mb):
            hired.append(super().hire(renderer, device, budget_mb))
            return hired[-1]

    result = make(["A fox.", "A dog.", "A hen."], tmp_path, place(crew=Watched(workers=2)))
    assert set(states(result).values()) == {"made"}
    assert len(hired) <= 2, "a process was started anew for a film"
    assert all(worker.gone for worker in hired)


def test_one_child_cuts_film_after_film_and_a_lost_one_is_begun_anew(tmp_path, monkeypatch):
    from photoplay.render.cut.aside import Aside

    begun, real = [], Aside._begin

    def begin(self):
        begun.append(self)
        real(self)
        if len(begun) == 1:
            self._child.kill()

    monkeypatch.setattr(Aside, "_begin", begin)
    whole = {**SLATE, "until": "film"}
    result = make(["A fox.", "A dog.", "A hen."], tmp_path, defaults=whole)
    assert [film.state for film in result.films] == ["failed", "made", "made"]
    assert "The cut was lost" in result.films[0].words
    assert len(begun) == 2
    assert begun[-1]._child is None, "it outlives the batch"
    assert (tmp_path / "a-hen" / "out" / "film.mp4").stat().st_size > 1000


def test_stopped_from_another_thread_it_keeps_what_is_there_and_goes_on(tmp_path):
    stop, renderer = threading.Event(), Counting()

    def hear(news):
        if news.kind == "ended":
            stop.set()

    rows = ["A fox.", "A dog.", "A hen.", "A cat."]
    result = make(rows, tmp_path, place(renderer), stop=stop, listener=hear, jobs=1)
    assert result.stopped
    assert result.exit_code == 130
    assert result.films[0].state == "made"
    assert [film.state for film in result.films].count("waiting") >= 2
    counts = json.loads((tmp_path / SUMMARY).read_text(encoding="utf-8"))["counts"]
    assert counts["waiting"] >= 2
    again = make(rows, tmp_path, place(renderer))
    assert again.films[0].state == "kept"
    assert {film.state for film in again.films[1:]} == {"made"}
    assert sum(renderer.rendered.values()) <= len(rows) + 1, "more than the stopped one was made again"


def test_a_listener_that_raises_ends_the_batch_and_is_heard_of(tmp_path):
    def hear(news):
        if news.kind == "begun":
            raise KeyboardInterrupt

    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        make(["A fox.", "A dog."], tmp_path, listener=hear)
    assert json.loads((tmp_path / SUMMARY).read_text(encoding="utf-8"))["counts"]["made"] == 0
    assert threading.active_count() == before


def test_two_films_of_one_folder_are_refused(tmp_path):
    film = BatchFilm("fox", tmp_path / "fox", lambda crew, listener: None)
    with pytest.raises(BadInput, match="one folder"):
        run([film, film], tmp_path)


# -- money --------------------------------------------------------------------------------


class Paying:
    """What the purse needs of a production."""

    def __init__(self, folder, budget):
        self.project, self.budget = Project.create(folder, film(), "x", "person"), budget

    def pay(self, amount):
        line = dict(kind="take", key="0" * 64, item="s01", renderer="remote:x", what="clip")
        ledger_line(self.project.folder, amount, line)


def film():
    from films import slate_film

    return slate_film(shots=1)


def ledger_line(folder, amount, more):
    from photoplay.memory.ledger import Line, new_order, now

    fields = {name: value for name, value in more.items() if name in Line.model_fields}
    line = Line(
        at=now(), order=new_order(), event="intended", amount=Decimal(amount), currency="USD", **fields
    )
    Ledger(folder).intend(line, "any")


def test_the_total_is_a_hard_stop_over_the_ledgers_of_all_films(tmp_path):
    folders = [tmp_path / name for name in ("a", "b", "c", "d")]
    purse = BatchPurse("5.00", folders, threading.Event())
    one, two, three = (Paying(folder, "3") for folder in folders[:3])
    with purse.share(one) as share:
        assert (one.budget, share.words) == ("3.00", "")
        one.pay("2.50")
    with purse.share(two) as share:
        assert two.budget == "2.50"
        assert "2.50 are left" in share.words
        two.pay("2.00")
    with purse.share(three):
        assert three.budget == "0.50"
    # The same command again: what a film had is within its own share, and is not taken from it twice.
    later = BatchPurse("5.00", folders, threading.Event())
    two.budget = "3"
    with later.share(two):
        assert two.budget == "2.50"
    free = Paying(folders[3], "")
    with later.share(free):
        assert free.budget == ""


def test_films_side_by_side_never_have_more_than_the_total_between_them(tmp_path):
    folders = [tmp_path / name for name in ("a", "b")]
    stop = threading.Event()
    purse = BatchPurse("5", folders, stop)
    one, two = Paying(folders[0], "any"), Paying(folders[1], "3")
    got = []

    def second():
        with purse.share(two):
            got.append(two.budget)

    with purse.share(one):
        assert one.budget == "5.00"
        waiting = threading.Thread(target=second)
        waiting.start()
        waiting.join(0.5)
        assert not got, "the second film may spend what the first may"
        one.pay("4")
    waiting.join(5)
    assert got == ["1.00"]
    one.budget = two.budget = "any"
    with purse.share(one):
        stop.set()
        with pytest.raises(Stopped), purse.share(two):
            pass


def test_an_unknown_price_leaves_nothing_of_a_total(tmp_path):
    one, two = Paying(tmp_path / "a", "any"), Paying(tmp_path / "b", "any")
    ledger = Ledger(one.project.folder)
    from photoplay.memory.ledger import Line, new_order, now

    ledger.intend(
        Line(
            at=now(), order=new_order(), event="intended", key="0" * 64, item="s01", renderer="r", what="clip"
        ),
        "any",
    )
    with BatchPurse("5", [tmp_path / "a", tmp_path / "b"], threading.Event()).share(two):
        assert two.budget == "0.00"


# -- the quote ----------------------------------------------------------------------------


def test_a_dry_run_makes_nothing_and_knows_what_is_missing(tmp_path):
    out = tmp_path / "films"
    where = Place(crew=SoloCrew(), environment={}, folder=tmp_path)
    rows = [{"idea": "A keeper walks to the sea.", "shots": 2}, {"idea": "A whale sings.", "shots": 1}]
    planned = plan_batch(rows, out, defaults=SLATE, place=where)
    quotes, wall_s = quote_batch(planned, place=where)
    assert not out.exists()
    assert [(quote.shots, quote.to_make) for quote in quotes] == [(2, 4), (1, 3)]
    assert sum_of(quotes).nothing
    assert wall_s is None
    batch(rows, out, defaults=SLATE, place=where, only=["a-whale-sings"])
    files = {p: p.read_bytes() for p in out.rglob("*") if p.is_file()}
    quotes, wall_s = quote_batch(plan_batch(rows, out, defaults=SLATE, place=where), place=where)
    assert [(quote.shots, quote.to_make) for quote in quotes] == [(2, 4), (1, 0)]
    assert wall_s is not None
    assert wall_s > 0
    other = plan_batch(rows, out, defaults={**SLATE, "renderer": "slate:b"}, place=where)
    assert quote_batch(other, place=where)[0][1].to_make == 1, "another renderer was asked for"
    assert {p: p.read_bytes() for p in out.rglob("*") if p.is_file()} == files
    unwritten, _ = quote_batch(
        planned, place=Place(crew=SoloCrew(), writer=photoplay.FunctionWriter(one_shot))
    )
    assert unwritten[0].shots is None
    assert "not known before" in unwritten[0].words


# -- as a command -------------------------------------------------------------------------


def command(*words, cwd, **environment):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "PHOTOPLAY_"))}
    return subprocess.Popen(
        [sys.executable, "-m", "photoplay", *map(str, words)], cwd=cwd, env={**kept, **environment},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip


def stories(folder, count=3, **more):
    rows = [{"idea": f"A keeper walks to the sea, {n}.", "name": f"film-{n}", **more} for n in range(count)]
    path = folder / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


OPTIONS = (
    "--size",
    "64x64",
    "--renderer",
    "slate",
    "--seconds",
    "12",
    "--shots",
    "4",
    "--until",
    "takes",
    "--json",
)


def lines(process):
    for line in process.stdout:
        yield json.loads(line)


def finish(process):
    out, err = process.communicate(timeout=120)
    return [json.loads(line) for line in out.splitlines()], err


@pytest.mark.slow
def test_killed_in_its_midst_the_same_command_goes_on_and_makes_nothing_twice(tmp_path):
    rows, log = stories(tmp_path, 2), tmp_path / "log"
    words = ("batch", rows, "--out", tmp_path / "films", *OPTIONS, "--jobs", "1", "--set", "sleep-ms=40")
    process = command(*words, cwd=tmp_path, **{LOG: str(log)})
    made = 0
    for said in lines(process):
        made += said.get("news") == "made" and said["stage"] == "shoot"
        if made == 4:
            process.kill()
            break
    process.communicate()
    before = {p: p.read_bytes() for p in (tmp_path / "films").glob("*/takes/*/*/record.json")}
    assert before
    process = command(*words, cwd=tmp_path, **{LOG: str(log)})
    news, err = finish(process)
    assert process.returncode == 0, err
    assert {p: p.read_bytes() for p in before} == before
    calls = Counter(log.read_text().split())
    twice = [call for call, times in calls.items() if times > 1]
    assert len(twice) <= 2, "only what the kill interrupted is rendered again, one a worker"
    assert news[-1]["counts"]["made"] + news[-1]["counts"].get("kept", 0) == 2


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals there")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopped_by_a_signal_it_ends_cleanly_and_leaves_nobody_behind(tmp_path, number, code):
    import psutil

    rows = stories(tmp_path, 3)
    words = ("batch", rows, "--out", tmp_path / "films", *OPTIONS)
    process = command(*words, "--set", "sleep-ms=30000", cwd=tmp_path)
    for said in lines(process):
        if said.get("news") == "started" and said["stage"] == "shoot":
            break
    children = psutil.Process(process.pid).children(recursive=True)
    assert children
    begun = time.monotonic()
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == code
    assert time.monotonic() - begun < 10
    assert "the same command goes on" in err
    assert not psutil.wait_procs(children, timeout=5)[1]
    counts = json.loads((tmp_path / "films" / SUMMARY).read_text(encoding="utf-8"))["counts"]
    assert counts["stopped"] >= 1
    assert counts["failed"] == 0
    assert not list((tmp_path / "films").glob("*/work/take-*"))


def test_it_exits_with_how_many_failed_and_says_the_command_that_makes_only_those(
    tmp_path, monkeypatch, capfd
):
    import typer

    from photoplay.studio.command import app

    rows = stories(tmp_path, 2)
    first, second = rows.read_text().splitlines()
    bad = json.loads(second) | {"sets": {"fail": "refused", "fail-times": 1}}
    rows.write_text(f"{first}\n{json.dumps(bad)}")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(LOG, str(tmp_path / "log"))

    def said(*words):
        monkeypatch.setattr(sys, "argv", ["photoplay", *words])
        code = 0
        try:
            code = app(list(words), standalone_mode=False)
        except typer.Exit as error:
            code = error.exit_code
        return code or 0, [json.loads(line) for line in capfd.readouterr().out.splitlines()]

    options = (
        "--size",
        "64x64",
        "--renderer",
        "slate",
        "--seconds",
        "5",
        "--shots",
        "1",
        "--until",
        "takes",
        "--json",
    )
    code, news = said("batch", "rows.jsonl", "--out", "films", *options)
    assert code == 1
    assert news[-1]["failed"] == ["film-1"]
    again = news[-1]["again"].split()
    assert again[0] == "photoplay"
    code, news = said(*again[1:])
    assert code == 0
    assert news[-1]["counts"] == {"made": 1}
    assert {line["film"] for line in news if "film" in line} == {"film-1"}


READ = """
import sys
from photoplay.studio.command import app
for words in (["show"], ["show", "--plan"], ["cost"], ["board"]):
    app([words[0], sys.argv[1], *words[1:]], standalone_mode=False)
    print("--- read by", *words)
try:
    app(["gc", sys.argv[1], "--yes"], standalone_mode=False)
except Exception as error:
    print("--- not written:", type(error).__name__)
"""


def test_another_process_reads_a_film_while_it_is_rendered(tmp_path):
    started, stop = threading.Event(), threading.Event()

    def hear(news):
        told = news.told
        if told and told.stage == "shoot" and told.news and told.news.kind == "started":
            started.set()

    slow = [{"idea": "A keeper walks.", "sets": {"sleep-ms": 60_000}}]
    where = place(crew=LocalCrew(workers=1))
    going = threading.Thread(target=lambda: make(slow, tmp_path, where, listener=hear, stop=stop))
    going.start()
    try:
        assert started.wait(60)
        folder = str(tmp_path / "a-keeper-walks")
        reader = subprocess.run(
            [sys.executable, "-c", READ, folder], capture_output=True, text=True, timeout=60, check=False
        )
        assert going.is_alive()
    finally:
        stop.set()
        going.join(20)
    assert not going.is_alive()
    said = [line for line in reader.stdout.splitlines() if line.startswith("---")]
    assert said == [
        "--- read by show", "--- read by show --plan", "--- read by cost", "--- read by board",
        "--- not written: Locked",
    ], reader.stderr  # fmt: skip
    assert (tmp_path / "a-keeper-walks" / "out" / "board.png").is_file()


def test_a_name_that_no_film_has_is_refused_before_anything_is_made(tmp_path, monkeypatch):
    from photoplay.studio.command import app

    monkeypatch.chdir(tmp_path)
    rows = stories(tmp_path, 2)
    with pytest.raises(BadInput, match="nosuch"):
        app(["batch", str(rows), "--out", "films", "--only", "nosuch", *OPTIONS], standalone_mode=False)
    with pytest.raises(BadInput, match="says what failed"):
        app(["batch", str(rows), "--out", "films", "--failed", *OPTIONS], standalone_mode=False)
    app(["batch", str(rows), "--out", "films", "--dry-run", *OPTIONS], standalone_mode=False)
    assert not (tmp_path / "films").exists()
