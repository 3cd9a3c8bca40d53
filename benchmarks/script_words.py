"""Words of a screenplay lost, added or put in another order on the way into a film and out again: none.

``python benchmarks/script_words.py [FILE]``. The script's words are counted here by a few lines of their own,
not by Photoplay's reader, so that what that reader loses is seen.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from pathlib import Path

from photoplay.agent.script.writing import ScriptWriter, boarded
from photoplay.storyboard.film import Brief, Settings
from photoplay.storyboard.fountain import fountain_of

SCRIPT = Path(__file__).resolve().parent.parent / "examples" / "lighthouse.fountain"


def plainly(text: str) -> tuple[list[str], list[str]]:
    """(words of action, words of speech) of a script without forced marks, by its blank lines and capitals."""
    blocks = re.split(r"\n[ \t]*\n", text.split("\n\n", 1)[1])
    action: list[str] = []
    speech: list[str] = []
    for block in (b.strip() for b in blocks):
        lines = block.split("\n")
        one = len(lines) == 1
        if not block or (one and re.match(r"(?:INT|EXT)\. |(?:[A-Z ]+ TO:|FADE IN:)$", block)):
            continue
        if not one and re.fullmatch(r"[A-Z]+(?: \([A-Z.']+\))*", lines[0]):
            said = " ".join(line for line in lines[1:] if not line.startswith("("))
            speech += re.sub(r"^~|(?<=\s)~", "", said).split()
        elif block != "> THE END <":
            action += re.sub(r"^~|(?<=\n)~", "", block).split()
    return action, speech


def compare(name: str, asked: list[str], got: list[str]) -> bool:
    """Print what differs; True where nothing does."""
    lost, added = Counter(asked) - Counter(got), Counter(got) - Counter(asked)
    moved = asked != got and not lost and not added
    print(
        f"{name:9} {len(asked):5} words  lost {lost.total()}  added {added.total()}  reordered {'yes' if moved else 'no'}"
    )
    return asked == got


def main() -> int:
    """Count and print; 0 where nothing is lost, added or moved, and the second writing has equal bytes."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SCRIPT
    text = path.read_text(encoding="utf-8")
    begun = time.perf_counter()
    brief = Brief(idea=text.strip())
    film = boarded(ScriptWriter().write(brief, 0, lambda words: None).treatment, brief, Settings())
    took = time.perf_counter() - begun
    action, speech = plainly(text)
    shown = [w for shot in film.shots for w in shot.event.sentence.split()]
    said = [w for shot in film.shots for line in shot.lines for w in line.words.split()]
    good = compare("action", action, shown) & compare("speech", speech, said)
    written = fountain_of(film)
    out_action, out_speech = plainly(written)
    good &= compare("action'", action, out_action) & compare("speech'", speech, out_speech)
    again = Brief(idea=written)
    twice = fountain_of(boarded(ScriptWriter().write(again, 0, lambda w: None).treatment, again, Settings()))
    same = twice == written
    print(f"{len(film.story.scenes)} scenes, {len(film.shots)} shots, boarded in {took:.2f} s")
    print(
        f"written out twice: {len(written.encode())} and {len(twice.encode())} bytes, {'equal' if same else 'NOT equal'}"
    )
    return 0 if good and same else 1


if __name__ == "__main__":
    sys.exit(main())
