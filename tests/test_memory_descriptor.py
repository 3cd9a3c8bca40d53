"""How like each other two pictures are: without weights, and by a model where there is one."""

from __future__ import annotations

import json

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from photoplay.memory.descriptor import ColourLayout, averaged, sharpness, to_lab, well_exposed
from photoplay.memory.embedding import VARIABLE, Embedding, descriptor
from photoplay.storyboard.errors import BadInput


def scene(sky=(90, 140, 220), ground=(60, 120, 50), x=100, coat=(220, 190, 40), size=(320, 180)):
    image = Image.new("RGB", size, sky)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, size[1] * 2 // 3, *size), fill=ground)
    draw.ellipse((x, 40, x + 40, 80), fill=(200, 160, 130))
    draw.rectangle((x - 10, 80, x + 50, 170), fill=coat)
    return np.asarray(image)


def distance(one, other):
    by = ColourLayout()
    return by.distance(by.describe(one), by.describe(other))


def test_the_distance_is_a_distance_from_0_to_1():
    noise = np.random.default_rng(1).integers(0, 256, (90, 160, 3), np.uint8)
    black, white = np.zeros((90, 160, 3), np.uint8), np.full((90, 160, 3), 255, np.uint8)
    pictures = [scene(), scene(x=200), noise, black, white]
    for one in pictures:
        assert distance(one, one) == 0
        for other in pictures:
            assert 0 <= distance(one, other) <= 1
            assert distance(one, other) == pytest.approx(distance(other, one))
            for third in pictures:
                assert distance(one, third) <= distance(one, other) + distance(other, third) + 1e-6
    assert distance(black, white) > 0.25


def test_what_is_nearly_the_same_is_near_and_what_is_other_is_far():
    first = scene()
    noise = np.random.default_rng(2).integers(-6, 7, first.shape)
    grain = np.clip(first.astype(int) + noise, 0, 255).astype(np.uint8)
    small = np.asarray(Image.fromarray(first).resize((160, 90)))
    night = scene(sky=(10, 12, 40), ground=(15, 20, 15))
    near = max(distance(first, grain), distance(first, small))
    moved, elsewhere = distance(first, scene(x=220)), distance(first, night)
    assert near < ColourLayout.novel
    assert near < moved < elsewhere
    assert elsewhere > ColourLayout.novel


def test_each_part_of_the_descriptor_tells_something():
    flat = np.full((64, 64, 3), 120, np.uint8)
    red, blue = flat.copy(), flat.copy()
    red[..., 0], blue[..., 2] = 200, 255
    assert distance(red, blue) > 0.1
    stripes = flat.copy()
    stripes[::8] = stripes[1::8] = stripes[2::8] = stripes[3::8] = 160
    assert distance(stripes, np.swapaxes(stripes, 0, 1)) > 0.05
    left, right = flat.copy(), flat.copy()
    left[:, :32], right[:, 32:] = 230, 230
    assert distance(left, right) > 0.1


def test_lab_is_cie_lab():
    found = to_lab(np.array([[[1.0, 1.0, 1.0], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]]))[0]
    wanted = [[100, 0, 0], [0, 0, 0], [53.24, 80.09, 67.20], [32.30, 79.19, -107.86]]
    assert np.abs(found - wanted).max() < 0.1


def test_a_picture_is_averaged_exactly_at_any_size():
    noise = np.random.default_rng(3).integers(0, 256, (128, 192, 3), np.uint8)
    assert np.allclose(averaged(noise, 64, 64), noise.reshape(64, 2, 64, 3, 3).mean((1, 3)) / 255)
    assert averaged(noise[:16, :17], 64, 64).shape == (64, 64, 3)
    assert np.allclose(averaged(np.full((16, 16, 3), 51, np.uint8), 64, 64), 0.2)


