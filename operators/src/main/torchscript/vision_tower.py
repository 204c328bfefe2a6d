# CLIP's vision transformer (Radford et al. 2021) up to the layer that LLaVA-Mini looks at.
#   B pictures, S pixels a side, P patches, D width, H heads
#   embeddings: class [D], patch [D, 3, p, p], position [P + 1, D], pre-norm weight and bias [D]
#   layers: 16 tensors a layer, in the order in which `vision_block` takes them
# What runs from layer to layer is float32, as are the norms and all embeddings but the patches';
# the products are in the number format of their weights.

def activate(self, x: Tensor, quick: bool) -> Tensor:
    """GELU, or CLIP's quick approximation of it."""
    return x * torch.sigmoid(1.702 * x) if quick else torch.gelu(x)

def vision_block(self, x: Tensor, w: List[Tensor], heads: int, epsilon: float, quick: bool) -> Tensor:
    """One pre-norm transformer layer. [B, T, D] -> [B, T, D]"""
    B, T, D = x.size()
    h = torch.layer_norm(x, [D], w[0], w[1], epsilon).to(w[2].dtype)
    q = self.linear(h, w[2], w[3]).view([B, T, heads, -1]).transpose(1, 2)
    k = self.linear(h, w[4], w[5]).view([B, T, heads, -1]).transpose(1, 2)
    v = self.linear(h, w[6], w[7]).view([B, T, heads, -1]).transpose(1, 2)
    if q.requires_grad:
        # libtorch's gradient of attention is slow in bfloat16.
        q, k, v = q.to(6), k.to(6), v.to(6)
    a = torch.scaled_dot_product_attention(q, k, v).to(w[8].dtype)
    x = x + self.linear(a.transpose(1, 2).reshape([B, T, D]), w[8], w[9])
    h = torch.layer_norm(x, [D], w[10], w[11], epsilon).to(w[12].dtype)
    return x + self.linear(self.activate(self.linear(h, w[12], w[13]), quick), w[14], w[15])

def features(self, pixels: Tensor, embeddings: List[Tensor], layers: List[Tensor], heads: int, epsilon: float, quick: bool) -> Tensor:
    """The patches' hidden states after the last of `layers`. [B, 3, S, S] -> [B, P, D]"""
    patch = embeddings[1]
    x = torch.conv2d(pixels.to(patch.dtype), patch, None, [patch.size(2), patch.size(3)])
    x = x.flatten(2).transpose(1, 2).to(6)
    begin = embeddings[0].expand([x.size(0), 1, -1])
    x = torch.cat([begin, x], 1) + embeddings[2]
    x = torch.layer_norm(x, [x.size(2)], embeddings[3], embeddings[4], epsilon)
    for i in range(len(layers) // 16):
        x = self.vision_block(x, layers[i * 16:i * 16 + 16], heads, epsilon, quick)
    return x[:, 1:].to(patch.dtype)
