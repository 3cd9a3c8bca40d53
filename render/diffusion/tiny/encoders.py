"""Tokenizers and text encoders of still families, made from nothing: no file is read, no hub asked."""

from __future__ import annotations

from typing import Any

CLIP_WIDTH = 32
"""Numbers in a token's embedding of a CLIP text encoder, and in an image's."""
QWEN_WIDTH = 16
_CHAT = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def _byte_letters() -> list[str]:
    """The 256 letters that stand for bytes in byte-pair tokenizers (GPT-2's table)."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return [chr(byte) for byte in plain] + [chr(256 + n) for n in range(len(others))]


def clip_tokenizer() -> Any:
    """One token for every byte: 514 tokens, 77 in a prompt."""
    from transformers import CLIPTokenizer

    letters = _byte_letters()
    words = [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    return CLIPTokenizer(vocab={word: n for n, word in enumerate(words)}, merges=[], model_max_length=77)


def clip_text(with_projection: bool = False) -> Any:
    """A CLIP text encoder of two layers."""
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    config = CLIPTextConfig(
        vocab_size=514, bos_token_id=512, eos_token_id=513, pad_token_id=513,
        hidden_size=CLIP_WIDTH, projection_dim=CLIP_WIDTH, intermediate_size=37, num_attention_heads=4,
        num_hidden_layers=2, max_position_embeddings=77, hidden_act="gelu",
    )  # fmt: skip
    return (CLIPTextModelWithProjection if with_projection else CLIPTextModel)(config).eval()


def clip_image() -> Any:
    """A CLIP image encoder of two layers for images of 32 x 32."""
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    config = CLIPVisionConfig(
        hidden_size=16, projection_dim=CLIP_WIDTH, intermediate_size=16, num_attention_heads=2,
        num_hidden_layers=2, image_size=32, patch_size=8,
    )  # fmt: skip
    return CLIPVisionModelWithProjection(config).eval()


def qwen_tokenizer() -> Any:
    """One token for every byte, with the chat template of Qwen in short."""
    from transformers import Qwen2Tokenizer

    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    vocabulary = {word: n for n, word in enumerate([*_byte_letters(), *special])}
    made = Qwen2Tokenizer(vocab=vocabulary, merges=[], extra_special_tokens=special)
    made.chat_template = _CHAT
    return made


def qwen_text(layers: int = 28) -> Any:
    """A Qwen 3 of as many layers as FLUX.2-klein reads (it takes the 9th, 18th and 27th)."""
    from transformers import Qwen3Config, Qwen3ForCausalLM

    config = Qwen3Config(
        vocab_size=260, hidden_size=QWEN_WIDTH, intermediate_size=16, num_hidden_layers=layers,
        num_attention_heads=2, num_key_value_heads=2, head_dim=8, max_position_embeddings=1024,
        bos_token_id=256, eos_token_id=256, pad_token_id=256,
    )  # fmt: skip
    return Qwen3ForCausalLM(config).eval()


def qwen_tokenizer_seeing() -> Any:
    """As ``qwen_tokenizer``, with the tokens of Qwen-VL that stand for pictures."""
    from transformers import Qwen2Tokenizer

    marks = ["<|vision_start|>", "<|vision_end|>", "<|image_pad|>", "<|video_pad|>"]
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", *marks]
    vocabulary = {word: n for n, word in enumerate([*_byte_letters(), *special])}
    made = Qwen2Tokenizer(vocab=vocabulary, merges=[], extra_special_tokens=special)
    made.chat_template = _CHAT
    return made


def qwen_seeing(tokenizer: Any, layers: int) -> Any:
    """A Qwen 3 VL of so many layers with an eye of one."""
    from transformers import Qwen3VLConfig, Qwen3VLForConditionalGeneration

    text = {
        "vocab_size": 263, "hidden_size": QWEN_WIDTH, "intermediate_size": 16, "num_hidden_layers": layers,
        "num_attention_heads": 2, "num_key_value_heads": 1, "head_dim": 8,
        "rope_scaling": {"rope_type": "default", "mrope_section": [2, 1, 1], "mrope_interleaved": True},
    }  # fmt: skip
    eye = {
        "depth": 1, "hidden_size": 16, "intermediate_size": 16, "num_heads": 2, "patch_size": 16,
        "spatial_merge_size": 2, "temporal_patch_size": 2, "out_hidden_size": QWEN_WIDTH,
        "num_position_embeddings": 16, "deepstack_visual_indexes": [0],
    }  # fmt: skip
    named = {"image_token_id": "<|image_pad|>", "video_token_id": "<|video_pad|>"}
    named |= {"vision_start_token_id": "<|vision_start|>", "vision_end_token_id": "<|vision_end|>"}
    ids = {name: tokenizer.convert_tokens_to_ids(token) for name, token in named.items()}
    return Qwen3VLForConditionalGeneration(Qwen3VLConfig(text_config=text, vision_config=eye, **ids)).eval()
