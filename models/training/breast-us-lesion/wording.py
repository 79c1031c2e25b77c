"""Names, labels, purpose and limits of the package, in both languages."""

LABELS = [
    {"id": "benign", "index": 1, "name": {"en": "Benign", "zh": "良性"}, "colour": "#4caf8e"},
    {"id": "malignant", "index": 2, "name": {"en": "Malignant", "zh": "恶性"}, "colour": "#e5484d",
     "code": {"scheme": "SCT", "value": "254837009", "meaning": "Malignant neoplasm of breast"}},
    {"id": "normal", "index": 3, "name": {"en": "Normal", "zh": "正常"}, "colour": "#6e8bb5",
     "code": {"scheme": "SCT", "value": "17621005", "meaning": "Normal"}},
    {"id": "breast-lesion", "index": 4, "name": {"en": "Breast lesion", "zh": "乳腺病灶"},
     "colour": "#ffb454",
     "code": {"scheme": "SCT", "value": "89164003", "meaning": "Breast lump"}},
]

NAME = {"en": "Breast lesion on ultrasound", "zh": "超声乳腺病灶"}
SUMMARY = {
    "en": "Tells benign, malignant and normal breast ultrasound pictures apart and outlines the "
          "lesion.",
    "zh": "区分良性、恶性与正常的乳腺超声图像，并勾画病灶。",
}
INTENDED_USE = {
    "en": "Research and teaching: a second look at a single breast ultrasound picture, to be "
          "checked by a reader. Not a medical device; not for diagnosis, screening or the choice "
          "of a biopsy.",
    "zh": "供科研与教学使用：对单幅乳腺超声图像给出参考意见，须由阅片者核对。不是医疗器械，不得用于诊断、筛查或决定是否活检。",
}
LIMITS = {
    "en": [
        "Some of the pictures hold callipers or writing that may go with one class; the network "
        "may use them.",
        "One collection from one hospital; other scanners, probes and populations are untested.",
        "A picture is judged by itself: no history, no other view, no Doppler, no elastography.",
        "One malignant picture in about fourteen is not called malignant at the chosen threshold.",
        "Outlines were learnt from few contours; the shadow below a lesion is often marked with it, "
        "and flat or grey lesions are marked incompletely.",
        "Pictures are squeezed to a square as in the data set; cut to the scan area first, without "
        "margins and menus.",
    ],
    "zh": [
        "部分图像带有测量光标或文字，可能与类别相关，网络可能利用这些线索。",
        "数据来自同一家医院的同一数据集；其他设备、探头与人群未经检验。",
        "只看单幅图像，不考虑病史、其他切面、多普勒或弹性成像。",
        "在所选阈值下，约每十四幅恶性图像有一幅未被判为恶性。",
        "轮廓由少量标注学得；病灶下方的声影常被一并标出，扁平或等回声病灶勾画不全。",
        "图像会像数据集那样压成正方形；请先裁剪到扫描区域，去掉边缘与菜单。",
    ],
}

LICENCE = "CC BY 4.0 (training data); encoder start weights Apache-2.0; package Apache-2.0"
ATTRIBUTION = (
    "Trained on the Dataset of breast ultrasound images: Al-Dhabyani W, Gomaa M, Khaled H, Fahmy "
    "A, Data in Brief 28 (2020) 104863, doi:10.1016/j.dib.2019.104863, CC BY 4.0; the pictures "
    "were resized to 256 x 256 grey pixels and varied for training.")
