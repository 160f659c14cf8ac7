"""The picture of docs/performance.md: a panel of bars for each kind of work."""

from __future__ import annotations

import sys

from harness import places
from harness.goals import number
from harness.results import LAMINA, Results, Spread

sys.path.insert(0, str(places.ROOT / "docs/pictures"))

from svg import BLUE, GREY, INK, LIGHT_BLUE, Picture

# Title, work, Lamina's interface (its best if None), metric, scale, whether less is better.
PANELS = [
    ("quickstart fit, s", "training", None, "fit_seconds", 1.0, True),
    ("convnet training, last epoch, s", "convnet training", None, "last_epoch_seconds", 1.0, True),
    ("one image, MLP, us", "inference", "C", "median_us", 1.0, True),
    ("MLP in batches of 1,024, M images/s", "inference", "C", "batch_1024", 1e-6, False),
    ("one image, convnet, us", "convnet inference", None, "median_us", 1.0, True),
    (
        "convnet in batches of 256, thousand images/s",
        "convnet inference",
        None,
        "batch_256",
        1e-3,
        False,
    ),
    ("cold start, exec to label, ms", "cold start", "command", "first_output_seconds", 1e3, True),
    (
        "peak memory of the quickstart training, MB",
        "training",
        "command",
        "peak_megabytes",
        1.0,
        True,
    ),
]
WIDTH, PANEL_WIDTH, BAR, LABEL, MOST = 1000, 480, 16, 190, 8
PALE_GREY = "#c9ced6"


def best_rows(
    results: Results, work: str, interface: str | None, metric: str, *, lower: bool
) -> list[tuple[str, Spread]]:
    """Give each contestant's best row, the best contestant first."""
    found: dict[str, Spread] = {}
    for row in results.rows(work):
        spread = row.spread(metric)
        if spread is None or (row.contestant in LAMINA and interface not in {None, row.interface}):
            continue
        old = found.get(row.contestant)
        if old is None or (spread.median < old.median) == lower:
            found[row.contestant] = spread
    order = sorted(found.items(), key=lambda pair: pair[1].median, reverse=not lower)
    kept = order[:MOST]
    return kept + [pair for pair in order[MOST:] if pair[0] in LAMINA]


def colour(contestant: str) -> str:
    """Tell Lamina from the others."""
    if contestant == LAMINA[0]:
        return BLUE
    return LIGHT_BLUE if contestant in LAMINA else PALE_GREY


def draw(results: Results) -> str:
    """Draw all panels, two in a row: medians as bars, from least to most as lines."""
    panels = [
        (title, scale, best_rows(results, work, interface, metric, lower=lower))
        for title, work, interface, metric, scale, lower in PANELS
    ]
    heights = [50 + (BAR + 6) * max(len(rows), 1) for _, _, rows in panels]
    tops, top = [], 16
    for index in range(0, len(panels), 2):
        tops += [top, top]
        top += max(heights[index : index + 2])
    picture = Picture(WIDTH, top + 8, "Lamina beside its peers")
    for index, (title, scale, rows) in enumerate(panels):
        draw_panel(picture, (16 + index % 2 * (PANEL_WIDTH + 16), tops[index]), title, scale, rows)
    return picture.svg()


def draw_panel(
    picture: Picture,
    at: tuple[float, float],
    title: str,
    scale: float,
    rows: list[tuple[str, Spread]],
) -> None:
    """Draw a title and a bar for each contestant."""
    left, top = at
    picture.text((left, top + 18), title, 15, INK, "start", "bold")
    room = PANEL_WIDTH - LABEL - 70
    longest = max((spread.most for _, spread in rows), default=1)
    for index, (name, spread) in enumerate(rows):
        y = top + 32 + index * (BAR + 6)
        start = left + LABEL
        picture.text((start - 8, y + 12), name, 12, INK, "end")
        width = max(room * spread.median / longest, 1)
        picture.bar((start, y), (width, BAR), colour(name))
        ends = [
            (start + room * value / longest, y + BAR / 2) for value in (spread.least, spread.most)
        ]
        picture.path(ends, GREY, 1)
        end = max(width, ends[1][0] - start)
        text = number(spread.median * scale)
        picture.text((start + end + 6, y + 12), text, 12, INK, "start")
