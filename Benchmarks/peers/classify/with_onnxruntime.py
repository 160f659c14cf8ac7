"""Classifies PNG files with ONNX Runtime: MODEL FILE-OR-FOLDER."""

import sys

import onnxruntime
import pictures

session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])
pictures.show(session.run(["output"], {"input": pictures.read(sys.argv[2])})[0])
