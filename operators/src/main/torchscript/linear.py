# Linear layers with weights [out, in] that lie in rows, or packed: in the blocks in which oneDNN,
# libtorch's library for processors, multiplies them.

def pack(self, weights: Tensor) -> Tensor:
    """The same weights packed. They are for any number of vectors; 64 is what is expected."""
    return ops.mkldnn._reorder_linear_weight(weights, 64)

def linear(self, x: Tensor, weights: Tensor, bias: Optional[Tensor]) -> Tensor:
    """[.., in] -> [.., out]"""
    if weights.is_mkldnn:
        return ops.mkldnn._linear_pointwise(x, weights, bias, "none", annotate(List[Optional[number]], []), "")
    return torch.linear(x, weights, bias)

def product(self, x: Tensor, weights: Tensor) -> Tensor:
    return self.linear(x, weights, None)
