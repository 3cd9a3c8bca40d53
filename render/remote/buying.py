"""Buying one take: ordered once, then waited for and fetched as often as it takes.

    nothing --intend--> intended --submitted--> submitted --received--> received

What is known to be untaken (a refusal, "busy", no connection) is closed and may be ordered again. Where the
answer to an order was lost it may have been charged: it is asked for by ``recover``, where the server has
that, and else reported and left alone. What was ordered from a server that costs nothing is just asked again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn, TypeVar
from urllib.parse import quote

from ...memory.ledger import Order
from ...memory.price import Price
from ...memory.till import Till
from ...storyboard.errors import Refused, RenderError, Transient
from .answers import Answer, Trouble, read_clip, read_json, read_list, read_picture
from .servers import Server
from .wire import Form, Wire

T = TypeVar("T")
TRIES = 4
"""How often a call is made that may be repeated, and an order of which it is known that it was not taken."""
LONGEST_WAIT_SECONDS = 60.0
"""The longest that a server's Retry-After is waited for."""
FETCH_SECONDS = 600.0
"""For one download."""
_FIRST_WAIT, _MOST_POLL = 0.5, 10.0
Tell = Callable[[float, str], None]
"""How far it is, and a few words. May raise, to stop the waiting."""


@dataclass(frozen=True)
class Asked:
    """What is ordered: where, the fields or the form, and what the ledger calls it."""

    path: str
    what: str
    price: Price
    fields: dict[str, str]
    files: Form


