"""Runs vectors against an endpoint, as docs/vectors.md says. Python 3.9 or newer, and nothing else.
  run_vectors.py --url http://127.0.0.1:4566 vectors/core/*.json
  run_vectors.py --start 'npx kms-cks serve --world {world} --edition {edition} {answers}' vectors/core/*.json
"""
import argparse, json, re, shlex, subprocess, sys, tempfile, time, urllib.error, urllib.request

parser = argparse.ArgumentParser()
parser.add_argument("files", nargs="+")
parser.add_argument("--url", help="an endpoint that runs, and holds no custom key stores")
parser.add_argument("--start", help="a command that starts one for each vector, and prints its URL on its first line")
parser.add_argument("--edition", default="2022-11")
parser.add_argument("--answer", action="append", default=[], metavar="QUESTION=CHOICE", help="what it is known to do")
parser.add_argument("--needs", default="nothing,healthy", help="the worlds that it is known to live in")
parser.add_argument("--patience", type=float, default=30, help="seconds to wait for a state")
options = parser.parse_args()
known = dict(answer.split("=", 1) for answer in options.answer)
unknown_operation = re.compile(r"(UnknownOperation|NotImplemented|Unimplemented|InvalidAction|ActionNotFound)\w*$")


class Missing(Exception):
    """The endpoint does not have the operation."""


def send(url, op, body):
    """What comes of a request: ("ok", members) or ("error", name)."""
    headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": "TrentService." + op}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, json.dumps(body).encode(), headers), timeout=30) as answer:
            seen = json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        name = name_of(error)
        if unknown_operation.match(name) or (error.code in (404, 405, 501) and not name.endswith("Exception")):
            raise Missing(op)
        return "error", name
    if seen.get("Truncated"):  # A list that comes in pages is put together.
        kind, more = send(url, op, {**body, "Marker": seen.get("NextMarker")})
        return (kind, more) if kind == "error" else (kind, {k: seen[k] + v if k == "CustomKeyStores" else v for k, v in more.items()})
    return "ok", seen


def name_of(error):
    try:
        name = json.loads(error.read() or b"{}").get("__type") or error.headers.get("x-amzn-errortype") or ""
        return name.split("#")[-1].split(":")[0]
    except (ValueError, AttributeError):
        return ""


def filled(value, kept):
    if isinstance(value, str) and value.startswith("${"):
        return kept.get(value[2:-1], value)
    return {name: filled(each, kept) for name, each in value.items()} if isinstance(value, dict) else value


def fits(pattern, seen, kept):
    if isinstance(pattern, list):
        left = list(seen) if isinstance(seen, list) else [None]
        for each in pattern:
            match = next((other for other in left if fits(each, other, kept)), None)
            if match is None:
                return False
            left.remove(match)
        return not left
    if not isinstance(pattern, dict):
        return isinstance(pattern, bool) == isinstance(seen, bool) and filled(pattern, kept) == seen
    return (
        isinstance(seen, dict)
        and all(seen.get(name) is not None for name in pattern.get("$present", []))
        and all(seen.get(name) is None for name in pattern.get("$absent", []))
        and all(isinstance(seen.get(n), str) and seen[n] not in kept.values() for n in pattern.get("$new", []))
        and all(seen.get(name) in among for name, among in pattern.get("$oneOf", {}).items())
        and not (pattern.get("$empty") and seen)
        and all(fits(part, seen.get(name), kept) for name, part in pattern.items() if name[0] != "$")
    )


def shows(seen, names):
    """Does any of the names occur, at any depth?"""
    if isinstance(seen, dict):
        return any((name in names and each is not None) or shows(each, names) for name, each in seen.items())
    return isinstance(seen, list) and any(shows(each, names) for each in seen)


