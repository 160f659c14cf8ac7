"""What `summary`, `to_json`, `fit` and `evaluate` print and write.

- `summaries/<name>.txt`: the table; `summaries/<name>.json`: what `to_json` gives.
- `summaries/logs.txt`: what `fit(verbose=2)` and `evaluate(verbose=2)` print; times are "<time>".
"""

import contextlib
import io
import re

import keras
import numpy as np

from . import networks
from .fixture import FOLDER, generator_of, normal

SUMMARIES = FOLDER / "summaries"


def write_model(name, model):
    """Write a model's table and its JSON."""
    with (SUMMARIES / f"{name}.txt").open("w", encoding="utf-8") as file:
        model.summary(print_fn=lambda text, **_: file.write(text))
    (SUMMARIES / f"{name}.json").write_text(model.to_json() + "\n", encoding="utf-8")


def trained(log=None):
    """Train and evaluate a small network; what is printed goes to the log."""
    keras.utils.clear_session()
    model = networks.plain()
    generator = generator_of("summaries")
    model.set_weights([normal(generator, *v.shape) for v in model.weights])
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.01),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    x = normal(generator, 100, 6)
    y = np.argmax(x[:, :3], axis=1).astype(np.int32)
    verbose = 2 if log else 0
    with contextlib.redirect_stdout(log or io.StringIO()):
        for title, options in (
            ("fit", {}),
            ("fit with validation", {"validation_data": (x[:40], y[:40])}),
        ):
            print(f"# {title}")
            model.fit(x, y, batch_size=16, epochs=2, shuffle=False, verbose=verbose, **options)
        print("# evaluate")
        model.evaluate(x, y, batch_size=16, verbose=verbose)
    return model


def logs():
    """Write what is printed, without the times that differ from run to run."""
    log = io.StringIO()
    trained(log)
    text = re.sub(r"\d+(us|ms|s)/(step|epoch)", r"<time>/\2", log.getvalue())
    text = re.sub(r" - \d+(us|ms|s) -", " - <time> -", text)
    (SUMMARIES / "logs.txt").write_text(text, encoding="utf-8")


def make():
    """Write `summaries/`."""
    SUMMARIES.mkdir(parents=True, exist_ok=True)
    for name in ("quickstart", "deep", "convolutional", "branching", "frozen"):
        keras.utils.clear_session()
        write_model(name, getattr(networks, name)())
    write_model("trained", trained())
    logs()
    for path in sorted(SUMMARIES.iterdir()):
        print(f"{path.relative_to(FOLDER)}: {path.stat().st_size} bytes")
