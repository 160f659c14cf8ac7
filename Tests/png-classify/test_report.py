"""What `png-classify evaluate --report` writes; Tests/report looks at it in a browser."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from page import Page
from PIL import Image
from program import DAMAGED, data_folder, functional, layer, run, write_model
from reference import dense_figures, mnist_test


@pytest.fixture(scope="module")
def report(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a report about the digits of MNIST."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    result = run("evaluate", "--model", model, "--report", path)
    assert (result.status, result.err) == (0, "")
    line, saved = result.out.splitlines()
    assert line + "\n" == run("evaluate", "--model", model).out
    assert saved == f"Saved {path}"
    return path


def test_its_figures_are_right(model: Path, report: Path) -> None:
    """Accuracy, confusions, precision, recall and calibration, as NumPy computes them."""
    figures, page = dense_figures(model), Page(report)
    assert f"{100 * figures.accuracy:.2f} % of 10,000 pictures of mnist" in page.text
    assert f"weighed by the pictures: {100 * figures.calibration_error:.2f} %" in page.text
    digits = [str(digit) for digit in range(10)]
    confusion = figures.confusion
    assert page.table("", *digits) == [
        [digit, *map(str, row)] for digit, row in zip(digits, confusion.tolist(), strict=True)
    ]
    rows = page.table("class", "pictures", "precision", "recall", "F1")
    for digit, row in enumerate(rows):
        right = confusion[digit, digit]
        precision, recall = right / confusion[:, digit].sum(), right / confusion[digit].sum()
        f1 = 2 * precision * recall / (precision + recall)
        assert row == [
            str(digit),
            f"{confusion[digit].sum():,}",
            *(f"{100 * value:.2f} %" for value in [precision, recall, f1]),
        ]


def test_the_worst_mistakes_are_shown(model: Path, report: Path) -> None:
    """The pictures that gave the right label the least probability, as they are."""
    figures, page = dense_figures(model), Page(report)
    images, labels = mnist_test()
    worst = figures.mistakes[:42]
    assert [int(number) for number in re.findall(r"picture (\d+)\b", page.text)] == worst
    assert len(page.images) == 42
    for index, data, text in zip(worst, page.images, page.descriptions, strict=True):
        assert Image.open(io.BytesIO(data)).tobytes() == images[index].tobytes()
        assert text == f"{labels[index]}, taken for {figures.answers[index]}"


def test_it_asks_for_nothing(report: Path) -> None:
    """There is no address in it, no script, and a policy that forbids both."""
    text = report.read_text(encoding="utf-8")
    outside = re.sub(r' xmlns="http://www\.w3\.org/2000/svg"', "", text)
    assert "http" not in outside.replace("http-equiv", "")
    assert "<script" not in text
    assert "default-src 'none'; img-src data:; style-src 'unsafe-inline'" in text


def test_the_same_network_gives_the_same_page(model: Path, report: Path, tmp_path: Path) -> None:
    """At any number of threads."""
    for threads in ["1", "3"]:
        path = tmp_path / f"{threads}.html"
        run("evaluate", "--model", model, "--threads", threads, "--report", path)
        assert path.read_bytes() == report.read_bytes()


def test_training_curves_are_in_it(model: Path, report: Path) -> None:
    """Each epoch's loss and accuracy, as `summary` knows the last."""
    rows = Page(report).table("epoch", "loss", "accuracy")
    assert [row[0] for row in rows] == ["1", "2"]
    summary = run("summary", "--model", model).out
    loss, accuracy = re.findall(r"Last epoch: loss ([\d.]+), accuracy ([\d.]+)", summary)[0]
    assert rows[1][1] == loss
    assert float(rows[1][2].removesuffix(" %")) / 100 == pytest.approx(float(accuracy), abs=1e-4)


