"""Which reference a shot is bound to, and why; and when what is bound is let go."""

from __future__ import annotations

import json

import numpy as np
import pytest
from memory_films import film, shot

from photoplay.memory.anchor_record import Anchor, look_digest
from photoplay.memory.anchors import AnchorBook
from photoplay.memory.history import rebuilt
from photoplay.memory.lora import LoraRecord
from photoplay.memory.project import Project
from photoplay.memory.selection import ABSENCE_SHOTS, Selection, subjects
from photoplay.storyboard import edits as e
from photoplay.storyboard.errors import Damaged, NewerFilm
from photoplay.storyboard.film import CastMember, Event, Line, PropUse

FILM = film()
SHOT = FILM.shots[1]


def anchor(number: int, entity: str = "anna", **more) -> Anchor:
    given = {"digest": f"{number:064x}", "entity": entity, "origin": "sheet"}
    return Anchor(**(given | more))


def sized(size: str, of=FILM, at="s01"):
    after = e.apply(of, e.SetCamera(shot=at, size=size))
    return after, after.shot(at)


def bound(anchors, most=4, of=FILM, one=SHOT, **more):
    return Selection(of, anchors).bind(one, most, **more)


def numbers(binding) -> dict[str, list[int]]:
    return {entity: [int(d, 16) for d in digests] for entity, digests in binding.references.items()}


@pytest.mark.parametrize(
    ("size", "wanted"),
    [
        ("close", 1),
        ("extreme-close", 1),
        ("medium", 2),
        ("two-shot", 2),
        ("insert", 2),
        ("wide", 3),
        ("full", 3),
    ],
)
def test_the_view_fits_the_size_of_the_shot(size, wanted):
    sheets = [anchor(n, view=view) for n, view in enumerate(("front", "three-quarter", "full"), 1)]
    of, one = sized(size)
    assert numbers(bound(sheets, of=of, one=one)) == {"anna": [wanted]}


def test_a_person_goes_before_a_sheet_before_a_take_and_the_state_before_all():
    take = anchor(1, origin="take", shot="s00", long_term=True)
    sheet = anchor(2, view="full")
    person = anchor(3, origin="person", view="front")
    wet = anchor(4, origin="take", state="wet", shot="s00", long_term=True)
    of, one = sized("wide")
    assert numbers(bound([take, sheet, person, wet], of=of, one=one)) == {"anna": [3]}
    assert numbers(bound([take, sheet], of=of, one=one)) == {"anna": [2]}
    in_rain = e.apply(of, e.SetState(shot="s01", entity="anna", state="wet"))
    assert numbers(bound([take, sheet, person, wet], of=in_rain, one=in_rain.shot("s01"))) == {"anna": [4]}


def test_every_choice_has_a_reason_in_words():
    of, _ = sized("close", e.apply(FILM, e.SetState(shot="s01", entity="anna", state="wet")))
    found = bound(
        [
            anchor(1, state="wet", view="front"),
            anchor(2, "tower", view="plate", hour="morning"),
            anchor(3, "lamp", origin="person"),
        ],
        of=of, one=of.shot("s01"),
    )  # fmt: skip
    assert found.reasons == {
        "anna": "anna: front sheet, wet; close shot",
        "tower": "tower: plate sheet, as is at morning; close shot",
        "lamp": "lamp: picture that a person gave, as is; close shot",
    }
    kept = Selection(e.apply(of, found.edit()), [anchor(1, state="wet", view="front")])
    reasons = kept.bind(e.apply(of, found.edit()).shot("s01"), 4).reasons
    assert reasons["anna"] == "anna: front sheet, wet; close shot; bound before"
    assert reasons["lamp"] == "lamp: bound before; nothing is written down about it"


def crowd(**parts):
    """A shot of three, in which Bo acts on Tom, and Anna speaks; with a lamp."""
    people = e.apply(
        FILM, e.Add(character=FILM.characters["tom"].model_copy(update={"id": "bo", "name": "Bo"}))
    )
    given = {
        "id": "crowd", "cast": tuple(CastMember(entity=x) for x in ("anna", "tom", "bo")),
        "event": Event(sentence="Bo waves to Tom.", actor="bo", target="tom"),
        "lines": (Line(id="said", speaker="anna", words="Look."),), "props": (PropUse(entity="lamp"),),
    }  # fmt: skip
    of = e.apply(people, e.Insert(shot=shot(9, **(given | parts)), after="s04"))
    return of, of.shot("crowd")


