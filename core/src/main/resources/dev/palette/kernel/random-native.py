# Dropout and attention for GPUs: the engine's own operators, which are one kernel each there. Attention is computed in what products
# are computed in: its flash kernel takes 16 bits alone; the one for float32 keeps float32's digits on tensor cores by splitting each
# operand in two.

def dropout(self, x: Tensor, rate: float) -> Tensor:
  if rate > 0.:
    x = torch.dropout(x, rate, True)
  return x

def attend(self, q: Tensor, k: Tensor, v: Tensor, mask: List[Tensor], rate: float) -> Tensor:
  if len(mask) > 0:
    attended = torch.scaled_dot_product_attention(self.operand(q), self.operand(k), self.operand(v), self.operand(mask[0]), rate, False)
  else:
    attended = torch.scaled_dot_product_attention(self.operand(q), self.operand(k), self.operand(v), None, rate, False)
  return torch.to(attended, 6)                                                    # softmax(q k' / sqrt(H/A) + mask) v, (S, A, T, H/A)
