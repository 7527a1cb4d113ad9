# Dropout and attention for GPUs: the engine's own operators, which are one kernel each there. Attention is computed in what products
# are computed in: its flash kernel takes 16 bits alone; the one for float32 keeps float32's digits on tensor cores by splitting each
# operand in two. Sequences of several widths are padded for it: that costs less than to launch it for each width.

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

def attend_runs(self, q: Tensor, k: Tensor, v: Tensor, sequences: List[int], widths: List[int], masks: List[Tensor], cell_of: Tensor, heads: int, window: int, rate: float) -> Tensor:
  if len(widths) == 1:
    attended = self.attend_run(q, k, v, sequences[0], widths[0], masks[0:1], heads, window, rate)
  else:
    s = sum(sequences)
    t = max(widths)
    rows = self.operand(torch.cat([q, k, v], 1))                                  # (N, 3 H)
    cells = torch.index_copy(torch.new_zeros(rows, [s * t, rows.size(1)]), 0, cell_of, rows)   # (S T, 3 H)
    filled = torch.index_fill(torch.new_zeros(rows, [s * t], dtype=11), 0, cell_of, 1)   # bool
    parts = cells.reshape([s, t, 3, heads, q.size(1) // heads]).permute([2, 0, 3, 1, 4])
    seen = filled.reshape([s, 1, 1, t])
    if window > 0 and t > window + 1:
      places = torch.cumsum(torch.new_ones(q, [t]), 0)
      near = torch.le(torch.abs(places.unsqueeze(0) - places.unsqueeze(1)), float(window))   # (T, T)
      seen = torch.logical_or(torch.logical_and(seen, near), torch.logical_not(filled).reshape([s, 1, t, 1]))   # padding sees something
    padded = torch.scaled_dot_product_attention(parts[0], parts[1], parts[2], seen, rate, False)
    attended = torch.to(torch.index_select(padded.transpose(1, 2).reshape([s * t, q.size(1)]), 0, cell_of), 6)
  return attended                                                                 # (N, H)
