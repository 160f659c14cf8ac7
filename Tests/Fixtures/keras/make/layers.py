"""Layers: outputs, and gradients of sum(output * upstream).

Tensors of a case: `input_<k>`, `upstream`, `output`, `input_gradient_<k>`; by the variable's name
in the layer `variable/<name>` (in the order of `layer.weights`), `gradient/<name>` (trainable
ones), `updated/<name>` (others, after a training call); `penalty`, the sum of the regularizers,
where there is one; `adapted_to`, the samples that `adapt` saw.
"""

import inspect

import jax
import jax.numpy as jnp
import keras
import numpy as np

from .fixture import Fixture, generator_of, normal, serialized
from .layer_cases import CASES


def make_layer(name, config, shapes):
    """Make and build a layer in the current precision."""
    keras.utils.clear_session()
    layer = getattr(keras.layers, name)(**config)
    batched = [(None, *shape) for shape in shapes]
    # A built layer's config has axes as lists.
    description = serialized(layer)
    layer.build(batched[0] if len(batched) == 1 else batched)
    return layer, description


def draw_variable(generator, variable):
    """Draw a variable's value: a variance is positive, a count is zero."""
    if variable.name == "count":
        return np.zeros((), np.int32)
    values = normal(generator, *variable.shape)
    return np.square(values) + np.float32(0.1) if "variance" in variable.name else values


def call_layer(layer, trainable, fixed, inputs, training):
    """Call a layer with these values of its variables."""
    options = (
        {"training": training} if "training" in inspect.signature(layer.call).parameters else {}
    )
    return layer.stateless_call(
        trainable, fixed, inputs[0] if len(inputs) == 1 else inputs, **options
    )


def set_variables(layer, given):
    """Adapt a layer, or give its variables their values."""
    if "adapted_to" in given:
        layer.adapt(given["adapted_to"])
    else:
        for variable in layer.weights:
            variable.assign(given[f"variable/{variable.name}"])
        if isinstance(layer, keras.layers.Normalization):
            layer.finalize_state()


def compute_layer(name, config, shapes, training, given):
    """Call a layer forward and backward."""
    layer, _ = make_layer(name, config, shapes)
    set_variables(layer, given)
    fixed = [variable.value for variable in layer.non_trainable_variables]

    def objective(trainable, inputs):
        output, updated = call_layer(layer, trainable, fixed, inputs, training)
        return jnp.sum(output * given["upstream"]), (output, updated)

    inputs = [jnp.asarray(given[f"input_{index}"]) for index in range(len(shapes))]
    trainable = [variable.value for variable in layer.trainable_variables]
    step = jax.value_and_grad(objective, argnums=(0, 1), has_aux=True)
    # As `fit` does it.
    step = jax.jit(step) if layer.supports_jit else step
    (_, (output, updated)), (gradients, input_gradients) = step(trainable, inputs)
    results = {"output": output}
    for index, gradient in enumerate(input_gradients):
        results[f"input_gradient_{index}"] = gradient
    for variable, gradient in zip(layer.trainable_variables, gradients, strict=True):
        results[f"gradient/{variable.name}"] = gradient
    for variable, value in zip(layer.non_trainable_variables, updated, strict=True):
        if variable.name != "seed_generator_state" and training:
            results[f"updated/{variable.name}"] = value
    if "adapted_to" in given:
        for variable in layer.weights:
            results[f"variable/{variable.name}"] = variable.value
    if layer.losses:
        results["penalty"] = sum(layer.losses)
    return results


def add_case(fixture, name, case):
    """Add a case of the table."""
    shapes = case.get("inputs", [(7,)])
    config = case.get("config", {})
    training = case.get("training", False)
    generator = generator_of(name, case["name"])
    layer, description = make_layer(name, config, shapes)
    batch = case.get("batch", 2)
    given = {}
    for index, shape in enumerate(shapes):
        given[f"input_{index}"] = case.get("change", lambda x: x)(normal(generator, batch, *shape))
    if "adapted" in case:
        given["adapted_to"] = normal(generator, case["adapted"], *shapes[0]) * np.float32(3) + 1
    else:
        for variable in layer.weights:
            given[f"variable/{variable.name}"] = draw_variable(generator, variable)
    batched = [(batch, *shape) for shape in shapes]
    output = layer.compute_output_shape(batched[0] if len(batched) == 1 else batched)
    given["upstream"] = normal(generator, *output)
    fixture.add(
        {
            "name": case["name"],
            "layer": description,
            "input_shapes": [list(shape) for shape in shapes],
            "training": training,
        },
        given,
        lambda given: compute_layer(name, config, shapes, training, given),
    )


def make(*names):
    """Write `layers/<class>.safetensors` of the classes named, or of all."""
    for name in names or CASES:
        fixture = Fixture("layers", name)
        # A class may be named twice, and a generator gives its cases once.
        CASES[name] = list(CASES[name])
        for case in CASES[name]:
            add_case(fixture, name, case)
        fixture.write()
