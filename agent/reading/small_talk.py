"""Small talk: thanks, greetings and thinking aloud are answered, and change nothing."""

from __future__ import annotations

import re

from .asked import HELP

_GOOD = (
    r"(?:lovely|great|nice|good|cool|wonderful|beautiful|brilliant|amazing|perfect|super|"
    r"fantastic|excellent|awesome)"
)
_THANKS = re.compile(
    rf"(?:oh |ok |okay |great |perfect |cool |yes |{_GOOD} |, )*(?:thanks|thank you|cheers|thx|ta|"
    rf"many thanks|much "
    rf"appreciated)(?: (?:a lot|a million|very much|so much|again|for (?:that|this|it|everything|"
    rf"your help)|{_GOOD}|"
    rf"you 're {_GOOD}|you are {_GOOD}|that 's {_GOOD}|it 's {_GOOD}|so|really|very|bye|,))*"
)
_GREETING = re.compile(
    r"(?:(?:hi|hello|hey|hiya|howdy|good (?:morning|evening|afternoon|day)|greetings)(?: (?:there|"
    r"you|all|,))*)"
)
_THINKING = re.compile(
    r"(?:(?:hm+|um+|uh+|er+|well|let me (?:think|see)|i 'm not sure|i am not sure|not sure|dunno|"
    r"i don't know|lol|haha|"
    r"wow|oh|ah|interesting|ok|okay|cool|nice|wait|what|no|nah|right|it 's (?:fine|ok|okay|good|"
    r"all good)|all good|one (?:moment|sec|second)|(?:a|just a) (?:moment|second)|so|yet|"
    r"about that|,|\.\.\.)(?: |$))+"
)


def small_talk(text: str) -> str:
    """The answer to small talk in marked words; empty where it is something else."""
    plain = re.sub(r" [.!?;]+(?= |$)", "", text).strip(" ,.!?")
    if _THANKS.fullmatch(plain):
        return "You are welcome. Nothing was changed."
    if _GREETING.fullmatch(plain):
        return f"Hello. {HELP}"
    if plain and _THINKING.fullmatch(plain):
        return f"Nothing was changed. {HELP}"
    return ""
