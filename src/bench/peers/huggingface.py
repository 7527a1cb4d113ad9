"""Peer H: transformers' BERT in the style of its Trainer, at its best.

SDPA attention, batches grouped by length and padded to their longest, fused AdamW with one clip over all gradients, bf16 autocast
where asked for, no synchronisation per step; with `compile`, torch.compile over each layer (one compilation serves all of them).
The adapters, by `adapter`:

    shared      none: all tasks share the encoder. Less work than PALs
    pal         PALs written with SDPA and put beside transformers' own layers: the same function as ours and the original's
    lora        peft's LoRA on query and value, the encoder frozen
    bottleneck  the bottleneck adapters of the library `adapters`, the encoder frozen
"""

import contextlib

import torch
import transformers
from torch import nn
from torch.nn import functional as F
from transformers.trainer_pt_utils import get_length_grouped_indices

from tokens import Examples, forever
from weights import encoder_config, encoder_weights


class Pal(nn.Module):
    """A task's PAL in one layer. The projections are shared by the layers, the small attention is not."""

    def __init__(self, down, up, heads, dropout):
        super().__init__()
        self.down, self.up = down, up
        size = down.out_features
        self.query, self.key, self.value = (nn.Linear(size, size) for _ in range(3))
        self.heads, self.rate = heads, dropout

    def tensors(self):
        """As arguments, so that a compiled layer serves all tasks."""
        linears = (self.down, self.query, self.key, self.value, self.up)
        return [t for linear in linears for t in (linear.weight, linear.bias)]


def projected_attention(h, mask, tensors, heads, dropout):
    down, down_bias, wq, bq, wk, bk, wv, bv, up, up_bias = tensors
    small = F.linear(h, down, down_bias)
    q, k, v = (F.linear(small, w, b).unflatten(-1, (heads, -1)).transpose(1, 2)
               for w, b in ((wq, bq), (wk, bk), (wv, bv)))
    attended = F.scaled_dot_product_attention(q, k, v, mask, dropout)
    return F.gelu(F.linear(attended.transpose(1, 2).flatten(2), up, up_bias))


class LayerWithPal(nn.Module):
    """One of transformers' layers, with a branch from its input to its last sum."""

    def __init__(self, layer, heads, dropout):
        super().__init__()
        self.layer = layer
        self.heads, self.rate = heads, dropout

    def forward(self, h, mask, pal):
        attended = self.layer.attention(h, mask)[0]
        extra = projected_attention(h, mask, pal, self.heads, self.rate if self.training else 0.0)
        return self.layer.output(self.layer.intermediate(attended), attended + extra)


class BertWithPals(nn.Module):
    def __init__(self, bert, spec, config):
        super().__init__()
        size, heads, rate = spec["adapterSize"], spec["adapterHeads"], config.attention_probs_dropout_prob
        self.embeddings, self.pooler = bert.embeddings, bert.pooler
        self.layers = nn.ModuleList(LayerWithPal(layer, heads, rate) for layer in bert.encoder.layer)
        self.pals = nn.ModuleList()
        for _ in spec["tasks"]:
            down, up = nn.Linear(config.hidden_size, size), nn.Linear(size, config.hidden_size)
            self.pals.append(nn.ModuleList(Pal(down, up, heads, rate) for _ in self.layers))

    def forward(self, ids, segments, mask, task):
        h = self.embeddings(input_ids=ids, token_type_ids=segments)
        seen = None if bool(mask.all()) else mask[:, None, None, :].bool().expand(-1, 1, ids.size(1), -1)
        for layer, pal in zip(self.layers, self.pals[task]):
            h = layer(h, seen, pal.tensors())
        return self.pooler(h)


class PlainBert(nn.Module):
    """transformers' own model, perhaps with adapters that some library put into it."""

    def __init__(self, bert):
        super().__init__()
        self.bert = bert

    def forward(self, ids, segments, mask, task):
        return self.bert(input_ids=ids, token_type_ids=segments, attention_mask=mask).pooler_output


def top_layers(spec, config):
    """The layers that have an adapter: the topmost ones, where a number of them is given."""
    count = config.num_hidden_layers
    return list(range(count - (spec.get("adapterTopLayers") or count), count))


def with_lora(bert, spec, config):
    import peft

    options = peft.LoraConfig(r=8, target_modules=["query", "value"], layers_to_transform=top_layers(spec, config))
    return peft.get_peft_model(bert, options)


def with_bottleneck(bert, spec, config):
    import adapters

    adapters.init(bert)
    left_out = [layer for layer in range(config.num_hidden_layers) if layer not in top_layers(spec, config)]
    reduction = config.hidden_size / spec["adapterSize"]
    bert.add_adapter("task", config=adapters.SeqBnConfig(reduction_factor=reduction, leave_out=left_out))
    bert.train_adapter("task")
    return bert


