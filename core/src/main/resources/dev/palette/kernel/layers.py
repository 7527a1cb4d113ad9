# The parts of a transformer layer. B sequences, T word pieces, H hidden size, A heads.

def embed(self, ids: Tensor, types: Tensor, words: Tensor, positions: Tensor, segments: Tensor) -> Tensor:
  return torch.embedding(words, ids) + positions.narrow(0, 0, ids.size(1)) + torch.embedding(segments, types)   # (B, T, H)

def layer_norm(self, x: Tensor, scale: Tensor, shift: Tensor, epsilon: float) -> Tensor:
  return torch.layer_norm(x, [x.size(-1)], scale, shift, epsilon)

def add_norm(self, x: Tensor, residual: Tensor, scale: Tensor, shift: Tensor, epsilon: float) -> Tensor:
  return self.layer_norm(x + residual, scale, shift, epsilon)

def dropout(self, x: Tensor, rate: float) -> Tensor:
  if rate > 0.:
    x = torch.dropout(x, rate, True)
  return x

def gelu(self, x: Tensor) -> Tensor:
  return torch.gelu(x)                                                            # x * Phi(x), the exact erf form

def contribution(self, x: Tensor, v: Tensor) -> Tensor:
  return x * (2. * torch.sigmoid(v))

def tanh(self, x: Tensor) -> Tensor:
  return torch.tanh(x)

def first(self, h: Tensor) -> Tensor:
  return torch.select(h, 1, 0)                                                    # (B, T, H) -> (B, H): the vector at [CLS]

def rows(self, x: Tensor, columns: int) -> Tensor:
  return x.reshape([-1, columns])

def add(self, a: Tensor, b: Tensor) -> Tensor:
  return a + b

def split_heads(self, x: Tensor, heads: int) -> Tensor:
  return x.reshape([x.size(0), x.size(1), heads, x.size(2) // heads]).transpose(1, 2)   # (B, A, T, H/A)

def self_attention(self, h: Tensor, mask: Tensor, wq: Tensor, bq: Tensor, wk: Tensor, bk: Tensor, wv: Tensor, bv: Tensor, heads: int, rate: float) -> Tensor:
  q = self.split_heads(self.linear(h, wq, bq), heads)
  k = self.split_heads(self.linear(h, wk, bk), heads)
  v = self.split_heads(self.linear(h, wv, bv), heads)
  attended = torch.scaled_dot_product_attention(q, k, v, mask, rate, False)       # softmax(q k' / sqrt(H/A) + mask) v
  return attended.transpose(1, 2).reshape(h.size())                               # (B, T, H)

def attention(self, h: Tensor, mask: Tensor, wq: Tensor, bq: Tensor, wk: Tensor, bk: Tensor, wv: Tensor, bv: Tensor, wo: Tensor, bo: Tensor, heads: int, rate: float, output_rate: float) -> Tensor:
  attended = self.self_attention(h, mask, wq, bq, wk, bk, wv, bv, heads, rate)
  return self.dropout(self.linear(attended, wo, bo), output_rate)

def feed_forward(self, x: Tensor, wi: Tensor, bi: Tensor, wo: Tensor, bo: Tensor, rate: float) -> Tensor:
  return self.dropout(self.linear(torch.gelu(self.linear(x, wi, bi)), wo, bo), rate)
