"""Peer O: the model and the loops of the code of "BERT and PALs", restated with the calls of today's PyTorch.

Kept as they are there: eager modules, separate query, key and value, attention and layer norm written out in elementary operations,
GELU by erf, every sequence padded to the maximum, one optimizer call a tensor, evaluation in batches of 8. Not kept: gradients are
set to None between steps, as PyTorch does by default now, so that other tasks' adapters are not moved; it makes O faster.
"""

import math

import torch
from torch import nn

from bertadam import BertAdam
from tokens import Examples, forever
from weights import encoder_config, encoder_weights


def gelu(x):
    return x * 0.5 * (1.0 + torch.erf(x / math.sqrt(2.0)))


class LayerNorm(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(size))
        self.bias = nn.Parameter(torch.zeros(size))

    def forward(self, x):
        mean = x.mean(-1, keepdim=True)
        variance = (x - mean).pow(2).mean(-1, keepdim=True)
        return self.weight * ((x - mean) / torch.sqrt(variance + 1e-12)) + self.bias


class SelfAttention(nn.Module):
    def __init__(self, size, heads, dropout):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value = (nn.Linear(size, size) for _ in range(3))
        self.dropout = nn.Dropout(dropout)

    def split(self, x):
        return x.view(*x.shape[:-1], self.heads, -1).permute(0, 2, 1, 3)  # (B, A, T, H/A)

    def forward(self, h, mask):
        q, k, v = self.split(self.query(h)), self.split(self.key(h)), self.split(self.value(h))
        scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(q.size(-1)) + mask
        probabilities = self.dropout(torch.softmax(scores, dim=-1))
        context = torch.matmul(probabilities, v).permute(0, 2, 1, 3).contiguous()
        return context.view(h.shape)


class Output(nn.Module):
    """Dense, dropout, and the norm of the sum with what went in."""

    def __init__(self, inner, size, dropout):
        super().__init__()
        self.dense = nn.Linear(inner, size)
        self.LayerNorm = LayerNorm(size)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, residual):
        return self.LayerNorm(self.dropout(self.dense(x)) + residual)


class Pal(nn.Module):
    def __init__(self, down, up, heads, dropout):
        super().__init__()
        self.down, self.up = down, up  # shared by the layers of a task
        self.attention = SelfAttention(down.out_features, heads, dropout)

    def forward(self, h, mask):
        return gelu(self.up(self.attention(self.down(h), mask)))


class Layer(nn.Module):
    def __init__(self, config, pals):
        super().__init__()
        size, inner, rate = config["hidden_size"], config["intermediate_size"], config["hidden_dropout_prob"]
        self.attention = nn.ModuleDict({
            "self": SelfAttention(size, config["num_attention_heads"], config["attention_probs_dropout_prob"]),
            "output": Output(size, size, rate)})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(size, inner)})
        self.output = Output(inner, size, rate)
        self.pals = nn.ModuleList(pals)

    def forward(self, h, mask, task):
        attended = self.attention["output"](self.attention["self"](h, mask), h)
        fed = gelu(self.intermediate["dense"](attended))
        return self.output(fed, attended + self.pals[task](h, mask) if self.pals else attended)


