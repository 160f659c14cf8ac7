"""Classifies PNG files with LiteRT: MODEL FILE-OR-FOLDER."""

import os
import sys

import pictures
from ai_edge_litert.interpreter import Interpreter

images = pictures.read(sys.argv[2])
interpreter = Interpreter(sys.argv[1], num_threads=os.cpu_count())
source = interpreter.get_input_details()[0]["index"]
target = interpreter.get_output_details()[0]["index"]
interpreter.resize_tensor_input(source, images.shape)
interpreter.allocate_tensors()
interpreter.set_tensor(source, images)
interpreter.invoke()
pictures.show(interpreter.get_tensor(target))
