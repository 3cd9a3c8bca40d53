"""Answers: what a person says to a question that was put to them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ...storyboard.film import Film
from ..directing.understood import Talk, Tell, Understood
from .clauses import VERBS
from .cues import number_of, ordinal_of, word_set
from .index import everything
from .wording import tokens

if TYPE_CHECKING:
    from .reader import EverydayReader

_FILLER = word_set("answer_fillers")


def resolved(reader: EverydayReader, film: Film, said: str, talk: Talk, tell: Tell) -> Understood | None:
    """What was asked for, with the answer put in; None where the words answer nothing."""
    from .hearing import Reading
    from .pointing import Pointing

    before = talk.said[-1] if talk.said else ""
    if not before or len(said.split()) > 12:
        return None
    clean = replace(talk, asked="", said=talk.said[:-1])
    first = reader.understand(film, before, clean, tell)
    pointing = Pointing(film, clean)
    marked = pointing.mark(said, tokens(said, pointing.index.words))
    rest = [i.text for i in marked.items if i.ref is None and i.text not in _FILLER]
    choice = _chosen(said, first.choices)
    refs = marked.of("shot", "scene", "film")
    shots = tuple(i for r in refs if r.sort == "shot" for i in r.ids)
    shots += tuple(s.id for r in refs if r.sort == "scene" for s in film.shots if s.scene in r.ids)
    if any(r.sort == "film" for r in refs):
        shots = tuple(s.id for s in film.shots)
    entities = tuple(i for r in marked.of("being", "thing", "place") for i in r.ids)
    if choice is None and (
        len(rest) > 1
        or any(re.fullmatch(VERBS, w) for w in rest)
        or not (shots or entities or marked.of("narrator", "film"))
    ):
        return None
    words = before
    if choice is not None and first.question.startswith("What is to be said"):
        return Reading(film, clean).read(choice)
    if choice is not None and (found := re.match(r"(s\d+[a-z]?):", choice)):
        shots = (found[1],)
    elif choice is not None and re.fullmatch(r"s\d+[a-z]?", choice):
        shots = (choice,)
    elif choice is not None and choice.startswith("scene"):
        told_number = re.search(r"\d+", choice)
        ids = [s.id for s in film.scenes.values()]
        if told_number and int(told_number[0]) <= len(ids):
            shots = tuple(s.id for s in film.shots if s.scene == ids[int(told_number[0]) - 1])
    elif choice is not None and choice == "the whole film":
        words = f"{before} in the whole film"
        shots = ()
    elif choice is not None:
        words = _put_in(before, first.question, choice)
    elif entities or marked.of("narrator"):
        every = everything(film)
        name = every[entities[0]].name if entities else "the narrator"
        words = _put_in(before, first.question, name)
    if shots and first.question.startswith("Which shot do you mean by '"):
        told = re.search(r"by '(.*)'\?", first.question)
        if told and told[1].lower() in before.lower():
            number = list(s.id for s in film.shots).index(shots[0]) + 1
            return Reading(film, clean).read(
                re.sub(re.escape(told[1]), f"shot {number}", before, flags=re.IGNORECASE)
            )
    result = Reading(
        film, replace(clean, shots=shots or clean.shots, entities=entities or clean.entities), given=shots
    ).read(words)
    return (
        None
        if result.question and result.question == first.question and result.choices == first.choices
        else result
    )


def _chosen(said: str, choices: tuple[str, ...]) -> str | None:
    """The choice that the words mean: its words, its id, or its number in the list."""
    plain = said.lower().strip(" .!?\"'")
    for choice in choices:
        if plain in (choice.lower(), choice.lower().split(":")[0]) or plain == re.sub(
            r"^the ", "", choice.lower()
        ):
            return choice
    words = [
        w
        for w in re.findall(r"[\w-]+", plain)
        if w not in ("the", "one", "shot", "scene", "please", "i", "mean")
    ]
    if (
        len(words) == 1
        and (order := ordinal_of(words[0])) is not None
        and not re.search(r"\bshot|\bscene", plain)
    ):
        return (
            choices[order - 1]
            if 0 < order <= len(choices)
            else choices[-1]
            if order == -1 and choices
            else None
        )
    if (
        len(words) == 1
        and (number := number_of(words[0])) is not None
        and not any(re.search(rf"\bs?0*{int(number)}\b", c.split(":")[0]) for c in choices)
    ):
        return choices[int(number) - 1] if 0 < number <= len(choices) and number == int(number) else None
    hits = [c for c in choices if words and all(re.search(rf"\b{re.escape(w)}", c.lower()) for w in words)]
    return hits[0] if len(hits) == 1 else None


def _put_in(before: str, question: str, name: str) -> str:
    """The earlier sentence with the answer in the place of what was unclear."""
    told = re.search(r"(?:by|Whose) '?([\w' -]+?)'?\?", question)
    word = told[1] if told else ""
    if question.startswith("Whose") and word:
        if word == "voice":
            return f"{name}: {before}"
        return re.sub(
            rf"\b(?:the |his |her )?{re.escape(word)}\b",
            f"{name}'s {word}",
            before,
            count=1,
            flags=re.IGNORECASE,
        )
    if word and re.search(rf"\b{re.escape(word)}\b", before, re.IGNORECASE):
        own = (
            "'s"
            if word.lower() in ("his", "her") and re.search(rf"\b{word} \w", before, re.IGNORECASE)
            else ""
        )
        return re.sub(rf"\b(?:the )?{re.escape(word)}\b", name + own, before, count=1, flags=re.IGNORECASE)
    if question.startswith("What of"):
        return f"{before} {name}"
    return f"{before} {name}"
