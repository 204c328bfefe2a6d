# AdamW (Loshchilov & Hutter 2019) over many weights at once, in place.

def scale(self, gradients: List[Tensor], most: float) -> Tuple[Tensor, Tensor]:
    """By what the gradients are to be multiplied so that their norm is at most `most`, and the norm that they have."""
    norm = torch.stack(torch._foreach_norm(gradients)).norm()
    return most / norm.clamp(most), norm

def update(self, weights: List[Tensor], gradients: List[Tensor], first: List[Tensor], second: List[Tensor], steps: List[Tensor], rate: float, decay: float, scale: Tensor) -> Tensor:
    torch._foreach_mul_(gradients, scale)
    torch._foreach_add_(steps, 1)
    torch._fused_adamw_(weights, gradients, first, second, [], steps, lr=rate, beta1=0.9, beta2=0.98, weight_decay=decay, eps=1e-8, amsgrad=False, maximize=False)
    torch._foreach_zero_(gradients)
    return scale

def forget(self, gradients: List[Tensor]) -> Tensor:
    torch._foreach_zero_(gradients)
    return gradients[0]
