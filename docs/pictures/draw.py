"""Draws the pictures of from-neuron-to-network.md as SVG, from what numbers.swift computed.

python3 draw.py [FOLDER] writes them into the folder, by default beside this file. The same numbers
give the same bytes; `make pictures` computes the numbers anew.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from svg import (
    BLUE,
    GREY,
    INK,
    LIGHT_BLUE,
    LIGHT_ORANGE,
    ORANGE,
    PALE,
    RED,
    Picture,
    Plot,
    Point,
    png,
)

HERE = Path(__file__).resolve().parent
CORNERS: list[Point] = [(0, 0), (0, 1), (1, 0), (1, 1)]


def draw_neuron(_: dict[str, Any]) -> Picture:
    """Inputs, weights, sum, threshold, output."""
    picture = Picture(520, 210, "A neuron with three inputs")
    for index, y in enumerate([45, 105, 165]):
        name = "₁₂₃"[index]
        picture.circle((60, y), 19)
        picture.text((60, y + 5), f"x{name}", 16)
        end = (219, 105 + (y - 105) * 0.28)
        picture.arrow((80, y), end)
        weight_at = (150, 56) if index == 0 else (150, 98 if index == 1 else 168)
        picture.text(weight_at, f"w{name}", 16, BLUE, weight="bold")
    picture.circle((255, 105), 36)
    picture.text((255, 114), "Σ", 28)
    picture.arrow((292, 105), (331, 105))
    plot = Plot(picture, (334, 70), (70, 70), (0, 1), (0, 1))
    plot.axes([], [])
    plot.picture.path([plot.place(*p) for p in [(0, 0.12), (0.5, 0.12)]], BLUE, 3)
    plot.picture.path([plot.place(*p) for p in [(0.5, 0.88), (1, 0.88)]], BLUE, 3)
    plot.picture.path([plot.place(*p) for p in [(0.5, 0.12), (0.5, 0.88)]], BLUE, 1, "3 3")
    picture.text((369, 158), "θ", 16)
    picture.arrow((405, 105), (444, 105))
    picture.circle((466, 105), 19)
    picture.text((466, 111), "y", 16)
    for x, text in [(60, "inputs"), (150, "weights"), (255, "sum"), (369, "step"), (466, "output")]:
        picture.text((x, 199), text, 12, GREY)
    return picture


def draw_gate(picture: Picture, at: Point, name: str, line: list[float], labels: list[int]) -> Plot:
    """One gate: its corners and the perceptron's line."""
    plot = Plot(picture, at, (200, 200), (-0.5, 1.5), (-0.5, 1.5))
    plot.halves(line)
    plot.axes([0, 1], [0, 1])
    plot.points(CORNERS, labels, 7)
    picture.text((at[0] + 100, at[1] - 10), name, 15, weight="bold")
    return plot


def draw_gates(numbers: dict[str, Any]) -> Picture:
    """The lines that the perceptron found for AND and OR."""
    picture = Picture(520, 290, "The perceptron's lines for AND and OR")
    draw_gate(picture, (40, 40), "AND", numbers["and"]["line"], [0, 0, 0, 1])
    draw_gate(picture, (295, 40), "OR", numbers["or"]["line"], [0, 1, 1, 1])
    legend(picture, (70, 280))
    return picture


def legend(picture: Picture, at: Point) -> None:
    """Say what filled and empty points are, and what the colours."""
    x, y = at
    picture.circle((x, y - 4), 5, BLUE, BLUE)
    picture.text((x + 11, y), "should be 1", 12, GREY, "start")
    picture.circle((x + 105, y - 4), 5, "#ffffff", ORANGE)
    picture.text((x + 116, y), "should be 0", 12, GREY, "start")
    picture.bar((x + 205, y - 11), (14, 14), LIGHT_BLUE)
    picture.text((x + 224, y), "the neuron fires", 12, GREY, "start")
    picture.bar((x + 330, y - 11), (14, 14), LIGHT_ORANGE)
    picture.text((x + 349, y), "it rests", 12, GREY, "start")


