"""The memory ladder, really walked: another program has taken the GPU's memory, and the shot is finished."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from photoplay.render.diffusion.hardware import Device
from photoplay.render.diffusion.weights import located, weight_set

from .clock import Skipped
from .film import CLIPS, STILLS, Shooting, shoot
from .measured import ROOM

SHARE = 0.75
"""Of what the smaller set weighs: less than it needs whole, more than it needs streamed."""


def walk(folder: Path, film, device: Device, stop, clip: bool) -> tuple[Shooting, int]:
    """Draw two keyframes, and the clip of one of them where ``clip``, in too little memory.

    Gives what it took and the megabytes that were free. Raises ``Skipped`` where it cannot be.
    """
    shot = film.shots[-1].id

    def wanted(node):
        return node.item in (shot, film.shots[-2].id) and (
            node.renderer == STILLS or (clip and node.item == shot)
        )

    if not device.id.startswith("cuda"):
        with _refused(device) as room:
            return shoot(folder, film, [device], stop, wanted), room
    sizes = [sum(located(weight_set(n.partition(":")[2])).sizes().values()) for n in (STILLS, CLIPS)]
    with _filled(device, int(min(sizes) * SHARE) // 1_000_000) as free:
        full = device.model_copy(update={"free_mb": free})
        return shoot(folder, film, [full], stop, wanted), free


@contextmanager
def _filled(device: Device, leave_mb: int):
    """The GPU with no more memory than that."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gpu_parts.filler", device.id, str(leave_mb)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        said = process.stdout.readline()
        if not said:
            raise Skipped(f"the GPU's memory could not be filled: {process.stderr.read()[-300:]}")
        yield json.loads(said)["free_mb"]
    finally:
        process.kill()
        process.communicate()


@contextmanager
def _refused(device: Device):
    """On a processor: loads that may use more than a third of its free memory are refused."""
    room = max(1, device.free_mb // 3)
    os.environ[ROOM] = str(room)
    try:
        yield room
    finally:
        del os.environ[ROOM]
