"""Digits drawn by code: strokes of a mouse or a finger, each digit in several hands.

A hand is written as strokes with slashes between them; a stroke as the points that a smooth curve
passes through, right,down from the upper left, in hundredths of the digit's box. Where a hand makes
a corner, one stroke ends and the next begins.
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from .chance import Chosen
from .fonts import cropped

SAMPLES = 14
SUPERSAMPLING = 4
MOST_DEGREES = 5.0
MOST_SHEAR = 0.2

HANDS = {
    0: (
        "50,0 14,20 5,55 25,93 55,98 86,75 93,40 75,8 48,1",
        "50,0 14,20 5,55 25,93 55,98 86,75 93,40 75,8 55,0 35,10",
        "60,3 30,10 10,50 30,95 70,90 90,45 62,3",
    ),
    1: (
        "50,0 50,50 49,100",
        "28,24 42,12 55,0 / 55,0 55,50 55,100",
        "28,22 50,2 / 50,2 50,97 / 25,98 75,98",
    ),
    2: (
        "12,25 30,4 65,3 85,25 65,58 10,97 / 10,97 50,96 92,97",
        "15,20 45,0 80,18 65,55 30,90 12,95 10,83 25,80 50,93 72,100 95,90",
    ),
    3: (
        "15,12 45,0 78,15 70,38 40,47 / 40,47 75,55 85,78 55,99 10,88",
        "12,3 85,3 / 85,3 42,42 / 42,42 80,52 85,80 50,100 10,90",
    ),
    4: (
        "30,0 20,30 8,58 / 8,58 95,56 / 70,25 68,100",
        "66,100 66,2 / 66,2 5,66 / 5,66 95,66",
        "12,5 12,48 / 12,48 82,48 / 82,0 80,100",
    ),
    5: (
        "85,2 22,2 / 22,2 18,42 / 18,42 55,36 88,60 75,90 40,100 8,88",
        "30,3 22,40 55,42 82,62 70,92 40,100 12,92 / 28,4 85,0",
    ),
    6: (
        "72,0 40,20 15,60 25,92 55,100 82,82 75,58 50,52 22,68",
        "40,0 20,35 12,75 35,100 75,92 80,65 50,55 20,75 25,88",
    ),
    7: (
        "8,5 90,4 / 90,4 60,50 38,100",
        "8,6 90,4 / 90,4 62,50 42,100 / 35,50 85,48",
        "10,20 12,6 / 12,6 50,6 88,3 / 88,3 55,45 45,100",
    ),
    8: (
        "80,15 50,0 20,18 45,45 82,72 55,100 15,85 30,58 65,38 80,15",
        "50,0 20,20 50,46 80,20 50,0 / 50,46 10,74 50,100 90,74 50,46",
    ),
    9: (
        "80,15 50,0 18,22 35,48 70,38 80,15 / 80,12 76,55 72,100",
        "82,20 55,0 18,20 30,46 65,42 82,20 / 82,20 80,60 60,95 25,95",
    ),
}
"""For each digit, how several hands write it."""


def curve(points: np.ndarray) -> np.ndarray:
    """Give points along the smooth curve (Catmull and Rom 1974) through the given ones."""
    if len(points) == 2:
        share = np.linspace(0, 1, SAMPLES)[:, None]
        return points[0] + (points[1] - points[0]) * share
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    share = np.linspace(0, 1, SAMPLES, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        cubic = (2 * a - 5 * b + 4 * c - d) * share**2 + (3 * b - a - 3 * c + d) * share**3
        pieces.append(b + ((c - a) * share + cubic) / 2)
    return np.vstack([*pieces, points[-1:]])


def hand(
    digit: int, chosen: Chosen, chance: np.random.Generator, degrees: float
) -> list[np.ndarray]:
    """Choose a hand, move its points, lean and turn it: curves in a box about 1 tall."""
    hands = HANDS[digit]
    written = hands[int(chance.integers(len(hands)))]
    moved: dict[str, np.ndarray] = {}
    for point in written.replace("/", " ").split():
        if point not in moved:
            place = np.array([int(part) for part in point.split(",")]) / 100
            moved[point] = place + chance.normal(0, float(chosen["wobble"]), 2)
    angle = np.deg2rad(chance.uniform(-MOST_DEGREES, MOST_DEGREES))
    angle += np.deg2rad(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    lean = np.array([[chance.uniform(0.5, 0.85), -chance.uniform(-0.05, MOST_SHEAR)], [0, 1]])
    curves = []
    for stroke in written.split("/"):
        along = curve(np.array([moved[point] for point in stroke.split()])) @ (turn @ lean).T
        shake = chance.normal(0, float(chosen["jitter"]), along.shape)
        curves.append(along + (shake + np.roll(shake, 1, axis=0)) / 2)
    return curves


def ink_of(
    digit: int, side: int, chosen: Chosen, chance: np.random.Generator, *, degrees: float = 0.0
) -> np.ndarray:
    """Draw a digit whose longer side has about `side` pixels, as coverage cropped to the ink.

    The pen is round: `width` is a part of the digit's height and has smooth edges, `pixels` is a
    number of whole pixels and has hard ones.
    """
    curves = hand(digit, chosen, chance, degrees)
    everything = np.vstack(curves)
    least, most = everything.min(axis=0), everything.max(axis=0)
    smooth = "width" in chosen
    factor = SUPERSAMPLING if smooth else 1
    pen = float(chosen["width"]) * side if smooth else max(1, round(float(chosen["pixels"])))
    scale = factor * (side - pen) / max(most - least)
    edge = factor * pen / 2 + 2
    width, height = np.ceil((most - least) * scale + 2 * edge).astype(int)
    image = Image.new("L", (int(width), int(height)))
    draw = ImageDraw.Draw(image)
    for points in curves:
        places = [tuple(place) for place in (points - least) * scale + edge]
        draw_stroke(draw, places, factor * pen)
    if smooth:
        image = image.reduce(factor)
    return cropped(np.asarray(image, dtype=np.float32) / 255)


def draw_stroke(draw: ImageDraw.ImageDraw, places: list[tuple[float, ...]], width: float) -> None:
    """Draw one stroke with a round pen."""
    draw.line(places, fill=255, width=max(1, round(width)))
    if width <= 2:
        return
    half = (width - 1) / 2
    for right, down in places:
        draw.ellipse((right - half, down - half, right + half, down + half), fill=255)
