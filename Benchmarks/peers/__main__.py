"""Runs one measurement in a peer's environment and prints its result as a line of JSON.

python3 -m peers PEER version
python3 -m peers PEER train NETWORK THREADS EPOCHS
python3 -m peers PEER infer NETWORK THREADS SECONDS [BATCH...]
"""

from __future__ import annotations

import importlib
import json
import sys

from peers import files, measure


def main() -> None:
    """Do what the command line says."""
    peer = importlib.import_module(f"peers.{sys.argv[1]}")
    action, arguments = sys.argv[2], sys.argv[3:]
    result: dict[str, object] = {}
    match action:
        case "version":
            result["version"] = peer.version()
        case "train":
            network, threads, epochs = arguments
            result.update(peer.train(network, int(threads), int(epochs)))
        case "infer":
            network, threads, seconds, *batches = arguments
            predict = peer.predictor(network, int(threads))
            shape = getattr(peer, "input_shape", files.input_shape)(network)
            sizes = [int(batch) for batch in batches]
            result.update(measure.infer(predict, network, shape, float(seconds), sizes))
        case _:
            raise SystemExit(__doc__)
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
