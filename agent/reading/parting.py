"""Which parts of a sentence belong together, and which are commands."""

from __future__ import annotations

import re

from . import clauses
from .marks import Marked


def is_command(part: Marked) -> bool:
    asked, polite = clauses.bare(part)
    return bool(re.match(rf"(?:{clauses.VERBS})\b(?! (?:you|we|i)\b)", asked.text)) or (
        polite and bool(asked.items)
    )


def glued(found: list[tuple[Marked, str]]) -> list[tuple[Marked, str]]:
    """Parts that only go on with the one before them are joined to it."""
    kept: list[list[tuple[Marked, str]]] = []
    for part, before in found:
        text = part.text
        on = re.match(
            (
                r"(?:like(?= [a-z]+(?: [a-z]+)?$)|as (?:a|an|the|his|her)|same \w+|not(?= (?!in @|"
                r"at @))|nowhere|instead of|rather than|"
                r"but not|only there|no one else|in (?:his|her) (?:own )?(?:head|words)|where|when|which|who|"
                r"to be exact)\b"
            ),
            text,
        ) and not re.search(r"\b(?:should|make|put|let)\b", text)
        between = (
            bool(kept)
            and re.search(r"\bbetween [^,]*$", kept[-1][-1][0].text) is not None
            and before == "and"
        )
        last = kept[-1][-1][0] if kept else None
        speaks = last is not None and (
            (before in (":", ",", "-", "–", "—") and part.items[0].text.startswith("@q"))
            or (
                re.match(r"(?:to |about |at most |maybe |say |exactly |only )*@d\d+", part.text) is not None
                and re.search(r"\b(?:longer|shorter|shorten|lengthen|trim|extend)$", last.text) is not None
            )
            or (
                before in (":", "that")
                and re.search(
                    r"\b(?:say|says|saying|said|read|reads|write|line|narration|title|words)$", last.text
                )
                is not None
            )
            or (
                before == ":"
                and len(last.items) <= 4
                and len(part.items) <= 4
                and not is_command(part)
                and not is_command(last)
                and last.of("being", "thing", "shot", "scene", "narrator")
            )
        )
        titled = (
            last is not None
            and re.search(r"\btitle\b|\b(?:call|name|rename) (?:@f\d+|@i\d+)", kept[-1][0][0].text)
            is not None
            and not is_command(part)
            and not part.of("shot", "scene", "being", "thing")
            and not re.search(r"\b(?:should|must|make|put|let)\b", text)
        )
        if kept and (on or between or speaks or titled):
            kept[-1].append((part, before))
        else:
            kept.append([(part, before)])
    return [(clauses.joined(group) if len(group) > 1 else group[0][0], group[0][1]) for group in kept]
