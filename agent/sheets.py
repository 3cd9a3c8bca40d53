"""Sheets first: how everybody and everything looks, drawn once before any shot is.

A sheet is a still like any other: a request through the engine, kept as a take. Its lossless frame
becomes an anchor that shots are bound to. The first sheet of an entity is drawn from its words; all
its others (views, states, hours) hold to that one, or to the picture that a person gave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ..memory.anchor_record import Anchor, SheetView, entities, manner_digest, still_so
from ..memory.anchors import AnchorBook
from ..memory.images import read_image
from ..memory.lora import LoraBook, LoraRecord
from ..memory.project import Project
from ..memory.selection import Selection, Subject, subjects
from ..render.engine import Engine, Tell
from ..render.keys import key_of
from ..render.nodes import Node, node_id
from ..render.plan import Planner
from ..render.protocol import Capabilities, identity
from ..render.requests import Input, Lora, Raster, Still
from ..render.stills import KEYFRAMES, keyframes_renderer
from ..storyboard.errors import BadInput, RenderError
from ..storyboard.film import Film, Shot, state_of
from ..storyboard.looks import State
from ..storyboard.picture import Picture
from ..storyboard.schema import digest
from ..storyboard.sheet_picture import sheet_picture
from ..storyboard.vocabulary import Hour


class Say(Protocol):
    """Tells a person, as ``Steps.tell`` does."""

    def __call__(self, stage: str, words: str, *, total: int = 0) -> None:
        """``total``: how many takes the stage has to make."""


_OF_CHARACTERS: tuple[SheetView, ...] = ("front", "three-quarter", "full")
_NOT_FOR_STILLS = frozenset({KEYFRAMES, "method", "pixels", "quality"})


@dataclass(frozen=True)
class Sheet:
    """One sheet that is wanted."""

    entity: str
    state: str | None
    view: SheetView
    hour: Hour | None = None
    """Of a plate."""
    number: int = 0
    """How many of it were set aside: each is another drawing."""

    @property
    def node(self) -> str:
        """Id of the node that draws it."""
        parts = [self.state or "as-is", self.view, *([self.hour] if self.hour else [])]
        return node_id("sheet", "-".join([self.entity, *parts, *([str(self.number)] if self.number else [])]))


def make_sheets(
    project: Project, engine: Engine, planner: Planner, shots: Sequence[Shot], tell: Tell, say: Say
) -> list[Anchor]:
    """Draw the sheets that ``shots`` need and that are not there; they are anchors afterwards.

    Needs the lock. Nothing is done where the renderer of keyframes takes no references, or there is
    none. Raises ``RenderError`` where a character is left without any; what was drawn is kept.
    """
    film, book = project.film, AnchorBook(project.folder, project.files)
    name = keyframes_renderer(film, planner.renderer)
    if name is None or not planner.renderer(name)[1].references:
        return []
    anchors = list(book.all())
    wanted = missing_sheets(film, shots, anchors)
    if not wanted:
        return []
    loras = list(LoraBook(project.folder).all())
    nodes = sheet_nodes(film, wanted, anchors, planner, name, loras, project.store.has)
    missing = sum(1 for _, node in nodes if not project.store.has(node.key))
    say("shoot", f"{len(nodes)} reference sheets, by {name}", total=missing)
    outcome = engine.run([node for _, node in nodes], tell)
    made: list[Anchor] = []
    for sheet, node in nodes:
        if node.id in outcome.failed:
            say("notice", f"A sheet was not made: {outcome.failed[node.id]}")
            continue
        pixels = read_image(project.store.path(node.key, "frame-0"))
        try:
            made.append(
                book.propose(
                    pixels, sheet.entity, sheet.state, origin="sheet", view=sheet.view, hour=sheet.hour,
                    take=node.key, frame=0, film=film,
                )
            )  # fmt: skip
        except BadInput as error:
            say("notice", f"A sheet of {sheet.entity} is not used: {error}")
    _need_characters(film, shots, book, outcome.failed)
    return made


def _need_characters(film: Film, shots: Sequence[Shot], book: AnchorBook, failed: dict[str, str]) -> None:
    """Raises ``RenderError`` where sheets failed and a character has no reference at all."""
    if not failed:
        return
    selection = Selection(film, book.all())
    for shot in shots:
        for subject in subjects(film, shot):
            if subject.kind == "character" and not subject.bound and not selection.choose(shot, subject):
                raise RenderError(
                    "Not every reference sheet could be made: " + " ".join(list(failed.values())[:3])
                    + " Everything made so far is kept; run the same command again to go on."
                )  # fmt: skip


def missing_sheets(film: Film, shots: Iterable[Shot], anchors: Sequence[Anchor]) -> list[Sheet]:
    """The sheets that ``shots`` need, in the order of the film; the first of each entity comes first.

    In each state that is used: of a character a front, a three-quarter and a full view, of a prop a
    front view, of a place a plate for every hour. None where a person gave a picture of that state.
    """
    there = [a for a in anchors if not a.set_aside and still_so(film, a)]
    needed = {
        (s.entity, _seen_state(film, s), s.hour)
        for shot in shots
        for s in subjects(film, shot)
        if not s.bound
    }
    roots: dict[str, Sheet] = {}
    wanted: dict[Sheet, None] = {}
    for sheet in _all_sheets(film):
        root = roots.setdefault(sheet.entity, sheet)
        if (sheet.entity, sheet.state, sheet.hour) not in needed or _is_there(sheet, there):
            continue
        if not _is_there(root, there) and _given(sheet.entity, there) is None:
            wanted.setdefault(root)
        wanted.setdefault(sheet)
    return [replace(sheet, number=_refused(film, sheet, anchors)) for sheet in wanted]


def _all_sheets(film: Film) -> list[Sheet]:
    """Every sheet the film could use; of each entity the one that all others hold to comes first."""
    every: dict[Sheet, None] = {}
    for shot in film.shots:
        for subject in subjects(film, shot):
            entity, state = subject.entity, _seen_state(film, subject)
            if subject.kind == "character":
                every.update(dict.fromkeys(Sheet(entity, state, view) for view in _OF_CHARACTERS))
            elif subject.kind == "prop":
                every.setdefault(Sheet(entity, state, "front"))
            else:
                every.setdefault(Sheet(entity, state, "plate", subject.hour))
    return sorted(every, key=lambda sheet: sheet.state is not None)


def _seen_state(film: Film, subject: Subject) -> str | None:
    """The state, where anything of it can be seen; else None: it needs no picture of its own."""
    state = state_of(entities(film)[subject.entity], subject.state)
    if state is None or state == State(name=state.name):
        return None
    return state.name


def _is_there(sheet: Sheet, there: Iterable[Anchor]) -> bool:
    return any(
        (a.entity, a.state) == (sheet.entity, sheet.state)
        and a.hour in (None, sheet.hour)
        and (a.origin == "person" or (a.origin == "sheet" and a.view == sheet.view))
        for a in there
    )


def _given(entity: str, there: Iterable[Anchor]) -> Anchor | None:
    """The picture of an entity that a person gave, whatever its state; one without a state first."""
    given = [a for a in there if a.entity == entity and a.origin == "person"]
    return min(given, key=lambda a: (a.state is not None, a.view != "front", a.digest), default=None)


def _refused(film: Film, sheet: Sheet, anchors: Iterable[Anchor]) -> int:
    """How many drawings of just this sheet were set aside."""
    return sum(
        a.set_aside and a.origin == "sheet" and still_so(film, a)
        and (a.entity, a.state, a.view, a.hour) == (sheet.entity, sheet.state, sheet.view, sheet.hour)
        for a in anchors
    )  # fmt: skip


def _seed(film: Film, sheet: Sheet) -> int:
    """Each entity's own: of two that look alike in words, each still gets a picture that stands for it."""
    return (film.settings.seed + sheet.number + int(digest(sheet.entity)[:8], 16)) % 2**31