class Bert(nn.Module):
    """Encoder and pooler; parameters are named as in the file of weights."""

    def __init__(self, config, spec):
        super().__init__()
        size, rate = config["hidden_size"], config["hidden_dropout_prob"]
        self.embeddings = nn.ModuleDict({
            "word_embeddings": nn.Embedding(config["vocab_size"], size),
            "position_embeddings": nn.Embedding(config["max_position_embeddings"], size),
            "token_type_embeddings": nn.Embedding(config["type_vocab_size"], size),
            "LayerNorm": LayerNorm(size)})
        self.dropout = nn.Dropout(rate)
        projections = []
        if spec["adapter"] == "pal":
            small = spec["adapterSize"]
            projections = [(nn.Linear(size, small), nn.Linear(small, size)) for _ in spec["tasks"]]
        heads, attention_rate = spec.get("adapterHeads"), config["attention_probs_dropout_prob"]
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(
            Layer(config, [Pal(down, up, heads, attention_rate) for down, up in projections])
            for _ in range(config["num_hidden_layers"]))})
        self.pooler = nn.ModuleDict({"dense": nn.Linear(size, size)})

    def forward(self, ids, segments, mask, task):
        positions = torch.arange(ids.size(1), device=ids.device).unsqueeze(0).expand_as(ids)
        e = self.embeddings
        h = e["word_embeddings"](ids) + e["position_embeddings"](positions) + e["token_type_embeddings"](segments)
        h = self.dropout(e["LayerNorm"](h))
        added = (1.0 - mask.unsqueeze(1).unsqueeze(2).float()) * -10000.0
        for layer in self.encoder["layer"]:
            h = layer(h, added, task)
        return torch.tanh(self.pooler["dense"](h[:, 0]))


class MultiTask(nn.Module):
    def __init__(self, spec):
        super().__init__()
        config = encoder_config(spec)
        self.bert = Bert(config, spec)
        self.dropout = nn.Dropout(config["hidden_dropout_prob"])
        self.heads = nn.ModuleList(nn.Linear(config["hidden_size"], max(task["classes"], 1)) for task in spec["tasks"])
        missing, unexpected = self.bert.load_state_dict(encoder_weights(spec), strict=False)
        if unexpected or any("pals" not in name for name in missing):
            raise ValueError(f"the weights don't fit: missing {missing}, unexpected {unexpected}")

    def forward(self, ids, segments, mask, labels, task):
        logits = self.heads[task](self.dropout(self.bert(ids, segments, mask, task)))
        if logits.size(1) == 1:
            return nn.functional.mse_loss(logits, labels.unsqueeze(1)), logits
        return nn.functional.cross_entropy(logits, labels), logits


class Training:
    """The original's training loop, a step for each draw."""

    def __init__(self, spec):
        self.spec = spec
        self.device = spec["device"]
        self.model = MultiTask(spec).to(self.device).train()
        plain = ("bias", "LayerNorm")
        named = list(self.model.named_parameters())
        self.optimizer = BertAdam([
            {"params": [p for n, p in named if not any(word in n for word in plain)], "decay": 0.01},
            {"params": [p for n, p in named if any(word in n for word in plain)], "decay": 0.0}],
            rate=2e-5, warmup=0.1, total=1_000_000)
        self.loaders = [self.loader(Examples(task)) for task in spec["tasks"]]

    def loader(self, examples):
        loader = examples.padded(self.spec["batchSize"], self.spec["maxLength"], shuffle=True)
        return forever(lambda: loader)

    def describe(self):
        return {"parameters": sum(p.numel() for p in self.model.parameters())}

    def step(self, task):
        batch = [t.to(self.device) for t in next(self.loaders[task])]
        loss, _ = self.model(*batch, task)
        loss.backward()
        loss.item()
        self.optimizer.step()
        self.model.zero_grad()
        return len(batch[0]), int(batch[2].sum())


class Evaluation:
    """The original's evaluation: batches of 8, in the order of the file, padded to the maximum."""

    def __init__(self, spec):
        self.device = spec["device"]
        self.model = MultiTask(spec).to(self.device).eval()
        self.data = [Examples(task) for task in spec["tasks"]]
        self.loaders = [examples.padded(8, spec["maxLength"], shuffle=False) for examples in self.data]

    def run(self):
        for task, loader in enumerate(self.loaders):
            for batch in loader:
                with torch.no_grad():
                    _, logits = self.model(*[t.to(self.device) for t in batch], task)
                logits.cpu().numpy().argmax(axis=1)
        return sum(map(len, self.data)), sum(sum(examples.lengths) for examples in self.data)
