#!/usr/bin/env python3
"""Writes golden/adapters: what peft and adapters compute with a tiny BERT, for the tests to compare with.

    pip install torch peft adapters==1.3.0 'transformers~=4.57.6'
    python methods.py core/src/test/resources/golden/adapters [METHOD ...]

encoder.safetensors holds the tiny BERT (float32), batch.json what it reads. METHOD.json holds the adapter's and the head's starting values under Palette's names, and what the library makes of them, computed in float64: the last hidden states, the
logits, the loss, every gradient, and the values after three steps of torch's AdamW with gradients unclipped. The format is described
in core/src/test/resources/golden/README.md.
"""
import json
import re
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import BertConfig, BertForSequenceClassification

TASK, LABELS, LAYERS = "mrpc", 3, 2
RATE, DECAY, STEPS = 1e-2, 0.01, 3
CONFIG = dict(vocab_size=60, hidden_size=24, num_hidden_layers=LAYERS, num_attention_heads=4, intermediate_size=40,
              hidden_act="gelu", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, max_position_embeddings=14,
              type_vocab_size=2, num_labels=LABELS, attn_implementation="eager")

# Palette's names of a layer's linear maps, by BERT's.
PROJECTIONS = {"attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
               "attention.output.dense": "attentionOutput", "intermediate.dense": "inner", "output.dense": "outer"}


def number(x):
    return float("%.9g" % x)


def tensor(t):
    """IA3 keeps its vectors as rows and columns."""
    return {"shape": list(t.shape) if t.dim() != 2 or min(t.shape) > 1 else [t.numel()], "data": [number(v) for v in t.detach().flatten().tolist()]}


