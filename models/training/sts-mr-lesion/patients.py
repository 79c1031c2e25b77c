"""Reading the patients: NIfTI volumes with masks, and DICOM series."""

from dataclasses import dataclass
from pathlib import Path

import nibabel
import numpy as np


@dataclass
class Patient:
    """One volume [slice, row, column] with its tumour mask and spacing in mm."""

    name: str
    volume: np.ndarray
    mask: np.ndarray
    spacing: tuple  # (row, column)
    slice_step: float

    @property
    def voxel_mm3(self):
        """The volume of a voxel in cubic millimetres."""
        return self.spacing[0] * self.spacing[1] * self.slice_step

    def part(self, slices=slice(None), rows=slice(None), columns=slice(None)):
        """A sub-volume of the patient."""
        return Patient(self.name, self.volume[slices, rows, columns],
                       self.mask[slices, rows, columns], self.spacing, self.slice_step)


def read_patients(folder):
    """All patients of a folder of `NAME_t1.nii.gz` and `NAME_mask.nii.gz`."""
    patients = []
    for path in sorted(Path(folder).glob("*_t1.nii.gz")):
        name = path.name.removesuffix("_t1.nii.gz")
        image = nibabel.load(path)
        mask = nibabel.load(path.with_name(f"{name}_mask.nii.gz"))
        columns, rows, step = (float(z) for z in image.header.get_zooms()[:3])
        # dataobj applies scl_slope and scl_inter.  Rows are the second axis.
        volume = np.asarray(image.dataobj, dtype=np.float32).transpose(2, 1, 0)
        truth = (np.asarray(mask.dataobj) > 0).transpose(2, 1, 0)
        patients.append(Patient(name, np.ascontiguousarray(volume),
                                np.ascontiguousarray(truth), (rows, columns), step))
    if not patients:
        raise FileNotFoundError(f"no *_t1.nii.gz in {folder}")
    return patients


def read_dicom_series(folder):
    """A DICOM series ordered along its normal: volume, (row, column) spacing, step."""
    import pydicom

    files = [pydicom.dcmread(path) for path in sorted(Path(folder).glob("*.dcm"))]
    first = files[0]
    across, down = np.reshape([float(v) for v in first.ImageOrientationPatient], (2, 3))
    normal = np.cross(across, down)
    placed = sorted(
        ((float(np.dot(normal, [float(v) for v in f.ImagePositionPatient])), f) for f in files),
        key=lambda pair: pair[0])
    volume = np.stack([
        f.pixel_array.astype(np.float32) * float(f.get("RescaleSlope", None) or 1)
        + float(f.get("RescaleIntercept", None) or 0) for _, f in placed])
    step = (placed[-1][0] - placed[0][0]) / max(1, len(placed) - 1)
    spacing = tuple(float(v) for v in first.PixelSpacing)
    return volume, spacing, step
