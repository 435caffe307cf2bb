"""Makes the golden case `tiny`: a Segment Anything model with random weights, and what float64 arithmetic makes of it.

Needs numpy, and Pillow for the reference of the resizing. It shares no code with the product and is written out from the
definitions: attention place by place with distances looked up, convolutions as sums over taps, resizing as matrices.

    python3 make_tiny_case.py OUTPUT_FOLDER
"""

import json
import math
import os
import struct
import sys

import numpy as np
from PIL import Image

IMAGE, PATCH, WIDTH, HEADS, WINDOW, LAYERS, GLOBAL = 128, 16, 16, 2, 3, 3, (1, 2)
OUT, FEED, MASK_CHANNELS, DEC_HEADS, DEC_FEED, DOWN, MASKS = 16, 32, 8, 2, 32, 2, 4
GRID, HEAD = IMAGE // PATCH, WIDTH // HEADS
EPS, FINAL_EPS = 1e-6, 1e-5
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)

rng = np.random.default_rng(20278)  # a draw whose answers are not empty at the disc
W = {}


def add(name, *shape, scale=None, offset=0.0):
    fan_in = int(np.prod(shape[1:])) if len(shape) > 1 else 1
    scale = 1 / math.sqrt(fan_in) if scale is None else scale
    W[name] = (offset + scale * rng.standard_normal(shape)).astype(np.float32)


def add_linear(name, n_in, n_out):
    add(name + ".weight", n_out, n_in)
    add(name + ".bias", n_out, scale=0.1)


def add_norm(name, n):
    add(name + ".weight", n, scale=0.2, offset=1.0)
    add(name + ".bias", n, scale=0.1)


def add_conv(name, n_out, n_in, k, bias=True):
    add(name + ".weight", n_out, n_in, k, k)
    if bias:
        add(name + ".bias", n_out, scale=0.1)


def add_attention(name, width, inner):
    for part in ("q_proj", "k_proj", "v_proj"):
        add_linear(f"{name}.{part}", width, inner)
    add_linear(name + ".out_proj", inner, width)


