"""Hearing: what was said, read sentence by sentence and part by part, into one draft."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable

from ...storyboard.edit_types import Edit, Insert, Remove, Retime, SetBrief, Trim
from ...storyboard.errors import BadInput
from ...storyboard.film import Film
from ..directing.understood import Deed, Talk, Understood
from . import clauses
from .acting import act
from .asked import HELP
from .bodies import PART
from .camera import camera, light
from .cues import word_set
from .draft import Cannot, Draft, Unclear
from .faces import face
from .hands import handed
from .history import deed, history
from .inserting import INSERT, insert
from .joins import joins
from .lengths import lengths
from .lines import quoted
from .looks import look
from .marks import Marked
from .parting import glued, is_command
from .pointing import Pointing
from .presence import put_in, take_out
from .questions import answer
from .refusals import refuse
from .renaming import lock, rename
from .scenes import scene_values
from .shots import move, order_told, remove, retake, swap
from .standing import stand
from .styles import mood, style
from .titles import cards, title
from .turning import turn_into
from .voices import voice
from .who_speaks import narrated, spoken
from .wish import Thread, Wish
from .wording import is_noun, tokens

LONGEST_PART = 160
"""Words of one part of a sentence that are read; a longer one is not understood."""


TOGETHER = 12
"""Parts of a sentence that may make up one wish."""


Rule = Callable[[Wish, Draft], bool]


_ALONE: tuple[Rule, ...] = (
    refuse, title, cards, quoted, lock, rename, spoken, swap, move, retake, remove, narrated, voice,
    turn_into, handed, stand, act, take_out, put_in, face,
)  # fmt: skip
"""Rules of which one at most reads a part of a sentence, in the order of asking."""


_TOGETHER: tuple[Rule, ...] = (joins, lengths, style, mood, camera, light, scene_values, look)
"""Rules that may each take something out of the same part."""


_TOPICS: dict[Rule, str] = {
    voice: "voice",
    look: "look",
    mood: "mood",
    face: "look",
    put_in: "look",
    camera: "camera",
    scene_values: "scene",
}


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
        steps = history(" ".join(word.text for word in words), marked, self.talk)
        if steps is not None:
            way = "undone" if steps < 0 else "done again"
            count = (
                "everything" if abs(steps) > 1000 else f"{abs(steps)} change{'s' if abs(steps) > 1 else ''}"
            )
            return Understood(history=steps, read_as=(f"{count} {way}",))
        if (asked := deed(marked)) is not None:
            return self._deed(asked, marked)
        if (again := self._same_again(marked)) is not None:
            return again
        found = self._pointed_back(clauses.sentences(clauses.without_asides(marked))[: clauses.MOST])
        for number, sentence in enumerate(found):
            after = found[number + 1] if number + 1 < len(found) else None
            if after is not None and self._tells_what_is(sentence, after):
                self._follow(sentence)
                self.remarks.append(sentence.raw().strip(" ,;.!?"))
            else:
                self._sentence(sentence)
        return self._result(marked)

    def _deed(self, asked: Deed, marked: Marked) -> Understood:
        shots = tuple(i for r in marked.of("shot") for i in r.ids)
        return Understood(
            deed=asked,
            shots=shots,
            read_as=(
                {
                    "render": "render",
                    "board": "show the storyboard",
                    "quote": "say what it would cost",
                    "show": "show it",
                    "approve": "yes",
                    "stop": "stop, change nothing",
                }[asked],
            ),
        )

    def _same_again(self, marked: Marked) -> Understood | None:
        """``the same for shot 4``, ``her cap too``: what was said last, about something else."""
        if not self.talk.said or len(marked.items) > 14:
            return None
        before = self.talk.said[-1]
        same = re.match(
            r"(?:(?:and|now|do|also|please|ok|then|,) )*(?:the )?same(?: thing| again)? (?:for|to|in|"
            r"with|at|on) (?P<what>.+?)(?: please| too)?(?: [.!])*$"
            r"|(?:and |also )*(?P<what2>(?:@\w+ )?(?:'s )?[\w' -]+) (?:too|as well)(?: please)?(?: [.!])*$",
            marked.text,
        )
        if same is None:
            return None
        old = self.pointing.mark(before, tokens(before, self.pointing.index.words))
        group = "what" if same["what"] else "what2"
        new = marked.raw(same, group)
        parts = marked.part(0, len(marked.items))
        refs = [
            r for r in parts.of("shot", "scene", "it") if r.sort != "it" or "sh" in r.words or "sc" in r.words
        ]
        spot = next((i for i in old.items if i.ref is not None and i.ref.sort in ("shot", "scene")), None)
        worn, word = PART.search(same[group]), PART.search(before.lower())
        if refs and spot is not None:
            words = before[: spot.start] + new + before[spot.stop :]
        elif worn is not None and word is not None and not refs:
            words = before[: word.start(1)] + worn[1] + before[word.end(1) :]
        else:
            being = next(
                (i for i in old.items if i.ref is not None and i.ref.sort in ("being", "thing")), None
            )
            other = parts.of("being", "thing")
            if being is None or not other or refs:
                return None
            words = before[: being.start] + new + before[being.stop :]
        talk = Talk(shots=self.talk.shots, entities=self.talk.entities, said=self.talk.said[:-1])
        return Reading(self.film, talk).read(words)

    def _pointed_back(self, found: list[Marked]) -> list[Marked]:
        """Sentences that only say what the one before is about join it ("Winter. The whole film.")."""
        kept: list[Marked] = []
        for sentence in found:
            if kept and self._only_points(sentence) and not clauses.is_question(sentence):
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
        self._parts(glued(found))

    def _parts(self, found: list[tuple[Marked, str]]) -> None:
        at = 0
        while at < len(found):
            at += self._step(found, at)

    def _step(self, found: list[tuple[Marked, str]], at: int) -> int:
        """Read the part at ``at``, with as many after it as belong to it; how many were read."""
        part, before = found[at]
        rest = clauses.joined(found[at : at + TOGETHER]) if at + 1 < len(found) else part
        if self._whole_sentence(rest, found, at):
            return self._consumed
        if self._only_points(part) and at + 1 < len(found):
            self._lead(part)
            return 1
        if at + 1 < len(found) and self._complains(part, found[at + 1][0]):
            self._follow(part)
            self.remarks.append(part.raw().strip(" ,;.!?"))
            return 1
        if (self.draft.edits or self.draft.read_as) and re.match(
            (
                r"(?:like|as if|as though|because|since) |(?:it|that|there|this|@i\d+) (?:'s|is|was) "
                r"(?!.*\b(?:should|must|now|too)\b)"
            ),
            part.text,
        ):
            self._follow(part)
            self.remarks.append(part.raw().strip(" ,;.!?"))
            return 1
        attempt = self._attempt(part)
        if attempt is not None:
            self._keep(attempt)
            return 1
        if (again := self._too(part)) is not None:
            self._keep(again)
            return 1
        remark = clauses.is_remark(part, before) or (
            at > 0
            and self._only_points(found[at - 1][0])
            and re.match(r"(?:the|those|both|that|these)\b", part.text) is not None
        )
        for size in (2, 3, 4):
            if at + size > len(found) or (remark and size > 2):
                break
            if remark and is_command(found[at + size - 1][0]):
                break
            joined = clauses.joined(found[at : at + size])
            attempt = self._attempt(joined)
            if attempt is not None and not self._alone(found[at + size - 1][0]):
                self._keep(attempt)
                return size
        self._follow(part)
        text = part.raw().strip(" ,;.!?")
        if remark:
            self.remarks.append(text)
        elif text:
            self.draft.unread.append(text)
        return 1

    def _tells_what_is(self, sentence: Marked, after: Marked) -> bool:
        """Whether a sentence only tells what is seen now, and the one after it what to do about it."""
        asked, _ = clauses.bare(after)
        tells = re.search(r"@b\d+ (?:is|'s) [a-z]+ing\b.* but |\bbut @b\d+ [a-z]+s\b", sentence.text)
        return (
            tells is not None
            and is_command(after)
            and bool(asked.of("it"))
            and not re.search(r"\b(?:should|must|make|let|put|want|please)\b", sentence.text)
        )

    def _too(self, part: Marked) -> tuple[Draft, Wish, str] | None:
        """``and 9 too``: the wish before it, for something else."""
        asked, _ = clauses.bare(part)
        words = [i.text for i in asked.items if i.ref is None]
        refs = [i for i in asked.items if i.ref is not None]
        idle = {
            "too",
            "also",
            "as",
            "well",
            "the",
            "same",
            "for",
            "with",
            "in",
            "and",
            "please",
            "likewise",
            "to",
            "goes",
        }
        if self.last is None or len(refs) != 1 or any(w not in idle for w in words):
            return None
        new = refs[0]
        items, found = [], False
        for item in self.last.items:
            if not found and item.ref is not None and new.ref is not None and item.ref.sort == new.ref.sort:
                items.append(new)
                found = True
            else:
                items.append(item)
        return self._attempt(Marked(items, part.said, part.refs)) if found else None

    def _complains(self, part: Marked, after: Marked) -> bool:
        """Whether a part only says what is wrong, and the one after it what to do about it."""
        wrong = re.search(
            (
                r"\b(?:too|drags?|feels?|wrong|boring|weird|odd|bad|ugly|don't like|doesn't work|terrible|"
                r"awful|strange)\b"
            ),
            part.text,
        )
        asked, _ = clauses.bare(after)
        refs = asked.of("shot", "scene", "being", "thing", "place", "it")
        return (
            bool(wrong)
            and is_command(after)
            and all(r.pronoun or r.sort == "it" or r in part.of("being", "shot") for r in refs)
            and not part.text.startswith(("make", "put", "let"))
        )

    def _alone(self, part: Marked) -> bool:
        """Whether a part would be understood by itself."""
        return self._attempt(part) is not None

    def _whole_sentence(self, rest: Marked, found: list[tuple[Marked, str]], at: int) -> bool:
        """Wishes that take the rest of a sentence: a new shot with what is seen in it, an order of shots."""
        self._consumed = min(TOGETHER, len(found) - at)
        text = rest.text
        if (
            len(rest.of("quote")) == 2
            and len(found[at][0].of("quote")) == 1
            and not any(is_command(p) for p, _ in found[at + 1 :])
        ):
            attempt = self._attempt(rest, (title, cards, quoted, rename))
            if attempt is not None:
                self._keep(attempt)
                return True
        here = found[at][0].text
        ordered = re.match(r"(?:\S+ ){0,3}?(?:start|begin|open|end|finish|close)\b", here) is not None
        cue = INSERT.search(text)
        if not ordered and (
            cue is None
            or not (
                cue.start() < len(here) + 2
                or re.match(r"(?:\S+ ){0,2}(?:between|after|before|at|in|right)\b", here)
            )
        ):
            return False
        if ordered and not cue:
            attempt = self._attempt(rest, (order_told,))
            if attempt is None:
                return False
            self._keep(attempt)
            return True
        if cue is None:
            return False
        stop = min(len(found), at + TOGETHER)
        for n in range(at + 1, stop):
            points = re.match(r"@[sc]\d+", found[n][0].text) or any(
                r.words.startswith("that sc") for r in found[n][0].of("it")
            )
            if (is_command(found[n][0]) or points) and len(clauses.joined(found[at:n]).text) > cue.end() - 1:
                stop = n
                break
        whole = clauses.joined(found[at:stop]) if stop - at > 1 else found[at][0]
        attempt = self._attempt(whole, (insert,), reason=False)
        if attempt is None:
            return False
        self._consumed = stop - at
        self._keep(attempt)
        return True

    # Parts ----------------------------------------------------------------------------------------

    def _only_points(self, part: Marked) -> bool:
        """Whether a part only says where: "in the last shot", "8 and 9"."""
        asked, _ = clauses.bare(part)
        idle = word_set("function") | word_set("idle") | word_set("polite")
        words = [i.text for i in asked.items if i.ref is None]
        return (
            bool(asked.of("shot", "scene", "narrator", "being", "thing", "place", "film", "music"))
            and all(w in idle or not w[:1].isalnum() for w in words)
            and len(words) <= 5
            and not asked.of("time", "quote")
            and not any(
                w
                in (
                    "no",
                    "not",
                    "without",
                    "lose",
                    "is",
                    "are",
                    "again",
                    "above",
                    "below",
                    "before",
                    "after",
                    "left",
                    "right",
                    "should",
                    "be",
                    "out",
                    "back",
                    "over",
                    "same",
                    "put",
                    "next",
                )
                for w in words
            )
        )

    def _lead(self, part: Marked) -> None:
        self._follow(part)
        shots = tuple(i for r in part.of("shot") for i in r.ids)
        scenes = tuple(i for r in part.of("scene") for i in r.ids)
        if scenes:
            shots = shots or tuple(s.id for s in self.draft.film.shots if s.scene in scenes)
        self.thread.led, self.thread.led_scenes = shots, scenes
        if part.of("narrator"):
            self.thread.topic = "voice"

    def _attempt(
        self, part: Marked, rules: tuple[Rule, ...] | None = None, reason: bool = True
    ) -> tuple[Draft, Wish, str] | None:
        """The draft after this part, or None where it was not understood (well enough)."""
        asked, _ = clauses.bare(part)
        asked = clauses.without_reason(asked) if reason else asked
        if not 0 < len(asked.items) <= LONGEST_PART:
            return None
        wish = Wish(asked, self.pointing.index, self.talk, copy.copy(self.thread))
        draft = _copy(self.draft)
        topic = ""
        try:
            done = False
            for rule in rules or _ALONE:
                if rule(wish, draft):
                    done, topic = True, _TOPICS.get(rule, "")
                    break
            if rules is None and not done:
                for rule in _TOGETHER:
                    if rule(wish, draft):
                        done, topic = True, _TOPICS.get(rule, topic)
        except Cannot as error:
            draft = _copy(self.draft)
            draft.refused.append(str(error))
            return draft, wish, topic
        except Unclear as error:
            draft = _copy(self.draft)
            draft.question = draft.question or error.question
            draft.choices = draft.choices or error.choices
            return draft, wish, topic
        except BadInput as error:
            draft = _copy(self.draft)
            draft.refused.append(str(error))
            return draft, wish, topic
        if not done:
            return None
        left = wish.left()
        content = [w for w in Wish(asked, wish.index, wish.talk, wish.thread).left()]
        weight = sum(1.5 if is_noun(w) else 1.0 for w in left)
        if weight > max(1.0, len(content) * 0.45):
            return None
        if left:
            draft.notice(f"Not used: {' '.join(left)}.")
        return draft, wish, topic

    def _keep(self, attempt: tuple[Draft, Wish, str]) -> None:
        before = self.draft
        self.draft, wish, topic = attempt
        if not wish.refs("shot", "scene") and topic != "look" and self.draft.shots != before.shots:
            self.thread.shots = (
                tuple(s for s in self.draft.shots if s not in before.shots)[:12] or self.thread.shots
            )
        self._follow(wish.marked)
        self.last = wish.marked
        if topic:
            self.thread.topic = topic
        if topic in ("scene", "mood") and self.draft.scenes:
            self.thread.scenes = self.draft.scenes
        if self.draft.entities and wish.refs("being", "thing", "it"):
            named = [e for e in self.thread.entities if e != self.draft.entities[0]]
            self.thread.entities = (*named, self.draft.entities[0])

    def _follow(self, part: Marked) -> None:
        """Remember what a part pointed at, for the parts after it."""
        shots = tuple(dict.fromkeys(i for r in part.of("shot") for i in r.ids))
        scenes = tuple(dict.fromkeys(i for r in part.of("scene") for i in r.ids))
        if scenes:
            self.thread.scenes = scenes
            self.thread.shots = tuple(s.id for s in self.draft.film.shots if s.scene in scenes)
        if shots:
            self.thread.shots, self.thread.scenes = shots, ()
        if (shots or scenes) and re.match(
            (
                r"(?:(?:and|but|then|so|ok|also) )*(?:only |just )?(?:in|at|for|from|during|on|between) "
                r"(?:the )?@[sc]\d+"
            ),
            part.text,
        ):
            self.thread.led = shots or self.thread.shots
            self.thread.led_scenes = scenes
        if worn := PART.search(part.text):
            self.thread.part = worn[1]
        if (where := re.search(r"\b(?:for|in|at|over) (@p\d+)", part.text)) and not (shots or scenes):
            ids = part.ref(where[1]).ids
            there = tuple(s.id for s in self.draft.film.scenes.values() if s.place in ids)
            if there:
                self.thread.scenes = there
        if (
            at := re.match(r"(?:(?:and|but|then) )*(?:only )?(?:in|at|on) (@p\d+)\b", part.text)
        ) and not self.thread.led:
            ids = part.ref(at[1]).ids
            places = self.draft.film.scenes
            self.thread.led = tuple(s.id for s in self.draft.film.shots if places[s.scene].place in ids)
        for ref in part.of("being", "thing"):
            if len(ref.ids) == 1:
                self.thread.entities = (*(e for e in self.thread.entities if e != ref.ids[0]), ref.ids[0])
        if part.of("card"):
            self.thread.cards = tuple(i for r in part.of("card") for i in r.ids)
        elif shots or scenes or part.of("being", "thing"):
            self.thread.cards = ()
        if part.of("narrator"):
            self.thread.topic = "voice"
        elif part.of("music"):
            self.thread.topic = "music"

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
        _lengths_kept(draft)
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


def _copy(draft: Draft) -> Draft:
    """A draft that can be thrown away."""
    new = copy.copy(draft)
    for name in ("edits", "read_as", "shots", "entities", "notices", "refused", "unread"):
        setattr(new, name, list(getattr(draft, name)))
    return new


def _lengths_kept(draft: Draft) -> None:
    """Lengths that a person changes are the person's: an asked length or count of the film gives way."""
    film, brief = draft.film, draft.film.brief
    named = any(isinstance(e, SetBrief) and e.brief.seconds != draft.first.brief.seconds for e in draft.edits)
    timed = any(isinstance(e, Retime | Trim | Insert | Remove) for e in draft.edits)
    changes: dict[str, object] = {}
    if timed and not named and brief.seconds is not None:
        changes["seconds"] = None
        draft.notice(
            f"The film was to last {brief.seconds} s; now it lasts as long as its shots, so that no "
            f"other shot is stretched. Say a length to set one again."
        )
    if (
        brief.shots is not None
        and len(film.shots) != len(draft.first.shots)
        and brief.shots != len(film.shots)
    ):
        changes["shots"] = len(film.shots)
        draft.notice(f"{brief.shots} shots were asked for; now it is {len(film.shots)}.")
    if changes:
        edit: Edit = SetBrief(brief=brief.model_copy(update=changes))
        draft.do(edit)
