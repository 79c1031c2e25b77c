"""Looks for anything of the original patient in de-identified DICOM files, with a reader of its own (pydicom).

Usage: python3 deidentified.py RESULT.json
RESULT.json is what `lepton deidentify … --json` prints: {"folder": …, "files": [{"path": …, "output": …, "masked": …}, …]}.
Prints one line for each value that survived and ends with exit status 1 if there was any.
"""

import json
import re
import sys
import warnings
from pathlib import Path

import pydicom
from pydicom.multival import MultiValue
from pydicom.valuerep import PersonName

warnings.filterwarnings("ignore")
pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE

PIXELS = {0x7FE00008, 0x7FE00009, 0x7FE00010}
# attributes that number or name a person, an order or a place, whatever their VR
TELLING = {
    "AccessionNumber", "AdmissionID", "InstitutionAddress", "InstitutionName", "InstitutionalDepartmentName",
    "OtherPatientIDs", "PatientAddress", "PatientBirthDate", "PatientID", "PatientTelephoneNumbers",
    "ReferringPhysicianAddress", "ReferringPhysicianTelephoneNumbers", "RequestedProcedureID", "StudyID",
}  # fmt: skip
STANDARD = "1.2.840.10008."
# kept by the profile: they name classes, codes and syntaxes
CLASSES = re.compile(r"SOPClass|TransferSyntax|CodingScheme|ContextUID|MappingResource|ContextGroup|Implementation")
DUMMIES = {"19000101", "REMOVED"}


def walk(dataset):
    """Every element at any depth but the pixels."""
    for element in dataset:
        if element.tag in PIXELS:
            continue
        if element.VR == "SQ":
            for item in element.value:
                yield from walk(item)
        else:
            yield element


def values(element):
    value = element.value
    several = value if isinstance(value, (list, MultiValue)) else [value]
    return [text(one) for one in several if one is not None and one != ""]


def text(value):
    if isinstance(value, bytes):
        return value.decode("latin-1").strip("\0 ")
    return str(value).strip("\0 ")


def is_cjk(word):
    return bool(re.search(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]", word))


def name_parts(name):
    return [part for part in re.split(r"[\^=\s,]+", name) if len(part) >= (2 if is_cjk(part) else 3)]


def identities(dataset):
    """What must not be found again: (kind, value, how to look for it)."""
    found = set()
    for element in walk(dataset):
        for value in values(element):
            if value in DUMMIES:
                continue
            if element.VR == "PN" or isinstance(element.value, PersonName):
                found.update(("name", part) for part in name_parts(value))
            elif element.VR == "UI":
                if not value.startswith(STANDARD) and value.count(".") > 3 and not CLASSES.search(element.keyword):
                    found.add(("uid", value))
            elif element.VR in ("DA", "DT"):
                if re.match(r"\d{8}", value):
                    found.add(("date", value[:8]))
            elif element.keyword in TELLING and len(value) >= (3 if re.search(r"[^\W\d]", value) else 4):
                found.add((element.keyword, value))
    return {one for one in found if one[1][:8] not in DUMMIES}


def pattern(kind, value):
    escaped = re.escape(value)
    if kind == "uid":
        return re.compile(rf"(?<![\d.]){escaped}(?![\d.])")
    if kind == "date":
        year, month, day = value[:4], value[4:6], value[6:8]
        return re.compile(rf"(?<!\d){year}[-./]?{month}[-./]?{day}(?!\d{{7}})|(?<!\d){day}[-./]{month}[-./]{year}")
    if is_cjk(value):
        return re.compile(escaped)
    return re.compile(rf"(?<!\w){escaped}(?!\w)", re.IGNORECASE)


NUMBERS = {"DS", "IS", "FD", "FL", "US", "SS", "UL", "SL", "AT", "OD", "OF", "OL", "OV", "SV", "UV", "TM"}


def survivors(original, output):
    wanted = [(kind, value, pattern(kind, value)) for kind, value in identities(original)]
    for element in [*walk(output), *walk(output.file_meta)]:
        if element.VR in NUMBERS or element.keyword == "DeidentificationMethod":
            continue
        if 0x00280000 <= element.tag < 0x00290000 or element.keyword in ("Modality", "SpecificCharacterSet"):
            continue
        if element.VR == "OW":
            continue
        for found in values(element):
            for kind, value, looked_for in wanted:
                if looked_for.search(found):
                    yield kind, value, element


def check(path, output, masked):
    try:
        original = pydicom.dcmread(path, force=True)
    except Exception as error:  # the original itself cannot be read: nothing to compare with
        return None, f"not compared, pydicom cannot read the original: {error}"
    result = pydicom.dcmread(output, force=True)
    raw = Path(output).read_bytes()
    problems = [f"{kind} {value!r} in {one.tag} {one.keyword}" for kind, value, one in survivors(original, result)]
    if any(raw[:128]):
        problems.append("the preamble is not empty")
    if result.get("PatientIdentityRemoved") != "YES" or not result.get("DeidentificationMethodCodeSequence"):
        problems.append("it does not say that it was de-identified")
    if "SourceApplicationEntityTitle" in result.file_meta:
        problems.append("it names a source application")
    if result.file_meta.get("MediaStorageSOPInstanceUID") != result.get("SOPInstanceUID"):
        if result.get("SOPInstanceUID"):
            problems.append("meta group and data set name different instances")
    same_syntax = original.file_meta.get("TransferSyntaxUID") == result.file_meta.TransferSyntaxUID
    if same_syntax and not masked and "PixelData" in original:
        padded = original.PixelData + b"\0" * (len(original.PixelData) % 2)
        if padded != result.PixelData:
            problems.append("its pixel data are not those of the original")
    return problems, ""


def main():
    result = json.loads(Path(sys.argv[1]).read_text())
    compared = failed = 0
    for file in result["files"]:
        output = Path(result["folder"]) / file["output"]
        if output.suffix != ".dcm":
            continue
        problems, remark = check(file["path"], output, file.get("masked"))
        if problems is None:
            print(f"{file['path']}: {remark}")
            continue
        compared += 1
        failed += bool(problems)
        for problem in problems:
            print(f"{file['path']}: {problem}")
    print(f"{compared} files compared, {failed} with something left")
    return 1 if failed or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
