"""Reads what was signed and exported of one study with the libraries of others.

Usage: show_case.py FOLDER EXPECTED.json
FOLDER holds `seg`, `sr` and `coco` as `lepton export` writes them; EXPECTED says how many pixels each object has over
all its slices, and what must not be there. Prints a line for each check; ends with 1 where one fails.
"""

import json
import sys
from pathlib import Path

import highdicom as hd
import numpy as np
import pydicom
from pycocotools.coco import COCO

folder, expected = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text())
wanted = sorted(expected["pixels"])
failures = 0


def check(name, found, right):
    global failures
    good = found == right
    failures += not good
    print(f"{'ok' if good else 'FAIL'} {name}" + ("" if good else f": {found!r} instead of {right!r}"))


def segmentation():
    (path,) = (folder / "seg").glob("*.dcm")
    seg = hd.seg.segread(path)
    check("segments", seg.number_of_segments, len(wanted))
    uids = [uids[2] for uids in seg.get_source_image_uids()]
    planes = seg.get_pixels_by_source_instance(uids, combine_segments=False)
    check("pixels of the segments", sorted(int(n) for n in planes.sum(axis=(0, 1, 2))), wanted)


def report():
    (path,) = [p for p in (folder / "sr").glob("*.dcm") if pydicom.dcmread(p).Modality == "SR"]
    document = hd.sr.srread(path)
    groups = document.content.get_volumetric_roi_measurement_groups()
    check("measurement groups", len(groups), len(wanted))
    volumes = [m.value for g in groups for m in g.get_measurements(name=pydicom.sr.codedict.codes.SCT.Volume)]
    check("volumes", len(volumes), len(wanted))
    check("volumes are positive", all(v > 0 for v in volumes), True)


def coco():
    (path,) = (folder / "coco/annotations").glob("instances_*.json")
    data = COCO(str(path))
    areas = sorted(int(np.sum(data.annToMask(a))) for a in data.loadAnns(data.getAnnIds()))
    check("pixels of all regions", sum(areas), sum(wanted))


segmentation()
report()
coco()
sys.exit(failures > 0)
