"""The specification of AWS KMS custom key stores, without Node: an interpreter of custom-key-store-spec.json.

    spec = Specification("custom-key-store-spec.json")
    known = spec.known("2022-11", answers={}, world=spec.healthy_world)
    for outcome in spec.outcomes(spec.empty, {"op": "CreateCustomKeyStore", "input": {...}}, known, "cks-1"): ...

An outcome has `result` ("ok", "anything" or {"error": name}), `when` it may come (true, or what it depends on), and
the account `next`. Standard library only; table/README.md describes the language and the accounts.
"""
import itertools
import json
import re
from functools import reduce


class Undefined:
    def __repr__(self):
        return "undefined"

    def __bool__(self):
        return False


UNDEFINED = Undefined()


def true(value):
    return value is True or not (value is False or value is None or value is UNDEFINED or value == 0 or value == "")


def same(a, b):
    return a is b or (type(a) is type(b) and isinstance(a, (str, int, float)) and a == b)


def get(of, key):
    if type(of) is dict:
        return of.get(key, UNDEFINED)
    if type(of) is list and type(key) is int and key < len(of):
        return of[key]
    return UNDEFINED


def text(value):
    if type(value) is bool:
        return "true" if value else "false"
    return "null" if value is None else str(value)


TYPES = {bool: "boolean", int: "number", float: "number", str: "string", list: "list", dict: "object"}
TYPES |= {type(None): "null", Undefined: "undefined"}


def type_of(value):
    return "function" if callable(value) else TYPES[type(value)]


def mark(secret):
    if type(secret) is not str or secret == "***":
        return None
    total = 0x811C9DC5
    for unit in memoryview(secret.encode("utf-16-le", "surrogatepass")).cast("H"):
        total = ((total ^ unit) * 0x01000193) & 0xFFFFFFFF
    return (total ^ (total >> 8) ^ (total >> 16) ^ (total >> 24)) & 0xFF


def remembered(f):
    last = [WORDS, UNDEFINED]

    def asked(about):
        if last[0] is not about:
            last[:] = about, f(about)
        return last[1]

    return asked


WORDS = {
    "!": lambda a: not true(a),
    "===": same,
    "<": lambda a, b: a < b,
    "+": lambda a, b: a + b,
    "type": type_of,
    "text": lambda *parts: "".join(map(text, parts)),
    "characters": len,
    "units": lambda value: len(value.encode("utf-16-le", "surrogatepass")) // 2,
    "bytesInBase64": lambda value: len(value.rstrip("=")) * 3 // 4,
    "isInteger": lambda value: type(value) is int or type(value) is float and value.is_integer(),
    "matches": lambda pattern, value: re.fullmatch(pattern, value) is not None,
    "withoutPrefix": lambda value, pattern: re.sub("^" + pattern, "", value),
    "startsWith": str.startswith,
    "endsWith": str.endswith,
    "toLowerCase": str.lower,
    "split": str.split,
    "get": get,
    "keys": lambda of: list(of) if type(of) is dict else [],
    "with": lambda of, name, value: {**of, name: value},
    "list": lambda *values: list(values),
    "length": len,
    "sort": lambda values: sorted(values, key=text),
    "flatMap": lambda values, f: [each for value in values for each in f(value)],
    "fold": lambda values, first, f: reduce(f, values, first),
    "apply": lambda f, values: f(*values),
    "remembered": remembered,
    "mark": mark,
}


def members(of):
    return of if type(of) is dict else {}


def includes(values, value):
    return value in values if type(value) is str else any(same(each, value) for each in values)


def merge(first, *others):
    merged = {**members(first)}
    for other in others:
        merged.update(members(other))
    return merged


# Definitions of the table that may as well be left to it. Said in Python, the rest takes a fraction of the time.
SHORTCUTS = {
    "typeof": lambda a: "object" if type(a) is list or a is None else type_of(a),
    "isGiven": lambda a: a is not None and a is not UNDEFINED,
    "merge": merge,
    "has": lambda of, name: name in members(of),
    "values": lambda of: list(members(of).values()),
    "entries": lambda of: [[name, value] for name, value in members(of).items()],
    "fromEntries": lambda pairs: {pair[0]: pair[1] for pair in pairs},
    "omit": lambda of, *names: {name: value for name, value in members(of).items() if name not in names},
    "concat": lambda *lists: [each for values in lists for each in values],
    "map": lambda values, f: [f(each) for each in values],
    "filter": lambda values, f: [each for each in values if true(f(each))],
    "find": lambda values, f: next((each for each in values if true(f(each))), UNDEFINED),
    "some": lambda values, f: any(true(f(each)) for each in values),
    "every": lambda values, f: all(true(f(each)) for each in values),
    "includes": includes,
    "distinct": lambda values: reduce(lambda so, each: so if includes(so, each) else [*so, each], values, []),
}

# Words that give nothing but True and False.
BOOLEAN = {"!", "===", "!==", "<", ">", "<=", ">=", "isInteger", "matches", "startsWith", "endsWith"}
BOOLEAN |= {"isGiven", "isList", "has", "some", "every", "includes"}
JOINS = {"and": "not ", "or": ""}
COUNT = itertools.count()


