"""Time in C behind single lines: documents to JSON and back."""

import json

DOCUMENT = {
    f"order-{number}": {
        "customer": {"name": f"Customer {number % 40}", "tags": ["new", "eu", f"group-{number % 6}"]},
        "lines": [{"sku": f"A{number:05}-{item}", "price": item * 1.25, "count": item} for item in range(6)],
        "paid": number % 3 == 0,
        "note": None if number % 2 else "left at the door — “fragile”",
    }
    for number in range(80)
}


def total(document):
    return sum(line["price"] * line["count"] for order in document.values() for line in order["lines"])


def unit():
    text = json.dumps(DOCUMENT)
    back = json.loads(text)
    pretty = json.dumps(back, indent=2, sort_keys=True)
    return total(json.loads(pretty)), len(text)
