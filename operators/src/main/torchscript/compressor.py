# Query-based compression (LLaVA-Mini, section 4.1): learnable queries gather a picture's patches.
#   F frames, g x g patches in the grid, Q = C * C queries, D the vision tower's width
#   weights: query [Q, D], positions [Q, D], norm of queries w b, norm of patches w b [D],
#            in-projection w [3D, D] b [3D], out-projection w [D, D] b [D]

def positions(self, table: Tensor, grid: int) -> Tensor:
    """The queries' table of positions [C * C, D], resized bicubically to the patches' grid. [g * g, D]"""
    side = int(table.size(0) ** 0.5 + 0.5)
    if side == grid:
        return table
    image = table.to(6).view([1, side, side, -1]).permute([0, 3, 1, 2])
    image = torch.upsample_bicubic2d(image, [grid, grid], False)
    return image.permute([0, 2, 3, 1]).flatten(0, 2).to(table.dtype)

def compress(self, features: Tensor, weights: List[Tensor], heads: int) -> Tuple[Tensor, Tensor]:
    """[F, g * g, D] -> the compressed features [F, Q, D] and what they looked at, [F, Q, g * g], the mean of the heads."""
    F, T, D = features.size()
    query, table = weights[0], weights[1]
    Q = query.size(0)
    size = D // heads
    grid = int(T ** 0.5 + 0.5)
    w_query, w_key, w_value = weights[6].chunk(3)
    b_query, b_key, b_value = weights[7].chunk(3)

    x = torch.layer_norm(features, [D], weights[4], weights[5], 1e-5)
    asked = torch.layer_norm(query, [D], weights[2], weights[3], 1e-5) + table
    keyed = x + self.positions(table, grid)

    q = torch.linear(asked, w_query, b_query).view([Q, heads, size]).transpose(0, 1)
    k = torch.linear(keyed, w_key, b_key).view([F, T, heads, size]).transpose(1, 2)
    v = torch.linear(x, w_value, b_value).view([F, T, heads, size]).transpose(1, 2)
    attention = torch.softmax(torch.matmul(q * (size ** -0.5), k.transpose(2, 3)), -1)
    out = torch.matmul(attention, v).transpose(1, 2).reshape([F, Q, D])
    return torch.linear(out, weights[8], weights[9]), attention.mean(1)

def mosaic(self, features: Tensor, ratio: int) -> Tensor:
    """The features of ratio x ratio crops laid out as one picture. [F, ratio * ratio, P, D] -> [F, ratio * ratio * P, D]"""
    F, parts, P, D = features.size()
    grid = int(P ** 0.5 + 0.5)
    x = features.view([F, ratio, ratio, grid, grid, D]).transpose(2, 3)
    return x.reshape([F, -1, D])
