"""Clauses: what was said, cut into wishes, remarks and questions."""

from __future__ import annotations

import re

from .marks import Marked

MOST = 80
"""Parts that are read of one utterance."""
VERBS = (
    "make|put|set|move|remove|delete|cut|drop|lose|add|insert|give|let|have|change|turn|swap|"
    "switch|rename|call|name|"
    "shorten|lengthen|extend|trim|hold|redo|regenerate|replace|paint|colour|dress|undo|keep|"
    "bring|take|shoot|use|start|"
    "end|open|close|show|fade|dissolve|slow|speed|double|halve|lock|unlock|render|stop|go|do|try|"
    "remake|reshoot|zoom|"
    "pan|tilt|skip|throw|get|place|light|raise|lower|reduce|increase|see|play|say|exchange|"
    "approve|revert|restore|linger|"
    "shift|erase|kill|scrap|ditch|finish|begin|write|rewrite|mute|focus|frame|track|push|pull|"
    "follow|stretch|tighten|stay|knock|shave|snip|chop|leave|brighten|darken"
)
"""Verbs that begin a wish."""
_LEAD = (
    r"(?:(?:and|but|so|then|also|ok|okay|well|oh|no(?= ,| \.| wait| no\b)|yes|hey|hi|hm+|um+|"
    r"please|now|again|too(?= ,)|wait|actually|maybe|perhaps|"
    r"just|next|finally|instead(?! of)|lol|haha|ah|right|great|good|nice|hello|thanks|thank you|"
    r"sorry|besides|"
    r"in addition|after that|and then|secondly|firstly|lastly|for (?:the )?rest|one more thing|"
    r"by the way|btw|additionally|furthermore|plus|otherwise|anyway)(?![\w'-]) ?,? ?)*"
)
_ASKING = re.compile(
    r"^(?:(?:can|could|would|will|may|might|shall|should) (?:you|we|i|u|somebody|someone)(?: "
    r"(?:please|maybe|perhaps|possibly|also|just|then))*"
    r"(?: be so kind as to| be able to| mind)?"
    r"|(?:i|we)(?: 'd|'d| would)? (?:(?:really|also|just|still|rather|now) )*(?:want|need|like|"
    r"love|wish|prefer|think|feel|guess|would like|have|see|imagine|imagined|pictured|suggest|mean|believe)"
    r"(?: (?:you|us|that|it would be better if|we should|we could|you should|you could|to|if "
    r"you(?: could)?))*"
    r"|(?:i|we)(?: 'd|'d| would)?(?: rather| prefer)(?: to)?"
    r"|let's(?: try to| just)?|let us|how about|what about|what if(?: we|(?= @[bop]\d+ (?:was|"
    r"were|had|is)\b))|why (?:don't|not) (?:we|"
    r"you)|why not|make sure(?: that)?|"
    r"(?:you|we) (?:should|could|can|must|need to|have to|might)(?: also| maybe)?|is it possible "
    r"to|would it be possible to|do you mind|"
    r"it (?:would|'d) be (?:great|nice|good|better|cool|lovely|best|fun) (?:if (?:you|we) "
    r"(?:could |can |would )?|to )|try to|go and|feel free to|be sure to|"
    r"please|kindly|remember to|don't forget to|my wish is(?: that| to)?|i 'm thinking|i am "
    r"thinking|i 'd say|your task is to) "
)
_REASON = re.compile(
    r"(?:^| )(?:,? ?)(?:because|since|when (?=the|@)|so that|as if|as though|in order to|"
    r"otherwise|the way|just "
    r"like|much like|a bit like|more like|like (?=a |an |the |in |on |my |some |we |you |they |"
    r"when |it )|cause|i mean ,|i don't want any|i hate|i don't like|i like (?=it|that)) .*$"
)


def without_asides(marked: Marked) -> Marked:
    """Without what stands in brackets and points at nothing."""
    items, kept, at = marked.items, [], 0
    while at < len(items):
        stop = next((n for n in range(at, min(at + 40, len(items))) if items[n].text == ")"), None)
        if items[at].text == "(" and stop is not None:
            inside = items[at + 1 : stop]
            if any(i.ref is not None and i.ref.sort in ("shot", "scene") for i in inside):
                kept += inside
            at = stop + 1
            continue
        kept.append(items[at])
        at += 1
    return Marked(kept, marked.said, marked.refs)


def sentences(marked: Marked) -> list[Marked]:
    """The sentences, with their last marks (``?``) kept."""
    found, start = [], 0
    for n, item in enumerate(marked.items):
        if item.text in (".", "!", "?", ";", "...", "…") and item.ref is None:
            if n > start:
                found.append(marked.part(start, n + 1))
            start = n + 1
    if start < len(marked.items):
        found.append(marked.part(start, len(marked.items)))
    return [s for s in found if any(i.text[:1].isalnum() or i.ref for i in s.items)]


