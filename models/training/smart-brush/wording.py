"""Names and texts of the package, in English and Chinese."""

NAME = {"en": "Smart brush", "zh": "智能画笔"}
SUMMARY = {
    "en": "Marks the object under a click; further clicks add to it or take away from it.",
    "zh": "点击即可标记目标；继续点击可增补或去除区域。",
}
LABELS = [{"id": "marked-region", "index": 1, "name": {"en": "Marked region", "zh": "标记区域"},
           "colour": "#4fc3f7"}]
INTENDED_USE = {
    "en": "A drawing aid: a reader clicks and corrects until the mask is right, for annotation, research "
          "and teaching. Not a medical device; not for diagnosis, screening or treatment planning.",
    "zh": "绘制辅助工具：由阅片者点击并修正直至轮廓正确，用于标注、科研与教学。不是医疗器械,"
          "不得用于诊断、筛查或治疗计划。",
}
LIMITS = {
    "en": [
        "Trained on grocery products, breast lesions in ultrasound and soft-tissue tumours on T1 MR; "
        "anything else is marked by its edges and the clicks alone.",
        "It sees one picture or one slice, not the volume.",
        "The network works on 256 x 256 pixels: fine structures are seen only once the view has zoomed in.",
        "Blurred outlines (infiltrating tumours, shadowed lesions) need more clicks, and readers "
        "themselves would not agree on them.",
        "The probabilities steer the drawing; they do not say what the marked region is.",
    ],
    "zh": [
        "训练数据为杂货商品、乳腺超声病灶和 T1 磁共振软组织肿瘤；其他目标仅依靠边缘与点击进行标记。",
        "只看单张图像或单个层面，不看整个体积。",
        "网络输入为 256 x 256 像素，视野放大后才能看清细小结构。",
        "边界模糊的目标（浸润性肿瘤、有声影的病灶）需要更多点击，阅片者之间也未必一致。",
        "概率只用于引导绘制，不说明所标区域是什么。",
    ],
}
LICENCE = ("CC BY 4.0 and CC BY 3.0 (medical training data), MIT (photographs); encoder start weights "
           "Apache-2.0; package Apache-2.0")
ATTRIBUTION = (
    "Trained on: UP Diliman 24-class groceries (MIT); Dataset of breast ultrasound images, Al-Dhabyani W, "
    "Gomaa M, Khaled H, Fahmy A, Data in Brief 28 (2020) 104863 (CC BY 4.0); the Soft-tissue-Sarcoma "
    "collection of The Cancer Imaging Archive, Vallières M, Freeman CR, Skamene SR, El Naqa I (2015), "
    "doi:10.7937/K9/TCIA.2015.7GO2GSKS (CC BY 3.0), as cropped volumes and masks of the Image Biomarker "
    "Standardisation Initiative's validation set (Zwanenburg et al., Radiology 295 (2020) 328-338, CC BY "
    "3.0). Pictures were cut, resampled, recoloured and rescaled for training.")
SETS = {"photographs": "products in photographs", "ultrasound": "breast lesions in ultrasound",
        "mr": "soft-tissue tumours on T1 MR", "ct": "the same kind of tumour on CT, never trained on"}
