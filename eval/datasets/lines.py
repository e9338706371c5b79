"""Files as evaluation exchanges them: read with the place of each line, written whole or not at all."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar, get_args, get_origin, get_type_hints

from corpus.errors import PolicyQAError

_GZIP = b"\x1f\x8b"


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_Made = TypeVar("_Made", bound=_Identified)
_Kept = TypeVar("_Kept")


def decoded(file: Path) -> str:
    """A file's text, UTF-8 (with or without a byte order mark) or GB18030, gzipped or not.

    Raises:
        PolicyQAError: the file cannot be read, unpacked or decoded.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise PolicyQAError(
            f"读不到文件 {file}（{error.strerror}）", "一个可读的文件", "检查路径和权限"
        ) from None
    if data.startswith(_GZIP):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error):
            raise PolicyQAError(
                f"文件 {file.name} 解压不了", "完整的 gzip 文件", "重新下载或重新生成这个文件"
            ) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PolicyQAError(
        f"文件 {file.name} 的编码认不出", "UTF-8 或 GB18030 编码的文本", "另存为 UTF-8 再试"
    )


def numbered_lines(file: Path) -> Iterator[tuple[int, str]]:
    """The lines of a file that are not blank, with their numbers from 1.

    Raises:
        PolicyQAError: see ``decoded``, or no line is left.
    """
    found = False
    for number, line in enumerate(decoded(file).split("\n"), start=1):
        if line.strip():
            found = True
            yield number, line.removesuffix("\r")
    if not found:
        raise PolicyQAError(f"文件 {file.name} 是空的", "至少一行", "检查路径或重新生成这个文件")


@dataclass(frozen=True)
class Entry:
    """A JSON object of a file.

    Attributes:
        values: the object.
        where: file and line, for errors; every value of the wrong type is one.
    """

    values: Mapping[str, object]
    where: str

    def wrong(self, got: str, expected: str, next_step: str = "改正这一行") -> PolicyQAError:
        """An error about this object; ``got`` goes on behind the place."""
        return PolicyQAError(f"{self.where}{got}", expected, next_step)

    def text(self, key: str) -> str:
        """The text under a key; empty where the key is absent or null."""
        value = self.values.get(key)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise self.wrong(f"的 {key} 不是文字", "带引号的字符串")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under a key; none where the key is absent or null."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise self.wrong(f"的 {key} 不是文字的列表", '形如 ["甲", "乙"]，可为 []')
        return tuple(value)

    def truth(self, key: str) -> bool:
        """The truth value under a key; False where the key is absent."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise self.wrong(f"的 {key} 不是真假值", "true 或 false")
        return value

    def entries(self, key: str, place: str = "") -> tuple[Entry, ...]:
        """The objects of the list under a key; none where the key is absent or null.

        ``place`` is where each is, as ``第 {} 题``, for its own errors.
        """
        value = self.values.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.wrong(f"的 {key} 不是对象的列表", "形如 [{…}, {…}]")
        return tuple(Entry(e, self.where + place.format(n)) for n, e in enumerate(value, start=1))


def json_entries(file: Path) -> Iterator[Entry]:
    """The objects of a JSONL file.

    Raises:
        PolicyQAError: the file cannot be read or decoded, holds no object, or a line is no object.
    """
    for number, line in numbered_lines(file):
        where = f"{file.name} 第 {number} 行"
        try:
            record: object = json.loads(line)
        except (ValueError, RecursionError):
            raise PolicyQAError(
                f"{where}不是合法的 JSON", "每行一个 JSON 对象", "改正这一行再试"
            ) from None
        if not isinstance(record, dict):
            raise PolicyQAError(f"{where}不是 JSON 对象", "每行一个 JSON 对象", "改正这一行再试")
        yield Entry(record, where)


def read_entries(file: Path, make: Callable[[Entry], _Made], key: str = "id") -> tuple[_Made, ...]:
    """What ``make`` makes of each object of a JSONL file, in the order of its lines.

    Args:
        file: the file.
        make: raises where an object does not fit.
        key: under which the file has the ids.

    Raises:
        PolicyQAError: see ``json_entries``, or an id comes twice; names the file and both lines.
    """
    lines: dict[str, str] = {}
    made: list[_Made] = []
    for entry in json_entries(file):
        one = make(entry)
        if one.id in lines:
            raise entry.wrong(
                f"的 {key}「{one.id}」与{lines[one.id]}重复", f"{key} 各不相同", "改掉其中一个"
            )
        lines[one.id] = entry.where.removeprefix(f"{file.name} ")
        made.append(one)
    return tuple(made)


def write_lines(lines: Iterable[str], path: str | Path) -> int:
    """Write lines as UTF-8, each with a newline; returns how many.

    The file appears under its name only when complete: if ``lines`` raises midway, a file that
    was there before stays as it was.

    Raises:
        PolicyQAError: the place cannot be written to.
    """
    target = Path(path)
    # In the same folder, because a rename is atomic only within one file system.
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        stream = unfinished.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        raise _unwritable(target, error) from None
    count = 0
    try:
        with stream:
            for line in lines:
                stream.write(line + "\n")
                count += 1
        try:
            unfinished.replace(target)
        except OSError as error:
            raise _unwritable(target, error) from None
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def write_entries(entries: Iterable[Mapping[str, object]], path: str | Path) -> int:
    """Write JSON objects as ``write_lines`` does, one a line; returns how many."""
    return write_lines((json.dumps(each, ensure_ascii=False) for each in entries), path)


def write_json(value: object, path: Path) -> None:
    """Write one JSON value as ``write_lines`` does."""
    write_lines([json_text(value)], path)


def read_back(kind: type[_Kept], path: Path) -> _Kept | None:
    """A dataclass of JSON types that ``write_json`` wrote; None where there is none such.

    Keys must be its fields, and may be its properties.
    """
    try:
        value: _Kept = _as(kind, json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return None
    return value


def _as(kind: Any, value: Any) -> Any:
    if is_dataclass(kind):
        types = get_type_hints(kind)
        if not all(hasattr(kind, key) for key in value.keys() - types.keys()):
            raise TypeError(f"{kind} has other fields than {set(value)}")
        make: Any = kind
        return make(**{name: _as(each, value[name]) for name, each in types.items()})
    inner = get_args(kind)
    if get_origin(kind) is tuple:
        kinds = [inner[0]] * len(value) if inner[-1] is Ellipsis else inner
        return tuple(_as(each, part) for each, part in zip(kinds, value, strict=True))
    if get_origin(kind) in (dict, Mapping):
        return {key: _as(inner[1], part) for key, part in value.items()}
    return value


def json_text(value: object) -> str:
    """A value as JSON that people can read."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def _unwritable(target: Path, error: OSError) -> PolicyQAError:
    return PolicyQAError(
        f"写不了文件 {target}（{error.strerror}）", "一个可写的位置", "换一个位置再试"
    )
