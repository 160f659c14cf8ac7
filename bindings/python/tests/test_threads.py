"""Many threads, and who frees what when."""

from __future__ import annotations

import gc
import os
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import lamina
from model_file import Floats, TinyModel

THREADS = 16


@pytest.mark.smoke
def test_threads_predict_at_once(model: lamina.Model, tiny: TinyModel, batch: Floats) -> None:
    """16 threads at once get the right numbers, in every build of the library."""
    expected = tiny.outputs(batch)
    with ThreadPoolExecutor(THREADS) as pool:
        for result in pool.map(model.predict, [batch] * 200):
            np.testing.assert_allclose(result, expected, rtol=1e-5, atol=1e-5)


def test_threads_get_the_same_bits(model: lamina.Model, batch: Floats) -> None:
    """16 threads at once get the bits that one gets."""
    expected = model.predict(batch).tobytes()
    start = threading.Barrier(THREADS)

    def work(_: int) -> bool:
        start.wait()
        return all(model.predict(batch).tobytes() == expected for _ in range(50))

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(pool.map(work, range(THREADS)))


def test_errors_belong_to_their_thread(model: lamina.Model) -> None:
    """Each thread gets its own message, not another's."""

    def work(number: int) -> None:
        for _ in range(50):
            with pytest.raises(lamina.FileError, match=f"nothing-{number}-here"):
                model.classify_png(f"/nothing-{number}-here.png")

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, range(THREADS)))


def test_close_while_others_predict(tiny: TinyModel, batch: Floats) -> None:
    """Calls that are under way finish; later ones say that the model is closed."""
    model = lamina.Model.load(tiny.content)
    expected = model.predict(batch).tobytes()
    running = threading.Barrier(THREADS + 1)

    def work(_: int) -> bool:
        running.wait()
        try:
            while True:
                if model.predict(batch).tobytes() != expected:
                    return False
        except lamina.InvalidArgumentError as error:
            return str(error) == "the model is closed"

    with ThreadPoolExecutor(THREADS) as pool:
        results = [pool.submit(work, number) for number in range(THREADS)]
        running.wait()
        model.close()
        assert all(result.result() for result in results)


def test_memory_goes_with_the_last_reference(tiny: TinyModel, batch: Floats) -> None:
    """Closing or forgetting a model frees it at once, but not while a session is lent."""
    for forget in (False, True):
        model = lamina.Model.load(tiny.content)
        model.predict(batch)
        handle = model._open()
        gone = weakref.ref(handle)
        with handle.session():
            if forget:
                del model
            else:
                model.close()
            del handle
            assert gone() is not None
        gc.collect()
        assert gone() is None


def test_sessions_are_used_again(model: lamina.Model, batch: Floats) -> None:
    """One thread needs one session, however often it predicts; a failure gives it back."""
    handle = model._open()
    for _ in range(5):
        model.predict(batch)
        with pytest.raises(lamina.ImageError):
            model.classify_png(b"no picture")
    assert len(handle._idle) == 1


def resident() -> int:
    """Give this process's memory in bytes."""
    with open("/proc/self/statm", encoding="ascii") as status:  # noqa: PTH123
        return int(status.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_nothing_leaks(tiny: TinyModel, batch: Floats) -> None:
    """Loading, predicting, failing and forgetting, 3,000 times, costs no memory."""
    content = tiny.content

    def once() -> None:
        model = lamina.Model.load(content)
        model.predict(batch)
        with pytest.raises(lamina.ImageError):
            model.classify_png(b"no picture")
        with pytest.raises(lamina.ModelFormatError):
            lamina.Model.load(content[:-1])

    for _ in range(500):
        once()
    before = resident()
    for _ in range(3000):
        once()
    assert resident() - before < 4 << 20


def test_fork(model: lamina.Model, batch: Floats) -> None:
    """A forked child uses its parent's model."""
    expected = model.predict(batch)
    child = os.fork()
    if child == 0:
        os._exit(0 if np.array_equal(model.predict(batch), expected) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
