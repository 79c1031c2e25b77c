"""Names, purpose and limits in both languages, and where the data come from."""

import colorsys

PRODUCT = "product"

# id, English, Chinese; in the order of the class numbers of classes.csv.
NAMES = (
    ("bottled-soda", "Bottled soda (Coca-Cola Zero)", "瓶装汽水（零度可口可乐）"),
    ("cheese", "Cheese (Eden Classic)", "奶酪（Eden 经典）"),
    ("chocolate", "Chocolate (KitKat)", "巧克力（奇巧 KitKat）"),
    ("coffee", "Coffee (Nescafé Original)", "咖啡（雀巢咖啡原味）"),
    ("condensed-milk", "Condensed milk (Alaska Classic)", "炼乳（Alaska 经典）"),
    ("cooking-oil", "Cooking oil (Simply Canola)", "食用油（Simply 芥花籽油）"),
    ("corned-beef", "Corned beef (Purefoods)", "咸牛肉罐头（Purefoods）"),
    ("garlic", "Garlic (whole)", "大蒜（整头）"),
    ("instant-noodles", "Instant noodles (Lucky Me! Sweet and Spicy)", "方便面（Lucky Me! 甜辣味）"),
    ("ketchup", "Ketchup (UFC Banana)", "番茄酱（UFC 香蕉酱）"),
    ("lemon", "Lemon (whole)", "柠檬（整个）"),
    ("all-purpose-cream", "All-purpose cream (Nestlé Classic)", "多用途奶油（雀巢经典）"),
    ("mayonnaise", "Mayonnaise (Lady's Choice Classic)", "蛋黄酱（Lady's Choice 经典）"),
    ("peanut-butter", "Peanut butter (Lady's Choice, Skippy)", "花生酱（Lady's Choice、四季宝 Skippy）"),
    ("pasta", "Pasta (Royal Linguine)", "意大利面（Royal 扁面条）"),
    ("pineapple-juice", "Pineapple juice (Del Monte Fiber, ACE)", "菠萝汁（Del Monte Fiber、ACE）"),
    ("crackers", "Crackers (SkyFlakes, Rebisco)", "苏打饼干（SkyFlakes、Rebisco）"),
    ("sardines", "Canned sardines (555 Tomato)", "沙丁鱼罐头（555 番茄味）"),
    ("pink-shampoo", "Pink shampoo (Sunsilk Smooth and Manageable)", "粉色洗发水（夏士莲 Sunsilk 柔顺）"),
    ("soap", "Soap (Dove Lavender)", "香皂（多芬 Dove 薰衣草）"),
    ("soy-sauce", "Soy sauce (Silver Swan)", "酱油（Silver Swan）"),
    ("toothpaste", "Toothpaste (Colgate Advanced White)", "牙膏（高露洁 Advanced White）"),
    ("canned-tuna", "Canned tuna (Century Tuna Original, Hot and Spicy)", "金枪鱼罐头（Century Tuna 原味、香辣）"),
    ("alcohol", "Rubbing alcohol (Green Cross Ethyl)", "消毒酒精（Green Cross 乙醇）"),
)

# Words by which each class is recognised in classes.csv, to notice another order.
FIRST_WORDS = tuple(i.split("-")[0] for i, _, _ in NAMES)


def colour(number, count=len(NAMES)):
    """Hues far apart for neighbouring numbers."""
    red, green, blue = colorsys.hsv_to_rgb(number * 7 % count / count, 0.62 + 0.2 * (number % 2), 0.95)
    return "#" + "".join(f"{round(v * 255):02x}" for v in (red, green, blue))


def labels():
    """The manifest's labels: the 24 products, then `product` for any of them."""
    listed = [{"id": i, "index": n + 1, "name": {"en": en, "zh": zh}, "colour": colour(n)}
              for n, (i, en, zh) in enumerate(NAMES)]
    return [*listed, {"id": PRODUCT, "index": len(NAMES) + 1,
                      "name": {"en": "Product", "zh": "商品"}, "colour": "#9aa7b4"}]


def check_classes(rows):
    """Refuses a classes.csv whose classes stand in another order than `NAMES`."""
    for row, word in zip(rows, FIRST_WORDS, strict=True):
        known = row["class"].lower().replace("-", " ").split()
        if word not in known and f"{word}s" not in known:
            raise ValueError(f"class {row['class']!r} stands where {word!r} was expected")


WORDS = {
    "name": {"en": "Grocery detector, 24 products", "zh": "24 种包装商品检测"},
    "summary": {
        "en": "Finds 24 packaged groceries and household products in photographs, with a score for "
              "“some product” beside each.",
        "zh": "在照片中检测 24 种包装食品与日用品，并为每个框给出“是否为商品”的分数。",
    },
    "intendedUse": {
        "en": "Counting and locating these 24 products in photographs of shelves, rooms and hands; a "
              "starting point for detectors of other products. A person checks the result.",
        "zh": "在货架、室内及手持照片中定位并清点这 24 种商品；也可作为训练其他商品检测器的起点。结果须由人核对。",
    },
    "limits": {
        "en": [
            "It knows 24 products of particular brands sold in the Philippines; other brands of the same "
            "kind may be missed or taken for them.",
            "The product score was learnt from these 24 products only: other goods often score low, and a "
            "similar package may score high.",
            "Products smaller than about 16 pixels on the network's grid of {side} pixels are mostly "
            "missed; full shelves seen from afar should be photographed in parts.",
            "Very dark pictures, strong blur and products seen from behind are harder.",
            "Photographs of one collection taken with a few telephones; other cameras are untested.",
        ],
        "zh": [
            "仅认识在菲律宾销售的特定品牌的 24 种商品；同类其他品牌可能漏检或被误认。",
            "“商品”分数只从这 24 种商品学得：其他商品的分数往往偏低，相似包装可能偏高。",
            "在 {side} 像素的网络网格上小于约 16 像素的商品大多会漏检；远处的整排货架请分段拍摄。",
            "光线很暗、明显模糊或只露出背面的商品更难检测。",
            "训练照片来自同一数据集、少数几部手机；其他相机未经检验。",
        ],
    },
}

LICENCE = "MIT (training data); encoder start weights Apache-2.0; package Apache-2.0"
ATTRIBUTION = (
    "Trained on photographs of the UP Diliman 24-class groceries data set (University of the Philippines "
    "Diliman, MIT licence).")
