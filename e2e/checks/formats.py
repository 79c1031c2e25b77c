"""Reads what `lepton export` wrote with the libraries of others and holds it against `expected.json`.

Usage: formats.py <folder>, holding one folder for each format and `expected.json`: label, bounding box and number of
pixels of every area, by picture. Prints a line for each check; ends with 1 where one fails.
"""

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

folder = Path(sys.argv[1])
expected = json.loads((folder / "expected.json").read_text())
failures = 0


def check(name, condition, detail=""):
    global failures
    failures += not condition
    print(("ok  " if condition else "FAIL"), name, detail)


def close(left, right, tolerance=0.01):
    return np.allclose(np.asarray(left, float), np.asarray(right, float), atol=tolerance)


def coco():
    from pycocotools.coco import COCO

    files = sorted((folder / "coco/annotations").glob("instances_*.json"))
    data = COCO(str(files[0]))
    names = {c["id"]: c["name"] for c in data.loadCats(data.getCatIds())}
    for image in data.loadImgs(data.getImgIds()):
        wanted = expected[Path(image["file_name"]).stem]
        found = data.loadAnns(data.getAnnIds(imgIds=[image["id"]]))
        check("coco count", len(found) == len(wanted), image["file_name"])
        for one, want in zip(found, wanted):
            check("coco label", names[one["category_id"]] == want["label"])
            check("coco box", close(one["bbox"], want["box"], 0.5 if want["kind"] == "polygon" else 0.01), want["kind"])
            if one["segmentation"]:
                pixels = int(data.annToMask(one).sum())
                exact = isinstance(one["segmentation"], dict)
                # pycocotools draws polygons with a rule of its own: up to half a pixel along the border
                border = 0 if exact else want["border"]
                check("coco mask", abs(pixels - want["pixels"]) <= border, f"{pixels} of {want['pixels']}")


def datumaro(name, format_name, place, kinds, tolerance=0.01):
    from datumaro import Dataset

    data = Dataset.import_from(str(place), format_name)
    labels = [label.name for label in data.categories()[next(iter(data.categories()))]]
    check(f"{name} pictures", len(data) == len(expected), str(len(data)))
    for item in data:
        wanted = [want for want in expected[Path(item.id).name] if want["kind"] in kinds]
        found = [one for one in item.annotations if type(one).__name__ in kinds.values()]
        check(f"{name} count", len(found) == len(wanted), f"{item.id}: {len(found)} of {len(wanted)}")
        key = lambda pair: tuple(np.round(pair, 1))
        have = sorted(((labels[one.label], key(one.get_bbox())) for one in found), key=str)
        want = sorted(((one["label"], key(one["box"])) for one in wanted), key=str)
        same = all(a[0] == b[0] and close(a[1], b[1], 0.11) for a, b in zip(have, want))
        check(f"{name} boxes", same, f"{have} {want}" if not same else "")


def yolo_lines(place):
    import yaml

    head = yaml.safe_load((place / "data.yaml").read_text())
    for file in sorted((place / "labels").rglob("*.txt")):
        yield file.stem, [
            (head["names"][int(line.split()[0])], [float(number) for number in line.split()[1:]])
            for line in file.read_text().splitlines()
        ]


def yolo():
    width, height = expected_size()
    for stem, lines in yolo_lines(folder / "yolo"):
        wanted = expected[stem]
        check("yolo count", len(lines) == len(wanted), stem)
        for (label, (x, y, w, h)), want in zip(lines, wanted):
            box = [(x - w / 2) * width, (y - h / 2) * height, w * width, h * height]
            check("yolo", label == want["label"] and close(box, want["box"]))
        check("yolo picture", any((folder / "yolo/images").rglob(f"{stem}.*")))
    from PIL import ImageDraw

    for stem, lines in yolo_lines(folder / "yolo-segment"):
        for (label, numbers), want in zip(lines, expected[stem]):
            ring = np.reshape(numbers, (-1, 2)) * [width, height]
            canvas = Image.new("1", (width, height))
            ImageDraw.Draw(canvas).polygon([tuple(point - 0.5) for point in ring], fill=1, outline=0)
            pixels = int(np.asarray(canvas).sum())
            check("yolo-segment", abs(pixels - want["pixels"]) <= want["border"], f"{pixels} of {want['pixels']}")


def expected_size():
    data = json.loads(next((folder / "coco/annotations").glob("*.json")).read_text())
    return data["images"][0]["width"], data["images"][0]["height"]


