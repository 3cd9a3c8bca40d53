"""Hearing: what was said, read sentence by sentence and part by part, into one draft."""

from __future__ import annotations

import re

from ...storyboard.film import Film
from ..directing.understood import Deed, Talk, Understood
from . import clauses
from .again import named_too, same_again, too
from .asked import HELP
from .attempts import INSERTING, ORDERING, QUOTING, SAYING, Attempt, Rule, attempt
from .draft import Draft, Unclear
from .durations import lengths_kept
from .following import follow, lead
from .history import deed, history
from .inserting import INSERT
from .marks import Marked
from .parting import glued, is_command
from .pointing import Pointing
from .questions import answer
from .remarking import complains, explains, only_points, tells_what_is
from .small_talk import small_talk
from .who_speaks import SAYS
from .wish import Thread
from .wording import tokens

TOGETHER = 12
"""Parts of a sentence that may make up one wish."""
_DEEDS: dict[Deed, str] = {
    "render": "render",
    "board": "show the storyboard",
    "quote": "say what it would cost",
    "show": "show it",
    "approve": "yes",
    "stop": "stop, change nothing",
}


_UNDO_FIRST = re.compile(
    r"(?:(?:please|ok|no|sorry|can you|could you) ,? ?)*(?:undo|redo|revert)(?: (?:that|it|@i\d+|"
    r"the last (?:change|one|thing)))? "
    r"?(?:,|and|then|\.|;)(?: and| then)* (?!(?:undo|redo|then|again|please)\b)\S+ \S+"
)


