# The loss of a batch, with the very methods that answer questions: compiled together with the network's other scripts.
#   B histories, K keyframes of each, F = B * K pictures, A questions of each in Q slots of S tokens, T frames before the questions
#   L tokens of text before the questions: the first, and the names of those histories that a question is about together
#   P patches, C vision tokens a frame, D width, A numbers that the state heads give
# The questions of a history stand one after the other in one sequence, several in a slot, and do not see each other.
# Weights are float32 and are rounded to `dtype` where the network's own are.

def lowered(self, weights: List[Tensor], begin: int, count: int, period: int, exact: List[int], dtype: int) -> List[Tensor]:
    """Weights as the network holds them: those at `exact` in each period stay as they are."""
    out: List[Tensor] = []
    for i in range(count):
        w = weights[begin + i]
        out.append(w if (i % period) in exact else w.to(dtype))
    return out

def augmented(self, pictures: Tensor, shifts: Tensor, gains: Tensor, mean: Tensor, deviation: Tensor) -> Tensor:
    """Bytes [F, 3, S, S] to pixels: brightened, moved, normalized. shifts [F, 2, 3], gains [F, 2]: factor and summand."""
    x = pictures.to(6) / 255.
    grid = torch.affine_grid_generator(shifts, x.size(), False)
    x = torch.grid_sampler(x, grid, 0, 1, False)
    x = x * gains[:, :1].unsqueeze(2).unsqueeze(3) + gains[:, 1:].unsqueeze(2).unsqueeze(3)
    return (x - mean) / deviation

def whole_first(self, valid: Tensor) -> bool:
    """Whether in each row of valid [B, N] nothing that is there stands behind something that is not."""
    return not bool(valid[:, 1:].logical_and(valid[:, :-1].logical_not()).any())

def attend_before(self, q: Tensor, k: Tensor, v: Tensor, valid: Tensor) -> Tensor:
    """Causal attention among what stands before the questions: q [B, H, W, d] of the last W of k and v [B, H, P, d], of which those of valid [B, P] are there."""
    W, P = q.size(2), k.size(2)
    if W == P and self.whole_first(valid):
        # What is not there comes last, and what is there does not see it.
        return torch.scaled_dot_product_attention(q, k, v, None, 0., True)
    earlier = torch.ones([W, P], dtype=11, device=q.device).tril(P - W)
    seen = earlier.logical_and(valid.unsqueeze(1)).unsqueeze(1)
    return torch.scaled_dot_product_attention(q, k, v, seen)

def attend_asked(self, q: Tensor, k: Tensor, v: Tensor, asked_k: Tensor, asked_v: Tensor, before: Tensor, own: Tensor) -> Tensor:
    """Attention of the tokens of questions in Q slots of S tokens, q [B, H, Q * S, d], to all P tokens that stand before the questions, k and v [B, H, P, d], and to those of their own slot among asked_k and asked_v [B, H, Q * S, d]. To what they see is added before [B, 1 or Q * S, P] and own [B, Q, S, S], minus infinity where they do not see it."""
    B, H, N, d = q.size()
    P, Q, S = k.size(2), own.size(1), own.size(2)
    each = [B, H, Q, S, d]
    q = q * d ** -0.5
    far = torch.matmul(q, k.transpose(2, 3)).add_(before.unsqueeze(1)).view([B, H, Q, S, P])
    near = torch.matmul(q.view(each), asked_k.reshape(each).transpose(3, 4)).add_(own.unsqueeze(1))
    far, near = torch.split(torch.softmax(torch.cat([far, near], 4), 4), [P, S], 4)
    beside = torch.matmul(near, asked_v.reshape(each)).view([B, H, N, d])
    return torch.matmul(far.view([B, H, N, P]), v) + beside

def block_with_questions(self, x: Tensor, cos: Tensor, sin: Tensor, valid: Tensor, before: Tensor, own: Tensor, w: List[Tensor], heads: int, epsilon: float, wanted: int) -> Tensor:
    """`block` over what stands before the questions [B, P], and the questions. [B, P + Q * S, D] -> [B, wanted, D], at least the questions"""
    asked = own.size(1) * own.size(2)
    h = self.normed(x, w, epsilon)
    k, v = self.keys_and_values(h, cos, sin, w, heads)
    x, q = self.asking(x, h, cos, sin, w, heads, wanted)
    shared = heads // k.size(1)
    if shared > 1:
        k, v = k.repeat_interleave(shared, 1), v.repeat_interleave(shared, 1)
    # libtorch's gradient of attention is slow in bfloat16. That of a split is faster than those of its parts, each taken alone.
    k, asked_k = torch.split(k.to(6), [k.size(2) - asked, asked], 2)
    v, asked_v = torch.split(v.to(6), [v.size(2) - asked, asked], 2)
    q, asked_q = torch.split(q.to(6), [wanted - asked, asked], 2)
    a = self.attend_asked(asked_q.contiguous(), k, v, asked_k, asked_v, before, own)
    if wanted > asked:
        a = torch.cat([self.attend_before(q, k, v, valid), a], 2)
    return self.passed_on(x, a, w, epsilon)

