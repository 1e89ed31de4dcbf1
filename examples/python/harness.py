"""A harness: `kms-cks consume -- python3 harness.py` drives the fake, and judges every answer."""

import json
import sys

from fake import Fake

fake = Fake()
for line in sys.stdin:
    message = json.loads(line)
    reply = {"ok": {}}
    if message["kind"] == "reset":
        fake = Fake()
    elif message["kind"] == "request":
        try:
            reply = fake.answer(message["request"]["op"], message["request"]["input"])
        except Exception as failure:  # a fault of this program, not an answer of the fake
            reply = {"errored": repr(failure)}
    print(json.dumps({"seq": message["seq"], **reply}), flush=True)
    if message["kind"] == "stop":
        break