def test_blur_darkness_and_glare_are_seen():
    first = scene()
    blurred = np.asarray(Image.fromarray(first).filter(ImageFilter.GaussianBlur(6)))
    assert sharpness(np.full((90, 160, 3), 77, np.uint8)) == pytest.approx(0, abs=1e-9)
    assert sharpness(first) > 3 * sharpness(blurred)
    assert well_exposed(first)
    assert not well_exposed((first // 40).astype(np.uint8))
    assert not well_exposed(np.full((90, 160, 3), 128, np.uint8))
    assert not well_exposed(np.where(first > 60, 255, 250).astype(np.uint8))


def test_without_a_folder_no_model_is_asked_for():
    assert descriptor({}).name == "colour-layout"
    assert descriptor({VARIABLE: ""}).name == "colour-layout"


def test_a_folder_that_holds_no_usable_model_is_refused_in_words(tmp_path):
    with pytest.raises(BadInput, match="no model"):
        descriptor({VARIABLE: str(tmp_path / "absent")})
    cases = {
        "[" * 9000: "no model",
        "[]": "describes no model",
        json.dumps({"model_type": "clip"}): "no .safetensors",
        json.dumps({"model_type": "gpt2"}): "holds a 'gpt2'",
        json.dumps({"auto_map": {"AutoModel": "canary.Model"}}): "holds a 'None'",
    }
    for text, words in cases.items():
        (tmp_path / "config.json").write_text(text, encoding="utf-8")
        (tmp_path / "pytorch_model.bin").write_bytes(b"PK\3\4")
        with pytest.raises(BadInput, match=words):
            descriptor({VARIABLE: str(tmp_path)})
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "clip"}), encoding="utf-8")
    (tmp_path / "model.safetensors").write_bytes(b"\xff" * 100)
    with pytest.raises(BadInput, match="no whole"):
        descriptor({VARIABLE: str(tmp_path)})


def _tiny(kind, folder):
    transformers = pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")
    torch.manual_seed(3)
    small = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    seeing = {**small, "image_size": 32, "patch_size": 8}
    if kind == "clip":
        text = {**small, "vocab_size": 64, "max_position_embeddings": 16}
        model = transformers.CLIPModel(
            transformers.CLIPConfig(text_config=text, vision_config=seeing, projection_dim=12)
        )
    elif kind == "siglip":
        model = transformers.SiglipVisionModel(transformers.SiglipVisionConfig(**seeing))
    else:
        model = transformers.Dinov2Model(
            transformers.Dinov2Config(
                hidden_size=16,
                num_hidden_layers=2,
                num_attention_heads=2,
                image_size=32,
                patch_size=8,
                mlp_ratio=2,
            )
        )
    model.save_pretrained(folder)
    return folder


@pytest.mark.parametrize("kind", ["clip", "siglip", "dinov2"])
def test_a_model_from_a_folder_tells_pictures_apart(kind, tmp_path):
    by = Embedding(_tiny(kind, tmp_path / kind))
    assert by.name.startswith(kind)
    assert by.name.endswith(kind)
    first, other = by.describe(scene()), by.describe(scene(sky=(10, 12, 40), ground=(200, 20, 15)))
    assert first.dtype == np.float32
    assert np.linalg.norm(first) == pytest.approx(1, abs=1e-5)
    assert by.distance(first, by.describe(scene())) == pytest.approx(0, abs=1e-6)
    assert 1e-5 < by.distance(first, other) <= 1
    assert np.allclose(Embedding(tmp_path / kind).describe(scene()), first)


def test_a_folder_with_code_of_its_own_runs_none_of_it(tmp_path):
    folder = _tiny("dinov2", tmp_path / "model")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["auto_map"] = {"AutoModel": "canary.Model", "AutoConfig": "canary.Config"}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "canary.py").write_text(f"open({str(tmp_path / 'sang')!r}, 'w')", encoding="utf-8")
    Embedding(folder).describe(scene())
    assert not (tmp_path / "sang").exists()
