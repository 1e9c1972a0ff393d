"""Every error that `summarise` raises on purpose.

    SummariseError
    ├── InputError          the article cannot be read: missing, empty, binary, too large, refused
    ├── PromptError         a prompt file is malformed or a variable is missing
    ├── ModelError          the model cannot be reached, refused, or answered with nonsense
    │   ├── SpendLimitError the next call would cost more than was allowed
    │   └── WeightsError    the embedded model's weights cannot be had or are not the right ones
    └── RecordError         a file of claims or gold does not hold what its schema says

Each message names the thing, what was expected, the nearest miss where there is one, and the
next thing to do. The command line prints the message and exits with status 2.
"""


class SummariseError(Exception):
    """Root of all errors raised on purpose by `summarise`."""


class InputError(SummariseError):
    """An article cannot be read or is not an article."""


class PromptError(SummariseError):
    """A prompt file is malformed, or a variable that it names was not given."""


class ModelError(SummariseError):
    """The model cannot be reached, refused the request, or gave no usable answer."""


class SpendLimitError(ModelError):
    """The limit on what may be spent leaves no room for another call; all done before is kept."""


class WeightsError(ModelError):
    """The embedded model's weights cannot be fetched, or are not the published file."""


class RecordError(SummariseError):
    """A file of claims does not hold what its schema says."""
