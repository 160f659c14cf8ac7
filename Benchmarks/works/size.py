"""The size of each library: Lamina's stripped file, the peers' installed packages."""

from __future__ import annotations

from harness import lamina, places
from harness.entry import Entry, Metrics

from works.plan import Plan

# The digits model, which the library holds as it is.
NETWORK = places.ROOT / "Sources/CBuiltinModel/digits.safetensors"
PEERS = [
    ("ONNX Runtime", "inference", "onnxruntime"),
    ("LiteRT", "inference", "ai-edge-litert"),
    ("ncnn", "inference", "ncnn"),
    ("JAX", "inference", "jax"),
    ("scikit-learn", "inference", "scikit-learn"),
    ("PyTorch", "torch", "torch"),
    ("TensorFlow", "tensorflow", "tensorflow-cpu"),
]


def entries(plan: Plan) -> list[Entry]:
    """List whose size is taken."""
    del plan
    made = []
    for edition in lamina.EDITIONS:
        stripped = places.BUILD / f"stripped-{edition.build.name}.so"
        command = ["strip", "--strip-unneeded", "-o", str(stripped), str(edition.library)]

        def read(_: str, path=stripped) -> Metrics:
            whole, network = path.stat().st_size, NETWORK.stat().st_size
            return {
                "library_megabytes": whole / 1e6,
                "network_megabytes": network / 1e6,
                "without_network_megabytes": (whole - network) / 1e6,
            }

        made.append(Entry("size", edition.name, command, interface="C", read=read))
    for name, environment, distribution in PEERS:
        command = [str(places.python(environment)), "-m", "peers.sizes", distribution]
        made.append(Entry("size", name, command, environment=environment))
    return made
