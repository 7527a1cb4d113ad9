# What adapters make of linear maps and of hidden states. Of a low-rank update, down is (r, I) and up (O, r).

def low_rank(self, y: Tensor, x: Tensor, down: Tensor, up: Tensor, scale: float) -> Tensor:
  return torch.add(y, self.product(self.product(x, down), up), alpha=scale)       # y + scale x down' up', (N, O)

def redirected(self, y: Tensor, weight: Tensor, down: Tensor, up: Tensor, scale: float, magnitude: Tensor) -> Tensor:
  change = torch.matmul(torch.detach(up), torch.detach(down))                     # (O, I)
  lengths = torch.linalg_vector_norm(torch.add(torch.detach(weight), change, alpha=scale), 2, [1])
  return y * (magnitude / lengths)

def redirected_but_bias(self, y: Tensor, weight: Tensor, bias: Tensor, down: Tensor, up: Tensor, scale: float, magnitude: Tensor) -> Tensor:
  return self.redirected(y - bias, weight, down, up, scale, magnitude) + bias

def add_scaled(self, y: Tensor, x: Tensor, scale: float) -> Tensor:
  return torch.add(y, x, alpha=scale)

def columns(self, x: Tensor, scale: Tensor) -> Tensor:
  return x * scale                                                                # each column by its own number

def swish(self, x: Tensor) -> Tensor:
  return torch.silu(x)                                                            # x * sigmoid(x)

def below(self, a: Tensor, b: Tensor) -> Tensor:
  return torch.cat([a, b], 0)

def after_prefix(self, x: Tensor, prefix: Tensor, heads: int) -> Tensor:
  first = self.split_heads(prefix, 1, prefix.size(0), heads)                      # (1, A, P, H/A)
  return torch.cat([torch.expand(first, [x.size(0), -1, -1, -1]), x], 2)          # (S, A, P + T, H/A)

def attend_prefixed(self, q: Tensor, k: Tensor, v: Tensor, first_keys: Tensor, first_values: Tensor, sequences: List[int], widths: List[int], masks: List[Tensor], heads: int, window: int, rate: float) -> Tensor:
  sizes = annotate(List[int], [])
  for i in range(len(widths)):
    sizes.append(sequences[i] * widths[i])
  qs = torch.split_with_sizes(q, sizes)
  ks = torch.split_with_sizes(k, sizes)
  vs = torch.split_with_sizes(v, sizes)
  runs = annotate(List[Tensor], [])
  for i in range(len(widths)):
    qh = self.split_heads(qs[i], sequences[i], widths[i], heads)
    kh = self.after_prefix(self.split_heads(ks[i], sequences[i], widths[i], heads), first_keys, heads)
    vh = self.after_prefix(self.split_heads(vs[i], sequences[i], widths[i], heads), first_values, heads)
    mask = annotate(List[Tensor], [])
    for own in self.windowed(masks[i:i + 1], q, widths[i], window):
      mask.append(torch.cat([torch.new_zeros(own, [own.size(0), 1, own.size(2), first_keys.size(0)]), own], 3))
    attended = self.attend(qh, kh, vh, mask, rate)                                # (S, A, T, H/A)
    runs.append(attended.transpose(1, 2).reshape([sizes[i], q.size(1)]))
  return torch.cat(runs, 0)                                                       # (N, H)

def hypercomplex(self, rule: Tensor, left: Tensor, right: Tensor) -> Tensor:
  n = rule.size(0)
  small = torch.matmul(left, right)                                               # (n, I/n, O/n)
  products = torch.matmul(torch.t(rule.reshape([n, n * n])), small.reshape([n, -1]))   # (n n, I/n O/n)
  parts = products.reshape([n, n, small.size(1), small.size(2)])
  return parts.permute([1, 3, 0, 2]).reshape([n * small.size(2), n * small.size(1)])   # (O, I)

def matrix_product(self, a: Tensor, b: Tensor) -> Tensor:
  return torch.matmul(a, b)

def flat(self, x: Tensor) -> Tensor:
  return x.reshape([-1])

def mixed(self, weights: Tensor, matrices: Tensor) -> Tensor:
  n = weights.size(0)
  sums = torch.matmul(weights.reshape([1, n]), matrices.reshape([n, -1]))         # (1, R C)
  return sums.reshape([matrices.size(1), matrices.size(2)])

def softmax_at(self, x: Tensor, temperature: float) -> Tensor:
  return torch.softmax(x * (1. / temperature), -1)

def portions(self, x: Tensor) -> Tensor:
  return x / (torch.sum(x) + 1e-12)

def shares(self, logits: Tensor) -> Tensor:
  return self.portions(torch.sigmoid(logits))

def drawn_shares(self, logits: Tensor, temperature: float) -> Tensor:
  u = torch.clamp(torch.rand_like(logits), 1e-6, 1. - 1e-6)
  return self.portions(torch.sigmoid((logits + torch.log(u) - torch.log(1. - u)) * (1. / temperature)))

def fits(self, asked: Tensor, each: Tensor) -> Tensor:
  things = each.reshape([-1, asked.size(0), asked.size(1)])                       # (n, N, H)
  return torch.sum(things * asked, -1)                                            # (n, N)

def chosen(self, scores: Tensor, each: Tensor) -> Tensor:
  shares = torch.softmax(scores, 0).unsqueeze(-1)                                 # (n, N, 1)
  things = each.reshape([scores.size(0), scores.size(1), -1])                     # (n, N, H)
  return torch.sum(things * shares, 0)                                            # (N, H)

def transposed(self, x: Tensor, weight: Tensor) -> Tensor:
  return self.product(x, torch.t(weight))                                         # x W