def test_trainings_follow_each_other(tmp_path: Path, scans: Path) -> None:
    """What only the last epoch has is no curve; a value that is missing leaves a gap."""
    first = [{"loss": 2 - n / 10, "val_loss": 2.5 - n / 10, "accuracy": n / 20} for n in range(9)]
    second = [{"loss": 1.0}, {"loss": None, "test_accuracy": 0.75}]
    training = [{"history": first, "epochs": 9}, {"history": second}, {"history": []}]
    layers = [
        layer("InputLayer", "image", batch_shape=[None, 28, 28]),
        layer("Flatten", "flatten", "image"),
        layer("Dense", "dense", "flatten", units=10),
    ]
    tensors = {"dense/kernel": [784, 10], "dense/bias": [10]}
    network = functional(layers, "dense")
    model = write_model(tmp_path / "model", network, tensors, training=training)
    report = tmp_path / "report.html"
    run("evaluate", "--model", model, "--data", scans, "--report", report)
    text = report.read_text(encoding="utf-8")
    lines = [len(points.split()) for points in re.findall(r'polyline .*points="([^"]*)"', text)]
    assert lines == [9, 1, 9, 9]
    rows = Page(report).table("epoch", "loss", "lossvalidation", "accuracy", "test accuracy")
    assert rows[8] == ["9", "1.2000", "1.7000", "40.00 %", "none"]
    assert rows[10] == ["11", "none", "none", "none", "75.00 %"]
    page = Page(report).text
    assert "Trained with 9 epochs on unknown, unknown samples" in page
    assert "An upright line is where another training began" in page


