# Matrix products as 1x1 convolutions, which oneDNN runs: its kernels beat the BLAS on some processors.

def operand(self, x: Tensor) -> Tensor:                                           # as a product takes it
  return x

def convolution(self, x: Tensor, weight: Tensor, bias: Optional[Tensor]) -> Tensor:
  inputs = x.size(-1)
  outputs = weight.size(0)
  pixels = x.reshape([1, -1, 1, inputs]).permute([0, 3, 1, 2])                    # (1, I, B*T, 1), channels last
  kernel = weight.reshape([outputs, inputs, 1, 1])
  y = torch.conv2d(pixels, kernel, bias, [1, 1], [0, 0], [1, 1], 1)               # (1, O, B*T, 1)
  shape = x.size()
  shape[-1] = outputs
  return y.permute([0, 2, 3, 1]).reshape(shape)                                   # (..., O)

def linear(self, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
  return self.convolution(x, weight, bias)

def product(self, x: Tensor, weight: Tensor) -> Tensor:                           # without a bias
  return self.convolution(x, weight, None)
