"""The contract of every runtime, tested on the real lab. It is the same suite as for the fake lab."""

from tests.contract.test_action_promises import *  # noqa: F403
from tests.contract.test_imperfect_promises import *  # noqa: F403 - the whole suite, with this folder's fixture `lab`
from tests.contract.test_promises import *  # noqa: F403
from tests.contract.test_script_promises import *  # noqa: F403
from tests.contract.test_told_promises import *  # noqa: F403
from tests.contract.test_watch_promises import *  # noqa: F403
