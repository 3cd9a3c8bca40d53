"""The bar says which shots are rendered now, at which step, with how much memory, and the time left."""

import time

from gpu_crew import clip
from rich.console import Console

from photoplay.agent.stages import Told
from photoplay.render.engine import News
from photoplay.studio.progress import _TerminalReporter


def test_the_bar_shows_shot_step_memory_and_time_left():
    report = _TerminalReporter()
    report._console = Console(stderr=True, force_terminal=True, width=120, quiet=True)
    report(Told("shoot", "4 shots", total=4))
    report._begun = time.monotonic() - 60

    def tell(kind, n, share=0.0, words=""):
        report(Told("shoot", words, News(kind, clip(n), share, words)))

    tell("made", 0, 1.0)
    tell("tick", 1, 0.4, "step 12 of 30, 11,204 MB [bold]")
    tell("tick", 2, 0.6)
    shown = report._bar.tasks[0].description
    assert shown.startswith("1/4 s001 step 12 of 30, 11,204 MB [bold]; s002, about 1:")
    tell("failed", 1, words="the painter was told to fail")
    tell("made", 2, 1.0)
    assert report._bar.tasks[0].description.startswith("2/4, about")
    report.close()
