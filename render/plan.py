"""The planner: film + capabilities -> a graph of requests with keys, and why each is made so.

A plan is a pure function of the film and its recorded decisions. Two plans of an equal film have
equal keys, whatever has been rendered meanwhile and in whatever order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Literal

from ..storyboard.errors import BadInput
from ..storyboard.film import Card, Film, Line, Shot
from ..storyboard.picture import picture
from ..storyboard.rate import Rate
from ..storyboard.schema import Data, Id, Key
from ..storyboard.timeline import timeline, voice_of
from ..storyboard.vocabulary import Opening
from .keys import key_of
from .protocol import Capabilities, Renderer, identity
from .requests import (
    AnyRequest,
    Between,
    Conform,
    Extend,
    Input,
    Raster,
    Score,
    ScoreCue,
    Speak,
    Title,
)

HANDLE_FRAMES = 18
"""Least frames rendered after a clip's end, for trims, retimes and dissolves."""
LENGTH_STEP = 12
"""Rendered lengths are rounded up to a multiple of this, so that small retimes render nothing."""
SPEAKER, COMPOSER, LETTERER, CONFORMER = "espeak", "score", "cards", "conform"
"""Renderers that come with the program and serve every film."""

Find = Callable[[str], Renderer]


class Node(Data):
    """One request of a plan. ``item`` is the line, shot or card it serves."""

    id: Id
    item: Id
    stage: Literal["sound", "picture"]
    request: AnyRequest
    renderer: str
    key: Key
    needs: tuple[Id, ...] = ()
    """Nodes whose takes this one reads."""
    why: str = ""


class Plan(Data):
    """Nodes in an order in which each comes after those it needs."""

    nodes: tuple[Node, ...]
    shown: dict[Id, Id]
    """Shot or card id -> the node whose take the cut uses."""

    def node(self, node_id: str) -> Node:
        """The node of that id. Raises ``KeyError``."""
        return self.by_id[node_id]

    @property
    def by_id(self) -> dict[str, Node]:
        """All nodes by id."""
        return {n.id: n for n in self.nodes}


