"""What the words of an idea imply without a clause of its own: nobody listens, a child is crying."""

from __future__ import annotations

import re
from dataclasses import replace

from ...storyboard import lexicon
from .able import body_of
from .clauses import Clause
from .idea import Reading
from .roles import Parts

_DOING = {
    "crying": ("cry", "spark"),
    "weeping": ("cry", "spark"),
    "sleeping": ("sleep", "lack"),
    "singing": ("sing", "answer"),
    "dancing": ("dance", "answer"),
    "laughing": ("laugh", "answer"),
    "limping": ("limp", "lack"),
    "hungry": ("eat", "after"),
    "wounded": ("lie", "lack"),
    "injured": ("lie", "lack"),
    "sick": ("lie", "lack"),
}
"""What is seen of somebody who is called so, and where."""
_UNHEEDED = re.compile(
    r"\b(?:nobody|no one|no-one|none) (?:else )?(?:knows?|listens?|believes?|comes?|cares?|notices?|sees?"
    r"|wants?|buys?|claps?|likes?|helps?|remembers?|recogni[sz]es?|laughs?|answers?|understands?|will)\b"
)
SHARED_FOOD = frozenset(
    {"bread", "loaf", "chocolate", "bar", "apple", "cake", "soup", "pie", "sandwich", "cheese", "pizza",
     "fish", "meal", "orange", "banana", "biscuit", "cookie", "lunch", "dinner", "sausage", "potato", "egg"}
)  # fmt: skip
HATS = frozenset({"crown", "hat", "cap", "helmet", "top hat", "bonnet", "tiara", "wig"})
_NEEDS_OBJECT = frozenset(
    {"drop", "hug", "kiss", "steal", "break", "throw", "lift", "hold", "sell", "release"}
)


def implied(reading: Reading, parts: Parts) -> list[tuple[str, str]]:
    """Acts by slot that the idea implies. Empty where it implies none that can be seen."""
    text = " ".join(reading.words).lower()
    other = parts.roles.get("other")
    found: list[tuple[str, str]] = []
    if other is not None and _UNHEEDED.search(text):
        found += [("try", "{other} <walk> past {hero}"), ("block", "{other} <turn> away from {hero}")]
    if other is not None and re.search(r"\b(?:everybody|everyone|all) (?:runs?|flees?|hides?)\b", text):
        found += [("try", "{hero} <run> to {other}"), ("block", "{other} <run> away from {hero}")]
    if other is not None and re.search(r"\b(?:everybody|everyone|all) laughs?\b", text):
        found.append(("block", "{other} <laugh> at {hero}"))
    if other is not None and "other" not in parts.invented:
        for word in other.adjectives:
            act, slot = _DOING.get(word.lower(), ("", ""))
            named = parts.shape != "rescue" or act != "eat"
            if act and named and body_of(other) != "still":
                found.append((slot, f"{{other}} <{act}>{' on the ground' if act == 'lie' else ' {in}'}"))
    thing = lexicon.look_up(parts.roles["thing"].noun, "thing") if "thing" not in parts.invented else None
    if reading.verb == "lose" and thing is not None and body_of(parts.roles["hero"]) == "hand":
        hat = thing.kind in HATS
        found.append(("lack", "{hero} <polish> {thing}" if hat else "!{hero} <carry> {thing} {in}"))
        found += [("after", "{hero} <put> on {thing}")] if hat else []
    if other is not None and "other" in parts.invented:
        if re.search(r"\band falls? asleep\b", text):
            found += [("after", "{other} <find> {hero}"), ("close", "{other} <wrap> {hero} in (a blanket)")]
        elif re.search(r"\band runs? away\b", text):
            found += [("after", "{other} <find> {hero}"), ("close", "{other} <hug> {hero}")]
    if re.search(r"\b(?:is|are|gets?|was|were|being) crowned\b", text):
        found += [("deed", "!{hero} <put> on (a crown)"), ("after", "{other} <bow> to {hero}")]
    if re.search(
        r"\b(?:to|at) (?:an?|the|his|her|their) (?:[\w-]+ )?(?:dance|ball|disco|party|prom)\b", text
    ):
        with_other = " with {other}" if other is not None else " {in}"
        found.append(("deed", "!{hero} <dance>" + with_other))
    if re.search(r"\bwith (?:an?|the|his|her|their|one) (?:[\w-]+ )?(?:song|lullaby|melody|tune)\b", text):
        found.append(("deed", f"!{{hero}} <{'drum' if 'drummer' in text else 'sing'}> {{in}}"))
    if re.search(r"\b(?:closes?|shuts?) (?:its|their) doors\b", text):
        found += [("deed", "{hero} <lock> the door"), ("after", "{hero} <wave> goodbye")]
    if re.search(r"\blearns? to (?:cook|bake)\b", text) and other is not None:
        found.append(("close", "{hero} <bring> {other} (a pot of soup)"))
    if other is not None and re.search(r"\b(?:burning|on fire|in flames|the fire)\b", text):
        found.append(("block", "{hero} <back> away from (a fire)"))
    if other is not None and other.head == "owner" and "thing" not in parts.invented:
        found.append(("close", "{hero} <give> {thing} to {other}"))
    self_of = re.search(r"\b(his|her) (?:younger|older|childhood) self\b", text)
    if self_of:
        own, who = ("herself", "girl") if self_of[1] == "her" else ("himself", "boy")
        found.append(("answer", f"!{{hero}} <remember> {own} as a young {who}"))
    if "absent" in parts.roles and lexicon.look_up(parts.roles["absent"].noun, "person") is not None:
        found.append(("lack", "!{hero} <remember> {absent}"))
    return found


def completed(clause: Clause, reading: Reading, parts: Parts) -> Clause:
    """The clause with the thing or being that its verb needs and that the idea names elsewhere."""
    words = [w.lower() for w in reading.words]
    if clause.verb == "set" and "free" in words and "other" in parts.roles:
        return replace(clause, verb="release", rest="{other}")
    if clause.verb == "eat" and not clause.rest and not clause.negated:
        return replace(clause, rest="(an apple)")
    if clause.rest or clause.verb not in _NEEDS_OBJECT or clause.actor not in {"hero", "both"}:
        return clause
    alive = clause.verb in {"hug", "kiss", "release"}
    if alive and "other" in parts.roles:
        return replace(clause, rest="{other}")
    return replace(clause, rest="{thing}") if not alive and "thing" not in parts.invented else clause
