"""``photoplay batch``: many films, one command."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from ..storyboard.errors import BadInput

Option = Annotated[str | None, typer.Option()]
_TOTAL = "What all films may cost together, such as 50; each may cost at most its --budget."


def batch(
    source: Annotated[
        Path, typer.Argument(metavar="FILMS", help="Rows (.jsonl, .csv), or a folder of scripts and texts.")
    ],
    out: Annotated[Path, typer.Option(help="Where the films' folders are made.")] = Path("films"),
    jobs: Annotated[str | None, typer.Option(help="Films at a time (2; with a GPU 1).")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="What it would make and cost; nothing is.")
    ] = False,
    only: Annotated[list[str] | None, typer.Option(help="Only this film (may be repeated).")] = None,
    failed: Annotated[
        bool, typer.Option("--failed", help="Only films that failed in the run before.")
    ] = False,
    total: Annotated[str | None, typer.Option(help=_TOTAL)] = None,
    budget: Annotated[str | None, typer.Option(help="What each film may cost, such as 2.50, or any.")] = None,
    seconds: Annotated[str | None, typer.Option(help="Length of each, such as 60 or 1:15.")] = None,
    size: Option = None,
    fps: Option = None,
    seed: Option = None,
    shots: Option = None,
    characters: Option = None,
    no_dialogue: Annotated[bool, typer.Option("--no-dialogue", help="Nobody speaks but a narrator.")] = False,
    style: Option = None,
    writer: Option = None,
    renderer: Option = None,
    keyframes: Option = None,
    look: Option = None,
    draft: Annotated[bool, typer.Option("--draft", help="Small and quick clips first.")] = False,
    licence: Annotated[
        str | None, typer.Option("--license", help="commercial: only weights whose licence allows it.")
    ] = None,
    sets: Annotated[list[str] | None, typer.Option("--set", help="A renderer's setting: NAME=VALUE.")] = None,
    unset: Annotated[list[str] | None, typer.Option(help="Forget a renderer's setting: NAME.")] = None,
    limit: Annotated[list[str] | None, typer.Option(help="A limit of each film, as for make.")] = None,
    until: Annotated[str, typer.Option(help="Stop after: story, board, takes or film.")] = "film",
    as_json: Annotated[bool, typer.Option("--json", help="News as lines of JSON.")] = False,
) -> None:
    """Make many films; options are for rows that say nothing else. Exits with how many failed."""
    from .batch import plan_batch
    from .batch_table import batch_reporter
    from .settings import read_count

    defaults: dict[str, Any] = {
        "budget": budget, "seconds": seconds, "size": size, "fps": fps, "seed": seed, "shots": shots,
        "characters": characters, "dialogue": False if no_dialogue else None, "style": style,
        "writer": writer, "renderer": renderer, "keyframes": keyframes, "look": look, "draft": draft or None,
        "license": licence, "sets": tuple(sets or ()), "unset": tuple(unset or ()), "until": until,
        "limits": tuple(limit or ()) or None,
    }  # fmt: skip
    defaults = {name: value for name, value in defaults.items() if value is not None}
    many = read_count(jobs) if jobs else None
    planned = plan_batch(source, out, defaults=defaults)
    names = {one.name for one in planned.films}
    chosen = _chosen(only, failed, out, names)
    if dry_run:
        _tell_quote(planned, many, chosen, as_json)
        return
    from .batch import make_batch

    with batch_reporter(as_json) as report:
        result = make_batch(planned, jobs=many, only=chosen, total=total or "", listener=report)
        report.end(result, _again() if result.failed else "")
    if result.exit_code:
        raise typer.Exit(result.exit_code)


def _chosen(only: list[str] | None, failed: bool, out: Path, names: set[str]) -> set[str] | None:
    """Names of the films to make now; None for all."""
    if not failed:
        return set(only) if only else None
    from ..agent.batch_summary import SUMMARY, earlier_results

    if only:
        raise BadInput("Give --only, or --failed: one of the two.")
    results = earlier_results(out)
    if not results:
        raise BadInput(f"There is no {SUMMARY} in {out} that says what failed. Run without --failed.")
    return {name for name, result in results.items() if result.state == "failed"} & names


def _again() -> str:
    """The command that makes only the films that failed: the one that was given, with ``--failed``."""
    given = list(sys.argv[1:])
    kept = [word for n, word in enumerate(given) if not _is_only(given, n)]
    return shlex.join(["photoplay", *kept, *([] if "--failed" in kept else ["--failed"])])


def _is_only(words: list[str], n: int) -> bool:
    return words[n].startswith("--only=") or words[n] == "--only" or (n > 0 and words[n - 1] == "--only")


def _tell_quote(planned: Any, jobs: int | None, chosen: set[str] | None, as_json: bool) -> None:
    from .batch import default_jobs
    from .batch_quote import quote_batch, sum_of
    from .beginning import Beginning, crew_of, wishes_of

    many = jobs or default_jobs(planned, crew_of(wishes_of(Beginning(""))))
    quotes, wall_s = quote_batch(planned, jobs=many, only=chosen)
    cost = sum_of(quotes)
    shots = sum(quote.shots or 0 for quote in quotes)
    unknown = sum(quote.shots is None for quote in quotes)
    if as_json:
        for quote in quotes:
            said = {**quote.__dict__, "cost": None if quote.cost is None else str(quote.cost)}
            print(json.dumps(said, ensure_ascii=False))
        print(json.dumps({
            "films": len(quotes), "shots": shots, "unknown": unknown, "cost": str(cost), "wall_s": wall_s,
        }))  # fmt: skip
        return
    from .batch_table import show_quotes

    show_quotes(quotes, shots, unknown, cost, wall_s, many)