class Planner:
    """Plans films with renderers found by name; asks each for its capabilities once."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._known: dict[str, tuple[Renderer, Capabilities]] = {}

    def renderer(self, name: str) -> tuple[Renderer, Capabilities]:
        """The renderer and what it can do. Raises ``UnknownName`` or ``BadInput``."""
        if name not in self._known:
            found = self._find(name)
            self._known[name] = (found, found.capabilities())
        return self._known[name]

    def speech(self, film: Film) -> tuple[Node, ...]:
        """The lines to speak. Comes before pictures: their lengths follow from it."""
        return tuple(self._speak(film, line) for shot in film.shots for line in shot.lines)

    def plan(self, film: Film) -> Plan:
        """Everything the film is made of. Raises ``BadInput`` for what no renderer here can make."""
        nodes: list[Node] = list(self.speech(film))
        shown: dict[str, str] = {}
        previous: Node | None = None
        before: Shot | None = None
        for item in (film.opening, *film.shots, film.ending):
            if item is None:
                continue
            made = (
                self._card(film, item) if isinstance(item, Card) else self._shot(film, item, before, previous)
            )
            nodes.extend(made)
            shown[item.id] = made[-1].id
            before = item if isinstance(item, Shot) else None
            previous = made[0]
        nodes.append(self._score(film))
        return Plan(nodes=tuple(nodes), shown=shown)

    def _node(
        self,
        name: str,
        item: str,
        request: AnyRequest,
        renderer: str,
        why: str,
        *,
        needs: tuple[str, ...] = (),
        stage: Literal["sound", "picture"] = "picture",
    ) -> Node:
        found, can = self.renderer(renderer)
        kind = request.kind
        if kind not in can.requests:
            raise BadInput(
                f"{item}: the renderer {renderer!r} does not make {kind!r} "
                f"(it makes: {', '.join(sorted(can.requests))}). Choose another with --renderer."
            )
        return Node.model_construct(
            id=name,
            item=item,
            stage=stage,
            request=request,
            renderer=renderer,
            key=key_of(request, identity(found)),
            needs=needs,
            why=why,
        )

    def _speak(self, film: Film, line: Line) -> Node:
        voice = voice_of(film, line)
        request = Speak(words=line.words, voice=voice, delivery=line.delivery, line=line.kind)
        why = f"spoken by {voice.maker} ({voice.language}) before pictures are timed"
        return self._node(f"line-{line.id}"[:64], line.id, request, SPEAKER, why, stage="sound")

    def _score(self, film: Film) -> Node:
        assert film.story is not None
        laid = timeline(film)
        rate = film.settings.rate
        cues: list[ScoreCue] = []
        scene_of = {shot.id: shot.scene for shot in film.shots}
        current = None
        for clip in laid.clips:
            scene = film.scenes.get(scene_of.get(clip.item, ""))
            if scene is not None and scene.id != current:
                at = 0 if not cues else rate.milliseconds(clip.start)
                cues.append(ScoreCue(at=at, mood=scene.mood, beat=scene.beat))
                current = scene.id
        request = Score(
            milliseconds=max(1, rate.milliseconds(laid.frames)), cues=tuple(cues), seed=film.settings.seed
        )
        why = f"{len(cues)} cues on the scene changes, as long as the film"
        return self._node("score", "score", request, COMPOSER, why, stage="sound")

    def _card(self, film: Film, card: Card) -> list[Node]:
        assert film.story is not None
        request = Title(
            heading=card.heading,
            body=card.body,
            style=film.settings.style,
            mood=film.story.mood,
            frames=card.frames,
            rate=film.settings.rate,
            raster=raster_of(film),
            seed=film.settings.seed,
        )
        return [self._node(f"card-{card.id}"[:64], card.id, request, LETTERER, "a card, lettered")]

    def _shot(self, film: Film, shot: Shot, before: Shot | None, previous: Node | None) -> list[Node]:
        name = shot.renderer or film.settings.renderer
        _, can = self.renderer(name)
        rate = can.native_rate or film.settings.rate
        raster = _allowed(raster_of(film), can.size_multiple)
        frames = can.frame_rule.snap(rendered_frames(shot, film.settings.rate, rate))
        if can.longest is not None and frames > can.longest:
            raise BadInput(
                f"Shot {shot.id} needs {frames} frames with its handle; {name} makes at most "
                f"{can.longest} at once. Shorten the shot or choose another renderer for it."
            )
        shown = picture(film, shot)
        references = [r for figure in shown.figures for r in figure.references]
        references += [r for thing in shown.things for r in thing.references]
        references += shown.place.references
        if len(references) > can.references:
            raise BadInput(
                f"Shot {shot.id} is bound to {len(references)} reference frames; {name} takes at most "
                f"{can.references}. Unbind some, or choose another renderer."
            )
        anchors = tuple(Input(key=r, part="anchor", frame=1) for r in dict.fromkeys(references))
        settings = {**film.settings.values, **shot.settings}
        node_id = f"shot-{shot.id}"[:64]
        goes_on = self._tail(film, shot, before, previous, can)
        if goes_on is not None:
            assert previous is not None
            assert before is not None
            extend = Extend(
                picture=shown, raster=raster, seed=shot.seed, settings=settings, anchors=anchors,
                frames=frames, rate=rate, tail=goes_on,
            )  # fmt: skip
            why = f"goes on from the end of {before.id}: {name} extends from a tail"
            node = self._node(node_id, shot.id, extend, name, why, needs=(previous.id,))
        else:
            whole = Between(
                picture=shown, raster=raster, seed=shot.seed, settings=settings, anchors=anchors,
                frames=frames, rate=rate,
            )  # fmt: skip
            why = "one clip from its picture" + (
                f"; {name} cannot go on from a tail, so the opening 'continue' is only a cut"
                if shot.opens is Opening.continue_ and "tail" not in can.inputs
                else ""
            )
            node = self._node(node_id, shot.id, whole, name, why)
        made = [node]
        if rate != film.settings.rate or raster != raster_of(film):
            made.append(self._conform(film, shot, node, frames, rate))
        return made

    @staticmethod
    def _tail(
        film: Film, shot: Shot, before: Shot | None, previous: Node | None, can: Capabilities
    ) -> Input | None:
        """The tail that the shot goes on from; None where it does not."""
        if shot.opens is not Opening.continue_ or before is None or previous is None:
            return None
        if "tail" not in can.inputs or "extend" not in can.requests:
            return None
        pinned = before.id in film.decisions.pinned
        key = film.decisions.chosen.get(before.id, previous.key) if pinned else previous.key
        rate = getattr(previous.request, "rate", film.settings.rate)
        end = at_rate(before.frames, film.settings.rate, rate)
        return Input(key=key, part="tail", frame=end)

    def _conform(self, film: Film, shot: Shot, node: Node, frames: int, rate: Rate) -> Node:
        wanted = min(
            int(Fraction(frames) / rate.fps * film.settings.rate.fps),
            rendered_frames(shot, film.settings.rate, film.settings.rate),
        )
        request = Conform(
            take=Input(key=node.key),
            frames=max(shot.frames, wanted),
            rate=film.settings.rate,
            raster=raster_of(film),
        )
        why = f"from {node.renderer}'s own size or rate to the film's"
        return self._node(f"conform-{shot.id}"[:64], shot.id, request, CONFORMER, why, needs=(node.id,))


def raster_of(film: Film) -> Raster:
    """The film's raster."""
    return Raster(width=film.settings.width, height=film.settings.height)


def at_rate(frames: int, rate: Rate, other: Rate) -> int:
    """So many frames at ``rate`` as frames at ``other``, rounded up."""
    exact = Fraction(frames) / rate.fps * other.fps
    return -(-exact.numerator // exact.denominator)


def rendered_frames(shot: Shot, rate: Rate, native: Rate) -> int:
    """Frames to render for a shot at the renderer's rate: its clip, a handle, rounded up."""
    whole = -(-(shot.frames + HANDLE_FRAMES) // LENGTH_STEP) * LENGTH_STEP
    return at_rate(whole, rate, native)


def _allowed(raster: Raster, multiple: int) -> Raster:
    width, height = (-(-n // multiple) * multiple for n in (raster.width, raster.height))
    return Raster(width=width, height=height)


TakeState = Literal["current", "stale", "missing"]


def used_takes(
    film: Film, plan: Plan, has: Callable[[str], bool]
) -> Mapping[str, tuple[TakeState, str | None]]:
    """Which take each shot and card uses: item id -> (state, key).

    ``current``: the take the plan asks for, or one that a person chose. ``stale``: an older chosen
    take that stays usable until it is replaced. ``missing``: none.
    """
    used: dict[str, tuple[TakeState, str | None]] = {}
    nodes = plan.by_id
    for item, node_id in plan.shown.items():
        key = nodes[node_id].key
        chosen = film.decisions.chosen.get(item)
        if chosen is not None and item in film.decisions.pinned and has(chosen):
            used[item] = ("current", chosen)
        elif has(key):
            used[item] = ("current", key)
        elif chosen is not None and has(chosen):
            used[item] = ("stale", chosen)
        else:
            used[item] = ("missing", None)
    return used
