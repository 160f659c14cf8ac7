"""Installs the peers from PyPI into virtual environments below build/bench/venv."""

from __future__ import annotations

import subprocess
import sys

from harness import places

# What is imported to see that an environment works.
ENVIRONMENTS = {
    "inference": "import ai_edge_litert, jax, ncnn, onnx, onnxruntime, sklearn",
    "tensorflow": "import keras, tensorflow",
    "torch": "import torch",
}
TORCH = "torch==2.13.0"
SPECIFICATIONS = places.BENCHMARKS / "requirements"


class InstallationError(Exception):
    """An environment that cannot be made, with the reason."""


def run(*arguments: object) -> None:
    """Run a command; raise InstallationError with the end of its output where it fails."""
    command = [str(argument) for argument in arguments]
    result = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if result.returncode != 0:
        lines = [line for line in result.stdout.splitlines() if line.strip()]
        raise InstallationError(lines[-1] if lines else f"{command[0]} failed")


def works(environment: str) -> bool:
    """Say whether an environment's peers can be imported."""
    command = [str(places.python(environment)), "-c", ENVIRONMENTS[environment]]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def install(environment: str) -> None:
    """Make an environment as its requirements say."""
    stamp = places.ENVIRONMENTS / f"{environment}.installed"
    specification = SPECIFICATIONS / f"{environment}.txt"
    content = specification.read_text(encoding="utf-8") + TORCH
    if stamp.exists() and stamp.read_text(encoding="utf-8") == content and works(environment):
        return
    python = places.python(environment)
    if not python.exists():
        run(sys.executable, "-m", "venv", places.ENVIRONMENTS / environment)
    pip = [python, "-m", "pip", "install", "--quiet"]
    run(*pip, "--requirement", specification)
    if environment == "torch":
        install_torch(pip)
    if not works(environment):
        run(python, "-c", ENVIRONMENTS[environment])
    stamp.write_text(content, encoding="utf-8")


def install_torch(pip: list[object]) -> None:
    """Install PyTorch without CUDA's packages, or with them where it does not start without.

    A wheel for processors alone, if pip is told where one is, needs none. PyPI's for Linux is
    linked with CUDA's libraries, which are 2 GB more.
    """
    run(*pip, "--no-deps", TORCH)
    if not works("torch"):
        run(*pip, TORCH)


def install_all(*, may_install: bool) -> dict[str, str]:
    """Make every environment; give the reasons of those that fail."""
    failures: dict[str, str] = {}
    for environment in ENVIRONMENTS:
        if not may_install:
            if not works(environment):
                failures[environment] = "not installed; `make bench` installs it"
            continue
        print(f"installing {environment}", flush=True)
        try:
            install(environment)
        except InstallationError as error:
            failures[environment] = f"cannot be installed: {error}"
    return failures