ALL = [anchor(n, x) for n, x in enumerate(("anna", "tom", "bo", "bay", "lamp"), 1)]


def test_the_cast_comes_first_in_order_of_importance_then_the_place_then_things():
    of, one = crowd()
    assert [s.entity for s in subjects(of, one)] == ["bo", "tom", "anna", "bay", "lamp"]
    for most in range(1, 6):
        found = bound(ALL, most, of, one)
        order = ["bo", "tom", "anna", "bay", "lamp"]
        assert list(found.references) == order[:most]
        assert list(found.left_out) == order[most:]
        assert not found.problems


def test_what_is_bound_stays_whatever_comes_later():
    of, one = crowd()
    then = e.apply(of, bound(ALL, 3, of, one).edit())
    better = [*ALL, *(anchor(n + 10, x, origin="person") for n, x in enumerate(("bo", "bay", "lamp")))]
    again = bound(better, 3, then, then.shot("crowd"))
    assert e.apply(then, again.edit()) is then


def test_where_fewer_are_taken_the_least_important_are_let_go():
    of, one = crowd()
    then = e.apply(of, bound(ALL, 5, of, one).edit())
    fewer = bound(ALL, 2, then, then.shot("crowd"))
    assert numbers(fewer) == {"lamp": [], "bay": [], "anna": [], "bo": [3], "tom": [2]}
    after = e.apply(then, fewer.edit()).shot("crowd")
    assert ([m.references for m in after.cast], after.plates) == (
        [(), (ALL[1].digest,), (ALL[2].digest,)],
        (),
    )


def test_a_bound_prop_gives_way_to_a_character_who_comes_in():
    of, one = crowd(cast=(CastMember(entity="anna"),), event=Event(sentence="Anna waits.", actor="anna"))
    then = e.apply(of, bound(ALL, 3, of, one).edit())
    kept = then.shot("crowd").cast
    joined = e.apply(then, e.Recast(shot="crowd", cast=(*kept, CastMember(entity="tom"))))
    found = bound(ALL, 3, joined, joined.shot("crowd"))
    assert numbers(found) == {"anna": [1], "tom": [2], "bay": [4], "lamp": []}
    assert found.left_out == ("lamp",)
    assert e.apply(joined, found.edit()).shot("crowd").props[0].references == ()


def test_a_plate_is_of_a_place_in_a_state_at_an_hour():
    plates = [
        anchor(1, "tower", view="plate", hour="morning"), anchor(2, "tower", view="plate", hour="night"),
        anchor(3, "tower", view="plate", state="lit", hour="night"), anchor(4),
    ]  # fmt: skip
    assert numbers(bound(plates)) == {"anna": [4], "tower": [1]}
    night = e.apply(FILM, e.SetScene(scene="dusk", hour="night"))
    assert numbers(bound(plates, of=night, one=night.shot("s01"))) == {"anna": [4], "tower": [2]}
    lit = e.apply(night, e.SetState(entity="tower", state="lit", scene="dusk"))
    assert numbers(bound(plates, of=lit, one=lit.shot("s01"))) == {"anna": [4], "tower": [3]}
    noon = e.apply(FILM, e.SetScene(scene="dusk", hour="noon"))
    assert numbers(bound(plates, of=noon, one=noon.shot("s01"))) == {"anna": [4]}
    given = [*plates, anchor(5, "tower", origin="person")]
    assert numbers(bound(given, of=noon, one=noon.shot("s01"))) == {"anna": [4], "tower": [5]}


