"""Consistent stills: what they read of each other, that it is this and no other, and what stays as it was.

The weights are tiny and random: this proves that pictures read each other as they should and are pulled
together by it, never that a face stays the same.
"""

import contextlib

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("diffusers")

import torch
from diffusers import DDIMScheduler
from diffusers.models.attention_processor import Attention
from diffusion_kit import (
    Footage,
    a_picture,
    anchor,
    frames_of,
    noise_frame,
    still,
    tiny_lora,
    tiny_weights,
    with_loras,
)
from films import slate_film

from photoplay.memory.descriptor import ColourLayout
from photoplay.render.diffusion import consistency
from photoplay.render.diffusion.consistency import BesideAttention, Reading, chance, read_beside
from photoplay.render.diffusion.renderer import Diffusion
from photoplay.render.plan import Planner
from photoplay.render.protocol import Job
from photoplay.render.registry import find_renderer
from photoplay.render.requests import Beside, Still
from photoplay.storyboard.errors import BadInput, Refused

__all__ = ["tiny_weights"]
STEPS = {"steps": 6}
NEAR = 1e-5


class Watched:
    """A renderer over tiny weights; keeps what was sampled, unrounded, and how many pictures the UNet saw."""

    def __init__(self, name):
        self.renderer = Diffusion(name)
        self.renderer.load("cpu", None)
        self.shades = {}
        self.batches = []
        sample = self.renderer._family.sample

        def kept(pipe, batch, step):
            hook = pipe.unet.register_forward_pre_hook(lambda m, given: self.batches.append(len(given[0])))
            with contextlib.ExitStack() as until:
                until.callback(hook.remove)
                found = sample(pipe, batch, step)
            self.shades |= {ready.request.seed: shades for ready, shades in zip(batch, found, strict=True)}
            return found

        self.renderer._family.sample = kept

    def draw(self, *jobs):
        """Unrounded pictures of jobs, which are told apart by their seeds."""
        self.batches.clear()
        frames_of(self.renderer, *jobs)
        seeds = [(job.request if isinstance(job, Job) else job).seed for job in jobs]
        return [self.shades[seed] for seed in seeds]

    @property
    def pipe(self):
        return self.renderer._pipe


@pytest.fixture
def watched(tiny_weights):
    def load(name="tiny-sdxl"):
        tiny_weights(name)
        return Watched(name)

    return load


def asked(shot=2, seed=1, **more):
    return still(shot, seed=seed, **({"settings": STEPS} | more))


def beside(*stills):
    return tuple(Beside(picture=s.picture, moment=s.moment, seed=s.seed, anchors=s.anchors) for s in stills)


def among(request, *stills, **settings):
    """The request, drawn beside these stills."""
    given = {"beside": beside(*stills), "settings": {**request.settings, **settings}}
    return request.model_copy(update=given)


def apart(one, other):
    return float(np.abs(one - other).max())


IDENTITIES = asked(1, seed=11), asked(3, seed=13)


# -- when, and which tokens -------------------------------------------------------------------


def test_the_schedule_is_that_of_the_papers_code_scaled_to_the_steps():
    assert [chance(n, 50) for n in (0, 4, 5, 19, 20, 49)] == [0, 0, 0.7, 0.7, 0.9, 0.9]
    assert [chance(n, 30) for n in (2, 3, 11, 12)] == [0, 0.7, 0.7, 0.9]
    assert chance(0, 2) == 0
    assert chance(1, 2) == 0.9


def test_how_often_layers_read_follows_the_schedule_and_is_equal_for_equal_seeds():
    def read(seed, done):
        reading = Reading(pictures=3, identities=2, rate=0.5, seed=seed, steps=50, done=done)
        return [reading.tokens(layer, 16) for layer in range(200)]

    for done, low, high in ((4, 0, 0), (5, 120, 160), (30, 165, 195)):
        count = sum(tokens is not None for tokens in read(1, done))
        assert low <= count <= high
    one, again, other, later = read(1, 30), read(1, 30), read(2, 30), read(1, 31)
    same = [a is b is None or torch.equal(a, b) for a, b in zip(one, again, strict=True)]
    assert all(same)
    drawn = {str(tokens) for tokens in (*one, *other, *later) if tokens is not None}
    assert len(drawn) > 500  # another sample in each layer and step, and for each seed
    for tokens in filter(lambda tokens: tokens is not None, one):
        assert tokens.shape == (2, 8)
        assert all(len(set(row)) == 8 and set(row) <= set(range(16)) for row in tokens.tolist())
        assert tokens[0].tolist() != tokens[1].tolist()


