"""SVG pictures: shapes on a card, points of a plane, and small PNG files inside."""

from __future__ import annotations

import base64
import struct
import zlib

INK, GREY, PALE = "#1f2933", "#6b7280", "#e5e7eb"
BLUE, ORANGE, RED = "#2563eb", "#c2570c", "#b91c1c"
LIGHT_BLUE, LIGHT_ORANGE = "#dbe7fd", "#fdebdc"

Point = tuple[float, float]


def number(value: float) -> str:
    """Write a number with one decimal, or none."""
    return f"{value:.1f}".removesuffix(".0")


class Picture:
    """Shapes on a white card, which dark pages leave white."""

    def __init__(self, width: int, height: int, title: str) -> None:
        card = f'width="{width - 1}" height="{height - 1}" rx="8" fill="#ffffff" stroke="#d0d7de"'
        self.lines = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
            f'  width="{width}" height="{height}" font-family="Helvetica, Arial, sans-serif">',
            f"<title>{title}</title>",
            f'<rect x="0.5" y="0.5" {card}/>',
        ]

    def text(
        self,
        at: Point,
        text: str,
        size: int = 14,
        fill: str = INK,
        anchor: str = "middle",
        weight: str = "normal",
    ) -> None:
        """Write text whose baseline is at a point."""
        self.lines.append(
            f'<text x="{number(at[0])}" y="{number(at[1])}" font-size="{size}" fill="{fill}" '
            f'text-anchor="{anchor}" font-weight="{weight}">{text}</text>'
        )

    def path(
        self, points: list[Point], stroke: str = INK, width: float = 1.5, dash: str = "none"
    ) -> None:
        """Draw a line through points."""
        places = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.lines.append(
            f'<polyline points="{places}" fill="none" stroke="{stroke}" stroke-width="{width}" '
            f'stroke-dasharray="{dash}" stroke-linejoin="round"/>'
        )

    def area(self, points: list[Point], fill: str) -> None:
        """Fill the inside of points."""
        places = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        self.lines.append(f'<polygon points="{places}" fill="{fill}"/>')

    def circle(
        self, at: Point, radius: float, fill: str = "#ffffff", stroke: str = INK, width: float = 2
    ) -> None:
        """Draw a circle."""
        self.lines.append(
            f'<circle cx="{number(at[0])}" cy="{number(at[1])}" r="{number(radius)}" '
            f'fill="{fill}" stroke="{stroke}" stroke-width="{width}"/>'
        )

    def bar(self, at: Point, size: Point, fill: str) -> None:
        """Fill a rectangle."""
        self.lines.append(
            f'<rect x="{number(at[0])}" y="{number(at[1])}" width="{number(size[0])}" '
            f'height="{number(size[1])}" fill="{fill}"/>'
        )

    def arrow(self, start: Point, end: Point) -> None:
        """Draw an arrow to the right, which may lean."""
        length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
        x, y = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        base = (end[0] - 9 * x, end[1] - 9 * y)
        self.path([start, base])
        self.area(
            [end, (base[0] - 4 * y, base[1] + 4 * x), (base[0] + 4 * y, base[1] - 4 * x)], INK
        )

    def image(self, at: Point, size: float, png: bytes) -> None:
        """Show a PNG file in a square."""
        data = base64.b64encode(png).decode()
        self.lines.append(
            f'<image x="{number(at[0])}" y="{number(at[1])}" width="{number(size)}" '
            f'height="{number(size)}" href="data:image/png;base64,{data}"/>'
        )

    def svg(self) -> str:
        """Give the file's text."""
        return "\n".join([*self.lines, "</svg>", ""])


class Plot:
    """A square or rectangle of the plane within a picture."""

    def __init__(self, picture: Picture, at: Point, size: Point, x: Point, y: Point) -> None:
        self.picture, self.at, self.size, self.x, self.y = picture, at, size, x, y

    def place(self, x: float, y: float) -> Point:
        """Give the picture's point for a point of the plane."""
        return (
            self.at[0] + self.size[0] * (x - self.x[0]) / (self.x[1] - self.x[0]),
            self.at[1] + self.size[1] * (self.y[1] - y) / (self.y[1] - self.y[0]),
        )

    def axes(self, x_ticks: list[float], y_ticks: list[float]) -> None:
        """Draw a frame and write numbers beside it."""
        (left, top), (width, height) = self.at, self.size
        corners: list[Point] = [(0, 0), (width, 0), (width, height), (0, height), (0, 0)]
        self.picture.path([(left + x, top + y) for x, y in corners], PALE, 1)
        for tick in x_ticks:
            self.picture.text((self.place(tick, 0)[0], top + height + 17), f"{tick:g}", 12, GREY)
        for tick in y_ticks:
            place = (left - 6, self.place(0, tick)[1] + 4)
            self.picture.text(place, f"{tick:g}", 12, GREY, "end")

    def halves(self, line: list[float]) -> None:
        """Colour where a x + b y + c is above 0 and where it is not, and draw the border."""
        (left, right), (bottom, top) = self.x, self.y
        box = [(left, bottom), (right, bottom), (right, top), (left, top)]
        border: list[Point] = []
        for sign, colour in [(1, LIGHT_BLUE), (-1, LIGHT_ORANGE)]:
            inside, border = cut(box, [sign * value for value in line])
            self.picture.area([self.place(*point) for point in inside], colour)
        self.picture.path([self.place(*point) for point in border], INK, 2)

    def bars(self, heights: list[float]) -> None:
        """Draw a bar at 1, 2, and so on."""
        for place, height in enumerate(heights, 1):
            left, top = self.place(place - 0.35, height)
            right, bottom = self.place(place + 0.35, 0)
            self.picture.bar((left, top), (right - left, bottom - top), BLUE)

    def points(self, points: list[Point], labels: list[int], radius: float) -> None:
        """Draw samples, filled where their label is 1."""
        for (x, y), label in zip(points, labels, strict=True):
            fill, stroke = (BLUE, BLUE) if label else ("#ffffff", ORANGE)
            self.picture.circle(self.place(x, y), radius, fill, stroke)


def cut(polygon: list[Point], line: list[float]) -> tuple[list[Point], list[Point]]:
    """Give the part of a polygon where a x + b y + c >= 0, and the points of the cut."""
    a, b, c = line
    inside: list[Point] = []
    border: list[Point] = []
    for (x, y), (next_x, next_y) in zip(polygon, polygon[1:] + polygon[:1], strict=True):
        here, there = a * x + b * y + c, a * next_x + b * next_y + c
        if here >= 0:
            inside.append((x, y))
        if here * there < 0:
            part = here / (here - there)
            crossing = (x + part * (next_x - x), y + part * (next_y - y))
            inside.append(crossing)
            border.append(crossing)
    return inside, border


def png(width: int, height: int, colour_type: int, rows: list[bytes]) -> bytes:
    """Write a PNG file, not compressed, so that every zlib gives the same bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = kind + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    data = b"".join(b"\0" + row for row in rows)
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(data), len(data) ^ 0xFFFF) + data
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0))
        + chunk(b"IDAT", stored + struct.pack(">I", zlib.adler32(data)))
        + chunk(b"IEND", b"")
    )
