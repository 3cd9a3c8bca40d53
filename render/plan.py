"""The planner: film + capabilities -> a graph of requests with keys, and why each is made so.

A plan is a pure function of the film and its recorded decisions. Two plans of an equal film have
equal keys, whatever has been rendered meanwhile and in whatever order.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from ..storyboard.credits import CREDITS, credits_of
from ..storyboard.errors import BadInput
from ..storyboard.film import Card, Film, Line
from ..storyboard.timeline import items, timeline, untrimmed, voice_of
from ..storyboard.vocabulary import Opening
from .keys import key_of
from .makers import planned_makers
from .nodes import Node, Plan, node_id
from .preflight import check_settings
from .protocol import Capabilities, Renderer, identity
from .requests import AnyRequest, Input, Score, ScoreCue, Speak, Title
from .scene_stills import identity_pictures
from .shot_plan import ShotPlan
from .shot_requests import Filmed, Using, raster_of, rendered_frames
from .sounds import FOLEY, wanted_sounds
from .stills import keyframes_renderer, remembers

__all__ = ["Find", "Node", "Plan", "Planner", "TakeState", "raster_of", "rendered_frames", "used_takes"]

_RINGS_MS = (1_500, 8_000)
"""The final chord falls on the end card where that is so long: it then rings over all of it."""
COMPOSER, LETTERER = "score", "cards"
"""Renderers that come with the program and serve every film, as ``espeak`` and ``conform`` do."""

Find = Callable[[str], Renderer]


class Planner:
    """Plans films with renderers found by name; asks each for its capabilities once."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._known: dict[str, tuple[Renderer, Capabilities]] = {}
        self._last: tuple[Film, Plan, dict[str, Any]] | None = None

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
        """Everything the film is made of. Raises ``BadInput`` for what no renderer here can make.

        The film that was planned last is not planned again while its renderers are who they were.
        """
        if self._last is not None and self._last[0] is film and self._last[2] == self._identities():
            return self._last[1]
        plan = self._plan(film)
        self._last = film, plan, self._identities()
        return plan

    def _identities(self) -> dict[str, Any]:
        return {name: identity(renderer) for name, (renderer, _) in self._known.items()}

    def _plan(self, film: Film) -> Plan:
        nodes: list[Node] = list(self.speech(film))
        shown: dict[str, str] = {}
        before: Filmed | None = None
        stills = self._stills(film)
        whole = untrimmed(film)
        beside = identity_pictures(whole, self._using(film.settings.renderer), stills, self._make)
        check_settings(film, self.renderer)
        for item in items(whole):
            if isinstance(item, Card):
                card = self._card(film, item, nodes)
                nodes.append(card)
                shown[item.id], before = card.id, None
                continue
            name = item.renderer or film.settings.renderer
            clips = (name, self.renderer(name)[1])
            goes_on = before if item.opens is Opening.continue_ else None
            plan = ShotPlan(
                whole,
                item,
                clips,
                stills,
                self._make,
                find=self._using,
                beside=beside.get(item.scene, ()),
                cut=film,
            )
            before = plan.filmed(goes_on, before)
            nodes.extend(before.nodes)
            shown[item.id] = before.shown.id
        nodes.append(self._score(film))
        why = "heard in the film's places and actions"
        for name, effect in wanted_sounds(film, timeline(film)):
            nodes.append(self._node(name, name, effect, FOLEY, why, stage="sound"))
        return Plan(nodes=tuple(nodes), shown=shown)

    def _using(self, name: str) -> Using:
        return name, self.renderer(name)[1]

    def _stills(self, film: Film) -> tuple[str, Capabilities] | None:
        """Who draws keyframes; None where nobody is to."""
        name = keyframes_renderer(film, self.renderer) if remembers(film, self.renderer) else None
        return (name, self.renderer(name)[1]) if name is not None else None

    def _make(
        self, name: str, item: str, request: AnyRequest, renderer: str, why: str, reads: Sequence[Node]
    ) -> Node:
        return self._node(name, item, request, renderer, why, needs=tuple(dict.fromkeys(n.id for n in reads)))

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
        return self._node(node_id("line", line.id), line.id, request, voice.maker, why, stage="sound")

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
        length, music = max(1, rate.milliseconds(laid.frames)), film.settings.music
        if music.track is not None:
            own = Input(key=music.track, part="track")
            request = Score(milliseconds=length, cues=(), own=own, looped=music.looped)
            return self._node("score", "score", request, COMPOSER, "your own track, fitted", stage="sound")
        if music.kind == "none":
            request = Score(milliseconds=length, cues=(), silent=True)
            return self._node("score", "score", request, COMPOSER, "no music is asked for", stage="sound")
        last = laid.clips[-1]
        ending = rate.milliseconds(last.start) if last.is_card else 0
        if not _RINGS_MS[0] <= length - ending <= _RINGS_MS[1]:
            ending = 0
        request = Score(milliseconds=length, cues=tuple(cues), seed=film.settings.seed, ending=ending)
        why = f"{len(cues)} cues on the scene changes, as long as the film"
        return self._node("score", "score", request, music.player or COMPOSER, why, stage="sound")

    def _card(self, film: Film, card: Card, nodes: Sequence[Node]) -> Node:
        assert film.story is not None
        told = film.decisions.credits or credits_of(film, *planned_makers(film, nodes, self.renderer))
        request = Title(
            heading=card.heading,
            body=card.body,
            style=film.settings.style,
            mood=film.story.mood,
            frames=card.frames,
            rate=film.settings.rate,
            raster=raster_of(film),
            seed=film.settings.seed,
            credits=told if card.id == CREDITS else (),
        )
        return self._node(node_id("card", card.id), card.id, request, LETTERER, "a card, lettered")


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
    for item, shown in plan.shown.items():
        key = nodes[shown].key
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
