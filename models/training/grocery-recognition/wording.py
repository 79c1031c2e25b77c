"""Texts of the package in both languages."""

NAME = {"en": "Groceries in photographs", "zh": "照片中的食品杂货"}
SUMMARY = {
    "en": "Names the grocery in a photograph: 81 fruits, vegetables and packaged products in 43 groups.",
    "zh": "识别照片中的食品杂货：81 种水果、蔬菜和包装商品，归为 43 类。",
}
INTENDED_USE = {
    "en": "Sorting and labelling photographs of single kinds of groceries, and as an example of a "
          "classification with groups. A label is a proposal to be checked; not for allergy, "
          "safety or payment decisions.",
    "zh": "用于对单一种类食品杂货照片进行分类和标注，也是带分组的分类示例。标签只是建议，须经核对;"
          "不得用于过敏、安全或结算决定。",
}
LIMITS = {
    "en": [
        "Knows 81 products of Swedish grocery stores around 2018; other products are given one of "
        "these names, often with low confidence.",
        "Expects one kind of product to fill much of the picture; for shelves use a detector first.",
        "Packages that differ by small print only (fat content, flavour) are mixed up most.",
        "Packages change their design; new designs are not known.",
        "The confidence was calibrated on 296 pictures of 60 of the 81 labels.",
    ],
    "zh": [
        "只认识 2018 年前后瑞典食品店的 81 种商品；其他商品也会得到其中某个名称，置信度往往较低。",
        "要求画面主要为一种商品；整排货架请先使用检测模型。",
        "仅以小字区分（脂肪含量、口味）的包装最容易混淆。",
        "商品包装会更新，新包装无法识别。",
        "置信度在 81 个标签中 60 个标签的 296 张照片上校准。",
    ],
}
LICENCE = "MIT (training data); encoder start weights Apache-2.0; package Apache-2.0"
DATA_ATTRIBUTION = (
    "Trained on GroceryStoreDataset: Klasson M, Zhang C, Kjellström H, A Hierarchical Grocery Store "
    "Image Dataset with Visual and Semantic Labels, IEEE Winter Conference on Applications of Computer "
    "Vision (2019), MIT licence, https://github.com/marcusklasson/GroceryStoreDataset.")
