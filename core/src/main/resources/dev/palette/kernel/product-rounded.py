# What products in bfloat16 (15) give, computed in float32 (6). A product of two bfloat16 has 16 bits, so that float32 holds it whole, and
# bfloat16 units sum in float32 too; gradients pass the same casts, and are rounded by them.

def rounded(self, x: Tensor) -> Tensor:
  return torch.to(torch.to(x, 15), 6)

def operand(self, x: Tensor) -> Tensor:                                           # as a product takes it
  return self.rounded(x)

def linear(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return self.rounded(torch.linear(self.operand(x), self.operand(weight), self.operand(bias)))

def product(self, x: Tensor, weight: Tensor) -> Tensor:                           # without a bias
  return self.rounded(torch.linear(self.operand(x), self.operand(weight), None))
