"""The original's optimizer, restated: one parameter after the other, clipped by itself, no bias correction."""

import torch
from torch.nn.utils import clip_grad_norm_


class BertAdam(torch.optim.Optimizer):
    def __init__(self, groups, rate, warmup, total):
        super().__init__(groups, {"rate": rate, "warmup": warmup, "total": total, "decay": 0.01})

    @staticmethod
    def scheduled(group, step):
        progress = step / group["total"]
        return group["rate"] * (progress / group["warmup"] if progress < group["warmup"] else 1 - progress)

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    self.move(group, parameter)

    def move(self, group, parameter):
        state = self.state[parameter]
        if not state:
            state.update(step=0, mean=torch.zeros_like(parameter), square=torch.zeros_like(parameter))
        clip_grad_norm_(parameter, 1.0)
        gradient = parameter.grad
        state["mean"].mul_(0.9).add_(gradient, alpha=0.1)
        state["square"].mul_(0.999).addcmul_(gradient, gradient, value=0.001)
        update = state["mean"] / (state["square"].sqrt() + 1e-6)
        if group["decay"] > 0:
            update += group["decay"] * parameter
        parameter.add_(-self.scheduled(group, state["step"]) * update)
        state["step"] += 1
