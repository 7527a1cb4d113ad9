# Dropout for processors. The engine's own draws one double a value and takes half as long as the product it follows; here one draw
# of 64 bits serves four values, with rates rounded to 1/65,536. Its attention with dropout leaves the fused path as well, so that
# it is written out here.

def dropped(self, x: Tensor, rate: float) -> Tensor:
  values = x.numel()
  lowest = -9223372036854775807 - 1                                               # without it the sign bits would all be 0
  bits = torch.random_(torch.empty([(values + 3) // 4], dtype=4), lowest, None)   # int64
  draws = torch.view_copy(bits, dtype=2).narrow(0, 0, values).reshape(x.size())   # int16, uniform over all its values
  return torch.lt(draws, int(65536. * rate + 0.5) - 32768)

def dropout(self, x: Tensor, rate: float) -> Tensor:
  if rate > 0.:
    x = torch.masked_fill(x, self.dropped(x, rate), 0.) * (1. / (1. - rate))
  return x

def attend(self, q: Tensor, k: Tensor, v: Tensor, mask: List[Tensor], rate: float) -> Tensor:
  if rate > 0.:
    scores = torch.matmul(q * (float(q.size(-1)) ** -0.5), k.transpose(-1, -2))   # (S, A, T, T)
    if len(mask) > 0:
      scores = scores + mask[0]
    p = torch.softmax(scores, -1)
    attended = torch.matmul(torch.masked_fill(p, self.dropped(p, rate), 0.), v) * (1. / (1. - rate))
  else:
    if len(mask) > 0:
      attended = torch.scaled_dot_product_attention(q, k, v, mask[0], 0., False)
    else:
      attended = torch.scaled_dot_product_attention(q, k, v, None, 0., False)
  return attended                                                                 # softmax(q k' / sqrt(H/A) + mask) v, (S, A, T, H/A)

def attend_runs(self, q: Tensor, k: Tensor, v: Tensor, sequences: List[int], widths: List[int], masks: List[Tensor], cell_of: Tensor, heads: int, window: int, rate: float) -> Tensor:
  sizes = annotate(List[int], [])
  for i in range(len(widths)):
    sizes.append(sequences[i] * widths[i])
  qs = torch.split_with_sizes(q, sizes)                                           # a run each: narrow() would cost a whole copy
  ks = torch.split_with_sizes(k, sizes)                                           # of the gradient for every run
  vs = torch.split_with_sizes(v, sizes)
  runs = annotate(List[Tensor], [])
  for i in range(len(widths)):
    runs.append(self.attend_run(qs[i], ks[i], vs[i], sequences[i], widths[i], masks[i:i + 1], heads, window, rate))
  return torch.cat(runs, 0)                                                       # (N, H)
