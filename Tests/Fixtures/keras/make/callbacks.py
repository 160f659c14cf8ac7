"""Callbacks: what Keras's own did, driven through epochs with given values of a metric.

`<class>.json`: {"keras", "cases": [{"callback": class, "name", "config": every argument, …}]}.
Numbers that JSON lacks are the strings "NaN", "Infinity" and "-Infinity"; null in `monitored` is
an epoch whose logs lack the metric. A model stands in that has the number of the epoch as its
weight, counted over both fits where there is `second`, the series of a second fit with the same
callback.

- EarlyStopping: by fit: `epochs` that ran, `stopped_epoch`, `best_epoch`, `best`, `wait` after
  each epoch, and `weights`, the epoch whose weights the model has at the end.
- ReduceLROnPlateau: by fit, after each epoch: `learning_rates`, `logged` (the learning rate in the
  logs), `wait`, `cooldown`. The rate is 0.1 before.
- ModelCheckpoint: `saved`, the paths it saved to; with `batches`, the batches of each epoch.
- LearningRateScheduler: `learning_rates` in each epoch, and what the schedule got and gave.
- CSVLogger: `logs` of each epoch, in their order, and the file's `text`; `before` is what the file
  had (null: there was none), `append` is in the config.
- TerminateOnNaN: `batches` are losses by epoch; `seen` says how many batches of each epoch ran.
- `auto_mode.json`: how mode "auto" takes a metric's name: "min", "max" or null, an error.
"""

import inspect
import json
import math
import tempfile
import warnings
from pathlib import Path

import keras
import numpy as np

from .fixture import FOLDER

NAN, INFINITY = math.nan, math.inf
# Improves, gets worse, improves by little, and rests.
FALLING = [1.0, 0.8, 0.9, 0.7, 0.75, 0.72, 0.699, 0.75, 0.8, 0.5, 0.5, 0.5, 0.5, 0.4]
RISING = [0.5, 0.6, 0.55, 0.6, 0.65, 0.64, 0.63, 0.62, 0.9, 0.9, 0.9, 0.9]
# Differences that are exact in float32.
EXACT = [1.0, 0.75, 0.5, 0.375, 0.25, 0.1875, 0.125, 0.125]
# Improvements that float32 has not.
TINY = [1.0, 1.0 - 1e-9, 1.0 - 2e-9, 1.0 - 1e-7, 1.0 - 2e-7, 0.5]
LEARNING_RATE = 0.1


def plain(value):
    """Make JSON of a value: Python's numbers, and strings for those that JSON lacks."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(each) for each in value]
    if isinstance(value, (float, np.floating)) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value.item() if isinstance(value, np.generic) else value


def write(name, cases):
    """Write a JSON file with a case on each line."""
    lines = ",\n".join(json.dumps(plain(case), allow_nan=False) for case in cases)
    path = FOLDER / "callbacks" / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = f'{{"keras": "{keras.__version__}", "cases": [\n{lines}\n]}}\n'
    path.write_text(text, encoding="utf-8")
    print(f"{path.relative_to(FOLDER)}: {len(cases)} cases")


def config_of(callback_class, arguments):
    """Give every argument of a callback, with its default where none is given."""
    parameters = inspect.signature(callback_class.__init__).parameters
    defaults = {
        name: parameter.default
        for name, parameter in parameters.items()
        if parameter.default is not inspect.Parameter.empty
    }
    return {**defaults, **arguments}


def compiled(metrics):
    """Make the model that stands in: one weight, and metrics whose names a monitor can have."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    model.compile(keras.optimizers.SGD(LEARNING_RATE), "mse", metrics=metrics)
    model.evaluate(np.zeros((1, 1)), np.zeros((1, 1)), verbose=0)
    return model


def set_epoch(model, epoch):
    """Have the weight say which epoch it is."""
    model.set_weights([np.full((1, 1), epoch, np.float32)])


def rate_of(model):
    """Read the learning rate."""
    return float(np.asarray(model.optimizer.learning_rate.value))


def drive(model, callback, epochs, each_epoch, first=0):
    """Do as `fit` does with the logs of some epochs; each_epoch(logs) is called after each."""
    callbacks = keras.callbacks.CallbackList([callback], add_history=True, model=model)
    model.stop_training = False
    callbacks.on_train_begin()
    for epoch, logs in enumerate(epochs):
        callbacks.on_epoch_begin(epoch)
        set_epoch(model, first + epoch)
        callbacks.on_epoch_end(epoch, logs)
        each_epoch(model.history.history)
        if model.stop_training:
            break
    callbacks.on_train_end()


