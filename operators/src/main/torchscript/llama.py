# Llama's decoder blocks (Touvron et al. 2023): those of the language model and of pre-fusion alike.
#   B sequences, T new tokens, S tokens with those in the cache, D width, H heads, K key/value heads, d head size
#   cache: keys and values of each layer, [B, K, capacity, d]; the first S - T are there, the new are written behind
#   layers: 9 tensors a layer, in the order in which `block` takes them
#   wanted: of how many of the last tokens the hidden states are wanted. Of the others the last layer makes keys and
#   values, and no more.
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
    # The queries that share keys stand as queries of one head where that can be: no key is copied.
    if T == 1 and mask is None:
        return torch.scaled_dot_product_attention(q.view([B, K, H // K, d]), k, v).view([B, H, 1, d])
    if q.requires_grad:
        # libtorch's gradient of attention is slow in bfloat16.
        q, k, v = q.to(6), k.to(6), v.to(6)
    if mask is None:
        if H > K and not q.is_cuda:
            # On the processor libtorch has no fused attention for keys that are shared: it would keep all scores.
            k, v = k.repeat_interleave(H // K, 1), v.repeat_interleave(H // K, 1)
        return torch.scaled_dot_product_attention(q, k, v, None, 0., T > 1, enable_gqa=q.is_cuda)
    rows: List[Tensor] = []
    for i in range(H // K):
        rows.append(mask)
    mask = torch.cat(rows, -2)
    if mask.dtype != 11:
        mask = mask.to(q.dtype)
    return torch.scaled_dot_product_attention(q.reshape([B, K, H // K * T, d]), k, v, mask).reshape([B, H, T, d])

def kept(self, cache: Tensor, at: int, new: Tensor) -> Tensor:
    """Writes keys or values behind the first `at` and gives all; a cache without room keeps nothing, and only the new are given."""
    if cache.size(2) == 0:
        return new
    cache.narrow(2, at, new.size(2)).copy_(new)
    return cache.narrow(2, 0, at + new.size(2))

def keys_and_values(self, h: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor], heads: int) -> Tuple[Tensor, Tensor]:
    """The keys and values [B, K, T, d] of [B, T, D]."""
    B, T, D = h.size()
    d = w[1].size(0) // heads
    K = w[2].size(0) // d
    k = self.rotate(self.linear(h, w[2], None).view([B, T, K, d]).transpose(1, 2), cos, sin)
    return k, self.linear(h, w[3], None).view([B, T, K, d]).transpose(1, 2)

def queries(self, h: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor], heads: int) -> Tensor:
    """The queries [B, H, T, d] of [B, T, D]."""
    B, T, D = h.size()
    return self.rotate(self.linear(h, w[1], None).view([B, T, heads, w[1].size(0) // heads]).transpose(1, 2), cos, sin)

def normed(self, x: Tensor, w: List[Tensor], epsilon: float) -> Tensor:
    """What attention works on. [B, T, D] -> [B, T, D]"""
    return torch.rms_norm(x, [x.size(2)], w[0], epsilon).to(w[1].dtype)

def projected(self, x: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor], heads: int, epsilon: float) -> Tuple[Tensor, Tensor, Tensor]:
    """Queries [B, H, T, d], keys and values [B, K, T, d] of [B, T, D]."""
    h = self.normed(x, w, epsilon)
    k, v = self.keys_and_values(h, cos, sin, w, heads)
    return self.queries(h, cos, sin, w, heads), k, v

def last(self, x: Tensor, dimension: int, wanted: int) -> Tensor:
    """The last of a dimension."""
    return x.narrow(dimension, x.size(dimension) - wanted, wanted).contiguous()

def asking(self, x: Tensor, h: Tensor, cos: Tensor, sin: Tensor, w: List[Tensor], heads: int, wanted: int) -> Tuple[Tensor, Tensor]:
    """The last tokens, at least one, and their queries. x and h [B, T, D] -> [B, wanted, D], [B, H, wanted, d]"""
    if wanted < x.size(1):
        x, h, cos, sin = self.last(x, 1, wanted), self.last(h, 1, wanted), self.last(cos, -2, wanted), self.last(sin, -2, wanted)
    return x, self.queries(h, cos, sin, w, heads)

def passed_on(self, x: Tensor, a: Tensor, w: List[Tensor], epsilon: float) -> Tensor:
    """What a layer gives [B, T, D], of what it got and what attention found [B, H, T, d]."""
    B, T, D = x.size()
    x = x + self.linear(a.transpose(1, 2).reshape([B, T, -1]).to(w[4].dtype), w[4], None)
    h = torch.rms_norm(x, [D], w[5], epsilon).to(w[6].dtype)
    return x + self.linear(torch.silu(self.linear(h, w[6], None)) * self.linear(h, w[7], None), w[8], None)

def block(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Optional[Tensor], keys: Tensor, values: Tensor, at: int, w: List[Tensor], heads: int, epsilon: float, wanted: int) -> Tensor:
    """One layer. [B, T, D] -> [B, wanted, D]"""
    h = self.normed(x, w, epsilon)
    k, v = self.keys_and_values(h, cos, sin, w, heads)
    k, v = self.kept(keys, at, k), self.kept(values, at, v)
    if wanted == 0:
        return self.last(x, 1, 0)
    if wanted < x.size(1):
        if mask is not None:
            mask = self.last(mask, -2, wanted)
        elif wanted > 1:
            mask = torch.ones([wanted, k.size(2)], dtype=11, device=x.device).tril(k.size(2) - wanted)
    x, q = self.asking(x, h, cos, sin, w, heads, wanted)
    return self.passed_on(x, self.attend(q, k, v, mask), w, epsilon)

def looked_back(self, q: Tensor, k: Tensor, v: Tensor) -> Tuple[Tensor, Tensor]:
    """Attention of queries [1, K, M, d] to all of n keys and values [1, K, n, d], in float32, and the logarithm of the sum of its weights [1, K, M, 1], by which two such are joined."""
    if not q.is_cuda:
        found, size = torch._scaled_dot_product_flash_attention_for_cpu(q, k, v, 0., False)
        return found.to(6), size.unsqueeze(3)
    # Piece by piece, so that keys of lower precision are not all there twice.
    piece = 4096
    q = q.to(6) * q.size(3) ** -0.5
    found = torch.zeros(q.size(), device=q.device)
    size = torch.full([1, q.size(1), q.size(2), 1], float("-inf"), device=q.device)
    at = 0
    while at < k.size(2):
        n = min(piece, k.size(2) - at)
        scores = torch.matmul(q, k.narrow(2, at, n).to(6).transpose(2, 3))
        own = torch.logsumexp(scores, [3], True)
        part = torch.matmul(torch.exp(scores - own), v.narrow(2, at, n).to(6))
        both = torch.logaddexp(size, own)
        found = found * torch.exp(size - both) + part * torch.exp(own - both)
        size = both
        at += n
    return found, size

def attend_behind(self, q: Tensor, before_k: Tensor, before_v: Tensor, k: Tensor, v: Tensor) -> Tensor:
    """Attention of T new tokens of one sequence to all n tokens before [1, K, n, d] and, causally, to the s >= T keys and values behind those [1, K, s, d], the last T of which are their own: as `attend` over both in one, without putting them together. q [1, H, T, d] -> [1, H, T, d]"""
    return self.attend_behind_with_size(q, before_k, before_v, k, v)[0]

def attend_behind_with_size(self, q: Tensor, before_k: Tensor, before_v: Tensor, k: Tensor, v: Tensor) -> Tuple[Tensor, Tensor]:
    """`attend_behind`, and the logarithm of the sum of its weights [1, H, T, 1]."""
    H, T, d = q.size(1), q.size(2), q.size(3)
    K, s = k.size(1), k.size(2)
    # The queries that share keys stand as queries of one head.
    grouped = q.reshape([1, K, H // K * T, d])
    found, size = self.looked_back(grouped, before_k, before_v)
    scores = torch.matmul(grouped.to(6), k.to(6).transpose(2, 3)) * d ** -0.5
    if T > 1:
        unseen = torch.ones([T, s], dtype=11, device=q.device).tril(s - T).logical_not().repeat([H // K, 1])
        scores = scores.masked_fill(unseen, float("-inf"))
    own = torch.logsumexp(scores, [3], True)
    near = torch.matmul(torch.exp(scores - own), v.to(6))
    both = torch.logaddexp(size, own)
    return (found * torch.exp(size - both) + near * torch.exp(own - both)).view([1, H, T, d]), both.reshape([1, H, T, 1])

def looked_at(self, x: Tensor, frequencies: Tensor, before: List[Tensor], n: int, cache: List[Tensor], at: int, wanted: List[int], layers: List[Tensor], heads: int, epsilon: float) -> Tensor:
    """How much tokens of one sequence look at each of the first `n` tokens in `before`, which they follow with the `at` tokens in the cache between: the mean over the tokens, in each of the wanted heads, which are numbered through all layers and rise. [1, T, D] -> [W, n], float32"""
    T = x.size(1)
    cos, sin = self.turns(torch.arange(n + at, n + at + T, device=x.device), frequencies, layers[1].dtype)
    x = x.to(6)
    looked: List[Tensor] = []
    last = wanted[len(wanted) - 1] // heads
    for i in range(last + 1):
        w = layers[9 * i:9 * i + 9]
        q, k, v = self.projected(x, cos, sin, w, heads, epsilon)
        keys = before[2 * i].narrow(2, 0, n)
        a, size = self.attend_behind_with_size(q, keys, before[2 * i + 1].narrow(2, 0, n), self.kept(cache[2 * i], at, k), self.kept(cache[2 * i + 1], at, v))
        shared = heads // keys.size(1)
        for head in wanted:
            if head // heads == i:
                h = head % heads
                scores = torch.matmul(q[0, h].to(6), keys[0, h // shared].to(6).t()) * q.size(3) ** -0.5
                looked.append(torch.exp(scores - size[0, h]).mean(0))
        x = self.passed_on(x, a, w, epsilon)
    return torch.stack(looked)

def extend_a_little(self, x: Tensor, frequencies: Tensor, cache: List[Tensor], at: int, layers: List[Tensor], heads: int, epsilon: float, wanted: int) -> Tensor:
    """`extend` of one sequence by a few tokens, where a mask over all that is in the cache would be most of the work. [1, T, D] -> [1, wanted, D]"""
    room: List[Tensor] = []
    for kept in cache:
        room.append(kept.narrow(2, at, x.size(1)))
    return self.extend_behind(x, frequencies, cache, at, room, 0, layers, heads, epsilon, wanted)

def extend_behind(self, x: Tensor, frequencies: Tensor, before: List[Tensor], n: int, cache: List[Tensor], at: int, layers: List[Tensor], heads: int, epsilon: float, wanted: int) -> Tensor:
    """All layers over tokens of one sequence that follow the first `n` tokens in `before`, which stays as it is, and the `at` tokens in the cache. [1, T, D] -> [1, wanted, D]"""
    given, L, T = x.dtype, len(layers) // 9, x.size(1)
    cos, sin = self.turns(torch.arange(n + at, n + at + T, device=x.device), frequencies, layers[1].dtype)
    x = x.to(6)
    for i in range(L):
        w = layers[9 * i:9 * i + 9]
        h = self.normed(x, w, epsilon)
        k, v = self.keys_and_values(h, cos, sin, w, heads)
        k, v = self.kept(cache[2 * i], at, k), self.kept(cache[2 * i + 1], at, v)
        if i == L - 1 and wanted == 0:
            return self.last(x, 1, 0).to(given)
        x, q = self.asking(x, h, cos, sin, w, heads, wanted if i == L - 1 else T)
        a = self.attend_behind(q, before[2 * i].narrow(2, 0, n), before[2 * i + 1].narrow(2, 0, n), k, v)
        x = self.passed_on(x, a, w, epsilon)
    return x.to(given)

def extend_each(self, x: Tensor, frequencies: Tensor, before: List[Tensor], own: List[Tensor], filled: List[int], layers: List[Tensor], heads: int, epsilon: float) -> Tensor:
    """All layers over one new token of each of B sequences of their own lengths. `before` and `own` hold the caches of the sequences one after the other, `filled` for each how many tokens of both are there. [B, 1, D] -> [B, 1, D]"""
    given = x.dtype
    B, L = x.size(0), len(layers) // 9
    places: List[int] = []
    for b in range(B):
        places.append(filled[2 * b] + filled[2 * b + 1])
    cos, sin = self.turns(torch.tensor(places, device=x.device).view([B, 1, 1]), frequencies, layers[1].dtype)
    x = x.to(6)
    for i in range(L):
        w = layers[9 * i:9 * i + 9]
        q, k, v = self.projected(x, cos, sin, w, heads, epsilon)
        found: List[Tensor] = []
        for b in range(B):
            n, at, c = filled[2 * b], filled[2 * b + 1], 2 * (b * L + i)
            keys, values = self.kept(own[c], at, k[b:b + 1]), self.kept(own[c + 1], at, v[b:b + 1])
            if n == 0:
                found.append(self.attend(q[b:b + 1], keys, values, None).to(6))
            else:
                found.append(self.attend_behind(q[b:b + 1], before[c].narrow(2, 0, n), before[c + 1].narrow(2, 0, n), keys, values))
        x = self.passed_on(x, torch.cat(found), w, epsilon)
    return x.to(given)

def turns(self, positions: Tensor, frequencies: Tensor, dtype: int) -> Tuple[Tensor, Tensor]:
    """The cosines and sines by which `rotate` turns tokens at positions [.., T]. [.., T, d]"""
    angles = positions.to(6).unsqueeze(-1) * frequencies
    angles = torch.cat([angles, angles], -1)
    return angles.cos().to(dtype), angles.sin().to(dtype)

def blocks(self, x: Tensor, positions: Tensor, frequencies: Tensor, mask: Optional[Tensor], cache: List[Tensor], at: int, layers: List[Tensor], heads: int, epsilon: float, wanted: int) -> Tensor:
    """All layers. The positions are [T], or [B, 1, T] where each sequence has its own. [B, T, D] -> [B, wanted, D]"""
    given, L = x.dtype, len(layers) // 9
    if L == 0:
        return self.last(x, 1, wanted)
    cos, sin = self.turns(positions, frequencies, layers[1].dtype)
    x = x.to(6)
    for i in range(L):
        x = self.block(x, cos, sin, mask, cache[2 * i], cache[2 * i + 1], at, layers[9 * i:9 * i + 9], heads, epsilon, wanted if i == L - 1 else x.size(1))
    return x.to(given)

def attention(self, x: Tensor, cos: Tensor, sin: Tensor, first: int, w: List[Tensor], heads: int, epsilon: float) -> Tensor:
    """How much the tokens from `first` on look at each token within `block`, the mean of the heads. [B, T, D] -> [B, T - first, T], float32"""
    T = x.size(1)
    q, k, v = self.projected(x, cos, sin, w, heads, epsilon)
    d = q.size(3)
    k = k.repeat_interleave(heads // k.size(1), 1)
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
        x = self.block(x, cos, sin, None, cache[2 * i], cache[2 * i + 1], 0, w, heads, epsilon, x.size(1))
    return torch.stack(looked)

def extend(self, x: Tensor, frequencies: Tensor, cache: List[Tensor], at: int, layers: List[Tensor], heads: int, epsilon: float, wanted: int) -> Tensor:
    """All layers over tokens that follow the `at` tokens in the cache and see them all. [B, T, D] -> [B, wanted, D]"""
    T = x.size(1)
    if x.size(0) == 1 and at > 0 and 1 < T <= 64:
        return self.extend_a_little(x, frequencies, cache, at, layers, heads, epsilon, wanted)
    positions = torch.arange(at, at + T, device=x.device)
    mask: Optional[Tensor] = None
    if at > 0 and T > 1:
        mask = torch.ones([T, at + T], dtype=11, device=x.device).tril(at)
    return self.blocks(x, positions, frequencies, mask, cache, at, layers, heads, epsilon, wanted)

def extend_hidden(self, x: Tensor, hidden: Tensor, frequencies: Tensor, cache: List[Tensor], at: int, layers: List[Tensor], heads: int, epsilon: float) -> Tensor:
    """As `extend`, but the new tokens marked in `hidden` [T] (bool) are seen by none and take no position. [B, T, D] -> [B, T, D]"""
    T = x.size(1)
    seen = hidden.logical_not()
    positions = at + seen.to(4).cumsum(0) - 1
    mask = torch.ones([T, at + T], dtype=11, device=x.device).tril(at)
    mask[:, at:] = mask[:, at:].logical_and(seen)
    return self.blocks(x, positions, frequencies, mask, cache, at, layers, heads, epsilon, T)

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

def joined_caches(self, caches: List[Tensor], count: int, filled: int, capacity: int) -> List[Tensor]:
    """One cache of the sequences of `count` caches of one layout, which stand one after the other, each with as many tokens."""
    each = len(caches) // count
    joined: List[Tensor] = []
    for i in range(each):
        like, sequences, at = caches[i], 0, 0
        for c in range(count):
            sequences += caches[c * each + i].size(0)
        room = torch.empty([sequences, like.size(1), capacity, like.size(3)], dtype=like.dtype, device=like.device)
        for c in range(count):
            one = caches[c * each + i].narrow(2, 0, filled)
            room.narrow(0, at, one.size(0)).narrow(2, 0, filled).copy_(one)
            at += one.size(0)
        joined.append(room)
    return joined

def one_of_cache(self, cache: List[Tensor], sequence: int, filled: int) -> List[Tensor]:
    """A copy of what one sequence has in a cache."""
    own: List[Tensor] = []
    for tensor in cache:
        own.append(tensor.narrow(0, sequence, 1).narrow(2, 0, filled).contiguous().clone())
    return own

def following(self, tokens: Tensor, first: int) -> Tensor:
    """The positions of tokens [T, D] that stand one after the other. [T]"""
    return torch.arange(first, first + tokens.size(0), device=tokens.device)

def placed(self, tokens: Tensor, positions: Tensor, strength: float) -> Tensor:
    """Vision tokens [.., T, D] with a code of their positions [.., T] added: over the dimensions it turns from 1 to -1 where their share of 18 octaves passes the position's logarithm."""
    D = tokens.size(-1)
    octaves = torch.log2(positions.to(6).clamp(1.)).unsqueeze(-1)
    turning = torch.arange(D, device=tokens.device) * (18. / D)
    return (tokens.to(6) + strength * torch.tanh(2. * (octaves - turning))).to(tokens.dtype)

def name_code(self, words: Tensor) -> Tensor:
    """A name's code [.., D] from the vectors of its words [.., n, D]: each of root mean square 1 and turned by 73 dimensions for each word behind it, so that their order tells; the code's root mean square is about 1."""
    n, D = words.size(-2), words.size(-1)
    even = torch.rms_norm(words.to(6), [D], None, 1e-5)
    code = torch.zeros_like(even.select(-2, 0))
    for i in range(n):
        code = code + torch.roll(even.select(-2, n - 1 - i), [73 * i], [-1])
    return code / float(n) ** 0.5

def named(self, tokens: Tensor, code: Tensor, strength: float) -> Tensor:
    """Vision tokens [.., D] with the code of their stream's name added, one for all [D] or one for each [.., D]."""
    return (tokens.to(6) + strength * code).to(tokens.dtype)

def embed(self, table: Tensor, ids: Tensor) -> Tensor:
    """Token ids [L] as vectors [L, D]; a negative id (the place of the frames) takes token 0's."""
    return torch.embedding(table, ids.clamp(0))

def logits(self, x: Tensor, norm: Tensor, head: Tensor, epsilon: float) -> Tensor:
    """The scores of the next token, in float32. [B, T, D] -> [B, T, V]"""
    x = torch.rms_norm(x.to(6), [x.size(2)], norm, epsilon)
    return self.linear(x.to(head.dtype), head, None).to(6)
