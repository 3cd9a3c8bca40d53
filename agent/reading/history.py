"""Undo and redo in any words, and what else is asked for besides edits: show, quote, render, yes and no."""

from __future__ import annotations

import re

from ..directing.understood import Deed, Talk
from .cues import NUMBER, number_of, word_set
from .draft import Unclear
from .marks import Marked

ALL = 1_000_000
"""Steps of "undo everything": as many as there are."""
_UNDO = (
    r"(?:undo|un-do|revert|roll ?back|step back|go back|take (?:\S+ )?back|take back|reverse "
    r"(?:that|it|the last)|restore|put (?:it|that|@i\d+|everything|@f\d+) back|change (?:it|that|"
    r"@i\d+) back|(?:i )?changed my mind|never ?mind (?:that|the last)|cancel (?:that|the last|"
    r"@i\d+)|scratch that|scrap that|back (?:to )?(?:how|the way|what) (?:it|@i\d+|that|"
    r"everything) was|(?:drop|remove|delete|lose|cancel|discard|reject|ignore) "
    r"(?:that|the|my) (?:last |previous )(?:change|edit|step)s?|forget (?:what|everything) i "
    r"(?:just )?said|rewind|(?:the )"
    r"?(?:old|previous|other|first|earlier|original) (?:one|version|look|way) was (?:nicer|"
    r"better|fine|good)|(?:i )?(?:liked|preferred) (?:it|that|the \w+(?: one| version| look)?) "
    r"(?:(?:better |more )"
    r"?(?:before|the way it was)|better|more)|before was (?:nicer|better)|(?:i )?(?:liked|preferred|"
    r"want) the (?:old|previous|earlier|other) (?:one|version|look|way)|forget (?:that|the last|"
    r"about "
    r"(?:that|@i\d+))|not (?:that|like that)|"
    r"(?:it|that|@i\d+) was better (?:before|the way|as it was)|(?:as|like) it was(?: before)?|"
    r"back to (?:how|what|the way) (?:it|@i\d+) was|the way (?:it|@i\d+) was|discard (?:that|the "
    r"last|@i\d+)|withdraw)"
)
_REDO = (
    r"(?:redo (?!.*\b(?:shots?|scenes?|pictures?|images?|takes?)\b)(?!@[sc]|it\b|the (?:shot|scene)|"
    r"this|shot|scene|that shot)|redo$|re-do$|redo "
    r"(?:that|it|the (?:last )?(?:change|step|undo)|(?:everything|all)(?!.*\b(?:shots?|scenes?|"
    r"pictures?|images?|takes?)\b)|@i\d+|both|\d+|two|three|one)"
    r"\b|undo (?:the|that|my|your|this) (?:last )?undo|bring (?:\S+ ){0,4}back|do it after all|"
    r"put (?:it|that|@i\d+) back in|reinstate|re-apply|reapply|step forward|go forward|forward "
    r"again|i (?:want|liked|prefer) (?:it|that|@i\d+) (?:back|after all))"
)
_WORDS = (
    r"(?:change|changes|step|steps|edit|edits|thing|things|time|times|move|moves|one|ones|of "
    r"(?:those|them|these))"
)
_COUNT = re.compile(
    rf"(?:the |my |your )?(?:last |previous |past )?(?P<n>{NUMBER})(?: last| more| of (?:those|"
    rf"them|these))? ?{_WORDS}?\b"
)