def logs_of(monitor, values):
    """Make the logs of epochs; the loss is always there."""
    return [{"loss": 1.0} | ({monitor: value} if value is not None else {}) for value in values]


class Monitoring:
    """Cases of a callback that monitors a metric."""

    def __init__(self, model, callback_class, record):
        """Begin; `record(callback, each)` says what a fit did: `each` has a tuple by epoch.

        The tuple: the history, the learning rate and the callback's state after the epoch.
        """
        self.model, self.callback_class, self.record = model, callback_class, record
        self.cases = []

    def add(self, name, values, second=None, **arguments):
        """Run the callback through the values, and a second fit's, and add the case."""
        callback = self.callback_class(**arguments)
        config = config_of(self.callback_class, arguments)
        case = {"callback": self.callback_class.__name__, "name": name, "config": config}
        case["monitored"] = values
        if second:
            case["second"] = second
        case["fits"] = []
        self.model.optimizer.learning_rate = LEARNING_RATE
        first = 0
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for series in [values, second] if second else [values]:
                each = []

                def note(history, each=each):
                    state = vars(callback).copy()
                    each.append((dict(history), rate_of(self.model), state))

                drive(self.model, callback, logs_of(config["monitor"], series), note, first)
                case["fits"].append(self.record(callback, each))
                first += len(each)
        self.cases.append(case)


def early_stopping(model):
    """Write what stops training, and whose weights stay."""

    def record(callback, each):
        return {
            "epochs": len(each),
            "stopped_epoch": callback.stopped_epoch,
            "best_epoch": callback.best_epoch,
            "best": callback.best,
            "wait": [state["wait"] for *_, state in each],
            "weights": int(model.get_weights()[0].item()),
        }

    monitoring = Monitoring(model, keras.callbacks.EarlyStopping, record)
    stopping_by_patience(monitoring.add)
    stopping_by_baseline(monitoring.add)
    stopping_with_odd_values(monitoring.add)
    write("EarlyStopping", monitoring.cases)


def stopping_by_patience(case):
    """Add patience, directions and the least change."""
    for patience in (0, 1, 2, 3, 5):
        for restore in (False, True):
            arguments = {"patience": patience, "restore_best_weights": restore}
            case(f"patience {patience}, restore {restore}", FALLING, **arguments)
    case("never stops, restore", FALLING, patience=20, restore_best_weights=True)
    rising = {"monitor": "val_accuracy", "restore_best_weights": True}
    for mode in ("auto", "max", "min"):
        case(f"accuracy, mode {mode}", RISING, mode=mode, patience=2, **rising)
    case("precision, auto", RISING, monitor="precision", patience=3)
    case("error, auto", FALLING, monitor="val_mae", patience=1)
    case("loss, max", FALLING, mode="max", patience=2, restore_best_weights=True)
    for change in (0.125, -0.125, 0.1, 0.3):
        case(f"least change {change}", EXACT, patience=2, min_delta=change)
    case("least change of accuracy", RISING, min_delta=0.05, patience=2, **rising)
    case("least change at once", [1.0, 0.95, 0.9, 0.85, 0.84], min_delta=0.1)
    case("below float32", TINY, patience=2)


def stopping_by_baseline(case):
    """Add baselines and late starts."""
    for baseline in (2.0, 0.75, 0.6, 0.1):
        for patience in (0, 2, 4):
            arguments = {"baseline": baseline, "patience": patience}
            case(f"baseline {baseline}, patience {patience}", FALLING, **arguments)
    case("baseline, least change", EXACT, baseline=0.5, min_delta=0.125, patience=3)
    case("baseline of accuracy", RISING, monitor="val_accuracy", baseline=0.8, patience=3)
    steady = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.45, 0.3]
    case("improves but not on the baseline", steady, baseline=0.1, patience=2)
    for start in (1, 2, 5, 50):
        arguments = {"start_from_epoch": start, "restore_best_weights": True}
        case(f"starts from {start}", FALLING, patience=1, **arguments)
        case(f"starts from {start}, patience 0", FALLING, **arguments)


