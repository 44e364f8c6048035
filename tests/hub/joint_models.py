"""Tiny models of pictures and texts that transformers itself makes; their weights are random."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

NAMES = "a dog cat red blue green picture of the on two"
WORDS = ["<pad>", "<unk>", "<s>", "</s>", *NAMES.split()]


def tokenizer() -> Any:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors  # noqa: PLC0415
    from transformers import PreTrainedTokenizerFast  # noqa: PLC0415

    vocabulary = {word: number for number, word in enumerate(WORDS)}
    inner = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    inner.pre_tokenizer = pre_tokenizers.Whitespace()
    inner.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 2), ("</s>", 3)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=inner,
        pad_token="<pad>",
        unk_token="<unk>",
        bos_token="<s>",
        eos_token="</s>",
        model_max_length=16,
    )


SIDES = {
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
}
TEXT = SIDES | {"vocab_size": len(WORDS), "max_position_embeddings": 16}
ENDS = {"pad_token_id": 0, "bos_token_id": 2, "eos_token_id": 3}


def clip(folder: Path, seed: int = 7, dimensions: int = 24) -> Path:
    import torch  # noqa: PLC0415
    from transformers import (  # noqa: PLC0415
        CLIPConfig,
        CLIPImageProcessor,
        CLIPModel,
        CLIPProcessor,
    )

    torch.manual_seed(seed)
    config = CLIPConfig(
        text_config=TEXT | ENDS | {"projection_dim": dimensions},
        vision_config=SIDES | {"image_size": 32, "patch_size": 8, "projection_dim": dimensions},
        projection_dim=dimensions,
    )
    CLIPModel(config).save_pretrained(folder)
    sized = {"size": {"shortest_edge": 32}, "crop_size": {"height": 32, "width": 32}}
    CLIPProcessor(CLIPImageProcessor(**sized), tokenizer()).save_pretrained(folder)
    return folder


def siglip(folder: Path, seed: int = 7) -> Path:
    import torch  # noqa: PLC0415
    from transformers import (  # noqa: PLC0415
        SiglipConfig,
        SiglipImageProcessor,
        SiglipModel,
        SiglipProcessor,
    )

    torch.manual_seed(seed)
    config = SiglipConfig(
        text_config=TEXT | ENDS,
        vision_config=SIDES | {"image_size": 32, "patch_size": 8},
    )
    SiglipModel(config).save_pretrained(folder)
    pictures = SiglipImageProcessor(size={"height": 32, "width": 32})
    SiglipProcessor(pictures, tokenizer()).save_pretrained(folder)
    return folder


def siglip2(folder: Path, seed: int = 7) -> Path:
    import torch  # noqa: PLC0415
    from transformers import (  # noqa: PLC0415
        Siglip2Config,
        Siglip2ImageProcessor,
        Siglip2Model,
        Siglip2Processor,
    )

    torch.manual_seed(seed)
    config = Siglip2Config(
        text_config=TEXT | ENDS,
        vision_config=SIDES | {"patch_size": 8, "num_patches": 16},
    )
    Siglip2Model(config).save_pretrained(folder)
    pictures = Siglip2ImageProcessor(patch_size=8, max_num_patches=16)
    Siglip2Processor(pictures, tokenizer()).save_pretrained(folder)
    return folder


FAMILIES: dict[str, Callable[[Path], Path]] = {"clip": clip, "siglip": siglip, "siglip2": siglip2}