class Specification:
    def __init__(self, path, shortcuts=SHORTCUTS):
        with open(path, encoding="utf-8") as file:
            self.table = json.load(file)
        self.words = {**WORDS, **shortcuts}
        self.scope = {"UNDEFINED": UNDEFINED, "true": true, "same": same}
        self.scope |= {variable(word): meaning for word, meaning in self.words.items()}
        self.scope[variable("undefined")] = UNDEFINED
        rules = self.scope[variable("rules")] = {}
        for name, rule in self.table["rules"].items():
            rules[name] = {**rule, "rejects": self.evaluated(rule["rejects"])}
        self.empty = self["emptyAccount"]
        self.healthy_world, self.unknown_world = self["healthyWorld"], self["unknownWorld"]

    def known(self, edition, answers, world):
        """What is taken for granted. A world says of a fact and its subject true, false, or UNDEFINED."""
        return self["known"]({"edition": edition, "answers": answers}, world)

    def outcomes(self, account, request, known, fresh):
        """Every allowed outcome of a request; `fresh` is the ID for what it creates."""
        return self["outcomesOf"](account, request, known, fresh)["outcomes"]

    def hidden(self, account, known):
        """Every step that may happen without a request."""
        return self["hiddenOutcomesOf"](account, known)

    def shown_store(self, store, known):
        return self["describedStore"](store, known)

    def shown_key(self, key, store, known):
        return self["describedKey"](key, store, known)

    def __getitem__(self, name):
        """The value of a definition or of a section of the table, which is from then on a variable of Python."""
        if variable(name) not in self.scope:
            definition = self.table["definitions"].get(name)
            value = self.table[name] if definition is None else self.evaluated(definition, variable(name))
            self.scope[variable(name)] = value
        return self.scope[variable(name)]

    def evaluated(self, expression, name=None):
        """The value of an expression without names. It becomes Python first, which is ten times as fast."""
        translator = Translator(self.words)
        python = compile(f"(lambda: {translator.python(expression, frozenset())})()", name or "rule", "eval")
        if name and type(expression) is list and expression[0] == "fn":
            # Functions ask for each other: each is there before what it needs.
            self.scope[name] = eval(python, self.scope)
        for needed in translator.needed:
            self[needed]
        return eval(python, self.scope)


def variable(name):
    return "the_" + re.sub(r"\W", lambda sign: f"_{ord(sign[0])}_", name)


class Translator:
    """Names have a prefix in Python, so that none is a word of it: my_ if they are of the expression, else the_."""

    def __init__(self, words):
        self.words = words
        self.needed = {}

    def python(self, expression, names):
        if type(expression) is str and expression.startswith("$"):
            name, *path = expression[1:].split(".")
            python = f"my_{name}" if name in names else self.named(name)
            for member in path:
                python = member_of(python, repr(member))
            return python
        if type(expression) is dict:
            return "{" + ", ".join(f"{name!r}: {self.python(each, names)}" for name, each in expression.items()) + "}"
        if type(expression) is not list:
            return repr(expression)
        word, *rest = expression
        if word == "fn":
            return self.function(*rest, names)
        if word == "let":
            return self.let(*rest, names)
        if word == "if":
            return f"({self.python(rest[1], names)} if {self.condition(rest[0], names)} else {self.python(rest[2], names)})"
        if word == "!":
            return f"(not {self.condition(rest[0], names)})"
        if type(word) is str and word in JOINS:
            return self.joined(word, rest, names)
        parts = [self.python(each, names) for each in rest]
        if word == "list":
            return f"[{', '.join(parts)}]"
        if word == "get":
            return member_of(*parts)
        if word == "===" or word == "!==":
            return ("(not {})" if word == "!==" else "{}").format(comparison(rest, parts))
        is_name = type(word) is str and not word.startswith("$")
        return f"{self.named(word) if is_name else self.python(word, names)}({', '.join(parts)})"

    def named(self, name):
        if name not in self.words and name != "undefined":
            self.needed[name] = True
        return variable(name) if name != "undefined" else "UNDEFINED"

    def condition(self, expression, names):
        """An expression as Python of which only counts whether it is true."""
        word, *rest = expression if type(expression) is list else [None]
        if type(word) is str and word in JOINS:
            return "(" + f" {word} ".join(self.condition(each, names) for each in rest) + ")"
        python = self.python(expression, names)
        return python if type(word) is str and word in BOOLEAN else f"true({python})"

    def joined(self, word, parts, names):
        """The first part that is not true (of and) or true (of or), or else the last."""
        *parts, last = parts
        python = self.python(last, names)
        for part in reversed(parts):
            kept, value = f"part_{next(COUNT)}", self.python(part, names)
            python = f"({kept} if {JOINS[word]}true({kept} := {value}) else {python})"
        return python

    def let(self, bindings, body, names):
        python = []
        for name, value in bindings:
            python.append(f"my_{name} := {self.python(value, names)}")
            names = names | {name}
        return f"({', '.join(f'({each})' for each in python)}, {self.python(body, names)})[-1]"

    def function(self, parameters, body, names):
        plain = [name for name in parameters if not name.startswith("...")]
        rest = [name[3:] for name in parameters if name.startswith("...")]
        python = self.python(body, names | {*plain, *rest})
        if rest:
            python = f"(my_{rest[0]} := list(my_{rest[0]}), {python})[-1]"
        arguments = [f"my_{name}=UNDEFINED" for name in plain] + [f"*my_{rest[0]}" if rest else "*_"]
        return f"(lambda {', '.join(arguments)}: {python})"


def member_of(python, key):
    """Most members are asked of objects by name: no call for those."""
    if key[0] not in "'\"":
        return f"the_get({python}, {key})"
    kept, first = (python, python) if python.isidentifier() else (of := f"of_{next(COUNT)}", f"({of} := {python})")
    return f"({kept}.get({key}, UNDEFINED) if type({first}) is dict else UNDEFINED)"


def comparison(parts, python):
    """`is` or `==` of Python where one side is written out, so that no type has to be looked at."""
    for part, one, other in zip(parts, python, reversed(python)):
        if part is None or type(part) is bool or part == "$undefined":
            return f"({other} is {one})"
        if type(part) is str and not part.startswith("$"):
            return f"({other} == {one})"
    return f"same({', '.join(python)})"
