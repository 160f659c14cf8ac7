"""Record how the digits of all fonts look, for later runs to compare with: rendered.json.

python Tests/real-digits/record_rendered.py

To be run when fonts.json or Pillow changes, and with a network that is trained anew.
"""

from __future__ import annotations

import sys

from suite import fonts, rendered


def main() -> int:
    """Write the record."""
    try:
        rendered.record()
    except fonts.FontError as error:
        sys.exit(f"record_rendered.py: {error}")
    print(f"recorded in {rendered.RECORD}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
