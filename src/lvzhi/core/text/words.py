"""Words of a Chinese text, without those that carry no meaning of their own."""

from __future__ import annotations

import re
import unicodedata

import rjieba

USEFUL = re.compile(r"[0-9a-z\u3400-\u9fff]+")
_STOP_WORDS = """
的 是 了 在 都 不 有 我 也 没 没有 我们 和 就 到 还 为 要 给 对 这 能 上 被 但
又 等 吗 去 让 可以 不能 来 与 而 将 向 并 有关 就是 从 他们 一 什么 这样 多 把
这些 会 以 作为 及 个 不是 自己 该 这个 由 但是 还是 才 多次 为什么 按 过 只有 可
通过 因为 很 如果 更 其 关于 于 因 为了 本人 着 其他 此 怎么 还有 任何 或 而且 由于
这么 根据 谁 时候 们 你们 用 你 呢 如何 得 或者 所 您 以及 之 那 他 她 它 不要 同时
甚至 所以 经过 一样 为何 如此 至 并且 按照 难道 连 叫 出 且 可能 各种 其中 非常 均
必须 那么 如 里 下 中 后 前 内 外 间 时 里面 一个 一下 一些 一直 一种 现在 目前 已
已经 曾 曾经 再 却 只 仅 仍 仍然 正 正在 便 请 请问 希望 问题 反映 咨询 投诉 建议
请求 领导 尊敬 您好 你好 谢谢 感谢 相关 部门 情况 进行 处理 解决 回复 答复 网友 书记
市长 县长 留言 收悉 如下 今天 昨天 明天 今年 去年 最近 之前 之后 以来 以后 以前 当时
然后 因此 此外 另外 首先 其次 最后 比如 例如 即 即使 虽然 尽管 无论 不管 只要 除了 随着
啊 呀 吧 哦 嗯 哎 喂 嘛 啦 哪 哪里 哪个 这里 那里 那些 那个 这种 这次 每 每个 各
各个 某 某些 本 我的 大家 人家 别人 别 太 最 挺 真 真的 真是 确实 实在 说 想 做 看
知道 觉得 认为 表示 开始 成为 属于 使 使得 令 得到 受到 x000d 麻烦 帮忙 敬请 恳请
恳求 谅解 百忙之中 此致 敬礼 月 日 年 号 点 几 两 第
"""
STOP = frozenset(_STOP_WORDS.split())


def normal(text: str) -> str:
    """NFKC, lower case, without what spreadsheets leave behind."""
    return unicodedata.normalize("NFKC", text).lower().replace("_x000d_", " ")


def cut(text: str) -> list[str]:
    """The words of `text` in order; marks and spaces are no words."""
    return [word for word in rjieba.cut(normal(text)) if USEFUL.fullmatch(word)]


def content_words(text: str) -> list[str]:
    """The words of `text` that carry meaning: two characters or more, no figures, none of `STOP`."""
    return [word for word in cut(text) if len(word) > 1 and word not in STOP and not word.isdigit()]
