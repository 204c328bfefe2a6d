# From the vision tower's width to the language model's: linear layers with GELU between them.
#   weights: w [out, in], b [out] of each layer

def project(self, x: Tensor, weights: List[Tensor]) -> Tensor:
    x = self.linear(x.to(weights[0].dtype), weights[0], weights[1])
    for i in range(1, len(weights) // 2):
        x = self.linear(torch.gelu(x), weights[2 * i], weights[2 * i + 1])
    return x
