"""A film's manifest, and the film made again from it: by anybody, in a new folder, compared bit for bit."""

import getpass
import json
import shutil
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from films import slate_film
from remote_server import RemoteServer, good
from test_remote_films import place  # noqa: F401
from tiny_films import all_verify, copy_of_a_film, opened
from typer.testing import CliRunner

from photoplay.agent.manifest import Manifest, read_manifest
from photoplay.agent.production import Production
from photoplay.agent.replay import Compared, replay
from photoplay.memory.project import Project
from photoplay.memory.store import file_digest
from photoplay.render.crew import SoloCrew
from photoplay.render.fake import SlateRenderer
from photoplay.storyboard.edit_types import Choose, Retake, Setting
from photoplay.storyboard.errors import BadInput, LimitReached, NewerFilm, OverBudget, Refused, RenderError
from photoplay.storyboard.film import CastMember, Settings
from photoplay.studio.command import app
from photoplay.studio.replay import lines_of


class Counting(SlateRenderer):
    """Slates, counted."""

    made = 0

    def render(self, jobs, tick):
        type(self).made += len(jobs)
        yield from super().render(jobs, tick)


@pytest.fixture(autouse=True)
def counted():
    Counting.made = 0


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    production = opened(copy_of_a_film(tmp_path_factory.mktemp("first") / "film"))
    production.render()
    return production


def manifest_at(production):
    return production.project.out / "manifest.json"


def again(production, out, takes=None, crew=None, **more):
    return replay(
        read_manifest(manifest_at(production)), out, takes, crew=crew or SoloCrew(Counting()), **more
    )


def test_a_film_made_again_has_equal_keys_and_is_the_same_bit_for_bit(first, tmp_path):
    found = again(first, tmp_path / "again")
    assert found.film_equal
    assert file_digest(found.folder / "out" / "film.mp4") == file_digest(first.film_path)
    assert (found.differ, found.others, found.reused, found.versions) == ((), (), 0, ())
    assert {*(shot.id for shot in first.film.shots), "score"} <= set(found.equal)
    mine, theirs = (set(p.project.store.keys()) for p in (first, opened(found.folder)))
    assert {node.key for node in first.plan().nodes} <= mine & theirs


def test_takes_are_taken_over_where_there_are_some_and_nothing_is_rendered(first, tmp_path):
    found = again(first, tmp_path / "again", first.project.folder)
    assert Counting.made == 0
    assert found.reused == len({node.key for node in first.plan().nodes})
    assert found.film_equal
    assert found.equal == ()
    assert all_verify(opened(found.folder).project)


