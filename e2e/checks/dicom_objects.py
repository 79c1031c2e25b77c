"""Reads the app's DICOM objects with pydicom and highdicom, and writes objects of another author for the app to read.

Usage: python3 dicom_objects.py read FOLDER      FOLDER/expected.json says what was drawn
       python3 dicom_objects.py write IMAGES OUT  writes segmentations and a report over the series IMAGES, and
                                                  OUT/expected.json with the pixels that the app must find
Prints a line for each check, FAIL first where it failed, and ends with exit status 1 if any did.
"""

import json
import sys
from pathlib import Path

import highdicom as hd
import numpy as np
import pydicom
from pydicom.sr.codedict import codes

failures = 0


def check(name, found, wanted):
    global failures
    good = found == wanted
    failures += not good
    print(f"{'ok' if good else 'FAIL'} {name}" + ("" if good else f": {found!r} instead of {wanted!r}"))


def mask_of(runs, rows, columns):
    """Run lengths, the first of zeros, as an array."""
    values = np.zeros(rows * columns, dtype=np.uint8)
    at, value = 0, 0
    for run in runs:
        values[at : at + run] = value
        at, value = at + run, 1 - value
    return values.reshape(rows, columns)


def runs_of(mask):
    flat = mask.astype(bool).ravel()
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flat, [not flat[-1]]])))
    return np.diff(np.concatenate([[0], edges])).tolist()


def read_segmentation(path, expected):
    seg = hd.seg.segread(path)
    wanted = expected["segments"]
    check("segments", seg.number_of_segments, len(wanted))
    by_uid = {uid: numbers for uid, numbers in ((d.tracking_uid, d.segment_number) for d in descriptions(seg))}
    for segment in wanted:
        number = by_uid.get(segment["trackingUid"])
        check(f"segment of {segment['label']}", number is not None, True)
        if number is None:
            continue
        description = seg.get_segment_description(number)
        found = [description.segmented_property_type.scheme_designator, description.segmented_property_type.value]
        check("  code", found, segment["code"])
        check("  algorithm", description.algorithm_type.value, segment["algorithm"])
        uids = list(segment["slices"])
        pixels = seg.get_pixels_by_source_instance(uids, segment_numbers=[number])[..., 0]
        for uid, plane in zip(uids, pixels):
            truth = mask_of(segment["slices"][uid], expected["rows"], expected["columns"])
            check(f"  pixels of …{uid[-6:]}", bool(np.array_equal(plane, truth)), True)
        others = [uid for uid in expected["instances"] if uid not in uids]
        empty = seg.get_pixels_by_source_instance(
            others, segment_numbers=[number], assert_missing_frames_are_empty=True
        )
        check("  nothing elsewhere", int(empty.sum()), 0)
    volume = seg.get_volume(combine_segments=False)
    check("spacing", [round(float(v), 3) for v in volume.spacing], expected["spacing"])


def descriptions(seg):
    return [seg.get_segment_description(number) for number in seg.segment_numbers]


def read_fractional(path, expected):
    seg = hd.seg.segread(path)
    check("fractional", seg.segmentation_type.value, "FRACTIONAL")
    uids = list(expected["probability"])
    pixels = seg.get_pixels_by_source_instance(uids, rescale_fractional=False)
    for uid, plane in zip(uids, pixels):
        truth = np.array(expected["probability"][uid], dtype=np.uint8).reshape(plane.shape[:2])
        check(f"  probability of …{uid[-6:]}", bool(np.array_equal(plane[..., 0], truth)), True)


def read_report(path, expected):
    report = hd.sr.srread(path)
    content = report.content
    check("report", type(content).__name__, "MeasurementReport")
    volumes = content.get_volumetric_roi_measurement_groups()
    planar = content.get_planar_roi_measurement_groups()
    others = content.get_image_measurement_groups()
    check("volumetric groups", len(volumes), len(expected["segments"]))
    check("planar groups", len(planar), expected["planar"])
    check("other groups", len(others), expected["others"])
    for segment in expected["segments"]:
        own = content.get_volumetric_roi_measurement_groups(tracking_uid=segment["trackingUid"])
        check(f"group of {segment['label']}", len(own), 1)
        if not own:
            continue
        group = own[0]
        finding = group.finding_type
        check("  finding", [finding.scheme_designator, finding.value], segment["code"])
        reference = group.referenced_segment
        check("  refers to a segment", reference is not None, True)
        figures = {m.name.value: float(m.value) for m in group.get_measurements()}
        check("  volume", round(figures.get("118565006", -1), 2), round(segment["volume"], 2))
    lengths = [float(m.value) for g in others for m in g.get_measurements(name=codes.SCT.Length)]
    check("lengths", [round(v, 3) for v in lengths], expected["lengths"])
    persons = [c.person_observer_identifying_attributes.name if hasattr(c, "person_observer_identifying_attributes")
               else None for c in content.get_observer_contexts()]  # fmt: skip
    check("observers", len(persons), 2)


