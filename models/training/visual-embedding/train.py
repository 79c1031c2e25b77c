"""Trains, judges and packages `visual-embedding` with one command.

    python train.py

Two networks of one recipe: one of all classes, which is packaged, and one without some
classes, which tells what to expect of things never seen.  Finished runs are kept in the
work folder and not repeated.
"""

import argparse
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(1, str(HERE.parent / "common"))

import numpy as np  # noqa: E402
import torch  # noqa: E402

import few_shot  # noqa: E402
from collection import ICONIC, PRODUCTS, STORE, ULTRASOUND, read_collection, vectors_of  # noqa: E402
from export import latency, open_session, run  # noqa: E402
from fitting import fit, load  # noqa: E402
from judging import Judge, as_vectors, chosen_threshold  # noqa: E402
from network import ImageNetFeatures, folded  # noqa: E402
from package import publish, write_json  # noqa: E402
from packing import reference, write_files, write_package  # noqa: E402
from photographs import normalise, read_groceries  # noqa: E402
from report import write_card  # noqa: E402

REPOSITORY = HERE.parents[2]
SET = {"5-shot": "photographs of the val part, five train photographs of each of 81 labels as examples",
       "1-shot": "photographs of the val part, one train photograph of each of 81 labels as example",
       "iconic": "photographs of the val part, the studio pictures of 81 labels as examples",
       "nearest": "photographs of the val part, all train photographs as examples"}
REFERENCE = ("grocery-store/images/val/Fruit/Banana/Banana_001.jpg",
             "grocery-store/images/val/Fruit/Banana/Banana_002.jpg",
             "grocery-store/images/val/Fruit/Lemon/Lemon_001.jpg",
             "grocery-store/iconic/Banana_Iconic.jpg", "grocery-detect/images/010012.jpg")


def arguments():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=REPOSITORY.parent / "shared/data")
    parser.add_argument("--package", type=Path, default=REPOSITORY / "models/visual-embedding")
    parser.add_argument("--work", type=Path, default=HERE / "build", help="weights and cached pixels")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--plan", default="160:600,192:160",
                        help="side of the training views : steps of 32 views, ...")
    parser.add_argument("--side", type=int, default=224, help="pixels of the network's input")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", choices=("final", "without"), help="train this run and stop")
    parser.add_argument("--model-version", default="1.0.0")
    return parser.parse_args()


def read(options):
    """The collection with the teacher's vectors."""
    collection = read_collection(options.data, options.work)
    file = options.work / "teacher.pt"
    if not file.exists():
        model = ImageNetFeatures().to(memory_format=torch.channels_last)
        torch.save(vectors_of(model, collection.pixels, 224), file)
    plain = torch.load(file, weights_only=True)
    collection.teacher = few_shot.centred(plain, plain[collection.source == STORE])
    return collection


def train(name, collection, excluded, options):
    """A run's network: from the work folder, or trained now."""
    weights, partial = options.work / f"{name}.pt", options.work / f"{name}.partial.pt"
    if not weights.exists():
        label = collection.label.numpy()
        rows = np.flatnonzero(~collection.held_out & ~np.isin(label, excluded))
        plan = [tuple(int(n) for n in part.split(":")) for part in options.plan.split(",")]
        fit(collection, rows, mirrored(collection, options.data), plan, options.seed, partial)
        partial.rename(weights)
    return load(weights)


def mirrored(collection, data):
    """For each class, whether left and right may be exchanged: not where there is writing."""
    groceries = read_groceries(data / "grocery-store")
    places = {groceries.names[fine]: path.parts for path, fine in zip(groceries.paths, groceries.fine)}
    loose = {name for name, parts in places.items() if "Packages" not in parts}
    return torch.tensor([name in loose or name.startswith("breast") for name in collection.names])


