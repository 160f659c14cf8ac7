"""Classifies PNG files with ncnn: MODEL FILE-OR-FOLDER."""

import sys

import ncnn
import numpy as np
import pictures

net = ncnn.Net()
net.load_param(sys.argv[1])
net.load_model(sys.argv[1].removesuffix(".param") + ".bin")
extractor = net.create_extractor()
images = pictures.read(sys.argv[2])  # which ncnn reads in place
extractor.input("input", ncnn.Mat(images))
pictures.show(np.array(extractor.extract("output")[1]).reshape(-1, 10))
