"""Generates the raw data: the orders of a shop over 90 days, with the errors that its channels deliver."""
from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

HISTORY_DAYS = 90

COLUMNS = ("order_id", "customer_id", "ordered_at", "channel", "quantity", "amount", "returned")

# Shares of the rows, the most harmful faults first.
DELIVERED_TWICE = 0.03
AMOUNT_MISSING = 0.015
AMOUNT_NEGATIVE = 0.01
CUSTOMER_MISSING = 0.01
AMOUNT_AS_TEXT = 0.04
CHANNEL_UNTIDY = 0.05
DATE_WITH_SLASHES = 0.03

Row = dict[str, str]


def raw_orders(rows: int, seed: int, as_of: date) -> list[Row]:
    """Exactly `rows` rows of text, oldest first, up to the day before `as_of`. The same seed gives the same rows."""
    rng = random.Random(seed)
    wanted = rows - round(rows * DELIVERED_TWICE)
    orders: list[tuple[datetime, Row]] = []
    customer = 0
    while len(orders) < wanted:
        customer += 1
        orders.extend(_orders_of(f"C{customer:06d}", rng, as_of))
    del orders[wanted:]
    orders = [
        (ordered_at, {"order_id": f"O{number:08d}", **order}) for number, (ordered_at, order) in enumerate(orders, 1)
    ]
    orders += rng.choices(orders, k=rows - wanted)
    orders.sort(key=lambda order: order[0])
    return [_soiled(order, rng) for _, order in orders]


def _orders_of(customer_id: str, rng: random.Random, as_of: date) -> Iterator[tuple[datetime, Row]]:
    """One customer's history. Those who leave return more, use the app less, and order less often towards the end."""
    leaves = rng.random() < 0.45
    last_day = rng.uniform(5, 70) if leaves else HISTORY_DAYS
    orders_a_day = rng.lognormvariate(-2.1 if leaves else -1.8, 0.45)
    basket = rng.lognormvariate(10.4, 0.5)
    app_share = min(1.0, max(0.0, rng.gauss(0.35 if leaves else 0.6, 0.2)))
    return_share = min(0.6, max(0.0, rng.gauss(0.14 if leaves else 0.05, 0.05)))
    first_day = as_of - timedelta(days=HISTORY_DAYS)

    day = rng.expovariate(orders_a_day)
    while day < last_day:
        ordered_at = datetime.combine(first_day, time.min) + timedelta(days=day)
        yield ordered_at, {
            "customer_id": customer_id,
            "ordered_at": ordered_at.isoformat(sep=" ", timespec="seconds"),
            "channel": "app" if rng.random() < app_share else rng.choice(("web", "store")),
            "quantity": str(1 + int(rng.expovariate(0.9))),
            "amount": f"{basket * rng.lognormvariate(0, 0.3):.0f}",
            "returned": "1" if rng.random() < return_share else "0",
        }
        fading = 1 - 0.5 * day / last_day if leaves else 1
        day += rng.expovariate(orders_a_day * fading)


def _soiled(order: Row, rng: random.Random) -> Row:
    row = dict(order)
    if rng.random() < AMOUNT_MISSING:
        row["amount"] = ""
    elif rng.random() < AMOUNT_NEGATIVE:
        row["amount"] = f"-{row['amount']}"
    elif rng.random() < AMOUNT_AS_TEXT:
        row["amount"] = f"₩{int(row['amount']):,}"
    if rng.random() < CUSTOMER_MISSING:
        row["customer_id"] = ""
    if rng.random() < CHANNEL_UNTIDY:
        row["channel"] = f" {row['channel'].upper()} "
    if rng.random() < DATE_WITH_SLASHES:
        row["ordered_at"] = row["ordered_at"].replace("-", "/")
    return row
