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
from corpus.readers.scan import Scan, facing_pages
from corpus.readers.tables.finder import take_tables, with_tables
from corpus.readers.tables.rules import type_size

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
    in reading order with their boxes in pixels and their confidence, tables at their places among
    them. Of two facing pages the left one comes first.

    Raises:
        UnreadableFileError: RapidOCR or its models are not installed.
    """
    upright, pieces, turn = _upright(image)
    if not pieces:
        return []
    scan = Scan(upright, turn, type_size(pieces), _read_crop)
    ordered: list[Piece] = []
    for page in facing_pages(scan.parted(pieces), scan.rules, upright.shape[1], upright.shape[0]):
        tables, rest = take_tables(page, scan.rules, read=scan.read)
        ordered += with_tables(reading_order(rest), tables)
    return ordered


def _upright(image: np.ndarray) -> tuple[np.ndarray, list[Piece], float]:
    """The image turned so that its text is upright, the text on it, and how far it lies askew."""
    import numpy as np

    pieces, turn = _run(image)
    if _is_sideways(pieces):
        # Upright crops of lines are turned against the clock before they are read: where that reads
        # well the page lies the way that the same turn puts upright.
        turns = (1, 3) if mean_confidence(pieces) >= LOW_CONFIDENCE else (3, 1)
        best: tuple[np.ndarray, list[Piece], float] | None = None
        for quarter_turns in turns:
            turned = np.ascontiguousarray(np.rot90(image, quarter_turns))
            own, angle = _run(turned)
            if best is None or _confidence(own) > _confidence(best[1]):
                best = turned, own, angle
            if mean_confidence(own) >= LOW_CONFIDENCE and not _is_sideways(own):
                break
        if best is not None and best[1]:
            return best
    elif pieces and mean_confidence(pieces) < LOW_CONFIDENCE:
        turned = np.ascontiguousarray(np.rot90(image, 2))
        own, angle = _run(turned)
        if _confidence(own) > _confidence(pieces):
            return turned, own, angle
    return image, pieces, turn


def mean_confidence(pieces: Sequence[Piece]) -> float:
    """The confidence of a page, each piece counted by its length; 1.0 for no text."""
    return _confidence(pieces) / sum(len(piece.text) for piece in pieces) if pieces else 1.0


def _confidence(pieces: Sequence[Piece]) -> float:
    return sum(piece.confidence * len(piece.text) for piece in pieces)


def _is_sideways(pieces: Sequence[Piece]) -> bool:
    """Whether most of the text, by its length, stands in boxes higher than they are wide."""
    high = sum(max(p.height, p.width) for p in pieces if p.height > 1.8 * p.width)
    wide = sum(max(p.height, p.width) for p in pieces if p.width > 1.8 * p.height)
    return high > wide


def _run(image: np.ndarray) -> tuple[list[Piece], float]:
    """The text on an image as it lies, and the angle of its lines in radians."""
    # The classifier that turns single lines makes more mistakes on upright pages than it
    # repairs; whole pages are turned instead.
    result = _call(image, use_cls=False)
    boxes, texts, scores = (getattr(result, name, None) for name in ("boxes", "txts", "scores"))
    if boxes is None or texts is None or scores is None:
        return [], 0.0
    turn = _skew(boxes)
    return _pieces(boxes, texts, scores, turn), turn


def _read_crop(image: np.ndarray) -> tuple[str, float]:
    """The text of one line that fills an image, and the confidence."""
    result = _call(image, use_det=False, use_cls=False, use_rec=True)
    texts, scores = getattr(result, "txts", None), getattr(result, "scores", None)
    if not texts or not scores:
        return "", 0.0
    return str(texts[0]).strip(), float(scores[0])


def _call(image: np.ndarray, **options: bool) -> Any:
    global _engine
    with _engine_lock:
        if _engine is None:
            _engine = _load_engine()
        return _engine(image, **{"use_det": True, "use_rec": True, **options})


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


def _pieces(boxes: Any, texts: Sequence[str], scores: Sequence[float], turn: float) -> list[Piece]:
    """Boxes (n × 4 corners × 2, clockwise from the upper left) as upright pieces."""
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