def run(vector, header, url):
    """None if the vector is passed, else what is wrong."""
    kept, at, sent, until = {}, 0, set(), time.monotonic() + options.patience
    while at is not None:
        step = vector["steps"][at]
        if at in sent:  # A step that is sent again is a wait.
            time.sleep(0.01)
            if time.monotonic() > until:
                return f"step {at}: {step['op']} still waits after {options.patience} seconds"
        sent.add(at)
        kind, seen = send(url, step["op"], filled(step["input"], kept))
        if kind == "ok" and shows(seen, header["neverShown"]):
            return f"step {at}: {step['op']} shows a secret"
        patterns = lambda allowed: [vector["shows"][place] for place in allowed.get("ok", [])]
        isAllowed = lambda a: seen in a.get("error", []) if kind == "error" else any(fits(p, seen, kept) for p in patterns(a))
        allowed = next(filter(isAllowed, step["allow"]), None)
        if allowed is None:
            if {"error": seen} in [{"error": each["error"]} for each in header["anyTime"]]:
                raise ConnectionError(seen)
            return f"step {at}: {step['op']} gave {kind} {json.dumps(seen)}, which is not allowed"
        for name, path in allowed.get("keep", {}).items():
            kept[name] = seen
            for part in path.split("."):
                kept[name] = kept[name].get(part) if isinstance(kept[name], dict) else None
            if not isinstance(kept[name], str):
                return f"step {at}: {step['op']} gave no {path}"
        at = allowed.get("next")


def emptied(url):
    """Deletes what a vector left behind. Stores with keys cannot be deleted: keys take days to go."""
    until = time.monotonic() + options.patience
    while stores := send(url, "DescribeCustomKeyStores", {})[1]["CustomKeyStores"]:
        for store in stores:
            op = {"DISCONNECTED": "Delete", "CONNECTED": "Disconnect", "FAILED": "Disconnect"}.get(store["ConnectionState"])
            if op:
                send(url, op + "CustomKeyStore", {"CustomKeyStoreId": store["CustomKeyStoreId"]})
        if time.monotonic() > until:
            sys.exit(f"{url} still holds custom key stores. Start one for each vector with --start")


def attempt(vector, header):
    if options.url:
        try:
            return run(vector, header, options.url)
        finally:
            emptied(options.url)
    with tempfile.NamedTemporaryFile("w", suffix=".json") as world:
        json.dump(vector.get("world", {}), world)
        world.flush()
        answers = " ".join(f"--answer {q}={c}" for q, c in {**known, **vector.get("assumes", {})}.items())
        command = options.start.format(world=world.name, edition=options.edition, answers=answers)
        with subprocess.Popen(shlex.split(command), stdout=subprocess.PIPE, text=True) as process:
            try:
                return run(vector, header, process.stdout.readline().split()[-1])
            finally:
                process.terminate()


def outcome_of(vector, header, tries=3):
    try:
        wrong = attempt(vector, header)
        return "failed" if wrong else "passed", wrong
    except Missing as op:
        missing.add(str(op))
        return "skipped", None
    except ConnectionError as error:
        return outcome_of(vector, header, tries - 1) if tries > 1 else ("disturbed", f"always {error}")


def isFor(vector):
    assumed = vector.get("assumes", {}).items() if "{answers}" not in (options.start or "") else []
    return (options.edition in vector["editions"]
        and vector["needs"] in options.needs.split(",")
        and all(known.get(question) == choice for question, choice in assumed)
        and not (options.url and any(step["op"] == "CreateKey" for step in vector["steps"])))


missing = set()
counts = {"passed": 0, "failed": 0, "skipped": 0, "disturbed": 0}
try:
    if options.url and send(options.url, "DescribeCustomKeyStores", {})[1]["CustomKeyStores"]:
        sys.exit(f"{options.url} holds custom key stores already, so nothing is sent to it")
except (Missing, KeyError, TypeError):
    sys.exit(f"{options.url} does not list custom key stores, so nothing more is sent to it")
for header in (json.load(open(path)) for path in options.files):
    for vector in header["vectors"]:
        outcome, wrong = outcome_of(vector, header) if isFor(vector) else ("skipped", None)
        counts[outcome] += 1
        if wrong:
            print(f"{vector['id']}: {vector['says']}\n  {wrong}\n  rules: {', '.join(vector['rules'])}")
if missing:
    print(f"{options.url or options.start} has no {', '.join(sorted(missing))}: vectors that need that are skipped")
print(", ".join(f"{count} {name}" for name, count in counts.items()))
sys.exit(1 if counts["failed"] else 0)
