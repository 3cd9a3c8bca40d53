"""The built-in reader: everyday commands in English become typed edits, by rules, without a model."""

from __future__ import annotations

import re

from ...storyboard.film import Film
from ..directing.understood import Talk, Tell, Understood
from .answering import resolved
from .hearing import Reading
from .history import deed, history
from .pointing import Pointing
from .wording import LONGEST, is_word, slip, tokens


class EverydayReader:
    """Understands everyday commands in English. Changes nothing; needs no model and no network."""

    name = "everyday"
    model = ""

    def understand(self, film: Film, words: str, talk: Talk, tell: Tell) -> Understood:
        """What ``words`` mean. Pure; what makes no sense is ``unread``, never an error."""
        said = " ".join(words[: LONGEST * 2].split())
        if not said:
            return Understood(unread=("",))
        if len(said) > LONGEST:
            return Understood(
                unread=(said[:200] + " ...",), notices=(f"At most {LONGEST:,} characters are read at once.",)
            )
        if film.story is None or not film.shots:
            return _before_the_shots(film, said, talk)
        if foreign := _foreign(said, film):
            return foreign
        if talk.asked:
            again = resolved(self, film, said, talk, tell)
            if again is not None:
                return again
        return Reading(film, talk).read(said)


def _before_the_shots(film: Film, said: str, talk: Talk) -> Understood:
    """A film that is not written yet has nothing to change; its brief and going on can be spoken of."""
    pointing = Pointing(film, talk)
    marked = pointing.mark(said, tokens(said))
    if (asked := deed(marked)) is not None:
        return Understood(deed=asked, read_as=(asked,))
    if (steps := history(" ".join(t.text for t in tokens(said)), marked, talk)) is not None:
        return Understood(history=steps, read_as=("undo" if steps < 0 else "redo",))
    return Understood(
        refused=(
            (
                "The film has no shots yet, so there is nothing to change in it. Have it written first: say "
                '"render", or run `photoplay render`.'
            ),
        )
    )


def _foreign(said: str, film: Film) -> Understood | None:
    """Words in another language than English are not read."""
    from ..outline.tongue import language_of

    letters = [c for c in said if c.isalpha()]
    if not letters:
        return None
    ascii_share = sum(c.isascii() for c in letters) / len(letters)
    words = [w.lower() for w in re.findall(r"[^\W\d_]+", re.sub(r"[\"“”«»][^\"“”«»]*[\"“”«»]", " ", said))]
    names = {
        w.lower()
        for group in (film.characters, film.props, film.places)
        for e in group.values()
        for w in re.findall(r"[^\W\d_]+", e.name)
    }
    names |= {"j", "l"}  # kinds of cuts
    known = frozenset(names)
    strange = [w for w in words if w not in names and not is_word(slip(w, known).split()[0])]
    other = len(words) >= 3 and language_of(said) != "en" and len(strange) * 4 >= len(words)
    if ascii_share < 0.5 or other or (len(words) >= 3 and len(strange) > len(words) * 0.6):
        return Understood(
            unread=(said[:300],),
            notices=(
                (
                    "The built-in reader knows English only. A language model reads other languages: use "
                    "--reader openai."
                ),
            ),
        )
    return None
