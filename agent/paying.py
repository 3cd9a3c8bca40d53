"""A purse over the ledger: what answers of language models cost is reserved before, and settled after."""

from __future__ import annotations

from collections.abc import Callable

from ..memory.ledger import Ledger, Line, Order, new_order, now, spent
from ..memory.price import AGREED, ANY, Price, money, over_words
from ..storyboard.errors import LimitReached, OverBudget
from .limits import Limits, Used, reached
from .prices import Prices, TokenPrice, is_own

_MOST_TOKENS = 10_000_000
"""Of one answer, each way: more than any model has, whatever a server says."""


class LedgerPurse:
    """A ``Purse`` for one film; several processes may have one at the same time.

    ``budget`` says what the film may cost in all, as it is now. ``agree`` is asked, before the first
    answer of unknown price, whether it may be had, and enters that in ``budget`` where it says yes.
    """

    def __init__(
        self,
        ledger: Ledger,
        prices: Prices,
        limits: Limits,
        used: Used,
        budget: Callable[[], str],
        agree: Callable[[str], bool],
        tell: Callable[[str], None],
    ) -> None:
        self._ledger, self._prices, self._limits, self._used = ledger, prices, limits, used
        self._budget, self._agree, self._tell = budget, agree, tell
        self._open: dict[str, tuple[TokenPrice | None, int]] = {}

    def reserve(self, model: str, host: str, tokens_in: int, tokens_out: int) -> str:
        """Write down that an answer is about to be asked for; returns its order's name.

        Raises ``OverBudget`` or ``LimitReached``; then nothing was asked and nothing is written down.
        """
        steps = self._limits.steps
        if steps is not None and self._used.steps >= steps:
            raise reached("steps", steps, "answers of language models in one run", steps * 2)
        price = self._prices.model(model, host)
        cost = Price(None) if price is None else price.of(tokens_in, tokens_out)
        where = f"{model} at {host}" if host else model
        self._say(price, cost, where, host, tokens_in + tokens_out)
        if cost.amount is None and not _covers_unknown(self._budget()):
            self._ask(model, where)
        line = Line(
            at=now(), order=new_order(), event="intended", kind="answer", renderer=where[:120], what="answer",
            amount=cost.amount, currency=cost.currency,
            tokens_in=min(tokens_in, _MOST_TOKENS), tokens_out=min(tokens_out, _MOST_TOKENS),
        )  # fmt: skip

        def check(orders: list[Order]) -> None:
            self._check_tokens(orders, tokens_in + tokens_out)
            there = spent(orders)
            there.add(cost)
            if cost.amount != 0 and not there.within(self._budget()):
                why = over_words(there, self._budget())
                raise OverBudget(f"{why} (An answer of {where} costs at most {cost}.) {_SAFE}")

        self._ledger.reserve(line, check)
        self._used.steps += 1
        self._open[line.order] = price, tokens_in + tokens_out
        return line.order

    def settle(self, reservation: str, tokens_in: int | None, tokens_out: int | None) -> None:
        """Enter what was really used. Where the server does not say, what was reserved counts."""
        price, reserved = self._open.pop(reservation, (None, 0))
        if tokens_in is None or tokens_out is None:
            words = "the server did not say what it used: the most that it can have been is counted"
            self._ledger.tell(Line(at=now(), order=reservation, event="received", words=words))
            return
        tokens_in, tokens_out = (max(0, min(n, _MOST_TOKENS)) for n in (tokens_in, tokens_out))
        if reserved and tokens_in + tokens_out > reserved:
            self._tell(
                f"The server says it used {tokens_in + tokens_out:,} tokens for an answer of at most "
                f"{reserved:,}. That is entered as it says; look at its bill."
            )
        cost = None if price is None else price.of(tokens_in, tokens_out).amount
        line = Line(
            at=now(),
            order=reservation,
            event="received",
            amount=cost,
            tokens_in=tokens_in,
            tokens_out=tokens_out,
        )
        self._ledger.tell(line)

    def give_back(self, reservation: str) -> None:
        """Enter that no answer was worked on: nothing is charged, and no token was used."""
        self._open.pop(reservation, None)
        self._ledger.tell(Line(at=now(), order=reservation, event="refused", tokens_in=0, tokens_out=0))

    def _check_tokens(self, orders: list[Order], more: int) -> None:
        most = self._limits.tokens
        if most is None:
            return
        before = sum(o.tokens_in + o.tokens_out for o in orders)
        if before + more > most:
            enough = max(2 * most, before + 2 * more)
            raise LimitReached(
                f"The limit of {most:,} tokens for this film would be passed: {before:,} were used, and the "
                f"next answer has up to {more:,}. {_SAFE} Go on with --limit tokens={enough}."
            )

    def _ask(self, model: str, where: str) -> None:
        words = f"What answers of {where} cost is not known here."
        if self._agree(f"{words} Have them, whatever they cost?"):
            return
        raise OverBudget(
            f'{words} Nothing was asked of it. Say so in photoplay.toml ([prices."{model}"] with input and '
            f"output of a million tokens), or allow it with --budget {ANY}. {_SAFE}"
        )

    def _say(self, price: TokenPrice | None, cost: Price, where: str, host: str, tokens: int) -> None:
        if where in self._used.told or (price is None and not _covers_unknown(self._budget())):
            return  # told already, or to be asked
        self._used.told.add(where)
        if price is None:
            words = "is not known here"
        elif cost.amount:
            words = f"at most {money(cost.amount)} {cost.currency} each (up to {tokens:,} tokens)"
        else:
            words = "nothing: it is on this machine" if is_own(host) else "nothing, as the settings say"
        self._tell(f"Answers of {where} cost {words}." if price else f"What answers of {where} cost {words}.")


_SAFE = "Everything made and paid so far is kept; the same command goes on."


def _covers_unknown(allowance: str) -> bool:
    return allowance == ANY or allowance.endswith(AGREED)
