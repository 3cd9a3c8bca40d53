"""The clerk: writes the orders of nodes, and enters what came back into the take store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .. import __version__
from ..memory.footage import FootageBook
from ..memory.store import Draft, Made, TakeNotice, TakeRecord, TakeStore
from ..memory.tracks import TrackBook
from ..storyboard.errors import BadTake, Damaged
from .order import Account, Order, Source
from .plan import Node, Planner
from .protocol import identity
from .requests import Between, Extend, Input, Still, expectation
from .waiting import OUTSIDE


class Clerk:
    """For one run over ``wanted``. ``anchors`` is the folder of the film's anchor frames; its footage lies
    beside that."""

    def __init__(
        self,
        store: TakeStore,
        anchors: Path,
        planner: Planner,
        wanted: Sequence[Node],
        account: Account | None = None,
    ) -> None:
        self._store, self._anchors, self._planner = store, anchors, planner
        self._book = FootageBook(anchors.parent)
        self._tracks = TrackBook(anchors.parent)
        self._planned = {node.key for node in wanted}
        self._account = account
        self._read: dict[str, set[tuple[str, int]]] = {}
        """Key -> parts that others read of it: ("tail", frame after it) and ("frame", frame)."""
        self._tail_frames: Counter[str] = Counter()
        for node in wanted:
            for item in node.request.inputs():
                if item.part in ("tail", "frame") and item.frame is not None:
                    self._read.setdefault(item.key, set()).add((item.part, item.frame))
                if item.part == "tail":
                    _, can = planner.renderer(node.renderer)
                    self._tail_frames[item.key] = max(self._tail_frames[item.key], can.tail_frames)

    def order(self, node: Node, draft: Draft) -> Order:
        """The order of a node into a draft. Raises ``BadTake`` or ``Damaged`` where an input is gone."""
        sources = []
        for item in node.request.inputs():
            self._check_earlier(node, item)
            try:
                path, stop = self._footage(item)
            except Damaged as error:
                raise BadTake(f"{node.item}: {error}") from None
            if not path.is_file():
                what = {"anchor": "reference", "lora": "LoRA"}.get(item.part, item.part)
                raise BadTake(f"{node.item}: the {what} that it is made from is gone. Render again.")
            sources.append(Source(input=item, path=str(path), stop=stop))
        _, can = self._planner.renderer(node.renderer)
        return Order(
            id=node.id,
            key=node.key,
            request=node.request,
            sources=tuple(sources),
            folder=str(draft.folder),
            tails=self._kept(node, "tail"),
            tail_frames=self._tail_frames[node.key] or 1,
            keep=self._kept(node, "frame"),
            account=self._account if can.device == "network" else None,
            item=node.item,
            renderer=node.renderer,
            moving=can.device != "cpu" and isinstance(node.request, Between | Extend),
        )

    def _check_earlier(self, node: Node, item: Input) -> None:
        """Raises ``BadTake`` where a take of no plan that is drawn over again is not what was made."""
        outside = item.part == "picture" and item.key not in self._planned
        if outside and self._store.check(item.key, deep=True) != "whole":
            raise BadTake(
                f"{node.item}: the take {item.key[:8]} that it changes is damaged. Change another (photoplay "
                f"modify), or have the shot drawn: photoplay footage clear DIR {node.item}."
            )

    def _kept(self, node: Node, part: str) -> tuple[int, ...]:
        """Where others read that part of a node's take. A still is always kept lossless."""
        frames = {frame for kind, frame in self._read.get(node.key, ()) if kind == part}
        if part == "frame" and isinstance(node.request, Still):
            frames.add(0)
        return tuple(sorted(frames))

    def _footage(self, item: Input) -> tuple[Path, int | None]:
        """Where an input lies, and the take's frame after the file's last, where it is a part."""
        if item.part == "source":
            return self._book.path(item.key), None
        if item.part == "track":
            return self._tracks.path(item.key), None
        if item.part in OUTSIDE:
            suffix = "png" if item.part == "anchor" else "safetensors"
            return self._anchors / f"{item.key}.{suffix}", None
        if item.part in ("tail", "frame") and item.frame is not None:
            record = self._store.record(item.key)
            part = f"{item.part}-{item.frame}"
            if record is not None and part in record.parts:
                return self._store.path(item.key, part), item.frame + (item.part == "frame")
            return self._store.path(item.key, "picture"), None
        return self._store.path(item.key, item.part), None

    def enter(self, node: Node, draft: Draft, said: dict[str, Any], gpu: bool = False) -> TakeRecord:
        """Commit a take as the hand, on a ``gpu`` or not, ``said`` it is.

        Raises ``PhotoplayError``; the draft stays then.
        """
        renderer, _ = self._planner.renderer(node.renderer)
        raster, rate, _ = expectation(node.request)
        for part, name in said["parts"].items():
            draft.path(part, name.rpartition(".")[2])
        return draft.commit(
            request=node.request.model_dump(mode="json"),
            renderer=identity(renderer),
            item=node.item,
            inputs=self._digests(node),
            frames=int(said["frames"]),
            width=raster.width if raster else 0,
            height=raster.height if raster else 0,
            rate=rate,
            notices=[TakeNotice(**n) for n in (*said["notices"], *self._lossy(node))],
            made=Made(
                photoplay=__version__,
                wall_ms=said["milliseconds"],
                gpu_ms=int(said.get("drawn", 0)) if gpu else 0,
            ),
        )

    def _lossy(self, node: Node) -> list[dict[str, str]]:
        """Say so where a take is made from encoded frames, since no lossless ones were kept."""
        lossy: dict[str, str] = {}
        for item in node.request.inputs():
            if item.part in ("tail", "frame") and item.frame is not None:
                record = self._store.record(item.key)
                if record is None or f"{item.part}-{item.frame}" not in record.parts:
                    lossy[item.part] = f"made from encoded frames: no lossless {item.part} was kept"
        return [{"kind": f"lossy-{part}", "words": words} for part, words in sorted(lossy.items())]

    def _digests(self, node: Node) -> dict[str, str]:
        """Digest of each input actually read, so that a parent re-made with other bits is noticed."""
        used: dict[str, str] = {}
        for item in node.request.inputs():
            record = None if item.part in OUTSIDE else self._store.record(item.key)
            if record is not None:
                part = f"{item.part}-{item.frame}"
                used[item.key] = record.parts[part if part in record.parts else "picture"].sha256
        return used
