"""The door of a clone: ./inv and plain `inv` find the verbs here. They lie in lab/door/verbs."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from lab.door.main import collection, main

if __name__ == "__main__":
    main()
else:
    namespace = collection()
