# What every part needs. Number formats: 5 float16, 6 float32, 11 bool, 15 bfloat16.

def reinterpret(self, x: Tensor, dtype: int) -> Tensor:
    """The same bytes under another number format of the same width."""
    seen = torch.empty([0], dtype=dtype, device=x.device)
    return seen.set_(x)

def cast(self, x: Tensor, dtype: int) -> Tensor:
    """Rounded to another number format; the same tensor where it has it already."""
    return x.to(dtype)

def join(self, parts: List[Tensor], dimension: int) -> Tensor:
    return torch.cat(parts, dimension)

def part(self, x: Tensor, dimension: int, start: int, length: int) -> Tensor:
    """A view."""
    return x.narrow(dimension, start, length)

def reshape(self, x: Tensor, shape: List[int]) -> Tensor:
    return x.reshape(shape)

def repeated(self, x: Tensor, times: int) -> Tensor:
    """The same tensor `times` times along a new first dimension, not copied."""
    return x.unsqueeze(0).expand([times] + [-1] * x.dim())
