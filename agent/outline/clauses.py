"""The clauses of an idea: who does what in each, and how it hangs on the others."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ...storyboard import lexicon
from .able import body_of
from .bank import word_set
from .chunking import Span, find_phrases, verb_indices
from .idea import Reading, main_verb
from .phrase import Phrase
from .rewording import is_participle
from .roles import Parts
from .words import (
    CLOSED,
    DETERMINERS,
    MODALS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    base_verb,
    classes,
    join,
    third,
)

MOST_WORDS = 9
"""Words of a clause that are kept after its verb."""
_NOT = frozenset(
    {"never", "not", "cannot", "can't", "couldn't", "won't", "refuses", "nobody", "without", "no"}
)
_STOPS = SUBORDINATORS | RELATIVES | frozenset({",", ";", ":", "but", "-", "–", "—", "(", ")"})
_WHEN = word_set("when")
_PURE = frozenset(
    {
        "with",
        "for",
        "to",
        "into",
        "through",
        "over",
        "after",
        "from",
        "across",
        "at",
        "around",
        "up",
        "along",
        "past",
        "down",
        "toward",
    }
)
"""Prepositions whose phrases belong to what is done, and are kept."""


PEOPLE = ("hero", "other", "third")
"""Roles of those who act."""
_ASKING = frozenset(
    {
        "sing",
        "rock",
        "ask",
        "teach",
        "tell",
        "help",
        "let",
        "order",
        "invite",
        "beg",
        "force",
        "train",
        "show",
    }
)
"""Verbs after which another does what follows "to"."""


@dataclass(frozen=True)
class Clause:
    """One verb of the idea with whoever does it."""

    actor: str
    """hero, other, third, both, thing, or "" for anything else."""
    verb: str
    rest: str
    """After the verb, with roles in place of the phrases that are one."""
    link: str
    """main, and, but, until, while, because, after, who, to, must, can, want; or other."""
    negated: bool


def read_clauses(reading: Reading, parts: Parts) -> list[Clause]:
    """The clauses of the idea in order, whoever acts in them."""
    words = list(reading.words)
    main = main_verb(words)
    if main is None:
        return []
    verbs = sorted(
        v for v in verb_indices(words, main) | _joined(words, main) if v == main or _is_verb(words, v)
    )
    spans = find_phrases(words, set(verbs))
    found: list[Clause] = []
    actor = "hero"
    for n, at in enumerate(verbs):
        link, start = _link(words, at, main, verbs[n - 1] if n else -1)
        subject = [s for s in spans if start <= s.start and s.stop <= at]
        told = words[start:at]
        if at == main:
            actor = "both" if "{other}" in parts.subject or parts.subject.startswith("the two") else "hero"
            actor = "" if reading.subject and not reading.heroes else actor
        elif link not in {"to", "want", "must", "can"}:
            actor = _before_who(spans, start, parts) if link == "who" else _actor(subject, told, parts, actor)
        verb = base_verb(words[at])
        if _is_helper(words, at):
            continue
        if link == "to" and n and base_verb(words[verbs[n - 1]]) in _ASKING:
            actor = "other"
        near = [w.lower() for w in words[max(0, at - 2) : at]]
        negated = bool(_NOT & set(near[-1:] if near[-1:] != ["to"] else near))
        rest = _rest(words, at, verbs, spans, parts, actor)
        found.append(Clause(actor, verb, rest, link, negated))
    found = _worked_at(found, reading, parts)
    return [*found, *_done_by(words, spans, parts), *_done_at_last(words, spans, parts)]


def _worked_at(clauses: list[Clause], reading: Reading, parts: Parts) -> list[Clause]:
    """The clauses with the craft in place of bare work: who works to finish a dress sews it; and of somebody
    without whom a train leaves, with running after it."""
    thing = parts.roles.get("thing")
    ends = [c for c in clauses if c.verb in _FINISHED and c.rest.startswith("{thing}")]
    made = next((verb for verb, heads in _CRAFTS.items() if thing and thing.head.lower() in heads), "")
    hero = parts.roles["hero"].head.lower()
    out = []
    for clause in clauses:
        if clause.verb == "work" and not clause.rest and ends and made:
            clause = replace(clause, verb=made, rest="{thing}")
        left = clause.verb in _LEFT and re.search(
            rf"\bwithout (?:\w+ )?{re.escape(hero)}\b", clause.rest.lower()
        )
        if left and clause.actor == "hero" and reading.things:
            clause = replace(clause, verb="run", rest="after {thing}")
        out.append(clause)
    return out


_FINISHED = frozenset({"finish", "complete", "end"})
_LEFT = frozenset({"leave", "depart", "go", "sail", "drive", "fly", "start"})
_CRAFTS = {
    "sew": {"dress", "coat", "shirt", "quilt", "gown", "suit", "cloak", "costume", "sail", "curtain",
            "trousers", "uniform", "skirt", "flag", "jacket"},
    "knit": {"scarf", "jumper", "sweater", "mittens", "socks"},
    "paint": {"painting", "picture", "portrait", "mural", "fence"},
    "write": {"book", "novel", "letter", "poem", "symphony", "play", "diary"},
    "bake": {"cake", "bread", "pie"},
    "build": {"boat", "house", "raft", "bridge", "tower", "robot", "machine", "rocket", "ship", "plane",
              "chair", "table", "toy", "kite"},
}  # fmt: skip
"""What somebody who works on a thing of that name does."""


def _done_at_last(words: list[str], spans: list[Span], parts: Parts) -> list[Clause]:
    """What is done in the end by the hero, said without them: "until the foal is found"."""
    found = []
    for span in spans:
        led = words[span.start - 1].lower() if span.start else ""
        after = [w.lower() for w in words[span.stop : span.stop + 3]]
        if led not in {"until", "till"} or len(after) < 2 or after[0] not in {"is", "are", "was", "were"}:
            continue
        role = _role(span.phrase, parts, ("other", "third", "thing"))
        if role and is_participle(after[1]) and after[2:] != ["by"]:
            found.append(Clause("hero", base_verb(after[1]), "{" + role + "}", "until", False))
    return found


def _done_by(words: list[str], spans: list[Span], parts: Parts) -> list[Clause]:
    """What is said to be done by somebody: "his violin played by a beggar girl"."""
    found = []
    for n, span in enumerate(spans[1:], 1):
        before = spans[n - 1]
        between = [w.lower() for w in words[before.stop : span.start]]
        if len(between) != 2 or between[1] != "by" or not is_participle(between[0]):
            continue
        actor, done = (
            _role(span.phrase, parts, PEOPLE),
            _role(before.phrase, parts, (*PEOPLE, "thing")),
        )
        if actor and done and actor != done:
            found.append(Clause(actor, base_verb(between[0]), "{" + done + "}", "and", False))
    return found


def _joined(words: list[str], main: int) -> set[int]:
    """Verbs in the third person after "and", "but", "who", "until" that the finite ones leave out."""
    found = set()
    for i, word in enumerate(words):
        before = words[i - 1].lower() if i else ""
        if before in {"and", "who", "but", "cannot", "must"} and "verb" in classes(word.lower()) and i > main:
            after = words[i + 1].lower() if i + 1 < len(words) else ""
            many = words[main].lower() == base_verb(words[main]) and word.lower() == base_verb(word)
            if many and before == "and" and lexicon.verb(word.lower()) is not None and after in CLOSED:
                found.add(i)
            if before != "and" or (
                word.lower() != base_verb(word) and (after in CLOSED or not after or _is_act(words, i))
            ):
                found.add(i)
    for span in find_phrases(words, found | {main}):
        led = words[span.start - 1].lower() if span.start else ""
        low = words[span.stop].lower() if span.stop < len(words) else ""
        if (
            led in {"and", "but", "until", "while", "because"}
            and "verb" in classes(low)
            and low != base_verb(low)
        ):
            found.add(span.stop)
    return found


def _is_act(words: list[str], i: int) -> bool:
    """Whether word ``i`` is the verb of an act and names nothing: "and bakes bread"."""
    low = words[i].lower()
    act = lexicon.verb(base_verb(low)) is not None and low == third(base_verb(low))
    return act and lexicon.look_up(low) is None


def _is_verb(words: list[str], at: int) -> bool:
    """Whether it is no noun or particle that looks like a verb: "late for spring", "bring it back"."""
    if at >= len(words) or words[at].lower() in {"back", "home", "down", "up", "out", "away", "last"}:
        return False
    before = words[at - 1].lower() if at else ""
    return before in {"to", "that"} or before not in PREPOSITIONS | DETERMINERS | POSSESSIVES


def _is_helper(words: list[str], at: int) -> bool:
    low = words[at].lower()
    if low in MODALS or low in {
        "cannot",
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "be",
        "does",
        "do",
        "did",
    }:
        return True
    after = [w.lower() for w in words[at + 1 : at + 3]]
    return base_verb(low) in _LEADING and "to" in after[:1]


_LEADING = word_set("light") | {"refuse", "love"}


def _link(words: list[str], at: int, main: int, before: int) -> tuple[str, int]:
    """How the clause hangs on what came before, and where its own words begin."""
    if at == main:
        return "main", max(before, -1) + 1
    for i in range(at - 1, max(before, -1), -1):
        low = words[i].lower()
        if low == "to" and i == at - 1:
            leads = base_verb(words[before]) if before >= 0 else ""
            return ("want" if leads in _LEADING else "to"), i + 1
        if low in MODALS or low == "cannot":
            led = words[i - 1].lower() if i else ""
            return (
                "must" if low in {"must", "shall", "will"} else "who" if led in RELATIVES else "can"
            ), i + 1
        if low in RELATIVES:
            return "who", i + 1
        if low == "but":
            return "but", i + 1
        if low in {"until", "till"}:
            return "until", i + 1
        if low in {"because", "since"}:
            return "because", i + 1
        if low in SUBORDINATORS:
            known = {"after": "after", "when": "after", "while": "while", "as": "while"}
            return known.get(low, "other"), i + 1
        if low == "and" and before >= 0:
            return "and", i + 1
    if (
        before >= 0
        and words[before].lower() in {"will", "would"}
        and "not" in {w.lower() for w in words[before:at]}
    ):
        return "must", before + 1
    if (
        before >= 0
        and at - before <= 2
        and {w.lower() for w in words[before:at]} & {"cannot", "can't", "couldn't"}
    ):
        return "can", before + 1
    return ("main" if at <= main or before < 0 else "and"), max(before, -1) + 1


def _actor(subject: list[Span], told: list[str], parts: Parts, last: str) -> str:
    """Who does it: the last phrase before the verb, or whoever did it before."""
    if subject:
        # "A hundred years later a girl": the last one that is somebody; else whoever stands first.
        named = [role for s in subject if (role := _role(s.phrase, parts, PEOPLE))]
        role = named[-1] if named else ""
        pair = parts.subject.startswith("the two") or "{other}" in parts.subject
        return "both" if pair and role in {"hero", "other"} else role
    said = {w.lower() for w in told}
    if said & {"nobody", "none", "noone"} or {"no", "one"} <= said:
        return ""
    hero = parts.roles["hero"]
    if said & {"he", "she", "they", "it"} and "other" in parts.roles:
        other = parts.roles["other"]
        if other.pronoun in said and hero.pronoun not in said:
            return "other"
    return last if last else "hero"


def _before_who(spans: list[Span], start: int, parts: Parts) -> str:
    """Whom "who" or "that" means: the phrase before it."""
    before = [s for s in spans if s.stop <= start]
    return _role(before[-1].phrase, parts, (*PEOPLE, "thing")) if before else "hero"


def _role(phrase: Phrase, parts: Parts, roles: tuple[str, ...]) -> str:
    """The role that a phrase of the idea has."""
    told = " ".join((*phrase.adjectives[-1:], phrase.noun)).lower()
    alike = [r for r in roles if r in parts.roles and parts.roles[r].noun.lower() == told]
    if alike:
        return alike[0]
    for role in roles:
        own = parts.roles.get(role)
        if own is None:
            continue
        if own.proper and own.proper == phrase.proper:
            return role
        if not own.proper and own.head.lower().split()[-1] == phrase.head.lower().split()[-1]:
            return role
        if own.noun.lower() == phrase.noun.lower():
            return role
    return ""


def _rest(words: list[str], at: int, verbs: list[int], spans: list[Span], parts: Parts, actor: str) -> str:
    """The words after the verb that are seen with it: roles by their name, when and where left out."""
    out: list[str] = []
    i = at + 1
    while i < len(words) and len(out) < MOST_WORDS:
        low = words[i].lower()
        if low in _STOPS or i in verbs or (low == "to" and i + 1 in verbs):
            break
        if words[i + 1 : i + 2] == ["by"] and is_participle(low):
            break
        if low in {"she", "he", "they", "it"} and (i + 1 in verbs or {*MODALS} & {*words[i + 1 : i + 2]}):
            break
        if low == "and" and any(v > i for v in verbs):
            break
        span = next((s for s in spans if s.start == i), None)
        if span is not None:
            last = out[-1] if out else ""
            if _is_when(span, words):
                out = out[:-1] if last in PREPOSITIONS else out
                break
            role = _role(span.phrase, parts, ("other", "third", "thing", "hero"))
            if role == actor or (role == "thing" and not _drawn(parts)):
                role = ""
            if span.phrase.sort == "place" and not role and last not in _PURE and last in PREPOSITIONS:
                out = out[:-1]
            elif role:
                out.append("{" + role + "}")
            else:
                out += words[span.start : span.stop]
            i = span.stop
            continue
        if low in {"it", "him", "them"} or (low == "her" and not _noun_after(words, i)):
            role = _meant(low, parts, actor)
            if not role:
                break
            out.append("{" + role + "}")
        elif low in {"too", "never", "together", "alone", "again", "slowly", "every", "each", "or"}:
            if low in {"every", "each"}:
                break
        else:
            out.append(words[i])
        i += 1
    while out and (out[-1].lower() in PREPOSITIONS | {"a", "the", "all", "and", "to", "her", "his"}):
        out.pop()
    return re.sub(r"[<>\[\]|()@]", "", join(out))


def _drawn(parts: Parts) -> bool:
    """Whether the story's thing has a drawing."""
    return "thing" in parts.figures or lexicon.look_up(parts.roles["thing"].noun, "thing") is not None


def _is_when(span: Span, words: list[str]) -> bool:
    return span.phrase.head.lower() in _WHEN or words[span.start].lower() in {"every", "each"}


def _noun_after(words: list[str], i: int) -> bool:
    return (
        i + 1 < len(words) and "noun" in classes(words[i + 1].lower()) and words[i + 1].lower() not in CLOSED
    )


def _meant(pronoun: str, parts: Parts, actor: str) -> str:
    """Whom a pronoun after a verb means."""
    other = parts.roles.get("other")
    forms = {"him": "he", "her": "she", "them": "they", "it": "it"}
    hero = parts.roles["hero"].pronoun
    if actor in {"other", "third"} and pronoun == "it" and (hero != "it" or "thing" not in parts.invented):
        return "" if "thing" in parts.invented else "thing"
    if actor in {"other", "third"} and hero in {forms[pronoun], "they"}:
        return "hero"
    if other is not None and "other" not in parts.invented and other.pronoun == forms[pronoun]:
        return "other"
    if pronoun in {"it", "them"} and "thing" not in parts.invented:
        return "thing"
    return "other" if pronoun == "it" and other is not None and body_of(other) != "hand" else ""
