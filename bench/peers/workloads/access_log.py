"""Regular expressions: lines of an access log parsed, cleaned and counted."""

import re

LINE = re.compile(
    r'(?P<host>[\d.]+) - (?P<user>\S+) \[(?P<day>\d+)/(?P<month>\w+)/(?P<year>\d+):[\d:]+ [+-]\d+\] '
    r'"(?P<verb>[A-Z]+) (?P<path>[^ "]+)[^"]*" (?P<status>\d{3}) (?P<bytes>\d+|-)'
)
NUMBER = re.compile(r"\d+")
QUERY = re.compile(r"[?&]([^=&]+)=([^&]*)")
LOG = [
    f'10.{n % 7}.{n % 91}.{n % 251} - user{n % 13} [{n % 28 + 1}/Mar/2024:10:{n % 60:02}:00 +0000] '
    f'"GET /shop/item/{n}?page={n % 5}&sort=price&q=term{n % 17} HTTP/1.1" {200 if n % 9 else 404} {n * 37}'
    for n in range(300)
]


def unit():
    by_path = {}
    queries = {}
    for line in LOG:
        match = LINE.match(line)
        path = NUMBER.sub("#", match["path"].partition("?")[0])
        by_path[path, match["status"]] = by_path.get((path, match["status"]), 0) + int(match["bytes"])
        for key, value in QUERY.findall(match["path"]):
            queries[key, value] = queries.get((key, value), 0) + 1
    return len(by_path), len(queries)
