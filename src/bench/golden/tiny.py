#!/usr/bin/env python3
"""Writes tiny_<variant>.json: what the original "BERT and PALs" code computes with a tiny model, for the tests to compare with.

    python tiny.py ORIGINAL OUT [VARIANT ...]

ORIGINAL is a checkout of the original (modeling.py, optimization.py); OUT a folder. Needs torch (1.13.1 gave the files that ship),
numpy and six. The format is described in core/src/test/resources/golden/README.md; then run

    ./mvnw test -Dpalette.golden=OUT
"""
import copy
import json
import sys
from pathlib import Path

import torch

BERT = dict(vocab_size=60, hidden_size=24, num_hidden_layers=2, num_attention_heads=4, intermediate_size=40, hidden_act="gelu",
            hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, max_position_embeddings=14, type_vocab_size=2,
            initializer_range=0.02)
LABELS, TASKS, REGRESSION = [2, 3, 1], ["mrpc", "mnli", "sts"], 2
SEQUENCE = [0, 1, 2, 0, 1]
RATE, ATTENTION_RATE, WARMUP, TOTAL = 1e-3, 3e-4, 0.1, 10
NO_DECAY = ["bias", "gamma", "beta"]

VARIANTS = {
    "fully_shared": {},
    "pals": dict(mult=True, pals=True, hidden_size_aug=12),
    "low_rank": dict(mult=True, hidden_size_aug=7),
    "low_rank_extra_dim": dict(mult=True, hidden_size_aug=7, extra_dim=5),
    "houlsby": dict(houlsby=True, hidden_size_aug=7),
    "houlsby_plus_pals": dict(houlsby=True, pals=True, hidden_size_aug=12, extra_dim=5),
    "lhuc": dict(lhuc=True),
    "pals_lhuc": dict(mult=True, pals=True, lhuc=True, hidden_size_aug=12),
    "low_rank_lhuc": dict(mult=True, lhuc=True, hidden_size_aug=7),
    "top_attn": dict(top=True, hidden_size_aug=36),
    "top_bert_layer": dict(top=True, bert_lay_top=True),
    "pals_top_attn": dict(mult=True, pals=True, top=True, hidden_size_aug=12),
}
HOW = ["freeze", "split", "freeze_split"]


def number(x):
    return float("%.9g" % x)


def tensor(t):
    return {"shape": list(t.shape), "data": [number(v) for v in t.detach().float().flatten().tolist()]}