def parts(sentence: Marked) -> list[tuple[Marked, str]]:
    """A sentence cut where a new wish may begin: each part, with the word or mark before it."""
    words = [i.text for i in sentence.items]
    cuts: list[tuple[int, int, str]] = []
    n = 0
    while n < len(words):
        if (
            words[n] in (",", ":", "-", "–", "—", "and", "but", "then", "plus", "also", "so")
            and sentence.items[n].ref is None
        ):
            stop = n + 1
            after = words[stop] if stop < len(words) else ""
            if words[n] in ("so", "also", "then", "plus") and not _begins(after):
                n += 1
                continue
            while stop < len(words) and words[stop] in ("and", "but", "so", "then", "also", "plus", ","):
                stop += 1
            if n > 0 and stop < len(words):
                cuts.append((n, stop, words[n]))
            n = stop
        else:
            n += 1
    found, start, before = [], 0, ""
    for n, stop, word in cuts:
        if n > start:
            found.append((sentence.part(start, n), before))
        start, before = stop, word
    if start < len(words):
        found.append((sentence.part(start, len(words)), before))
    kept = [(part, word) for part, word in found if any(i.text[:1].isalnum() or i.ref for i in part.items)]
    return kept


def _begins(word: str) -> bool:
    """Whether a wish or a statement may begin with this word."""
    return word.startswith("@") or word in _SUBJECTS or re.fullmatch(VERBS, word) is not None


_SUBJECTS = frozenset(
    (
        "i",
        "we",
        "you",
        "please",
        "let's",
        "can",
        "could",
        "the",
        "it",
        "he",
        "she",
        "they",
        "there",
        "in",
        "at",
        "and",
        "a",
    )
)


def joined(found: list[tuple[Marked, str]]) -> Marked:
    """Neighbouring parts of one sentence as one again."""
    first, last = found[0][0], found[-1][0]
    whole = Marked([], first.said, first.refs)
    for n, (part, _) in enumerate(found):
        if n:
            between = found[n - 1][0].items[-1].stop
            gap = _gap(first.said, between, part.items[0].start)
            whole.items += gap
        whole.items += part.items
    assert last is not None
    return whole


def _gap(said: str, start: int, stop: int) -> list:  # type: ignore[type-arg]
    from .marks import Item

    found = []
    for match in re.finditer(r"[^\W_]+|[^\w\s]", said[start:stop]):
        found.append(Item(match[0].lower(), start + match.start(), start + match.end()))
    return found


def bare(part: Marked) -> tuple[Marked, bool]:
    """The part without words of politeness and asking before it; and whether there were words of asking."""
    asked = False
    items = list(part.items)
    while (
        len(items) > 1 and items[-1].ref is None and items[-1].text in (".", "!", "?", ";", ",", "…", "...")
    ):
        items.pop()
    for _ in range(6):
        text = " ".join(i.text for i in items) + " "
        lead = re.match(_LEAD, text)
        cut = len(lead[0]) if lead and lead[0].strip() and (not text[len(lead[0]) :] or True) else 0
        if cut and not text[cut:].strip():
            break
        if cut == 0:
            found = _ASKING.match(text)
            if not found or not text[found.end() :].strip():
                break
            cut, asked = found.end(), True
        count, at = 0, 0
        for item in items:
            if at >= cut:
                break
            at += len(item.text) + 1
            count += 1
        items = items[count:]
    return Marked(items, part.said, part.refs), asked


def without_reason(part: Marked) -> Marked:
    """The part without what only says why, or what it is like."""
    text = part.text
    found = _REASON.search(text)
    if found is None or not text[: found.start()].strip(" ,"):
        return part
    at, count = 0, 0
    for item in part.items:
        if at >= found.start() + (1 if found[0].startswith(" ") else 0):
            break
        at += len(item.text) + 1
        count += 1
    return part.part(0, count) if count else part


