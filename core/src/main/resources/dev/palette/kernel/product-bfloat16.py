# Matrix products in bfloat16 (15) with float32 (6) weights, activations and sums around them. TorchScript has no autocast, so the
# casts are written.

def linear(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return torch.to(torch.linear(torch.to(x, 15), torch.to(weight, 15), torch.to(bias, 15)), 6)