def masks():
    head = json.loads((folder / "png/masks.json").read_text())
    labels = {one["number"]: one["label"] for one in head["labels"]}
    for image in head["images"]:
        classes = np.asarray(Image.open(folder / "png/classes" / image["name"]))
        instances = np.asarray(Image.open(folder / "png/instances" / image["name"]))
        wanted = expected[Path(image["name"]).stem]
        for one, want in zip(image["instances"], wanted):
            here = instances == one["number"]
            right = (here.sum() == want["visible"]) and all(labels[c] == want["label"] for c in np.unique(classes[here]))
            check("png", bool(right), f"{here.sum()} of {want['visible']}")


def label_studio():
    """Brushes decoded as `label_studio_sdk.converter.brush.decode_rle` does."""
    tasks = json.loads((folder / "label-studio/tasks.json").read_text())
    for task in tasks:
        wanted = expected[Path(task["data"]["image"]).stem]
        for one, want in zip(task["annotations"][0]["result"], wanted):
            if one["type"] != "brushlabels":
                continue
            bits = "".join(f"{byte:08b}" for byte in one["value"]["rle"])
            at = 0

            def take(count):
                nonlocal at
                at += count
                return int(bits[at - count : at], 2)

            total, word, sizes = take(32), take(5) + 1, None
            sizes = [take(4) + 1 for _ in range(4)]
            out, i = np.zeros(total, np.uint8), 0
            while i < total:
                repeated = take(1)
                end = i + 1 + take(sizes[take(2)])
                if repeated:
                    out[i:end] = take(word)
                else:
                    for j in range(i, end):
                        out[j] = take(word)
                i = end
            alpha = out.reshape(one["original_height"], one["original_width"], 4)[:, :, 3]
            check("label-studio brush", int((alpha > 0).sum()) == want["pixels"])


def tables():
    import csv

    import pyarrow.parquet as parquet

    table = parquet.read_table(folder / "parquet/annotations.parquet").to_pylist()
    with open(folder / "csv/annotations.csv", newline="") as file:
        lines = list(csv.DictReader(file))
    check("parquet rows", len(table) == len(lines) == sum(max(1, len(one)) for one in expected.values()))
    for stem, wanted in expected.items():
        for rows in (table, lines):
            own = [row for row in rows if Path(row["image"]).stem == stem and row["label"]]
            for row, want in zip(own, wanted):
                box = [row[name] for name in ("x", "y", "box_width", "box_height")]
                check("table", row["label"] == want["label"] and close(box, want["box"]))


def nnunet():
    import nibabel

    place = next((folder / "nnunet").iterdir())
    head = json.loads((place / "dataset.json").read_text())
    facts = json.loads((folder / "volume.json").read_text())
    check("nnunet cases", head["numTraining"] == len(list((place / "imagesTr").iterdir())))
    for file in (place / "labelsTr").glob("*.nii.gz"):
        labels = nibabel.load(file)
        pixels = nibabel.load(place / "imagesTr" / file.name.replace(".nii.gz", "_0000.nii.gz"))
        check("nnunet affine", np.allclose(labels.affine, pixels.affine) and np.allclose(pixels.get_qform(), pixels.get_sform(), atol=1e-4))
        check("nnunet orientation", nibabel.aff2axcodes(pixels.affine) == tuple(facts["axes"]), str(nibabel.aff2axcodes(pixels.affine)))
        # the patient's point (LPS) of a voxel, as DICOM has it
        point = pixels.affine @ [*facts["voxel"], 1]
        check("nnunet place", close([-point[0], -point[1], point[2]], facts["point"]), str(point))
        voxel = tuple(facts["voxel"])
        check("nnunet label", labels.get_fdata()[voxel] == facts["label"] and pixels.get_fdata()[voxel] == facts["value"])


coco()
# each annotation has a box, and an outline where it has a segmentation
datumaro("datumaro coco boxes", "coco", folder / "coco", {"box": "Bbox", "polygon": "Bbox", "mask": "Bbox"})
datumaro("datumaro coco areas", "coco", folder / "coco", {"polygon": "Polygon", "mask": "RleMask"})
datumaro("datumaro voc", "voc_detection", folder / "voc", {"box": "Bbox", "polygon": "Bbox", "mask": "Bbox"})
datumaro("datumaro cvat", "cvat", folder / "cvat", {"box": "Bbox", "polygon": "Polygon"})
yolo()
masks()
label_studio()
tables()
nnunet()
sys.exit(1 if failures else 0)
