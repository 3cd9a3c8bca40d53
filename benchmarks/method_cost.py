"""What each method costs over plain sampling, by counting: frames that a model denoises for each frame shown.

    python benchmarks/method_cost.py

Plans are counted as they are laid out for the models' own longest clips and rules of lengths; what is done within a
request is counted by the formulas of its module. A keyframe counts as one frame of a clip. No model is run.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from methods import METHODS, one_shot, weights_file

LENGTHS = (81, 241, 1201)
STEPS = 50


def counted(method, frames):
    """(frames denoised over frames shown, requests to models) of a shot made by its plan."""
    from photoplay.render.diffusion.renderer import Diffusion
    from photoplay.render.plan import Planner
    from photoplay.render.registry import find_renderer
    from photoplay.render.requests import Between, Extend, Refine, Still

    clips, keyframes, how = METHODS[method]
    renderer = Diffusion(clips)
    can = renderer.capabilities()
    film = one_shot(frames, clips, keyframes, how, can.native_rate)
    plan = Planner(find_renderer).plan(film)
    denoised, requests = 0.0, 0
    for node in plan.nodes:
        request = node.request
        if isinstance(request, Still):
            denoised, requests = denoised + 1, requests + 1
        elif isinstance(request, Between | Extend):
            tail = can.tail_frames if isinstance(request, Extend) and request.tail.part == "tail" else 0
            denoised += can.frame_rule.snap(request.frames + tail) * within(method, request.frames)
            requests += 1
        elif isinstance(request, Refine):
            denoised += request.frames * refined(request.frames, request.strength)
            requests += 1
    return denoised / frames, requests


def within(method, frames):
    """Times over plain sampling of what a renderer does inside one request."""
    from photoplay.render.diffusion.diagonal import cost

    if method.startswith("queue"):
        per, longest = (8, 161) if "LTX" in method else (4, 121 if "5B" in method else 97)
        found = cost(STEPS, (frames - 1) // per + 1, (longest - 1) // per + 1)
        return found.frames / found.plain_frames
    if method == "VidRD":
        return 17 / 16
    return 1.0


def refined(frames, strength):
    """Times over plain sampling of drawing a take over."""
    from photoplay.render.diffusion.refining import calls

    return calls(frames, strength, steps=STEPS).ratio


def main():
    """Print the table."""
    from photoplay.storyboard.errors import BadInput

    names = [m for m, (_, _, how) in METHODS.items() if isinstance(how, dict)]
    with tempfile.TemporaryDirectory() as folder:
        sets = [n for m in names for n in METHODS[m][:2]]
        more = [
            v.partition(":")[2]
            for m in names
            for v in METHODS[m][2].values()
            if str(v).startswith("diffusion:")
        ]
        weights_file(Path(folder), *dict.fromkeys([*sets, *more]))
        print(f"Frames denoised for each frame shown, and requests to models ({STEPS} steps).")
        print(f"{'method':24}" + "".join(f"{n:>9,} fr.     " for n in LENGTHS))
        for method in names:
            cells = []
            for frames in LENGTHS:
                try:
                    times, requests = counted(method, frames)
                except BadInput:  # longer than one clip of that model
                    cells.append(f"{'-':>12}{'':6}")
                else:
                    cells.append(f"{times:>9.2f} x {requests:<6}")
            print(f"{method:24}" + "".join(cells))
        print("\nIn one request, by formula:")
        for strength in (30, 60, 100):
            each = "".join(f"{refined(n, strength):>9.2f} x       " for n in LENGTHS)
            print(f"{f'refine at {strength} %':24}{each}")
        print(f"{'consistent stills':24}(k + w) / w pictures: three beside four are 1.75 x")
        print(f"{'transition':24}a clip of its own: 1.00 x, and two frames more")


if __name__ == "__main__":
    main()