def draw_cloud(numbers: dict[str, Any]) -> Picture:
    """A cloud of points with the line, and the mistakes by epoch."""
    picture = Picture(600, 300, "A cloud of points, the line found, and mistakes by epoch")
    plot = Plot(picture, (40, 25), (240, 240), (-0.05, 1.05), (-0.05, 1.05))
    plot.halves(numbers["cloud"]["line"])
    plot.axes([0, 0.5, 1], [0, 0.5, 1])
    plot.points(numbers["cloud_points"], numbers["cloud_labels"], 3)
    mistakes = numbers["cloud"]["mistakes"]
    bars = Plot(picture, (340, 45), (235, 200), (0, len(mistakes) + 1), (0, 1.1 * max(mistakes)))
    bars.axes([1, *range(5, len(mistakes) + 1, 5)], list(range(0, max(mistakes) + 1, 5)))
    bars.bars(mistakes)
    picture.text((457, 32), "mistakes in each epoch", 14, weight="bold")
    picture.text((457, 283), "epoch", 12, GREY)
    return picture


def draw_exclusive_or(numbers: dict[str, Any]) -> Picture:
    """The perceptron's last line for XOR, with rings around what it has wrong."""
    picture = Picture(520, 290, "XOR and the line at which the perceptron was stopped")
    labels = [0, 1, 1, 0]
    line = numbers["xor"]["line"]
    a, b, c = line
    plot = draw_gate(picture, (40, 40), "XOR: the last line", line, labels)
    for (x, y), label in zip(CORNERS, labels, strict=True):
        if (a * x + b * y + c > 0) != (label == 1):
            picture.circle(plot.place(x, y), 14, "none", RED)
    mistakes = numbers["xor"]["mistakes"]
    bars = Plot(picture, (295, 40), (200, 200), (0, len(mistakes) + 1), (0, 4.5))
    bars.axes([1, 5, 10, 15, 20], [0, 1, 2, 3, 4])
    bars.bars(mistakes)
    picture.text((395, 30), "mistakes in each epoch", 15, weight="bold")
    picture.text((395, 276), "epoch", 12, GREY)
    picture.circle((62, 276), 6, "none", RED)
    picture.text((74, 280), "wrong", 12, GREY, "start")
    return picture


def mixed(probability: float) -> bytes:
    """Give the colour of a probability: orange for 0, white for a half, blue for 1."""
    end = (0x3B, 0x82, 0xF6) if probability > 0.5 else (0xF0, 0x9A, 0x4B)
    part = abs(2 * probability - 1)
    return bytes(round(255 + part * (value - 255)) for value in end)


def draw_regions(numbers: dict[str, Any]) -> Picture:
    """What the network for XOR answers over the plane."""
    picture = Picture(400, 290, "What the network answers over the plane")
    values = numbers["xor_regions"]
    side = round(len(values) ** 0.5)
    rows = [
        b"".join(mixed(value) for value in values[row * side : (row + 1) * side])
        for row in reversed(range(side))
    ]
    picture.image((45, 20), 235, png(side, side, 2, rows))
    plot = Plot(picture, (45, 20), (235, 235), (-0.5, 1.5), (-0.5, 1.5))
    plot.axes([0, 1], [0, 1])
    for (x, y), label in zip(CORNERS, [0, 1, 1, 0], strict=True):
        picture.circle(plot.place(x, y), 7, BLUE if label else "#ffffff", INK)
    for step in range(60):
        red, green, blue = mixed(1 - step / 59)
        picture.bar((310, 40 + 3 * step), (18, 3), f"#{red:02x}{green:02x}{blue:02x}")
    for y, text in [(45, "1"), (135, "½"), (224, "0")]:
        picture.text((336, y), text, 13, INK, "start")
    picture.text((350, 275), "probability of 1", 12, GREY)
    return picture