def test_a_take_that_is_not_what_the_manifest_says_is_made_again_and_not_taken_over(first, tmp_path):
    store = copy_of_a_film(tmp_path / "harmed")
    key = first.takes()[first.film.shots[0].id][1]
    path = next((store / "takes" / key[:2] / key).glob("*.mp4"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    found = again(first, tmp_path / "again", store)
    assert found.equal == (first.film.shots[0].id,)
    assert found.film_equal
    assert Counting.made == 1


def test_a_take_whose_record_lies_about_it_is_not_taken_over(first, tmp_path):
    """File and record agree with each other, but not with the manifest."""
    store = copy_of_a_film(tmp_path / "harmed")
    key = first.takes()[first.film.shots[1].id][1]
    folder = store / "takes" / key[:2] / key
    path = next(folder.glob("*.mp4"))
    path.write_bytes(path.read_bytes() + b"\0\0\0\x08free")
    record = json.loads((folder / "record.json").read_text())
    record["parts"]["picture"] |= {"sha256": file_digest(path), "size": path.stat().st_size}
    (folder / "record.json").write_text(json.dumps(record))
    found = again(first, tmp_path / "again", store)
    assert found.equal == (first.film.shots[1].id,)


def test_other_bits_and_another_version_are_said(first, tmp_path):
    plain = json.loads(manifest_at(first).read_text())
    shot = first.film.shots[0].id
    for take in plain["takes"]:
        if take["item"] == shot:
            take["parts"]["picture"]["sha256"] = "0" * 64
    plain["photoplay"], plain["programs"]["numpy"] = "0.0.1", "1.0"
    manifest = Manifest.model_validate(plain)
    found = replay(manifest, tmp_path / "again", first.project.folder, crew=SoloCrew(SlateRenderer()))
    assert found.differ == (shot,)
    assert any(words.startswith("numpy ") and words.endswith("then 1.0") for words in found.versions)
    assert any(words.endswith("then 0.0.1") for words in found.versions)


def test_a_renderer_of_other_weights_makes_other_keys_and_that_is_said(first, tmp_path):
    class Other(SlateRenderer):
        weights = "other"

    found = again(first, tmp_path / "again", first.project.folder, crew=SoloCrew(Other()))
    assert set(found.others) >= {shot.id for shot in first.film.shots}
    assert not found.differ
    assert not found.equal


def test_the_manifest_says_no_path_no_user_and_no_machine(first):
    text = manifest_at(first).read_text()
    assert str(first.project.folder) not in text
    assert str(first.project.folder.parent) not in text
    plain = json.loads(text)
    del plain["film"]
    for name in (getpass.getuser(), socket.gethostname()):
        assert f'"{name}"' not in json.dumps(plain)
    assert plain["history"] == file_digest(first.project.folder / "edits.jsonl")
    assert {t["node"] for t in plain["takes"]} == {node.id for node in first.plan().nodes}
    assert plain["cut"]["used"] == {item: key for item, (_, key) in first.takes().items()}


def test_an_earlier_take_that_is_seen_needs_the_takes_themselves(first, tmp_path):
    folder = tmp_path / "film"
    shutil.copytree(first.project.folder, folder)
    production = opened(folder)
    shot = production.film.shots[0].id
    key = production.takes()[shot][1]
    with production.project.lock():
        production.edit([Retake(shot=shot), Choose(takes={shot: key}, pin=True)], "keep the old one")
    production.render()
    with pytest.raises(BadInput, match=f"{shot}: an earlier or chosen take.*--takes"):
        again(production, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    found = again(production, tmp_path / "again", folder)
    assert found.film_equal
    assert opened(found.folder).takes()[shot] == ("current", key)


def test_what_a_person_brought_is_needed_and_taken_over(first, tmp_path):
    import numpy as np

    from photoplay.memory.anchors import AnchorBook

    film = slate_film(shots=2, lines=False, goes_on=())
    project = Project.create(tmp_path / "film", film, "a test", "person")
    with project.lock():
        anchor = AnchorBook(project.folder).propose(
            np.full((64, 64, 3), 90, np.uint8), "anna", origin="person"
        )
        shot = film.shots[0].model_copy(
            update={"cast": (CastMember(entity="anna", references=(anchor.digest,)),)}
        )
    manifest = read_manifest(manifest_at(first)).model_copy(
        update={"film": film.model_copy(update={"shots": (shot, film.shots[1])}), "takes": ()}
    )
    manifest = manifest.model_copy(update={"cut": manifest.cut.model_copy(update={"used": {}})})
    with pytest.raises(BadInput, match=f"references of {shot.id}.*--takes"):
        replay(manifest, tmp_path / "again", crew=SoloCrew(SlateRenderer()))
    assert not (tmp_path / "again").exists()
    found = replay(manifest, tmp_path / "again", tmp_path / "film", crew=SoloCrew(SlateRenderer()))
    assert AnchorBook(found.folder).get(anchor.digest) == anchor


def test_a_signed_film_is_compared_unsigned_and_the_new_one_is_not_signed(first, tmp_path, monkeypatch):
    pytest.importorskip("c2pa")
    from photoplay.agent import certificate
    from photoplay.agent.provenance import verify

    monkeypatch.setattr(certificate, "own_folder", lambda: tmp_path / "home")
    monkeypatch.chdir(tmp_path)
    shutil.copytree(first.project.folder, tmp_path / "film")
    production = opened(tmp_path / "film")
    with production.project.lock():
        production.edit([Setting(credentials=True)], "sign it")
    production.render()
    assert verify(production.film_path).state == "valid"
    found = again(production, tmp_path / "again", tmp_path / "film")
    assert found.film_equal
    assert verify(found.folder / "out" / "film.mp4").state == "none"
    assert "not signed" in found.notices[0]


# -- from a stranger ------------------------------------------------------------------------------


def test_a_manifest_cannot_spend_money_that_nobody_allowed(first, place):  # noqa: F811
    """A stranger's manifest names a paid renderer: nothing is ordered before a budget allows it."""
    with RemoteServer([good] * 20) as server:
        place.serve(server)
        plain = json.loads(manifest_at(first).read_text())
        plain["film"]["settings"]["renderer"] = "remote:studio"
        plain["film"]["decisions"]["chosen"] = {}
        path = place.film.parent / "manifest.json"
        path.write_text(json.dumps(plain))
        code, _, said = place.run("replay", str(path), "--out", str(place.film))
        assert code == OverBudget.exit_code
        assert "Allow it with --budget" in said
        assert server.creates == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m.pop("film"), "film"),
        (lambda m: m["film"].update(shots=[]), "no shots"),
        (lambda m: m["film"]["settings"].update(renderer="os.system"), "renderer"),
        (lambda m: m["film"]["settings"].update(renderer="nobody"), "nobody"),
        (lambda m: m["film"]["settings"].update(width=1_000_000), "width"),
        (lambda m: m["film"]["shots"][0].update(frames=10**12), "frames"),
        (lambda m: m["takes"][0].update(key="../../etc/passwd"), "key"),
        (lambda m: m["takes"][0]["parts"].update({"../x": {"size": 1, "sha256": "0" * 64}}), "parts"),
        (lambda m: m["takes"][0].update(path="/etc/passwd"), "path"),
        (lambda m: m.update(takes={}), "takes"),
        (lambda m: m.update(manifest="x"), "no manifest"),
        (lambda m: m["cut"]["used"].update({"/etc": "0" * 64}), "used"),
    ],
)
def test_a_strange_manifest_is_refused_in_words_and_nothing_is_made(first, tmp_path, change, said):
    plain = json.loads(manifest_at(first).read_text())
    change(plain)
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(plain))
    with pytest.raises(BadInput, match=said):
        replay(read_manifest(path), tmp_path / "again", crew=SoloCrew())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["manifest.json"]


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"[" * 100_000, b'{"manifest": NaN}', b"\xff\xfe", b'{"manifest": 1}']
)
def test_what_is_no_manifest_is_refused(tmp_path, data):
    path = tmp_path / "manifest.json"
    path.write_bytes(data)
    with pytest.raises(BadInput):
        read_manifest(path)
    for other in (tmp_path, tmp_path / "gone.json", "/dev/zero"):
        with pytest.raises(BadInput):
            read_manifest(tmp_path / other)