# -- one layer --------------------------------------------------------------------------------

HALVES, PICTURES, KNOWN, TOKENS, WIDTH = 2, 5, 3, 8, 16
SAMPLE = torch.tensor([[0, 3, 5], [1, 2, 7], [4, 6, 0]])


@pytest.fixture
def layer(monkeypatch):
    """``layer(hidden)``: attention of 3 identity pictures and 2 others that read the tokens of ``SAMPLE``."""
    torch.manual_seed(0)
    attention = Attention(query_dim=WIDTH, heads=2, dim_head=8).eval()
    monkeypatch.setattr(Reading, "tokens", lambda self, layer, count: SAMPLE)
    attention.set_processor(BesideAttention(attention.processor, 0, Reading(PICTURES, KNOWN, 0.4, seed=1)))
    with torch.no_grad():
        yield attention


def hidden():
    return torch.randn(HALVES * PICTURES, TOKENS, WIDTH, generator=torch.Generator().manual_seed(1))


def test_a_layer_gives_what_the_papers_equation_says(layer):
    """By a mask over all tokens of a half, as the paper's code has it."""
    seen = torch.zeros(PICTURES, TOKENS, PICTURES, TOKENS, dtype=torch.bool)
    for known in range(KNOWN):
        seen[:, :, known, SAMPLE[known]] = True
    for one in range(PICTURES):
        seen[one, :, one] = True
    mask = seen.flatten(0, 1).flatten(1, 2)
    tokens = hidden().view(HALVES, PICTURES * TOKENS, WIDTH)
    q, k, v = (
        to(tokens).unflatten(-1, (2, 8)).transpose(1, 2) for to in (layer.to_q, layer.to_k, layer.to_v)
    )
    scores = (q @ k.transpose(-1, -2) / 8**0.5).masked_fill(~mask, -torch.inf)
    wanted = layer.to_out[0]((scores.softmax(-1) @ v).transpose(1, 2).flatten(2))
    assert torch.allclose(layer(hidden()), wanted.view(-1, TOKENS, WIDTH), atol=1e-6)


def reached(layer, half, picture, token):
    """Pictures, as (half, picture), whose output changes with that one token."""
    given = hidden()
    before = layer(given)
    given[half * PICTURES + picture, token] += 1
    changed = (layer(given) - before).abs().flatten(1).amax(1) > 1e-7
    return {divmod(int(n), PICTURES) for n in changed.nonzero()}


def test_a_token_reaches_who_reads_it_and_nobody_else(layer):
    everyone = {(0, n) for n in range(PICTURES)}
    assert reached(layer, 0, 0, 3) == everyone  # a sampled token of an identity picture, within its half
    assert reached(layer, 1, 0, 3) == {(1, n) for n in range(PICTURES)}
    assert reached(layer, 0, 0, 4) == {(0, 0)}  # one that is not sampled
    assert reached(layer, 0, 3, 3) == {(0, 3)}  # a wanted still is read by itself alone
    assert reached(layer, 0, 4, 3) == {(0, 4)}


def test_what_layers_give_is_pulled_together():
    torch.manual_seed(3)
    attention = Attention(query_dim=WIDTH, heads=2, dim_head=8).eval()
    before, shares = attention.processor, []
    for seed in range(20):
        tokens = torch.randn(4, TOKENS, WIDTH, generator=torch.Generator().manual_seed(seed))
        tokens += torch.randn(4, 1, WIDTH, generator=torch.Generator().manual_seed(100 + seed))
        reading = Reading(4, 2, 0.5, seed, steps=10, done=9)
        reading.seed = next(
            s for s in range(seed, seed + 99) if Reading(4, 2, 0.5, s, 10, 9).tokens(0, 8) is not None
        )
        with torch.no_grad():
            plain = before(attention, tokens).mean(1)
            read = BesideAttention(before, 0, reading)(attention, tokens).mean(1)
        shares.append(float(torch.pdist(read).mean() / torch.pdist(plain).mean()))
    assert max(shares) < 0.85


