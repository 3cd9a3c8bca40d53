"""What is seen of verbs that have no picture of their own: a theft on wheels, mercy, a shared umbrella."""

from __future__ import annotations

import re

from ...storyboard import lexicon
from ...storyboard.vocabulary import Being
from .able import body_of
from .acting import trade_acts
from .clauses import Clause
from .phrase import Phrase
from .roles import Parts

_WHEELS = frozenset({"bicycle", "motorcycle", "scooter", "horse", "sled", "donkey"})
_STEALING = frozenset({"steal", "rob", "hijack", "borrow"})
_QUARRELS = frozenset({"fight", "quarrel", "argue"})
_ROOFS = frozenset({"umbrella", "parasol"})


_BY_AIR = re.compile(
    r"(?:too )?(?:close|near|high)\b|(?:up )?to the (?:sun|moon|stars)\b|like a bird\b|with wings\b"
)
"""Words after "flies" of somebody who does it, in a tale, with no machine and no kite."""


def event_of(clause: Clause, who: str, actor: Phrase, parts: Parts) -> list[tuple[str, str]]:
    """Slots and patterns of what is seen of the clause; empty where its verb is seen as it stands."""
    if clause.negated:
        return []
    thing, other = parts.roles["thing"], parts.roles.get("other")
    hands = body_of(actor) == "hand"
    named = "thing" not in parts.invented and "{thing}" in clause.rest
    if clause.verb in _STEALING and named and _ridden(thing):
        return [("spark", f"!{who} <climb> onto {{thing}}"), ("deed", f"!{who} <ride> {{thing}} {{in}}")]
    if clause.verb == "share" and named and thing.head.lower() in _ROOFS:
        over = (
            f"{who} <hold> {{thing}} over {{other}}" if other is not None else f"{who} <hide> under {{thing}}"
        )
        return [("spark", over)]
    if clause.verb == "knock" and not re.search(r"\b(?:at|door|window)\b", clause.rest):
        return [("deed" if clause.link in {"to", "must", "want"} else "spark", f"{who} <knock> at the door")]
    if clause.verb in _QUARRELS and named and "over {thing}" in clause.rest and other is not None and hands:
        return [("spark", f"{who} <{clause.verb}> over {{thing}}"), ("lack", "{hero} <clutch> {thing}"),
                ("try", "{other} <grab> {thing} from {hero}"), ("block", "{hero} <pull> at {thing}"),
                ("deed", "{hero} <give> {thing} to {other}")]  # fmt: skip
    if clause.verb in {"break", "burst"} and clause.rest.startswith("into") and hands:
        return [("lack", f"{who} <sneak> up to the door"), ("spark", f"{who} <open> the door")]
    if clause.verb == "spare" and hands and other is not None and "{other}" in clause.rest:
        return [("try", f"{who} <sneak> up to {{other}}"), ("deed", f"{who} <throw> (a spear) away"),
                ("after", f"{who} <wave> to {{other}}")]  # fmt: skip
    aloft = clause.verb == "fly" and clause.link == "main" and hands and actor.being in {None, Being.person}
    if aloft and "thing" in parts.invented and _BY_AIR.match(clause.rest):
        return [("spark", f"!{who} <fly> into the sky"), ("block", f"!{who} <fall> from the sky")]
    if clause.verb in {"train", "teach", "coach"} and other is not None and "{other}" in clause.rest:
        return _lesson(who, actor, other)
    return []


def _ridden(thing: Phrase) -> bool:
    return bool({thing.head.lower(), thing.kind, lexicon.behaves_as(thing.kind)} & _WHEELS)


def _lesson(who: str, actor: Phrase, other: Phrase) -> list[tuple[str, str]]:
    """Of a lesson of which nothing is said: the trade of its giver, shown and then done by the other."""
    shown = [p for p in trade_acts(actor) if p.startswith("{hero}") and "{other}" not in p]
    if not shown or body_of(other) != "hand":
        return []
    return [("spark", shown[0].replace("{hero}", who)), ("try", shown[0].replace("{hero}", "{other}"))]