def encoder(spec):
    config = transformers.BertConfig(**encoder_config(spec))
    config._attn_implementation = "sdpa"
    bert = transformers.BertModel(config)
    missing, unexpected = bert.load_state_dict(encoder_weights(spec), strict=False)
    if unexpected or missing:
        raise ValueError(f"the weights don't fit: missing {missing}, unexpected {unexpected}")
    kind = spec["adapter"]
    if kind == "pal":
        return BertWithPals(bert, spec, config), config
    if kind == "lora":
        bert = with_lora(bert, spec, config)
    elif kind == "bottleneck":
        bert = with_bottleneck(bert, spec, config)
    return PlainBert(bert), config


class MultiTask(nn.Module):
    def __init__(self, spec):
        super().__init__()
        self.encoder, config = encoder(spec)
        self.dropout = nn.Dropout(config.hidden_dropout_prob)
        self.heads = nn.ModuleList(nn.Linear(config.hidden_size, max(task["classes"], 1)) for task in spec["tasks"])
        if spec.get("compile"):
            repeated = (LayerWithPal, transformers.models.bert.modeling_bert.BertLayer)
            layers = [m for m in self.encoder.modules() if isinstance(m, repeated)]
            outer = [m for m in layers if isinstance(m, LayerWithPal)] or layers
            for layer in outer:
                layer.compile(dynamic=True if spec.get("dynamic") else None)

    def forward(self, ids, segments, mask, labels, task):
        logits = self.heads[task](self.dropout(self.encoder(ids, segments, mask, task)))
        if logits.size(1) == 1:
            return F.mse_loss(logits.squeeze(1).float(), labels), logits
        return F.cross_entropy(logits.float(), labels), logits


def precision(spec):
    if spec["precision"] == "bf16":
        return torch.autocast(spec["device"], dtype=torch.bfloat16)
    return contextlib.nullcontext()


def grouped(examples, batch_size):
    """One epoch of batches as LengthGroupedSampler cuts them. It goes through them from long to short within each group of 50; as
    only some of an epoch are timed, they are taken in random order, which an epoch as a whole does not notice."""
    order = get_length_grouped_indices(examples.lengths, batch_size)
    batches = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
    for number in torch.randperm(len(batches)).tolist():
        if len(batches[number]) == batch_size:
            width = max(examples.lengths[i] for i in batches[number])
            yield examples.tensors(batches[number], width)


class Training:
    def __init__(self, spec):
        self.spec = spec
        self.device = spec["device"]
        self.model = MultiTask(spec).to(self.device).train()
        self.trained = [p for p in self.model.parameters() if p.requires_grad]
        named = [(n, p) for n, p in self.model.named_parameters() if p.requires_grad]
        plain = ("bias", "LayerNorm")
        self.optimizer = torch.optim.AdamW([
            {"params": [p for n, p in named if not any(word in n for word in plain)], "weight_decay": 0.01},
            {"params": [p for n, p in named if any(word in n for word in plain)], "weight_decay": 0.0}],
            lr=2e-5, eps=1e-6, fused=True)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, lambda step: 1 - step / 1_000_000)
        self.loaders = [self.loader(Examples(task)) for task in spec["tasks"]]

    def loader(self, examples):
        return forever(lambda: grouped(examples, self.spec["batchSize"]))

    def describe(self):
        return {"parameters": sum(p.numel() for p in self.model.parameters()),
                "trained": sum(p.numel() for p in self.trained), "compiled": bool(self.spec.get("compile"))}

    def step(self, task):
        batch = next(self.loaders[task])
        tokens = int(batch[2].sum())
        with precision(self.spec):
            loss, _ = self.model(*[t.to(self.device, non_blocking=True) for t in batch], task)
        loss.backward()
        nn.utils.clip_grad_norm_(self.trained, 1.0, foreach=True)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad()
        return len(batch[0]), tokens


class Evaluation:
    """Batches of 32, grouped by length."""

    def __init__(self, spec):
        self.spec = spec
        self.device = spec["device"]
        self.model = MultiTask(spec).to(self.device).eval()
        self.data = [Examples(task) for task in spec["tasks"]]

    def run(self):
        with torch.inference_mode(), precision(self.spec):
            for task, examples in enumerate(self.data):
                order = get_length_grouped_indices(examples.lengths, 32)
                for i in range(0, len(order), 32):
                    chosen = order[i : i + 32]
                    batch = examples.tensors(chosen, max(examples.lengths[k] for k in chosen))
                    _, logits = self.model(*[t.to(self.device) for t in batch], task)
                    logits.float().cpu().numpy()
        return sum(map(len, self.data)), sum(sum(examples.lengths) for examples in self.data)
