"""What is seen of things and people on their way: brought, led, got, traded, and looked for."""

from __future__ import annotations

import re
from itertools import pairwise

from ...storyboard import lexicon
from ...storyboard.vocabulary import Action
from .able import body_of, can_do
from .act import action_of
from .clauses import Clause
from .roles import Parts
from .route import BY_BOAT

InSlots = list[tuple[str, str]]
"""Slots of the film, each with the pattern of the act that is seen there."""
UNSEEN = frozenset({Action.think, Action.stand, Action.look, Action.perform})
"""Actions that the idea's own clause does not show: what is seen for them is chosen elsewhere."""
SWAPPING = frozenset({"swap", "exchange", "trade", "switch"})
_GETTING = frozenset({"get", "receive", "inherit", "borrow"})
_OPENED = frozenset(
    {"letter", "box", "chest", "parcel", "package", "envelope", "gift", "present", "suitcase", "bag", "book"}
)
"""Things that are opened by whoever gets them."""
TAKING = frozenset(
    {"carry", "bring", "take", "deliver", "row", "sail", "ride", "walk", "run", "drive", "lead", "skate",
     "travel", "go", "climb", "fly", "push", "pull", "drag", "haul", "swim", "march", "send", "return"}
)  # fmt: skip
"""Verbs of a way: what they say of somebody at its end is seen when the way is done."""
BORNE = frozenset({"carry", "bring", "take", "deliver", "drag", "haul", "send", "return"})
_WAY = frozenset({"across", "through", "over", "along", "past", "around", "up", "down"})


def on_a_way(clause: Clause, who: str, parts: Parts) -> InSlots:
    """A way to somebody, told as one: what is carried, where it leads through, and the meeting at its end."""
    words = clause.rest.split()
    goal = goal_of(clause, parts)
    at = words.index(f"{{{goal}}}") if goal else len(words)
    kept = [*words[: at - 1], *words[at + 1 :]] if goal else words
    through = bool(_WAY & set(kept)) and parts.shape == "journey"
    verb = (
        {"bring": "carry", "take": "carry", "deliver": "carry", "send": "carry"}.get(clause.verb)
        if goal
        else ""
    )
    verb = verb or ("walk" if clause.verb == "go" and goal else clause.verb)
    borne = clause.verb in BORNE and "{thing}" in kept
    if not kept and goal:
        kept = ["{in}"]
    through = through or (clause.verb in BY_BOAT and parts.shape == "journey")
    shown = [("try" if through else "spark", f"{who} <{verb}> {' '.join(kept)}")]
    if goal:
        hands = body_of(parts.roles["hero"]) == "hand"
        gives = "give" if hands else "bring"
        shown += [("deed", f"{who} <{gives}> {{thing}} to {{{goal}}}")] if borne else []
        led = kept[:1] == ["{other}"] and goal == "third" and clause.verb in BORNE
        shown += [("deed", f"{who} <bring> {{other}} to {{third}}")] if led else []
        shown += [("after", f"{{{goal}}} <hug> {{hero}}")]
        shown += [("spark", f"{who} <pick> up {{thing}}")] if borne and through else []
    return shown


def pattern_of(clause: Clause, who: str) -> str:
    """The clause as a pattern of an act."""
    rest = "{in}" if clause.verb == "sleep" and clause.actor == "other" and not clause.rest else clause.rest
    return f"{who} <{clause.verb}> {rest}".strip()


def goal_of(clause: Clause, parts: Parts) -> str:
    """The role of whoever is at the end of the way that the clause tells of, or ""."""
    words = clause.rest.split()
    if clause.verb not in TAKING or clause.negated:
        return ""
    led = [after for before, after in pairwise(words) if before == "to"]
    roles = [word.strip("{}") for word in led if word in {"{other}", "{third}"}]
    return next((role for role in roles if role in parts.roles), "")


def sought(clause: Clause, parts: Parts) -> str:
    """The role of whoever is looked for, or found in the end; or ""."""
    for role in ("other", "third"):
        called = "{" + role + "}"
        looked = clause.verb in _SEEKING and clause.rest.endswith(f"for {called}")
        found = clause.link == "until" and clause.verb == "find" and called in clause.rest
        if role in parts.roles and (looked or found):
            return role
    return ""


def given(clause: Clause, who: str, parts: Parts) -> InSlots:
    """What is seen of getting a thing, who gives it or where it is found, and of learning from somebody."""
    if clause.negated or clause.actor not in {"hero", "both"}:
        return []
    giver = next((r for r in ("other", "third") if f"from {{{r}}}" in clause.rest and r in parts.roles), "")
    if clause.verb in _GETTING and giver and "{thing}" in clause.rest:
        hands = body_of(parts.roles[giver]) == "hand"
        return [("turn", f"{{{giver}}} <{'give' if hands else 'bring'}> {{thing}} to {who}")]
    if clause.verb in _GETTING and "{thing}" in clause.rest:
        kept = bool(set(parts.roles["thing"].noun.lower().split()) & _OPENED)
        return [("spark", f"{who} <open> {{thing}}" if kept else f"{who} <find> {{thing}}")]
    action = action_of(clause.verb, "") if giver and clause.link in {"to", "want"} else None
    if action is not None and action not in UNSEEN:
        taught = can_do(parts.roles[giver], action)
        does, here = f"{who} <{clause.verb}>", "{in}"
        first = [("spark", f"{{{giver}}} <{clause.verb}> {here}")] if taught else []
        with_it = f"with {{{giver}}}" if taught else here
        return [*first, ("try", f"{does} {here}"), ("deed", f"{does} {with_it}")]
    return []


def traded(clause: Clause, who: str, parts: Parts) -> InSlots:
    """What is seen of a trade: the thing is given, and another comes back for it."""
    found = re.match(r"\{thing\} for (an? [a-z ]+)$", clause.rest)
    if clause.verb not in SWAPPING or not found or clause.actor != "hero" or clause.negated:
        return []
    whole, other = found[1].partition(" ")[2], parts.roles.get("other")
    entry = lexicon.look_up(whole, "thing")
    back = whole if entry is not None and entry.lemma == whole else whole.split()[-1]
    if other is None or body_of(other) != "hand" or lexicon.look_up(back, "thing") is None:
        return []
    return [
        ("try", f"{who} <give> {{thing}} to {{other}}"),
        ("turn", f"{{other}} <give> (a {back}) to {who}"),
    ]


_SEEKING = frozenset({"search", "seek", "look", "hunt"})
