"""The labels in two languages.

English names follow the data set, spelled out; brands keep their own spelling in both.
"""

import colorsys

# Data-set name: (English, Chinese).
FINE = {
    "Golden-Delicious": ("Golden Delicious apple", "金冠苹果"),
    "Granny-Smith": ("Granny Smith apple", "澳洲青苹果"),
    "Pink-Lady": ("Pink Lady apple", "粉红佳人苹果"),
    "Red-Delicious": ("Red Delicious apple", "蛇果(红元帅苹果)"),
    "Royal-Gala": ("Royal Gala apple", "皇家嘎啦苹果"),
    "Avocado": ("Avocado", "牛油果"),
    "Banana": ("Banana", "香蕉"),
    "Kiwi": ("Kiwi", "猕猴桃"),
    "Lemon": ("Lemon", "柠檬"),
    "Lime": ("Lime", "青柠"),
    "Mango": ("Mango", "芒果"),
    "Cantaloupe": ("Cantaloupe melon", "罗马甜瓜"),
    "Galia-Melon": ("Galia melon", "加利亚甜瓜"),
    "Honeydew-Melon": ("Honeydew melon", "蜜露甜瓜"),
    "Watermelon": ("Watermelon", "西瓜"),
    "Nectarine": ("Nectarine", "油桃"),
    "Orange": ("Orange", "橙子"),
    "Papaya": ("Papaya", "番木瓜"),
    "Passion-Fruit": ("Passion fruit", "百香果"),
    "Peach": ("Peach", "桃子"),
    "Anjou": ("Anjou pear", "安茹梨"),
    "Conference": ("Conference pear", "康弗伦斯梨"),
    "Kaiser": ("Kaiser pear", "凯撒梨"),
    "Pineapple": ("Pineapple", "菠萝"),
    "Plum": ("Plum", "李子"),
    "Pomegranate": ("Pomegranate", "石榴"),
    "Red-Grapefruit": ("Red grapefruit", "红心西柚"),
    "Satsumas": ("Satsuma", "温州蜜柑"),
    "Bravo-Apple-Juice": ("Bravo apple juice", "Bravo 苹果汁"),
    "Bravo-Orange-Juice": ("Bravo orange juice", "Bravo 橙汁"),
    "God-Morgon-Apple-Juice": ("God Morgon apple juice", "God Morgon 苹果汁"),
    "God-Morgon-Orange-Juice": ("God Morgon orange juice", "God Morgon 橙汁"),
    "God-Morgon-Orange-Red-Grapefruit-Juice": (
        "God Morgon orange and red grapefruit juice", "God Morgon 橙子红西柚汁"),
    "God-Morgon-Red-Grapefruit-Juice": ("God Morgon red grapefruit juice", "God Morgon 红西柚汁"),
    "Tropicana-Apple-Juice": ("Tropicana apple juice", "Tropicana 苹果汁"),
    "Tropicana-Golden-Grapefruit": (
        "Tropicana golden grapefruit juice", "Tropicana 黄西柚汁"),
    "Tropicana-Juice-Smooth": ("Tropicana smooth orange juice", "Tropicana 无果粒橙汁"),
    "Tropicana-Mandarin-Morning": (
        "Tropicana Mandarin Morning juice", "Tropicana 晨间橘子汁"),
    "Arla-Ecological-Medium-Fat-Milk": (
        "Arla organic medium-fat milk", "Arla 有机中脂牛奶"),
    "Arla-Lactose-Medium-Fat-Milk": (
        "Arla lactose-free medium-fat milk", "Arla 无乳糖中脂牛奶"),
    "Arla-Medium-Fat-Milk": ("Arla medium-fat milk", "Arla 中脂牛奶"),
    "Arla-Standard-Milk": ("Arla standard milk", "Arla 标准牛奶"),
    "Garant-Ecological-Medium-Fat-Milk": (
        "Garant organic medium-fat milk", "Garant 有机中脂牛奶"),
    "Garant-Ecological-Standard-Milk": (
        "Garant organic standard milk", "Garant 有机标准牛奶"),
    "Oatly-Natural-Oatghurt": ("Oatly natural oatghurt", "Oatly 原味燕麦酸奶"),
    "Oatly-Oat-Milk": ("Oatly oat milk", "Oatly 燕麦奶"),
    "Arla-Ecological-Sour-Cream": ("Arla organic sour cream", "Arla 有机酸奶油"),
    "Arla-Sour-Cream": ("Arla sour cream", "Arla 酸奶油"),
    "Arla-Sour-Milk": ("Arla sour milk", "Arla 发酵酸乳"),
    "Alpro-Blueberry-Soyghurt": ("Alpro blueberry soyghurt", "Alpro 蓝莓大豆酸奶"),
    "Alpro-Vanilla-Soyghurt": ("Alpro vanilla soyghurt", "Alpro 香草大豆酸奶"),
    "Alpro-Fresh-Soy-Milk": ("Alpro fresh soy milk", "Alpro 冷藏豆奶"),
    "Alpro-Shelf-Soy-Milk": ("Alpro shelf soy milk", "Alpro 常温豆奶"),
    "Arla-Mild-Vanilla-Yoghurt": ("Arla mild vanilla yoghurt", "Arla 温和香草酸奶"),
    "Arla-Natural-Mild-Low-Fat-Yoghurt": (
        "Arla natural mild low-fat yoghurt", "Arla 温和原味低脂酸奶"),
    "Arla-Natural-Yoghurt": ("Arla natural yoghurt", "Arla 原味酸奶"),
    "Valio-Vanilla-Yoghurt": ("Valio vanilla yoghurt", "Valio 香草酸奶"),
    "Yoggi-Strawberry-Yoghurt": ("Yoggi strawberry yoghurt", "Yoggi 草莓酸奶"),
    "Yoggi-Vanilla-Yoghurt": ("Yoggi vanilla yoghurt", "Yoggi 香草酸奶"),
    "Asparagus": ("Asparagus", "芦笋"),
    "Aubergine": ("Aubergine", "茄子"),
    "Cabbage": ("Cabbage", "卷心菜"),
    "Carrots": ("Carrots", "胡萝卜"),
    "Cucumber": ("Cucumber", "黄瓜"),
    "Garlic": ("Garlic", "大蒜"),
    "Ginger": ("Ginger", "生姜"),
    "Leek": ("Leek", "韭葱"),
    "Brown-Cap-Mushroom": ("Brown cap mushroom", "褐色双孢蘑菇"),
    "Yellow-Onion": ("Yellow onion", "黄洋葱"),
    "Green-Bell-Pepper": ("Green bell pepper", "青甜椒"),
    "Orange-Bell-Pepper": ("Orange bell pepper", "橙甜椒"),
    "Red-Bell-Pepper": ("Red bell pepper", "红甜椒"),
    "Yellow-Bell-Pepper": ("Yellow bell pepper", "黄甜椒"),
    "Floury-Potato": ("Floury potato", "粉质土豆"),
    "Solid-Potato": ("Firm potato", "硬质土豆"),
    "Sweet-Potato": ("Sweet potato", "红薯"),
    "Red-Beet": ("Beetroot", "红甜菜根"),
    "Beef-Tomato": ("Beef tomato", "牛排番茄"),
    "Regular-Tomato": ("Regular tomato", "普通番茄"),
    "Vine-Tomato": ("Vine tomato", "串番茄"),
    "Zucchini": ("Courgette", "西葫芦"),
}

