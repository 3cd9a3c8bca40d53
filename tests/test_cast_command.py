"""``photoplay cast``: what a person gives takes effect, on exactly the shots that it concerns."""

import json
import struct

import numpy as np
import pytest
from PIL import Image
from test_sheets import bound_to, finished, keys, shot_now
from tiny_films import opened
from typer.testing import CliRunner

from photoplay.agent.references import add_reference, find_entity, named, set_aside, use_character
from photoplay.memory.anchors import AnchorBook
from photoplay.memory.library import CastLibrary
from photoplay.memory.lora import LoraBook
from photoplay.memory.portable import load_character, save_character
from photoplay.storyboard import edits as e
from photoplay.storyboard.errors import BadInput, Damaged, NewerFilm, UnknownName
from photoplay.studio.command import app


@pytest.fixture
def production(tmp_path):
    return finished(tmp_path / "film")


@pytest.fixture(autouse=True)
def library(tmp_path, monkeypatch):
    monkeypatch.setenv("PHOTOPLAY_CAST", str(tmp_path / "library"))
    return tmp_path / "library"


def photo(tmp_path, number=1, name=None):
    path = tmp_path / (name or f"photo-{number}.png")
    Image.fromarray(np.random.default_rng(number).integers(0, 255, (48, 40, 3), np.uint8)).save(path)
    return path


def safetensors(path, names=("a.lora_A.weight", "a.lora_B.weight"), metadata=None, seed=0):
    head, at = {"__metadata__": metadata or {}}, 0
    for name in names:
        head[name] = {"dtype": "F32", "shape": [2, 3], "data_offsets": [at, at + 24]}
        at += 24
    text = json.dumps(head).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + np.random.default_rng(seed).bytes(at))
    return path


def said(*words):
    done = CliRunner().invoke(app, [str(w) for w in words], env={"COLUMNS": "200"})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def test_a_picture_is_bound_to_the_shots_of_that_entity_and_says_how_many_are_made_again(
    tmp_path, production
):
    before = production.film
    shots = {s for (s, x) in bound_to(before) if x == "anna"}
    told = said("cast", "add", tmp_path / "film", "ANNA", photo(tmp_path), "--view", "front")
    assert f"{len(shots)} shots will be made again" in told
    production = opened(tmp_path / "film")
    after = bound_to(production.film)
    new = {after[s, "anna"] for s in shots}
    assert len(new) == 1
    assert AnchorBook(tmp_path / "film").get(new.pop()).origin == "person"
    assert {k: v for k, v in after.items() if k[1] != "anna"} == {
        k: v for k, v in bound_to(before).items() if k[1] != "anna"
    }
    entry = production.project.history()[-1]
    assert (entry.by, {edit.op for edit in entry.edits}) == ("person", {"bind"})
    shot_now(production)
    assert {n.item for n in production.outcome.made} == shots


def test_keep_only_adds(tmp_path, production):
    before = keys(production)
    told = said("cast", "add", tmp_path / "film", "Anna", photo(tmp_path), "--keep")
    assert "stay as they are" in told
    assert keys(opened(tmp_path / "film")) == before
    assert next(a.origin for a in AnchorBook(tmp_path / "film").of("anna")) == "person"


def test_a_second_picture_of_the_same_view_takes_the_place_of_the_first(tmp_path, production):
    first = add_reference(production, "Anna", photo(tmp_path, 1), view="front")
    again = add_reference(production, "anna", photo(tmp_path, 2), view="front")
    assert first.bound == again.bound
    people = [a for a in AnchorBook(tmp_path / "film").all() if a.origin == "person"]
    assert sorted(a.set_aside for a in people) == [False, True]
    back = add_reference(production, "anna", photo(tmp_path, 1), view="front")
    assert back.bound == first.bound
    for number in (3, 4):
        add_reference(production, "the lamp", photo(tmp_path, number), keep=True)
    uses = [s.id for s in production.film.shots if s.props]
    production.edit([e.Bind(shot=s, references={"the-lamp": ()}) for s in uses])
    with pytest.raises(BadInput, match="2 references of the lamp are equally good"):
        shot_now(production)


def test_a_sheet_given_back_is_approved(tmp_path, production):
    book = AnchorBook(tmp_path / "film")
    sheet = next(a for a in book.all() if (a.entity, a.view) == ("anna", "three-quarter"))
    done = add_reference(production, "anna", book.path(sheet.digest))
    approved = book.get(sheet.digest)
    assert (approved.origin, approved.view, approved.look) == ("person", "three-quarter", None)
    assert {key for (_, x), key in bound_to(production.film).items() if x == "anna"} == {sheet.digest}
    assert done.bound, "and said of those that had another view of her"