def read_captures(paths, expected):
    check("key images", len(paths), expected["keyImages"])
    for path in paths:
        image = pydicom.dcmread(path)
        pixels = image.pixel_array
        check("  colours", pixels.shape[2], 3)
        coloured = (pixels.max(axis=2).astype(int) - pixels.min(axis=2)).max()
        check("  something is drawn in", bool(coloured > 60), True)


def read(folder):
    expected = json.loads((folder / "expected.json").read_text())
    objects = sorted(folder.rglob("*.dcm"))
    headers = {path: pydicom.dcmread(path, stop_before_pixels=True) for path in objects}
    for path, header in headers.items():
        check(f"patient of {path.name[:3]}", [str(header.PatientName), header.PatientID], expected["patient"])
        check("study", header.StudyInstanceUID, expected["study"])
    of = lambda modality, kind: [p for p, h in headers.items() if h.Modality == modality and kind in str(h.SOPClassUID)]
    for path in of("SEG", "66.4"):
        fractional = headers[path].SegmentationType == "FRACTIONAL"
        (read_fractional if fractional else read_segmentation)(path, expected)
    for path in of("SR", "88.33"):
        read_report(path, expected)
    read_captures([p for p, h in headers.items() if str(h.SOPClassUID).endswith("1.1.7")], expected)


def describe(number, label, code):
    return hd.seg.SegmentDescription(
        segment_number=number,
        segment_label=label,
        segmented_property_category=codes.SCT.MorphologicallyAbnormalStructure,
        segmented_property_type=code,
        algorithm_type="MANUAL",
        tracking_uid=hd.UID(),
        tracking_id=label,
    )


def make_segmentation(images, pixels, kind, labels, **more):
    return hd.seg.Segmentation(
        source_images=images,
        pixel_array=pixels,
        segmentation_type=kind,
        segment_descriptions=[describe(i + 1, name, code) for i, (name, code) in enumerate(labels)],
        series_instance_uid=hd.UID(),
        series_number=77,
        sop_instance_uid=hd.UID(),
        instance_number=1,
        manufacturer="Another",
        manufacturer_model_name="Vendor",
        software_versions="1",
        device_serial_number="1",
        content_creator_name="Other^Author",
        **more,
    )


def ball(shape, middle, radius, scale=(1, 1, 1)):
    places = np.indices(shape).astype(float)
    distance = sum(((places[i] - middle[i]) * scale[i]) ** 2 for i in range(3))
    return (distance <= radius**2).astype(np.uint8)


