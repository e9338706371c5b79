"""What a search restricts itself to."""

from __future__ import annotations

from dataclasses import dataclass, fields

from corpus.errors import PolicyQAError

#: Filters that a value must equal; in the others it must stand within.
EXACT = ("year", "doc")


@dataclass(frozen=True)
class Filters:
    """What a search restricts itself to; an empty value does not restrict.

    ``region``, ``issuer``, ``title`` and ``doc_type`` match when the value stands in the document's
    own (``朝阳`` matches ``辽宁省朝阳市``; a document without a title has its file's name); ``year``
    and ``doc`` (the file's name) match exactly.
    """

    region: str = ""
    year: str = ""
    doc_type: str = ""
    issuer: str = ""
    title: str = ""
    doc: str = ""


@dataclass(frozen=True)
class Selection:
    """Which documents are looked at.

    Attributes:
        filters: what they have to be.
        without: identifiers of documents left out: their files are gone.
    """

    filters: Filters = Filters()
    without: frozenset[str] = frozenset()

    @property
    def asked(self) -> dict[str, str]:
        """The filters that restrict, without spaces around their values."""
        values = ((f.name, getattr(self.filters, f.name).strip()) for f in fields(self.filters))
        return {name: value for name, value in values if value}

    def nothing(self) -> PolicyQAError:
        """The error where no document passes."""
        listed = "，".join(f"{name}={value}" for name, value in self.asked.items())
        return PolicyQAError(f"没有文档符合筛选条件 {listed}", "索引里有的值", "放宽或去掉筛选条件")