def blocks_with_questions(self, x: Tensor, turns: Tuple[Tensor, Tensor], valid: Tensor, before: Tensor, own: Tensor, layers: List[Tensor], heads: int, epsilon: float, wanted: int) -> Tensor:
    """All layers over what stands before the questions, and the questions, which do not see each other. [B, P + Q * S, D] -> [B, wanted, D]"""
    L = len(layers) // 9
    if L == 0:
        return self.last(x, 1, wanted)
    for i in range(L):
        x = self.block_with_questions(x, turns[0], turns[1], valid, before, own, layers[9 * i:9 * i + 9], heads, epsilon, wanted if i == L - 1 else x.size(1))
    return x

def of_same(self, numbers: Tensor, slots: int) -> Tensor:
    """Which tokens of a slot belong to the same question and stand no later: numbers [B, Q * S] are the questions'. [B, Q, S, S] (bool)"""
    each = numbers.view([numbers.size(0), slots, -1, 1])
    S = each.size(2)
    earlier = torch.ones([S, S], dtype=11, device=numbers.device).tril()
    return (each == each.transpose(2, 3)).logical_and(earlier)

def own_bias(self, numbers: Tensor, slots: int) -> Tensor:
    """What is added where tokens of questions look at those of their own slot: nothing to those of their question that stand no later, minus infinity to the others, and to those of no question, which is number -1. [B, Q, S, S]"""
    there = numbers.view([numbers.size(0), slots, 1, -1]) >= 0
    return self.bias(self.of_same(numbers, slots).logical_and(there))

def bias(self, seen: Tensor) -> Tensor:
    """0 where it is seen and minus infinity elsewhere, float32."""
    return torch.zeros(seen.size(), device=seen.device).masked_fill(seen.logical_not(), float("-inf"))

def listed(self, targets: Tensor, classes: int, first: int) -> Tensor:
    """Which classes targets [N] list, from their bit `first` on, of the first 8; -1 lists none. [N, classes] (bool)"""
    each = torch.arange(classes, device=targets.device)
    set = torch.bitwise_and(torch.bitwise_right_shift(targets.unsqueeze(1), each + first), 1) > 0
    return set.logical_and(each < 8).logical_and((targets >= 0).unsqueeze(1))

def compared(self, scores: Tensor, targets: Tensor) -> Tuple[Tensor, Tensor]:
    """Takes targets [N] apart, as HeadTarget makes them: their lowest 8 bits are a class, -1 is none, from bit 8 on come the classes that are spared, whose scores [N, classes] take no part, and from bit 16 on those that are doubted, which count a twentieth. Gives scores and classes."""
    spared = self.listed(targets, scores.size(1), 8).to(6)
    doubted = self.listed(targets, scores.size(1), 16).to(6)
    lower = 1e4 * spared + 3. * doubted
    return scores - lower, torch.where(targets >= 0, torch.bitwise_and(targets, 255), targets)

def class_losses(self, scores: Tensor, targets: Tensor) -> Tuple[Tensor, Tensor]:
    """How badly classes are told by their scores [N, classes], and whether rightly, 1 or 0, each [N]. A target [N] whose bit 30 is set is met by any of the classes that it lists from bit 8 on."""
    any = torch.bitwise_and(torch.bitwise_right_shift(targets, 30), 1).logical_and(targets >= 0)
    among = self.listed(targets, scores.size(1), 8)
    allowed = among.gather(1, scores.argmax(1).unsqueeze(1)).squeeze(1)
    within = torch.logsumexp(scores.masked_fill(among.logical_not(), -1e4), [1])
    against, classes = self.compared(scores, targets)
    losses = torch.cross_entropy_loss(against, classes, None, 0, -1, 0.)
    losses = torch.where(any, torch.logsumexp(scores, [1]) - within, losses)
    right = torch.where(any, allowed, against.argmax(1) == classes)
    return losses, right.to(6)

