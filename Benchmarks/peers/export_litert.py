"""Writes the networks for LiteRT, by TensorFlow's converter: python3 -m peers.export_litert."""

from __future__ import annotations

import tempfile

from peers import files, tensorflow
from peers.tensorflow import tf


def main() -> None:
    """Convert both networks."""
    for network in ["mlp", "convnet"]:
        with tempfile.TemporaryDirectory() as folder:
            tensorflow.load(network).export(folder, verbose=False)
            converter = tf.lite.TFLiteConverter.from_saved_model(folder)
            (files.FOLDER / f"{network}.tflite").write_bytes(converter.convert())


if __name__ == "__main__":
    main()
