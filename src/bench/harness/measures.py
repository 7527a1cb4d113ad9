"""The measures, one for each row of the table that they are for: who is compared with whom, on what.

A specification says what a worker prepares: `side` (palette or peer), `peer`, `work`, the encoder, the tasks with their examples, and
for a model `adapter`, `adapterSize`, `adapterHeads`, `adapterTopLayers`, `precision`; for ours alone `padding`, `freeze`, `cacheFrozen`
and `recompute`, as in a script's train block; for a peer alone
`compile` and `keptMemory`. `draws` are the tasks that one repetition takes a step of.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import machine
from commands import DryRun, StartToFirstStep
from growth import Growth
from inputs import Inputs, annealed_draws
from units import Duel, FirstStep, Fresh


@dataclass
class Context:
    """What the specifications are made of."""

    root: Path
    folder: Path
    inputs: Inputs
    workers: object
    data: Path
    quick: bool

    @property
    def pal(self):
        """PALs(204), or of a width that suits the tiny encoder."""
        return {"adapter": "pal", "adapterSize": 24 if self.quick else 204, "adapterHeads": 6}

    @property
    def batch(self):
        return 8 if self.quick else 32

    @property
    def length(self):
        return 64 if self.quick else 128

    @property
    def quarter(self):
        return 1 if self.quick else 3

    def step(self, **more):
        """A training step on a full batch."""
        return {"work": "train", "encoder": self.inputs.encoder(), "batchSize": self.batch, "maxLength": self.length,
                "tasks": self.inputs.full_batches(self.length, 8 * self.batch), "draws": [0], "precision": "fp32",
                **self.pal, **more}

    def glue_data(self):
        if self.data is None:
            raise LookupError("no GLUE data: give its folder with --data or PALETTE_DATA_DIR")
        return self.data

    def mixed(self, split, kept):
        """GLUE's eight tasks; for a quick look random pieces of like lengths."""
        if self.quick:
            return self.inputs.random_lengths(split, 64 if split == "train" else 16, self.length)
        return self.inputs.glue(split, self.workers, self.glue_data(), kept)

    def mix(self, **more):
        """Training steps of the eight tasks, drawn by annealed sampling."""
        at_most = self.mixed("train", lambda count: min(count, 20_000))
        return self.step(tasks=at_most, draws=annealed_draws(4 if self.quick else 8), **more)

    def evaluation(self, **more):
        """The eight dev sets, one example in sixty."""
        return {**self.step(tasks=self.mixed("dev", lambda count: -(-count // 60)), **more), "work": "evaluate"}

    def padded(self, spec):
        """Less of a specification's work, for a side that pads all to one length, so that each step costs it the same."""
        if spec["work"] == "train":
            return {**spec, "draws": spec["draws"][:2]}
        return {**spec, "tasks": self.mixed("dev", lambda count: -(-count // 240))}


def palette(spec, name="palette"):
    return {**spec, "side": "palette", "name": name}


def original(spec):
    return {**spec, "side": "peer", "peer": "original", "name": "original", "precision": "fp32"}


def hugging_face(spec, name="hf"):
    return {**spec, "side": "peer", "peer": "huggingface", "name": name}


NO_ADAPTER = {"adapter": "shared"}


def against_all(spec, settle, dynamic=None, padded=None):
    """Ours against the original in fp32 and against each configuration of Hugging Face's loop in our precision.

    dynamic: whether the compiled one is compiled for changing shapes; None to leave it out.
    padded: what the original does of the work, where that is less.
    """
    less = "it pads all to the same length, so each batch costs it the same: it does fewer, and pace is compared" if padded else ""
    duels = [
        Duel("original", palette(spec), original(padded or spec), settle, note=less),
        Duel("hf", palette(spec), hugging_face(spec), settle, heat=True, note="PALs put beside transformers' layers"),
        Duel("hf-kept-memory", palette(spec), hugging_face({**spec, "keptMemory": True}), settle, heat=True,
             note="the same as hf, with the memory allocator set as Palette's launcher does"),
    ]
    if dynamic is not None:
        compiled = {**spec, "compile": True, "dynamic": dynamic, "keptMemory": True}
        duels.append(Duel("hf-compiled", palette(spec), hugging_face(compiled), settle, warmups=8, heat=True,
                          note="the same as hf-kept-memory, each layer compiled"))
    return duels


def useful_operations(spec):
    """Floating-point operations of the matrix products that a repetition of steps cannot do without, forward and twice that backward.

    A word piece costs a layer 8 H^2 + 4 H F + 4 T H (projections, feed-forward, scores and sums), and its PAL 4 H s + 6 s^2 + 4 T s.
    """
    sizes = json.loads((Path(spec["encoder"]) / "config.json").read_text())
    h, f, t, s = sizes["hidden_size"], sizes["intermediate_size"], spec["maxLength"], spec["adapterSize"]
    piece = 8 * h * h + 4 * h * f + 4 * t * h + 4 * h * s + 6 * s * s + 4 * t * s
    example = sizes["num_hidden_layers"] * t * piece + 2 * h * h  # and the pooler
    return 3 * example * spec["batchSize"] * len(spec["draws"])


def step(c, precision):
    spec = c.step(precision=precision)
    duels = against_all(spec, settle=True, dynamic=None if c.quick and precision == "bf16" else False)
    duels[0].flops = useful_operations(spec)
    kept = {**original(spec), "keptMemory": True}
    return [
        *duels,
        Duel("original-kept-memory", palette(spec), kept, settle=True,
             note="O, with the memory allocator set likewise"),
    ]


def mix(c, precision):
    spec = c.mix(precision=precision)
    bucketed = palette({**spec, "padding": "bucketed"}, "palette-bucketed")
    return [
        *against_all(spec, settle=True, dynamic=None if c.quick else True, padded=c.padded(spec)),
        Duel("bucketed", palette(spec), bucketed, settle=True,
             note="our own two ways: packed, and padded in batches of like length"),
    ]


def evaluation(c, precision):
    spec = c.evaluation(precision=precision)
    return against_all(spec, settle=False, dynamic=None if c.quick else True, padded=c.padded(spec))


def frozen(c, precision):
    """Ours frozen against ours in full, and for comparison the frozen encoders of peft and adapters."""
    full, ours = c.step(precision=precision), c.step(precision=precision, freeze="encoder")
    all_frozen = c.step(precision=precision, freeze="pretrained")
    return [
        Duel("full", palette(ours), palette(full, "palette-full"), settle=True, note="the encoder frozen but for its layer norms"),
        Duel("full-norms", palette(all_frozen), palette(full, "palette-full"), settle=True, note="its layer norms frozen too"),
        Duel("lora", palette(all_frozen), hugging_face({**full, "adapter": "lora", "keptMemory": True}), settle=True, heat=True,
             note="peft's LoRA(8) on query and value"),
        Duel("bottleneck", palette(all_frozen), hugging_face({**full, "adapter": "bottleneck", "keptMemory": True}), settle=True, heat=True,
             note="bottleneck adapters as wide as the PALs"),
    ]


def cached(c):
    """Adapters in the top quarter of a frozen encoder, whose lower part is computed once an example, before the first step: that
    is not in the figures."""
    full = c.step(tasks=c.inputs.full_batches(c.length, 8 * c.batch)[:1])
    top = {**full, "adapterTopLayers": c.quarter}
    ours = palette({**top, "freeze": "pretrained", "cacheFrozen": True})
    return [
        Duel("full", ours, palette(full, "palette-full"), settle=True),
        Duel("lora", ours, hugging_face({**top, "adapter": "lora", "keptMemory": True}), settle=True, heat=True,
             note="peft's LoRA(8) in the same layers"),
        Duel("bottleneck", ours, hugging_face({**top, "adapter": "bottleneck", "keptMemory": True}), settle=True, heat=True,
             note="bottleneck adapters in the same layers, as wide as the PALs"),
    ]


def cost_of_pals(c):
    return [Duel("shared", palette(c.step()), palette(c.step(**NO_ADAPTER), "palette-shared"), settle=True)]


def tokenising(c):
    data = c.inputs.sst() if c.quick else c.glue_data()
    spec = {"work": "tokenise", "data": str(data), "vocabulary": c.inputs.vocabulary(), "maxLength": 128}
    kept = {**spec, "work": "kept tokens"}
    warm = "ours in a warm JVM that has seen none of the words"
    return [
        Duel("original", palette(spec), original(spec), note=warm),
        Duel("tokenizers", palette(spec), hugging_face(spec, "tokenizers"), note=warm),
        Duel("second-start", palette(kept), original(spec), note="ours finds the tokens of an earlier start, in a warm JVM"),
        Fresh("palette-cold", palette(spec), steps=1, note="ours in a new process each time"),
    ]


def memory(c):
    return [Fresh(side["name"], side, steps=2) for side in (palette(c.step()), original(c.step()), hugging_face(c.step()))]


def optimizer(c):
    spec = {"work": "optimize", "encoder": c.inputs.encoder(), "tasks": c.inputs.full_batches(c.length, c.batch)[:1], **NO_ADAPTER}
    return [Duel("adamw", palette(spec), hugging_face(spec, "adamw"), warmups=5, note="clipping to a common norm and the update")]


def start(c):
    peer = "imports, weights and model, up to its first step"
    return [StartToFirstStep("palette", c), FirstStep("hf", hugging_face(c.step()), peer),
            FirstStep("original", original(c.step()), peer)]


def dry_run(c):
    return [DryRun("palette", c)]


def peak(c):
    """The yardstick of the FLOP/s rows; no comparison."""
    spec = {"side": "peer", "work": "peak", "quick": c.quick}
    precisions = ["fp32", "bf16"] if c.quick or computes_bf16(c) else ["fp32"]
    return [Fresh(p, {**spec, "precision": p, "name": p}, steps=0) for p in precisions]


def growth(c):
    tokens = [128, 256] if c.quick else [512, 1_024, 2_048, 4_096, 8_192, 16_384]
    tasks = [1, 4] if c.quick else [1, 2, 4, 8, 16, 32, 64]
    layers = [1, 2] if c.quick else [4, 8, 12, 16, 20, 24]
    few = c.batch // 4

    def of_tokens(n):
        rows = n // c.length
        return lambda: palette(c.step(batchSize=rows, tasks=c.inputs.full_batches(c.length, 2 * rows), draws=[0]))

    def of_tasks(n):
        return lambda: palette(c.step(
            batchSize=few, tasks=c.inputs.many_tasks(n, c.length, 2 * few), draws=[0, n - 1]))

    def of_layers(n):
        return lambda: palette(c.step(encoder=c.inputs.encoder(layers=n), batchSize=few))

    return [
        Growth("tokens", [(n, of_tokens(n)) for n in tokens], memory_grows=True, note=f"sequences of {c.length}, more of them"),
        Growth("tasks", [(n, of_tasks(n)) for n in tasks], note=f"PALs for each; batches of {few}x{c.length}"),
        Growth("layers", [(n, of_layers(n)) for n in layers], note=f"random weights; batches of {few}x{c.length}"),
    ]


def computes_bf16(c):
    return c.workers.common["device"] != "cpu" or machine.computes_bf16()


def in_bf16(measure):
    """A measure in bf16, where the processor or the GPU computes that."""

    def measure_or_say_why_not(c):
        if not c.quick and not computes_bf16(c):
            raise LookupError("this processor has no bf16 instructions; libraries compute it in software, many times slower than fp32")
        return measure(c, "bf16")

    return measure_or_say_why_not


MEASURES = {
    "peak": peak,
    "step-fp32": lambda c: step(c, "fp32"),
    "step-bf16": in_bf16(step),
    "mix-fp32": lambda c: mix(c, "fp32"),
    "mix-bf16": in_bf16(mix),
    "evaluation-fp32": lambda c: evaluation(c, "fp32"),
    "evaluation-bf16": in_bf16(evaluation),
    "frozen-fp32": lambda c: frozen(c, "fp32"),
    "frozen-bf16": in_bf16(frozen),
    "cached": cached,
    "pals-cost": cost_of_pals,
    "tokenising": tokenising,
    "memory": memory,
    "optimizer": optimizer,
    "start": start,
    "dry-run": dry_run,
    "growth": growth,
}
