"""Text of page images by RapidOCR, whose models are inside its package: nothing is downloaded."""

from __future__ import annotations

import logging
import math
import statistics
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import UnreadableFileError
from corpus.readers.layout import Piece, reading_order

if TYPE_CHECKING:
    import numpy as np

DPI = 200
"""Resolution at which pages are rendered for recognition, in dots an inch."""
LOW_CONFIDENCE = 0.8
"""Mean confidence of a page below which a person should look at the original."""

_MODELS = {"Det.model_path": "PP-OCRv6_det_small.onnx", "Rec.model_path": "PP-OCRv6_rec_small.onnx"}
_engine_lock = threading.Lock()
_engine: Any = None


def recognise(image: np.ndarray) -> list[Piece]:
    """Recognise the text on an image of a page, turning it where it lies sideways or upside down.

    The engine is made at the first call (about a second) and kept for the process; calls from
    several threads wait for each other.

    The image is height × width × 3, 8 bits a channel in the order blue, green, red; its lines come
    in reading order with their boxes in pixels and their confidence.

    Raises:
        UnreadableFileError: RapidOCR or its models are not installed.
    """
    import numpy as np

    best = _run(image)
    if not best:
        return []
    upside_down = (2,) if mean_confidence(best) < LOW_CONFIDENCE else ()
    for quarter_turns in (1, 3) if _is_sideways(best) else upside_down:
        turned = _run(np.ascontiguousarray(np.rot90(image, quarter_turns)))
        best = max(best, turned, key=_confidence)
    return reading_order(best)


def mean_confidence(pieces: Sequence[Piece]) -> float:
    """The confidence of a page, each piece counted by its length; 1.0 for no text."""
    return _confidence(pieces) / sum(len(piece.text) for piece in pieces) if pieces else 1.0


def _confidence(pieces: Sequence[Piece]) -> float:
    return sum(piece.confidence * len(piece.text) for piece in pieces)


def _is_sideways(pieces: Sequence[Piece]) -> bool:
    long = [piece for piece in pieces if len(piece.text) > 3]
    return sum(piece.height > 2 * piece.width for piece in long) > len(long) / 2


def _run(image: np.ndarray) -> list[Piece]:
    global _engine
    with _engine_lock:
        if _engine is None:
            _engine = _load_engine()
        # The classifier that turns single lines makes more mistakes on upright pages than it
        # repairs; whole pages are turned instead.
        result = _engine(image, use_cls=False)
    boxes, texts, scores = (getattr(result, name, None) for name in ("boxes", "txts", "scores"))
    if boxes is None or texts is None or scores is None:
        return []
    return _pieces(boxes, texts, scores)


def _load_engine() -> Any:
    """Make the engine; model paths are given, for without them it would look on the network."""
    # RapidOCR logs through a handler of its own; only its errors concern anyone.
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    try:
        import rapidocr
    except ImportError as error:
        raise UnreadableFileError(
            "文件是扫描图像，而文字识别组件 rapidocr 没有安装",
            "已安装 rapidocr 和 onnxruntime",
            "运行 pip install rapidocr onnxruntime",
        ) from error
    folder = Path(rapidocr.__file__).parent / "models"
    missing = [name for name in _MODELS.values() if not (folder / name).is_file()]
    if missing:
        raise UnreadableFileError(
            f"rapidocr 的安装里没有模型 {missing[0]}",
            "自带 PP-OCRv6 模型的 rapidocr 3.10",
            "运行 pip install rapidocr==3.10.0",
        )
    params: dict[str, Any] = {key: str(folder / name) for key, name in _MODELS.items()}
    params["Global.log_level"] = "error"
    # One line at a time: batches are padded to their longest line, which costs about 17 % more.
    params["Rec.rec_batch_num"] = 1
    return rapidocr.RapidOCR(params=params)


def _pieces(boxes: Any, texts: Sequence[str], scores: Sequence[float]) -> list[Piece]:
    """Boxes (n × 4 corners × 2, clockwise from the upper left) as upright pieces."""
    turn = _skew(boxes)
    cos, sin = math.cos(-turn), math.sin(-turn)
    pieces = []
    for box, text, score in zip(boxes, texts, scores, strict=True):
        # A scan that lies a little askew is turned back, or long rows would mix.
        xs = [float(x * cos - y * sin) for x, y in box]
        ys = [float(x * sin + y * cos) for x, y in box]
        pieces.append(Piece(text.strip(), min(xs), min(ys), max(xs), max(ys), float(score)))
    return [piece for piece in pieces if piece.text]


def _skew(boxes: Any) -> float:
    """The angle of the page's lines in radians: the median over its wide boxes."""
    angles = []
    for corners in boxes:
        (left, top), (right, right_top) = corners[0], corners[1]
        width, height = math.dist(corners[0], corners[1]), math.dist(corners[1], corners[2])
        if width > 4 * height:
            angles.append(math.atan2(float(right_top - top), float(right - left)))
    return statistics.median(angles) if angles else 0.0
