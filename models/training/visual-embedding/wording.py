"""Texts of the package in both languages."""

NAME = {"en": "Visual similarity", "zh": "视觉相似度"}
SUMMARY = {
    "en": "A vector of 128 numbers for a picture: similar pictures, recognition from a few examples, and "
          "the ground for small classifiers of one's own.",
    "zh": "为图片生成 128 维向量：用于查找相似图片、少样本识别，以及训练自己的小型分类器。",
}
INTENDED_USE = {
    "en": "Finding similar pictures, recognising things from a few labelled examples, and training small "
          "classifiers on top. Made for product photographs; it has seen some breast ultrasound as well. "
          "Not a medical device; a similarity says nothing about a diagnosis.",
    "zh": "用于查找相似图片、从少量标注样本识别物品，以及在其上训练小型分类器。主要面向商品照片，也学习过部分乳腺超声图像。"
          "不是医疗器械；相似度不代表任何诊断。",
}
LIMITS = {
    "en": [
        "Groceries that it has seen in training are told apart far better than others: see the figures "
        "for classes that were left out.",
        "The vector describes the whole picture; cut out the object first where several are shown.",
        "Similar packages (same brand, other flavour) lie close together.",
        "Medical images other than breast ultrasound were not part of the training.",
        "A similarity is no probability; choose thresholds on pictures of one's own.",
    ],
    "zh": [
        "训练中见过的食品明显比未见过的更容易区分，请参阅留出类别的指标。",
        "向量描述整幅图片；画面中有多个物体时请先裁剪。",
        "同品牌不同口味的相似包装彼此接近。",
        "除乳腺超声外，训练中不含其他医学图像。",
        "相似度不是概率；请在自己的图片上选择阈值。",
    ],
}
LICENCE = ("MIT and CC BY 4.0 (training data); encoder start weights Apache-2.0; package Apache-2.0")
DATA_ATTRIBUTION = (
    "Trained on GroceryStoreDataset: Klasson M, Zhang C, Kjellström H, A Hierarchical Grocery Store "
    "Image Dataset with Visual and Semantic Labels, IEEE WACV (2019), MIT licence; the UP Diliman 24-class "
    "groceries data set, MIT licence (objects cut out by their boxes); Dataset of breast ultrasound images, "
    "Al-Dhabyani W, Gomaa M, Khaled H, Fahmy A, Data in Brief 28 (2020) 104863, CC BY 4.0 (resized).")
