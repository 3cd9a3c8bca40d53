"""With torch, pictures of the ComfyUI nodes are what ComfyUI calls IMAGE."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
NODES = Path(__file__).resolve().parent.parent / "examples" / "comfyui" / "nodes.py"


def test_images_are_tensors_of_batch_height_width_and_three_from_0_to_1():
    spec = importlib.util.spec_from_file_location("photoplay_comfyui_nodes", NODES)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = module.images([np.full((4, 6, 4), 255, np.uint8), np.zeros((4, 6, 3), np.uint8)])
    assert isinstance(made, torch.Tensor)
    assert made.shape == (2, 4, 6, 3)
    assert made.dtype == torch.float32
    assert (float(made[0].min()), float(made[1].max())) == (1.0, 0.0)