def is_question(sentence: Marked) -> bool:
    """Whether a sentence asks something, and is no wish in the form of a question."""
    text = re.sub(rf"^{_LEAD}", "", sentence.text)
    if re.match(
        (
            r"(?:should|shall|may|must) (?:i|we)\b|(?:can|could|will|do) (?:you|we|i|one) (?:still |ever "
            r"|even |already )?(?:see|hear|tell|understand|know|notice)\b"
            r"(?! (?:@[if]\d+|it|this|that) (?:all )?(?:as|in|with)\b)"
        ),
        text,
    ):
        return True
    if re.match(
        r"(?:would|will|does|do)\b.*\b(?:better|worse|matter|make sense|enough|work|too much)\b", text
    ) and text.rstrip().endswith("?"):
        return True
    if (
        _ASKING.match(text + " ")
        and not re.match(
            (
                r"(?:i|we) |what (?:about|if)|(?:should|shall|may|might|would|will|can|could) (?:i|we) "
                r"(?:(?:see|know) (?:which|what|who|how|where|if|whether|the)|have to|still|expect)\b"
            ),
            text,
        )
        and not re.match(
            r"(?:would|will|can|could) you (?:say|tell|explain|think|know|list|describe)\b", text
        )
    ):
        return False
    if re.match(r"what if @[bop]\d+ (?:was|were|had|is)\b", text):
        return False
    if re.match(r"(?:what (?:about|if we)|how about|why (?:not|don't)|let's|please)\b", text):
        return False
    if re.match(
        r"(?:can|could|would|will|may|might|should) (?:@[a-z]\d+|the|a|an|there|his|her|it)\b(?: \S+)* ?",
        text,
    ) and not re.search(r"\b(?:if|still|ever|notice|understand|mind|think|anyone|anybody)\b", text):
        return False
    if re.match(
        (
            r"(?:who|whom|whose|what|which|where|when|why|how|is|are|was|were|does|do|did|has|have|am|"
            r"isn't|doesn't|aren't|didn't|don't you) ?(?!it )"
        ),
        text,
    ) and (
        text.rstrip().endswith("?")
        or re.match(
            (
                r"(?:who|whose|what|which|where|when|why|how|is|are|does|did|was|were)\b(?! (?:i|we) (?:want|"
                r"need|'d|would))"
            ),
            text,
        )
    ):
        return not re.match(
            r"(?:have|do) (?:@|the|it|him|her|them|that|this|over|a )", text
        ) or text.rstrip().endswith("?")
    if re.match(
        r"(?:if|suppose|assuming) .*\b(?:would|will|does|is|can|could)\b", text
    ) and text.rstrip().endswith("?"):
        return True
    if re.match(
        (
            r"(?:tell me|explain|list|describe|remind me|i wonder|do you know|show me (?:which|what|who|"
            r"how|where)|i want to know|i 'd like to know)\b"
        ),
        text,
    ):
        return True
    return text.rstrip().endswith("?") and not re.match(rf"(?:{VERBS})\b", text)


def is_remark(part: Marked, word_before: str = "") -> bool:
    """Whether a part only states or comments something, and asks for no change."""
    text = re.sub(rf"^{_LEAD}", "", part.text).strip(" .!?")
    text = re.sub(r"^(?:in|at|during) @[sc]\d+ ,? ?(?=@b\d+ 's [a-z]+ing\b)", "", text)
    if not text or re.match(
        (
            r"(?:wherever|whenever|everywhere|throughout|in (?:the|all) (?:titles?|narration|lines|"
            r"texts?|dialogue)(?: too| as well|$)|too$|as well$)"
        ),
        text,
    ):
        return True
    if re.match(rf"(?:please |don't |do not )*(?:{VERBS})\b", text) and not re.match(
        r"(?:do|keep|have|see|like|go) (?:you|we|i)\b|see$|same |lol$|use$", text
    ):
        return False
    if re.search(
        (
            r"\b(?:should|must|needs? to|has to|have to|ought|let's|i want|i need|i 'd like|i would like|"
            r"we need|i wish|could|please|shouldn't|mustn't)\b"
        ),
        text,
    ):
        return False
    statement = re.match(
        r"(?:@[a-z]\d+|he|she|it|they|this|that|there|i|we|my|the [\w' -]+?|her [\w-]+|his [\w-]+|"
        r"@b\d+ 's [\w-]+|you|nobody|everybody|people|something|someone|what|why|where|who|how|which|when) ?"
        r"(?: \w+ly)? ?(?:'s|'m|'re|'d|'ve|is|are|was|were|am|isn't|doesn't|don't|didn't|wasn't|"
        r"aren't|has|had|looks?|looked|feels?|felt|seems?|came|comes|belongs?|does|did|can't|cannot|"
        r"think|thought|love|loved|like|liked|hate|hated|mean|know|meant|feel|wonder|guess|prefer|"
        r"find|found|would|gets?|goes|went|makes|works?|worked|sounds?|happens?|needs?|wants?|keeps?|"
        r"said|says|just|really|always|never|have|adds?|stays?)\b",
        text,
    )
    if statement:
        return True
    if (
        re.match(
            (
                r"(?:as|because|since|so|like|instead of|otherwise|same|thanks|sorry|too|not|no wait|wait|hm|"
                r"yes|no|ok|"
                r"lol|nowhere|everything|nothing|only|even|such|for|honestly|especially|that|whether|if|"
                r"though|although|unlike)\b"
            ),
            text,
        )
        and len(text.split()) <= 14
    ):
        return True
    if re.match(
        r"(?:@i\d+|it|this|that|they|he|she|(?:my|our) [a-z' -]+?) (?:[a-z]+s|will|would|can|is|are)\b", text
    ):
        return True
    if re.search(r"\bmakes? (?:no|zero|little|any) sense\b|\b(?:nonsense|gibberish|rubbish)\b", text):
        return True
    return len(text.split()) <= 2 and word_before != "" and "@" not in text
