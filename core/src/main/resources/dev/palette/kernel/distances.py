# Attention that depends on how far rows are apart (He et al. 2021): R vectors of distances, of which those up to half of the buckets have
# one each.

def some_rows(self, table: Tensor, first: int, rows: int) -> Tensor:
  return torch.narrow(table, 0, first, rows)                                      # (R, H)

def distance_rows(self, like: Tensor, width: int, first: int, buckets: int, farthest: int) -> Tensor:
  middle = buckets // 2
  places = torch.cumsum(torch.new_ones(like, [width]), 0)
  apart = places.unsqueeze(1) - places.unsqueeze(0)                               # (T, T), i - j
  far = torch.abs(apart)
  last = torch.log(torch.full_like(places, float(farthest - 1) / float(middle)))  # (T), all the same
  logarithms = torch.log(torch.clamp(far, float(middle), None) / float(middle)) / last
  bucket = torch.ceil(logarithms * float(middle - 1)) + float(middle)
  rows = torch.where(torch.le(far, float(middle)), apart, torch.sign(apart) * bucket)
  return torch.clamp(torch.to(rows, 4) + buckets, 0, 2 * buckets - 1) - first     # (T, T), int64

def attend_by_distance(self, q: Tensor, k: Tensor, v: Tensor, distance_q: Tensor, distance_k: Tensor, before: List[Tensor], first: int, buckets: int, farthest: int, sequences: List[int], widths: List[int], masks: List[Tensor], heads: int, rate: float) -> Tensor:
  scale = float(3 * (q.size(1) // heads)) ** -0.5
  sizes = annotate(List[int], [])
  for i in range(len(widths)):
    sizes.append(sequences[i] * widths[i])
  qs = torch.split_with_sizes(q * scale, sizes)
  ks = torch.split_with_sizes(k, sizes)
  vs = torch.split_with_sizes(v, sizes)
  pq = self.split_heads(distance_q * scale, 1, distance_q.size(0), heads).transpose(-1, -2)   # (1, A, H/A, R)
  pk = self.split_heads(distance_k, 1, distance_k.size(0), heads).transpose(-1, -2)
  runs = annotate(List[Tensor], [])
  for i in range(len(widths)):
    t = widths[i]
    qh = self.split_heads(qs[i], sequences[i], t, heads)                          # (S, A, T, H/A)
    kh = self.split_heads(ks[i], sequences[i], t, heads)
    vh = self.split_heads(vs[i], sequences[i], t, heads)
    rows = self.distance_rows(q, t, first, buckets, farthest)
    all = [sequences[i], heads, t, t]
    to_distance = torch.gather(torch.matmul(qh, pk), -1, torch.expand(rows, all))   # (S, A, T, T)
    from_distance = torch.gather(torch.matmul(kh, pq), -1, torch.expand(torch.t(rows), all)).transpose(-1, -2)
    scores = torch.matmul(qh, kh.transpose(-1, -2)) + to_distance + from_distance
    for padding in masks[i:i + 1]:
      scores = scores + padding
    if len(before) > 0:
      fk = self.split_heads(before[0], 1, before[0].size(0), heads)               # (1, A, P, H/A)
      fv = self.split_heads(before[1], 1, before[1].size(0), heads)
      scores = torch.cat([torch.matmul(qh, fk.transpose(-1, -2)), scores], -1)    # (S, A, T, P + T)
      vh = torch.cat([torch.expand(fv, [sequences[i], -1, -1, -1]), vh], 2)
    attended = torch.matmul(self.dropout(torch.softmax(scores, -1), rate), vh)    # (S, A, T, H/A)
    runs.append(attended.transpose(1, 2).reshape([sizes[i], q.size(1)]))
  return torch.cat(runs, 0)                                                       # (N, H)
