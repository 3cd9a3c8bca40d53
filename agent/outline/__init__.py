"""The outline writer: a modest story around one sentence, or a told story in its own words."""

from __future__ import annotations

from ...storyboard.errors import BadInput, Unmeetable
from ...storyboard.film import Brief
from ...storyboard.schema import clean_text
from ..writer import Tell, Written
from .tongue import language_of

MOST_FRESH_SHOTS = 40
"""Shots that the outline writer has fresh words for, about three and a half minutes."""
LONGEST_IDEA = 60_000
"""Characters of an idea or story that the outline writer reads."""
LONGEST_WORD = 800
"""Characters without a space between them that the outline writer takes for a word."""
SHORTEST_ARC_SECONDS = 20
"""A shorter film has no room for an arc: it is the idea itself, read out."""


class OutlineWriter:
    """Writes by rules, without a model. One seed, one story; never asks anything of the network."""

    name = "outline"
    model = ""

    def write(self, brief: Brief, seed: int, tell: Tell) -> Written:
        """A story for ``brief``: an arc around one sentence, or a story in its own words.

        Raises ``BadInput`` where the text has no letters, is longer than ``LONGEST_IDEA`` or has a word
        longer than ``LONGEST_WORD``, and ``Unmeetable`` where a story's own words do not fit into the asked
        seconds.
        """
        if len(brief.idea) > LONGEST_IDEA:
            raise BadInput(
                f"The story has {len(brief.idea):,} characters. The outline writer reads up to "
                f"{LONGEST_IDEA:,}: split it into several films, or shorten it. Nothing was made."
            )
        text = clean_text(brief.idea).strip()
        if not any(c.isalpha() for c in text):
            raise BadInput(
                "There are no words in the story, so there is nothing to tell. "
                'Write a sentence, such as "A lighthouse keeper befriends a lost whale". Nothing was made.'
            )
        from . import compose, idea, own_lines, own_words

        def said(word: str) -> int:
            return sum(c.isalnum() for c in word) - own_lines.dense(word)

        longest = max(text.split(), key=said)
        if said(longest) > LONGEST_WORD:
            raise BadInput(
                f"A word of the story ({longest[:24]!r}...) has {len(longest):,} characters, which nobody "
                "can say. Take it out, or put spaces into it. Nothing was made."
            )
        language = language_of(text)
        if language != "en":
            tell(f"Telling the story in its own words ({language})")
            return Written(own_words.tell_story(text, brief, seed, language), (_MODEST, _foreign(language)))
        if own_lines.is_told(text):
            tell("Telling the story in its own words")
            return Written(own_words.tell_story(text, brief, seed, language), (_MODEST, _OWN_WORDS))
        if brief.characters == 0:
            tell("Telling the idea over its places, since no characters are wished")
            return Written(own_words.tell_story(text, brief, seed, language), (_MODEST, _NOBODY))
        notices: tuple[str, ...] = (_MODEST,)
        if brief.seconds is not None and brief.seconds < SHORTEST_ARC_SECONDS:
            try:
                told = own_words.tell_story(text, brief, seed, language)
                return Written(told, (_MODEST, _SHORT))
            except Unmeetable:
                notices = (_MODEST, _WORDLESS)
        tell("Finding who, where and what they want")
        reading = idea.read_idea(text)
        tell("Laying an arc over it")
        long = (_REPEATS,) if compose.shot_count(brief) > MOST_FRESH_SHOTS else ()
        return Written(compose.compose(reading, brief, seed), (*notices, *long))


def is_idea(text: str) -> bool:
    """True for a sentence that wants a story around it; False for what is told in its own words."""
    from . import own_lines

    return language_of(text) == "en" and not own_lines.is_told(text)


_MODEST = (
    "The built-in outline writer wrote this film, by rules and without a language model: a simple story. "
    "For a better one set OPENAI_API_KEY (or OPENAI_BASE_URL for a server of your own) and add "
    "--writer openai."
)
_REPEATS = (
    "The outline writer knows short tales best: over about three and a half minutes its trials "
    "begin to repeat. Hand in a longer story of your own, or use a language model."
)
_SHORT = (
    f"A film under {SHORTEST_ARC_SECONDS} seconds has no room for an arc: it is narrated by the idea itself."
)
_WORDLESS = "The film is too short for the idea to be spoken in it: it has no narration."
_OWN_WORDS = "The story is narrated in its own words, sentence by sentence; nothing was added to them."

_NOBODY = "No characters were wished: the film shows places, and the idea is narrated as it is."


def _foreign(language: str) -> str:
    return (
        f"The text seems to be in another language than English ({language}), which the outline writer "
        "cannot read. The film is narrated by the text itself, and its pictures stay general."
    )