def sheet_nodes(
    film: Film,
    wanted: Sequence[Sheet],
    anchors: Sequence[Anchor],
    planner: Planner,
    name: str,
    loras: Sequence[LoraRecord],
    has: Callable[[str], bool],
) -> list[tuple[Sheet, Node]]:
    """The requests for sheets, with their keys. ``has`` tells whether a take is there."""
    renderer, can = planner.renderer(name)
    there = [a for a in anchors if not a.set_aside and still_so(film, a)]
    known_loras = [x for x in loras if not x.set_aside] if "lora" in can.inputs else []
    settings = {k: v for k, v in film.settings.values.items() if k not in _NOT_FOR_STILLS}
    if can.settings is not None:
        settings = {k: v for k, v in settings.items() if k in can.settings}
    made: dict[str, Node] = {}
    nodes: list[tuple[Sheet, Node]] = []
    for sheet in wanted:
        like = _holds_to(film, sheet, there, made, has)
        request = Still(
            picture=_referring(
                sheet,
                sheet_picture(film, sheet.entity, sheet.state, sheet.view, sheet.hour or Hour.noon),
                like,
            ),
            raster=sheet_raster(film, can, sheet.view),
            seed=_seed(film, sheet),
            settings=settings,
            anchors=(like,) if like else (),
            loras=tuple(
                Lora(entity=x.entity, weights=Input(key=x.digest, part="lora"))
                for x in known_loras
                if x.entity == sheet.entity and x.state in (None, sheet.state)
            ),
            sheet=sheet.view,
        )
        held = made.get(sheet.entity)
        node = Node(
            id=sheet.node,
            item=sheet.entity,
            stage="picture",
            request=request,
            renderer=name,
            key=key_of(request, identity(renderer)),
            needs=(held.id,) if held is not None and like is not None and like.part == "frame" else (),
            why=f"a {sheet.view} sheet of {sheet.entity}, {sheet.state or 'as is'}"
            + (", held to its first one" if like else ", from its words"),
        )
        made.setdefault(sheet.entity, node)
        nodes.append((sheet, node))
    return nodes


