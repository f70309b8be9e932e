"""Filters for templates: the functions of `lvzhi.faces.design.wording` under the same names.

`{{ day|cn_date }}`, `{{ day|due_words:today }}`, `{{ count|thousands }}`, `{{ part|percent:whole }}`.
"""

from __future__ import annotations

from django import template

from lvzhi.faces.design import wording

register = template.Library()

for words in (
    wording.cn_date,
    wording.short_date,
    wording.near_date,
    wording.cn_weekday,
    wording.cn_datetime,
    wording.cn_time,
    wording.due_words,
    wording.due_tone,
    wording.late_words,
    wording.thousands,
    wording.percent,
    wording.yuan_words,
    wording.wan_yuan,
):
    register.filter(words.__name__, words)
