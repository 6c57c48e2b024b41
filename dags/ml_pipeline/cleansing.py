"""Bronze to silver: repairs rows where possible, rejects the others, and scores the quality of the delivery."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from .orders import Row

CHANNELS = frozenset({"app", "web", "store"})


class Rejected(ValueError):
    """The row cannot be used. The message is the reason, which is counted."""


@dataclass
class Cleansing:
    """The outcome over all rows fed so far."""

    delivered: int = 0
    repaired: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    rows: list[Row] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set, repr=False)

    def feed(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.delivered += 1
            try:
                clean = cleansed(row)
                if clean["order_id"] in self._seen:
                    raise Rejected("delivered twice")
            except Rejected as reason:
                self.rejected[str(reason)] += 1
                continue
            self._seen.add(clean["order_id"])
            self.repaired += clean != row
            self.rows.append(clean)

    @property
    def quality_score(self) -> float:
        """Share of the delivered rows that can be used, including repaired ones."""
        return len(self.rows) / self.delivered if self.delivered else 0.0


def cleansed(row: Row) -> Row:
    if not row["customer_id"].strip():
        raise Rejected("no customer")
    channel = row["channel"].strip().lower()
    if channel not in CHANNELS:
        raise Rejected("unknown channel")
    return {
        "order_id": row["order_id"].strip(),
        "customer_id": row["customer_id"].strip(),
        "ordered_at": _timestamp(row["ordered_at"]),
        "channel": channel,
        "quantity": _count(row["quantity"]),
        "amount": _amount(row["amount"]),
        "returned": "1" if row["returned"].strip() == "1" else "0",
    }


def _timestamp(text: str) -> str:
    try:
        return datetime.fromisoformat(text.strip().replace("/", "-")).isoformat(sep=" ", timespec="seconds")
    except ValueError:
        raise Rejected("unreadable date") from None


def _count(text: str) -> str:
    if not text.strip().isdecimal() or int(text) < 1:
        raise Rejected("unreadable quantity")
    return str(int(text))


def _amount(text: str) -> str:
    digits = text.strip().removeprefix("₩").replace(",", "")
    if not digits:
        raise Rejected("no amount")
    try:
        amount = int(digits)
    except ValueError:
        raise Rejected("unreadable amount") from None
    if amount < 0:
        raise Rejected("negative amount")
    return str(amount)
