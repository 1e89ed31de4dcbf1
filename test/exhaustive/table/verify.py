"""Compares examples/table/oracle.py with what the specification said: verify.py TABLE FOLDER_OF_ORACLE [plain] < CASES"""
import hashlib
import json
import sys

sys.path.insert(0, sys.argv[2])
from oracle import UNDEFINED, Specification  # noqa: E402


write = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False).encode


def plain(value):
    if type(value) is dict:
        return {name: plain(each) for name, each in value.items() if each is not UNDEFINED}
    return [None if each is UNDEFINED else plain(each) for each in value] if type(value) is list else value


def digest(value):
    try:
        text = write(value)
    except TypeError:  # Something in it is undefined.
        text = write(plain(value))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def known_in(spec, place):
    world, reading = place["world"], place["reading"]
    said = lambda fact, about: world.get(f"{fact} {about}", world.get(fact, UNDEFINED))
    return spec.known(reading["edition"], reading["answers"], said)


def shown(spec, account, known):
    return digest([
        [spec.shown_store(store, known), [spec.shown_key(key, store, known) for key in store["keys"]]]
        for store in account["stores"]
    ])


def compare(what, expected, value, where):
    global compared, different
    compared += 1
    if expected != value:
        different += 1
        if different <= 5:
            print("different:", what, json.dumps(where)[:500])


spec = Specification(sys.argv[1], **({"shortcuts": {}} if sys.argv[3:] == ["plain"] else {}))
compared = different = 0
requests, last, known = [], None, None
for line in sys.stdin:
    case = json.loads(line)
    if "steps" in case:
        known, account = known_in(spec, case), spec.empty
        for step in case["steps"]:
            if "request" in step:
                outcomes = spec.outcomes(account, step["request"], known, step["fresh"])
            else:
                outcomes = spec.hidden(account, known)
            compare("step", step["hash"], digest(outcomes), {"account": account, "place": [case["reading"], case["world"]], "step": step})
            account = outcomes[step["pick"]]["next"] if step["pick"] < len(outcomes) else account
        compare("shown", case["shown"], shown(spec, account, known), account)
    elif "account" in case:
        place = [case["reading"], case["world"]]
        if place != last:
            known, last = known_in(spec, case), place
        account = case["account"]
        for number, expected in zip(case["requests"], case["hashes"]):
            request = requests[number]
            compare("outcomes", expected, digest(spec.outcomes(account, request, known, "fresh")), {"account": account, "request": request, "reading": case["reading"]})
        compare("hidden", case["hashes"][-2], digest(spec.hidden(account, known)), account)
        compare("shown", case["hashes"][-1], shown(spec, account, known), account)
    else:
        requests = case["requests"]
print(json.dumps({"compared": compared, "different": different}))
sys.exit(1 if different else 0)