def inputs():
    lengths = [9, 6, 7, 4]
    generator = torch.Generator().manual_seed(5)
    mask = torch.tensor([[int(i < n) for i in range(9)] for n in lengths])
    ids = torch.randint(1, 60, (4, 9), generator=generator) * mask
    types = torch.tensor([[int(i >= n // 2) for i in range(9)] for n in lengths]) * mask
    return dict(input_ids=ids, token_type_ids=types, attention_mask=mask)


def labels(dtype):
    return [torch.tensor([1, 0, 0, 1]), torch.tensor([2, 0, 1, 2]), torch.tensor([0.76, 0.0, 1.0, 0.35], dtype=dtype)]


def build(modeling, keys):
    config = modeling.BertConfig.from_dict({**BERT, **keys, "num_tasks": len(TASKS)})
    model = modeling.BertForMultiTask(config, LABELS)
    generator = torch.Generator().manual_seed(11)
    with torch.no_grad():
        for name, p in model.named_parameters():
            noise = torch.randn(p.shape, generator=generator)
            if name.endswith("gamma"):
                p.copy_(1 + 0.2 * noise)
            elif "lhuc" in name or "embeddings.weight" in name:
                p.copy_(noise)
            else:
                p.copy_(0.25 * noise)
    return model.eval()


class Run:
    """One model in one precision."""

    def __init__(self, model, dtype):
        self.model = copy.deepcopy(model).to(dtype)
        self.names = {p: n for n, p in self.model.named_parameters()}
        self.inputs, self.labels, self.dtype = inputs(), labels(dtype), dtype

    def loss(self, task):
        name = "sts" if task == REGRESSION else TASKS[task]
        return self.model(self.inputs["input_ids"], self.inputs["token_type_ids"], self.inputs["attention_mask"], task, name,
                          self.labels[task])

    def forward(self, task):
        bert, seen = self.model.bert, {}
        hooks = [bert.embeddings.register_forward_hook(lambda m, i, o: seen.__setitem__("embedding_output", o))]
        hooks += [layer.register_forward_hook(lambda m, i, o, n=n: seen.__setitem__(n, o))
                  for n, layer in enumerate(bert.encoder.layer)]
        hooks.append(bert.pooler.register_forward_hook(
            lambda m, i, o: seen.update(sequence_output=i[0], pooled_output=o)))
        with torch.no_grad():
            loss, logits = self.loss(task)
        for hook in hooks:
            hook.remove()
        layers = [seen[n] for n in range(len(bert.encoder.layer))]
        return dict(task=task, embedding_output=seen["embedding_output"], layers=layers,
                    sequence_output=seen["sequence_output"], pooled_output=seen["pooled_output"], logits=logits, loss=loss)

    def gradients(self, task):
        self.model.zero_grad(set_to_none=True)
        self.loss(task)[0].backward()
        found = {n: p.grad.clone() for n, p in self.model.named_parameters() if p.grad is not None}
        self.model.zero_grad(set_to_none=True)
        return found

    def freeze(self):
        for n, p in self.model.bert.named_parameters():
            p.requires_grad = any(part in n for part in ["aug", "classifier", "mult", "gamma", "beta"])

    def optimizers(self, optimization, split):
        def groups(chosen):
            named = [(n, p) for n, p in self.model.named_parameters() if chosen(n)]
            return [{"params": [p for n, p in named if not any(d in n for d in NO_DECAY)], "weight_decay_rate": 0.01},
                    {"params": [p for n, p in named if any(d in n for d in NO_DECAY)], "weight_decay_rate": 0.0}]

        def adam(chosen, rate):
            return optimization.BERTAdam(groups(chosen), lr=rate, warmup=WARMUP, t_total=TOTAL)

        if not split:
            return [adam(lambda n: True, RATE)]
        return [adam(lambda n: "attn" not in n, RATE), adam(lambda n: "attn" in n, ATTENTION_RATE)]

    def steps(self, optimization, split):
        optimizers, done = self.optimizers(optimization, split), []
        for step, task in enumerate(SEQUENCE):
            before = {n: p.detach().clone() for n, p in self.model.named_parameters()}
            loss = self.loss(task)[0]
            loss.backward()
            norms = {n: None if p.grad is None else number(p.grad.norm().item()) for n, p in self.model.named_parameters()}
            for optimizer in optimizers:
                optimizer.step()
            self.model.zero_grad(set_to_none=False)  # zeroed, as in torch < 2: momentum moves what took no part
            states = {k: v for optimizer in optimizers for k, v in optimizer.state.items()}
            counts = {n: states[p]["step"] if len(states.get(p, {})) else 0 for n, p in self.model.named_parameters()}
            after = {n: p.detach().clone() for n, p in self.model.named_parameters()}
            done.append(dict(step=step, task=task, loss_before_update=loss.detach(), grad_norm_before_clip=norms,
                             param_step_count_after=counts, before=before, after=after))
        return done


def gap(one, other):
    return (one.double() - other.double()).abs().max().item()


def written(steps, whole):
    kept = []
    for s in steps:
        out = dict(step=s["step"], task=s["task"], loss_before_update=number(s["loss_before_update"].item()))
        if whole:
            out.update(grad_norm_before_clip=s["grad_norm_before_clip"], param_step_count_after=s["param_step_count_after"])
        out["params"] = {n: tensor(p) for n, p in s["after"].items() if not torch.equal(p, s["before"][n])}
        kept.append(out)
    return kept


def forward_json(f):
    return {k: v if k == "task" else [tensor(x) for x in v] if k == "layers" else number(v.item()) if k == "loss" else tensor(v)
            for k, v in f.items()}


def variant(modeling, optimization, name, keys):
    model = build(modeling, keys)
    names = {id(p): n for n, p in model.named_parameters()}
    aliases = {k: names[id(v)] for k, v in model.state_dict(keep_vars=True).items() if names[id(v)] != k}
    single, double = Run(model, torch.float32), Run(model, torch.float64)
    forward = [(single.forward(t), double.forward(t)) for t in range(len(TASKS))]
    gradients = {t: (single.gradients(t), double.gradients(t)) for t in (0, REGRESSION)}
    initial = dict(single.model.named_parameters())
    weights = {n: tensor(p) for n, p in initial.items()}
    steps = (single.steps(optimization, False), double.steps(optimization, False))
    difference = dict(
        forward=max(gap(a[k], b[k]) for a, b in forward for k in ("embedding_output", "sequence_output", "pooled_output", "logits", "loss")),
        grad=max(gap(g, gradients[t][1][n]) for t in gradients for n, g in gradients[t][0].items()),
        params=max(gap(p, b["after"][n]) for a, b in zip(*steps) for n, p in a["after"].items()))
    return dict(
        variant=name, config={**BERT, **keys, "num_tasks": len(TASKS)}, num_labels=LABELS, task_names=TASKS,
        inputs={k: v.tolist() for k, v in inputs().items()},
        labels={str(t): [number(x) for x in l.tolist()] for t, l in enumerate(labels(torch.float32))},
        weights=weights, aliases=aliases, forward=[forward_json(a) for a, _ in forward],
        gradients={str(t): {n: tensor(g) for n, g in gradients[t][0].items()} for t in gradients},
        no_gradient_in_task0=[n for n in initial if n not in gradients[0][0]],
        optimizer={"class": "BERTAdam", "lr": RATE, "warmup": WARMUP, "t_total": TOTAL, "schedule": "warmup_linear", "b1": 0.9,
                   "b2": 0.999, "e": 1e-6, "max_grad_norm_per_parameter": 1.0, "weight_decay": 0.01,
                   "no_decay_if_name_contains": NO_DECAY, "task_sequence": SEQUENCE},
        steps=written(steps[0], True),
        max_abs_difference_from_a_float64_run={k: float("%.3g" % v) for k, v in difference.items()})


def trained_otherwise(modeling, optimization, name, keys, how):
    run = Run(build(modeling, keys), torch.float32)
    if "freeze" in how:
        run.freeze()
    trainable = [n for n, p in run.model.named_parameters() if p.requires_grad]
    steps = run.steps(optimization, "split" in how)
    return dict(variant=name + "_" + how, weights_and_inputs_from="tiny_" + name + ".json", trainable=trainable,
                task_sequence=SEQUENCE, steps=written(steps, False))


def main():
    original, out, chosen = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:] or list(VARIANTS)
    sys.path.insert(0, str(original))
    import modeling
    import optimization
    torch.set_num_threads(1)
    out.mkdir(parents=True, exist_ok=True)
    for name in chosen:
        files = {name: variant(modeling, optimization, name, VARIANTS[name])}
        for how in HOW:
            files[name + "_" + how] = trained_otherwise(modeling, optimization, name, VARIANTS[name], how)
        for file, content in files.items():
            (out / f"tiny_{file}.json").write_text(json.dumps(content))
            print(file, content.get("max_abs_difference_from_a_float64_run", ""))


if __name__ == "__main__":
    main()
