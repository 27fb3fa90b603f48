"""What every runtime promises, asked of the real lab: the same suite that the fake keeps."""

from tests.contract.test_imperfect_promises import *  # noqa: F403 - the whole suite, with this folder's lab
from tests.contract.test_promises import *  # noqa: F403
from tests.contract.test_told_promises import *  # noqa: F403
from tests.contract.test_watch_promises import *  # noqa: F403
