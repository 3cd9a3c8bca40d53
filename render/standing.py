"""A crew that outlives a film: hands stay loaded from one production to the next, and are shared.

Each film takes a ``seat``, which is an ``Executor`` of its own. A hand that a film lets go while it is idle
waits, with what it has loaded or still loads, for the next that wants the same; one that is let go in the
midst of work, or after memory ran out, is really dismissed. Films side by side get equal parts of the
places, so no more processes are alive at a time than the crew has places (for renderers on GPUs: devices).
"""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..storyboard.errors import Stopped
from .crew import Executor, Hand, Message, WarmHand
from .order import Order
from .perform import STOPPED, Stop
from .protocol import Renderer
from .registry import find_renderer

if TYPE_CHECKING:
    from .cut.aside import Aside
    from .cut.report import CutReport

SETTLE_S = 5.0
"""Longest time in which a hand whose orders are answered may say that it is idle."""
WAIT_S = 0.2
"""Longest time in which a film that waits for a GPU does not ask whether to stop."""
KEPT_HERE = 8
"""Loaded renderers that are kept in this interpreter, by a crew whose hands are no processes."""


class _Hired:
    """A real hand, what it has loaded, and what is still to be heard of it."""

    def __init__(self, hand: Hand, kind: str, renderer: str, budget: int | None) -> None:
        self.hand, self.kind, self.renderer, self.budget = hand, kind, renderer, budget
        self.lent: _Lent | None = None
        self.ready = False
        self.sound = True
        """False where it was lost, broke, or ran out of memory: it is used no more after this film."""
        self.batches = 0
        self.open: set[str] = set()
        """Orders that were not answered yet."""

    def hear(self, message: Message) -> None:
        """Keep in mind what a message means."""
        if "ready" in message:
            self.ready = True
        elif "idle" in message:
            self.batches = max(0, self.batches - 1)
        elif "done" in message:
            self.open.discard(message["done"]["id"])
        elif "failed" in message:
            self.open.discard(message["failed"]["id"])
            self.sound &= message["failed"]["meaning"] != "oom"
        elif "returned" in message:
            self.open.difference_update(message["returned"])
        elif "broken" in message or "lost" in message:
            self.sound = False

    @property
    def answered(self) -> bool:
        """Whether only that it is ready, or idle, may still have to be heard."""
        return self.sound and not self.open