def test_a_picture_of_one_state_concerns_the_shots_in_that_state(tmp_path, production):
    anna = production.film.characters["anna"]
    shots = [s for (s, x) in bound_to(production.film) if x == "anna"]
    wounded = e.ChangeCharacter(character="anna", states=(*anna.states, {"name": "badly-wounded"}))
    production.edit([wounded, e.SetState(entity="anna", state="badly-wounded", shot=shots[0])])
    shot_now(production)
    done = add_reference(production, "anna", photo(tmp_path), state="Badly wounded")
    assert done.bound == (shots[0],)
    with pytest.raises(UnknownName, match="badly-wounded"):
        add_reference(production, "anna", photo(tmp_path, 2), state="asleep")
    shot_now(production)
    plain = add_reference(production, "anna", photo(tmp_path, 3))
    assert set(plain.bound) == set(shots[1:])


def test_sheets_of_other_states_are_drawn_again_from_a_new_picture(tmp_path, production):
    anna = production.film.characters["anna"]
    shots = [s for (s, x) in bound_to(production.film) if x == "anna"]
    wet = e.ChangeCharacter(character="anna", states=(*anna.states, {"name": "wet", "words": "soaked"}))
    production.edit([wet, e.SetState(entity="anna", state="wet", shot=shots[0])])
    shot_now(production)
    old = bound_to(production.film)[shots[0], "anna"]
    done = add_reference(production, "anna", photo(tmp_path))
    assert set(done.again) == set(shots)
    shot_now(production)
    book = AnchorBook(tmp_path / "film")
    new = book.get(bound_to(production.film)[shots[0], "anna"])
    assert (new.state, new.origin, new.digest != old, book.get(old).set_aside) == ("wet", "sheet", True, True)
    request = production.project.store.record(new.take).request
    assert [a["key"] for a in request["anchors"]] == [bound_to(production.film)[shots[1], "anna"]]


def test_a_place_gets_a_plate_and_a_wrong_view_is_refused(tmp_path, production):
    done = add_reference(production, "The Tower", photo(tmp_path))
    assert set(done.bound) == {
        s.id for s in production.film.shots if production.film.scenes[s.scene].place == "the-tower"
    }
    assert [a.view for a in AnchorBook(tmp_path / "film").all() if a.origin == "person"] == ["plate"]
    for name, view in (("the tower", "front"), ("anna", "plate")):
        with pytest.raises(BadInput, match="plate"):
            add_reference(production, name, photo(tmp_path, 2), view=view)


def test_what_is_set_aside_is_taken_from_its_shots_only(tmp_path, production):
    before = bound_to(production.film)
    digest = next(key for (_, x), key in before.items() if x == "anna")
    users = {s for (s, _), key in before.items() if key == digest}
    old = keys(production)
    kept = set_aside(production, digest[:8], keep=True)
    assert (keys(production), kept.bound) == (old, ())
    told = said("cast", "set-aside", tmp_path / "film", digest[:8])
    assert f"{len(users)} shot" in told
    after = bound_to(opened(tmp_path / "film").film)
    assert {s for (s, x), key in before.items() if after.get((s, x)) != key} == users
    assert digest not in after.values()
    lamp = next(key for (_, x), key in before.items() if x == "the-lamp")
    production = opened(tmp_path / "film")
    done = set_aside(production, lamp)
    assert not [x for _, x in bound_to(production.film) if x == "the-lamp"]
    shot_now(production)
    drawn = bound_to(production.film)
    assert {s for s, x in drawn if x == "the-lamp"} == set(done.bound)
    assert not {digest, lamp} & set(drawn.values())
    assert {(s, x) for s, x in drawn} == {(s, x) for s, x in before}


def test_where_nothing_is_drawn_by_itself_the_next_best_takes_the_place(tmp_path, production):
    settings = production.film.settings.model_copy(update={"values": {}})
    production.edit([e.Replace(film=production.film.model_copy(update={"settings": settings}))])
    digest = next(key for (_, x), key in bound_to(production.film).items() if x == "anna")
    users = {s for (s, _), key in bound_to(production.film).items() if key == digest}
    assert set(set_aside(production, digest).bound) == users
    book = AnchorBook(tmp_path / "film")
    assert {book.get(bound_to(production.film)[s, "anna"]).view for s in users} == {"three-quarter"}