def history(plain: str, marked: Marked, talk: Talk) -> int | None:
    """Steps to undo (below 0) or redo (above 0) that what was said asks for; None where it does not.

    ``plain`` are its words, ``marked`` the same with marks.
    """
    if marked.of("quote"):
        return None
    text = re.sub(r" [.!?,;:]+(?= |$)", " ,", plain).strip(" ,")
    text = re.sub(
        (
            r"^(?:(?:ok|okay|no|oh|hm+|well|yes|actually|please|sorry|wait|stop|and|but|now|then|can you|"
            r"could you|would you|let's|i want to|i 'd like to|just|nah|ah|i think|lol|ugh|argh|hey|so|"
            r"right|,) ?,? ?)+"
        ),
        "",
        text,
    )
    if re.search(r"@[q]\d+", text) or len(text.split()) > 28:
        return None
    last = talk.said[-1].lower() if talk.said else ""
    put = re.search(r"^(?:put|bring|give) (?:me |us )?(?:the|his|her|my|that) (\w+) back(?: on| in)?$", text)
    if put and put[1] in re.findall(r"\w+", last):
        return -1
    undone = bool(re.search(r"\bundo|\bback\b|\brevert|never ?mind|scratch that", last))
    redo, undo = re.search(rf"\b{_REDO}", text), re.search(rf"\b{_UNDO}", text)
    if redo is None and undo is None:
        return None
    if redo is not None and re.search(r"\bbring\b", redo[0]) and not undone:
        if re.search(r"\bbring (?:@[bo]\d+|@s\d+) back\b", marked.text) and not talk.said:
            return None
        if re.search(r"\bback (?:to|into|in|home|at) @", marked.text) or re.search(
            r"bring (?:@b\d+) back (?:in|into|to|for)", text
        ):
            return None
        redo, undo = None, redo
    if undo is not None and redo is None and _about_shots(text, marked.text, undo):
        return None
    rest = text.replace((redo or undo)[0], " ")  # type: ignore[index]
    if re.search(
        r"\b(?:should|must|make|add|insert|put|longer|shorter|camera|walks?|goes|angle)\b",
        re.sub(r"\b(?:how|what|the way) .*", "", rest),
    ):
        return None
    steps = _steps(text)
    if undone and redo is not None and undo is not None and re.match(r"undo", redo[0]):
        return steps
    if redo is not None:
        return steps
    if steps == 1 and (
        told := re.search(
            r"\bthe (?:thing|change|one|stuff|bit) (?:with|about|to|on|of) (?P<what>[a-z' -]+)$", text
        )
    ):
        if (back := _since(told["what"], talk)) > 1:
            raise Unclear(
                f"That was {back} changes ago. Are the {back} last changes to be undone?",
                (f"undo {back} changes",),
            )
        return -1
    if steps == 1 and (told := re.search(r"\bbefore (?:the|that|my|you|we|i) (?P<what>[a-z' -]+)$", text)):
        return -_since(told["what"], talk)
    return -steps


def _since(what: str, talk: Talk) -> int:
    """Steps back to before a change that was spoken of ("before the hat"). Raises ``Unclear``."""
    words = {
        w
        for w in re.findall(r"[a-z]+", what)
        if w not in word_set("function") | {"last", "change", "changed"}
    }
    if not words:
        return 1
    turns = [
        t.lower()
        for t in talk.said
        if not re.search(r"\?$|^(?:yes|ok|no|undo|redo|render|show)\b", t.lower())
    ]
    for back, turn in enumerate(reversed(turns), 1):
        if words & set(re.findall(r"[a-z]+", turn)):
            return back
    raise Unclear(
        f"Which change do you mean by {what!r}? Say how many changes are to be undone.",
        ("undo", "undo everything"),
    )


def _about_shots(text: str, marked: str, found: re.Match[str]) -> bool:
    """Whether the words move or redo a shot or somebody, rather than take a change back."""
    if re.match(r"(?:go back|step back)", found[0]):
        return not re.search(
            (
                rf"\b(?:go|step) back(?: (?:to (?:how|what|the way|before|the (?:first|old|original|previous|"
                rf"last|earlier) (?:version|one|state))|{NUMBER}|one|a|the|please|again|once|twice|by|in "
                rf"time|further|another)|$| ,)"
            ),
            text,
        )
    if re.match(r"take \S+ back|take back", found[0]):
        return bool(re.search(r"@[bo]\d+ (?:should|takes)|\bto @[pb]|@b\d+ back to", marked))
    return bool(
        re.match(r"restore|as it was|like it was", found[0])
        and re.search(r"@s\d+ (?:longer|shorter)", marked)
    )


def _steps(text: str) -> int:
    if re.search(
        (
            r"\b(?:everything|all (?:of (?:it|that|them|my|the)|the changes|my changes|changes)|@f\d+|to "
            r"the (?:very )?(?:start|beginning|original|first version)|the original|from the start|all)\b"
        ),
        text,
    ) and not re.search(r"\bafter all\b", text):
        return ALL
    if re.search(r"\btwice\b|\bboth\b|\bcouple\b", text):
        return 2
    if re.search(r"\bthrice\b", text):
        return 3
    text = re.sub(r"@\w+", " ", text)
    for found in _COUNT.finditer(text):
        if found["n"] in ("a", "an", "half", "few") and not re.search(
            r"\bfew (?:changes|steps|times)", found[0]
        ):
            continue
        number = number_of(found["n"])
        if number is not None and number >= 1 and number == int(number):
            return int(number)
    return 1