# ---------------------------------------------------------- folders of labels --


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a folder with PNG files of each digit, some of which cannot be read."""
    folder = tmp_path_factory.mktemp("data") / "scans"
    images, labels = mnist_test()
    for index in range(120):
        name = folder / str(labels[index]) / f"scan <{index:03}> & more.png"
        name.parent.mkdir(parents=True, exist_ok=True)
        picture = Image.new("L", (130, 90), 240)
        digit = Image.fromarray(255 - images[index]).resize((50, 50), Image.Resampling.BICUBIC)
        picture.paste(digit.rotate(25, fillcolor=255), (60, 20))
        picture.save(name)
    Image.new("L", (60, 40), 250).save(folder / "3/blank.png")
    shutil.copy(DAMAGED, folder / "4/damaged.png")
    (folder / "5/.hidden").mkdir()
    (folder / "7/notes.txt").write_text("no picture")
    (folder / ".hidden").mkdir()
    return folder


def test_a_folder_of_labelled_pictures_is_data(model: Path, scans: Path, tmp_path: Path) -> None:
    """Its pictures are answered as `classify` answers them; what is no picture is reported."""
    report = tmp_path / "report.html"
    result = run("evaluate", "--model", model, "--data", f"{scans}/", "--report", report)
    assert result.status == 1
    assert (
        result.err
        == f"png-classify: {scans}/4/damaged.png: "
        + (run("--model", model, DAMAGED).err.partition(f"{DAMAGED}: ")[2])
    )
    classified = run("--model", model, "--format", "csv", scans).out
    rows = list(csv.DictReader(io.StringIO(classified)))
    answers = {row["file"]: row["label"] for row in rows if row["label"]}
    wrong = {file for file, label in answers.items() if Path(file).parent.name != label}
    assert len(answers) == 120
    assert 0 < len(wrong) < 60
    accuracy = f"{100 * (120 - len(wrong)) / 121:.2f} %"
    assert f"Test accuracy: {accuracy}, " in result.out
    assert "(121 pictures of scans, in 1 no digit was found)" in result.out
    without = run("evaluate", "--model", model, "--data", scans)
    assert (without.status, without.out) == (1, result.out.splitlines()[0] + "\n")

    page = Page(report)
    assert f"{accuracy} of 121 pictures of scans" in page.text
    assert "In 1 no digit was found. 1 file could not be read" in page.text
    rows = page.table("", *map(str, range(10)), "no digit")
    assert [row[11] for row in rows] == [str(int(digit == 3)) for digit in range(10)]
    assert sum(int(cell) for row in rows for cell in row[1:]) == 121
    for file in list(wrong)[:42]:
        assert file in page.text
    # The file's picture and the digit that was seen, and the blank one.
    assert len(page.images) == 2 * min(42, len(wrong)) + 1
    sizes = {Image.open(io.BytesIO(data)).size for data in page.images}
    assert sizes == {(130, 90), (28, 28), (60, 40)}


def test_large_pictures_are_reduced_in_the_report(model: Path, tmp_path: Path) -> None:
    """A page of photographs would not be one that is sent around."""
    (tmp_path / "data/1").mkdir(parents=True)
    Image.new("L", (3000, 1500), 230).save(tmp_path / "data/1/blank.png")
    run("evaluate", "--model", model, "--data", tmp_path / "data", "--report", tmp_path / "r.html")
    page = Page(tmp_path / "r.html")
    assert [Image.open(io.BytesIO(data)).size for data in page.images] == [(224, 112)]
    assert "0.00 % of 1 picture of data" in page.text


def test_folders_must_be_named_as_labels(model: Path, tmp_path: Path) -> None:
    """Any other name is an error that says which are."""
    folder = tmp_path / "data"
    (folder / "seven").mkdir(parents=True)
    result = run("evaluate", "--model", model, "--data", folder)
    assert (result.status, result.out) == (2, "")
    message = f"{folder}/seven: expected folders named by the model's labels, 0, 1, 2, 3"
    assert message in result.err
    (folder / "seven").rename(folder / "7")
    result = run("evaluate", "--model", model, "--data", folder)
    assert (result.status, result.out) == (2, "")
    assert f"{folder}: no PNG file in the folders of labels" in result.err
    (folder / "7").rmdir()
    result = run("evaluate", "--model", model, "--data", folder)
    assert result.status == 2
    assert f"{folder}: expected folders of PNG files that are named by label" in result.err


# ------------------------------------------------------------ other networks --


@pytest.mark.parametrize("count", [2, 41])
def test_a_network_of_any_number_of_classes_has_a_report(tmp_path: Path, count: int) -> None:
    """Long labels are written as they are; too many classes for a matrix have a list."""
    layers = [
        layer("InputLayer", "image", batch_shape=[None, 28, 28, 1]),
        layer("Flatten", "flatten", "image"),
        layer("Dense", "dense", "flatten", units=count, activation="softmax"),
    ]
    tensors = {"dense/kernel": [784, count], "dense/bias": [count]}
    labels = [f"<label> {number} & what it's called" for number in range(count)]
    model = write_model(tmp_path / "model", functional(layers, "dense"), tensors, labels=labels)
    folder = tmp_path / "data"
    images, _ = mnist_test()
    for number in range(count):
        (folder / str(number)).mkdir(parents=True)
        Image.fromarray(images[number]).save(folder / str(number) / "x.png")
    report = tmp_path / "report.html"
    result = run("evaluate", "--model", model, "--data", folder, "--report", report)
    assert (result.status, result.err) == (0, "")
    page = Page(report)
    assert [row[0] for row in page.table("class", "pictures")] == labels
    has_matrix = any(table[0] == ["", *labels] for table in page.tables)
    assert has_matrix == (count <= 40)
    assert "Training" not in page.text.split()


@pytest.mark.skipif(
    not (data_folder("fashion-mnist") / "train-images-idx3-ubyte").exists(),
    reason="Fashion-MNIST is not there (make data gets it)",
)
def test_clothes_have_a_report(tmp_path: Path) -> None:
    """With their names, though no picture file can become one."""
    model = tmp_path / "fashion.safetensors"
    data = ["--data", "fashion-mnist"]
    run("train", *data, "--epochs", "1", "--batch-size", "256", "--output", model)
    report = tmp_path / "report.html"
    result = run("evaluate", *data, "--model", model, "--report", report)
    assert result.status == 0
    page = Page(report)
    assert page.table("class", "pictures")[9][:2] == ["Ankle boot", "1,000"]
    assert len(page.images) == 42
    (tmp_path / "data/0").mkdir(parents=True)
    result = run("evaluate", "--model", model, "--data", tmp_path / "data")
    assert result.status == 2
    assert "has no preprocessing recipe" in result.err


# --------------------------------------------------------------------- errors --


def test_a_report_that_cannot_be_written_stops_before_the_work(model: Path, tmp_path: Path) -> None:
    """Nothing is measured then, and nothing is left behind."""
    (tmp_path / "folder").mkdir()
    for place in [tmp_path / "folder", tmp_path / "missing/x.html", Path("/dev/null")]:
        result = run("evaluate", "--model", model, "--report", place)
        assert (result.status, result.out) == (2, "")
        assert result.err.startswith(f"png-classify: {place}: cannot be written: ")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
    result = run("evaluate", "--model", model, "--report", "")
    assert (result.status, result.out) == (64, "")
    assert "--report is empty" in result.err


def test_a_report_is_replaced_as_a_whole(model: Path, report: Path, tmp_path: Path) -> None:
    """Also through a link, whose file keeps its place and its permissions."""
    file = tmp_path / "file.html"
    file.write_text("older")
    file.chmod(0o640)
    link = tmp_path / "link.html"
    link.symlink_to(file)
    assert run("evaluate", "--model", model, "--report", link).status == 0
    assert file.read_bytes() == report.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file.html", "link.html"]
