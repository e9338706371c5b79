"""Models that sentence-transformers loads by folder or name: are they here, and what went wrong."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import PolicyQAError


def is_on_disk(name: str, file: str) -> bool:
    """Whether a model is a folder here or was downloaded before, so that no network is needed.

    One that is not is asked for once: downloading blindly retries for most of a minute.

    Args:
        name: a folder or the name of a model.
        file: one that every model of the kind has.

    Raises:
        FileNotFoundError: it is neither a folder nor a name that could be downloaded.
        OSError: there is no such model, or no network.
    """
    from huggingface_hub import model_info, try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    if name and Path(name).is_dir():
        return True
    try:
        if isinstance(try_to_load_from_cache(name, file), str):
            return True
    except HFValidationError:
        raise FileNotFoundError("没有这个文件夹") from None
    model_info(name, timeout=10)
    return False


def cannot_load(model: str, error: Exception, expected: str, hint: str) -> PolicyQAError:
    """The one line for whatever went wrong with a model: 「向量模型 BAAI/bge-m3」."""
    first = (str(error).strip().splitlines() or [type(error).__name__])[0][:120]
    return PolicyQAError(f"不能加载{model}（{first}）", expected, hint)
