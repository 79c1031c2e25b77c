"""Holds volumes that `lepton convert` wrote against the DICOM series they came from.

Usage: volumes.py <folder>, holding `dicom/<name>/*.dcm` and, of each, `<name>.nii.gz` and `<name>.nrrd`. The DICOM is
put together by pydicom from its own tags, NIfTI is read by nibabel, NRRD by SimpleITK: every voxel must have the value
and the place in the patient that the DICOM gives it. Prints a line for each check; ends with 1 where one fails.
"""

import sys
from pathlib import Path

import nibabel
import numpy as np
import pydicom
import SimpleITK

folder = Path(sys.argv[1])
failures = 0


def check(name, condition, detail=""):
    global failures
    failures += not condition
    print(("ok  " if condition else "FAIL"), name, detail)


def series(place):
    """Values [slice, row, column] and the LPS place of every voxel [slice, row, column, 3]."""
    files = [pydicom.dcmread(path) for path in place.glob("*.dcm")]
    first = files[0]
    row, column = (np.array(first.ImageOrientationPatient, float)[part] for part in (slice(0, 3), slice(3, 6)))
    normal = np.cross(row, column)
    files.sort(key=lambda file: np.dot(np.array(file.ImagePositionPatient, float), normal))
    down, across = (float(value) for value in first.PixelSpacing)
    values, places = [], []
    for file in files:
        values.append(file.pixel_array * float(file.get("RescaleSlope", 1)) + float(file.get("RescaleIntercept", 0)))
        j, i = np.mgrid[0 : file.Rows, 0 : file.Columns]
        origin = np.array(file.ImagePositionPatient, float)
        places.append(origin + i[..., None] * across * row + j[..., None] * down * column)
    return np.array(values), np.array(places)


def compare(name, values, places, got, where):
    """`got` and `where` in the same order as `values` and `places`."""
    check(f"{name} size", got.shape == values.shape, f"{got.shape} of {values.shape}")
    if got.shape != values.shape:
        return
    # single precision holds about seven digits
    scale = max(1.0, np.abs(values).max())
    check(f"{name} values", np.abs(got - values).max() <= 1e-6 * scale, f"{np.abs(got - values).max():.3g}")
    furthest = np.abs(where - places).max()
    check(f"{name} places", furthest < 0.01, f"{furthest:.3g} mm at most")


def nifti(path, values, places):
    image = nibabel.load(path)
    data = np.asarray(image.dataobj, float)
    index = np.stack(np.meshgrid(*(np.arange(size) for size in data.shape), indexing="ij"), -1)
    for kind, affine in (("sform", image.get_sform()), ("qform", image.get_qform())):
        code = image.header[f"{kind}_code"]
        if code == 0:
            continue
        ras = index @ affine[:3, :3].T + affine[:3, 3]
        lps = ras * [-1, -1, 1]
        compare(f"{path.name} {kind}", values, places, data.transpose(2, 1, 0), lps.transpose(2, 1, 0, 3))


def nrrd(path, values, places):
    image = SimpleITK.ReadImage(str(path))
    data = SimpleITK.GetArrayFromImage(image).astype(float)
    direction = np.array(image.GetDirection()).reshape(3, 3) * image.GetSpacing()
    index = np.stack(np.meshgrid(*(np.arange(size) for size in data.shape), indexing="ij"), -1)[..., ::-1]
    compare(path.name, values, places, data, index @ direction.T + image.GetOrigin())


names = sorted(place.name for place in (folder / "dicom").iterdir())
check("series", len(names) > 0, str(len(names)))
for name in names:
    values, places = series(folder / "dicom" / name)
    nifti(folder / f"{name}.nii.gz", values, places)
    nrrd(folder / f"{name}.nrrd", values, places)
sys.exit(1 if failures else 0)
