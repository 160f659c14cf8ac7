"""PyTorch: a loop over one tensor that holds all the data, and the fused Adam.

`torch.compile` takes 25 s to compile the step and makes it no quicker.
"""

from __future__ import annotations

from time import perf_counter

import numpy as np
import torch
from torch import nn

from peers import files
from peers.measure import Predict


def version() -> str:
    """Give the version."""
    return f"PyTorch {torch.__version__}"


class RowsLast(nn.Module):
    """Moves channels last, as Keras's weights want them."""

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return images.permute(0, 2, 3, 1).flatten(1)


def build(network: str) -> nn.Sequential:
    """Make the network with fresh weights; it gives logits."""
    if network == "mlp":
        return nn.Sequential(
            nn.Linear(files.PIXELS, 128), nn.ReLU(), nn.Dropout(0.2), nn.Linear(128, 10)
        )
    return nn.Sequential(
        nn.Conv2d(1, 32, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        RowsLast(),
        nn.Dropout(0.5),
        nn.Linear(1600, 10),
    ).to(memory_format=torch.channels_last)


def train(network: str, threads: int, epochs: int) -> dict[str, object]:
    """Train with the quickest loop; give its time and the accuracy on the test set."""
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    images, labels = (torch.from_numpy(values) for values in files.train_set())
    images = images.reshape(-1, *input_shape(network))
    labels = labels.long()
    model = build(network)
    batch = 32 if network == "mlp" else 128
    optimizer = torch.optim.Adam(model.parameters(), fused=True)
    epoch_seconds: list[float] = []
    start = perf_counter()
    for _ in range(epochs):
        begin = perf_counter()
        for rows in torch.randperm(len(images)).split(batch):
            loss = nn.functional.cross_entropy(model(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        epoch_seconds.append(perf_counter() - begin)
    seconds = perf_counter() - start
    model.eval()
    with torch.inference_mode():
        tested = torch.from_numpy(files.test_images()).reshape(-1, *input_shape(network))
        right = model(tested).argmax(1).numpy() == files.test_labels()
    return {
        "fit_seconds": seconds,
        "epoch_seconds": epoch_seconds,
        "accuracy": float(right.mean()),
    }


def input_shape(network: str) -> tuple[int, ...]:
    """Give the shape of a sample, channels first."""
    return (1, 28, 28) if network.startswith("convnet") else (files.PIXELS,)


def predictor(network: str, threads: int) -> Predict:
    """Give a function from images to outputs: the network in the form that was quickest.

    That is traced and frozen, and for batches of the convnet in oneDNN's own layout;
    `torch.compile` was slower.
    """
    torch.set_num_threads(threads)
    model = build(network)
    if network == "convnet":
        model.append(nn.Softmax(1))
    with torch.no_grad():
        for parameter, value in zip(model.parameters(), files.weights(network), strict=True):
            axes = {1: (0,), 2: (1, 0), 4: (3, 2, 0, 1)}[value.ndim]
            parameter.copy_(torch.from_numpy(value.transpose(axes).copy()))
    model.eval()
    example = torch.zeros(1, *input_shape(network))
    traced = torch.jit.freeze(torch.jit.trace(model, example))
    optimized = traced
    if network == "convnet":
        channels_first = model.to(memory_format=torch.contiguous_format)
        optimized = torch.jit.optimize_for_inference(torch.jit.trace(channels_first, example))

    def predict(images: np.ndarray) -> np.ndarray:
        with torch.inference_mode():
            network = traced if len(images) == 1 else optimized
            return network(torch.from_numpy(images)).numpy()

    return predict
