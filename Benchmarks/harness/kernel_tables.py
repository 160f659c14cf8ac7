"""The tables of docs/performance.md about the machine and the kernels."""

from __future__ import annotations

from harness.goals import number
from harness.results import Results, Row
from harness.tables import Column, cell, failure_lines, lines

LIMITS = {
    "peak_1": "multiply-adds, one core, GFLOP/s",
    "peak_2": "multiply-adds, two cores, GFLOP/s",
    "level_1": "reading 24 KiB (first-level cache), GB/s",
    "level_2": "reading 512 KiB (second-level cache), GB/s",
    "level_3": "reading 8 MiB (third-level cache), GB/s",
    "memory": "reading 256 MiB (memory), GB/s",
}

# What the products of hosts/products.c are, and what bounds Lamina's.
PRODUCTS = {
    "1x784x128": (", one image, densely", "second-level cache"),
    "32x784x128": (", a first layer forward, densely", "multiply-adds"),
    "784x32x128": (", its gradient (first factor transposed)", "a short shared axis, writing"),
    "32x128x784": (" (second factor transposed)", "transposing"),
    "32x128x10": (", a last layer", "10 of 16 lanes"),
    "128x32x10": (", its gradient (first factor transposed)", "lanes"),
    "32x10x128": (" (second factor transposed)", "a shared axis of 10"),
    "1024x784x128": ("", "multiply-adds"),
    "676x9x32": (", a first convolution's", "a shared axis of 9, writing"),
    "121x288x64": (", a second convolution's, an image", "multiply-adds"),
    "910x288x64": ("", "multiply-adds"),
    "10648x288x64": (", 88 images", "third-level cache"),
    "256x256x256": ("", "multiply-adds"),
    "512x512x512": ("", "cache"),
    "1024x1024x1024": ("", "rows 4 KB apart"),
    "2048x2048x2048": ("", "rows 8 KB apart"),
    "2048x32x2048": (" (first factor transposed)", "writing 16 MB"),
}
SETS = ["this processor", "AVX2", "SSE"]

DENSITIES = [f"{tenths / 10:.1f}" for tenths in range(1, 11)]
DENSITY_SIZES = ["1x784x128", "32x784x128", "1024x784x128"]
DENSE_SIZES = ["1x784x128", "32x784x128", "32x128x64"]


def limits_table(results: Results) -> list[str]:
    """Write what the machine can do."""
    rows = [
        [title, cell(row, Column("", metric))]
        for row in results.find("machine", "limits")
        for metric, title in LIMITS.items()
    ]
    return lines(["", "median (least-most)"], rows) + failure_lines(results, "machine")


def median(row: Row | None, metric: str) -> float | None:
    """Give the median of a metric, if it was measured."""
    spread = row.spread(metric) if row else None
    return spread.median if spread else None


def product_cell(row: Row, metric: str) -> str:
    """Write the median of the rounds' medians, and the least of all."""
    spread, least = row.spread(metric), row.spread(f"{metric} least")
    return f"{number(spread.median)} ({number(least.least)})" if spread and least else ""


def ahead(row: Row | None, size: str) -> str:
    """Write how often Lamina's time OpenBLAS takes."""
    ratio = median(row, f"{size} ahead")
    return f"{ratio:.2f}" if ratio else ""


def rate(row: Row, size: str) -> str:
    """Write how many operations a second Lamina's product does."""
    time = median(row, f"{size} Lamina")
    rows, shared, columns = map(int, size.split("x"))
    return f"{2 * rows * shared * columns / time / 1e3:.0f}" if time else ""


def products_table(results: Results) -> list[str]:
    """Write Lamina's products beside OpenBLAS's."""
    found = {row.contestant: row for row in results.rows("products")}
    row = found.get(SETS[0])
    if row is None:
        return ["Not measured.", *failure_lines(results, "products")]
    table = []
    for size, (what, bound) in PRODUCTS.items():
        cells = [size + what, bound]
        cells += [product_cell(row, f"{size} {name}") for name in ["Lamina", "OpenBLAS"]]
        cells += [rate(row, size), *(ahead(found.get(name), size) for name in SETS)]
        table.append(cells)
    header = [
        "rows x shared x columns",
        "bound by",
        "Lamina, us",
        "OpenBLAS, us",
        "Lamina, GFLOP/s",
        "ahead by",
        *(f"{name} alone" for name in SETS[1:]),
    ]
    return lines(header, table, words=2) + failure_lines(results, "products")


def crossing(row: Row, size: str) -> str:
    """Write the density at which skipping zeros takes as long as the dense product."""
    last: tuple[float, float] | None = None
    for density in DENSITIES:
        skipping, dense = (
            median(row, f"{size} {density} {way}") for way in ["skipping", "densely"]
        )
        if not skipping or not dense:
            return "not measured"
        point = (float(density), skipping / dense - 1)
        if last and last[1] < 0 <= point[1]:
            share = last[1] / (last[1] - point[1])
            return f"{last[0] + share * (point[0] - last[0]):.2f}"
        last = point
    return "above 1" if last and last[1] < 0 else "below 0.1"


def density_table(results: Results) -> list[str]:
    """Write what skipping zeros takes by density, where it stops to pay, and what asking costs."""
    row = next(iter(results.rows("density")), None)
    if row is None or median(row, "skipped below") is None:
        return ["Not measured.", *failure_lines(results, "density")]
    table = []
    for density in DENSITIES:
        cells = [density]
        for size in DENSITY_SIZES:
            times = [median(row, f"{size} {density} {way}") for way in ["skipping", "densely"]]
            cells += ["" if time is None else number(time) for time in times]
        table.append(cells)
    level = [cell for size in DENSITY_SIZES for cell in (crossing(row, size), "")]
    table.append(["level at", *level])
    titles = [f"{size}, {way}" for size in DENSITY_SIZES for way in ["skipping", "densely"]]
    losses = [
        f"{100 * lost:.1f} % at {size}"
        for size in DENSE_SIZES
        if (lost := median(row, f"{size} lost")) is not None
    ]
    asked = f"To an input without zeros the question costs {', '.join(losses)}."
    return [
        *lines(["share not zero", *titles], table, words=1),
        "",
        f"Zeros are skipped below {median(row, 'skipped below'):.2f}. {asked}",
        *failure_lines(results, "density"),
    ]
