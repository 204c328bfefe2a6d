# Laying pre-fused text and vision tokens before the language model (LLaVA-Mini, section 4.2).
#   F frames, Q vision tokens a frame, L text tokens, D width

def unhidden(self, fused: Tensor, plain: Tensor, hidden: Tensor) -> Tensor:
    """The fused text [F, L, D], but the plain embedding [L, D] where a token was hidden [L] from pre-fusion."""
    return torch.where(hidden.unsqueeze(1), plain, fused)

def mean(self, fused: Tensor, weights: Tensor) -> Tensor:
    """The mean over the frames by their weights [F], in float32. [F, L, D] -> [L, D]"""
    return torch.einsum("fld,f->ld", [fused.to(6), weights])

def total(self, fused: Tensor) -> Tensor:
    """The sum over the frames, in float32. [F, L, D] -> [1, L, D]"""
    return fused.to(6).sum(0, True)

def prompt(self, text: Tensor, tokens: Tensor, place: int) -> Tensor:
    """The text [L, D] with the frames' tokens [F * Q, D] instead of its `place`-th vector. [L - 1 + F * Q, D]"""
    text = text.to(tokens.dtype)
    return torch.cat([text[:place], tokens, text[place + 1:]])

def hidden(self, ids: Tensor) -> Tensor:
    """Which tokens pre-fusion does not see: the place of the frames, and token 0, by which the public code pads."""
    return ids <= 0
