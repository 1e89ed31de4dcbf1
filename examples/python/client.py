"""A test that asks the oracle: `python3 client.py kms-cks oracle`. It ends with 1 when the oracle objects."""

import json
import subprocess
import sys

from fake import Fake

oracle = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")


def ask(**message):
    oracle.stdin.write(json.dumps(message) + "\n")
    oracle.stdin.flush()
    return json.loads(oracle.stdout.readline())


fake = Fake()
ask(kind="start", seed=1)
for _ in range(1000):
    request = ask(kind="next")["request"]
    outcome = fake.answer(request["op"], request["input"])
    if "skipped" in outcome:
        continue
    reply = ask(kind="observe", request=request, outcome=outcome)
    if reply["verdict"] == "violates":
        print(reply["violation"]["explanation"])
        sys.exit(1)
ask(kind="stop")