class StandingCrew:
    """See the module. ``crew`` is whose hands they are; ``sharing`` how many films work side by side.

    Close it at the end: everybody is dismissed then. May be used from several threads.
    """

    def __init__(self, crew: Executor, sharing: int = 1) -> None:
        self._crew, self._sharing = crew, max(1, sharing)
        self._changed = threading.Condition(threading.RLock())
        self._hired: dict[Hand, _Hired] = {}
        self._idle: list[_Hired] = []
        """Those that nobody has, the one that has been idle longest first."""
        self._cutting: list[Aside] = []
        """Children that cut films, those that are idle."""
        self._closed = False
        self.loads = 0
        """How often a renderer was loaded by anybody."""
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    @contextlib.contextmanager
    def seat(self) -> Iterator[Executor]:
        """An executor for one film. On leaving, hands that the film still has are dismissed."""
        seat = _Seat(self)
        try:
            yield seat
        finally:
            seat.leave()

    def take_seat(self) -> Executor:
        """A seat without an end: for a film that is made now and then. Its hands go back after every run."""
        return _Seat(self)

    def find(self, spec: str) -> Renderer:
        """As the crew finds renderers. Raises as the registry does."""
        found: Renderer = getattr(self._crew, "find", find_renderer)(spec)
        return found

    def watch(self, stop: Stop) -> None:
        """A crew in this interpreter asks it within every step."""
        watch = getattr(self._crew, "watch", None)
        if watch is not None:
            watch(stop)

    def places(self, parallel: int, device: str) -> int:
        """A film's part of what the crew has, and of what the renderer allows; at least one of any."""
        most = self._most(device)
        part = most // self._sharing or min(1, most)
        return min(part, max(1, parallel // self._sharing)) if parallel else part

    def close(self) -> None:
        """Dismiss everybody, those at work too. Safe to call twice."""
        with self._changed:
            if self._closed:
                return
            self._closed = True
            everybody = list(self._hired)
            self._hired.clear()
            self._idle.clear()
            cutting, self._cutting = self._cutting, []
            self._changed.notify_all()
        for aside in cutting:
            aside.close()
        for hand in everybody:
            hand.dismiss()
        self._crew.heard.put((_NOBODY, {}))
        self._listening.join(timeout=SETTLE_S)

    def expect(self, renderer: str) -> None:
        """Begin a hand for a renderer of the processor, and whoever cuts, now: they will be wanted soon.

        Nothing is begun where there is one already; who is never wanted is dismissed with the others.
        """
        from .cut.aside import Aside

        with self._changed:
            if self._closed:
                return
            if not any(hired.renderer == renderer for hired in self._idle):
                hired = self._take("auto", renderer, None)
                if hired is not None:
                    self._idle.append(hired)
            if not self._cutting:
                self._cutting.append(Aside())
            self._cutting[-1].begin()

    def assemble(self, *cut: Any, **more: Any) -> CutReport:
        """As ``assemble_aside``, by a child that is kept for the next cut."""
        from .cut.aside import Aside

        with self._changed:
            aside = self._cutting.pop() if self._cutting else Aside()
        report = aside.assemble(*cut, **more)
        with self._changed:
            if not self._closed:
                self._cutting.append(aside)
                return report
        aside.close()
        return report

    # -- lending --------------------------------------------------------------------------

    def lend(self, seat: _Seat, renderer: str, device: str, budget: int | None) -> _Lent:
        """A hand that has loaded the renderer, or loads it now. Waits where all GPUs are at work."""
        kind = "gpu" if device == "gpu" else device
        with self._changed:
            while True:
                if self._closed or seat.stop():
                    raise Stopped(STOPPED)
                hired = self._take(kind, renderer, budget)
                if hired is not None:
                    break
                self._changed.wait(WAIT_S)
            lent = (_WarmLent if isinstance(hired.hand, WarmHand) else _Lent)(self, seat, hired)
            hired.lent = lent
            if hired.ready:
                seat.heard.put((lent, {"ready": True}))
            return lent

    def _take(self, kind: str, renderer: str, budget: int | None) -> _Hired | None:
        """One that is idle and has it loaded, a new one, or an idle one that loads it anew."""
        idle = [hired for hired in self._idle if hired.kind == kind]
        same = [hired for hired in idle if (hired.renderer, hired.budget) == (renderer, budget)]
        if same:
            self._idle.remove(same[-1])
            return same[-1]
        here = bool(idle) and not isinstance(idle[0].hand, WarmHand)
        alive = sum(hired.kind == kind for hired in self._hired.values())
        room = len(idle) < KEPT_HERE if here and kind != "gpu" else alive < self._most(kind)
        if idle and not room:
            first = idle[0]
            self._idle.remove(first)
            if isinstance(first.hand, WarmHand):
                self.load(first, renderer, budget)
                return first
            del self._hired[first.hand]
            first.hand.dismiss()
        elif not room and kind == "gpu":
            return None
        self.loads += 1
        hired = _Hired(self._crew.hire(renderer, kind, budget), kind, renderer, budget)
        self._hired[hired.hand] = hired
        return hired

    def load(self, hired: _Hired, renderer: str, budget: int | None) -> None:
        """Have a hand load another renderer where it stands."""
        assert isinstance(hired.hand, WarmHand)
        with self._changed:
            self.loads += 1
            hired.renderer, hired.budget, hired.ready = renderer, budget, False
        hired.hand.load(renderer, budget)

    def order(self, hired: _Hired, orders: list[Order]) -> None:
        """Start a batch."""
        with self._changed:
            hired.batches += 1
            hired.open.update(order.id for order in orders)
        hired.hand.order(orders)

    def take_back(self, hired: _Hired) -> None:
        """A film lets a hand go: it stays where it is idle, and is dismissed otherwise."""
        with self._changed:
            hired.lent = None
            self._changed.wait_for(lambda: not (hired.answered and hired.batches), SETTLE_S)
            if hired.hand not in self._hired:
                return
            if hired.answered and not hired.batches:
                self._idle.append(hired)
                self._changed.notify_all()
                return
            del self._hired[hired.hand]
        hired.hand.dismiss()
        with self._changed:
            self._changed.notify_all()

    def _most(self, kind: str) -> int:
        return self._crew.places(0, "gpu") if kind == "gpu" else self._crew.places(0)

    # -- listening ------------------------------------------------------------------------

    def _listen(self) -> None:
        while True:
            hand, message = self._crew.heard.get()
            if hand is _NOBODY:
                return
            gone: _Hired | None = None
            with self._changed:
                hired = self._hired.get(hand)
                if hired is None:
                    continue
                hired.hear(message)
                if hired.lent is not None:
                    hired.lent.seat.heard.put((hired.lent, message))
                elif not hired.sound and hired in self._idle:
                    self._idle.remove(hired)
                    del self._hired[hand]
                    gone = hired
                self._changed.notify_all()
            if gone is not None:
                gone.hand.dismiss()


class _Seat:
    """One film's executor over a standing crew."""

    def __init__(self, standing: StandingCrew) -> None:
        self.heard: queue.Queue[tuple[Hand, Message]] = queue.Queue()
        self._standing = standing
        self._lent: list[_Lent] = []
        self.stop: Stop = lambda: False

    def find(self, spec: str) -> Renderer:
        return self._standing.find(spec)

    def watch(self, stop: Stop) -> None:
        self.stop = stop
        self._standing.watch(stop)

    def places(self, parallel: int, device: str = "cpu") -> int:
        return self._standing.places(parallel, device)

    def hire(self, renderer: str, device: str, budget_mb: int | None) -> Hand:
        lent = self._standing.lend(self, renderer, device, budget_mb)
        self._lent = [one for one in self._lent if not one.gone] + [lent]
        return lent

    def assemble(self, *cut: Any, **more: Any) -> CutReport:
        return self._standing.assemble(*cut, **more)

    def leave(self) -> None:
        for lent in self._lent:
            lent.dismiss()


class _Lent:
    """A hand as one film has it. After ``dismiss`` it is another's."""

    def __init__(self, standing: StandingCrew, seat: _Seat, hired: _Hired) -> None:
        self._standing, self.seat, self._hired = standing, seat, hired
        self.gone = False

    def order(self, orders: list[Order]) -> None:
        self._standing.order(self._hired, orders)

    def dismiss(self) -> None:
        if not self.gone:
            self.gone = True
            self._standing.take_back(self._hired)

    def __getattr__(self, name: str) -> Any:
        """What else its hand says of itself (``free_mb``, ``device_name``)."""
        if name in ("free_mb", "device_name"):
            return getattr(self._hired.hand, name)
        raise AttributeError(name)


class _WarmLent(_Lent):
    """A hand that can load another renderer where it stands."""

    @property
    def depth(self) -> int:
        return self._warm.depth

    @property
    def _warm(self) -> WarmHand:
        assert isinstance(self._hired.hand, WarmHand)
        return self._hired.hand

    @property
    def free_mb(self) -> int:
        return self._warm.free_mb

    @property
    def device_name(self) -> str:
        return self._warm.device_name

    def load(self, renderer: str, budget_mb: int | None) -> None:
        self._standing.load(self._hired, renderer, budget_mb)


class _Nobody:
    def order(self, orders: list[Order]) -> None:
        raise AssertionError("nobody takes orders")

    def dismiss(self) -> None:
        return None


_NOBODY = _Nobody()