def stopping_with_odd_values(case):
    """Add what is no number or not there, and second fits."""
    for name, series in (
        ("first", [NAN, 0.5, 0.4, 0.3, 0.2]),
        ("later", [0.5, NAN, 0.4, NAN, NAN, 0.3, 0.2]),
        ("always", [NAN] * 5),
        ("two", [0.5, NAN, NAN, 0.4]),
    ):
        for patience in (0, 2):
            arguments = {"patience": patience, "restore_best_weights": True}
            case(f"NaN {name}, patience {patience}", series, **arguments)
    infinite = [INFINITY, INFINITY, 1.0, -INFINITY, -INFINITY, -INFINITY]
    case("infinities", infinite, patience=2, restore_best_weights=True)
    absent = [0.5, None, 0.6, None, 0.7, 0.8, 0.9]
    case("absent", absent, patience=3, restore_best_weights=True)
    case("always absent", [None] * 4, restore_best_weights=True)
    falling = FALLING[:6]
    case("two fits", falling, [0.9, 0.95, 0.85, 0.86, 0.87], patience=2)
    case("one epoch", [1.0], restore_best_weights=True)
    arguments = {"patience": 2, "restore_best_weights": True, "min_delta": 0.01}
    case("two fits, restore", falling, [0.9, 0.8, 0.8, 0.8, 0.8], **arguments)


def reduce_on_plateau(model):
    """Write factors, patience, cooling down, the least change and the least rate."""

    def record(_callback, each):
        return {
            "learning_rates": [rate for _, rate, _ in each],
            "logged": each[-1][0]["learning_rate"],
            "wait": [state["wait"] for *_, state in each],
            "cooldown": [state["cooldown_counter"] for *_, state in each],
        }

    monitoring = Monitoring(model, keras.callbacks.ReduceLROnPlateau, record)
    case = monitoring.add
    flat = [1.0] * 12
    case("defaults", flat + flat)
    for patience in (0, 1, 2, 3):
        case(f"patience {patience}", FALLING, patience=patience, factor=0.5)
        for cooldown in (1, 2, 5):
            arguments = {"patience": patience, "cooldown": cooldown, "factor": 0.5}
            case(f"patience {patience}, cooldown {cooldown}", flat, **arguments)
    case("improves while it cools", FALLING, patience=1, cooldown=2)
    for factor in (0.1, 0.3, 0.9, 0.0):
        case(f"factor {factor}", flat, patience=2, factor=factor)
    for least in (0.02, 0.05, 0.1, 0.2):
        case(f"least rate {least}", flat, patience=2, factor=0.5, min_lr=least)
        arguments = {"factor": 0.5, "min_lr": least, "cooldown": 1}
        case(f"least rate {least}, cooldown", flat, patience=1, **arguments)
    for change in (0.0, 0.125, -0.125, 0.3):
        case(f"least change {change}", EXACT, patience=1, factor=0.5, min_delta=change)
    case("default least change", [1.0, 0.99995, 0.9999, 0.99985, 0.9998, 0.9997], patience=1)
    case("below float32", TINY, patience=2, min_delta=0.0)
    for mode in ("auto", "max", "min"):
        arguments = {"monitor": "val_accuracy", "mode": mode, "patience": 2, "factor": 0.5}
        case(f"accuracy, mode {mode}", RISING, **arguments)
    case("NaN first", [NAN, 0.5, 0.4, 0.3], patience=1)
    case("NaN later", [0.5, NAN, 0.4, NAN, NAN, 0.3], patience=2)
    case("infinities", [INFINITY, INFINITY, 1.0, -INFINITY, -INFINITY], patience=1)
    case("absent", [0.5, None, 0.6, None, 0.7], patience=2)
    case("two fits", flat[:5], [2.0, 2.0, 2.0, 1.0, 1.0, 1.0], patience=2, cooldown=3)
    write("ReduceLROnPlateau", monitoring.cases)


def checkpoints(model):
    """Write which epochs are saved, and under which names."""
    saved = []

    def save_weights(path, overwrite):
        assert overwrite
        saved.append(path)

    def record(callback, _each):
        paths, saved[:] = saved[:], []
        return {"saved": paths, "best": callback.best}

    model.save_weights = save_weights
    monitoring = Monitoring(model, keras.callbacks.ModelCheckpoint, record)

    def case(name, values, filepath="{epoch}.weights.h5", **arguments):
        monitoring.add(name, values, filepath=filepath, save_weights_only=True, **arguments)

    best = {"save_best_only": True}
    case("each epoch", FALLING)
    case("best only", FALLING, **best)
    case("best only, ties", [1.0, 1.0, 0.5, 0.5, 0.4], **best)
    case("one file", FALLING[:3], filepath="best.weights.h5", **best)
    case("values in the name", FALLING[:4], filepath="{epoch:03d}-{val_loss:.2f}.weights.h5")
    for mode in ("auto", "max", "min"):
        case(f"accuracy, mode {mode}", RISING, monitor="val_accuracy", mode=mode, **best)
    for threshold in (0.75, 0.1, 2.0, 1.0):
        case(f"threshold {threshold}", FALLING, initial_value_threshold=threshold, **best)
    threshold = {"initial_value_threshold": 0.62}
    case("threshold of accuracy", RISING, monitor="val_accuracy", **threshold, **best)
    case("NaN first", [NAN, 0.5, 0.4], **best)
    case("NaN later", [0.5, NAN, 0.4, NAN], **best)
    case("NaN first, threshold", [NAN, 0.5, 0.4], initial_value_threshold=1.0, **best)
    case("infinities", [INFINITY, 1.0, -INFINITY, -INFINITY], **best)
    case("absent", [0.5, None, 0.6, None, 0.4], **best)
    case("below float32", TINY, **best)
    case("two fits", [0.5, 0.6, 0.4], second=[0.45, 0.3, 0.35], **best)
    arguments = {"initial_value_threshold": 0.5}
    case("two fits, threshold", [0.6, 0.4], second=[0.45, 0.3], **arguments, **best)
    by_batch = [batch_checkpoints(model, saved, frequency) for frequency in (1, 3, 4, 5)]
    del model.save_weights
    write("ModelCheckpoint", monitoring.cases + by_batch)


