"""Qwen-Image-Edit over tiny weights: stills from images that the prompt names, and from words alone."""

import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import numpy as np
import torch
from diffusers.pipelines.qwenimage import pipeline_qwenimage_edit_plus
from diffusion_kit import (
    Footage,
    anchor,
    frames_of,
    loaded_sets,
    noise_frame,
    still,
    tiny_folder,
    tiny_lora,
)

from photoplay.render.contract import check_renderer
from photoplay.render.diffusion import qwen_images
from photoplay.render.diffusion.noise import frame_noise
from photoplay.render.protocol import Job
from photoplay.storyboard.errors import BadInput, Refused

SMALL = 64 * 64
"""Pixels of the images that the model is given, instead of a million."""
FEW = {"steps": 2, "guidance": 1}
ANCHORS = tuple(anchor(n) for n in range(1, 5))
FOOTAGE = {a: Footage(noise_frame(n)) for n, a in enumerate(ANCHORS)}


@pytest.fixture(scope="module")
def renderer(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, loaded_sets(tmp_path_factory, "tiny-qwen-edit") as made:
        for name in ("VAE_IMAGE_SIZE", "CONDITION_IMAGE_SIZE"):
            patch.setattr(pipeline_qwenimage_edit_plus, name, SMALL)
        yield made["tiny-qwen-edit"]


def _drawn(renderer, request, footage=FOOTAGE, **more):
    return np.stack(frames_of(renderer, Job(request, footage), **more)[0])


def _shot(count=0, **more):
    return still(**({"anchors": ANCHORS[:count], "settings": FEW} | more))


def _given(renderer, request, part):
    """What a part of the pipeline was given, call by call."""
    renderer._ready_pipeline(request.settings)
    model, seen = getattr(renderer._pipe, part), []
    forward = model.forward

    def watching(*given, **named):
        seen.append(named)
        return forward(*given, **named)

    model.forward = watching
    try:
        _drawn(renderer, request)
    finally:
        del model.forward
    return seen


def test_every_declared_input_acts_and_any_other_is_refused(renderer):
    loras = [tiny_lora("qwen-edit", seed) for seed in (1, 2)]
    check_renderer(renderer, _shot(), FOOTAGE, loras)
    renderer.load("cpu", None)
    can = renderer.capabilities()
    assert (can.references, can.required) == (3, frozenset())


def test_three_images_in_all_and_no_fourth(renderer):
    three = [_shot(3), _shot(2, like=ANCHORS[3])]
    assert len({_drawn(renderer, request).tobytes() for request in three}) == 2
    with pytest.raises(Refused, match="3 references and an earlier keyframe are too many"):
        _drawn(renderer, _shot(3, like=ANCHORS[3]))
    with pytest.raises(Refused, match="takes 3 references, not 4"):
        _drawn(renderer, _shot(4))


def test_each_image_stands_beside_what_is_drawn_as_latents(renderer):
    """16 tokens for 64 x 64, in what is drawn and in each image; images in the order of their numbers."""
    one, two = (_given(renderer, _shot(n), "transformer")[0] for n in (1, 2))
    assert one["hidden_states"].shape[1] == 2 * 16
    assert two["hidden_states"].shape[1] == 3 * 16
    assert two["img_shapes"] == [[(1, 4, 4)] * 3]
    assert torch.equal(one["hidden_states"][:, 16:], two["hidden_states"][:, 16:32])
    vae = renderer._pipe.vae
    pixels = torch.from_numpy(noise_frame(1)).permute(2, 0, 1)[None, :, None] / 127.5 - 1
    with torch.no_grad():
        mode = vae.encode(pixels).latent_dist.mode()
    mean, std = (
        torch.tensor(v).view(1, -1, 1, 1, 1) for v in (vae.config.latents_mean, vae.config.latents_std)
    )
    packed = renderer._pipe._pack_latents(((mode - mean) / std)[:, :, 0], 1, 16, 8, 8)
    assert torch.allclose(two["hidden_states"][:, 32:], packed, atol=1e-4)


def test_the_text_encoder_reads_each_image_in_the_prompt_that_names_it(renderer):
    seen = _given(renderer, _shot(2), "text_encoder")
    (given,) = seen
    tokenizer = renderer._pipe.tokenizer
    prompt = tokenizer.decode(given["input_ids"][0])
    assert [int(grid.prod()) for grid in given["image_grid_thw"]] == [16, 16]
    for n in (1, 2):
        place = f"Picture {n}: <|vision_start|>{qwen_images.IMAGE * 4}<|vision_end|>"
        assert prompt.count(place) == 1, "16 patches are 4 tokens"
    shown = still(anchors=ANCHORS[:2], picture=_with_references(2))
    prompt = renderer._family.words(shown).text
    assert "image 1" in prompt
    assert "image 2" in prompt


def _with_references(count):
    """The picture, with the first figures shown by the first anchors."""
    picture = still().picture
    figures = [
        figure.model_copy(update={"references": (a.key,)})
        for figure, a in zip(picture.figures, ANCHORS[:count], strict=False)
    ]
    return picture.model_copy(update={"figures": (*figures, *picture.figures[count:])})


def test_only_what_the_text_encoder_sees_of_an_image_acts_too(renderer, monkeypatch):
    """The latents beside what is drawn are nothing here: what is left of the images is in the prompt."""
    pipe_class = type(renderer._pipe)
    monkeypatch.setattr(
        pipe_class, "_encode_vae_image", lambda self, image, generator: image.new_zeros(1, 16, 1, 8, 8)
    )
    one = _drawn(renderer, _shot(1))
    other = _drawn(renderer, _shot(1), FOOTAGE | {ANCHORS[0]: Footage(noise_frame(9))})
    assert not (one == other).all()


def test_tokens_of_an_image_have_rows_and_columns(renderer):
    """transformers 5 places them in one line where it is not told which they are, and says nothing."""
    _drawn(renderer, _shot(1))
    (given,) = _given(renderer, _shot(1), "text_encoder")
    encoder = renderer._pipe.text_encoder
    language, places = encoder.model.language_model, []
    forward = language.forward
    language.forward = lambda *a, **named: places.append(named["position_ids"]) or forward(*a, **named)
    try:
        _drawn(renderer, _shot(1))
    finally:
        del language.forward
    image = given["input_ids"][0] == encoder.config.image_token_id
    time, row, column = places[0][:, 0, image] - places[0][:, 0, image].min()
    assert (time.tolist(), row.tolist(), column.tolist()) == ([0] * 4, [0, 0, 1, 1], [0, 1, 0, 1])
    assert "forward" not in vars(encoder)


def test_without_an_image_it_asks_as_qwen_image_does(renderer):
    seen = _given(renderer, _shot(), "text_encoder")
    prompt = renderer._pipe.tokenizer.decode(seen[0]["input_ids"][0])
    assert "Describe the image by detailing the color" in prompt
    assert qwen_images.IMAGE not in prompt
    given = _given(renderer, _shot(), "transformer")
    assert given[0]["hidden_states"].shape[1] == 16
    sheets = {_drawn(renderer, _shot(sheet=sheet)).tobytes() for sheet in ("front", "plate")}
    assert len(sheets) == 2


@pytest.mark.parametrize("count", [0, 1])
def test_it_begins_with_the_still_s_own_noise_and_guidance_reads_what_is_unwanted(renderer, count):
    request = _shot(count, seed=5, settings={"steps": 2, "guidance": 4, "negative": "snow"})
    given = _given(renderer, request, "transformer")
    ready = renderer._ready(Job(request, FOOTAGE), request)
    noise = renderer._pipe._pack_latents(frame_noise(ready.seed, 0, 1, 16, 8, 8)[:, :, 0], 1, 16, 8, 8)
    assert torch.equal(given[0]["hidden_states"][:, :16], noise)
    assert len(given) == 4, "with and against, in each step"
    other = request.model_copy(update={"settings": request.settings | {"negative": "rain"}})
    assert not (_drawn(renderer, request) == _drawn(renderer, other)).all()


def test_one_step_is_refused_and_not_drawn_as_nothing(renderer):
    with pytest.raises(BadInput, match=r"The setting steps is 1; .* takes 2 or more"):
        _drawn(renderer, _shot(settings={"steps": 1}))


def test_it_stops_within_a_step_and_draws_the_same_again(renderer):
    whole, told = _drawn(renderer, _shot(1)), []

    def stop(job, share, words=""):
        told.append(words.partition(",")[0])
        raise KeyboardInterrupt

    for count in (0, 1):
        with pytest.raises(KeyboardInterrupt):
            _drawn(renderer, _shot(count), tick=stop)
    assert told == ["step 1 of 2"] * 2
    assert (whole == _drawn(renderer, _shot(1))).all()


def test_a_prompt_with_other_places_than_images_is_a_fault():
    mark = qwen_images.IMAGE
    assert qwen_images.with_places(f"a{mark}b{mark}c", [2, 1]) == f"a{mark * 2}b{mark}c"
    with pytest.raises(ValueError, match="2 images, and the prompt has places for 1"):
        qwen_images.with_places(f"a{mark}b", [2, 1])


def test_a_set_that_does_not_say_how_images_are_read_is_refused(tmp_path):
    with pytest.raises(BadInput, match=r"has no preprocessor_config\.json"):
        qwen_images.image_reader(tmp_path, None)
    assert qwen_images.image_reader(tiny_folder("qwen-edit") / "processor", None)
