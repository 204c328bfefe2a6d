# Choosing the next token from its scores [V], float32.

def likeliest(self, logits: Tensor) -> Tensor:
    return logits.argmax(-1)

def sample(self, logits: Tensor, temperature: float, top_p: float, uniform: float) -> Tensor:
    """Nucleus sampling (Holtzman et al. 2020): of the likeliest tokens that together reach top_p, the one that `uniform` in [0, 1) points at."""
    probabilities, order = torch.softmax(logits / temperature, -1).sort(-1, True)
    # Summed in float64, in which `uniform` times the sum is always less than the sum, so that it
    # points at no token behind the nucleus.
    probabilities = probabilities.to(7)
    before = probabilities.cumsum(-1) - probabilities
    reached = (probabilities * (before < top_p)).cumsum(-1)
    chosen = torch.searchsorted(reached, reached[-1:] * uniform, right=True)
    # Scores that are not numbers point anywhere: not outside either.
    return order[chosen.clamp(0, order.size(0) - 1)][0]