def test_names_are_found_and_unknown_ones_are_answered_with_those_there_are(production):
    film = production.film
    assert find_entity(film, " the WHALE ") == find_entity(film, "the-whale") == "the-whale"
    with pytest.raises(UnknownName, match=r"Anna, the lamp, the shore, the tower, the whale"):
        find_entity(film, "Ahab")
    zoes = e.apply_all(film, [e.Rename(what="character", id=x, name="Zoë") for x in ("anna", "the-whale")])
    with pytest.raises(BadInput, match="anna, the-whale"):
        find_entity(zoes, "zoë")
    for wrong in ("12345", "../../x", "zzzzzzzz", "f" * 64):
        with pytest.raises(BadInput):
            named(production, wrong)


def test_without_a_renderer_that_takes_references_a_picture_is_only_kept(tmp_path, production):
    production.edit([e.Setting(renderer="animatic")])
    film = production.film
    settings = film.settings.model_copy(update={"values": {}})
    production.edit([e.Replace(film=film.model_copy(update={"settings": settings}))])
    before = keys(production)
    done = add_reference(production, "Anna", photo(tmp_path))
    assert "animatic takes no references" in done.words
    assert keys(production) == before


def test_lists_and_reasons_are_shown(tmp_path, production):
    listed = said("cast", "list", tmp_path / "film")
    assert "plate night" in listed
    assert listed.count("sheet") == 9
    production.edit([e.Retake(shot=production.film.shots[0].id)])
    shown = said("show", tmp_path / "film", "--references")
    assert "slate takes 3 references a shot" in shown
    for (shot, entity), digest in bound_to(production.film).items():
        assert any(
            line.startswith(shot) and entity in line and digest[:12] in line for line in shown.splitlines()
        )
    assert "anna: full sheet, as is; wide shot; bound before" in " ".join(shown.split())
    add_reference(production, "Anna", photo(tmp_path), words="\x1b[31m[bold]red")
    assert "\x1b[31m" not in said("cast", "list", tmp_path / "film")
    assert said("cast", "list").startswith("Nobody is in")


def test_who_is_left_out_is_said(tmp_path, production):
    shot = next(s for s in production.film.shots if len(s.cast) == 2)
    production.edit([e.Recast(shot=shot.id, props=({"entity": "the-lamp"},))])
    assert f"{shot.id}: the-lamp left out: 3 are taken" in said("show", tmp_path / "film", "--references")


def test_a_character_goes_through_the_library_into_another_film(tmp_path, production, library):
    add_reference(production, "Anna", photo(tmp_path), view="front", words="from life")
    add_reference(production, "Anna", safetensors(tmp_path / "anna.safetensors"))
    production.edit(
        [e.ChangeCharacter(character="anna", words="Anna has a scar.", look=e.BodyLookChange(hat="cap"))]
    )
    assert said("cast", "save", tmp_path / "film", "anna").strip() == str(library / "anna.json")
    with pytest.raises(BadInput, match="--replace"):
        said("cast", "save", tmp_path / "film", "anna")
    said("cast", "save", tmp_path / "film", "anna", "--replace")
    assert "Anna" in said("cast", "list")

    other = finished(tmp_path / "other")
    with pytest.raises(UnknownName):
        said("cast", "use", tmp_path / "other", "Ahab")
    other.edit([e.Rename(what="character", id="anna", name="Mary")])
    with pytest.raises(UnknownName, match="Mary"):
        said("cast", "use", tmp_path / "other", "Anna", "--as", "Ahab")
    told = said("cast", "use", tmp_path / "other", "anna", "--as", "mary")
    other = opened(tmp_path / "other")
    mary = other.film.characters["anna"]
    assert (mary.name, mary.words, mary.look) == (
        "Mary",
        "Mary has a scar.",
        production.film.characters["anna"].look,
    )
    brought = [a for a in AnchorBook(tmp_path / "other").all() if a.entity == "anna" and not a.set_aside]
    assert ("person", "front", "from life") in [(a.origin, a.view, a.words) for a in brought]
    shots = {s for (s, x) in bound_to(other.film) if x == "anna"}
    assert shots == {s.id for s in other.film.shots if any(m.entity == "anna" for m in s.cast)}
    assert f"{len(shots)} shots will be made again" in told
    assert {m.loras for s in other.film.shots for m in s.cast if m.entity == "anna"} == {
        (next(LoraBook(tmp_path / "other").all()).digest,)
    }
    shot_now(other)
    assert {n.item for n in other.outcome.made} - {"opening"} == shots  # the card names her


def test_a_character_is_in_a_film_once(tmp_path, production):
    add_reference(production, "Anna", photo(tmp_path))
    save_character(production.film, "anna", tmp_path / "anna.json", AnchorBook(tmp_path / "film"))
    before = production.film
    with pytest.raises(BadInput, match="already, as anna"):
        use_character(production, load_character(tmp_path / "anna.json"), "the whale")
    assert opened(tmp_path / "film").film == before


