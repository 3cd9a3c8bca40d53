"""The lab: what is done to the takes that a film uses before they are cut. Graded, and re-framed.

A take as it was made stays what it is, chosen, pinned or planned; what the lab makes of it is a take of its
own, keyed on that one, in the film's encoding. So the cut copies it like any other, a grade that is taken
back costs nothing, and the same take graded again is found again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import TypeAdapter

from ..memory.store import TakeRecord, TakeStore
from ..storyboard.errors import BadInput
from ..storyboard.film import Film, Shot
from ..storyboard.picture import Picture, picture
from ..storyboard.rate import Rate
from .keys import key_of
from .nodes import Node, node_id
from .plan import Find
from .protocol import identity
from .requests import AnyRequest, Grade, Input, Raster, Reframe, Staged
from .shot_requests import CONFORMER, GUIDE_MAKER, raster_of

_ANY: TypeAdapter[AnyRequest] = TypeAdapter(AnyRequest)


@dataclass(frozen=True)
class Lab:
    """What the lab has to make, in order, and by item the key of the take that the cut uses of it."""

    nodes: tuple[Node, ...]
    takes: dict[str, str]


def grading(film: Film, store: TakeStore, used: Mapping[str, str]) -> Lab:
    """The takes ``used`` by item (shots and cards), in the film's grade; as they are where there is none.

    Cards are given the film's look, and are matched to nothing.
    """
    settings = film.settings
    if not settings.grade and not settings.match:
        return Lab((), dict(used))
    scene_of, anchors = _anchors(film)
    nodes, takes = [], dict(used)
    for item, key in used.items():
        anchor = used.get(anchors.get(scene_of.get(item, ""), "")) if settings.match else None
        like = anchor if anchor != key else None
        if not settings.grade and like is None:
            continue
        request = Grade(
            take=Input(key=key),
            frames=_frames(film, store, item, key),
            rate=settings.rate,
            raster=raster_of(film),
            look=settings.grade,
            like=None if like is None else Input(key=like),
        )
        words: list[str] = [settings.grade] if settings.grade else []
        words += [f"matched to {anchors[scene_of[item]]}"] if like is not None else []
        node = _node("grade", item, request, ", ".join(words))
        nodes.append(node)
        takes[item] = node.key
    return Lab(tuple(nodes), takes)


def reframing(
    film: Film, store: TakeStore, used: Mapping[str, str], graded: Lab, raster: Raster, find: Find
) -> Lab:
    """The film's takes in another shape of frame: shots through a window, cards lettered anew.

    ``graded`` is what ``grading`` gave of ``used``. Its nodes are not among the new ones. ``find`` gives the
    renderer that lettered a card. Raises ``BadInput`` for what is neither.
    """
    shots = {shot.id: shot for shot in film.shots}
    nodes, takes = [], {}
    for item, key in graded.takes.items():
        if item in shots:
            made = [_through_window(film, shots[item], store, used[item], key, raster)]
        else:
            made = _lettered(film, item, store, used[item], raster, find)
        nodes += made
        takes[item] = made[-1].key
    return Lab(tuple(nodes), takes)


def _anchors(film: Film) -> tuple[dict[str, str], dict[str, str]]:
    """The scene of each shot, and the anchor of each scene: the first of its shots that is drawn for it."""
    scene_of = {shot.id: shot.scene for shot in film.shots}
    anchors: dict[str, str] = {}
    for shot in sorted(film.shots, key=lambda shot: shot.plate is not None):
        anchors.setdefault(shot.scene, shot.id)
    return scene_of, anchors


def _through_window(film: Film, shot: Shot, store: TakeStore, take: str, graded: str, raster: Raster) -> Node:
    request = Reframe(
        take=Input(key=graded),
        frames=_frames(film, store, shot.id, take),
        rate=film.settings.rate,
        raster=raster,
        staged=_staged(film, shot, store.record(take)),
    )
    return _node("reframe", shot.id, request, f"at {raster.width}x{raster.height}, on whom it is about")


def _lettered(film: Film, item: str, store: TakeStore, take: str, raster: Raster, find: Find) -> list[Node]:
    """A card is lettered anew as it was asked for, and graded as the film is."""
    record = store.record(take)
    if record is None or "raster" not in record.request or record.inputs:
        raise BadInput(f"{item}: its take is no card that can be lettered in another shape.")
    asked: AnyRequest = _ANY.validate_python(record.request)
    request = asked.model_copy(update={"raster": raster})
    name, which = str(record.renderer["name"]), f"{raster.width}x{raster.height}"
    node = Node(
        id=node_id("card", item, which), item=item, stage="picture", request=request, renderer=name,
        key=key_of(request, identity(find(name))), why="a card, lettered anew",
    )  # fmt: skip
    if not film.settings.grade:
        return [node]
    graded = Grade(
        take=Input(key=node.key), frames=record.frames, rate=film.settings.rate, raster=raster,
        look=film.settings.grade,
    )  # fmt: skip
    return [node, _node("grade", item, graded, film.settings.grade, needs=(node.id,), which=which)]


def _staged(film: Film, shot: Shot, record: TakeRecord | None) -> Staged:
    """What the take shows: as its renderer was told, where that is the animatic; else as the shot tells."""
    drawn = record is not None and record.renderer.get("name") == GUIDE_MAKER
    if record is not None and drawn and record.request.get("kind") in ("between", "extend"):
        told = record.request
        rate = Rate.model_validate(told["rate"]) if "rate" in told else Rate()
        return Staged(
            picture=_bare(Picture.model_validate(told["picture"])),
            raster=Raster.model_validate(told["raster"]),
            seed=told.get("seed", 0), frames=told["frames"], rate=rate, drawn=True,
        )  # fmt: skip
    seen = _bare(picture(film, shot))
    if shot.plate is not None:  # a person's own footage shows what nobody staged
        seen = seen.model_copy(update={"figures": (), "things": ()})
    return Staged(
        picture=seen, raster=raster_of(film), seed=shot.seed, frames=shot.frames, rate=film.settings.rate
    )


def _bare(seen: Picture) -> Picture:
    """Without references, which nobody looks at here: so they are in no key."""
    return seen.model_copy(
        update={
            "figures": tuple(f.model_copy(update={"references": ()}) for f in seen.figures),
            "things": tuple(t.model_copy(update={"references": ()}) for t in seen.things),
            "place": seen.place.model_copy(update={"references": ()}),
        }
    )


def _frames(film: Film, store: TakeStore, item: str, key: str) -> int:
    """Frames of the film that a take lasts, its handle included."""
    record = store.record(key)
    if record is None:
        raise BadInput(f"{item} has no take. Run `photoplay render`.")
    if record.frames <= 1:
        return next((s.frames for s in film.shots if s.id == item), 1)
    return max(1, int(record.frames / record.rate.fps * film.settings.rate.fps)) if record.rate else 1


def _node(
    what: str, item: str, request: AnyRequest, why: str, needs: tuple[str, ...] = (), which: str = ""
) -> Node:
    from .cut.conform import Conformer  # it loads codecs, which a host program is spared as long as can be

    return Node(
        id=node_id(what, item, which), item=item, stage="picture", request=request, renderer=CONFORMER,
        key=key_of(request, identity(Conformer())), needs=needs, why=why,
    )  # fmt: skip
