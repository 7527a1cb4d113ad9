# Makes the files of this folder; see README.md.
import collections, sys, torch
def ramp(*shape, start=0.):
    n = 1
    for s in shape: n *= s
    return (torch.arange(n, dtype=torch.float32) + start).reshape(shape)
tie = ramp(2, 3, start=100.)
base = ramp(4, 5)
d = collections.OrderedDict()
d['plain'] = ramp(2, 3)
d['parameter'] = torch.nn.Parameter(ramp(3, start=-1.))
d['tied.first'] = tie
d['tied.second'] = tie
d['transposed'] = base.t()                # 5 x 4 of the same storage as the next ones
d['column'] = base[:, 2]
d['rows'] = base[1:3]
d['every.other'] = base[::2, 1::2]
d['expanded'] = ramp(3, 1).expand(3, 2)
d['half'] = torch.tensor([1.5, -0.0, 65504., 6e-8, float('inf')]).half()
d['bfloat16'] = torch.tensor([1.5, -2.0, 3.140625, 1e30]).bfloat16()
d['double'] = torch.tensor([0.1, 0.2], dtype=torch.float64)
d['int64'] = torch.tensor([[1, -2], [2**40, 0]])
d['bool'] = torch.tensor([True, False])
d['scalar'] = torch.tensor(7.)
d['empty'] = torch.zeros(0, 3)
torch.save(d, 'zip.pt')
torch.save(d, 'legacy.pt', _use_new_zipfile_serialization=False)
torch.save(d, 'protocol4.pt', pickle_protocol=4)
m = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.LayerNorm(2))
with torch.no_grad():
    for i, p in enumerate(m.parameters()): p.copy_(ramp(*p.shape, start=10. * i))
o = torch.optim.Adam(m.parameters()); m(ramp(1, 3)).sum().backward(); o.step()
with torch.no_grad():
    for i, p in enumerate(m.parameters()): p.copy_(ramp(*p.shape, start=10. * i))
whole = {'epoch': 3, 'rate': 0.5, 'name': 'a run', 'model': m.state_dict(), 'optimizer': o.state_dict(), 'best': None}
torch.save(whole, 'nested.pt')
torch.save(whole, 'nested_legacy.pt', _use_new_zipfile_serialization=False)
torch.save({'model': m.state_dict(), 'ema': m.state_dict()}, 'two.pt')
torch.save(m, 'module.pt')
class Bomb:
    def __reduce__(self):
        import os
        return os.system, ('echo this must never run',)
torch.save({'weight': ramp(2), 'x': Bomb()}, 'code.pt')
print(torch.__version__)
