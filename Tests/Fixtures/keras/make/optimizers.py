"""Optimizers: the variables "kernel" and "bias" after each step on given gradients.

Case: {"name", "optimizer": class name and config, "excluded": the names that were given to
`exclude_from_weight_decay`}. `start/…` are the variables before, `gradients/…` and `steps/…` have
a first axis of steps. Gradients go from 1e-6 to 10, zeros among them.
"""

import keras
import numpy as np

from .fixture import Fixture, generator_of, normal, serialized

STEPS = 26
VARIABLES = ("kernel", "bias")


def magnitudes(generator, *shape):
    """Draw gradients of either sign between 1e-6 and 10, a tenth of them 0."""
    values = 10 ** generator.uniform(-6, 1, shape) * generator.choice([-1, 1], shape)
    return (values * (generator.uniform(0, 1, shape) > 0.1)).astype(np.float32)


def default_inputs():
    """Make the start and gradients: one step without any, one element that never has one."""
    generator = generator_of("optimizers")
    inputs = {"start/kernel": normal(generator, 3, 4), "start/bias": normal(generator, 4)}
    inputs["gradients/kernel"] = magnitudes(generator, STEPS, 3, 4)
    inputs["gradients/bias"] = magnitudes(generator, STEPS, 4)
    for name in VARIABLES:
        inputs[f"gradients/{name}"][7] = 0
    inputs["gradients/kernel"][:, 1, 2] = 0
    # Steps of small gradients alone, which no clipping changes.
    inputs["gradients/kernel"][8:11] *= 1e-3
    inputs["gradients/bias"][8:11] *= 1e-3
    return inputs


def constant_inputs(gradient):
    """Make variables of 1 with the same gradient in each step."""
    shapes = {"kernel": (3, 4), "bias": (4,)}
    inputs = {}
    for name, shape in shapes.items():
        inputs[f"start/{name}"] = np.ones(shape, np.float32)
        inputs[f"gradients/{name}"] = np.full((STEPS, *shape), gradient, np.float32)
    return inputs


def trained(inputs, optimizer):
    """Apply each step's gradients and give the variables after each."""
    variables = [keras.Variable(inputs[f"start/{name}"], name=name) for name in VARIABLES]
    steps = {name: [] for name in VARIABLES}
    for step in range(STEPS):
        optimizer.apply([inputs[f"gradients/{name}"][step] for name in VARIABLES], variables)
        for name, variable in zip(VARIABLES, variables, strict=True):
            steps[name].append(np.array(variable.value))
    return {f"steps/{name}": np.stack(values) for name, values in steps.items()}


def write(optimizer_class, cases):
    """Write the file of an optimizer; cases are arguments by name.

    Arguments that are no optimizer's: `excluded`, `inputs`. A learning rate may be a function that
    makes a schedule, since a schedule is of the type that it was made in.
    """
    fixture = Fixture("optimizers", optimizer_class.__name__)
    for name, given in cases.items():
        arguments = {"name": optimizer_class.__name__.lower(), **given}
        excluded = arguments.pop("excluded", [])
        inputs = arguments.pop("inputs", None) or default_inputs()

        def make_optimizer(arguments=arguments, excluded=excluded):
            rate = arguments.get("learning_rate")
            made = {**arguments, "learning_rate": rate()} if callable(rate) else arguments
            optimizer = optimizer_class(**made)
            if excluded:
                optimizer.exclude_from_weight_decay(var_names=excluded)
            return optimizer

        case = {"name": name, "optimizer": serialized(make_optimizer()), "excluded": excluded}
        fixture.add(case, inputs, lambda inputs, make=make_optimizer: trained(inputs, make()))
    fixture.write()


def common(**arguments):
    """Give the cases that every optimizer has."""
    return {
        "defaults": {},
        "a large learning rate": arguments,
        "clipvalue": {**arguments, "clipvalue": 0.5},
        "clipnorm": {**arguments, "clipnorm": 1.5},
        "global_clipnorm": {**arguments, "global_clipnorm": 1.5},
        "weight_decay": {**arguments, "weight_decay": 0.1},
        "weight_decay without the bias": {
            **arguments,
            "weight_decay": 0.1,
            "excluded": ["bias"],
        },
        "weight_decay and clipnorm": {**arguments, "weight_decay": 0.01, "clipnorm": 0.5},
        "exponential schedule": {**arguments, "learning_rate": exponential},
        "cosine schedule, weight_decay": {
            **arguments,
            "learning_rate": cosine,
            "weight_decay": 0.1,
        },
    }


def exponential():
    """Make a schedule that falls each fifth step."""
    return keras.optimizers.schedules.ExponentialDecay(0.1, 5, 0.5, staircase=True)


def cosine():
    """Make a schedule with a warm-up."""
    return keras.optimizers.schedules.CosineDecay(
        0.0, 15, alpha=0.1, warmup_target=0.1, warmup_steps=5
    )


def make():
    """Write a file for each optimizer."""
    optimizers = keras.optimizers
    rate = {"learning_rate": 0.1}
    write(
        optimizers.SGD,
        {
            **common(**rate),
            "momentum": {**rate, "momentum": 0.9},
            "nesterov": {**rate, "momentum": 0.9, "nesterov": True},
            "nesterov without momentum": {**rate, "nesterov": True},
            "nesterov, weight_decay, clipvalue": {
                **rate,
                "momentum": 0.5,
                "nesterov": True,
                "weight_decay": 0.1,
                "clipvalue": 1.0,
            },
            "momentum, exponential schedule": {"learning_rate": exponential, "momentum": 0.9},
        },
    )
    write(
        optimizers.Adam,
        {
            **common(**rate),
            "gradients of 1e-6": {**rate, "inputs": constant_inputs(1e-6)},
            "gradients of 1e-30": {**rate, "inputs": constant_inputs(1e-30)},
            "betas and epsilon": {**rate, "beta_1": 0.5, "beta_2": 0.9, "epsilon": 0.01},
            "amsgrad": {**rate, "amsgrad": True, "beta_2": 0.9},
        },
    )
    write(
        optimizers.AdamW,
        {
            **common(**rate),
            "default decay": rate,
            "decay without the bias": {**rate, "weight_decay": 0.5, "excluded": ["bias"]},
            "decay without either": {**rate, "weight_decay": 0.5, "excluded": ["ker", "ias"]},
            "no decay": {**rate, "weight_decay": 0.0},
            "amsgrad": {**rate, "amsgrad": True, "beta_2": 0.9},
        },
    )
    write(
        optimizers.Nadam,
        {
            **common(**rate),
            "gradients of 1e-6": {**rate, "inputs": constant_inputs(1e-6)},
            "betas and epsilon": {**rate, "beta_1": 0.5, "beta_2": 0.9, "epsilon": 0.01},
        },
    )
    write(
        optimizers.RMSprop,
        {
            **common(**rate),
            "gradients of 1e-6": {**rate, "inputs": constant_inputs(1e-6)},
            "rho and epsilon": {**rate, "rho": 0.5, "epsilon": 0.01},
            "momentum": {**rate, "momentum": 0.9},
            "centered": {**rate, "centered": True},
            "centered, momentum": {**rate, "centered": True, "momentum": 0.5, "rho": 0.8},
        },
    )
    write(
        optimizers.Adagrad,
        {
            **common(**rate),
            "no initial accumulator": {**rate, "initial_accumulator_value": 0.0},
            "initial accumulator and epsilon": {
                **rate,
                "initial_accumulator_value": 1.0,
                "epsilon": 0.01,
            },
        },
    )
