"""Reading the masked sets: photographs, ultrasound, MR slices and (to judge only) CT slices."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from borrowed import borrow

groceries = borrow("grocery-detector/groceries.py")
patients = borrow("sts-mr-lesion/patients.py")

LOW, HIGH = 1.0, 99.5  # percentiles of a medical picture that become 0 and 255
LEAST_PIXELS = 50      # smaller outlines are not judged


@dataclass
class Scene:
    """A picture [H,W,C] with outlined objects [H,W]; `group` never spans a split."""

    set: str
    name: str
    group: str
    pixels: np.ndarray  # uint8 with three channels, or float32 stored values with one
    masks: list = field(default_factory=list)


def windowed(values, low=LOW, high=HIGH):
    """Stored values to 8-bit grey: the percentiles of the picture become 0 and 255."""
    least, most = np.percentile(values.astype(np.float64), [low, high])
    scaled = (values.astype(np.float32) - np.float32(least)) / np.float32(max(most - least, 1e-6))
    return np.floor(np.clip(scaled, 0, 1) * 255 + np.float32(0.5)).astype(np.uint8)


def as_rgb(pixels):
    """8-bit RGB [H,W,3] of a scene's pixels; grey is repeated."""
    if pixels.ndim == 3:
        return pixels
    grey = pixels if pixels.dtype == np.uint8 else windowed(pixels)
    return np.repeat(grey[:, :, None], 3, 2)


def polygon_mask(corners, height, width):
    """The filled polygon of corners [N,2] in pixels; pixel centres lie at halves."""
    plane = Image.new("L", (width, height))
    ImageDraw.Draw(plane).polygon([(x - 0.5, y - 0.5) for x, y in corners], fill=1, outline=1)
    return np.asarray(plane) > 0


def read_photographs(folder):
    """The photographs with one mask for each product; scenes as the detector's recipe finds them."""
    names = sorted(path.stem for path in (folder / "images").glob("*.jpg"))
    shots = [groceries.read_photograph(folder, name) for name in names]
    found = []
    for shot, scene in zip(shots, groceries.find_scenes(shots)):
        height, width = shot.pixels.shape[:2]
        rows = groceries.rows_of(folder / "labels_seg" / f"{shot.name}.txt")
        masks = [polygon_mask(r[1:].reshape(-1, 2) * (width, height), height, width) for r in rows]
        found.append(Scene("photographs", shot.name, str(scene), shot.pixels, masks))
    return found


def read_ultrasound(folder):
    """The ultrasound pictures with an outlined lesion."""
    found = []
    with (folder / "index.csv").open(newline="", encoding="utf-8") as table:
        for row in csv.DictReader(table):
            if not row["mask"] or row["label"] == "normal":
                continue
            pixels = np.asarray(Image.open(folder / "images" / row["image"]).convert("L"))
            mask = np.asarray(Image.open(folder / row["mask"]).convert("L")) > 127
            found.append(Scene("ultrasound", row["image"], row["near_duplicate_group"], pixels, [mask]))
    return found


def read_mr(folder):
    """Every MR slice with tumour."""
    return [Scene("mr", f"{p.name}/{i}", p.name, p.volume[i], [p.mask[i]])
            for p in patients.read_patients(folder) for i in range(len(p.volume)) if p.mask[i].any()]


def contour_masks(path, files):
    """The union of a structure set's contours as masks of the CT slices {instance: mask}."""
    import pydicom

    masks = {}
    for roi in pydicom.dcmread(path).ROIContourSequence:
        for contour in getattr(roi, "ContourSequence", []):
            points = np.reshape([float(v) for v in contour.ContourData], (-1, 3))
            near = min(files, key=lambda f: abs(float(f.ImagePositionPatient[2]) - points[0, 2]))
            rows, columns = near.Rows, near.Columns
            row_step, column_step = (float(v) for v in near.PixelSpacing)
            start = [float(v) for v in near.ImagePositionPatient]
            corners = np.stack(((points[:, 0] - start[0]) / column_step + 0.5,
                                (points[:, 1] - start[1]) / row_step + 0.5), 1)
            mask = polygon_mask(corners, rows, columns)
            key = near.SOPInstanceUID
            masks[key] = masks.get(key, np.zeros((rows, columns), bool)) ^ mask
    return masks


def read_ct(folder):
    """CT slices with tumour of the patients that are at hand as DICOM (axial series)."""
    import pydicom

    found = []
    for patient in sorted(p for p in Path(folder).iterdir() if (p / "CT").is_dir()):
        files = [pydicom.dcmread(f) for f in sorted((patient / "CT/image").glob("*.dcm"))]
        masks = contour_masks(patient / "CT/mask/RS.dcm", files)
        for file in files:
            mask = masks.get(file.SOPInstanceUID)
            if mask is not None and mask.any():
                values = file.pixel_array.astype(np.float32) * float(file.RescaleSlope) \
                    + float(file.RescaleIntercept)
                found.append(Scene("ct", f"{patient.name}/{file.InstanceNumber}", patient.name,
                                   values, [mask]))
    return found


def read_all(data):
    """Every scene of the three sets that are trained on."""
    return (read_photographs(data / "grocery-detect") + read_ultrasound(data / "busi")
            + read_mr(data / "sts-mr"))