def draw_loss(numbers: dict[str, Any]) -> Picture:
    """The loss of each batch, and the validation loss of each epoch."""
    losses, validation = numbers["batch_losses"], numbers["validation_losses"]
    picture = Picture(600, 300, "The loss while a network learns MNIST")
    plot = Plot(picture, (50, 25), (530, 225), (0, len(losses)), (0, 2.5))
    batches = len(losses) // len(validation)
    plot.axes([], [0, 0.5, 1, 1.5, 2, 2.5])
    for epoch in range(len(validation)):
        x = epoch * batches
        if epoch:
            picture.path([plot.place(x, 0), plot.place(x, 2.5)], PALE, 1)
        picture.text((plot.place(x + batches / 2, 0)[0], 267), f"epoch {epoch + 1}", 12, GREY)
    picture.path([plot.place(i + 0.5, min(loss, 2.5)) for i, loss in enumerate(losses)], BLUE, 1.2)
    ends = [plot.place((i + 1) * batches, loss) for i, loss in enumerate(validation)]
    picture.path(ends, ORANGE, 2)
    for end in ends:
        picture.circle(end, 4, ORANGE, ORANGE)
    picture.path([(330, 56), (360, 56)], BLUE, 2)
    picture.text((368, 60), "each batch of 500 samples", 13, INK, "start")
    picture.path([(330, 78), (360, 78)], ORANGE, 2)
    picture.circle((345, 78), 4, ORANGE, ORANGE)
    picture.text((368, 82), "the test set, after each epoch", 13, INK, "start")
    picture.text((315, 288), f"{batches} iterations in each epoch", 12, GREY)
    return picture


def percent(probability: float) -> str:
    """Write a probability, which is never quite 0 or 1."""
    rounded = round(100 * probability)
    if rounded in {0, 100}:
        return "&gt; 99 %" if rounded else "&lt; 1 %"
    return f"{rounded} %"


def draw_digits(numbers: dict[str, Any]) -> Picture:
    """Digits, and the three labels that the network gives the most probability."""
    picture = Picture(620, 215, "Five digits and their probabilities")
    for index, digit in enumerate(numbers["digits"]):
        left = 20 + index * 118
        pixels = bytes(255 - value for value in bytes.fromhex(digit["pixels"]))
        rows = [pixels[row * 28 : (row + 1) * 28] for row in range(28)]
        picture.image((left + 6, 15), 96, png(28, 28, 0, rows))
        best = sorted(enumerate(digit["probabilities"]), key=lambda pair: -pair[1])[:3]
        for place, (label, probability) in enumerate(best):
            y = 135 + 22 * place
            colour = BLUE if label == digit["label"] else ORANGE
            picture.text((left + 8, y), str(label), 14, weight="bold")
            picture.bar((left + 18, y - 11), (max(1, 44 * probability), 13), colour)
            text_at = (left + 24 + max(1, 44 * probability), y)
            picture.text(text_at, percent(probability), 12, GREY, "start")
    picture.bar((20, 194), (12, 12), BLUE)
    picture.text((38, 204), "what the label says", 12, GREY, "start")
    picture.bar((170, 194), (12, 12), ORANGE)
    picture.text((188, 204), "something else", 12, GREY, "start")
    return picture


PICTURES = {
    "neuron": draw_neuron,
    "gates": draw_gates,
    "cloud": draw_cloud,
    "xor-line": draw_exclusive_or,
    "xor-network": draw_regions,
    "loss": draw_loss,
    "digits": draw_digits,
}


def main() -> None:
    """Draw all."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    numbers = json.loads((HERE / "numbers.json").read_text(encoding="utf-8"))
    for name, draw in PICTURES.items():
        (folder / f"{name}.svg").write_text(draw(numbers).svg(), encoding="utf-8")


if __name__ == "__main__":
    main()