def batch_checkpoints(model, saved, frequency, batches=4, epochs=3):
    """Save each so many batches, and give the case."""
    callback_class = keras.callbacks.ModelCheckpoint
    arguments = {
        "filepath": "{epoch}-{batch}.weights.h5",
        "save_weights_only": True,
        "save_freq": frequency,
    }
    callbacks = keras.callbacks.CallbackList([callback_class(**arguments)], model=model)
    callbacks.on_train_begin()
    for epoch in range(epochs):
        callbacks.on_epoch_begin(epoch)
        for batch in range(batches):
            callbacks.on_train_batch_begin(batch)
            callbacks.on_train_batch_end(batch, {"loss": 1.0})
        callbacks.on_epoch_end(epoch, {"loss": 1.0, "val_loss": 1.0})
    callbacks.on_train_end()
    paths, saved[:] = saved[:], []
    return {
        "callback": "ModelCheckpoint",
        "name": f"each {frequency} batches",
        "config": config_of(callback_class, arguments),
        "batches": batches,
        "monitored": [1.0] * epochs,
        "fits": [{"saved": paths, "best": None}],
    }


def schedulers(model):
    """Write a schedule of the epoch, and one of the epoch and the rate."""
    cases = []

    def by_epoch(epoch):
        return 0.1 / (1 + epoch)

    def halved(epoch, rate):
        return rate if epoch < 2 else rate * 0.5

    def kept(_epoch, rate):
        return rate

    for name, schedule in (("by epoch", by_epoch), ("halved", halved), ("kept", kept)):
        asked, rates = [], []

        def traced(*arguments, schedule=schedule, asked=asked):
            given = schedule(*arguments)
            asked.append({"epoch": arguments[0], "rate": arguments[1:], "given": given})
            return given

        model.optimizer.learning_rate = LEARNING_RATE
        callback = keras.callbacks.LearningRateScheduler(traced)
        logs = [{"loss": 1.0}] * 5
        drive(model, callback, logs, lambda _, rates=rates: rates.append(rate_of(model)))
        cases.append(
            {
                "callback": "LearningRateScheduler",
                "name": name,
                "config": {"verbose": 0},
                "asked": [one for one in asked if one["rate"] or schedule is by_epoch],
                "learning_rates": rates,
                "logged": model.history.history["learning_rate"],
            }
        )
    write("LearningRateScheduler", cases)


def csv_logs(model):
    """Write the exact bytes of logs."""
    cases = []
    three = [np.float32(0.3), np.float32(1e-5), np.float32(12345678)]
    both = [
        {"val_loss": float(value), "loss": float(2 * value), "accuracy": 0.5, "val_accuracy": 1.0}
        for value in three
    ]
    alone = [{"loss": float(value), "accuracy": 1 / 3} for value in three]
    strange = [{"loss": value} for value in (NAN, INFINITY, -INFINITY, 0.0, -0.0, 1e16, 1e-300)]
    later = [{"loss": 1.0, "val_loss": 2.0}, {"loss": 0.5}, {"loss": 0.25, "other": 3.0}]
    appear = [{"loss": 1.0}, {"loss": 0.5, "val_loss": 2.0}, {"loss": 0.25}]
    scores = [{"loss": 1.0, "f1_score": np.array([0.1, 0.25, 1], np.float32)}]

    def case(name, logs, before=None, twice=False, **arguments):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "log.csv"
            if before is not None:
                path.write_bytes(before.encode())
            callback = keras.callbacks.CSVLogger(path, **arguments)
            for _ in range(2 if twice else 1):
                drive(model, callback, logs, lambda _: None)
            text = path.read_bytes().decode()
        config = {"separator": ",", "append": False, **arguments}
        case = {"callback": "CSVLogger", "name": name, "config": config}
        if twice:
            case["fits"] = 2
        cases.append({**case, "logs": logs, "before": before, "text": text})

    case("with validation", both)
    case("without validation", alone)
    case("strange numbers", strange)
    case("validation stops", later)
    case("validation begins later", appear)
    case("a vector", scores)
    case("semicolons", alone, separator=";")
    case("tabs, a vector", scores, separator="\t")
    case("over a file", both, before="old\r\n1\r\n")
    case("append to nothing", both, append=True)
    case("append to an empty file", both, before="", append=True)
    case("append to a file", both, before="epoch,loss\r\n0,1.0\r\n", append=True)
    case("append to a file without its last line end", alone, before="epoch,loss", append=True)
    case("two fits", alone, twice=True)
    case("two fits, append", alone, twice=True, append=True)
    write("CSVLogger", cases)


