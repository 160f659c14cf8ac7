"""Classifies PNG files with PyTorch: MODEL FILE-OR-FOLDER."""

import sys

import numpy as np
import pictures
import torch

with np.load(sys.argv[1]) as arrays, torch.inference_mode():
    weights = [torch.from_numpy(arrays[name]) for name in "0123"]
    images = torch.from_numpy(pictures.read(sys.argv[2]))
    hidden = torch.relu(torch.addmm(weights[1], images, weights[0]))
    pictures.show(torch.addmm(weights[3], hidden, weights[2]).numpy())
