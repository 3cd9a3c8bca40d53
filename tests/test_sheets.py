"""Sheets first: everybody is drawn once before any shot, and shots are bound to the sheets."""

import atexit
import functools
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest
from memory_films import film as bare_film
from tiny_films import TINY, copy_of_a_film, make, opened, pictures_made

from photoplay.agent.binding import bind, prepare, to_make
from photoplay.agent.sheets import Sheet, missing_sheets, sheet_raster
from photoplay.memory.anchors import AnchorBook
from photoplay.memory.images import pixels_digest, read_image
from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.render.fake import SlateRenderer
from photoplay.render.protocol import Capabilities, Frame
from photoplay.render.stills import keyframes_renderer, references_taken, remembers
from photoplay.storyboard import edits as e
from photoplay.storyboard.errors import BadInput, Damaged, Refused, RenderError, UnknownName
from photoplay.storyboard.sheet_picture import sheet_picture

KEYED = TINY.model_copy(update={"values": {"keyframes": "slate"}})


def filmed(folder, **more):
    return make(folder, **({"settings": KEYED, "until": "takes"} | more))


@functools.cache
def _whole():
    folder = Path(tempfile.mkdtemp(prefix="photoplay-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    filmed(folder / "film")
    return folder / "film"


def finished(folder):
    """A copy of one film that was shot whole, in one run."""
    shutil.copytree(_whole(), folder)
    return opened(folder)


def shot_now(production, only=None):
    """Shoot what is missing, without cutting the film."""
    with production.project.lock():
        return production.shoot(only)


def anchors(production):
    return list(AnchorBook(production.project.folder).all())


def sheets(production):
    return {(a.entity, a.state, a.view, a.hour): a for a in anchors(production) if a.origin == "sheet"}


def bound_to(film):
    """(shot, entity) -> digest, of all that is bound."""
    found = {}
    for shot in film.shots:
        uses = [(u.entity, u.references) for u in (*shot.cast, *shot.props)]
        for entity, keys in [*uses, (film.scenes[shot.scene].place, shot.plates)]:
            found.update(((shot.id, entity), key) for key in keys)
    return found


def keys(production):
    return {n.id: n.key for n in production.plan().nodes}


def test_everybody_is_drawn_first_and_every_shot_is_bound_before_it_is_shot(tmp_path):
    told = []
    production = filmed(
        tmp_path / "film", listener=lambda t: told.append((t.stage, t.news.node.id if t.news else ""))
    )
    assert set(sheets(production)) == {
        *(("anna", None, view, None) for view in ("front", "three-quarter", "full")),
        *(("the-whale", None, view, None) for view in ("front", "three-quarter", "full")),
        ("the-lamp", None, "front", None), ("the-shore", None, "plate", "morning"), ("the-tower", None, "plate", "night"),
    }  # fmt: skip
    drawn = [node for _, node in told if node.startswith(("sheet-", "shot-"))]
    assert drawn.index(next(n for n in drawn if n.startswith("shot-"))) > max(
        n for n, node in enumerate(drawn) if node.startswith("sheet-")
    )
    film = production.film
    by_digest = {a.digest: a for a in anchors(production)}
    bound = bound_to(film)
    for shot in film.shots:
        for member in shot.cast:
            assert by_digest[bound[shot.id, member.entity]].entity == member.entity
    assert {n.request.kind for n in production.plan().nodes if n.item in {s.id for s in film.shots}} >= {
        "still"
    }
    entries = [x for x in production.project.history() if any(edit.op == "bind" for edit in x.edits)]
    assert [(x.kind, x.by) for x in entries] == [("fact", "engine")]


def test_sheets_are_cached_takes_and_their_lossless_frame_is_the_anchor(tmp_path):
    production = finished(tmp_path / "film")
    book = AnchorBook(production.project.folder)
    for anchor in sheets(production).values():
        record = production.project.store.record(anchor.take)
        assert record.request["sheet"] == anchor.view
        assert record.item == anchor.entity
        assert book.path(anchor.digest).is_file()
        assert (
            pixels_digest(read_image(production.project.store.path(anchor.take, "frame-0"))) == anchor.digest
        )
    before = keys(production)
    production.make()
    assert keys(production) == before
    for path in (production.project.folder / "anchors").iterdir():
        path.unlink()
    again = opened(production.project.folder)
    again.edit(
        [
            e.Bind(shot=s.id, references={x: () for (i, x) in bound_to(again.film) if i == s.id})
            for s in again.film.shots
        ]
    )
    shot_now(again)
    assert keys(again) == before
    assert again.outcome.made == []


def test_all_sheets_of_one_entity_hold_to_its_first(tmp_path):
    production = finished(tmp_path / "film")
    store = production.project.store
    for entity, views in (("anna", ("three-quarter", "full")), ("the-whale", ("three-quarter", "full"))):
        first = sheets(production)[entity, None, "front", None]
        assert store.record(first.take).request["anchors"] == []
        for view in views:
            request = store.record(sheets(production)[entity, None, view, None].take).request
            assert [a["key"] for a in request["anchors"]] == [first.take]
            assert request["picture"]["figures"][0]["references"] == [first.take]


@pytest.mark.parametrize(
    "settings", [TINY, TINY.model_copy(update={"renderer": "animatic"})], ids=["slate", "animatic"]
)
def test_without_keyframes_asked_for_nothing_changes(tmp_path, settings):
    production = make(tmp_path / "film", settings=settings, until="board")
    engine, planner = production.engine()
    before = production.film, keys(production)
    with production.project.lock():
        prepare(production.project, engine, planner, lambda news: None, production.tell)
    assert (production.film, keys(production)) == before
    assert anchors(production) == []
    assert not remembers(production.film, planner.renderer)


def test_a_run_in_pieces_or_with_a_kill_in_it_has_the_keys_of_one_run(tmp_path):
    whole = keys(opened(_whole()))
    pieces = filmed(tmp_path / "pieces", until="board")
    for shot in reversed(pieces.film.shots):
        shot_now(opened(tmp_path / "pieces"), [shot.id])
    assert keys(opened(tmp_path / "pieces")) == whole

    class Killed(BaseException):
        pass

    def die_at(number):
        seen = []

        def hear(told):
            if told.news and told.news.kind == "made" and told.news.node.id.startswith("sheet-"):
                seen.append(1)
                if len(seen) == number:
                    raise Killed

        return hear

    filmed(tmp_path / "killed", until="board")
    for number in (1, 3, 2):
        production = opened(tmp_path / "killed")
        production.listener = die_at(number)
        with pytest.raises(Killed):
            production.make("takes")
    opened(tmp_path / "killed").make("takes")
    assert keys(opened(tmp_path / "killed")) == whole


def test_a_kill_between_drawing_and_keeping_the_first_sheet_changes_no_key(tmp_path, monkeypatch):
    whole = keys(opened(_whole()))
    filmed(tmp_path / "film", until="board")
    propose = AnchorBook.propose
    kept = []

    def once(self, *args, **more):
        if len(kept) == 2:
            raise KeyboardInterrupt
        kept.append(1)
        return propose(self, *args, **more)

    with monkeypatch.context() as dying:
        dying.setattr(AnchorBook, "propose", once)
        with pytest.raises(KeyboardInterrupt):
            opened(tmp_path / "film").make("takes")
    opened(tmp_path / "film").make("takes")
    assert keys(opened(tmp_path / "film")) == whole


def test_a_person_s_picture_needs_no_sheet_and_other_states_hold_to_it(tmp_path):
    production = filmed(tmp_path / "film", until="board")
    film, book = production.film, AnchorBook(tmp_path / "film")
    anna = film.characters["anna"]
    wet = e.ChangeCharacter(character="anna", states=(*anna.states, {"name": "wet", "words": "soaked"}))
    shot = film.shots[0].id
    production.edit([wet, e.SetState(entity="anna", state="wet", shot=shot)])
    photo = book.propose(
        np.random.default_rng(3).integers(0, 255, (40, 40, 3), np.uint8), "anna", origin="person"
    )
    production.make("takes")
    mine = [a for a in anchors(production) if a.entity == "anna"]
    assert {(a.state, a.view) for a in mine} == {
        (None, None),
        *(("wet", v) for v in ("front", "three-quarter", "full")),
    }
    for anchor in mine:
        if anchor.origin == "sheet":
            assert [a["key"] for a in production.project.store.record(anchor.take).request["anchors"]] == [
                photo.digest
            ]
    bound = bound_to(production.film)
    assert AnchorBook(tmp_path / "film").get(bound[shot, "anna"]).state == "wet"
    assert {key for (s, x), key in bound.items() if x == "anna" and s != shot} == {photo.digest}


def test_a_sheet_that_was_set_aside_is_drawn_anew_otherwise(tmp_path):
    production = finished(tmp_path / "film")
    old = sheets(production)["the-lamp", None, "front", None]
    AnchorBook(tmp_path / "film").set_aside(old.digest)
    uses = [s.id for s in production.film.shots if s.props]
    production.edit([e.Bind(shot=s, references={"the-lamp": ()}) for s in uses])
    shot_now(production)
    lamps = [a for a in anchors(production) if a.entity == "the-lamp"]
    new = next(a for a in lamps if not a.set_aside)
    assert len(lamps) == 2
    assert new.digest != old.digest
    assert {key for (_, x), key in bound_to(production.film).items() if x == "the-lamp"} == {new.digest}
    assert pictures_made(production)
    assert {n.item for n in production.outcome.made} <= {*uses}


def test_what_is_shot_already_is_not_bound_anew_unasked(tmp_path):
    production = finished(tmp_path / "film")
    film = production.film
    shot = next(s for s in film.shots if s.props)
    production.edit([e.Bind(shot=shot.id, references={"the-lamp": ()})])
    AnchorBook(tmp_path / "film").set_aside(sheets(production)["the-lamp", None, "front", None].digest)
    with production.project.lock():
        production.project.commit([e.Setting(values={"keyframes": "slate"})], "", "person")
    shot_now(opened(tmp_path / "film"))
    made = keys(opened(tmp_path / "film"))
    shot_now(opened(tmp_path / "film"))
    assert keys(opened(tmp_path / "film")) == made
    production = opened(tmp_path / "film")
    assert to_make(production.project, production.planner()) == []
    AnchorBook(tmp_path / "film").propose(
        np.random.default_rng(5).integers(0, 255, (40, 40, 3), np.uint8), "the-tower", origin="person"
    )
    shot_now(production)
    assert keys(production) == made


def test_removing_a_reference_changes_exactly_the_shots_that_are_bound_to_it(tmp_path):
    production = finished(tmp_path / "film")
    film = production.film
    nodes = production.plan().nodes
    for digest in sorted(set(bound_to(film).values())):
        users = {s for (s, _), key in bound_to(film).items() if key == digest}
        edits = [
            e.Bind(
                shot=s,
                references={x: () for (i, x), key in bound_to(film).items() if i == s and key == digest},
            )
            for s in sorted(users)
        ]
        after = {n.id: n.key for n in production.planner().plan(e.apply_all(film, edits)).nodes}
        changed = {n.item for n in nodes if after.get(n.id) != n.key}
        reads = {n.item for n in nodes if any(i.key == digest for i in n.request.inputs())}
        assert changed == users == reads
    assert len(set(bound_to(film).values())) >= 5


class Bare(SlateRenderer):
    """Takes references and makes no stills; over a network."""

    def capabilities(self):
        can = super().capabilities()
        return can.model_copy(update={"requests": frozenset({"between"}), "device": "network"})


def test_a_character_without_a_reference_is_refused_before_anything_is_drawn(tmp_path):
    crew = SoloCrew(Bare("bare"))
    settings = TINY.model_copy(update={"renderer": "slate:bare"})
    production = make(tmp_path / "film", settings=settings, crew=crew, until="board")
    with pytest.raises(BadInput, match=r"no reference of Anna.*cast add"):
        production.make("takes")
    store = production.project.store
    assert [record.width for record in map(store.record, list(store.keys())) if record.width] == []
    book = AnchorBook(tmp_path / "film")
    noise = np.random.default_rng(6).integers(0, 255, (3, 40, 40, 3), np.uint8)
    book.propose(noise[0], "anna", origin="person")
    book.propose(noise[1], "the-whale", origin="person")
    assert not bound_to(opened(tmp_path / "film", crew=crew).film)
    made = opened(tmp_path / "film", crew=crew).make("takes")
    assert {x for _, x in bound_to(made.film)} == {"anna", "the-whale"}
    book.propose(noise[2], "anna", origin="person")
    made.edit([e.Retake(shot=made.film.shots[0].id)])
    again = opened(tmp_path / "film", crew=crew)
    shot_now(again)
    assert bound_to(again.film) == bound_to(made.film)
    again.edit([e.SetCamera(shot=s.id, size="close") for s in again.film.shots])
    again.edit([e.Bind(shot=again.film.shots[0].id, references={"anna": ()})])
    with pytest.raises(BadInput, match="equally good"):
        shot_now(again)


def test_a_bound_reference_that_is_gone_is_said_before_anything_is_rendered(tmp_path):
    production = finished(tmp_path / "film")
    shot = production.film.shots[0]
    digest = bound_to(production.film)[shot.id, "anna"]
    AnchorBook(tmp_path / "film").path(digest).unlink()
    shot_now(opened(tmp_path / "film"))  # what is shot needs it no more
    production.edit([e.Retake(shot=shot.id)])
    again = opened(tmp_path / "film")
    with pytest.raises(Damaged, match=rf"{shot.id}.*Anna"):
        shot_now(again)
    assert again.outcome is None


class Failing(SlateRenderer):
    """Refuses the sheets of one entity."""

    who = "anna"

    def render(self, jobs, tick):
        for job in jobs:
            figures = getattr(getattr(job.request, "picture", None), "figures", ())
            if getattr(job.request, "sheet", "") and any(f.id == self.who for f in figures):
                raise Refused("no")
        yield from super().render(jobs, tick)


def test_a_sheet_that_cannot_be_made_stops_only_for_a_character_without_any(tmp_path):
    settings = KEYED.model_copy(update={"values": {"keyframes": "slate:failing"}})
    with pytest.raises(RenderError, match="sheet"):
        filmed(tmp_path / "film", settings=settings, crew=SoloCrew(Failing("failing")))
    kept = {a.entity for a in AnchorBook(tmp_path / "film").all()}
    assert kept == {"the-whale", "the-lamp", "the-shore", "the-tower"}
    production = opened(tmp_path / "film", crew=SoloCrew(SlateRenderer("failing")))
    shot_now(production)
    assert production.gate() == []


def test_which_renderer_makes_keyframes(tmp_path):
    film = bare_film()
    planner = opened(copy_of_a_film(tmp_path / "film")).planner()

    def of(renderer, **values):
        return e.apply(film, e.Setting(renderer=renderer, values=values))

    assert keyframes_renderer(of("slate"), planner.renderer) == "slate"
    assert keyframes_renderer(of("conform"), planner.renderer) is None
    assert keyframes_renderer(of("animatic", keyframes="slate"), planner.renderer) == "slate"
    assert references_taken(of("animatic", keyframes="slate"), planner.renderer) == 3
    assert references_taken(of("animatic"), planner.renderer) == 0
    for wrong, words in ((True, "names a renderer"), ("conform", "makes no stills")):
        with pytest.raises(BadInput, match=words):
            keyframes_renderer(of("slate", keyframes=wrong), planner.renderer)
    with pytest.raises(UnknownName):
        keyframes_renderer(of("slate", keyframes="nobody"), planner.renderer)


def test_a_sheet_shows_one_thing_alone_and_depends_on_no_shot():
    film = bare_film()
    shown = sheet_picture(film, "anna", "wet", "front")
    assert [f.id for f in shown.figures] == ["anna"]
    assert (shown.things, shown.place.id, shown.camera.size) == ((), "plain", "medium-close")
    other = e.apply_all(film, [e.Remove(shot="s03"), e.SetScene(scene="dusk", hour="night", place="bay"), e.Rename(what="character", id="anna", name="Zoë")])  # fmt: skip
    assert sheet_picture(other, "anna", "wet", "front") == shown
    assert "Anna" not in json.dumps(shown.model_dump(mode="json"))
    thing = sheet_picture(film, "lamp", "lit", "front")
    assert ([t.id for t in thing.things], thing.figures) == (["lamp"], ())
    plate = sheet_picture(film, "tower", None, "plate", "night")
    assert (plate.place.id, plate.hour, plate.figures, plate.things) == ("tower", "night", (), ())
    assert sheet_picture(e.apply(film, e.SetScene(scene="dusk", weather="storm", mood="tense")), "tower", None, "plate", "night") == plate  # fmt: skip


def test_only_the_states_that_shots_use_are_drawn():
    states = ({"name": "wet", "words": "soaked"}, {"name": "unseen"})
    film = e.apply_all(
        bare_film(),
        [
            e.ChangeCharacter(character="anna", states=states),
            e.SetState(shot="s01", entity="anna", state="wet"),
            e.SetState(shot="s03", entity="anna", state="unseen"),
        ],
    )
    wanted = missing_sheets(film, film.shots, ())
    assert {(s.entity, s.state) for s in wanted} == {
        ("anna", None), ("anna", "wet"), ("tom", None), ("lamp", None), ("tower", None), ("bay", None)
    }  # fmt: skip
    only = missing_sheets(film, [film.shot("s01")], ())
    assert [s for s in only if s.entity == "anna"] == [
        Sheet("anna", None, "front"), *(Sheet("anna", "wet", v) for v in ("front", "three-quarter", "full"))
    ]  # fmt: skip
    assert len({s.node for s in wanted}) == len(wanted)
    assert all(len(s.node) <= 64 for s in [*wanted, Sheet("a" * 64, "b" * 64, "three-quarter", number=12)])


def test_a_sheet_is_of_a_size_that_the_renderer_draws():
    film = bare_film()
    for multiple in (1, 2, 8, 32):
        can = Capabilities(requests=frozenset({"still"}), size_multiple=multiple, most_pixels=500_000)
        for view in ("front", "full", "plate"):
            raster = sheet_raster(film, can, view)
            assert raster.width * raster.height <= 500_000
            assert raster.width % multiple == raster.height % multiple == 0


class Textured(SlateRenderer):
    """Over a network, with something to see in its frames; its stills are keyframes and sheets."""

    def capabilities(self):
        return super().capabilities().model_copy(update={"device": "network"})

    def render(self, jobs, tick):
        for output in super().render(jobs, tick):
            if isinstance(output, Frame):
                seed = int(output.pixels[0, -1].sum())
                noise = np.random.default_rng(seed).integers(0, 90, output.pixels.shape, np.uint8)
                yield Frame(output.job, (output.pixels // 2 + 20 + noise).astype(np.uint8))
            else:
                yield output


def test_good_frames_are_accepted_between_stages_for_shots_that_come_later(tmp_path):
    crew = SoloCrew(Textured("textured"))
    settings = TINY.model_copy(update={"renderer": "slate:textured"})
    production = make(tmp_path / "film", settings=settings, crew=crew, until="takes")
    accepted = [a for a in anchors(production) if a.origin == "take"]
    assert accepted
    by_state = {}
    for anchor in accepted:
        by_state.setdefault((anchor.entity, anchor.state), []).append(anchor)
        assert anchor.seen.by == "colour-layout"
        assert anchor.seen.sharpness >= 10
        assert production.film.decisions.chosen[anchor.shot] == anchor.take
    assert all(len(found) <= 3 and sum(a.long_term for a in found) == 1 for found in by_state.values())
    said = [d for d in production.film.decisions.recorded if d.kind == "anchor"]
    assert len(said) == len(accepted)
    before = keys(production)
    again = opened(tmp_path / "film", crew=crew)
    shot_now(again)
    assert (keys(again), again.outcome.made) == (before, [])
    assert len(anchors(again)) == len(anchors(production))


def test_no_frame_is_accepted_of_a_film_that_is_not_whole_or_was_drawn_on_a_cpu(tmp_path):
    crew = SoloCrew(Textured("textured"))
    settings = TINY.model_copy(update={"renderer": "slate:textured"})
    production = make(tmp_path / "film", settings=settings, crew=crew, until="board")
    shot_now(production, [production.film.shots[0].id])
    assert not [a for a in anchors(production) if a.origin == "take"]
    finished(tmp_path / "other")
    assert not [a for a in AnchorBook(tmp_path / "other").all() if a.origin == "take"]


def test_binding_needs_the_lock_and_says_all_problems_together(tmp_path):
    production = filmed(tmp_path / "film", until="board")
    project = Project.open(tmp_path / "film")
    with pytest.raises(BadInput, match="Nothing was rendered") as refused:
        bind(project, production.planner(), project.film.shots)
    assert str(refused.value).count("no reference of") == 5


def test_another_look_in_words_lets_all_sheets_go_and_an_undo_takes_them_back(tmp_path):
    production = finished(tmp_path / "film")
    before, bound = sheets(production), keys(production)
    production.edit([e.Setting(values={"look": "watercolour on rough paper"})])
    assert not any(m.references for shot in production.film.shots for m in shot.cast)
    shot_now(production)
    drawn = {a.digest for a in anchors(production) if a.origin == "sheet"} - {
        a.digest for a in before.values()
    }
    assert len(drawn) == len(before)
    used = {key for shot in production.film.shots for m in shot.cast for key in m.references}
    assert used
    assert used <= drawn
    with production.project.lock():
        production.project.undo()
    assert keys(production) == bound
    assert {state for state, _ in production.takes().values()} == {"current"}


class SeesWordsOnly(SlateRenderer):
    """Draws stills from seed and camera alone, as a model does of two who look alike in words."""

    def render(self, jobs, tick):
        for n, job in enumerate(jobs):
            raster, words = job.request.raster, job.request.picture.camera.words
            noise = np.random.default_rng([job.request.seed, len(words)])
            yield Frame(n, noise.integers(0, 255, (raster.height, raster.width, 3), np.uint8))


def test_two_who_look_alike_have_sheets_of_their_own(tmp_path):
    production = filmed(
        tmp_path / "film",
        settings=TINY.model_copy(update={"values": {"keyframes": "slate:words"}}),
        crew=SoloCrew(SeesWordsOnly("words")),
        until="board",
    )
    anna = production.film.characters["anna"]
    twin = anna.model_copy(update={"id": "twin", "name": "Berta"})
    shot = next(s for s in production.film.shots if any(m.entity == "anna" for m in s.cast))
    cast = (*shot.cast, shot.cast[0].model_copy(update={"entity": "twin"}))
    production.edit([e.Add(character=twin), e.Recast(shot=shot.id, cast=cast)])
    shot_now(production, [shot.id])
    used = {m.entity: m.references for m in production.film.shot(shot.id).cast}
    assert used["anna"]
    assert used["twin"]
    assert used["anna"] != used["twin"]