def terminations(model):
    """Write the batch after which training ends."""
    cases = []
    for name, epochs in (
        ("no NaN", [[1.0, 0.5], [0.25, 0.125]]),
        ("NaN", [[1.0, 0.5, 0.5], [0.5, NAN, NAN], [1.0, 1.0, 1.0]]),
        ("first", [[NAN, 1.0], [1.0, 1.0]]),
        ("infinity", [[1.0, INFINITY, 1.0], [1.0]]),
        ("minus infinity", [[1.0], [-INFINITY, 1.0]]),
        ("absent", [[None, None], [1.0, NAN]]),
    ):
        callback = keras.callbacks.TerminateOnNaN()
        callbacks = keras.callbacks.CallbackList([callback], model=model)
        model.stop_training, seen = False, []
        callbacks.on_train_begin()
        for epoch, losses in enumerate(epochs):
            callbacks.on_epoch_begin(epoch)
            seen.append(0)
            for batch, loss in enumerate(losses):
                callbacks.on_train_batch_begin(batch)
                callbacks.on_train_batch_end(batch, {} if loss is None else {"loss": loss})
                seen[-1] += 1
                if model.stop_training:
                    break
            callbacks.on_epoch_end(epoch, {})
            if model.stop_training:
                break
        callbacks.on_train_end()
        cases.append(
            {
                "callback": "TerminateOnNaN",
                "name": name,
                "config": config_of(keras.callbacks.TerminateOnNaN, {}),
                "batches": epochs,
                "seen": seen,
            }
        )
    write("TerminateOnNaN", cases)


def auto_modes():
    """Ask what mode "auto" makes of names, with one output and with two."""
    metrics = [
        "accuracy",
        "mae",
        "mse",
        "mean_absolute_error",
        "binary_accuracy",
        keras.metrics.Precision(name="precision"),
        keras.metrics.Recall(name="recall"),
        keras.metrics.F1Score(threshold=0.5, name="f1_score"),
        keras.metrics.BinaryAccuracy(name="mine"),
        keras.metrics.Mean(name="mean"),
    ]
    names = [getattr(metric, "name", metric) for metric in metrics[:-1]]
    one = compiled(metrics[:-1])
    x = keras.Input((1,))
    outputs = [keras.layers.Dense(1, name=name)(x) for name in ("a", "b")]
    two = keras.Model(x, outputs)
    two.compile("sgd", ["mse", "mae"], metrics={"a": ["accuracy"], "b": ["mae"]})
    zeros = np.zeros((1, 1))
    two.evaluate(zeros, [zeros, zeros], verbose=0)
    cases = []

    def ask(title, model, name):
        callback = keras.callbacks.EarlyStopping(monitor=name)
        callback.set_model(model)
        try:
            callback._set_monitor_op()
            mode = "min" if callback.monitor_op is keras.src.ops.less else "max"
        except ValueError:
            mode = None
        cases.append({"model": title, "monitor": name, "mode": mode})

    for name in [*names, "loss", "acc", "learning_rate", "other_loss"]:
        for prefix in ("", "val_"):
            ask("one output", one, prefix + name)
    for name in ("loss", "a_loss", "a_accuracy", "b_mae", "accuracy", "mae"):
        for prefix in ("", "val_"):
            ask("outputs a (accuracy) and b (mae)", two, prefix + name)
    write("auto_mode", cases)


def make():
    """Write a file for each callback."""
    model = compiled(["accuracy", "mae", keras.metrics.Precision(name="precision")])
    early_stopping(model)
    reduce_on_plateau(model)
    checkpoints(model)
    schedulers(model)
    csv_logs(model)
    terminations(model)
    auto_modes()
