"""The engine: runs the missing nodes of a plan, and alone encodes, probes and commits.

Nodes run when what they read is committed, grouped by renderer so that weights are loaded once,
side by side as far as the executor has places. A fault stops its own shot (and what goes on from
it), never the others; everything committed stays.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..memory.store import TakeStore
from .clerk import Clerk
from .crew import Executor
from .ladder import Ladder
from .news import May, News, Outcome, Tell
from .order import Account
from .perform import Stop
from .plan import Node, Planner
from .requests import Extend
from .shift import Shift, Stay

__all__ = ["Engine", "News", "Outcome", "Tell"]


class Engine:
    """Renders into one take store. ``anchors`` is the folder of the film's anchor frames.

    ``may`` is asked of every node before it is given to a hand; one that may not be begun has failed.
    """

    def __init__(
        self,
        store: TakeStore,
        anchors: Path,
        planner: Planner,
        crew: Executor,
        stop: Stop = lambda: False,
        account: Account | None = None,
        may: May = lambda node: "",
    ) -> None:
        self._store, self._anchors, self._planner, self._crew = store, anchors, planner, crew
        self._stop, self._account, self._may = stop, account, may
        self._stay: Stay | None = None

    @contextlib.contextmanager
    def staying(self) -> Iterator[None]:
        """Between the runs made inside, the hands on GPUs stay with what they have loaded.

        Reference sheets and keyframes are one set of weights: it is loaded once for both runs. On the way
        out, and after a run that raised, everybody is dismissed.
        """
        if self._stay is not None:
            yield
            return
        self._stay = Stay(Ladder(), [])
        try:
            yield
        finally:
            stay, self._stay = self._stay, None
            for place in stay.places:
                place.hand.dismiss()

    def run(
        self,
        nodes: Iterable[Node],
        tell: Tell = lambda news: None,
        stop: Stop | None = None,
    ) -> Outcome:
        """Make what is missing of ``nodes``. Raises nothing for a shot that fails: see ``Outcome``.

        ``stop`` (None: the engine's) is asked several times a second, and in one's own interpreter
        within every step of a renderer; where it says so, ``Stopped`` is raised. On that, on
        ``KeyboardInterrupt`` and on any error of ``tell`` the hands are dismissed and their half-made
        work is removed; what was committed stays.
        """
        stop = stop or self._stop
        wanted = list(nodes)
        outcome = Outcome()
        missing: dict[str, Node] = {}
        under_way: set[str] = set()
        for node in wanted:
            if self._whole(node, tell):
                outcome.kept.append(node)
                outcome.notices.extend(self._notices(node))
            elif node.key not in under_way:
                under_way.add(node.key)
                missing[node.id] = node
        watch = getattr(self._crew, "watch", None)
        if watch is not None:
            watch(stop)
        clerk = Clerk(self._store, self._anchors, self._planner, wanted, self._account)
        stay = self._stay or Stay(Ladder(), [])
        shift = Shift(
            self._store, clerk, self._planner, self._crew, missing, outcome, tell, stop, stay, self._may
        )
        stay.places = []
        with contextlib.ExitStack() as stack:
            stack.callback(shift.end)
            shift.work()
            stay.places = shift.leave() if self._stay is not None else []
        return outcome

    def _whole(self, node: Node, tell: Tell) -> bool:
        """True where the node's take is committed, byte for byte. A damaged one is set aside."""
        condition = self._store.check(node.key, deep=True)
        if condition == "damaged":
            aside = self._store.quarantine(node.key)
            words = f"its take was damaged; it was set aside as {aside.name} and is made again"
            tell(News("notice", node, words=words))
        return condition == "whole"

    def _notices(self, node: Node) -> list[tuple[Node, str, str]]:
        record = self._store.record(node.key)
        assert record is not None
        told = [(node, n.kind, n.words) for n in record.notices]
        if isinstance(node.request, Extend):
            parent = self._store.record(node.request.tail.key)
            digests = {p.sha256 for p in parent.parts.values()} if parent else set()
            if record.inputs.get(node.request.tail.key) not in digests:
                words = "seam may jump: the shot it goes on from was made again with other pixels"
                told.append((node, "seam", words))
        return told
