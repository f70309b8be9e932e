"""What opinions are about: a short list that each congress may make its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from lvzhi.records.people.models import Congress


@dataclass(frozen=True, slots=True)
class Category:
    """One subject, with its key and its name in both languages."""

    key: str
    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.zh


DEFAULT = (
    Category("housing", "住房和小区", "Housing and compounds"),
    Category("transport", "出行和停车", "Transport and parking"),
    Category("environment", "环境和卫生", "Environment and cleanliness"),
    Category("education", "托育和教育", "Child care and education"),
    Category("health", "医疗和健康", "Medical care and health"),
    Category("elderly", "养老和助残", "Elderly and disability care"),
    Category("employment", "就业和社保", "Work and social insurance"),
    Category("facilities", "市政设施", "Public utilities and facilities"),
    Category("culture", "文化和体育", "Culture and sport"),
    Category("safety", "公共安全", "Public safety"),
    Category("business", "营商和消费", "Business and consumers"),
    Category("rural", "农业和农村", "Farming and villages"),
    Category("governance", "政务和法治", "Government and the law"),
    Category("other", "其他", "Other"),
)


def categories(congress: Congress) -> tuple[Category, ...]:
    """The subjects of a congress: its setting `opinion_categories`, else the usual ones."""
    own = congress.settings.get("opinion_categories")
    return tuple(Category(str(item["key"]), str(item["zh"]), str(item["en"])) for item in own) if own else DEFAULT


def category_name(congress: Congress, key: str) -> str:
    """The name of one subject, or "" for none."""
    return next((str(category) for category in categories(congress) if category.key == key), "")
