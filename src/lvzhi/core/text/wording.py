"""The sentences behind the codes: why a piece of text was marked, in Chinese and in English."""

from __future__ import annotations

from typing import Literal

Language = Literal["zh", "en"]

SENTENCES: dict[str, tuple[str, str]] = {
    # private
    "mobile": ("十一位手机号码。", "A mobile number of eleven digits."),
    "mobile_unusual": ("像手机号码，但分段少见。", "Looks like a mobile number, grouped unusually."),
    "mobile_spelled": ("用汉字写出的手机号码。", "A mobile number written in Chinese numerals."),
    "landline": ("带区号的座机号码。", "A landline with its area code."),
    "landline_cued": ("前面有“电话”等字的座机号码。", "A landline number after a word such as “telephone”."),
    "identity": ("身份证号码，校验位正确。", "An identity number; its check digit is right."),
    "identity_near": ("像身份证号码，但校验位不对，可能写错了一位。",
        "Looks like an identity number with a wrong check digit."),
    "identity_old": ("像十五位的旧身份证号码。", "Looks like an old identity number of fifteen digits."),
    "identity_said": ("写明是身份证号码，但位数或日期不对。",
        "Said to be an identity number, but its digits do not fit."),
    "bank_card": ("银行卡号，校验位正确。", "A bank card number; its check digit is right."),
    "bank_card_said": ("写明是卡号或账号，但校验位不对。",
        "Said to be a card or account number; its check digit is wrong."),
    "plate": ("机动车号牌。", "A licence plate."),
    "email": ("电子邮箱地址。", "An e-mail address."),
    "wechat": ("微信号。", "A WeChat name."),
    "qq": ("QQ 号。", "A QQ number."),
    "qq_group": ("QQ 群号，可能不属于某一个人。", "A QQ group, perhaps not of one person."),
    "passport": ("护照或者通行证号码。", "A passport or permit number."),
    "passport_shape": ("像护照号码。", "Looks like a passport number."),
    "door": ("具体到门牌的住址。", "An address down to the door."),
    "house_number": ("街巷或者村组里的门牌号，也可能是单位地址。", "A house number; it may belong to an office."),
    "name_cued": ("前面的字说明这是人名。", "The words before it say that this is a name."),
    "name_addressed": ("后面有“先生”“女士”等称呼。", "A form of address follows it."),
    "name_beside": ("紧挨着电话或者证件号码的人名。", "A name beside a telephone or identity number."),
    "name_hidden": ("已经隐去一部分的人名。", "A name, partly hidden already."),
    # danger
    "self_harm_said": ("说到自己要轻生或者自伤。请马上联系本人。",
        "Speaks of ending or hurting themselves. Contact them at once."),
    "self_harm_told": ("提到轻生、自伤或者严重抑郁。请尽快看。",
        "Mentions suicide, self-harm or severe depression. Read it soon."),
    "violence_threat": ("提到要伤害别人或者已经持凶器。请马上看。",
        "Speaks of hurting others or of weapons. Read it at once."),
    "violence_told": ("提到正在发生的伤害、虐待或者欺凌。请尽快看。",
        "Mentions assault, abuse or bullying. Read it soon."),
    "peril_now": ("提到泄漏、坍塌、火灾、失踪等眼前的危险。请马上看。",
        "Mentions a leak, collapse, fire or a missing person. Read it at once."),
    "peril_soon": ("提到可能伤人的隐患。请尽快看。", "Mentions a hazard that may hurt somebody. Read it soon."),
    # hollow replies
    "only_courtesy": ("除了问候、感谢和日期，没有说事情。", "Nothing but greetings, thanks and dates."),
    "only_forwarded": ("只说转给了别的单位，没有说办得怎样。", "Says only that it was passed on, not what came of it."),
    "only_promised": ("只说将要研究、处理，没有时间和办法。", "Promises to look into it, without a date or a way."),
    "only_waiting": ("只请对方等待，没有说等到什么时候。", "Asks to wait, without saying until when."),
    "sent_elsewhere": ("只请对方去问别的单位，没有回答问题。", "Sends the person elsewhere without an answer."),
    "no_fact": ("没有时间、数字、地点、措施或者依据。", "No date, figure, place, measure or basis."),
    "identical": ("同一段文字已经答复过别的意见。", "The same text has answered other opinions."),
    "unaddressed": ("没有提到来件所说的事情。", "Does not speak of what was asked."),
    # spam
    "spam_offer": ("像广告或者推销。", "Looks like an advertisement."),
    "spam_link": ("带有外部链接。", "Carries links to elsewhere."),
    "spam_repeated": ("同样的字反复出现。", "The same characters over and over."),
    "spam_gibberish": ("连不成词，像是随手打的。", "No words to be made out."),
    "spam_empty": ("几乎没有内容。", "Hardly any content."),
    "spam_only_image": ("只有图片，没有文字。请打开图片看。", "Only pictures, no text. Look at the pictures."),
    "flood": ("短时间里涌来很多件，这一件也在其中。", "One of very many that came in a short time."),
    "spam_mass": ("同样的内容已经多次提交。", "The same text was sent many times."),
    "spam_mass_picture": ("同一张图片已经随多件提交。", "The same picture came with many submissions."),
    # merging
    "same_place": ("说的是同一个地方或者单位。", "Speaks of the same place or enterprise."),
    "same_issue": ("说的是同样的事情。", "Speaks of the same issue."),
    "same_text": ("文字几乎一样。", "The texts are nearly the same."),
    "same_author": ("来自同一个人。", "From the same person."),
    "same_days": ("时间相近。", "Sent within a few days."),
}  # fmt: skip


def reason(code: str, language: Language = "zh") -> str:
    """The sentence of a code in one of two languages."""
    return SENTENCES[code][0 if language == "zh" else 1]
