"""Silver to gold: one row per customer, and whether the customer left.

The last 30 of the 90 days are kept only for the answer: who bought in the first 60 and not in the last 30 has left.
What describes a customer comes from the first 60 days only, so that the model cannot read the answer off its inputs.
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from .orders import HISTORY_DAYS, Row

ANSWER_DAYS = 30

# Revenue within the observed days, in won, from which a customer belongs to the tier.
TIERS = (("vip", 600_000), ("gold", 300_000), ("silver", 100_000), ("basic", 0))

COLUMNS = (
    "customer_id",
    "tier",
    "orders",
    "recent_orders",
    "revenue",
    "first_order_days_ago",
    "last_order_days_ago",
    "app_share",
    "returned_share",
    "left",
)


def customers(orders: Iterable[Row], as_of: date) -> list[Row]:
    """One row per customer with an order in the observed days."""
    observed_until = as_of - timedelta(days=ANSWER_DAYS)
    history: dict[str, list[Row]] = defaultdict(list)
    still_here: set[str] = set()
    for order in orders:
        if _day(order) < observed_until:
            history[order["customer_id"]].append(order)
        else:
            still_here.add(order["customer_id"])
    return [
        _customer(customer_id, history[customer_id], observed_until, left=customer_id not in still_here)
        for customer_id in sorted(history)
    ]


def tier(revenue: int) -> str:
    return next(name for name, least in TIERS if revenue >= least)


def _customer(customer_id: str, orders: list[Row], observed_until: date, left: bool) -> Row:
    days_ago = [(observed_until - _day(order)).days for order in orders]
    # Business rule: what came back is not revenue.
    revenue = sum(int(order["amount"]) for order in orders if order["returned"] == "0")
    return {
        "customer_id": customer_id,
        "tier": tier(revenue),
        "orders": str(len(orders)),
        "recent_orders": str(sum(days <= (HISTORY_DAYS - ANSWER_DAYS) / 3 for days in days_ago)),
        "revenue": str(revenue),
        "first_order_days_ago": str(max(days_ago)),
        "last_order_days_ago": str(min(days_ago)),
        "app_share": f"{sum(order['channel'] == 'app' for order in orders) / len(orders):.4f}",
        "returned_share": f"{sum(order['returned'] == '1' for order in orders) / len(orders):.4f}",
        "left": str(int(left)),
    }


def _day(order: Row) -> date:
    return datetime.fromisoformat(order["ordered_at"]).date()
