"""Classifies PNG files with Lamina: MODEL FILE-OR-FOLDER."""

import os
import sys

import lamina

model = lamina.Model.load(sys.argv[1])
path = sys.argv[2]
paths = [path]
if os.path.isdir(path):  # noqa: PTH112
    paths = [f"{path}/{name}" for name in sorted(os.listdir(path))]  # noqa: PTH208
for name in paths:
    print(model.classify_png(name)[0].label, flush=name is paths[0])
