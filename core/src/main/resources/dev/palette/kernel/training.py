# Losses, gradients and updates. Lists that are changed in place come from outside: TorchScript silently drops in-place changes of
# the tensors of a list that is built inside the method.

def cross_entropy(self, logits: Tensor, labels: Tensor) -> Tensor:
  return torch.cross_entropy_loss(logits, labels)

def span_loss(self, logits: Tensor, positions: Tensor, starts: int, ends: int) -> Tensor:
  outside = logits.size(1)                                                          # the position that counts for nothing
  inside = torch.clamp(positions, 0, outside)                                       # (B, 2)
  start = torch.cross_entropy_loss(torch.select(logits, 2, 0), torch.select(inside, 1, 0), reduction=2, ignore_index=outside)
  end = torch.cross_entropy_loss(torch.select(logits, 2, 1), torch.select(inside, 1, 1), reduction=2, ignore_index=outside)
  return (start / starts + end / ends) * 0.5                                         # reduction 2: sums

def token_loss(self, logits: Tensor, labels: Tensor, count: int) -> Tensor:
  flat = logits.reshape([-1, logits.size(2)])                                       # (B × T, C)
  return torch.cross_entropy_loss(flat, labels.reshape([-1]), reduction=2) / count  # -100 is ignored; reduction 2: sums

def mean_squared_error(self, predictions: Tensor, labels: Tensor) -> Tensor:
  return torch.mse_loss(predictions.reshape([-1]), labels)

def gradient(self, loss: Tensor, parameters: List[Tensor]) -> List[Tensor]:
  gradients = annotate(List[Tensor], [])
  for gradient in torch.autograd.grad([loss], parameters):
    gradients.append(unchecked_cast(Tensor, gradient))                              # autograd.grad gives optionals
  return gradients

def gradient_through(self, output: Tensor, upstream: Tensor, parameters: List[Tensor]) -> List[Tensor]:
  gradients = annotate(List[Tensor], [])
  through = annotate(List[Optional[Tensor]], [upstream])
  for gradient in torch.autograd.grad([output], parameters, through):
    gradients.append(unchecked_cast(Tensor, gradient))
  return gradients

def assign(self, target: Tensor, values: Tensor) -> Tensor:
  return torch.copy_(target, values)

def place(self, target: Tensor, row: int, values: Tensor) -> Tensor:
  return torch.copy_(target.narrow(0, row, values.size(0)), values)

def clip_together(self, gradients: List[Tensor], most: float) -> Tensor:
  norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gradients)))
  torch._foreach_mul_(gradients, torch.clamp(torch.reciprocal(norm + 1e-6) * most, None, 1.))
  return norm

def clip_each(self, gradients: List[Tensor], most: float) -> Tensor:
  norms = torch.stack(torch._foreach_norm(gradients))
  scales = torch.clamp(torch.reciprocal(norms + 1e-6) * most, None, 1.)
  for i in range(len(gradients)):
    torch.mul_(gradients[i], scales[i])
  return torch.linalg_vector_norm(norms)

def adamw(self, weights: List[Tensor], gradients: List[Tensor], means: List[Tensor], squares: List[Tensor], steps: List[Tensor], rate: float, decay: float, epsilon: float) -> int:
  none = annotate(List[Tensor], [])
  torch._fused_adamw_(weights, gradients, means, squares, none, steps, lr=rate, beta1=0.9, beta2=0.999, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)
  return len(weights)
