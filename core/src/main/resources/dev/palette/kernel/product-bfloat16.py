# Matrix products in bfloat16 (15) with float32 (6) weights, activations and sums around them. TorchScript has no autocast, so the
# casts are written.

def operand(self, x: Tensor) -> Tensor:                                           # as a product takes it
  return torch.to(x, 15)

def linear(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return torch.to(torch.linear(self.operand(x), self.operand(weight), self.operand(bias)), 6)

def product(self, x: Tensor, weight: Tensor) -> Tensor:                           # without a bias
  return torch.to(torch.linear(self.operand(x), self.operand(weight), None), 6)