def write(images_folder, out):
    images = [pydicom.dcmread(path) for path in sorted(images_folder.glob("*.dcm"))]
    images.sort(key=lambda image: float(image.ImagePositionPatient[2]))
    shape = (len(images), images[0].Rows, images[0].Columns)
    first = ball(shape, (2, 16, 18), 8, (3, 1, 1))
    second = ball(shape, (3, 18, 22), 6, (2, 1, 1))
    lesion, cyst = ("Lesion", codes.SCT.Lesion), ("Cyst", codes.SCT.Cyst)
    uids = [image.SOPInstanceUID for image in images]
    slices = lambda mask: {uid: runs_of(plane) for uid, plane in zip(uids, mask) if plane.any()}
    expected = {}

    # overlapping segments, images handed over in the wrong order
    order = [3, 0, 5, 1, 4, 2]
    both = np.stack([first, second], axis=-1)
    mixed = make_segmentation([images[i] for i in order], both[order], "BINARY", [lesion, cyst])
    mixed.save_as(out / "overlapping.dcm")
    expected["overlapping.dcm"] = {"lesion": slices(first), "cyst": slices(second)}

    fractions = np.where(first == 1, 0.8, 0.3)[..., np.newaxis]
    make_segmentation(images, fractions, "FRACTIONAL", [lesion]).save_as(out / "fractional.dcm")
    expected["fractional.dcm"] = {"lesion": slices(first)}

    labels = np.where(second == 1, 2, first).astype(np.uint8)
    make_segmentation(images, labels, "LABELMAP", [lesion, cyst]).save_as(out / "labelmap.dcm")
    expected["labelmap.dcm"] = {"lesion": slices(labels == 1), "cyst": slices(labels == 2)}

    # a grid of twice as many rows and columns that begins elsewhere, its planes on the slices
    spacing = [float(v) for v in images[0].PixelSpacing]
    fine = [spacing[0] / 2, spacing[1] / 2]
    offset = (3, 5)
    rows, columns = 2 * (shape[1] - 2 * offset[0]), 2 * (shape[2] - 2 * offset[1])
    source = first[:, offset[0] : shape[1] - offset[0], offset[1] : shape[2] - offset[1]]
    finer = source.repeat(2, axis=1).repeat(2, axis=2)
    positions = []
    for image in images:
        x, y, z = (float(v) for v in image.ImagePositionPatient)
        x += (offset[1] - 0.5) * spacing[1] + fine[1] / 2
        y += (offset[0] - 0.5) * spacing[0] + fine[0] / 2
        positions.append(hd.PlanePositionSequence("PATIENT", [x, y, z]))
    assert finer.shape == (shape[0], rows, columns)
    make_segmentation(
        images,
        finer,
        "BINARY",
        [lesion],
        pixel_measures=hd.PixelMeasuresSequence(fine, float(images[0].SliceThickness), 4.0),
        plane_orientation=hd.PlaneOrientationSequence("PATIENT", images[0].ImageOrientationPatient),
        plane_positions=positions,
    ).save_as(out / "finer.dcm")
    expected["finer.dcm"] = {"lesion": slices(first)}

    write_report(images, out)
    (out / "expected.json").write_text(json.dumps(expected))
    print("ok written")


def write_report(images, out):
    source = images[2]
    tracking = hd.sr.TrackingIdentifier(uid=hd.UID(), identifier="Lesion 1")
    region = hd.sr.ImageRegion(
        graphic_type=hd.sr.GraphicTypeValues.POLYLINE,
        graphic_data=np.array([[4.0, 5.0], [14.0, 5.0], [14.0, 13.0], [4.0, 13.0], [4.0, 5.0]]),
        source_image=hd.sr.SourceImageForRegion(source.SOPClassUID, source.SOPInstanceUID),
    )
    x, y, z = (float(v) for v in images[4].ImagePositionPatient)
    dy, dx = (float(v) for v in source.PixelSpacing)
    in_space = hd.sr.ImageRegion3D(
        graphic_type=hd.sr.GraphicTypeValues3D.POINT,
        graphic_data=np.array([[x + 6.5 * dx, y + 7.5 * dy, z]]),
        frame_of_reference_uid=source.FrameOfReferenceUID,
    )
    area = hd.sr.Measurement(name=codes.SCT.Area, value=80.0, unit=codes.UCUM.SquareMillimeter)
    groups = [
        hd.sr.PlanarROIMeasurementsAndQualitativeEvaluations(
            tracking_identifier=tracking, referenced_region=region, finding_type=codes.SCT.Lesion, measurements=[area]
        ),
        hd.sr.PlanarROIMeasurementsAndQualitativeEvaluations(
            tracking_identifier=hd.sr.TrackingIdentifier(uid=hd.UID(), identifier="Cyst 1"),
            referenced_region=in_space,
            finding_type=codes.SCT.Cyst,
        ),
    ]
    observer = hd.sr.ObserverContext(codes.DCM.Person, hd.sr.PersonObserverIdentifyingAttributes("Other^Author"))
    content = hd.sr.MeasurementReport(
        observation_context=hd.sr.ObservationContext(observer_person_context=observer),
        procedure_reported=codes.SCT.ImagingProcedure,
        imaging_measurements=groups,
    )
    hd.sr.Comprehensive3DSR(
        evidence=images,
        content=content[0],
        series_number=78,
        series_instance_uid=hd.UID(),
        sop_instance_uid=hd.UID(),
        instance_number=1,
        manufacturer="Another",
    ).save_as(out / "report.dcm")


if __name__ == "__main__":
    task, *paths = sys.argv[1:]
    {"read": read, "write": write}[task](*map(Path, paths))
    sys.exit(1 if failures else 0)
