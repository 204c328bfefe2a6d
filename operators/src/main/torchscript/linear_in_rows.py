# Linear layers for a libtorch that is made without oneDNN: weights [out, in] lie in rows.

def linear(self, x: Tensor, weights: Tensor, bias: Optional[Tensor]) -> Tensor:
    """[.., in] -> [.., out]"""
    return torch.linear(x, weights, bias)

def product(self, x: Tensor, weights: Tensor) -> Tensor:
    return self.linear(x, weights, None)