class Reading:
    """One reading of what was said about one film."""

    def __init__(self, film: Film, talk: Talk, given: tuple[str, ...] = ()) -> None:
        self.film = film
        self.talk = talk
        self.pointing = Pointing(film, talk)
        self.draft = Draft(film, film)
        self.thread = Thread(given=given)
        self.remarks: list[str] = []
        self.last: Marked | None = None
        """The last part that was understood."""
        self.questions: list[Marked] = []

    def read(self, said: str) -> Understood:
        """What was said, as edits, an answer, a question, or what was not understood."""
        words = tokens(said, self.pointing.index.words)
        marked = self.pointing.mark(said, words)
        try:
            steps = history(" ".join(word.text for word in words), marked, self.talk)
        except Unclear as error:
            return Understood(question=error.question, choices=error.choices)
        if steps is None and _UNDO_FIRST.match(marked.text):
            return Understood(
                refused=(
                    'Undoing and a new change go one after the other: say "undo" first, then the change. '
                    "Nothing was done.",
                )
            )
        if steps is not None:
            return Understood(history=steps, read_as=(_steps_told(steps),))
        if (asked := deed(marked)) is not None:
            shots = tuple(i for r in marked.of("shot") for i in r.ids)
            return Understood(deed=asked, shots=shots, read_as=(_DEEDS[asked],))
        if talk := small_talk(marked.text):
            return Understood(answer=talk, read_as=("nothing changes",))
        if again := same_again(self.pointing, self.talk, marked):
            before = Talk(shots=self.talk.shots, entities=self.talk.entities, said=self.talk.said[:-1])
            return Reading(self.film, before).read(again)
        found = self._pointed_back(clauses.sentences(clauses.without_asides(marked))[: clauses.MOST])
        for number, sentence in enumerate(found):
            after = found[number + 1] if number + 1 < len(found) else None
            if after is not None and tells_what_is(sentence, after):
                self._remark(sentence)
            else:
                self._sentence(sentence)
        return self._result(marked)

    def _pointed_back(self, found: list[Marked]) -> list[Marked]:
        """Sentences that only say what the one before is about join it ("Winter. The whole film.")."""
        kept: list[Marked] = []
        for sentence in found:
            if kept and only_points(sentence) and not clauses.is_question(sentence):
                last = kept.pop()
                items = [i for i in last.items if i.text not in (".", "!", "?", ";", "please")]
                while items and items[-1].text == ",":
                    items.pop()
                kept.append(
                    Marked([*items, *(i for i in sentence.items if i.ref is not None)], last.said, last.refs)
                )
            else:
                kept.append(sentence)
        return kept

    # Sentences ------------------------------------------------------------------------------------

    def _sentence(self, sentence: Marked) -> None:
        self.thread.led, self.thread.led_scenes, self.thread.only = (), (), False
        found = clauses.parts(sentence)
        if clauses.is_question(sentence):
            start = next((n for n, (part, _) in enumerate(found) if n and is_command(part)), None)
            self.questions.append(sentence)
            if start is None:
                self._follow(sentence)
                return
            for part, _ in found[:start]:
                self._follow(part)
            found = found[start:]
        found, at = glued(found), 0
        while at < len(found):
            at += self._step(found, at)

    def _step(self, found: list[tuple[Marked, str]], at: int) -> int:
        """Read the part at ``at``, with as many after it as belong to it; how many were read."""
        part, before = found[at]
        rest = clauses.joined(found[at : at + TOGETHER]) if at + 1 < len(found) else part
        if count := self._whole_sentence(rest, found, at):
            return count
        if only_points(part) and at + 1 < len(found):
            lead(self.thread, self.draft.film, part)
            return 1
        if at + 1 < len(found) and complains(part, found[at + 1][0]):
            self._remark(part)
            return 1
        if (self.draft.edits or self.draft.read_as) and explains(part):
            self._remark(part)
            return 1
        for other in (part, too(self.last, part), named_too(self.last, part)):
            if other is not None and (tried := self._attempt(other)) is not None:
                self._keep(tried)
                return 1
        return self._with_next(found, at, before)

    def _with_next(self, found: list[tuple[Marked, str]], at: int, before: str) -> int:
        """Read a part that makes no sense alone with the parts after it, else as a remark or not at all."""
        part = found[at][0]
        remark = clauses.is_remark(part, before) or (
            at > 0
            and only_points(found[at - 1][0])
            and re.match(r"(?:the|those|both|that|these)\b", part.text) is not None
        )
        for size in (2, 3, 4):
            if at + size > len(found) or (remark and size > 2):
                break
            if remark and is_command(found[at + size - 1][0]):
                break
            tried = self._attempt(clauses.joined(found[at : at + size]))
            if tried is not None and self._attempt(found[at + size - 1][0]) is None:
                self._keep(tried)
                return size
        self._follow(part)
        text = part.raw().strip(" ,;.!?")
        if remark:
            self.remarks.append(text)
        elif text:
            self.draft.unread.append(text)
        return 1

    def _whole_sentence(self, rest: Marked, found: list[tuple[Marked, str]], at: int) -> int:
        """Wishes that take the rest of a sentence: a new shot with what is seen in it, an order of shots.

        How many parts were read; 0 where it is no such wish.
        """
        every = min(TOGETHER, len(found) - at)
        here = found[at][0]
        alone = not any(is_command(p) for p, _ in found[at + 1 :])
        two = len(rest.of("quote")) == 2 and len(here.of("quote")) == 1
        if two and alone and self._kept(rest, QUOTING):
            return every
        if every > 1 and alone and SAYS.search(here.text) and self._kept(rest, SAYING):
            return every
        cue = INSERT.search(rest.text)
        if re.match(r"(?:\S+ ){0,3}?(?:start|begin|open|end|finish|close)\b", here.text) and not cue:
            return every if self._kept(rest, ORDERING) else 0
        ordered = re.match(r"(?:\S+ ){0,3}?(?:start|begin|open|end|finish|close)\b", here.text)
        if cue is None or not (
            ordered
            or cue.start() < len(here.text) + 2
            or re.match(r"(?:\S+ ){0,2}(?:between|after|before|at|in|right)\b", here.text)
        ):
            return 0
        stop = min(len(found), at + TOGETHER)
        for n in range(at + 1, stop):
            points = re.match(r"@[sc]\d+", found[n][0].text) or any(
                r.words.startswith("that sc") for r in found[n][0].of("it")
            )
            if (is_command(found[n][0]) or points) and len(clauses.joined(found[at:n]).text) > cue.end() - 1:
                stop = n
                break
        whole = clauses.joined(found[at:stop]) if stop - at > 1 else here
        return stop - at if self._kept(whole, INSERTING, reason=False) else 0

    # Parts ----------------------------------------------------------------------------------------

    def _attempt(
        self, part: Marked, rules: tuple[Rule, ...] | None = None, reason: bool = True
    ) -> Attempt | None:
        return attempt(self.draft, self.thread, self.pointing.index, self.talk, part, rules, reason)

    def _kept(self, part: Marked, rules: tuple[Rule, ...], reason: bool = True) -> bool:
        """Whether these rules understood the part; if so it is kept."""
        tried = self._attempt(part, rules, reason)
        if tried is not None:
            self._keep(tried)
        return tried is not None

    def _keep(self, tried: Attempt) -> None:
        before, wish = self.draft, tried.wish
        self.draft = tried.draft
        if not wish.refs("shot", "scene") and tried.topic != "look" and self.draft.shots != before.shots:
            self.thread.shots = (
                tuple(s for s in self.draft.shots if s not in before.shots)[:12] or self.thread.shots
            )
        self._follow(wish.marked)
        self.last = wish.marked
        if tried.topic:
            self.thread.topic = tried.topic
        if tried.topic in ("scene", "mood") and self.draft.scenes:
            self.thread.scenes = self.draft.scenes
        if self.draft.entities and wish.refs("being", "thing", "it"):
            named = [e for e in self.thread.entities if e != self.draft.entities[0]]
            self.thread.entities = (*named, self.draft.entities[0])

    def _follow(self, part: Marked) -> None:
        follow(self.thread, self.draft.film, part)

    def _remark(self, part: Marked) -> None:
        self._follow(part)
        self.remarks.append(part.raw().strip(" ,;.!?"))

    # The end --------------------------------------------------------------------------------------

    def _result(self, marked: Marked) -> Understood:
        draft = self.draft
        if not draft.done and not draft.unread and self.questions:
            return self._answered()
        if not draft.done:
            self.remarks = [r for r in self.remarks if r not in draft.unread]
            draft.unread = draft.unread or [marked.raw()[:300]]
            draft.notice(HELP)
        elif draft.edits or draft.read_as:
            for remark in (r for r in self.remarks if len(r.split()) > 2):
                draft.notice(f"Taken as a remark, not as a wish: {remark[:120]!r}.")
            for question in self.questions:
                draft.notice(f"Taken as a remark, not as a question: {question.raw()[:120]!r}.")
        lengths_kept(draft)
        return draft.understood()

    def _answered(self) -> Understood:
        for question in self.questions:
            found = answer(question, self.pointing.index, self.talk, self.thread)
            if found is not None:
                words, shots, entities = found
                return Understood(
                    answer=words, shots=shots, entities=entities, read_as=("a question; nothing changes",)
                )
        words = self.questions[0].raw()
        return Understood(
            unread=(words[:300],), notices=("That question cannot be answered from the film. " + HELP,)
        )


def _steps_told(steps: int) -> str:
    way = "undone" if steps < 0 else "done again"
    count = "everything" if abs(steps) > 1000 else f"{abs(steps)} change{'s' if abs(steps) > 1 else ''}"
    return f"{count} {way}"
