"""Classifies PNG files with TensorFlow: MODEL FILE-OR-FOLDER."""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import pictures
import tensorflow as tf

with np.load(sys.argv[1]) as arrays:
    weights = [tf.constant(arrays[name]) for name in "0123"]
    images = tf.constant(pictures.read(sys.argv[2]))
    hidden = tf.nn.relu(images @ weights[0] + weights[1])
    pictures.show((hidden @ weights[2] + weights[3]).numpy())