class Buyer:
    """Buys from one server, for one take. ``check`` raises ``BadTake`` for a file that is none."""

    def __init__(
        self,
        server: Server,
        till: Till,
        wire: Wire,
        tell: Tell,
        check: Callable[[Path], None],
        pace: float = 1.0,
    ) -> None:
        self._server, self._till, self._wire = server, till, wire
        self._tell, self._check, self._pace = tell, check, pace

    def buy(self, asked: Asked) -> tuple[Path, Order]:
        """The file of what is ordered, and its order.

        Raises ``Transient`` where nothing is lost by another try, and ``Refused`` otherwise; the ledger says
        then how it stands.
        """
        order = self._till.order()
        if order is None:
            order = self._order(asked)
        elif order.state == "intended":
            order = self._recover(asked, order)
        elif order.state == "lost" and not self._till.has_id(order):
            raise self._refused(f"{order.words}. {self._may_be_charged(order)}")
        path = self._till.file(order)
        if order.state == "submitted" or (path is None and self._till.has_id(order)):
            # A lost one is asked for too: that costs nothing, and the settings may have been wrong before.
            self._fetch(order)
            path = self._till.file(order)
        if path is None:
            self._lose(order, f"made it ({order.order}), and its file is gone from the film's folder bought/")
        return path, order

    # -- ordering -------------------------------------------------------------------------

    def _order(self, asked: Asked) -> Order:
        """Ask for it, once; again only where it is known that it was not taken, under another order."""
        for turn in range(1, TRIES + 1):
            self._tell(0.0, f"ordered at {self._server.name}")
            order = self._till.intend(asked.what, asked.price)
            got = self._post(asked, order)
            if not isinstance(got, Trouble):
                return self._taken(order, got)
            if not got.untaken:
                self._not_made(order, got)
            words = self._clean(got.words)
            self._till.closed(order, "refused", words)
            if not got.passing:
                raise self._refused(words if got.policy else f"{words}. It was not taken, and costs nothing")
            if turn == TRIES or not self._wait(got, turn):
                raise self._passing(words)
        raise AssertionError("the last turn has returned or raised")

    def _post(self, asked: Asked, order: Order) -> Answer | Trouble:
        fields = asked.fields
        if self._server.recover == "metadata":
            fields = {**fields, "metadata[photoplay_order]": order.order}
        if self._server.videos or asked.files:
            form = [(name, (None, text.encode(), "text/plain")) for name, text in fields.items()]
            return self._wire.post(asked.path, form=[*form, *asked.files], order=order.order)
        return self._wire.post(asked.path, value=_typed(fields), order=order.order)

    def _taken(self, order: Order, answer: Answer) -> Order:
        """What came of an order in answer to it: a clip's id, or the picture itself."""
        if self._server.speech:
            return self._picture(order, answer.body)
        if not self._server.videos:
            return self._picture(order, read_picture(answer.body))
        clip = read_clip(read_json(answer.body))
        if isinstance(clip, Trouble):
            self._not_made(order, clip)
        self._submitted(order, clip.id)
        return order

    def _submitted(self, order: Order, server_id: str) -> None:
        if not self._till.submitted(order, server_id):
            words = f"gave the id {server_id} for two orders, so it cannot be told which clip is whose"
            self._till.closed(order, "lost", words)
            raise self._refused(f"{words}. {self._may_be_charged(order)}")

    def _picture(self, order: Order, got: bytes | str | Trouble) -> Order:
        """The picture of an answer, kept. A link to it is followed at the server's own host only."""
        draft = self._till.draft(order)
        fetched: object = got
        if isinstance(got, str):
            address = got
            fetched = self._often(lambda: self._wire.fetch(address, draft, FETCH_SECONDS))
        elif isinstance(got, bytes):
            draft.unlink(missing_ok=True)  # in a stranger's folder it may be a link
            with draft.open("xb") as file:
                file.write(got)
        if isinstance(fetched, Trouble):
            self._not_made(order, replace(fetched, untaken=False))
        try:
            self._check(draft)
        except RenderError as error:
            draft.unlink(missing_ok=True)
            words = f"sent what is no {'sound' if self._server.speech else 'picture'}: {error}"
        else:
            self._till.received(order, _suffix(draft))
            return order
        self._till.closed(order, "failed", words)
        raise self._refused(words)

    def _not_made(self, order: Order, trouble: Trouble) -> NoReturn:
        """The server may have taken it, and nothing came. Raises; closes the order where that is sure."""
        words = self._clean(trouble.words)
        if trouble.policy:
            self._till.closed(order, "failed", words)
            raise self._refused(words)
        if self._free(order):
            self._till.closed(order, "refused", words)
            raise self._passing(words) if trouble.passing else self._refused(words)
        if self._server.recover and trouble.passing:
            raise self._passing(f"{words}; it is asked what became of the order")
        raise self._refused(f"{words}. {self._may_be_charged(order)}")

    def _recover(self, asked: Asked, order: Order) -> Order:
        """An order whose answer was lost: in this run, or by a kill."""
        if self._free(order):
            self._till.closed(
                order, "refused", "its answer was lost; it costs nothing and is asked for again"
            )
            return self._order(asked)
        if self._server.recover == "idempotency-key":
            got = self._often(lambda: self._post(asked, order))
            if not isinstance(got, Trouble):
                return self._taken(order, got)
            self._not_made(order, got)
        if self._server.recover == "metadata":
            return self._listed(order)
        raise self._refused(f"did not answer to the order, or it was cut off. {self._may_be_charged(order)}")

    def _listed(self, order: Order) -> Order:
        got = self._often(lambda: self._wire.get("/videos?limit=100&order=desc"))
        found = got if isinstance(got, Trouble) else read_list(got.body, order.order)
        if isinstance(found, Trouble):
            if found.passing:
                raise self._passing(self._clean(found.words))
            raise self._refused(f"{self._clean(found.words)}. {self._may_be_charged(order)}")
        if found is None:  # a list is no proof: it may be long, or late
            raise self._refused(
                f"has none of its last 100 clips under the order {order.order}. {self._may_be_charged(order)}"
            )
        self._submitted(order, found.id)
        return order

    # -- waiting and fetching -------------------------------------------------------------

    def _fetch(self, order: Order) -> None:
        """Wait until a clip is made, and download it: as often as it takes, never ordered anew."""
        self._await(order)
        path, words = f"/videos/{quote(order.id, safe='')}/content", ""
        draft = self._till.draft(order)
        for turn in range(1, TRIES + 1):
            self._tell(1.0, f"fetched from {self._server.name}")
            got = self._wire.fetch(path, draft, FETCH_SECONDS)
            if isinstance(got, Trouble) and got.gone:
                self._lose(order, f"does not know the clip {order.id} any more ({got.words})")
            if not isinstance(got, Trouble):
                try:
                    self._check(draft)
                except RenderError as error:
                    words = str(error)
                    got = Trouble(f"sent what is no clip ({error})", passing=True)
                else:
                    self._till.received(order, "mp4")
                    return
            draft.unlink(missing_ok=True)
            words = self._clean(got.words)
            if not got.passing or turn == TRIES or not self._wait(got, turn):
                break
        raise self._refused(
            f"{words}. The clip is made and ordered once ({order.order}); the same command fetches it again"
        )

    def _await(self, order: Order) -> None:
        end, pause = time.monotonic() + self._server.patience, self._pace
        path = f"/videos/{quote(order.id, safe='')}"
        while True:
            got = self._often(lambda: self._wire.get(path))
            if isinstance(got, Trouble) and got.gone:
                self._lose(order, f"does not know the clip {order.id} any more ({got.words})")
            clip = got if isinstance(got, Trouble) else read_clip(read_json(got.body))
            if isinstance(clip, Trouble):
                words = self._clean(clip.words)
                if clip.passing:
                    raise self._passing(words)
                raise self._refused(f"{words}. The order {order.order} stands; the same command asks again")
            if clip.state == "done":
                return
            if clip.state == "failed":
                words = self._clean(clip.words)
                why = "refuses what is to be seen" if clip.policy else "could not make the clip"
                self._till.closed(order, "failed", words)
                raise self._refused(f"{why} ({words}); it may be charged all the same")
            if time.monotonic() > end:
                raise self._refused(
                    f"has not made the clip within {self._server.patience} s (it says {clip.words}). The "
                    f"order {order.order} stands and is not given twice: the same command goes on waiting"
                )
            self._tell(clip.share, f"{clip.words} at {self._server.name}")
            self._sleep(min(pause, max(0.0, end - time.monotonic())), clip.share)
            pause = min(_MOST_POLL * self._pace, pause * 1.5)

    def _lose(self, order: Order, words: str) -> NoReturn:
        """What was made is gone. What costs nothing is asked for again."""
        words = self._clean(words)
        if self._free(order):
            self._till.closed(order, "refused", words)
            raise self._passing(words)
        self._till.closed(order, "lost", words)
        raise self._refused(f"{words}. {self._may_be_charged(order)}")

    # -- trying again ---------------------------------------------------------------------

    def _often(self, call: Callable[[], T | Trouble]) -> T | Trouble:
        """A call that changes nothing, repeated while its trouble may pass."""
        for turn in range(1, TRIES + 1):
            got = call()
            if not isinstance(got, Trouble) or not got.passing or turn == TRIES or not self._wait(got, turn):
                return got
        raise AssertionError("the last turn has returned")

    def _wait(self, trouble: Trouble, turn: int) -> bool:
        """Wait before the next try; False where the server asks for longer than anybody waits."""
        wait = _FIRST_WAIT * self._pace * 2**turn if trouble.wait is None else trouble.wait
        if wait > LONGEST_WAIT_SECONDS:
            return False
        self._tell(0.0, self._clean(f"{self._server.name} {trouble.words}; again in {wait:.0f} s"))
        self._sleep(wait, 0.0)
        return True

    def _sleep(self, seconds: float, share: float) -> None:
        """Sleep, and ask now and then whether to stop."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(0.2, left))
            self._tell(share, "")

    # -- words ----------------------------------------------------------------------------

    @staticmethod
    def _free(order: Order) -> bool:
        return order.price.amount == 0

    def _clean(self, words: str) -> str:
        return self._server.without_secrets(words)

    def _may_be_charged(self, order: Order) -> str:
        return (
            f"The order {order.order} may have been charged ({order.price}), and is not given again by "
            f"itself. {_release(order)}"
        )

    def _refused(self, words: str) -> Refused:
        return Refused(self._clean(f"{self._server.name} at {self._server.host} {words.rstrip('.')}."))

    def _passing(self, words: str) -> Transient:
        return Transient(self._clean(f"{self._server.name} at {self._server.host} {words.rstrip('.')}."))


def _release(order: Order) -> str:
    return (
        "Look at the server's own bill; to order it again all the same: "
        f"photoplay cost DIR --release {order.order}"
    )


_NUMBERS: dict[str, type[int] | type[float]] = {"n": int, "seed": int, "speed": float}


def _typed(fields: dict[str, str]) -> dict[str, str | int | float]:
    """Fields as JSON has them: numbers are numbers."""
    return {name: _NUMBERS.get(name, str)(text) for name, text in fields.items()}


_SUFFIXES = (
    (b"\x89PNG", "png"),
    (b"\xff\xd8", "jpg"),
    (b"RIFF", "webp"),
    (b"fLaC", "flac"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xf3", "mp3"),
)


def _suffix(path: Path) -> str:
    """As the first bytes of a picture say."""
    with path.open("rb") as file:
        head = file.read(12)
    if head[8:] == b"WAVE":
        return "wav"
    return next((suffix for begin, suffix in _SUFFIXES if head.startswith(begin)), "png")
