"""Which words of a date text may follow which: the states that reading one passes through, in the invariant culture.

A state names what was read: N a number, Y a year of three or more digits, M a month's name, d a date separator at the
end, Nt a number with a time separator. One in capitals behind ``=`` is complete. Knows nothing of the text itself.
"""

from __future__ import annotations

WORDS = (
    *("end", "number end", "number half", "number", "number date", "number time", "month end", "month", "month date"),
    *("weekday", "year", "year date", "year end", "zone", "era"),
)

_TABLE = """
start start - =TN N Nd Nt - M M start Y Y - start start
N - =NN =TNN NN NNd - =NM NM MNd N YN YNd =YN N N
NN =NN =NNN =TNNN =NNN - Nt =MNN =MNN - NN =NNY - =NNY NN NN
Nd - =NN - dNN NNd - =NM MN MNd Nd YN YNd =YN - Nd
dNN =NN =NNN =TN =NNN - Nt =MNN =MNN - dNN =NNY - =NNY - dNN
NNd - =NNN =NNN =NNN - - =MNN =MNN - NNd =NNY - =NNY - NNd
M - =MN - MN MNd - - - - M YM YMd =YM - M
MN =MN =MNN =MNN =MNN - Nt - - - MN =YMN - =YMN - MN
NM =NM =MNN =MNN =MNN - Nt - - - NM =YMN - =YMN - NM
MNd - =MNN - =MNN - - - - - MNd =YMN - =YMN - MNd
Y - =YN - YN YNd - =YM YM YMd Y - - - - Y
YN =YN =YNN =YNN =YNN - - =YMN =YMN - YN - - - - YN
YNd - =YNN =YNN =YNN - - =YMN =YMN - YN - - - - YN
YM =YM =YMN =YMN =YMN - - - - - YM - - - - YM
YMd - =YMN =YMN =YMN - - - - - YM - - - - YM
Nt - =TNN =TNN =TNN - NNt =NM NM - - - - - Nt Nt
NNt - =TNNN =TNNN =TNNN - - - - - NNt - - - NNt NNt
"""

STATES: dict[str, dict[str, str]] = {
    row[0]: {word: state for word, state in zip(WORDS, row[1:], strict=True) if state != "-"}
    for row in (line.split() for line in _TABLE.strip().splitlines())
}
"""By state and word, the next state; no entry where the word cannot follow."""
