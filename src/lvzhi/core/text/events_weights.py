"""What the merging scorer learned: one weight for each of `events_features.FEATURES`.

Learned by `python -m bench.merging MESSAGES GOLD` (logistic regression, penalty 1) from pairs of a public collection of
3,703 messages, of which 33 events and 350 single reports are labelled. Only these 28 numbers were taken over; no
word of those messages is in them. Features overlap, so a single weight says little by itself.
"""

INTERCEPT = -10.7619
WEIGHTS = (
    -3.7011,  # subject_words
    -3.2124,  # subject_runs
    4.2565,  # body
    -11.0765,  # whole
    0.3124,  # cover_least
    2.2752,  # cover_most
    1.7732,  # rarest_run
    -0.5691,  # rarest_crossing
    0.4620,  # crossing
    -3.8982,  # subject_overlap
    0.1557,  # copied
    1.5066,  # author
    -1.2077,  # days
    3.6035,  # rare_runs
    -9.2660,  # subject_by_body
    -3.5248,  # rarest_name
    0.7809,  # rarest_name_crossing
    -0.0548,  # names_apart
    1.0532,  # names_cover_least
    1.5657,  # names_cover_most
    3.3563,  # issue_subject
    1.7619,  # issue_body
    2.5412,  # longest_run
    5.1249,  # top_words
    1.9852,  # names
    1.7913,  # name_by_issue
    18.8561,  # whole_root
)