def shade_losses(self, shades: Tensor, targets: Tensor) -> Tuple[Tensor, Tensor]:
    """How far shades [N, 3] are from red, green and blue of their targets [N], 8 bits each, and whether each is told to a fifth, 1 or 0, each [N]."""
    shifts = torch.tensor([16, 8, 0], device=targets.device)
    exact = torch.bitwise_and(torch.bitwise_right_shift(targets.unsqueeze(1), shifts), 255).to(6) / 255.
    apart = shades - exact
    return (apart * apart).sum(1), (apart.abs().amax([1]) < 0.2).to(6)

def state_loss(self, tokens: Tensor, head: Tensor, palette: Tensor, sizes: Tensor, kinds: Tensor, shades: float, targets: Tensor) -> Tuple[Tensor, Tensor]:
    """How badly linear heads tell a picture's state from its vision tokens [F, C, D]. Gives the loss and the shares that are right; targets [F, heads]. The kinds are those of HeadKind; a shade counts `shades` times."""
    x = torch.rms_norm(tokens.to(6).mean(1), [tokens.size(2)], None, 1e-5)
    scores = torch.linear(x, head)
    loss = torch.zeros([], device=x.device)
    right: List[Tensor] = []
    at = 0
    for i in range(sizes.size(0)):
        size, kind = int(sizes[i]), int(kinds[i])
        part, target = scores[:, at:at + size], targets[:, i]
        if kind == 1:
            part = torch.linear(part, palette)
        if kind == 2:
            apart, rights = self.shade_losses(part, target)
            losses = shades * apart
        else:
            losses, rights = self.class_losses(part, target)
        told = (target >= 0).to(6)
        count = told.sum().clamp(1.)
        loss = loss + (losses * told).sum() / count
        right.append((rights * told).sum() / count)
        at += size
    return loss / sizes.size(0), torch.stack(right)

def event_loss(self, frames: Tensor, head: Tensor, sizes: Tensor, emphasis: Tensor, targets: Tensor) -> Tuple[Tensor, Tensor]:
    """How badly linear heads tell from frames [N, D] what happens at them. Class 0 of a head is nothing; the others count `emphasis` [heads] times, since they are seldom, and a head without emphasis tells something of every frame. Gives the loss and the share of what happens seldom that is told; targets [N, heads]."""
    x = torch.rms_norm(frames.to(6), [frames.size(1)], None, 1e-5)
    scores = torch.linear(x, head)
    loss = torch.zeros([], device=x.device)
    noticed = torch.zeros([], device=x.device)
    happened = torch.zeros([], device=x.device)
    at = 0
    for i in range(sizes.size(0)):
        size = int(sizes[i])
        part, target = self.compared(scores[:, at:at + size], targets[:, i])
        rare = float(emphasis[i])
        weights = torch.full([size], rare, device=x.device)
        weights[0] = 1.
        loss = loss + torch.cross_entropy_loss(part, target, weights, 2, -1, 0.) / (target >= 0).to(6).sum().clamp(1.)
        if rare > 1.:
            noticed = noticed + (part.argmax(1) == target).logical_and(target > 0).sum()
            happened = happened + (target > 0).sum()
        at += size
    return loss / sizes.size(0), noticed / happened.clamp(1.)

def told_loss(self, words: Tensor, head: Tensor, targets: Tensor, apart: int) -> Tuple[Tensor, Tensor]:
    """How badly a linear head tells classes from words [N, D]. Gives the loss and the share of words whose class is told to `apart` classes; targets [N], -1 where it is not to be told."""
    x = torch.rms_norm(words.to(6), [words.size(1)], None, 1e-5)
    scores = torch.linear(x, head)
    told = (targets >= 0).to(6)
    count = told.sum().clamp(1.)
    loss = torch.cross_entropy_loss(scores, targets, None, 2, -1, 0.) / count
    return loss, (((scores.argmax(1) - targets).abs() <= apart).to(6) * told).sum() / count

def before_fusion(self, features: Tensor, compressor: List[Tensor], compressor_heads: int, projector: List[Tensor], grid: int) -> Tuple[Tensor, Tensor]:
    """Vision tokens [F, C, D] of features, and what pre-fusion sees, patches and tokens [F, P + C, D]. Without a compressor's weights features are pooled; where the grid is 0, every patch is a token and pre-fusion sees nothing."""
    patches = self.project(features, projector)
    if grid == 0:
        return patches, patches[:, :0]
    if len(compressor) == 0:
        compressed = self.pool(features, grid)
    else:
        compressed = self.compress(features, compressor, compressor_heads)[0]
    tokens = self.project(compressed, projector)
    return tokens, torch.cat([patches, tokens], 1)