def test_a_film_that_was_only_cut_otherwise_is_told_so():
    plain = {"reused": 0, "equal": ("s01",), "differ": (), "others": (), "versions": (), "notices": ()}
    found = Compared(folder=Path("again"), film_equal=False, **plain)
    assert lines_of(found)[-1].endswith("though every take is: it was mixed or cut otherwise.")
    assert lines_of(replace(found, differ=("s01",)))[-1] == "The film is not the same bit for bit."


def test_a_film_s_folder_in_place_of_its_manifest_is_told_where_the_manifest_is(first):
    with pytest.raises(BadInput, match=r"is a folder.* out/manifest\.json"):
        read_manifest(first.project.folder)


def test_a_newer_manifest_is_left_alone(first, tmp_path):
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(json.loads(manifest_at(first).read_text()) | {"manifest": 2}))
    with pytest.raises(NewerFilm):
        read_manifest(path)


def test_links_in_somebodys_takes_are_not_followed(first, tmp_path):
    store = copy_of_a_film(tmp_path / "linked")
    secret = tmp_path / "secret.mp4"
    key = first.takes()[first.film.shots[0].id][1]
    path = next((store / "takes" / key[:2] / key).glob("*.mp4"))
    path.rename(secret)
    path.symlink_to(secret)
    found = again(first, tmp_path / "again", store)
    assert found.equal == (first.film.shots[0].id,)


def test_a_folder_with_something_in_it_is_never_written_to(first, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    for out in (tmp_path, tmp_path / "mine.txt", first.project.folder):
        with pytest.raises(BadInput, match="is there already"):
            again(first, out)
    with pytest.raises(BadInput, match="holds no takes"):
        again(first, tmp_path / "again", tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_limits_hold(first, tmp_path):
    from photoplay.agent.limits import Limits

    def allow(production):
        production.limits = Limits(shots=2)

    with pytest.raises(LimitReached):
        again(first, tmp_path / "again", allow=allow)
    assert Counting.made == 0


def test_a_shot_that_fails_leaves_a_film_that_can_be_gone_on_with(first, tmp_path):
    seed = first.film.shots[2].seed

    class Failing(SlateRenderer):
        def render(self, jobs, tick):
            if any(job.request.seed == seed for job in jobs):
                raise Refused("no luck")
            yield from super().render(jobs, tick)

    crew = SoloCrew(Failing())
    store = copy_of_a_film(tmp_path / "film")
    key = first.takes()[first.film.shots[2].id][1]
    shutil.rmtree(store / "takes" / key[:2] / key)
    with pytest.raises(RenderError):
        again(first, tmp_path / "again", store, crew=crew)
    production = opened(tmp_path / "again")
    production.render()
    assert file_digest(production.film_path) == file_digest(first.film_path)


def test_the_command_tells_it(first, tmp_path):
    given = ["replay", str(manifest_at(first)), "--out", str(tmp_path / "again"), "--takes"]
    ran = CliRunner().invoke(app, [*given, str(first.project.folder)])
    assert ran.exit_code == 0, ran.output
    assert "The film is the same, bit for bit." in ran.output
    assert "Taken over" in ran.output


def test_an_animatic_is_made_again_bit_for_bit(tmp_path):
    film = slate_film(shots=2, lines=False, goes_on=())
    settings = Settings(width=128, height=72, renderer="animatic")
    film = film.model_copy(update={"settings": settings})
    production = Production(Project.create(tmp_path / "film", film, "a test", "person"), crew=SoloCrew())
    production.render()
    found = again(production, tmp_path / "again", crew=SoloCrew())
    assert found.film_equal
    assert {"s00", "s01", "score", "opening"} <= set(found.equal)
