"""Learning rate schedules: the value at each step.

Case: {"name", "schedule": class name and config}; `steps` are counted from 0, at the boundaries,
between them and far behind the end.
"""

import keras
import numpy as np

from .fixture import Fixture, serialized

STEPS = np.array(
    [*range(13), 15, 19, 20, 21, 29, 30, 31, 49, 50, 51, 99, 100, 101, 1000, 123456], np.int32
)


def write(schedule_class, cases):
    """Write the file of a schedule; cases are arguments by name."""
    fixture = Fixture("schedules", schedule_class.__name__)
    for name, arguments in cases.items():

        def compute(inputs, arguments=arguments):
            schedule = schedule_class(**arguments)
            return {"values": np.stack([schedule(step) for step in inputs["steps"]])}

        case = {"name": name, "schedule": serialized(schedule_class(**arguments))}
        fixture.add(case, {"steps": STEPS}, compute)
    fixture.write()


def make():
    """Write a file for each schedule."""
    schedules = keras.optimizers.schedules
    decay = {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.5}
    write(
        schedules.ExponentialDecay,
        {
            "smooth": decay,
            "staircase": {**decay, "staircase": True},
            "slow": {**decay, "decay_steps": 1000, "decay_rate": 0.96},
            "growth": {**decay, "decay_steps": 3000, "decay_rate": 1.1},
            "three steps, staircase": {**decay, "decay_steps": 3, "staircase": True},
        },
    )
    write(
        schedules.CosineDecay,
        {
            "plain": {"initial_learning_rate": 0.1, "decay_steps": 30},
            "alpha": {"initial_learning_rate": 0.1, "decay_steps": 30, "alpha": 0.1},
            "warm-up": {
                "initial_learning_rate": 0.0,
                "decay_steps": 30,
                "warmup_target": 0.2,
                "warmup_steps": 10,
            },
            "warm-up, alpha": {
                "initial_learning_rate": 0.01,
                "decay_steps": 20,
                "alpha": 0.25,
                "warmup_target": 0.1,
                "warmup_steps": 11,
            },
            "warm-up downwards": {
                "initial_learning_rate": 0.5,
                "decay_steps": 20,
                "warmup_target": 0.1,
                "warmup_steps": 5,
            },
            "warm-up steps without a target": {
                "initial_learning_rate": 0.1,
                "decay_steps": 20,
                "warmup_steps": 10,
            },
            "warm-up target without steps": {
                "initial_learning_rate": 0.1,
                "decay_steps": 20,
                "warmup_target": 0.3,
            },
        },
    )
    write(
        schedules.PiecewiseConstantDecay,
        {
            "one boundary": {"boundaries": [10], "values": [0.1, 0.01]},
            "three boundaries": {"boundaries": [2, 20, 100], "values": [1.0, 0.5, 0.25, 0.001]},
            "boundary at 0": {"boundaries": [0, 5], "values": [1.0, 0.5, 0.1]},
        },
    )