COARSE = {
    "Apple": ("Apple", "苹果"), "Avocado": ("Avocado", "牛油果"), "Banana": ("Banana", "香蕉"),
    "Kiwi": ("Kiwi", "猕猴桃"), "Lemon": ("Lemon", "柠檬"), "Lime": ("Lime", "青柠"),
    "Mango": ("Mango", "芒果"), "Melon": ("Melon", "瓜类"), "Nectarine": ("Nectarine", "油桃"),
    "Orange": ("Orange", "橙子"), "Papaya": ("Papaya", "番木瓜"),
    "Passion-Fruit": ("Passion fruit", "百香果"), "Peach": ("Peach", "桃子"),
    "Pear": ("Pear", "梨"), "Pineapple": ("Pineapple", "菠萝"), "Plum": ("Plum", "李子"),
    "Pomegranate": ("Pomegranate", "石榴"), "Red-Grapefruit": ("Red grapefruit", "红心西柚"),
    "Satsumas": ("Satsuma", "温州蜜柑"), "Juice": ("Juice", "果汁"), "Milk": ("Milk", "牛奶"),
    "Oatghurt": ("Oatghurt", "燕麦酸奶"), "Oat-Milk": ("Oat milk", "燕麦奶"),
    "Sour-Cream": ("Sour cream", "酸奶油"), "Sour-Milk": ("Sour milk", "发酵酸乳"),
    "Soyghurt": ("Soyghurt", "大豆酸奶"), "Soy-Milk": ("Soy milk", "豆奶"),
    "Yoghurt": ("Yoghurt", "酸奶"), "Asparagus": ("Asparagus", "芦笋"),
    "Aubergine": ("Aubergine", "茄子"), "Cabbage": ("Cabbage", "卷心菜"),
    "Carrots": ("Carrots", "胡萝卜"), "Cucumber": ("Cucumber", "黄瓜"),
    "Garlic": ("Garlic", "大蒜"), "Ginger": ("Ginger", "生姜"), "Leek": ("Leek", "韭葱"),
    "Mushroom": ("Mushroom", "蘑菇"), "Onion": ("Onion", "洋葱"), "Pepper": ("Bell pepper", "甜椒"),
    "Potato": ("Potato", "薯类"), "Red-Beet": ("Beetroot", "红甜菜根"),
    "Tomato": ("Tomato", "番茄"), "Zucchini": ("Courgette", "西葫芦"),
}

# Coarse labels of packaged goods: writing on them must not be mirrored in training.
PACKAGED = {"Juice", "Milk", "Oatghurt", "Oat-Milk", "Sour-Cream", "Sour-Milk", "Soyghurt",
            "Soy-Milk", "Yoghurt"}


def bilingual(pair):
    """The manifest's way of writing a text."""
    return {"en": pair[0], "zh": pair[1]}


def slug(name):
    """The id of a label."""
    return name.lower()


def colours(parent):
    """A colour for each fine label: a hue for each coarse one, brightness within it."""
    found, seen = [], {}
    for group in parent:
        place = seen[group] = seen.get(group, -1) + 1
        rgb = colorsys.hls_to_rgb((int(group) * 0.381966) % 1, 0.5 + 0.06 * (place % 5 - 2), 0.62)
        found.append("#" + "".join(f"{round(c * 255):02x}" for c in rgb))
    return found


def manifest_labels(groceries):
    """The manifest's `labels` and `groups`."""
    shades = colours(groceries.parent)
    labels = [{"id": slug(name), "index": i + 1, "name": bilingual(FINE[name]), "colour": shades[i],
               "group": slug(groceries.coarse_names[groceries.parent[i]])}
              for i, name in enumerate(groceries.names)]
    groups = [{"id": slug(name), "name": bilingual(COARSE[name])} for name in groceries.coarse_names]
    return labels, groups