def onnx_vectors(path, collection, rows, side):
    """The vectors of a file for some pictures, all others zero."""
    session = open_session(path)
    found = np.zeros((len(collection.label), 128), np.float32)
    for part in np.array_split(rows, max(1, len(rows) // 32)):
        x = collection.pixels[part].float()
        x = torch.nn.functional.interpolate(x, size=(side, side), mode="bilinear", antialias=True,
                                            align_corners=False)
        found[part] = run(session, {"image": normalise(x).numpy()})["embedding"]
    return as_vectors(found)


def main():
    """Both runs, figures, both files, card and manifest."""
    options, started = arguments(), time.time()
    torch.set_num_threads(1 if options.only else options.threads)
    options.work.mkdir(parents=True, exist_ok=True)
    package = options.work / "package"
    collection = read(options)
    judge = Judge(collection)
    unseen, products = judge.left_out()
    if options.only != "without":
        model = train("final", collection, [], options)
    if options.only != "final":
        second = train("without", collection, unseen + products, options)
    if options.only:
        return

    random = np.random.default_rng(options.seed)
    training = np.flatnonzero(~collection.held_out)
    picked = random.choice(training, 96, replace=False)
    samples = normalise(torch.nn.functional.interpolate(
        collection.pixels[picked].float(), size=(options.side,) * 2, mode="bilinear", antialias=True))
    shipped = folded(model)
    write_files(shipped, package, options.work, samples, options.side)
    files = {"half": package / "model.onnx", "int8": package / "model.int8.onnx"}
    needed = np.flatnonzero(np.isin(collection.source, [STORE, ICONIC, ULTRASOUND]))
    vectors = {k: onnx_vectors(path, collection, needed, options.side) for k, path in files.items()}
    vectors["floor"] = collection.teacher
    vectors["without"] = vectors_of(second.to(memory_format=torch.channels_last), collection.pixels,
                                    options.side)
    found = {}
    for key, value in vectors.items():
        found[key] = {"groceries": judge.groceries(value)}
        if key in ("floor", "without"):
            found[key] |= {"unseen": judge.unseen(value, unseen), "products": judge.products(value, products)}
        if key != "without":
            found[key]["ultrasound"] = judge.ultrasound(value)
    rows = judge.similarity_rows(vectors["half"])
    agreement = (vectors["half"][needed] * vectors["int8"][needed]).sum(1)
    one = {"image": samples[:1].numpy()}
    facts = {
        "threshold": chosen_threshold(rows), "thresholds": rows,
        "chosen": "lowest similarity (steps of 0.05) at which nine of ten nearest train photographs show the "
                  "same label; chosen on the photographs of the val part",
        "queries": len(judge.queries), "classes": len(set(judge.label[judge.queries])), "side": options.side,
        "plan": ", ".join("{1} steps at {0} pixels".format(*p.split(":")) for p in options.plan.split(",")),
        "products": len(products), "left_out": [collection.names[i] for i in unseen + products],
        "parameters": sum(p.numel() for p in shipped.parameters()),
        "bytes": {k: path.stat().st_size for k, path in files.items()},
        "latency": {k: latency(path, one) for k, path in files.items()},
        "agreement": float(agreement.mean()), "least_agreement": float(agreement.min()),
        "trained_classes": len(collection.names),
        "training_data": f"{int(((collection.source == STORE) & ~collection.held_out).sum())} photographs and 81 "
                         f"studio pictures of GroceryStoreDataset, {int((collection.source == PRODUCTS).sum())} objects cut "
                         "out of the UP Diliman groceries data set, "
                         f"{int(((collection.source == ULTRASOUND) & ~collection.held_out).sum())} pictures of breast "
                         "ultrasound",
    }
    counts = {name: len(judge.queries) for name in SET} | {
        "5-shot-unseen": found["without"]["unseen"]["count"]}
    evidence = {k: {n: (found[k]["groceries"][n], SET[n]) for n in SET} for k in files}
    evidence["half"]["5-shot-unseen"] = (
        found["without"]["unseen"]["5-shot"],
        f"{found['without']['unseen']['classes']} labels left out of a second run of the same recipe, among themselves")
    write_card(package / "card.md", facts, found)
    write_package(package, facts, evidence, counts, options.side, options.model_version)
    write_json(HERE / "reference.json", reference(package, options.data, REFERENCE, options.side))
    for key, value in found.items():
        print(key, {n: round(v[0], 4) for n, v in value["groceries"].items()},
              {k: v for k, v in value.items() if k != "groceries"})
    print({k: facts[k] for k in ("threshold", "bytes", "latency", "agreement", "least_agreement", "parameters")})
    publish(package, options.package)
    print(f"packaged in {options.package} after {time.time() - started:.0f} s")


if __name__ == "__main__":
    main()
