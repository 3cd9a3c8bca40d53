"""Time of one's own GPUs: quoted from earlier takes, booked as it is used, stopped where it is enough."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..memory.ledger import Ledger, Line, new_order, now
from ..memory.price import AGREED, Total
from ..memory.project import Project
from ..memory.store import TakeRecord
from ..render.news import News
from ..render.nodes import Node
from ..render.plan import Planner
from ..render.requests import expectation
from ..storyboard.errors import LimitReached, OverBudget, RenderError, Stopped
from .limits import Limits, Used, reached
from .prices import GpuPrice, Prices

MS_A_MINUTE = 60_000


def uses_gpu(planner: Planner, name: str) -> bool:
    """Whether a renderer draws on a GPU."""
    return planner.renderer(name)[1].device == "gpu"


class Paces:
    """How long takes took of a GPU for each frame, by renderer and kind of request."""

    def __init__(self, project: Project) -> None:
        """From the takes that the film uses, and all that they were made from."""
        self._sums: dict[tuple[str, str], tuple[int, int]] = {}
        left = list(dict.fromkeys(project.film.decisions.chosen.values()))
        seen = set(left)
        while left:
            key = left.pop()
            record = project.store.record(key) if project.store.has(key) else None
            if record is not None:
                self.add(record)
                left += record.inputs.keys() - seen
                seen |= record.inputs.keys()

    def add(self, record: TakeRecord) -> None:
        """Learn from a take; from one that no GPU made, nothing."""
        if record.made.gpu_ms:
            of = str(record.renderer.get("name")), str(record.request.get("kind"))
            spent, frames = self._sums.get(of, (0, 0))
            self._sums[of] = spent + record.made.gpu_ms, frames + max(1, record.frames)

    def expected_ms(self, planner: Planner, node: Node) -> int | None:
        """About how long a node will take; None where no such take was made yet."""
        name = planner.renderer(node.renderer)[0].name
        spent, frames = self._sums.get((name, getattr(node.request, "kind", "")), (0, 0))
        return round(spent / frames * (expectation(node.request)[2] or 1)) if frames else None


@dataclass
class _Running:
    node: Node
    order: str
    group: int


class GpuClock:
    """Counts and books what one run uses of GPUs: hears the engine's news, and is asked before each node.

    ``out_of`` is why it stopped, where it did. The loading of weights is not counted.
    """

    def __init__(
        self,
        project: Project,
        planner: Planner,
        prices: Prices,
        limits: Limits,
        used: Used,
        budget: Callable[[], str],
    ) -> None:
        self._project, self._planner = project, planner
        self._price, self._minutes = prices.gpu, limits.gpu_minutes
        self._used, self._budget = used, budget
        self._counts = self._price is not None or self._minutes is not None
        self._ledger = Ledger(project.folder)
        self._paces: Paces | None = None
        self._running: dict[str, _Running] = {}
        self._since: dict[int, float] = {}
        """Group of nodes that are drawn together -> since when its time is not counted yet."""
        self._group = 0
        self._promised: dict[str, int] = {}
        """Node id -> milliseconds that it is expected to take, of those given out."""
        self._spent: Total | None = None
        self.out_of: LimitReached | None = None

    # -- asked by the engine --------------------------------------------------------------

    def may(self, node: Node) -> str:
        """Why this node may not be begun any more; "" where it may."""
        if not self._counts or not uses_gpu(self._planner, node.renderer):
            return ""
        if self.out_of is None:
            expected = self._expected(node) or 0
            self.out_of = self._over(sum(self._promised.values()) + expected)
            if self.out_of is None:
                self._promised[node.id] = expected
                return ""
        return f"not begun. {self.out_of}"

    def stop(self) -> bool:
        """Whether what is being drawn now has to end, since it uses more than there is."""
        if self._counts and self._running and self.out_of is None:
            moment = time.monotonic()
            groups = {running.group for running in self._running.values()}
            self.out_of = self._over(round(sum(moment - self._since[g] for g in groups) * 1000))
            return self.out_of is not None
        return False

    def _over(self, more_ms: int) -> LimitReached | None:
        """What so much more would pass; None where it is allowed."""
        if self._minutes is not None and self._used.gpu_ms + more_ms > self._minutes * MS_A_MINUTE:
            return reached("gpu_minutes", self._minutes, "GPU minutes in one run", 2 * self._minutes)
        if self._price is None:
            return None
        if self._spent is None:
            self._spent = self._ledger.spent()
        there = Total(dict(self._spent.known), self._spent.unknown)
        there.add(self._price.of(max(1, more_ms)))
        return None if there.within(self._budget()) else self._over_budget(self._spent, there)

    def _over_budget(self, before: Total, there: Total) -> OverBudget:
        allowed = self._budget().rstrip(AGREED) or "nothing"
        return OverBudget(
            f"--budget allows {allowed}, {before} is spent or reserved, and the next GPU time would make it "
            f"{there}. Finished takes are kept; go on with a larger --budget."
        )

    def _expected(self, node: Node) -> int | None:
        if self._paces is None:
            self._paces = Paces(self._project)
        return self._paces.expected_ms(self._planner, node)

    # -- hearing --------------------------------------------------------------------------

    def hear(self, news: News) -> None:
        """Book what the engine tells."""
        node = news.node
        if not self._counts or news.kind in ("tick", "notice"):
            return
        if news.kind == "started":
            if node.id not in self._running and uses_gpu(self._planner, node.renderer):
                self._begin(node)
            return
        self._group += 1
        self._promised.pop(node.id, None)
        running = self._running.pop(node.id, None)
        if running is None:
            return
        elapsed = self._elapsed(running)
        record = self._project.store.record(node.key) if news.kind == "made" else None
        if record is None:
            self._book(running, elapsed, "no take came of it")
            return
        self._expected(node)
        if self._paces is not None:
            self._paces.add(record)
        self._book(running, record.made.gpu_ms, "")

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """While inside, an engine works by this clock. What it threw away is booked on the way out, and where
        the clock stopped it, ``out_of`` is raised and not what came of that."""
        try:
            yield
        except (RenderError, Stopped):
            if self.out_of is not None:
                raise self.out_of from None
            raise
        finally:
            self._end()

    def _end(self) -> None:
        for running in self._running.values():
            self._book(running, self._elapsed(running), "it was stopped, and no take came of it")
        self._running.clear()
        self._promised.clear()

    def _begin(self, node: Node) -> None:
        self._since.setdefault(self._group, time.monotonic())
        expected = self._expected(node)
        order = ""
        if self._price is not None and expected is not None:
            order = self._intend(node, self._price, expected)
        self._running[node.id] = _Running(node, order, self._group)

    def _elapsed(self, running: _Running) -> int:
        """Milliseconds since it was begun, or since the one before it that was drawn together with it."""
        moment = time.monotonic()
        since, self._since[running.group] = self._since[running.group], moment
        return round((moment - since) * 1000)

    def _book(self, running: _Running, milliseconds: int, words: str) -> None:
        self._used.gpu_ms += milliseconds
        if self._price is None:
            return
        order = running.order or self._intend(running.node, self._price, milliseconds)
        self._ledger.tell(_used(order, self._price, milliseconds, words))
        self._spent = None

    def _intend(self, node: Node, price: GpuPrice, milliseconds: int) -> str:
        cost = price.of(milliseconds)
        line = Line(
            at=now(), order=new_order(), event="intended", kind="gpu", key=node.key, item=node.item,
            renderer=node.renderer, what="GPU time", amount=cost.amount, currency=cost.currency,
            milliseconds=milliseconds,
        )  # fmt: skip
        self._ledger.tell(line)
        self._spent = None
        return line.order


def _used(order: str, price: GpuPrice, milliseconds: int, words: str = "") -> Line:
    amount = price.of(milliseconds).amount
    return Line(
        at=now(), order=order, event="received", amount=amount, milliseconds=milliseconds, words=words
    )


def settle_after_a_kill(project: Project, prices: Prices) -> None:
    """Enter the real time of takes that were finished when a kill came before it was booked.

    What was being drawn then, and never finished, stays reserved as it was expected.
    """
    ledger = Ledger(project.folder)
    if prices.gpu is None or not ledger.path.exists():
        return
    for order in ledger.orders():
        if order.kind == "gpu" and order.state == "intended" and project.store.has(order.key):
            record = project.store.record(order.key)
            if record is not None and record.made.gpu_ms:
                ledger.tell(_used(order.order, prices.gpu, record.made.gpu_ms))
