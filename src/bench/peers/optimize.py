"""torch's fused AdamW over an encoder's parameters, with one clip over all gradients."""

import torch

from weights import encoder_weights


class Work:
    def __init__(self, spec):
        torch.set_num_threads(spec["threads"])
        self.weights = [torch.nn.Parameter(t) for t in encoder_weights(spec).values()]
        for weight in self.weights:
            weight.grad = torch.randn_like(weight)
        self.optimizer = torch.optim.AdamW(self.weights, lr=2e-5, eps=1e-6, fused=True)

    def describe(self):
        return {"values": sum(w.numel() for w in self.weights)}

    def run(self):
        torch.nn.utils.clip_grad_norm_(self.weights, 1.0, foreach=True)
        self.optimizer.step()
        return 0, 0
