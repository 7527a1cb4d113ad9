# The parts of a transformer layer. Hidden states are (N, H): N word pieces, those of one sequence after those of another; H hidden
# size, A heads. A run is S sequences of T word pieces each.

def embed(self, ids: Tensor, types: Tensor, places: Tensor, words: Tensor, positions: Tensor, segments: Tensor) -> Tensor:
  return torch.embedding(words, ids) + torch.embedding(positions, places) + torch.embedding(segments, types)   # (N, H)

def embed_words(self, ids: Tensor, words: Tensor) -> Tensor:
  return torch.embedding(words, ids)                                              # (N, H)

def embed_places(self, ids: Tensor, places: Tensor, words: Tensor, positions: Tensor) -> Tensor:
  return torch.embedding(words, ids) + torch.embedding(positions, places)         # (N, H)

def embed_alike(self, ids: Tensor, places: Tensor, words: Tensor, positions: Tensor, segment: Tensor) -> Tensor:
  return self.embed_places(ids, places, words, positions) + segment               # (N, H), the one row for all

def layer_norm(self, x: Tensor, scale: Tensor, shift: Tensor, epsilon: float) -> Tensor:
  return torch.layer_norm(x, [x.size(-1)], scale, shift, epsilon)

def layer_norm_unshifted(self, x: Tensor, scale: Tensor, epsilon: float) -> Tensor:
  return torch.layer_norm(x, [x.size(-1)], scale, None, epsilon)

def add_norm(self, x: Tensor, residual: Tensor, scale: Tensor, shift: Tensor, epsilon: float) -> Tensor:
  return self.layer_norm(x + residual, scale, shift, epsilon)

def gelu(self, x: Tensor) -> Tensor:
  return torch.gelu(x)                                                            # x * Phi(x), the exact erf form

def gated_gelu(self, x: Tensor) -> Tensor:
  halves = torch.chunk(x, 2, -1)
  return torch.gelu(halves[0]) * halves[1]                                        # (N, 2 F) -> (N, F)

def contribution(self, x: Tensor, v: Tensor) -> Tensor:
  return x * (2. * torch.sigmoid(v))

def tanh(self, x: Tensor) -> Tensor:
  return torch.tanh(x)

def pick(self, h: Tensor, rows: Tensor) -> Tensor:
  return torch.index_select(h, 0, rows)                                           # (N, H) -> (R, H)

def padded(self, h: Tensor, cells: Tensor, width: int, fill: float) -> Tensor:
  padding = torch.new_full(h, [1, h.size(1)], fill)                               # row N
  return torch.index_select(torch.cat([h, padding], 0), 0, cells).reshape([-1, width, h.size(1)])   # (N, H) -> (S, T, H)

def rows(self, x: Tensor, columns: int) -> Tensor:
  return x.reshape([-1, columns])

def add(self, a: Tensor, b: Tensor) -> Tensor:
  return a + b

def multiply(self, a: Tensor, b: Tensor) -> Tensor:
  return a * b

def scale(self, x: Tensor, factor: float) -> Tensor:
  return x * factor

def sigmoid(self, x: Tensor) -> Tensor:
  return torch.sigmoid(x)

def relu(self, x: Tensor) -> Tensor:
  return torch.relu(x)

def split_heads(self, x: Tensor, sequences: int, width: int, heads: int) -> Tensor:
  return x.reshape([sequences, width, heads, x.size(-1) // heads]).transpose(1, 2)   # (S, A, T, H/A)

def rotated(self, x: Tensor, places: Tensor, heads: int, theta: float) -> Tensor:
  width = x.size(-1) // heads
  half = width // 2
  pairs = torch.cumsum(torch.new_ones(x, [half]), 0) - 1.                         # 0, 1, ... half - 1
  speeds = torch.pow(torch.full_like(pairs, theta), pairs * (-2. / float(width))) # (half)
  angles = (torch.to(places, 6).unsqueeze(1) * speeds).unsqueeze(1)               # (N, 1, half)
  cosine = torch.cos(angles)
  sine = torch.sin(angles)
  points = x.reshape([-1, heads, 2, half])
  a = torch.select(points, 2, 0)                                                  # (N, A, half)
  b = torch.select(points, 2, 1)
  turned = torch.cat([a * cosine - b * sine, b * cosine + a * sine], -1)          # (N, A, H/A)
  return turned.reshape([-1, x.size(-1)])

def windowed(self, mask: List[Tensor], like: Tensor, width: int, window: int) -> List[Tensor]:
  if window > 0 and width > window + 1:
    places = torch.cumsum(torch.new_ones(like, [width]), 0)
    far = torch.gt(torch.abs(places.unsqueeze(0) - places.unsqueeze(1)), float(window))
    band = torch.masked_fill(torch.new_zeros(like, [1, 1, width, width]), far, -10000.)   # (1, 1, T, T)
    if len(mask) > 0:
      masks = [band + mask[0]]                                                    # (S, 1, T, T)
    else:
      masks = [band]
  else:
    masks = mask
  return masks

def attend_run(self, q: Tensor, k: Tensor, v: Tensor, sequences: int, width: int, mask: List[Tensor], heads: int, window: int, rate: float) -> Tensor:
  qh = self.split_heads(q, sequences, width, heads)
  kh = self.split_heads(k, sequences, width, heads)
  vh = self.split_heads(v, sequences, width, heads)
  attended = self.attend(qh, kh, vh, self.windowed(mask, q, width, window), rate) # (S, A, T, H/A)
  return attended.transpose(1, 2).reshape([sequences * width, q.size(1)])         # (S T, H)

def self_attention(self, h: Tensor, sequences: List[int], widths: List[int], masks: List[Tensor], cell_of: Tensor, wq: Tensor, bq: Tensor, wk: Tensor, bk: Tensor, wv: Tensor, bv: Tensor, heads: int, rate: float) -> Tensor:
  q = self.linear(h, wq, bq)
  k = self.linear(h, wk, bk)
  v = self.linear(h, wv, bv)
  return self.attend_runs(q, k, v, sequences, widths, masks, cell_of, heads, 0, rate)   # (N, H)

def attention(self, h: Tensor, sequences: List[int], widths: List[int], masks: List[Tensor], cell_of: Tensor, wq: Tensor, bq: Tensor, wk: Tensor, bk: Tensor, wv: Tensor, bv: Tensor, wo: Tensor, bo: Tensor, heads: int, rate: float, output_rate: float) -> Tensor:
  attended = self.self_attention(h, sequences, widths, masks, cell_of, wq, bq, wk, bk, wv, bv, heads, rate)
  return self.dropout(self.linear(attended, wo, bo), output_rate)

def feed_forward(self, x: Tensor, wi: Tensor, bi: Tensor, wo: Tensor, bo: Tensor, rate: float) -> Tensor:
  return self.dropout(self.linear(torch.gelu(self.linear(x, wi, bi)), wo, bo), rate)
