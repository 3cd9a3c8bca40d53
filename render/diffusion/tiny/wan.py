"""Tiny Wan pipelines, one for each layout of its weights."""

from __future__ import annotations

from typing import Any

from .video_encoders import WIDTH, clip_vision, t5_tokenizer, umt5

_PATCHES = 17
"""Tokens of an image, the class token among them."""


def parts(seed: int) -> dict[str, Any]:
    """What all Wan pipelines have but the transformer; begins the random numbers at ``seed``."""
    import torch

    torch.manual_seed(seed)
    return {"tokenizer": t5_tokenizer(), "text_encoder": umt5(), "vae": vae(), "scheduler": scheduler()}


def vae() -> Any:
    """The autoencoder of Wan 2.1: one latent frame for 4 frames, one latent pixel for 8 x 8."""
    import torch
    from diffusers import AutoencoderKLWan

    made = AutoencoderKLWan(
        base_dim=3,
        z_dim=16,
        dim_mult=[1, 1, 1, 1],
        num_res_blocks=1,
        temperal_downsample=[False, True, True],
    ).eval()
    with torch.no_grad():
        for name, value in made.encoder.named_parameters():
            if name.endswith("bias"):
                value.zero_()
            elif "time_conv" in name:
                value.mul_(5)
        made.quant_conv.weight.mul_(5)
        made.decoder.conv_out.weight.mul_(4)
    return made


def scheduler() -> Any:
    """The scheduler of Wan's own weights."""
    from diffusers import UniPCMultistepScheduler

    return UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True, flow_shift=3.0)


def sizes(**more: Any) -> dict[str, Any]:
    """Configuration of a transformer of two layers."""
    given = {
        "patch_size": (1, 2, 2),
        "num_attention_heads": 2,
        "attention_head_dim": 12,
        "in_channels": 16,
        "out_channels": 16,
        "text_dim": WIDTH,
        "freq_dim": 256,
        "ffn_dim": 32,
        "num_layers": 2,
        "cross_attn_norm": True,
        "qk_norm": "rms_norm_across_heads",
        "rope_max_seq_len": 1024,
    }
    return given | more


def lively(transformer: Any) -> Any:
    """Let frames act on each other, and given ones on drawn ones, as strongly as trained weights do."""
    import torch

    strong = ("patch_embedding", "to_v", "to_out.0", "proj_out", "proj_in")
    with torch.no_grad():
        for name, layer in transformer.named_modules():
            if name.endswith(strong):
                layer.weight.mul_(5)
    return transformer.eval()


def build_flf(seed: int) -> Any:
    """Wan 2.1, first and last frame, with an image encoder."""
    from diffusers import WanImageToVideoPipeline, WanTransformer3DModel

    given = parts(seed)
    encoder, processor = clip_vision()
    transformer = lively(
        WanTransformer3DModel(
            **sizes(in_channels=36, image_dim=4, pos_embed_seq_len=2 * _PATCHES, added_kv_proj_dim=24)
        )
    )
    return WanImageToVideoPipeline(
        transformer=transformer, image_encoder=encoder, image_processor=processor, **given
    )


def build_two_experts(seed: int) -> Any:
    """Wan 2.2: one expert for the noisy steps, one for the others."""
    from diffusers import WanImageToVideoPipeline, WanTransformer3DModel

    given = parts(seed)
    experts = [lively(WanTransformer3DModel(**sizes(in_channels=36))) for _ in range(2)]
    return WanImageToVideoPipeline(
        transformer=experts[0], transformer_2=experts[1], boundary_ratio=0.9, **given
    )


def build_ti2v(seed: int) -> Any:
    """Wan 2.2 of 5B: the first frame is given by its noise level, and a last one cannot be."""
    from diffusers import AutoencoderKLWan, WanImageToVideoPipeline, WanTransformer3DModel

    given = parts(seed)
    given["vae"] = AutoencoderKLWan(
        base_dim=3,
        z_dim=48,
        dim_mult=[1, 1, 1, 1],
        num_res_blocks=1,
        temperal_downsample=[False, True, True],
        is_residual=True,
        in_channels=12,
        out_channels=12,
        patch_size=2,
        scale_factor_spatial=16,
        latents_mean=[0.0] * 48,
        latents_std=[1.0] * 48,
    ).eval()
    transformer = lively(WanTransformer3DModel(**sizes(in_channels=48, out_channels=48)))
    return WanImageToVideoPipeline(transformer=transformer, expand_timesteps=True, **given)


def build_t2v(seed: int) -> Any:
    """Wan 2.1 from words alone."""
    from diffusers import WanPipeline, WanTransformer3DModel

    given = parts(seed)
    return WanPipeline(transformer=lively(WanTransformer3DModel(**sizes())), **given)