def test_a_lora_is_bound_to_the_shots_of_its_entity(tmp_path, production):
    weights = safetensors(tmp_path / "a.safetensors", metadata={"ss_base_model_version": "flux2\x1b[0m"})
    done = add_reference(production, "Anna", weights)
    record = next(LoraBook(tmp_path / "film").all())
    assert (record.entity, record.base) == ("anna", "flux2[0m")
    shots = {s.id for s in production.film.shots if any(m.entity == "anna" for m in s.cast)}
    assert set(done.bound) == set(done.again) == shots
    assert {m.loras for s in production.film.shots for m in s.cast} == {(record.digest,), ()}
    assert "LoRA" in said("cast", "list", tmp_path / "film")
    shot_now(production)
    assert {n.item for n in production.outcome.made} == shots
    set_aside(production, record.digest[:10])
    assert {m.loras for s in production.film.shots for m in s.cast} == {()}
    again = add_reference(production, "Anna", weights)
    assert set(again.bound) == shots
    with pytest.raises(BadInput, match="belongs to anna"):
        add_reference(production, "the whale", weights)
    better = safetensors(tmp_path / "b.safetensors", metadata={"ss_base_model_version": "flux2"}, seed=2)
    clips = safetensors(tmp_path / "c.safetensors", metadata={"modelspec.architecture": "wan2.1"}, seed=3)
    assert record.digest[:12] in add_reference(production, "Anna", clips).words
    add_reference(production, "Anna", better)
    add_reference(
        production,
        "Anna",
        safetensors(tmp_path / "d.safetensors", metadata={"ss_base_model_version": "flux2"}),
    )
    bases = {x.digest: x.base for x in LoraBook(tmp_path / "film").all() if not x.set_aside}
    assert sorted(bases.values()) == ["flux2", "flux2[0m", "wan2.1"]
    assert {m.loras for s in production.film.shots for m in s.cast} == {tuple(sorted(bases)), ()}
    LoraBook(tmp_path / "film").path(min(bases)).write_bytes(b"other")
    production.edit([e.Retake(shot=sorted(shots)[0])])
    with pytest.raises(Damaged, match="LoRA"):
        shot_now(opened(tmp_path / "film"))


def test_a_character_of_the_first_release_is_read(tmp_path, production):
    save_character(production.film, "anna", tmp_path / "anna.json", AnchorBook(tmp_path / "film"))
    kept = json.loads((tmp_path / "anna.json").read_text(encoding="utf-8"))
    first = {**kept, "schema_version": 1}
    del first["loras"]
    for reference in first["references"]:
        del reference["view"], reference["hour"]
    (tmp_path / "first.json").write_text(json.dumps(first), encoding="utf-8")
    loaded = load_character(tmp_path / "first.json")
    assert (len(loaded.references), loaded.loras) == (3, ())
    (tmp_path / "newer.json").write_text(json.dumps(kept | {"schema_version": 3}), encoding="utf-8")
    with pytest.raises(NewerFilm):
        load_character(tmp_path / "newer.json")
    lora = {"digest": "a" * 64}
    (tmp_path / "without.json").write_text(json.dumps(kept | {"loras": [lora]}), encoding="utf-8")
    with pytest.raises(BadInput, match="does not lie beside it"):
        load_character(tmp_path / "without.json")


def test_a_library_with_a_broken_file_still_serves_the_others(tmp_path, production, library):
    CastLibrary().save(production.film, "anna", AnchorBook(tmp_path / "film"), LoraBook(tmp_path / "film"))
    (library / "broken.json").write_bytes(b"[" * 100_000)
    assert CastLibrary().load("ANNA").character.id == "anna"
    assert "broken.json" in said("cast", "list")


def test_before_there_is_a_story_nobody_can_be_given_a_picture(tmp_path):
    from photoplay.memory.project import Project
    from photoplay.storyboard.film import Brief, Film

    Project.create(tmp_path / "new", Film(id="new", brief=Brief(idea="Anna waits")), "begun", "person")
    with pytest.raises(BadInput, match="no story yet"):
        add_reference(opened(tmp_path / "new"), "Anna", photo(tmp_path))


@pytest.mark.parametrize("made", ["missing", "words", "cut short"])
def test_what_is_no_picture_is_said_in_plain_words(tmp_path, production, made):
    path = photo(tmp_path)
    data = path.read_bytes()
    if made == "missing":
        path.unlink()
    else:
        path.write_bytes(b"no picture" if made == "words" else data[: len(data) // 2])
    with pytest.raises(BadInput) as refused:
        add_reference(production, "Anna", path)
    assert path.name in str(refused.value)
    assert not any(word in str(refused.value) for word in ("Errno", "object at", "BytesIO"))