def _holds_to(
    film: Film, sheet: Sheet, there: Sequence[Anchor], made: dict[str, Node], has: Callable[[str], bool]
) -> Input | None:
    """What a sheet holds to: a person's picture, the entity's first sheet, or the one drawn before it.

    A sheet is named by its take while that is there, so that a run that was killed between drawing and
    keeping the first one goes on with the same keys.
    """
    given = _given(sheet.entity, there)
    if given is None:
        manner = manner_digest(film)
        sheets = [a for a in there if a.entity == sheet.entity and a.origin == "sheet" and a.manner == manner]
        order = {one: n for n, one in enumerate(_all_sheets(film))}
        given = min(
            sheets,
            key=lambda a: (
                order.get(Sheet(a.entity, a.state, a.view or "front", a.hour), len(order)),
                a.digest,
            ),
            default=None,
        )
    if given is not None and given.origin == "sheet" and given.take is not None and has(given.take):
        return Input(key=given.take, part="frame", frame=0)
    if given is not None:
        return Input(key=given.digest, part="anchor", frame=1)
    first = made.get(sheet.entity)
    return None if first is None else Input(key=first.key, part="frame", frame=0)


def _referring(sheet: Sheet, shown: Picture, like: Input | None) -> Picture:
    """The picture with the reference bound to its one entity."""
    if like is None:
        return shown
    bound = {"references": (like.key,)}
    if sheet.view == "plate":
        return shown.model_copy(update={"place": shown.place.model_copy(update=bound)})
    figures = tuple(figure.model_copy(update=bound) for figure in shown.figures)
    things = tuple(thing.model_copy(update=bound) for thing in shown.things)
    return shown.model_copy(update={"figures": figures, "things": things})


def sheet_raster(film: Film, can: Capabilities, view: SheetView) -> Raster:
    """A square; upright for a whole figure, the film's shape for a plate. At most what is drawn well."""
    width, height = film.settings.width, film.settings.height
    side = min(width, height)
    if view == "full":
        width, height = side * 3 // 4, side
    elif view != "plate":
        width = height = side
    if can.most_pixels is not None and width * height > can.most_pixels:
        shrink = (can.most_pixels / (width * height)) ** 0.5
        width, height = int(width * shrink), int(height * shrink)
    step = can.size_multiple if can.size_multiple % 2 == 0 else can.size_multiple * 2
    least = -(-64 // step) * step
    return Raster(width=max(least, width // step * step), height=max(least, height // step * step))
