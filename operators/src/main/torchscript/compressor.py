# Query-based compression (LLaVA-Mini, section 4.1): learnable queries gather a picture's patches.
#   F frames, T = g x g patches in the grid, Q = C * C queries, H heads of size d, D = H * d the vision tower's width
#   weights, all float32: query [Q, D], positions [Q, D], norm of queries w b, norm of patches w b [D],
#            in-projection w [3D, D] b [3D], out-projection w [D, D] b [D]

def positions(self, table: Tensor, grid: int) -> Tensor:
    """The queries' table of positions [C * C, D], resized bicubically to the patches' grid. [g * g, D]"""
    side = int(table.size(0) ** 0.5 + 0.5)
    if side == grid:
        return table
    image = table.view([1, side, side, -1]).permute([0, 3, 1, 2])
    image = torch.upsample_bicubic2d(image, [grid, grid], False)
    return image.permute([0, 2, 3, 1]).flatten(0, 2)

def compress(self, features: Tensor, weights: List[Tensor], heads: int) -> Tuple[Tensor, Tensor]:
    """[F, T, D] -> the compressed features [F, Q, D] and what they looked at, [F, Q, T], the mean of the heads; float32.

    The queries are few and the same for every picture, so keys and values are not made: a head's query goes through
    its key projection backwards and meets the patches themselves, and what it gathers of them goes through its value
    projection. The keys' bias adds the same to all scores of a query, which softmax does not see.
    """
    F, T, D = features.size()
    query, table = weights[0], weights[1]
    Q, H = query.size(0), heads
    grid = int(T ** 0.5 + 0.5)
    w_query, w_key, w_value = weights[6].view([3, H, D // H, D]).unbind(0)
    b_query, b_key, b_value = weights[7].view([3, D]).unbind(0)

    x = torch.layer_norm(features.to(6), [D], weights[4], weights[5], 1e-5)
    asked = torch.layer_norm(query, [D], weights[2], weights[3], 1e-5) + table
    keyed = x + self.positions(table, grid)

    q = torch.linear(asked, w_query.flatten(0, 1), b_query).view([Q, H, D // H]).transpose(0, 1)
    sought = torch.matmul(q * (D // H) ** -0.5, w_key).flatten(0, 1)
    attention = torch.softmax(torch.matmul(sought, keyed.transpose(1, 2)), -1)
    gathered = torch.matmul(attention, x).view([F, H, Q, D])
    out = torch.matmul(gathered, w_value.transpose(1, 2)).transpose(1, 2).reshape([F, Q, D]) + b_value
    return torch.linear(out, weights[8], weights[9]), attention.view([F, H, Q, T]).mean(1)

def pool(self, features: Tensor, grid: int) -> Tensor:
    """Instead of compression: the mean of the patches under each of grid x grid cells. [F, T, D] -> [F, grid * grid, D], float32"""
    F, T, D = features.size()
    side = int(T ** 0.5 + 0.5)
    x = features.to(6).transpose(1, 2).reshape([F, D, side, side])
    return torch.adaptive_avg_pool2d(x, [grid, grid]).flatten(2).transpose(1, 2)

def pooled(self, features: Tensor, grid: int) -> Tuple[Tensor, Tensor]:
    """`pool`, and how much of each patch went into a cell, [F, Q, T]."""
    patches = torch.eye(features.size(1), device=features.device).unsqueeze(0)
    return self.pool(features, grid), self.pool(patches, grid).expand([features.size(0), -1, -1])

def uncompressed(self, features: Tensor) -> Tuple[Tensor, Tensor]:
    """The patches as they are, each of which looks at itself. [F, T, D] -> [F, T, D], [F, T, T]; float32"""
    patches = torch.eye(features.size(1), device=features.device).unsqueeze(0)
    return features.to(6), patches.expand([features.size(0), -1, -1])

def mosaic(self, features: Tensor, ratio: int) -> Tensor:
    """The features of ratio x ratio crops laid out as one picture. [F, ratio * ratio, P, D] -> [F, ratio * ratio * P, D]"""
    F, parts, P, D = features.size()
    grid = int(P ** 0.5 + 0.5)
    x = features.view([F, ratio, ratio, grid, grid, D]).transpose(2, 3)
    return x.reshape([F, -1, D])
