# Llama's decoder blocks (Touvron et al. 2023): those of the language model and of pre-fusion alike.
#   B sequences, T new tokens, S tokens with those in the cache, D width, H heads, K key/value heads, d head size
#   cache: keys and values of each layer, [B, K, capacity, d]; the first S - T are there, the new are written behind
#   layers: 9 tensors a layer, in the order in which `block` takes them
# What runs from layer to layer is float32, as are the norms; the products, the keys and the values
# are in the number format of their weights.

def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary positions (Su et al. 2021), halves layout. [B, heads, T, d]"""
    half = x.size(3) // 2
    turned = torch.cat([-x[:, :, :, half:], x[:, :, :, :half]], 3)
    return x * cos + turned * sin

def attend(self, q: Tensor, k: Tensor, v: Tensor, mask: Optional[Tensor]) -> Tensor:
    """Grouped-query attention. q [B, H, T, d] over k and v [B, K, S, d]; without a mask all that is there is seen, causally if T = S."""
    B, H, T, d = q.size()
    K = k.size(1)
    if T == 1 and mask is None:
        # The queries that share keys stand as queries of one head: no key is copied.
        return torch.scaled_dot_product_attention(q.view([B, K, H // K, d]), k, v).view([B, H, 1, d])
    if q.requires_grad:
        # libtorch's gradient of attention is slow in bfloat16.
        q, k, v = q.to(6), k.to(6), v.to(6)
    if mask is not None and mask.dtype != 11:
        mask = mask.to(q.dtype)
    return torch.scaled_dot_product_attention(q, k, v, mask, 0., mask is None and T > 1, enable_gqa=True)

def kept(self, cache: Tensor, at: int, new: Tensor) -> Tensor:
    """Writes keys or values behind the first `at` and gives all; a cache without room keeps nothing, and only the new are given."""
    if cache.size(2) == 0:
        return new
    cache.narrow(2, at, new.size(2)).copy_(new)
    return cache.narrow(2, 0, at + new.size(2))

def block(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Optional[Tensor], keys: Tensor, values: Tensor, at: int, w: List[Tensor], heads: int, epsilon: float) -> Tensor:
    """One layer. [B, T, D] -> [B, T, D]"""
    B, T, D = x.size()
    K, d = keys.size(1), keys.size(3)
    h = torch.rms_norm(x, [D], w[0], epsilon).to(w[1].dtype)
    q = self.rotate(torch.linear(h, w[1]).view([B, T, heads, d]).transpose(1, 2), cos, sin)
    k = self.rotate(torch.linear(h, w[2]).view([B, T, K, d]).transpose(1, 2), cos, sin)
    v = torch.linear(h, w[3]).view([B, T, K, d]).transpose(1, 2)
    a = self.attend(q, self.kept(keys, at, k), self.kept(values, at, v), mask)
    x = x + torch.linear(a.transpose(1, 2).reshape([B, T, heads * d]).to(w[4].dtype), w[4])
    h = torch.rms_norm(x, [D], w[5], epsilon).to(w[6].dtype)
    return x + torch.linear(torch.silu(torch.linear(h, w[6])) * torch.linear(h, w[7]), w[8])

def turns(self, positions: Tensor, frequencies: Tensor, dtype: int) -> Tuple[Tensor, Tensor]:
    """The cosines and sines by which `rotate` turns tokens at positions [.., T]. [.., T, d]"""
    angles = positions.to(6).unsqueeze(-1) * frequencies
    angles = torch.cat([angles, angles], -1)
    return angles.cos().to(dtype), angles.sin().to(dtype)

def blocks(self, x: Tensor, positions: Tensor, frequencies: Tensor, mask: Optional[Tensor], cache: List[Tensor], at: int, layers: List[Tensor], heads: int, epsilon: float) -> Tensor:
    """All layers. The positions are [T], or [B, 1, T] where each sequence has its own."""
    given = x.dtype
    if len(layers) == 0:
        return x
    cos, sin = self.turns(positions, frequencies, layers[1].dtype)
    x = x.to(6)
    for i in range(len(layers) // 9):
        x = self.block(x, cos, sin, mask, cache[2 * i], cache[2 * i + 1], at, layers[9 * i:9 * i + 9], heads, epsilon)
    return x.to(given)

def attention(self, x: Tensor, cos: Tensor, sin: Tensor, first: int, w: List[Tensor], heads: int, epsilon: float) -> Tensor:
    """How much the tokens from `first` on look at each token within `block`, the mean of the heads. [B, T, D] -> [B, T - first, T], float32"""
    B, T, D = x.size()
    d = w[1].size(0) // heads
    K = w[2].size(0) // d
    h = torch.rms_norm(x, [D], w[0], epsilon).to(w[1].dtype)
    q = self.rotate(torch.linear(h, w[1]).view([B, T, heads, d]).transpose(1, 2), cos, sin)
    k = self.rotate(torch.linear(h, w[2]).view([B, T, K, d]).transpose(1, 2), cos, sin)
    k = k.repeat_interleave(heads // K, 1)
    scores = torch.matmul(q[:, :, first:].to(6), k.to(6).transpose(2, 3)) * d ** -0.5
    seen = torch.ones([T - first, T], dtype=11, device=x.device).tril(first)
    return torch.softmax(scores.masked_fill(seen.logical_not(), float("-inf")), -1).mean(1)

def attentions(self, x: Tensor, frequencies: Tensor, cache: List[Tensor], first: int, layers: List[Tensor], heads: int, epsilon: float) -> Tensor:
    """`attention` in each layer, over tokens at the beginning of an empty cache. [B, T, D] -> [layers, B, T - first, T]"""
    cos, sin = self.turns(torch.arange(x.size(1), device=x.device), frequencies, x.dtype)
    looked: List[Tensor] = []
    x = x.to(6)
    for i in range(len(layers) // 9):
        w = layers[9 * i:9 * i + 9]
        looked.append(self.attention(x, cos, sin, first, w, heads, epsilon))
        x = self.block(x, cos, sin, None, cache[2 * i], cache[2 * i + 1], 0, w, heads, epsilon)
    return torch.stack(looked)

def extend(self, x: Tensor, frequencies: Tensor, cache: List[Tensor], at: int, layers: List[Tensor], heads: int, epsilon: float) -> Tensor:
    """All layers over tokens that follow the `at` tokens in the cache and see them all. [B, T, D] -> [B, T, D]"""
    T = x.size(1)
    positions = torch.arange(at, at + T, device=x.device)
    mask: Optional[Tensor] = None
    if at > 0 and T > 1:
        mask = torch.ones([T, at + T], dtype=11, device=x.device).tril(at)
    return self.blocks(x, positions, frequencies, mask, cache, at, layers, heads, epsilon)

def extend_hidden(self, x: Tensor, hidden: Tensor, frequencies: Tensor, cache: List[Tensor], at: int, layers: List[Tensor], heads: int, epsilon: float) -> Tensor:
    """As `extend`, but the new tokens marked in `hidden` [T] (bool) are seen by none and take no position."""
    T = x.size(1)
    seen = hidden.logical_not()
    positions = at + seen.to(4).cumsum(0) - 1
    mask = torch.ones([T, at + T], dtype=11, device=x.device).tril(at)
    mask[:, at:] = mask[:, at:].logical_and(seen)
    return self.blocks(x, positions, frequencies, mask, cache, at, layers, heads, epsilon)

def empty_cache(self, layers: int, batch: int, key_value_heads: int, capacity: int, size: int, like: Tensor) -> List[Tensor]:
    """Room for the keys and values of `layers` layers, in the number format and place of `like`."""
    cache: List[Tensor] = []
    for i in range(2 * layers):
        cache.append(torch.empty([batch, key_value_heads, capacity, size], dtype=like.dtype, device=like.device))
    return cache

def grown_cache(self, cache: List[Tensor], filled: int, capacity: int) -> List[Tensor]:
    """A cache of more room with the same first `filled` tokens."""
    larger: List[Tensor] = []
    for old in cache:
        new = torch.empty([old.size(0), old.size(1), capacity, old.size(3)], dtype=old.dtype, device=old.device)
        new.narrow(2, 0, filled).copy_(old.narrow(2, 0, filled))
        larger.append(new)
    return larger

def embed(self, table: Tensor, ids: Tensor) -> Tensor:
    """Token ids [L] as vectors [L, D]; a negative id (the place of the frames) takes token 0's."""
    return torch.embedding(table, ids.clamp(0))

def logits(self, x: Tensor, norm: Tensor, head: Tensor, epsilon: float) -> Tensor:
    """The scores of the next token, in float32. [B, T, D] -> [B, T, V]"""
    x = torch.rms_norm(x.to(6), [x.size(2)], norm, epsilon)
    return torch.linear(x.to(head.dtype), head).to(6)