_DEEDS: tuple[tuple[Deed, str], ...] = (
    ("quote", (r"(?:what|how much) (?:would|will|does|is|do) (?:it|that|this|@i\d+|@f\d+|all (?:of )"
r"?(?:this|that)|they|the (?:change|changes|film|render\w*)|making \S+|@s\d+)?(?: \w+){0,3} "
r"?costs?\b|\b(?:quote|price|cost estimate|estimate the cost|costs?\?|how expensive|how much "
r"money|how much (?:is|will) (?:it|that|this|@i\d+))\b|\bhow long (?:would|will|does) (?:it|"
r"that|this|@i\d+) take\b|\bhow long (?:would|will) (?:the )?render")),
    ("board", (r"^(?:please |can you |could you |let me |i want to |i 'd like to )*(?:see|show|open|draw|"
r"make|print|give|display|view|look at)? ?(?:me |us )?(?:the |a |an )?(?:whole |new |current "
r"|updated )?(?:story ?board|board|contact sheet|panels|strip)\b(?: please| again| now)?$")),
    ("render", (r"^(?:(?:please|ok|okay|now|then|so|yes|great|perfect|good|lovely|fine|thanks|"
    r"go ahead and|let's|can you|could you|just) ,? "
r"?)*(?:render|shoot|roll (?:it|camera|cameras)|make the film|film it|produce|generate the "
r"film|start (?:rendering|shooting|the render)|go and (?:render|shoot)|cut (?:it|the film)"
r"(?: together)?(?: again)?|finish (?:it|the film|@f\d+)|build (?:it|@i\d+|@f\d+|the film)|"
r"make @f\d+|export @f\d+)(?: (?:it|@i\d+|@f\d+|that|this|the film|all|everything|now|again|"
r"please|them|the shots|all shots|@s\d+|then|, please|and action))*$")),
    ("show", (r"^(?:(?:please|can you|could you|let me|i want to|i 'd like to|ok|now) ,? ?)*(?:show|play|"
r"watch|see|open|display|preview|view|look at)(?: me| us)?(?: (?:the|@i\d+|@s\d+|@c\d+|@f\d+|"
r"it|that|this|result|film|whole|again|now|please|once more|how it looks|what you have|what "
r"we have|so far|current|cut))*$")),
    ("approve", (r"^(?:(?:yes|yep|yeah|yup|ok|okay|sure|please|fine|great|perfect|good|absolutely|"
    r"definitely|thanks|thank you|cheers|wow|"
r"of course) ?,? ?)*(?:yes|yep|yeah|yup|ok|okay|sure|fine|approved?|go ahead|do it|do that|"
r"do @i\d+|go for it|looks? (?:good|great|fine|right|perfect)|that 's (?:it|right|good|great|"
r"fine|perfect)|@i\d+ 's (?:good|great|fine|perfect|right)|make it so|sounds (?:good|lovely|great|"
r"fine|nice|perfect)|agreed|(?:that |"
r"@i\d+ )'s (?:lovely|beautiful|wonderful|brilliant|amazing|excellent|awesome|nice)|"
r""
r"accept(?:ed)?|confirm(?:ed)?|apply(?: (?:it|that|them|@i\d+))?|carry on|go on(?: then)?|continue|proceed|"
r"please do|perfect|i like (?:it|that|@i\d+)|great|good|love (?:it|@i\d+)|y|let's do (?:it|"
r"that|@i\d+))(?: (?:please|then|now|,|like that|it|thanks|as it is))*$")),
    ("stop", (r"^(?:(?:no|nah|nope|please|ok|okay|oh|wait) ?,? ?)*(?:stop|halt|abort|cancel|quit|"
    r"exit|bye|goodbye|"
r"enough|that 's (?:all|enough)|no|nope|nah|don't|do not|leave it|leave @i\d+(?: as it is)?|"
r"hold on|wait|n|never ?mind|forget it|not now|don't do (?:it|that|@i\d+))(?: (?:please|now|"
r"it|then|thanks|for now|rendering|everything|that))*$")),
)  # fmt: skip


def deed(marked: Marked) -> Deed | None:
    """What is asked for besides edits; None where it is something else."""
    text = re.sub(r" [.!?;]+(?= |$)", "", marked.text).strip(" ,.!?")
    if not text or re.search(r"@q\d+", text) or len(text.split()) > 16:
        return None
    return next((name for name, pattern in _DEEDS if re.search(pattern, text)), None)
