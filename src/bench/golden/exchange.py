#!/usr/bin/env python3
"""Folders of adapters as peft and adapters write them, for the tests to read; and the other way round, ours in theirs.

    pip install torch peft adapters==1.3.0 'transformers~=4.57.6'
    python exchange.py write core/src/test/resources/golden/exchange     # made by the real packages, with the logits they give
    python exchange.py check FOLDERS core/src/test/resources/golden/exchange     # folders that Palette wrote, under the same names

The tiny BERT, the batch and the values' deviations are those of methods.py. check loads each folder with the library of its form and
compares the logits with the golden ones to 1e-5.
"""
import json
import sys
from pathlib import Path

import torch

import methods

TOLERANCE = 1e-5


def peft_options():
    import peft
    every = ["query", "key", "value", "attention.output.dense", "intermediate.dense", "output.dense"]
    return {
        "peft-lora": peft.LoraConfig(task_type="SEQ_CLS", r=4, lora_alpha=6, target_modules=["query", "value"]),
        "peft-lora-everywhere": peft.LoraConfig(task_type="SEQ_CLS", r=2, lora_alpha=3, target_modules=every),
        "peft-rslora": peft.LoraConfig(task_type="SEQ_CLS", r=4, lora_alpha=6, use_rslora=True, target_modules=["query", "value"]),
        "peft-dora": peft.LoraConfig(task_type="SEQ_CLS", r=4, lora_alpha=6, use_dora=True,
                                     target_modules=["query", "attention.output.dense", "output.dense"]),
        "peft-lora-top": peft.LoraConfig(task_type="SEQ_CLS", r=4, lora_alpha=6, target_modules=["key"], layers_to_transform=[1],
                                         layers_pattern="layer"),
        "peft-ia3": peft.IA3Config(task_type="SEQ_CLS", target_modules=r".*(key|value|\d\.output\.dense)",
                                   feedforward_modules=r".*\d\.output\.dense"),
    }


def hub_options():
    import adapters
    return {
        "hub-houlsby": adapters.DoubleSeqBnConfig(reduction_factor=6),
        "hub-pfeiffer": adapters.SeqBnConfig(reduction_factor=4, leave_out=[0]),
        "hub-parallel": adapters.ParBnConfig(reduction_factor=4),
    }


def logits(model):
    with torch.no_grad():
        return model.double().eval()(**methods.batch()[0]).logits


def rounded(model):
    """Values that single precision has exactly, so that the folder and the logits are of the same ones."""
    for p in model.parameters():
        p.data = p.data.float()
    return model


def write(out):
    import adapters
    import peft
    made = {}
    for name, options in peft_options().items():
        model = rounded(peft.get_peft_model(methods.base().float(), options))
        methods.randomise({n.replace("ia3_l.default", "ia3.scale").replace("lora_magnitude_vector.default.weight", "lora.magnitude"): p
                           for n, p in model.named_parameters() if p.requires_grad})
        model.save_pretrained(out / name)
        (out / name / "README.md").unlink()                                  # nothing but a template
        made[name] = logits(model).flatten().tolist()
    for name, options in hub_options().items():
        model = methods.base().float()
        adapters.init(model)
        model.add_adapter("mrpc", config=options)
        model.set_active_adapters("mrpc")
        rounded(model)
        methods.randomise({n: p for n, p in model.named_parameters() if ".adapters." in n or n.startswith("classifier")})
        model.save_adapter(out / name, "mrpc", with_head=True, use_safetensors=name == "hub-parallel")
        made[name] = logits(model).flatten().tolist()
    versions = {"peft": peft.__version__, "adapters": adapters.__version__, "torch": torch.__version__}
    (out / "logits.json").write_text(json.dumps({"made by": versions, "logits": made}, indent=1))


def load(folder):
    model = methods.base().float()
    torch.nn.init.zeros_(model.classifier.weight)                            # the head must come from the folder
    if folder.name.startswith("peft"):
        import peft
        return peft.PeftModel.from_pretrained(model, folder)
    import adapters
    adapters.init(model)
    safe = (folder / "adapter.safetensors").exists()
    model.set_active_adapters(model.load_adapter(str(folder), with_head=True, use_safetensors=safe))
    return model


def check(folders, golden):
    expected = json.loads((golden / "logits.json").read_text())["logits"]
    worst = 0
    for name, values in expected.items():
        difference = (logits(load(folders / name)).flatten() - torch.tensor(values, dtype=torch.float64)).abs().max().item()
        print("%-22s %.1e" % (name, difference))
        worst = max(worst, difference)
    sys.exit(worst > TOLERANCE)


if __name__ == "__main__":
    what, first = sys.argv[1], Path(sys.argv[2])
    write(first) if what == "write" else check(first, Path(sys.argv[3]))