def test_after_a_long_absence_the_first_accepted_look_comes_back():
    shots = tuple(
        shot(
            n, id=f"a{n:02}", scene="dusk", cast=(CastMember(entity="anna" if n in (0, 3, 5, 15) else "tom"),)
        )
        for n in range(16)
    )
    of = FILM.model_copy(update={"shots": shots})
    first = anchor(1, origin="take", shot="a00", long_term=True)
    later = [anchor(2, origin="take", shot="a03"), anchor(3, origin="take", shot="a15")]
    chosen = {s.id: numbers(Selection(of, [*later, first]).bind(s, 1)).get("anna") for s in of.shots}
    assert ABSENCE_SHOTS < 15 - 5
    assert (chosen["a00"], chosen["a03"], chosen["a05"], chosen["a15"]) == ([1], [1], [2], [1])


def test_equal_pictures_of_persons_are_refused_and_those_of_other_views_are_not():
    two = [anchor(1, origin="person", view="front"), anchor(2, origin="person", view="front")]
    found = bound(two)
    assert found.troubled == ("anna",)
    assert "2 references of Anna are equally good" in found.problems[0]
    assert not bound([two[0], anchor(3, origin="person", view="full")]).problems


def test_a_sheet_of_another_style_is_bound_no_more_but_a_person_s_picture_is(tmp_path):
    (tmp_path / "film").mkdir()
    book = AnchorBook(tmp_path / "film")
    noise = np.random.default_rng(1).integers(0, 255, (3, 24, 32, 3), np.uint8)
    sheet = book.propose(noise[0], "anna", origin="sheet", film=FILM)
    person = book.propose(noise[1], "lamp", origin="person", film=FILM)
    then = e.apply(FILM, book.bind(FILM, SHOT, 4).edit())
    assert then.shot("s01").cast[0].references == (sheet.digest,)
    ink = e.apply(then, e.Restyle(style="ink-wash"))
    found = book.bind(ink, ink.shot("s01"), 4)
    assert (found.references, found.troubled) == ({"lamp": (person.digest,)}, ("anna",))
    assert e.apply(then, e.Restyle(season="winter")).shots == then.shots


KEY = "a" * 64


def all_bound():
    of = FILM
    for one in of.shots:
        uses = [m.entity for m in one.cast] + [p.entity for p in one.props]
        given = {x: (KEY,) for x in (*uses, of.scenes[one.scene].place)}
        of = e.apply(of, e.Bind(shot=one.id, references=given, loras=dict.fromkeys(uses, (KEY,))))
    return of


def still_bound(of) -> set[tuple[str, str]]:
    """(shot, entity) that have a reference, and (shot, entity lora) that have weights."""
    found = set()
    for one in of.shots:
        uses = [*one.cast, *one.props]
        found |= {(one.id, u.entity) for u in uses if u.references} | {
            (one.id, u.entity + " lora") for u in uses if u.loras
        }
        found |= {(one.id, "plate")} if one.plates else set()
    return found


def at(*shots, of):
    return {(s, x) for s in shots for x in of}


EARLY, LATE = ("s00", "s01", "s02"), ("s03", "s04")
LETS_GO = [
    (e.ChangeCharacter(character="anna", words="Older."), at("s01", "s03", of=("anna", "anna lora"))),
    (e.ChangeCharacter(character="anna", locked=True), set()),
    (e.ChangeProp(prop="lamp", words="Rusty."), at(*EARLY, *LATE, of=("lamp", "lamp lora"))),
    (e.ChangePlace(place="tower", words="In ruins."), at(*EARLY, of=("plate",))),
    (e.ChangePlace(place="bay", look=e.PlaceLookChange(layout=7)), at(*LATE, of=("plate",))),
    (e.SetState(entity="anna", state="wet", shot="s01"), at("s01", of=("anna", "anna lora"))),
    (e.SetState(entity="tower", state="lit", scene="dusk"), at(*EARLY, of=("plate",))),
    (e.SetScene(scene="dusk", place="bay"), at(*EARLY, of=("plate",))),
    (e.SetScene(scene="dusk", hour="night"), at(*EARLY, of=("plate",))),
    (e.SetScene(scene="dusk", weather="rain", mood="tense", words="It rains."), set()),
    (e.Restyle(style="ink-wash"), at("s01", "s03", of=("anna",)) | at("s00", "s02", "s04", of=("tom",))
     | at(*EARLY, *LATE, of=("lamp", "plate"))),
    (e.Setting(style="ink-wash"), at("s01", "s03", of=("anna",)) | at("s00", "s02", "s04", of=("tom",))
     | at(*EARLY, *LATE, of=("lamp", "plate"))),
    (e.Setting(seed=5, width=640), set()),
    (e.Rename(what="character", id="anna", name="Zoë"), set()),
    (e.SetCamera(shot="s01", size="close"), set()),
    (e.Retake(shot="s01"), set()),
]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "gone"), LETS_GO, ids=[f"{n}-{edit.op}" for n, (edit, _) in enumerate(LETS_GO)]
)
def test_an_edit_lets_go_exactly_the_references_that_are_no_longer_so(edit, gone):
    before = all_bound()
    assert still_bound(before) - still_bound(e.apply(before, edit)) == gone


