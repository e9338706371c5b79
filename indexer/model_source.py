"""Where an embedding model comes from: a folder, an earlier download, or the network."""

from __future__ import annotations

from pathlib import Path

from corpus.errors import PolicyQAError
from indexer.settings import DEFAULT_MODEL

USE_A_FOLDER = "换成本机的模型文件夹"


def cannot_load(model: str, error: Exception, hint: str) -> PolicyQAError:
    """The one line for whatever went wrong with a model."""
    first = str(error).strip().splitlines()[0][:120] if str(error).strip() else type(error).__name__
    return PolicyQAError(
        f"不能加载向量模型 {model}（{first}）",
        f"{DEFAULT_MODEL}、本机文件夹或可下载的模型名",
        hint,
    )


def is_on_disk(model: str) -> bool:
    """Whether a model is a folder here or was downloaded before, so that no network is needed."""
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    if model and Path(model).is_dir():
        return True
    try:
        return isinstance(try_to_load_from_cache(model, "modules.json"), str)
    except HFValidationError:
        return False


def check_download(model: str) -> None:
    """Ask once whether a model can be had: downloading it blindly retries for over a minute.

    Raises:
        PolicyQAError: there is no such model, or no network.
    """
    from huggingface_hub import model_info

    try:
        model_info(model, timeout=10)
    except Exception as error:
        raise cannot_load(model, error, USE_A_FOLDER) from error
