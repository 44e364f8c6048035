"""Tiny models that word pictures, made by transformers itself; their weights are random."""

from collections.abc import Callable
from pathlib import Path

from tests.hub.joint_models import ENDS, SIDES, TEXT, WORDS, tokenizer

EYES = SIDES | {"image_size": 32, "patch_size": 8}
SIZE = {"height": 32, "width": 32}


def blip(folder: Path) -> Path:
    import torch  # noqa: PLC0415
    from transformers import (  # noqa: PLC0415
        BlipConfig,
        BlipForConditionalGeneration,
        BlipImageProcessor,
        BlipProcessor,
    )

    torch.manual_seed(7)
    ends = ENDS | {"sep_token_id": 3, "encoder_hidden_size": 32, "projection_dim": 16}
    config = BlipConfig(
        text_config=TEXT | ends | {"max_position_embeddings": 64},
        vision_config=EYES | {"projection_dim": 16},
        projection_dim=16,
    )
    BlipForConditionalGeneration(config).save_pretrained(folder)
    BlipProcessor(BlipImageProcessor(size=SIZE), tokenizer()).save_pretrained(folder)
    return folder


def git(folder: Path) -> Path:
    import torch  # noqa: PLC0415
    from transformers import (  # noqa: PLC0415
        CLIPImageProcessor,
        GitConfig,
        GitForCausalLM,
        GitProcessor,
    )

    torch.manual_seed(7)
    config = GitConfig(
        vision_config=EYES, vocab_size=len(WORDS), max_position_embeddings=96, **SIDES, **ENDS
    )
    GitForCausalLM(config).save_pretrained(folder)
    pictures = CLIPImageProcessor(size={"shortest_edge": 32}, crop_size=SIZE)
    GitProcessor(pictures, tokenizer()).save_pretrained(folder)
    return folder


def vit_gpt2(folder: Path) -> Path:
    import torch  # noqa: PLC0415
    from transformers import (  # noqa: PLC0415
        GenerationConfig,
        GPT2Config,
        VisionEncoderDecoderConfig,
        VisionEncoderDecoderModel,
        ViTConfig,
        ViTImageProcessor,
    )

    torch.manual_seed(5)
    words = GPT2Config(
        vocab_size=len(WORDS),
        n_positions=64,
        n_embd=32,
        n_layer=2,
        n_head=2,
        bos_token_id=2,
        eos_token_id=3,
    )
    config = VisionEncoderDecoderConfig.from_encoder_decoder_configs(ViTConfig(**EYES), words)
    model = VisionEncoderDecoderModel(config=config)
    model.generation_config = GenerationConfig(decoder_start_token_id=2, **ENDS)
    model.save_pretrained(folder)
    ViTImageProcessor(size=SIZE).save_pretrained(folder)
    tokenizer().save_pretrained(folder)
    return folder


FAMILIES: dict[str, Callable[[Path], Path]] = {"blip": blip, "git": git, "vit_gpt2": vit_gpt2}