def test_undo_brings_back_what_was_bound_before_and_not_what_was_bound_after(tmp_path):
    project = Project.create(tmp_path / "film", FILM, "begun", "person")
    with project.lock():
        first = e.Bind(
            shot="s01", references={"anna": ("1" * 64,), "tower": ("2" * 64,)}, loras={"anna": ("3" * 64,)}
        )
        project.commit([first], "bound", "engine")
        then = project.film
        project.commit([e.Restyle(style="ink-wash")], "ink", "person")
        project.commit(
            [e.Bind(shot="s01", references={"anna": ("4" * 64,), "tower": ("5" * 64,)})], "bound", "engine"
        )
        assert project.undo().shots == then.shots
        inked = project.redo()
    assert inked.shot("s01").cast[0].references == ("4" * 64,)
    assert inked.shot("s01").plates == ("5" * 64,)
    assert inked.shot("s01").cast[0].loras == ("3" * 64,)
    assert rebuilt(project.history(), {2}).settings.style == FILM.settings.style


def test_loras_are_bound_by_state_and_stay():
    def lora(number, **more):
        return LoraRecord(**({"digest": f"{number:064x}", "entity": "anna", "size": 9} | more))

    weights = [lora(1), lora(2, state="wet"), lora(3, entity="lamp"), lora(4, entity="lamp", set_aside=True)]
    found = Selection(FILM, (), weights).bind(SHOT, 0)
    assert found.loras == {"anna": (weights[0].digest,), "lamp": (weights[2].digest,)}
    then = e.apply(FILM, found.edit())
    assert then.shot("s01").cast[0].loras == (weights[0].digest,)
    wet = e.apply(FILM, e.SetState(shot="s01", entity="anna", state="wet"))
    assert Selection(wet, (), weights).bind(wet.shot("s01"), 0).loras["anna"] == (weights[1].digest,)
    assert Selection(then, (), [lora(9)]).bind(then.shot("s01"), 0).loras == {}
    assert Selection(then, (), ()).bind(then.shot("s01"), 0, {"anna"}).loras == {"anna": ()}


def test_a_record_of_the_first_release_is_read_and_a_newer_one_is_not(tmp_path):
    (tmp_path / "film").mkdir()
    book = AnchorBook(tmp_path / "film")
    made = book.propose(
        np.random.default_rng(2).integers(0, 255, (20, 20, 3), np.uint8), "anna", origin="sheet"
    )
    path = book.path(made.digest).with_suffix(".json")
    first = {
        "schema_version": 1, "digest": made.digest, "entity": "anna", "state": None, "origin": "sheet", "words": "",
        "take": None, "frame": None, "look": look_digest(FILM, "anna", None), "set_aside": False,
    }  # fmt: skip
    path.write_text(json.dumps(first), encoding="utf-8")
    assert book.get(made.digest) == made.model_copy(update={"look": first["look"]})
    assert book.bind(FILM, SHOT, 4).references == {"anna": (made.digest,)}
    path.write_text(json.dumps(first | {"schema_version": 3}), encoding="utf-8")
    with pytest.raises(NewerFilm):
        book.get(made.digest)
    path.write_text(json.dumps(first | {"digest": "b" * 64}), encoding="utf-8")
    with pytest.raises(Damaged, match="another one"):
        book.get(made.digest)