def make_weights():
    add("shared_image_embedding.positional_embedding", 2, OUT // 2, scale=1.0)
    v = "vision_encoder."
    add(v + "pos_embed", 1, GRID, GRID, WIDTH, scale=0.5)
    add_conv(v + "patch_embed.projection", WIDTH, 3, PATCH)
    for i in range(LAYERS):
        r = f"{v}layers.{i}."
        add_norm(r + "layer_norm1", WIDTH)
        add_norm(r + "layer_norm2", WIDTH)
        add_linear(r + "attn.qkv", WIDTH, 3 * WIDTH)
        add_linear(r + "attn.proj", WIDTH, WIDTH)
        add_linear(r + "mlp.lin1", WIDTH, FEED)
        add_linear(r + "mlp.lin2", FEED, WIDTH)
        # The last layer's tables have another length than its grid asks for, so that they must be stretched.
        size = WINDOW if i not in GLOBAL else GRID
        lengths = (11, 20) if i == 2 else (2 * size - 1, 2 * size - 1)
        add(r + "attn.rel_pos_h", lengths[0], HEAD, scale=0.4)
        add(r + "attn.rel_pos_w", lengths[1], HEAD, scale=0.4)
    add_conv(v + "neck.conv1", OUT, WIDTH, 1, bias=False)
    add_norm(v + "neck.layer_norm1", OUT)
    add_conv(v + "neck.conv2", OUT, OUT, 3, bias=False)
    add_norm(v + "neck.layer_norm2", OUT)
    p = "prompt_encoder."
    for name in [f"point_embed.{i}" for i in range(4)] + ["not_a_point_embed", "no_mask_embed"]:
        add(f"{p}{name}.weight", 1, OUT, scale=0.7)
    add_conv(p + "mask_embed.conv1", MASK_CHANNELS // 4, 1, 2)
    add_norm(p + "mask_embed.layer_norm1", MASK_CHANNELS // 4)
    add_conv(p + "mask_embed.conv2", MASK_CHANNELS, MASK_CHANNELS // 4, 2)
    add_norm(p + "mask_embed.layer_norm2", MASK_CHANNELS)
    add_conv(p + "mask_embed.conv3", OUT, MASK_CHANNELS, 1)
    d = "mask_decoder."
    add(d + "iou_token.weight", 1, OUT, scale=0.7)
    add(d + "mask_tokens.weight", MASKS, OUT, scale=0.7)
    for i in range(2):
        r = f"{d}transformer.layers.{i}."
        add_attention(r + "self_attn", OUT, OUT)
        add_attention(r + "cross_attn_token_to_image", OUT, OUT // DOWN)
        add_attention(r + "cross_attn_image_to_token", OUT, OUT // DOWN)
        add_linear(r + "mlp.lin1", OUT, DEC_FEED)
        add_linear(r + "mlp.lin2", DEC_FEED, OUT)
        for k in range(1, 5):
            add_norm(f"{r}layer_norm{k}", OUT)
    add_attention(d + "transformer.final_attn_token_to_image", OUT, OUT // DOWN)
    add_norm(d + "transformer.layer_norm_final_attn", OUT)
    for name, n_in, n_out in (("upscale_conv1", OUT, OUT // 4), ("upscale_conv2", OUT // 4, OUT // 8)):
        add(f"{d}{name}.weight", n_in, n_out, 2, 2, scale=1 / math.sqrt(n_in))
        add(f"{d}{name}.bias", n_out, scale=0.1)
    add_norm(d + "upscale_layer_norm", OUT // 4)
    for k in range(MASKS):
        r = f"{d}output_hypernetworks_mlps.{k}."
        add_linear(r + "proj_in", OUT, OUT)
        add_linear(r + "layers.0", OUT, OUT)
        add_linear(r + "proj_out", OUT, OUT // 8)
    r = d + "iou_prediction_head."
    add_linear(r + "proj_in", OUT, OUT)
    add_linear(r + "layers.0", OUT, OUT)
    add_linear(r + "proj_out", OUT, MASKS)


def w(name):
    return W[name].astype(np.float64)


erf = np.vectorize(math.erf)


def gelu(x):
    return x * 0.5 * (1 + erf(x / math.sqrt(2)))


def relu(x):
    return np.maximum(x, 0)


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def linear(name, x):
    return x @ w(name + ".weight").T + w(name + ".bias")


def norm(name, x, eps=EPS):
    centred = x - x.mean(-1, keepdims=True)
    return centred / np.sqrt((centred ** 2).mean(-1, keepdims=True) + eps) * w(name + ".weight") + w(name + ".bias")


def convolve(name, x, stride=1, padding=0, bias=True):
    """x [H, W, C]; a sum over the taps of the kernel."""
    kernel = w(name + ".weight")
    k = kernel.shape[2]
    x = np.pad(x, ((padding, padding), (padding, padding), (0, 0)))
    h, width = (x.shape[0] - k) // stride + 1, (x.shape[1] - k) // stride + 1
    out = np.zeros((h, width, kernel.shape[0]))
    for a in range(k):
        for b in range(k):
            out += x[a:a + stride * h:stride, b:b + stride * width:stride] @ kernel[:, :, a, b].T
    return out + w(name + ".bias") if bias else out


def upscale(name, x):
    kernel, (h, width, _) = w(name + ".weight"), x.shape
    out = np.zeros((2 * h, 2 * width, kernel.shape[1]))
    for a in range(2):
        for b in range(2):
            out[a::2, b::2] = x @ kernel[:, :, a, b]
    return out + w(name + ".bias")


def stretch(n_in, n_out):
    """Matrix of linear interpolation with aligned borders, [n_out, n_in]."""
    m = np.zeros((n_out, n_in))
    for i in range(n_out):
        at = max(0.0, (i + 0.5) * n_in / n_out - 0.5)
        low = min(int(at), n_in - 1)
        high = min(low + 1, n_in - 1)
        m[i, low] += 1 - (at - low)
        m[i, high] += at - low
    return m


def resize(x, h, width):
    return stretch(x.shape[0], h) @ x @ stretch(x.shape[1], width).T


def window_attention(root, x):
    """x [S, S, C]: attention of every place with every other, with decomposed relative positions."""
    size = x.shape[0]
    tables = []
    for axis in "hw":
        table = w(f"{root}attn.rel_pos_{axis}")
        tables.append(table if len(table) == 2 * size - 1 else stretch(len(table), 2 * size - 1) @ table)
    qkv = linear(root + "attn.qkv", x).reshape(size, size, 3, HEADS, HEAD)
    out = np.zeros((size, size, HEADS, HEAD))
    for head in range(HEADS):
        q, k, v = (qkv[:, :, part, head] for part in range(3))
        for i in range(size):
            for j in range(size):
                scores = (k @ q[i, j]) / math.sqrt(HEAD)
                for row in range(size):
                    for column in range(size):
                        scores[row, column] += q[i, j] @ tables[0][i - row + size - 1] + q[i, j] @ tables[1][j - column + size - 1]
                out[i, j, head] = np.tensordot(softmax(scores.reshape(-1)).reshape(size, size), v, 2)
    return linear(root + "attn.proj", out.reshape(size, size, WIDTH))


def encode(pixels):
    x = convolve("vision_encoder.patch_embed.projection", pixels, stride=PATCH) + w("vision_encoder.pos_embed")[0]
    for i in range(LAYERS):
        root = f"vision_encoder.layers.{i}."
        y = norm(root + "layer_norm1", x)
        if i in GLOBAL:
            y = window_attention(root, y)
        else:
            whole = np.zeros((math.ceil(GRID / WINDOW) * WINDOW,) * 2 + (WIDTH,))
            whole[:GRID, :GRID] = y
            for top in range(0, len(whole), WINDOW):
                for left in range(0, len(whole), WINDOW):
                    part = slice(top, top + WINDOW), slice(left, left + WINDOW)
                    whole[part] = window_attention(root, whole[part])
            y = whole[:GRID, :GRID]
        x = x + y
        y = linear(root + "mlp.lin2", gelu(linear(root + "mlp.lin1", norm(root + "layer_norm2", x))))
        x = x + y
    x = norm("vision_encoder.neck.layer_norm1", convolve("vision_encoder.neck.conv1", x, bias=False))
    return norm("vision_encoder.neck.layer_norm2", convolve("vision_encoder.neck.conv2", x, padding=1, bias=False))


def fourier(xy):
    angle = 2 * math.pi * ((2 * np.asarray(xy, np.float64) - 1) @ w("shared_image_embedding.positional_embedding"))
    return np.concatenate([np.sin(angle), np.cos(angle)], -1)


def attention(name, q, k, v):
    q, k, v = linear(name + ".q_proj", q), linear(name + ".k_proj", k), linear(name + ".v_proj", v)
    d = q.shape[1] // DEC_HEADS
    heads = [softmax(q[:, s] @ k[:, s].T / math.sqrt(d)) @ v[:, s] for s in (slice(h * d, (h + 1) * d) for h in range(DEC_HEADS))]
    return linear(name + ".out_proj", np.concatenate(heads, 1))


def perceptron(name, x):
    return linear(name + ".proj_out", relu(linear(name + ".layers.0", relu(linear(name + ".proj_in", x)))))


def decode(embedding, points=(), labels=(), box=None, mask=None):
    p, d = "prompt_encoder.", "mask_decoder."
    tokens = []
    for (x, y), label in zip(points, labels):
        tokens.append(fourier([(x + 0.5) / IMAGE, (y + 0.5) / IMAGE]) + w(f"{p}point_embed.{label}.weight")[0])
    if points and box is None:
        tokens.append(w(p + "not_a_point_embed.weight")[0])
    if box is not None:
        for i in range(2):
            tokens.append(fourier([(box[2 * i] + 0.5) / IMAGE, (box[2 * i + 1] + 0.5) / IMAGE]) + w(f"{p}point_embed.{2 + i}.weight")[0])
    if mask is None:
        dense = w(p + "no_mask_embed.weight")[0]
    else:
        dense = mask[:, :, None]
        for i in (1, 2):
            dense = gelu(norm(f"{p}mask_embed.layer_norm{i}", convolve(f"{p}mask_embed.conv{i}", dense, stride=2)))
        dense = convolve(p + "mask_embed.conv3", dense)
    start = np.stack([w(d + "iou_token.weight")[0], *w(d + "mask_tokens.weight"), *tokens])
    places = np.stack([fourier([(j + 0.5) / GRID, (i + 0.5) / GRID]) for i in range(GRID) for j in range(GRID)])
    queries, keys = start, (embedding + dense).reshape(GRID * GRID, OUT)
    for i in range(2):
        r = f"{d}transformer.layers.{i}."
        if i == 0:
            queries = attention(r + "self_attn", queries, queries, queries)
        else:
            queries = queries + attention(r + "self_attn", queries + start, queries + start, queries)
        queries = norm(r + "layer_norm1", queries)
        queries = norm(r + "layer_norm2", queries + attention(r + "cross_attn_token_to_image", queries + start, keys + places, keys))
        queries = norm(r + "layer_norm3", queries + linear(r + "mlp.lin2", relu(linear(r + "mlp.lin1", queries))))
        keys = norm(r + "layer_norm4", keys + attention(r + "cross_attn_image_to_token", keys + places, queries + start, queries))
    queries = queries + attention(d + "transformer.final_attn_token_to_image", queries + start, keys + places, keys)
    queries = norm(d + "transformer.layer_norm_final_attn", queries, FINAL_EPS)
    wide = gelu(norm(d + "upscale_layer_norm", upscale(d + "upscale_conv1", keys.reshape(GRID, GRID, OUT))))
    wide = gelu(upscale(d + "upscale_conv2", wide))
    masks = np.stack([wide @ perceptron(f"{d}output_hypernetworks_mlps.{k}", queries[1 + k]) for k in range(MASKS)])
    return masks, perceptron(d + "iou_prediction_head", queries[0])


def picture(width, height):
    """A disc, a bar and a slope of colour, with a little noise."""
    y, x = np.mgrid[0:height, 0:width]
    rgb = np.stack([x * 5, y * 6, (x + y) * 2], -1) + rng.integers(0, 12, (height, width, 3))
    rgb[(x - 18) ** 2 + (y - 14) ** 2 < 81] = (220, 40, 30)
    rgb[(x > 34) & (x < 41) & (y > 4)] = (20, 60, 230)
    return np.clip(rgb, 0, 255).astype(np.uint8)


def prepare(rgb):
    height, width = rgb.shape[:2]
    scale = IMAGE / max(height, width)
    size = int(width * scale + 0.5), int(height * scale + 0.5)
    scaled = np.asarray(Image.fromarray(rgb).resize(size, Image.BILINEAR))
    pixels = np.zeros((IMAGE, IMAGE, 3))
    pixels[:size[1], :size[0]] = (scaled / 255.0 - np.array(MEAN)) / np.array(STD)
    return scaled, pixels


def write_safetensors(path, tensors):
    names = {np.dtype(np.float32): "F32", np.dtype(np.uint8): "U8"}
    header, at = {}, 0
    for name, value in tensors.items():
        header[name] = {"dtype": names[value.dtype], "shape": list(value.shape), "data_offsets": [at, at + value.nbytes]}
        at += value.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for value in tensors.values():
            file.write(np.ascontiguousarray(value).tobytes())


def write_configs(folder):
    config = {
        "model_type": "sam",
        "vision_config": {
            "hidden_size": WIDTH, "output_channels": OUT, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS, "image_size": IMAGE,
            "patch_size": PATCH, "mlp_dim": FEED, "window_size": WINDOW, "global_attn_indexes": list(GLOBAL), "num_pos_feats": OUT // 2,
            "hidden_act": "gelu", "layer_norm_eps": EPS, "qkv_bias": True, "use_abs_pos": True, "use_rel_pos": True,
        },
        "prompt_encoder_config": {
            "hidden_size": OUT, "image_size": IMAGE, "patch_size": PATCH, "mask_input_channels": MASK_CHANNELS, "num_point_embeddings": 4,
            "hidden_act": "gelu", "layer_norm_eps": EPS,
        },
        "mask_decoder_config": {
            "hidden_size": OUT, "hidden_act": "relu", "mlp_dim": DEC_FEED, "num_hidden_layers": 2, "num_attention_heads": DEC_HEADS,
            "attention_downsample_rate": DOWN, "num_multimask_outputs": MASKS - 1, "iou_head_depth": 3, "iou_head_hidden_dim": OUT,
            "layer_norm_eps": EPS,
        },
    }
    processor = {
        "image_processor_type": "SamImageProcessor", "do_resize": True, "size": {"longest_edge": IMAGE}, "resample": 2, "do_rescale": True,
        "rescale_factor": 1 / 255, "do_normalize": True, "image_mean": MEAN, "image_std": STD, "do_pad": True,
        "pad_size": {"height": IMAGE, "width": IMAGE}, "do_convert_rgb": True,
    }
    for name, value in (("config.json", config), ("preprocessor_config.json", processor)):
        with open(os.path.join(folder, name), "w") as file:
            json.dump(value, file, indent=2)
            file.write("\n")


def main(folder):
    os.makedirs(folder, exist_ok=True)
    make_weights()
    write_configs(folder)
    write_safetensors(os.path.join(folder, "model.safetensors"), W)
    rgb = picture(50, 37)
    scaled, pixels = prepare(rgb)
    embedding = encode(pixels)
    sx, sy = scaled.shape[1] / 50, scaled.shape[0] / 37
    rough = np.where(np.hypot(*np.mgrid[-16:16, -20:12]) < 6, 4.0, -4.0) + 0.1 * rng.standard_normal((4 * GRID, 4 * GRID))
    rough = rough.astype(np.float32)
    point = (18 * sx, 14 * sy)
    cases = {
        "point": dict(points=[point], labels=[1]),
        "box": dict(points=[point], labels=[1], box=(9 * sx, 5 * sy, 27 * sx, 23 * sy)),
        "box_only": dict(box=(9 * sx, 5 * sy, 27 * sx, 23 * sy)),
        "two_points": dict(points=[point, (37 * sx, 20 * sy)], labels=[1, 0]),
        "mask": dict(points=[point], labels=[1], mask=rough.astype(np.float64)),
    }
    expected = {"image": rgb, "every_third_row": np.ascontiguousarray(scaled[::3]), "rough_mask": rough, "embedding": embedding.transpose(2, 0, 1)}
    for name, prompts in cases.items():
        masks, quality = decode(embedding, **prompts)
        expected[name + ".masks"], expected[name + ".quality"] = masks, quality
        if name == "point":
            expected["point.source"] = resize(resize(masks[1], IMAGE, IMAGE)[:scaled.shape[0], :scaled.shape[1]], 37, 50)
    expected = {k: v if v.dtype == np.uint8 else v.astype(np.float32) for k, v in expected.items()}
    write_safetensors(os.path.join(folder, "expected.safetensors"), expected)


if __name__ == "__main__":
    main(sys.argv[1])