def with_names(self, frames: Tensor, words: Tensor, places: Tensor, strength: float) -> Tensor:
    """Adds to frames [B, M, D] the code of the name that stands before them: names of words [B, K, W, D] at places [B, K, W] among the frames."""
    M, D = frames.size(1), frames.size(2)
    begins = places[:, :, 0].unsqueeze(1)
    owner = (torch.arange(M, device=frames.device).view([1, M, 1]) >= begins).to(4).sum([2]) - 1
    codes = self.name_code(words).gather(1, owner.unsqueeze(2).expand([-1, -1, D]))
    return self.named(frames, codes, strength)

def as_counted(self, scores: Tensor, labels: Tensor, words: List[Tensor]) -> Tensor:
    """Scores [N, V] of the next word, changed so that spared words take no part, doubted ones count a twentieth, and one that is as right as its label adds to it. For each of these three `words` has at which of the N and which word."""
    if words[0].size(0) > 0:
        scores[words[0], words[1]] = -1e4
    if words[2].size(0) > 0:
        scores[words[2], words[3]] = scores[words[2], words[3]] - 3.
    if words[4].size(0) > 0:
        answered = labels.index_select(0, words[4])
        either = torch.logaddexp(scores[words[4], answered], scores[words[4], words[5]])
        scores[words[4], answered] = either
        scores[words[4], words[5]] = -1e4
    return scores