# -- where in the model -----------------------------------------------------------------------


def test_only_self_attention_of_the_up_blocks_is_changed_and_all_is_put_back(watched):
    renderer = watched("tiny-sdxl-ip")
    renderer.draw(asked())
    unet = renderer.pipe.unet
    before = dict(unet.attn_processors)
    reading = Reading(2, 1, 0.5, 0)
    with contextlib.suppress(ZeroDivisionError), read_beside(unet, reading):
        changed = {name for name, one in unet.attn_processors.items() if one is not before[name]}
        raise ZeroDivisionError
    assert changed == {n for n in before if n.startswith("up_blocks") and n.endswith("attn1.processor")}
    assert len(changed) == 2
    assert all(unet.attn_processors[name] is one for name, one in before.items())
    bare = torch.nn.Module()
    bare.up_blocks = torch.nn.ModuleList()
    with pytest.raises(Refused, match="no self-attention"), read_beside(bare, reading):
        pass


def test_a_still_reads_the_pictures_beside_it_through_that_attention_alone(watched, monkeypatch):
    renderer = watched()
    (plain,) = renderer.draw(asked())
    one, other = asked(1, seed=11), asked(1, seed=11, picture=a_picture(4))
    (first,) = renderer.draw(among(asked(), one))
    (second,) = renderer.draw(among(asked(), other))
    assert min(apart(plain, first), apart(plain, second), apart(first, second)) > 1e-4
    assert apart(renderer.draw(asked())[0], plain) == 0
    monkeypatch.setattr(Reading, "tokens", lambda *given: None)
    assert apart(renderer.draw(among(asked(), one))[0], plain) <= NEAR


# -- who is drawn -----------------------------------------------------------------------------


def test_stills_of_a_scene_are_drawn_in_one_call_each_as_it_would_be_alone(watched):
    renderer = watched()
    requests = [among(asked(shot, seed=seed), *IDENTITIES) for shot, seed in ((2, 1), (2, 2), (4, 3))]
    together = renderer.draw(*requests)
    assert renderer.batches == [2 * (2 + 3)] * 6  # one copy of the identity pictures; guidance doubles all
    for request, shades in zip(requests, together, strict=True):
        (alone,) = renderer.draw(request)
        assert renderer.batches == [2 * (2 + 1)] * 6
        assert apart(shades, alone) <= NEAR
    assert apart(together[0], together[1]) > 1e-2


def test_stills_beside_others_are_not_drawn_together(watched):
    renderer = watched()
    renderer.draw(among(asked(seed=1), *IDENTITIES), among(asked(seed=2), IDENTITIES[0]), asked(seed=3))
    assert sorted(set(renderer.batches)) == [2, 4, 6]


def test_a_still_that_is_an_identity_picture_is_taken_from_there(watched):
    renderer = watched()
    first, second = (among(one, *IDENTITIES) for one in IDENTITIES)
    decoded = []
    alone = renderer.draw(first)
    assert renderer.batches == [4] * 6
    decode = renderer.pipe.vae.decode
    renderer.pipe.vae.decode = lambda z, **more: decoded.append(len(z)) or decode(z, **more)
    found = renderer.draw(second, among(asked(seed=5), *IDENTITIES), first)
    assert renderer.batches == [6] * 6
    assert decoded == [3]
    assert apart(found[2], alone[0]) <= NEAR
    assert apart(found[0], found[2]) > 1e-2
    renderer.draw(among(asked(seed=5), *IDENTITIES))
    assert decoded == [3, 1]  # identity pictures that nobody asked for are not decoded
    closing = among(IDENTITIES[0].model_copy(update={"moment": 100}), *IDENTITIES)
    renderer.draw(closing)
    assert renderer.batches == [6] * 6  # another moment is another picture


def test_a_picture_beside_itself_is_as_by_itself(watched):
    renderer = watched()
    (plain,) = renderer.draw(asked())
    assert apart(renderer.draw(among(asked(), asked()))[0], plain) <= NEAR


