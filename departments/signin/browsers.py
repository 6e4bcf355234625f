"""A browser in words, from what it says of itself: good enough to know one's own computer again."""

SYSTEMS = (
    ("UOS", "统信"),
    ("Kylin", "麒麟"),
    ("HarmonyOS", "鸿蒙"),
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "安卓"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)
# In this order: most say that they are Chrome and Safari as well.
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("QIHU", "360浏览器"),
    ("360SE", "360浏览器"),
    ("360EE", "360浏览器"),
    ("QQBrowser", "QQ浏览器"),
    ("Edg", "Edge浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "Chrome浏览器"),
    ("Trident", "IE浏览器"),
    ("Safari", "Safari浏览器"),
)


def browser_in_words(agent: str) -> str:
    """`Windows，Edge浏览器`; 未知浏览器 when nothing is recognised."""
    system = next((word for sign, word in SYSTEMS if sign in agent), "")
    browser = next((word for sign, word in BROWSERS if sign in agent), "")
    return "，".join(word for word in (system, browser) if word) or "未知浏览器"
