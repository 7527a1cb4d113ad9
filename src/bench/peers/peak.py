"""The most that this machine's matrix products were seen to do, by every library at hand: what a training step is measured by.

A single library would flatter: on some processors MKL's product is far from the best. So each of these is timed on several shapes,
large squares and those of BERT-base's layers, and the fastest counts.
"""

import time

import numpy
import torch
from torch.nn import functional as F

LAYER = [(4096, 768, 768), (4096, 768, 3072), (4096, 3072, 768)]
SQUARE = [(1024, 1024, 1024), (2048, 2048, 2048), (4096, 4096, 4096)]
SECONDS = 0.5


def by_matmul(m, k, n, dtype, device):
    a, b = torch.randn(m, k, dtype=dtype, device=device), torch.randn(k, n, dtype=dtype, device=device)
    out = torch.empty(m, n, dtype=dtype, device=device)
    return lambda: torch.mm(a, b, out=out)


def by_convolution(m, k, n, dtype, device):
    """oneDNN, on a CPU."""
    x = torch.randn(1, k, m, 1, dtype=dtype, device=device).to(memory_format=torch.channels_last)
    w = torch.randn(n, k, 1, 1, dtype=dtype, device=device)
    return lambda: F.conv2d(x, w)


def by_numpy(m, k, n, dtype, device):
    """OpenBLAS, as numpy's wheels have it; it knows no bfloat16."""
    if dtype != torch.float32 or device != "cpu":
        return None
    a, b = numpy.random.rand(m, k).astype("f4"), numpy.random.rand(k, n).astype("f4")
    out = numpy.empty((m, n), "f4")
    return lambda: numpy.matmul(a, b, out=out)


WAYS = {"torch.mm": by_matmul, "conv2d 1x1": by_convolution, "numpy": by_numpy}


class Work:
    def __init__(self, spec):
        torch.set_num_threads(spec["threads"])
        self.dtype = torch.bfloat16 if spec["precision"] == "bf16" else torch.float32
        self.device = spec["device"]
        self.shapes = SQUARE[:1] if spec.get("quick") else LAYER + SQUARE
        self.best = (0.0, "nothing")

    def flops(self, product, m, k, n):
        """The best of as many products as fit into half a second, at least one after the warm-up."""
        wait = torch.cuda.synchronize if self.device == "cuda" else lambda: None
        product()
        wait()
        best, end = 0.0, time.perf_counter() + SECONDS
        while best == 0.0 or time.perf_counter() < end:
            start = time.perf_counter()
            product()
            wait()
            best = max(best, 2.0 * m * k * n / (time.perf_counter() - start))
        return best

    @torch.inference_mode()
    def run(self):
        for m, k, n in self.shapes:
            for way, make in WAYS.items():
                product = make(m, k, n, self.dtype, self.device)
                if product is not None:
                    self.best = max(self.best, (self.flops(product, m, k, n), f"{way} {m}x{k}x{n}"))
        return 0, 0

    def describe(self):
        self.run()
        return {"flops": self.best[0], "by": self.best[1]}