def test_rate_0_reads_nothing_and_more_is_another_picture(watched):
    renderer = watched()
    (plain,) = renderer.draw(asked())
    rates = {
        rate: renderer.draw(among(asked(), *IDENTITIES, **{"consistent-rate": rate}))[0]
        for rate in (0, 50, 100)
    }
    assert apart(rates[0], plain) <= NEAR
    assert apart(rates[50], renderer.draw(among(asked(), *IDENTITIES))[0]) == 0
    assert min(apart(rates[0], rates[50]), apart(rates[50], rates[100])) > 1e-4


def test_guidance_that_is_off_and_draft_steps_do_as_well(watched):
    renderer = watched()
    plain = asked(settings={"steps": 4, "guidance": 0})
    (by_itself,) = renderer.draw(plain)
    (read,) = renderer.draw(among(plain, *IDENTITIES))
    assert renderer.batches == [3] * 4
    assert apart(by_itself, read) > 1e-4
    assert apart(renderer.draw(among(plain, *IDENTITIES, **{"consistent-rate": 0}))[0], by_itself) <= NEAR


def test_what_would_be_ignored_is_refused(watched):
    renderer = watched()
    with pytest.raises(Refused, match="Set steps to 2 or more"):
        renderer.draw(among(asked(settings={"steps": 1}), *IDENTITIES))
    with pytest.raises(BadInput, match="consistent-rate"):
        renderer.draw(among(asked(), *IDENTITIES, **{"consistent-rate": 101}))


def test_stopping_leaves_the_pipeline_whole(watched):
    renderer = watched("tiny-sdxl-ip")
    (plain,) = renderer.draw(asked())

    class Stop(Exception):
        pass

    def tick(job, share, words=""):
        raise Stop

    job = Job(among(asked(anchors=(anchor(1),)), *IDENTITIES), {anchor(1): Footage(noise_frame(1))})
    with pytest.raises(Stop):
        frames_of(renderer.renderer, job, tick=tick)
    assert apart(renderer.draw(asked())[0], plain) == 0
    assert not renderer.pipe.unet.encoder_hid_proj._forward_hooks


def test_the_keyframes_of_a_planned_scene_take_their_identity_pictures_from_one_call(tiny_weights):
    tiny_weights("tiny-sdxl", "tiny-wan-flf")
    values = {"keyframes": "diffusion:tiny-sdxl", "steps": 4, "pixels": 64 * 64, "consistent": "scene"}
    film = slate_film(8, goes_on=())
    settings = film.settings.model_copy(update={"renderer": "diffusion:tiny-wan-flf", "values": values})
    plan = Planner(find_renderer).plan(film.model_copy(update={"settings": settings}))
    stills = [n.request for n in plan.nodes if isinstance(n.request, Still) and n.request.beside]
    scene = [s for s in stills if s.beside == stills[0].beside]
    assert (len(scene), len(scene[0].beside)) == (4, 3)
    renderer = Watched("tiny-sdxl")
    renderer.draw(*scene)
    assert renderer.batches == [2 * 4] * 4  # three of the four are the identity pictures


# -- with everything else that stills have ----------------------------------------------------


def test_each_picture_of_a_call_is_shown_its_own_references(watched):
    renderer = watched("tiny-sdxl-ip")
    footage = {anchor(n): Footage(noise_frame(n)) for n in range(1, 5)}
    known = asked(1, seed=11, anchors=(anchor(1), anchor(2))), asked(3, seed=13)
    wanted = asked(seed=1, anchors=(anchor(3),)), asked(seed=2), asked(seed=3, anchors=(anchor(4), anchor(1)))
    plain = renderer.draw(*(Job(s, footage) for s in (*wanted, *known)))
    off = [Job(among(s, *known, **{"consistent-rate": 0}), footage) for s in (*wanted[:2], known[0])]
    # Numbers of plain stills: what each is shown is what it would be shown by itself.
    for one, other in zip(renderer.draw(*off), (*plain[:2], plain[3]), strict=True):
        assert apart(one, other) <= NEAR
    jobs = [Job(among(s, *known), footage) for s in wanted]
    together = renderer.draw(*jobs)
    assert renderer.batches == [10] * 6
    for n, job in enumerate(jobs):
        assert apart(renderer.draw(job)[0], together[n]) <= NEAR
        assert apart(together[n], plain[n]) > 1e-4
    # A reference of an identity picture reaches those that read it.
    moved = footage | {anchor(2): Footage(noise_frame(9))}
    assert apart(renderer.draw(Job(jobs[1].request, moved))[0], together[1]) > 1e-5
    nobody = asked(1, seed=11), asked(3, seed=13)
    (unseen,) = renderer.draw(among(asked(seed=2), *nobody))
    assert apart(unseen, watched("tiny-sdxl").draw(among(asked(seed=2), *nobody))[0]) <= NEAR