def batch_loss(self, numbers: List[Tensor], reals: List[Tensor], weights: List[Tensor], constants: List[Tensor], pictures: List[Tensor], text: List[Tensor], history: List[Tensor], moments: List[Tensor]) -> List[Tensor]:
    """Gives [loss, loss of the answers, loss of the state heads, which questions are right [B, A], which state heads are right, vision tokens [F, C, D], loss of the event heads, share of the events that they tell, loss of the moment heads, share of the moments that they tell, share of the things of which they tell whether they came after the other one, share of the tokens that tell in which stream something was].

    numbers: the network's [..], the batch's [B, K, Q, S, T, L, A], the sizes of the state heads and of the event heads, and of which kind the state heads are
    reals: [vision epsilon, language epsilon, weights of the state heads', the event heads' and the moment heads' loss, strengths of the codes of positions and of names, how much a shade counts among the states], and how often what each event head tells counts against nothing
    weights: the network's in the order in which it takes them, and last the state heads' [A, D], the palette [classes, size], the event heads' [E, D], and what tells moments [M, D], what came later [2, D], and in which stream something was [O, D]
    constants: rotary frequencies, mean and deviation of pixels [3, 1, 1]
    pictures: bytes [F, 3, S, S], shifts, gains, the states [F, heads]
    text: ids [B, L + Q * S], which of them are answers, as input (bytes), how much the next token counts as label, share of each keyframe [B, K], behind which of the questions' tokens, of B * Q * S, a word is spared, and its id, the same of words that are doubted, which count a twentieth, behind which one a word is as right as the label, at most one, and its id, and the number of the question of which each of the questions' tokens is [B, Q * S], or -1
    history: tokens [B, T, D], which are there [B, T] (bytes), positions [B, T], the questions' first position [B], as how many each frame counts for each question, as logarithm [B, A, T], what happens at each [B * T, heads], which event heads tell from the frame behind the first third of the language model, of which history the fused text before the frames is taken [B], and, where L > 1, with which keyframe each token before the questions is fused [K, L], 1 or 0, and at which of the T places those of the names stand [B, L - 1]
    moments: at which of the questions' tokens, of B * Q * S, stands the last word of what happened, or begins an answer that says what came first, perhaps none; when it happened, as a class, to be told in the middle of the language model, -1 where an answer begins; and whether it happened after what the question named before, 1 or 0, or -1 where it named nothing before, to be told behind its second third; and which of the questions' tokens, of B * Q * S, must tell there in which of several streams that was which they ask about, and the last digit of its name
    """
    n = numbers[0]
    dtype, vision_layers, vision_heads = int(n[0]), int(n[1]), int(n[2])
    quick, compressor_weights, compressor_heads = int(n[3]) == 1, int(n[4]), int(n[5])
    projector_weights, fusion_layers, layers = int(n[6]), int(n[7]), int(n[8])
    heads, key_heads, size = int(n[9]), int(n[10]), int(n[11])
    tied, compressed_grid = int(n[12]) == 1, int(n[13])
    B, K, Q, S, T = int(numbers[1][0]), int(numbers[1][1]), int(numbers[1][2]), int(numbers[1][3]), int(numbers[1][4])
    L, A = int(numbers[1][5]), int(numbers[1][6])
    vision_epsilon, epsilon = float(reals[0][0]), float(reals[0][1])
    frequencies = constants[0]

    at = 0
    tower = self.lowered(weights, at, 5, 5, [0, 2, 3, 4], dtype)
    at += 5
    tower_layers = self.lowered(weights, at, 16 * vision_layers, 16, [0, 1, 10, 11], dtype)
    at += 16 * vision_layers
    compressor = weights[at:at + compressor_weights]
    at += compressor_weights
    projector = self.lowered(weights, at, projector_weights, 1, [1], dtype)
    at += projector_weights
    fusing = self.lowered(weights, at, 9 * fusion_layers, 9, [0, 5], dtype)
    at += 9 * fusion_layers
    table = weights[at].to(dtype)
    at += 1
    language = self.lowered(weights, at, 9 * layers, 9, [0, 5], dtype)
    at += 9 * layers
    norm = weights[at]
    at += 1
    head = table if tied else weights[at].to(dtype)
    count = len(weights)
    states, palette, events = weights[count - 6], weights[count - 5], weights[count - 4]
    whens, laters, owners = weights[count - 3], weights[count - 2], weights[count - 1]

    # Pictures to patches, and to what stands for them before pre-fusion.
    pixels = self.augmented(pictures[0], pictures[1], pictures[2], constants[1], constants[2])
    features = self.features(pixels, tower, tower_layers, vision_heads, vision_epsilon, quick)
    tokens, sequence = self.before_fusion(features, compressor, compressor_heads, projector, compressed_grid)
    F, C, D = tokens.size()
    V = sequence.size(1)

    fuses = fusion_layers > 0 and compressed_grid > 0
    if Q == 0:
        if fuses:
            nothing = self.empty_cache(fusion_layers, 1, key_heads, 0, size, sequence)
            tokens = self.blocks(sequence, torch.arange(V, device=tokens.device), frequencies, None, nothing, 0, fusing, heads, epsilon, C)
        state, told = self.state_loss(tokens, states, palette, numbers[2], numbers[4], float(reals[0][7]), pictures[3])
        unasked = torch.zeros([], device=state.device)
        return [state * reals[0][2], unasked, state, torch.zeros([1, 1]), told, tokens, unasked, unasked, unasked, unasked, unasked, unasked]

    # Pre-fusion, of the questions too.
    ids = text[0]
    N = ids.size(1)
    asked = torch.where(ids[:, L:] > 0, text[10], -1)
    own = self.own_bias(asked, Q)
    within = self.of_same(text[10], Q).to(4).sum([3]).flatten(1) - 1
    plain = self.embed(table, ids)
    fused = plain
    named = plain[:, :L]
    if fuses:
        x = torch.cat([sequence, plain.repeat_interleave(K, 0)], 1)
        seen = torch.cat([torch.ones([F, V], dtype=11, device=ids.device), ids[:, :L].repeat_interleave(K, 0) > 0], 1)
        positions = torch.cat([torch.arange(V + L, device=ids.device).expand([F, -1]), within.repeat_interleave(K, 0) + V + L], 1)
        turns = self.turns(positions.unsqueeze(1), frequencies, dtype)
        x = self.blocks_with_questions(x.to(6), turns, seen, self.bias(seen).unsqueeze(1), own.repeat_interleave(K, 0), fusing, heads, epsilon, x.size(1) - V + C).to(dtype)
        tokens = x[:, :C]
        shares = text[3].unsqueeze(2).unsqueeze(3)
        with_each = x[:, C:].to(6).view([B, K, N, D])
        fused = (with_each * shares).sum(1).to(dtype)
        fused = torch.where(text[1].to(11).unsqueeze(2), plain, fused)
        if L > 1:
            named = (with_each[:, :, :L] * history[7].unsqueeze(2)).sum(1).to(dtype)
    state, told = self.state_loss(tokens, states, palette, numbers[2], numbers[4], float(reals[0][7]), pictures[3])

    # The language model over the frames' tokens and the questions behind them.
    if T == 0:
        frames = tokens.reshape([B, K * C, D])
        there = torch.ones([B, K * C], dtype=11, device=ids.device)
        frame_positions = torch.arange(1, K * C + 1, device=ids.device).unsqueeze(0).expand([B, -1])
        start = frame_positions[:, -1] + 1
    else:
        frames, there, frame_positions, start = history[0].to(dtype), history[1].to(11), history[2], history[3]
    M = frames.size(1)
    if float(reals[0][5]) > 0.:
        frames = self.placed(frames, frame_positions, float(reals[0][5]))
    if L > 1 and float(reals[0][6]) > 0.:
        words = self.embed(table, ids[:, 1:L]).view([B, K, -1, D])
        frames = self.with_names(frames, words, history[8].view([B, K, -1]), float(reals[0][6]))
    begun = fused[:, :1]
    if T > 0:
        begun = begun.index_select(0, history[6])
    if L > 1:
        begun = named[:, :1]
        frames = frames.scatter(1, history[8].unsqueeze(2).expand([-1, -1, D]), named[:, 1:])
    x = torch.cat([begun, frames.to(dtype), fused[:, L:]], 1)
    first = torch.cat([ids[:, :1] > 0, there], 1)
    before = self.bias(first).unsqueeze(1)
    if T > 0:
        counted = history[4].gather(1, asked.clamp(0).unsqueeze(2).expand([-1, -1, T]))
        before = before + torch.constant_pad_nd(counted, [1, 0], 0)
    positions = torch.cat([torch.zeros([B, 1], dtype=4, device=ids.device), frame_positions, within + start.unsqueeze(1)], 1)
    turns = self.turns(positions.unsqueeze(1), frequencies, dtype)
    early = max(1, layers // 3)
    x = self.blocks_with_questions(x.to(6), turns, first, before, own, language[:9 * early], heads, epsilon, x.size(1))
    happened, noticed = torch.zeros([], device=x.device), torch.zeros([], device=x.device)
    if T > 0:
        seen_early = x[:, 1:1 + M].reshape([B * M, D])
        happened, noticed = self.event_loss(seen_early, events, numbers[3], reals[1], history[5])
    middle = max(early, layers // 2)
    x = self.blocks_with_questions(x, turns, first, before, own, language[9 * early:9 * middle], heads, epsilon, x.size(1))
    timed, dated, ordered = torch.zeros([], device=x.device), torch.zeros([], device=x.device), torch.zeros([], device=x.device)
    mentioned = moments[0].size(0) > 0
    if mentioned:
        words = x[:, 1 + M:].reshape([B * Q * S, D]).index_select(0, moments[0])
        timed, dated = self.told_loss(words, whens, moments[1], 1)
    late = max(middle, 2 * layers // 3)
    x = self.blocks_with_questions(x, turns, first, before, own, language[9 * middle:9 * late], heads, epsilon, x.size(1))
    if mentioned:
        words = x[:, 1 + M:].reshape([B * Q * S, D]).index_select(0, moments[0])
        compared, ordered = self.told_loss(words, laters, moments[2], 0)
        timed = timed + compared
    found = torch.zeros([], device=x.device)
    if moments[3].size(0) > 0:
        words = x[:, 1 + M:].reshape([B * Q * S, D]).index_select(0, moments[3])
        owned, found = self.told_loss(words, owners, moments[4], 0)
        timed = timed + owned
    x = self.blocks_with_questions(x, turns, first, before, own, language[9 * late:], heads, epsilon, x.size(1) - 1 - M)
    scores = self.logits(x, norm, head, epsilon)

    counts = text[2][:, L:]
    labels = torch.cat([ids[:, L + 1:], torch.zeros([B, 1], dtype=4, device=ids.device)], 1)
    scores = scores.flatten(0, 1)
    scores = self.as_counted(scores, labels.flatten(), text[4:])
    losses = torch.cross_entropy_loss(scores, labels.flatten(), None, 0, -100, 0.)
    answers = (losses * counts.flatten()).sum() / counts.sum().clamp(1e-6)
    wrong = (scores.argmax(1) != labels.flatten()).logical_and(counts.flatten() > 0).view([B, Q * S]).to(6)
    wrong = torch.zeros([B, A], device=x.device).scatter_add(1, asked.clamp(0), wrong) > 0.
    loss = answers + state * reals[0][2] + happened * reals[0][3] + timed * reals[0][4]
    return [loss, answers, state, wrong.logical_not().to(6), told, tokens, happened, noticed, timed, dated, ordered, found]
