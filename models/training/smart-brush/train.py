"""Trains, judges and packages `smart-brush` with one command.

    python train.py             # packages the network that was judged
    python train.py --all       # judges it, then trains a second one on every scene and packages that

Finished parts are kept in the work folder and not repeated; delete it to start afresh.
"""

import argparse
import json
import shutil
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "common"))

import torch  # noqa: E402

import packing  # noqa: E402
from fitting import Course, fit, load  # noqa: E402
from judge import THRESHOLDS, cases_of, judge, lines  # noqa: E402
from package import publish, write_json  # noqa: E402
from parts import divide  # noqa: E402
from report import TRAINED, by_set, write_card  # noqa: E402
from scenes import read_all, read_ct  # noqa: E402
from views import SIZE  # noqa: E402
from wording import SETS  # noqa: E402

REPOSITORY = HERE.parents[2]


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared/data")
    parser.add_argument("--package", type=Path, default=REPOSITORY / "models/smart-brush")
    parser.add_argument("--work", type=Path, default=HERE / "build", help="weights and figures")
    parser.add_argument("--seed", type=int, default=7, help="of the training and of the split")
    parser.add_argument("--steps", type=int, default=2400, help="training steps of 12 samples")
    parser.add_argument("--more-steps", type=int, nargs=2, default=(2000, 800),
                        help="steps of two further courses with small objects more often")
    parser.add_argument("--all", action="store_true", help="package a network of every scene")
    parser.add_argument("--only-train", action="store_true", help="stop before the figures")
    parser.add_argument("--judge-most", type=int, default=0, help="objects of each set; 0: all")
    parser.add_argument("--model-version", default="1.1.0")
    return parser.parse_args()


def judged(path, scenes, run, most):
    """The rows and calibration of one file, from the work folder if they are there."""
    if not path.exists():
        rows, tallies = judge(cases_of(scenes, most or None), run)
        write_json(path, {"rows": rows, "reliability": {k: t.reliability() for k, t in tallies.items()}})
    found = json.loads(path.read_text())
    return found["rows"], {int(k): v for k, v in found["reliability"].items()}


def multiply_adds(model):
    """Billions of multiply-adds of one pass."""
    from torch.utils.flop_counter import FlopCounterMode

    zeros = torch.zeros(1, 3, SIZE, SIZE)
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        model(zeros, zeros)
    return counter.get_total_flops() / 2e9


def references(scenes):
    """(case, file, object) for the application's tests: held-out pictures of two sets."""
    listed = []
    for name, folder, suffix in (("photographs", "grocery-detect/images", ".jpg"),
                                 ("ultrasound", "busi/images", "")):
        for case in cases_of([s for s in scenes if s.set == name], 2):
            stem, number = case.name.split("#")
            listed.append((case, f"{folder}/{stem}{suffix}", int(number)))
    return listed


def verdict(figures):
    """Whether the mark is met."""
    reached = [SETS[n] for n in TRAINED if n in figures and figures[n]["noc85"][0] <= 5]
    missed = [SETS[n] for n in TRAINED if n in figures and figures[n]["noc85"][0] > 5]
    text = f"The aim, 85 % IoU within five clicks on average, is met for {' and '.join(reached)}." \
        if reached else "The aim, 85 % IoU within five clicks on average, is not met."
    return text + (f" It is missed for {' and '.join(missed)}." if missed and reached else "")


def courses(options):
    """One from ImageNet's weights; two that go on from there with small objects more often."""
    second, third = options.more_steps
    return [Course(options.steps, rate=2e-3, smaller=0.0, small_share=0.6),
            Course(second, rate=1.2e-3, smaller=0.6, small_share=0.5),
            Course(third, rate=8e-4, smaller=0.6, small_share=0.0)]


def train_all(scenes, options, name):
    """Every course, each from the averaged weights of the one before; `name`.pt is what came out."""
    start = None
    for number, (course, end) in enumerate(zip(courses(options), ("-first", "-second", ""))):
        path = options.work / f"{name}{end}.pt"
        if not path.with_suffix(".done").exists():
            fit(scenes, course, options.seed + number, path, start)
            path.with_suffix(".done").touch()
        start = path


def counted(scenes):
    """How much there is of each set, in words."""
    return ", ".join(
        f"{sum(len(s.masks) for s in scenes if s.set == name)} outlines in "
        f"{sum(s.set == name for s in scenes)} pictures ({len({s.group for s in scenes if s.set == name})} "
        f"groups) of {SETS[name]}" for name in TRAINED)


def main():
    """Training, figures, package."""
    options, begun = arguments(), time.time()
    options.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(1)
    scenes = read_all(options.data)
    train, kept = divide(scenes, options.seed)
    print(f"{len(train)} scenes to train on, {len(kept)} to judge, {time.time() - begun:.0f} s",
          flush=True)
    runs = {"held-out": train} | ({"all": scenes} if options.all else {})
    for name, used in runs.items():
        train_all(used, options, name)
    if options.only_train:
        return

    kept_ct = kept + read_ct(options.data / "sts-dicom")
    trial = options.work / "held-out"
    model = load(options.work / "held-out.pt")
    if not (trial / "model.int8.onnx").exists():
        packing.write_files(model, trial, train, trial)
    rows, reliability = judged(options.work / "figures.json", kept_ct,
                               packing.runner(trial / "model.onnx"), options.judge_most)
    int8_rows, _ = judged(options.work / "figures-int8.json", kept,
                          packing.runner(trial / "model.int8.onnx"), options.judge_most or 150)
    print(lines(rows), "int8", lines(int8_rows), sep="\n", flush=True)

    final = load(options.work / f"{list(runs)[-1]}.pt")
    package = options.work / "package"
    shutil.rmtree(package, ignore_errors=True)
    packing.write_files(final, package, list(runs.values())[-1], options.work / "export")
    figures = by_set(rows)
    training_data = counted(list(runs.values())[-1])
    facts = {
        "parameters": sum(p.numel() for p in final.parameters()), "gmac": multiply_adds(final),
        "bytes": (package / "model.onnx").stat().st_size,
        "int8_bytes": (package / "model.int8.onnx").stat().st_size,
        "times": [[f"`{name}`, {place}"] + [f"{clock(package / name, threads):.0f} ms" for threads in (1, 2)]
                  for place, clock in (("WebAssembly", packing.browser_milliseconds),
                                       ("CPU", packing.milliseconds))
                  for name in ("model.onnx", "model.int8.onnx")],
        "passes_first": sum(r["passes"][0] for r in rows) / len(rows),
        "courses": courses(options), "verdict": verdict(figures),
        "training_data": training_data, "failures": (HERE / "failures.md").read_text().strip(),
        "shipped": "what is shipped was trained on all scenes by the same recipe, the figures are those of "
                   "the run without the held-out ones." if options.all else "what is shipped is the network that was judged.",
        "selected": "The zoom's margins and the number of steps were tried on the same held-out pictures "
                    "(see the recipe's README), so the figures are slightly optimistic.",
    }
    thresholds = packing.threshold_rows([r for r in rows if r["set"] in TRAINED], THRESHOLDS)
    write_card(package / "card.md", rows, int8_rows, reliability, thresholds, facts)
    packing.write_package(package, figures, by_set(int8_rows), reliability[1], thresholds,
                          training_data, options.model_version)
    packing.write_reference(HERE / "reference.json", package, references(kept))
    publish(package, options.package)
    print(f"packaged in {options.package} after {time.time() - begun:.0f} s")


if __name__ == "__main__":
    main()
