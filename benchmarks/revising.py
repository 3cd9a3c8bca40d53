"""How much of what people say the built-in reader understands, and how exactly: see revising/README.md.

python benchmarks/revising.py --set 1 --show
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
import time
from pathlib import Path
from typing import Any

from photoplay.agent.directing.understood import Talk, Understood
from photoplay.agent.reading.reader import EverydayReader
from photoplay.memory.project import Project
from photoplay.render.plan import Planner
from photoplay.render.registry import find_renderer
from photoplay.storyboard.errors import PhotoplayError
from photoplay.storyboard.film import Film

HERE = Path(__file__).parent / "revising"


def film_of(name: str) -> Film:
    return Film.model_validate_json((HERE / f"{name}.json").read_text(encoding="utf-8"))


def keys(film: Film) -> dict[str, str]:
    """Shot id -> key of its picture."""
    plan = Planner(find_renderer).plan(film)
    return {s.id: plan.by_id[plan.shown[s.id]].key for s in film.shots}


def carried_out(project: Project, found: Understood, said: str) -> bool:
    """Carry out one turn; False where it could not be."""
    with project.lock():
        if found.unread or found.question:
            return False
        if found.history:
            way = project.undo if found.history < 0 else project.redo
            way(abs(found.history))
        elif found.edits:
            project.commit(found.edits, said, "person")
        else:
            return False
    return True


def kind_of(found: Understood) -> str:
    if found.history:
        return "history"
    if found.edits:
        return "asks" if found.unread or found.question else "change"
    return "question" if found.answer else "impossible" if found.refused or found.unread else "nothing"


def at(plain: Any, path: str) -> Any:
    """The value at a path; None where there is none."""
    for name, key in re.findall(r"([a-z_]+)|\[([^\]]+)\]", path):
        if plain is None:
            return None
        if name:
            plain = plain.get(name) if isinstance(plain, dict) else None
        elif re.fullmatch(r"-?\d+", key):
            plain = plain[int(key)] if -len(plain) <= int(key) < len(plain) else None
        else:
            plain = next((x for x in plain if key in (x.get("id"), x.get("entity"))), None)
    return plain


def holds(check: dict[str, Any], old: Any, new: Any) -> bool:
    path = check["path"]
    value, before = at(new, path), at(old, path)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    for name, wanted in check.items():
        good = {
            "path": lambda w: True,
            "is": lambda w: value == w,
            "is_not": lambda w: value != w,
            "one_of": lambda w: value in w,
            "contains": lambda w: w in (value or []) if isinstance(value, list) and w in value else w in text,
            "lacks": lambda w: w not in text,
            "count": lambda w: value is not None and len(value) == w,
            "less": lambda w: value is not None and value < before,
            "more": lambda w: value is not None and value > before,
            "changed": lambda w: value != before,
            "same": lambda w: value == before,
            "after": lambda w: value is not None and comes_after(new, value["id"], w),
            "before": lambda w: value is not None and comes_after(new, w, value["id"]),
        }[name](wanted)
        if not good:
            return False
    return True


def comes_after(film: Any, one: str, other: str) -> bool:
    ids = [s["id"] for s in film["shots"]]
    return one in ids and other in ids and ids.index(one) > ids.index(other)


def judge(request: dict[str, Any], reader: EverydayReader) -> tuple[bool, bool, str]:
    """(understood rightly, exact, what came of it) for one request."""
    first = film_of(request["film"])
    talk, why, films = Talk(), "", [first]
    with tempfile.TemporaryDirectory() as folder:
        project = Project.create(Path(folder) / "film", first, first.brief.idea, "person")
        for turn, said in enumerate(request["say"]):
            before = project.film
            films.append(before)
            found = reader.understand(before, said, talk, lambda _: None)
            judged = turn == len(request["say"]) - 1
            if not judged or kind_of(found) in ("change", "history"):
                try:
                    if not carried_out(project, found, said):
                        return False, False, f"turn {turn + 1} was not carried out: {told(found)}"
                except PhotoplayError as error:
                    return False, False, f"turn {turn + 1}: {error}"
            talk = Talk(
                shots=found.shots or talk.shots,
                entities=found.entities or talk.entities,
                said=(*talk.said, said)[-6:],
                asked=found.question,
            )
        after = project.film
    kind = kind_of(found)
    right = kind == request["kind"]
    if request["kind"] in ("question", "impossible"):
        right = kind in ("question", "impossible") and after == before
    plain_before, plain_after = before.model_dump(mode="json"), after.model_dump(mode="json")
    broken = [c for c in request["expect"] if not holds(c, plain_before, plain_after)]
    old, new = keys(before), keys(after)
    made = {pair for film in films for pair in keys(film).items()} if request["kind"] == "history" else set()
    drawn = {shot for shot, key in new.items() if old.get(shot) != key and (shot, key) not in made}
    fresh = set(new) - set(old)
    wanted = request["redrawn"]
    if wanted == "all":
        exact = drawn == set(new)
    else:
        exact = drawn - (fresh if "new" in wanted else set()) == set(wanted) - {"new"}
        exact = exact and ("new" not in wanted or bool(fresh))
    why = f"{kind}; broken {broken}; redrawn {sorted(drawn)}; {told(found)}"
    return right and not broken, exact and right, why


def told(found: Understood) -> str:
    parts = {
        "edits": [e.model_dump(mode="json", exclude_defaults=True) for e in found.edits],
        "read as": found.read_as, "answer": found.answer, "question": found.question, "choices": found.choices,
        "refused": found.refused, "unread": found.unread, "notices": found.notices, "history": found.history,
    }  # fmt: skip
    return "; ".join(f"{name}: {str(value)[:900]}" for name, value in parts.items() if value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=int, choices=(1, 2, 3, 4), default=1)
    parser.add_argument("--show", action="store_true", help="print each request that went wrong")
    asked = parser.parse_args()
    lines = (HERE / f"requests-{asked.set}.jsonl").read_text(encoding="utf-8").splitlines()
    requests = [json.loads(line) for line in lines if line.strip()]
    reader, right, exact, both, slowest = EverydayReader(), 0, 0, 0, 0.0
    for number, request in enumerate(requests, 1):
        begun = time.perf_counter()
        try:
            good, close, why = judge(request, reader)
        except (PhotoplayError, ValueError, LookupError, TypeError, AttributeError) as error:
            good, close, why = False, False, f"failed: {type(error).__name__}: {error}"
        slowest = max(slowest, time.perf_counter() - begun)
        right, exact, both = right + good, exact + close, both + (good and close)
        if asked.show and not (good and close):
            print(f"{number:2} {'' if good else 'NOT UNDERSTOOD '}{'' if close else 'NOT EXACT '}")
            print(
                f"   {request['say']}\n   wanted {request['kind']} {request['expect']} {request['redrawn']}"
            )
            print(f"   {why}\n")
    total = len(requests)
    print(f"set {asked.set}: {total} requests")
    print(f"understood rightly: {right} ({right / total:.0%})")
    print(f"exact: {exact} ({exact / total:.0%})")
    print(f"both: {both} ({both / total:.0%})")


if __name__ == "__main__":
    main()
