"""A few vectors of a file, without the rest."""

from __future__ import annotations

import os
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, np.dtype[np.float32]]
    Rows = np.ndarray[Any, np.dtype[np.int64]]

#: Bytes asked of the system at once; it gives no more than 2 GB.
_PIECE = 1 << 26


class VectorFile:
    """Vectors one after another at the end of a file, read by their positions.

    A mapped file would do, but the system maps the neighbourhood of whatever is touched: the
    sentences of 200 passages for one question made 340 of 710 MB count as the program's own memory,
    and took fifteen times as long as reading them.
    """

    def __init__(self, handle: int, shape: tuple[int, int], dtype: str) -> None:
        import numpy as np

        self._handle = handle
        weakref.finalize(self, os.close, handle)
        self._dtype = np.dtype(dtype)
        rows, self._width = shape
        self._row_bytes = self._width * self._dtype.itemsize
        self._start = os.fstat(handle).st_size - rows * self._row_bytes

    @classmethod
    def at_end_of(cls, path: Path, rows: int, width: int, dtype: str) -> VectorFile | None:
        """The last ``rows`` × ``width`` numbers of a file; None where the system (Windows) cannot.

        Raises:
            OSError: the file cannot be opened.
        """
        if not hasattr(os, "pread"):
            return None
        return cls(os.open(path, os.O_RDONLY), (rows, width), dtype)

    def read(self, rows: Rows) -> Vectors:
        """The vectors of ``rows``, in their order, shape (n, width); rows in a row are read at once.

        Raises:
            OSError: the file is shorter than it should be.
        """
        import numpy as np

        found = np.empty((len(rows), self._width), dtype=np.float32)
        most = _PIECE // self._row_bytes
        breaks = np.flatnonzero(np.diff(rows) != 1) + 1
        for begin, end in zip([0, *breaks.tolist()], [*breaks.tolist(), len(rows)], strict=True):
            for at in range(begin, end, most):
                count = min(most, end - at)
                found[at : at + count] = self._read(int(rows[at]), count)
        return found

    def _read(self, row: int, count: int) -> np.ndarray[Any, Any]:
        import numpy as np

        start, wanted = self._start + row * self._row_bytes, count * self._row_bytes
        data = os.pread(self._handle, wanted, start)
        while len(data) < wanted:
            more = os.pread(self._handle, wanted - len(data), start + len(data))
            if not more:
                raise OSError("vectors are missing at the end of the file")
            data += more
        return np.frombuffer(data, dtype=self._dtype).reshape(count, self._width)