def batch():
    lengths = [9, 6, 7, 4]
    generator = torch.Generator().manual_seed(5)
    mask = torch.tensor([[int(i < n) for i in range(9)] for n in lengths])
    ids = torch.randint(1, 60, (4, 9), generator=generator) * mask
    types = torch.tensor([[int(i >= n // 2) for i in range(9)] for n in lengths]) * mask
    return dict(input_ids=ids, token_type_ids=types, attention_mask=mask), torch.tensor([0, 2, 1, 2])


def base():
    """The same tiny BERT for every method; nothing in it is 0 or 1, so that a part left out shows."""
    torch.manual_seed(7)
    model = BertForSequenceClassification(BertConfig(**CONFIG))
    for name, p in model.named_parameters():
        torch.nn.init.normal_(p, 1.0 if name.endswith("LayerNorm.weight") else 0.0, 0.2)
    return model.double().eval()


def randomise(named, deviation=0.2):
    """Starting values that leave nothing at rest: LoRA's B and the like would hide a mistake at 0."""
    generator = torch.Generator().manual_seed(11)
    for name, p in sorted(named.items()):
        noise = torch.randn(p.shape, generator=generator, dtype=torch.float32) * deviation
        with torch.no_grad():
            p.copy_((noise + (1 if ones(name) else 0)).double())


def ones(name):
    return name.endswith(".scale") or name.endswith(".magnitude")


def decayed(name):
    return not (name.endswith((".bias", ".turn", ".mixture", ".routing")) or (".fusion." in name and name.endswith(".value.weight")) or "LayerNorm" in name or ones(name))


def write(out, method, model, named, library, places=range(9), given={}):
    """Runs a model whose trained parameters are named, and writes what it finds; the word pieces are at places."""
    inputs, labels = batch()
    named["head." + TASK + ".weight"] = parameter(model, "classifier.weight")
    named["head." + TASK + ".bias"] = parameter(model, "classifier.bias")
    for p in model.parameters():
        p.requires_grad_(False)
    for p in named.values():
        p.requires_grad_(True)
    result = {"library": library, "rate": RATE, "weight_decay": DECAY, "weights": {n: tensor(p) for n, p in named.items()}}
    if given:
        result["given"] = {n: tensor(p) for n, p in given.items()}             # not trained

    def loss():
        seen = model(**inputs, output_hidden_states=True)
        return seen, torch.nn.functional.cross_entropy(seen.logits, labels)

    seen, value = loss()
    gradients = torch.autograd.grad(value, list(named.values()))
    result["sequence_output"] = tensor(seen.hidden_states[-1][:, list(places)])
    result["logits"] = tensor(seen.logits)
    result["loss"] = number(value.item())
    result["gradients"] = {n: tensor(g) for n, g in zip(named, gradients)}
    optimizer = torch.optim.AdamW(
        [dict(params=[p for n, p in named.items() if decayed(n) == d], weight_decay=DECAY if d else 0.0) for d in (True, False)],
        lr=RATE, eps=1e-6)
    for step in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (STEPS - step) / STEPS                   # Palette's schedule without a warm-up
        optimizer.zero_grad()
        loss()[1].backward()
        optimizer.step()
    result["after_three_steps"] = {n: tensor(p) for n, p in named.items()}
    (out / (method + ".json")).write_text(json.dumps(result))


def parameter(model, name):
    """The trained one of this name: peft keeps the original beside its own copy."""
    found = [p for n, p in model.named_parameters() if n.endswith(name) or n.endswith(name.replace(".", ".modules_to_save.default."))]
    return found[-1]


def layered(model, pattern, rename):
    """Parameters whose name has a layer and a linear map, under Palette's names."""
    named = {}
    for name, p in model.named_parameters():
        found = re.search(r"encoder\.layer\.(\d+)\.(" + "|".join(map(re.escape, PROJECTIONS)) + r")\." + pattern, name)
        if found:
            named[rename(found.group(1), PROJECTIONS[found.group(2)], found)] = p
    return named


def peft_model(**options):
    import peft
    kind = getattr(peft, options.pop("kind"))
    model = peft.get_peft_model(base(), kind(task_type="SEQ_CLS", **options)).double().eval()
    return model, "peft " + peft.__version__


def lora(out, method, word="lora", **options):
    model, library = peft_model(kind="LoraConfig", **options)
    which = {"lora_A": "down.weight", "lora_B": "up.weight", "lora_magnitude_vector": "magnitude"}
    named = layered(model, r"(lora_A|lora_B|lora_magnitude_vector)\.default\.weight",
                    lambda layer, projection, found: f"adapter.{word}.{TASK}.layer.{layer}.{projection}.{which[found.group(3)]}")
    randomise(named)
    write(out, method, model, named, library)


def ia3(out, method, **options):
    model, library = peft_model(kind="IA3Config", target_modules=r".*(key|value|\d\.output\.dense)", feedforward_modules=r".*\d\.output\.dense")
    named = layered(model, r"ia3_l\.default",
                    lambda layer, projection, found: f"adapter.ia3.{TASK}.layer.{layer}.{projection}.scale")
    assert len(named) == 3 * LAYERS, named.keys()
    randomise(named)
    write(out, method, model, named, library)


def bitfit(out, method):
    model = base()
    named = {f"adapter.bitFit.{TASK}.{n}": p for n, p in model.named_parameters() if n.startswith("bert.") and n.endswith(".bias")}
    write(out, method, model, named, "torch " + torch.__version__)


def hub_model(config):
    import adapters
    model = base().float()
    adapters.init(model)
    model.add_adapter("a", config=config)
    model.set_active_adapters("a")
    return model.double().eval(), "adapters " + adapters.__version__


def bottleneck(out, method, config, **options):
    import adapters
    model, library = hub_model(getattr(adapters, config)(**options))
    named = {}
    for name, p in model.named_parameters():
        found = re.search(r"layer\.(\d+)\.(attention\.)?output\.adapters\.a\.adapter_(down|up)\.(?:0\.)?(weight|bias)", name)
        if found:
            layer, attention, which, kind = found.groups()
            named[f"adapter.bottleneck.{TASK}.layer.{layer}.{'attention' if attention else 'feedForward'}.{which}.{kind}"] = p
    randomise(named)
    write(out, method, model, named, library)


def fusion(out, method, config, **options):
    """AdapterFusion over two adapters; the key's bias, which moves all scores alike, stays as it is."""
    import adapters
    model = base().float()
    adapters.init(model)
    names = ["one", "two"]
    for n, reduction in zip(names, (4, 6)):
        model.add_adapter(n, config=getattr(adapters, config)(reduction_factor=reduction, **options))
    setup = adapters.Fuse(*names)
    model.add_adapter_fusion(setup, "dynamic")
    model.set_active_adapters(setup)
    model.double().eval()
    named, given = {}, {}
    for name, p in model.named_parameters():
        found = re.search(r"layer\.(\d+)\.(attention\.)?output\.(?:adapters\.(one|two)\.adapter_(down|up)\.(?:0\.)?|adapter_fusion_layer\.one,two\.(query|key|value)\.)(weight|bias)", name)
        if found:
            layer, attention, adapter, which, attended, kind = found.groups()
            place = f"layer.{layer}.{'attention' if attention else 'feedForward'}"
            if adapter:
                given[f"adapter.fusion.from.{names.index(adapter)}.{adapter}.{place}.{which}.{kind}"] = p
            elif (attended, kind) != ("key", "bias"):
                named[f"adapter.fusion.{TASK}.{place}.{attended}.{kind}"] = p
    randomise({**named, **given})
    write(out, method, model, named, "adapters " + adapters.__version__, given=given)


def compacter(out, method):
    import adapters
    model, library = hub_model(adapters.CompacterConfig(reduction_factor=3, phm_dim=4, phm_rank=2))
    named = {}
    for name, p in model.named_parameters():
        found = re.search(r"layer\.(\d+)\.(attention\.)?output\.adapters\.a\.adapter_(down|up)\.(?:0\.)?(W_left|W_right|b)$", name)
        if found:
            layer, attention, which, kind = found.groups()
            kind = {"W_left": "left", "W_right": "right", "b": "bias"}[kind]
            named[f"adapter.compacter.{TASK}.layer.{layer}.{'attention' if attention else 'feedForward'}.{which}.{kind}"] = p
        elif name.endswith("phm_rule"):
            named[f"adapter.compacter.{TASK}.rule"] = p
    assert len(named) == 1 + 2 * 2 * 2 * 3, named.keys()
    randomise(named, 0.5)
    write(out, method, model, named, library)


def prefix(out, method):
    import adapters
    model, library = hub_model(adapters.PrefixTuningConfig(prefix_length=3, bottleneck_size=5))
    found = {n: p for n, p in model.named_parameters() if "prefix_tuning" in n}
    named = {}
    for name, p in found.items():
        if "wte" in name:
            named[f"adapter.prefixTuning.{TASK}.embedding.weight"] = p
        elif "control_trans.0" in name:
            named[f"adapter.prefixTuning.{TASK}.down.{name.split('.')[-1]}"] = p
    up = [m for n, m in model.named_modules() if n.endswith("control_trans")][0]
    split_rows(up, "2", [f"adapter.prefixTuning.{TASK}.layer.{layer}.{side}" for layer in range(LAYERS) for side in ("key", "value")], named)
    randomise(named)
    write(out, method, model, named, library)


class Network(torch.nn.Module):
    """An embedding through a network, in place of an embedding."""

    def __init__(self, length, inner):
        super().__init__()
        self.embedding = torch.nn.Embedding(length, CONFIG["hidden_size"])
        self.down = torch.nn.Linear(CONFIG["hidden_size"], inner)
        self.up = torch.nn.Linear(inner, CONFIG["hidden_size"])

    def forward(self, ids):
        return self.up(torch.tanh(self.down(self.embedding(ids))))


def prompt(out, method, inner=None):
    import adapters
    length = 3
    model, library = hub_model(adapters.PromptTuningConfig(prompt_length=length, combine="prefix_after_bos"))
    tuned = model.bert.prompt_tuning.prompt_tunings["a"]
    if inner:
        tuned.prompt_embedding = Network(length, inner).double()
        named = {f"adapter.promptTuning.{TASK}.{n}": p for n, p in tuned.prompt_embedding.named_parameters()}
    else:
        named = {f"adapter.promptTuning.{TASK}.embedding.weight": tuned.prompt_embedding.weight}
    randomise(named)
    write(out, method, model, named, library, [0, *range(1 + length, 9 + length)])


class Rows(torch.nn.Module):
    """A linear layer whose rows lie in several parameters."""

    def __init__(self, linear, names):
        super().__init__()
        self.weights = torch.nn.ParameterList(torch.nn.Parameter(w.clone()) for w in linear.weight.chunk(len(names)))
        self.biases = torch.nn.ParameterList(torch.nn.Parameter(b.clone()) for b in linear.bias.chunk(len(names)))

    def forward(self, x):
        return torch.nn.functional.linear(x, torch.cat(list(self.weights)), torch.cat(list(self.biases)))


def split_rows(parent, name, names, named):
    rows = Rows(getattr(parent, name), names)
    setattr(parent, name, rows)
    for i, n in enumerate(names):
        named[n + ".weight"], named[n + ".bias"] = rows.weights[i], rows.biases[i]


class Changed(torch.nn.Module):
    """A linear layer with something done to what it makes: the equations of methods that no library has."""

    def __init__(self, linear, change):
        super().__init__()
        self.linear, self.change = linear, change

    def forward(self, x):
        return self.change(x, self.linear(x))


EQUATIONS = "torch " + torch.__version__ + ", float64, from the equations"


def parameters(named, prefix, **shapes):
    """New parameters of these shapes, named."""
    made = {}
    for name, shape in shapes.items():
        made[name] = torch.nn.Parameter(torch.zeros(shape, dtype=torch.float64))
        named[prefix + name.replace("__", ".")] = made[name]
    return made


def change_projections(model, which, make):
    for layer, block in enumerate(model.bert.encoder.layer):
        for path, word in PROJECTIONS.items():
            if word in which:
                parent = block.get_submodule(path.rpartition(".")[0])
                last = path.rpartition(".")[2]
                setattr(parent, last, Changed(getattr(parent, last), make(layer, word, getattr(parent, last))))


def mtl_lora(out, method):
    """y + s (sum_i softmax(w / tau)_i B_i) Lambda A x."""
    model, named, r, n, tau, scale = base(), {}, 3, 2, 0.5, 6 / 3

    def make(layer, word, linear):
        place = f"layer.{layer}.{word}."
        common = parameters(named, "adapter.mtlLora." + place, down__weight=(r, linear.in_features), ups__weight=(n, linear.out_features, r))
        own = parameters(named, f"adapter.mtlLora.{TASK}." + place, turn=(r, r), mixture=(n,))

        def change(x, y):
            a = torch.softmax(own["mixture"] / tau, 0)
            for i in range(n):
                y = y + scale * a[i] * (((x @ common["down__weight"].T) @ own["turn"].T) @ common["ups__weight"][i].T)
            return y
        return change

    change_projections(model, ("query", "outer"), make)
    randomise(named, 0.4)
    write(out, method, model, named, EQUATIONS)


def polytropon(out, method):
    """y + s (sum_i z_i B_i) (sum_i z_i A_i) x, z = sigmoid(logits), as shares."""
    model, named, r, skills, scale = base(), {}, 2, 3, 6 / 2
    routing = parameters(named, f"adapter.polytropon.{TASK}.", routing=(skills,))["routing"]

    def make(layer, word, linear):
        p = parameters(named, f"adapter.polytropon.layer.{layer}.{word}.", down__weight=(skills, r, linear.in_features), up__weight=(skills, linear.out_features, r))

        def change(x, y):
            z = torch.sigmoid(routing)
            z = z / z.sum()
            return y + scale * x @ torch.einsum("s,sri->ri", z, p["down__weight"]).T @ torch.einsum("s,sor->or", z, p["up__weight"]).T
        return change

    change_projections(model, ("query", "value"), make)
    randomise(named, 0.4)
    write(out, method, model, named, EQUATIONS)


def hyperformer(out, method):
    """a + LN(U gelu(D a)), where D, U and the norm are linear in I = P2 relu(P1 [task; layer; place])."""
    model, named, r, e, inner, hidden = base(), {}, 3, 4, 5, CONFIG["hidden_size"]
    task = parameters(named, f"adapter.hyperFormer.task.{TASK}.", embedding=(1, e))["embedding"]
    places = {"attentionOutput": "attention", "outer": "feedForward"}
    place = {w: parameters(named, f"adapter.hyperFormer.{p}.", embedding=(1, e))["embedding"] for w, p in places.items()}
    layers = [parameters(named, f"adapter.hyperFormer.layer.{i}.", embedding=(1, e))["embedding"] for i in range(LAYERS)]
    p = parameters(named, "adapter.hyperFormer.", projector__first__weight=(inner, 3 * e), projector__first__bias=(inner,),
                   projector__second__weight=(e, inner), projector__second__bias=(e,), down__weight=(r * hidden, e),
                   up__weight=(hidden * r, e), scale__weight=(hidden, e), shift__weight=(hidden, e))

    def make(layer, word, linear):
        def change(x, y):
            source = torch.cat([task, layers[layer], place[word]], 1)[0]
            source = p["projector__second__weight"] @ torch.relu(p["projector__first__weight"] @ source + p["projector__first__bias"]) + p["projector__second__bias"]
            down = (p["down__weight"] @ source).reshape(r, hidden)
            up = (p["up__weight"] @ source).reshape(hidden, r)
            made = torch.nn.functional.gelu(y @ down.T) @ up.T
            made = (made - made.mean(-1, keepdim=True)) / torch.sqrt(made.var(-1, unbiased=False, keepdim=True) + 1e-6)
            return y + made * (p["scale__weight"] @ source) + p["shift__weight"] @ source
        return change

    change_projections(model, places, make)
    randomise(named, 0.5)
    write(out, method, model, named, EQUATIONS)


ALL = ["query", "key", "value", "attention.output.dense", "intermediate.dense", "output.dense"]
METHODS = {
    "lora": lambda out, m: lora(out, m, r=4, lora_alpha=6, target_modules=["query", "value"]),
    "lora-everywhere": lambda out, m: lora(out, m, r=2, lora_alpha=3, target_modules=ALL),
    "rslora": lambda out, m: lora(out, m, r=4, lora_alpha=6, use_rslora=True, target_modules=["query", "value"]),
    "dora": lambda out, m: lora(out, m, word="dora", r=4, lora_alpha=6, use_dora=True, target_modules=["query", "output.dense"]),
    "ia3": lambda out, m: ia3(out, m),
    "bitfit": lambda out, m: bitfit(out, m),
    "houlsby": lambda out, m: bottleneck(out, m, "DoubleSeqBnConfig", reduction_factor=6),
    "pfeiffer": lambda out, m: bottleneck(out, m, "SeqBnConfig", reduction_factor=4),
    "fusion": lambda out, m: fusion(out, m, "SeqBnConfig"),
    "fusion-houlsby": lambda out, m: fusion(out, m, "DoubleSeqBnConfig"),
    "compacter": lambda out, m: compacter(out, m),
    "prefix": lambda out, m: prefix(out, m),
    "prompt": lambda out, m: prompt(out, m),
    "prompt-network": lambda out, m: prompt(out, m, inner=5),
    "mtl-lora": mtl_lora,
    "polytropon": polytropon,
    "hyperformer": hyperformer,
    "parallel": lambda out, m: bottleneck(out, m, "ParBnConfig", reduction_factor=4),
}


def main():
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    model = base()
    weights = {n: t.float().contiguous() for n, t in model.state_dict().items() if n.startswith("bert.") and "position_ids" not in n}
    save_file(weights, out / "encoder.safetensors")
    inputs, labels = batch()
    read = {n: t.tolist() for n, t in inputs.items()}
    (out / "batch.json").write_text(json.dumps({"config": CONFIG, "inputs": read, "labels": labels.tolist()}))
    for method in sys.argv[2:] or METHODS:
        METHODS[method](out, method)
        print(method, (out / (method + ".json")).stat().st_size)


if __name__ == "__main__":
    main()
