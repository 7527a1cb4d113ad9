"""What all sides are given alike: encoders, tokenised examples, sentences. Kept in target/bench/inputs."""

import json
import os
import random
from pathlib import Path

# GLUE's eight tasks in the original's order, with the classes (0: a score) and the training examples of the official download.
GLUE = [("cola", 2, 8_551), ("mrpc", 2, 3_668), ("mnli", 3, 392_702), ("rte", 2, 2_490), ("sts", 0, 5_749), ("sst", 2, 67_349),
        ("qqp", 2, 363_846), ("qnli", 2, 104_743)]
FIRST_PIECE = 1_000  # below it BERT's vocabulary has special and single-character pieces

BASE = {"vocab_size": 30_522, "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3_072}
TINY = {"vocab_size": 2_000, "hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 128}
REST = {"architectures": ["BertForMaskedLM"], "model_type": "bert", "hidden_act": "gelu", "max_position_embeddings": 512,
        "type_vocab_size": 2, "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1, "layer_norm_eps": 1e-12}


CACHE = Path.home() / ".cache/palette/encoders/bertBase.uncased-1.0.0"


def pretrained():
    """The folder of the real BERT-base: BENCH_ENCODER, else Palette's cache; None where there is none."""
    folder = Path(os.environ.get("BENCH_ENCODER", CACHE))
    return folder if (folder / "model.safetensors").is_file() else None


def shapes(sizes):
    """Every tensor of an encoder of these sizes, by Hugging Face's names."""
    h, f = sizes["hidden_size"], sizes["intermediate_size"]
    found = {"embeddings.word_embeddings.weight": (sizes["vocab_size"], h), "embeddings.position_embeddings.weight": (512, h),
             "embeddings.token_type_embeddings.weight": (2, h), **norm("embeddings.LayerNorm", h), **dense("pooler.dense", h, h)}
    for layer in range(sizes["num_hidden_layers"]):
        prefix = f"encoder.layer.{layer}."
        for name in ("query", "key", "value"):
            found |= dense(f"{prefix}attention.self.{name}", h, h)
        found |= dense(f"{prefix}attention.output.dense", h, h) | norm(f"{prefix}attention.output.LayerNorm", h)
        found |= dense(f"{prefix}intermediate.dense", f, h)
        found |= dense(f"{prefix}output.dense", h, f) | norm(f"{prefix}output.LayerNorm", h)
    return {"bert." + name: shape for name, shape in found.items()}


def dense(name, outputs, inputs):
    return {f"{name}.weight": (outputs, inputs), f"{name}.bias": (outputs,)}


def norm(name, size):
    return {f"{name}.weight": (size,), f"{name}.bias": (size,)}


def start_value(name, shape, generator):
    """As BERT starts: norms at 1 and 0, biases at 0, everything else N(0, 0.02)."""
    import numpy

    if name.endswith("LayerNorm.weight"):
        return numpy.ones(shape, "f4")
    if name.endswith("bias"):
        return numpy.zeros(shape, "f4")
    return generator.standard_normal(shape, dtype="f4") * numpy.float32(0.02)


class Inputs:
    def __init__(self, folder, quick):
        self.folder = folder / "inputs"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.quick = quick
        self.sizes = TINY if quick else BASE

    def encoder(self, layers=None):
        """An encoder's folder: the pretrained one where its size is asked for and it is there, else random weights."""
        if layers is None and not self.quick and pretrained():
            return str(pretrained())
        sizes = {**self.sizes, "num_hidden_layers": layers or self.sizes["num_hidden_layers"]}
        folder = self.folder / f"encoder-{sizes['hidden_size']}-{sizes['num_hidden_layers']}"
        if not (folder / "model.safetensors").is_file():
            self.write_encoder(folder, sizes)
        return str(folder)

    def encoder_word(self):
        """The encoder as a script of Palette's says it."""
        return "bertBase.uncased" if self.encoder() == str(CACHE) else f"'{self.encoder()}'"

    @staticmethod
    def write_encoder(folder, sizes):
        import numpy
        from safetensors.numpy import save_file

        folder.mkdir(parents=True, exist_ok=True)
        (folder / "config.json").write_text(json.dumps({**REST, **sizes}, indent=1))
        (folder / "tokenizer_config.json").write_text('{"do_lower_case": true}')
        special = {0: "[PAD]", 100: "[UNK]", 101: "[CLS]", 102: "[SEP]", 103: "[MASK]"}
        pieces = [special.get(i) or piece(i) for i in range(sizes["vocab_size"])]
        (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
        generator = numpy.random.default_rng(1)
        tensors = {name: start_value(name, shape, generator) for name, shape in shapes(sizes).items()}
        save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})

    def vocabulary(self):
        return str(Path(self.encoder()) / "vocab.txt")

    def write_tokens(self, name, classes, lengths):
        """A file of random examples of the given lengths, pairs split in the middle; the same every time."""
        file = self.folder / f"{name}.tokens"
        if not file.is_file():
            draw = random.Random(name)
            lines = []
            for length in lengths:
                label = draw.random() if classes == 0 else draw.randrange(classes)
                ids = [101, *(draw.randrange(FIRST_PIECE, self.sizes["vocab_size"]) for _ in range(length - 2)), 102]
                lines.append(f"{label}\t{length // 2}\t{' '.join(map(str, ids))}\n")
            file.write_text("".join(lines))
        return str(file)

    def full_batches(self, length, examples, tasks=None):
        """Tasks whose examples are all of one length: nothing is padding, and every side computes on the same."""
        chosen = tasks or [(name, classes) for name, classes, _ in GLUE]
        vocabulary = self.sizes["vocab_size"]
        return [{"name": name, "classes": classes,
                 "examples": self.write_tokens(f"full-{vocabulary}-{classes}-{length}-{examples}", classes, [length] * examples)}
                for name, classes in chosen]

    def many_tasks(self, count, length, examples):
        return self.full_batches(length, examples, [(f"task{i}", 2) for i in range(count)])

    def random_lengths(self, split, examples, longest):
        """Stand-ins for GLUE, for a quick look: lengths spread like GLUE's, around 40 of 128."""
        draw = random.Random(split)
        lengths = [max(6, min(longest, round(draw.lognormvariate(3.5, 0.5) * longest / 128))) for _ in range(examples)]
        return [{"name": name, "classes": classes, "examples": self.write_tokens(f"spread-{name}-{split}", classes, lengths)}
                for name, classes, _ in GLUE]

    def glue(self, split, workers, data, kept):
        """GLUE's tasks, tokenised by us; of a split's examples as many as kept(count) says, taken at equal distances."""
        whole = self.folder / "glue"
        if not (whole / "qnli-dev.tokens").is_file():
            spec = {"side": "palette", "work": "export", "data": str(data), "out": str(whole), "vocabulary": self.vocabulary(),
                    "maxLength": 128}
            worker, _ = workers.start(spec)
            with worker:
                worker.ask(do="repeat")
        return [{"name": name, "classes": classes, "examples": str(thinned(whole / f"{name}-{split}.tokens", kept))}
                for name, classes, _ in GLUE]

    def sst(self):
        """A folder with training data in SST-2's layout, made up, for a quick look."""
        file = self.folder / "glue-quick/SST-2/train.tsv"
        if not file.is_file():
            draw = random.Random(1)
            rows = [" ".join(piece(draw.randrange(FIRST_PIECE, 2_000)) for _ in range(9)) + "\t1\n" for _ in range(500)]
            file.parent.mkdir(parents=True)
            file.write_text("sentence\tlabel\n" + "".join(rows))
        return file.parent.parent


def piece(number):
    """A made-up word of letters for an id."""
    letters = ""
    while number or not letters:
        number, digit = divmod(number, 26)
        letters += chr(ord("a") + digit)
    return letters + "q"


def thinned(file, kept):
    """A file with as many of another's lines as kept(count) says, evenly taken; the file itself where that is all."""
    lines = file.read_text().splitlines(keepends=True)
    count = kept(len(lines))
    if count == len(lines):
        return file
    smaller = file.with_name(f"{file.stem}-{count}.tokens")
    if not smaller.is_file():
        smaller.write_text("".join(lines[i * len(lines) // count] for i in range(count)))
    return smaller


def annealed_draws(count):
    """Task draws as annealed sampling makes them over a training (alpha from 1 to 0.2), so many at equal distances in it."""
    draw = random.Random(1)
    draws = []
    for i in range(count):
        alpha = 1 - 0.8 * i / max(count - 1, 1)
        weights = [examples**alpha for _, _, examples in GLUE]
        draws.append(draw.choices(range(len(GLUE)), weights)[0])
    return draws
