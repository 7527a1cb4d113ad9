"""The pretrained encoder, as every side reads it: Hugging Face's names in a safetensors file."""

import json
from pathlib import Path

from safetensors.torch import load_file


def encoder_config(spec):
    return json.loads((Path(spec["encoder"]) / "config.json").read_text())


def encoder_weights(spec):
    """The encoder's and pooler's tensors by name, without the prefix `bert.` and without the heads of pretraining."""
    file = load_file(Path(spec["encoder"]) / "model.safetensors")
    return {name[len("bert."):]: tensor for name, tensor in file.items() if name.startswith("bert.")}