def test_a_lora_is_worn_by_all_pictures_of_a_call(watched):
    renderer = watched()
    lora = tiny_lora("sdxl", 1)
    request = among(asked(), *IDENTITIES)
    (plain,) = renderer.draw(request)
    (worn,) = renderer.draw(with_loras(request, (lora, 100)))
    (worn_alone,) = renderer.draw(with_loras(asked(), (lora, 100)))
    (off,) = renderer.draw(with_loras(among(request, *IDENTITIES, **{"consistent-rate": 0}), (lora, 100)))
    assert min(apart(worn, plain), apart(worn, worn_alone)) > 1e-4
    assert apart(off, worn_alone) <= NEAR
    assert apart(renderer.draw(request)[0], plain) == 0


@pytest.mark.parametrize(("scheduler", "kept"), [(None, 0), (DDIMScheduler, 30), (None, 95)])
def test_a_still_like_an_earlier_keyframe_begins_from_it_in_the_same_call(watched, scheduler, kept):
    renderer = watched()
    renderer.draw(asked())
    if scheduler is not None:
        renderer.pipe.scheduler = scheduler.from_config(renderer.pipe.scheduler.config)
    settings = {"steps": 8, "like-strength": kept}
    footage = {anchor(7): Footage(noise_frame(7)), anchor(8): Footage(noise_frame(8))}
    known = IDENTITIES[0]
    requests = [
        asked(2, seed=1, like=anchor(7), settings=settings),
        asked(2, seed=2, settings=settings),
        asked(2, seed=3, like=anchor(8), settings=settings),
    ]
    plain = [renderer.draw(Job(r, footage))[0] for r in requests]
    off = renderer.draw(*(Job(among(r, known, **{"consistent-rate": 0}), footage) for r in requests))
    assert renderer.batches == [8] * 8
    for one, other in zip(off, plain, strict=True):
        assert apart(one, other) <= 1e-4
    read = renderer.draw(*(Job(among(r, known), footage) for r in requests))
    assert all(apart(one, other) > 1e-5 for one, other in zip(read, plain, strict=True))
    (alone,) = renderer.draw(Job(among(requests[2], known), footage))
    assert apart(alone, read[2]) <= NEAR
    assert apart(read[0], read[2]) > 1e-3


# -- what it is for ---------------------------------------------------------------------------


def test_stills_of_a_scene_come_nearer_to_each_other(watched):
    """With weights that let these layers and not the noise decide the picture: eight scenes of four stills."""
    renderer = watched()
    renderer.draw(asked())
    unet = renderer.pipe.unet
    with torch.no_grad():
        unet.conv_out.weight *= 30
        for layer in consistency.self_attentions(unet):
            layer.to_out[0].weight *= 1000
    ruler, settings = ColourLayout(), {"steps": 10, "consistent-rate": 100}

    def spread(pictures):
        seen = [ruler.describe(np.rint(shades[0] * 255).astype(np.uint8)) for shades in pictures]
        pairs = [(one, other) for n, one in enumerate(seen) for other in seen[:n]]
        looks = np.mean([ruler.distance(one, other) for one, other in pairs])
        colours = np.mean([np.abs(a - b).mean() for n, a in enumerate(pictures) for b in pictures[:n]])
        return float(looks), float(colours)

    nearer, colours = 0, []
    for scene in range(8):
        stills = [asked(shot, seed=10 * scene + shot, settings=settings) for shot in (1, 2, 3, 4)]
        plain, read = (
            spread(renderer.draw(*requests)) for requests in (stills, [among(s, *stills[:2]) for s in stills])
        )
        nearer += read[0] < plain[0]
        colours.append(read[1] / plain[1])
    print(f"nearer in {nearer} of 8 scenes; differences of colour {np.mean(colours):.3f} of those without")
    assert nearer >= 6
    assert np.mean(colours) < 0.99
