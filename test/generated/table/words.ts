import type { Json } from './translate.ts';

/**
 * The words of the expressions, each with what it means: the whole language that an interpreter has to know. `a`, `b`
 * stand for any expressions; `list`, `object`, `text`, `f` for expressions that give such a value.
 */
export const words = {
  // Forms, whose parts are not all evaluated.
  if: '["if", a, b, c]: b if a is true, else c. False, null, $undefined, 0 and "" are not true; all else is.',
  and: '["and", a, b, …]: the first part that is not true, or else the last.',
  or: '["or", a, b, …]: the first part that is true, or else the last.',
  let: '["let", [[name, a], …], b]: b, where each name stands for its value; later ones may use earlier ones.',
  fn: '["fn", [name, …], b]: a function. Missing arguments are $undefined; a name with … before it takes the rest.',
  // Values.
  '!': '["!", a]: true if a is not true, else false.',
  '===': '["===", a, b]: are both the same null, $undefined, boolean, number or text? Other values equal nothing.',
  '<': '["<", a, b]: for numbers.',
  '+': '["+", a, b]: the sum of two numbers.',
  type: '["type", a]: "null", "undefined", "boolean", "number", "string", "list", "object" or "function".',
  isInteger: '["isInteger", a]: is it a number without a fraction?',
  // Texts.
  text: '["text", a, …]: the values as texts, joined.',
  matches: '["matches", pattern, text]: does the pattern match the whole text?',
  withoutPrefix: '["withoutPrefix", text, pattern]: the text without what the pattern matches at its beginning.',
  startsWith: '["startsWith", text, beginning]: does the text begin so?',
  endsWith: '["endsWith", text, end]: does the text end so?',
  toLowerCase: '["toLowerCase", text]: the text in small letters.',
  split: '["split", text, separator]: the list of the parts.',
  characters: '["characters", text]: the number of its characters (code points).',
  units: '["units", text]: its length in UTF-16.',
  bytesInBase64: '["bytesInBase64", text]: three quarters of its length without the = at its end, rounded down.',
  mark: '["mark", secret]: eight bits of a secret, as table/README.md tells; null if it is no text, or "***".',
  // Objects, which keep the order of their members.
  get: '["get", a, b]: member b of an object, or element b of a list; $undefined if there is none.',
  keys: '["keys", object]: the list of the names of its members; an empty one for what is no object.',
  with: '["with", object, name, a]: the object with this member, in its old place or at the end.',
  // Lists.
  list: '["list", a, …]: the list of the values.',
  length: '["length", list]: the number of its elements.',
  sort: '["sort", list]: the elements in the alphabetical order of their texts.',
  flatMap: '["flatMap", list, f]: the lists that f gives for the elements, joined.',
  fold: '["fold", list, a, f]: a, then f of the value so far and the next element, until the list ends.',
  remembered: '["remembered", f]: f, of one value. It may keep its last result: it is asked of one value many times.',
  apply: '["apply", f, list]: f with the elements as arguments.',
} as const;

/** Words of the source that can be said with these. They stand in `definitions`, so no interpreter has to know them. */
export const library: Readonly<Record<string, Json>> = {
  '!==': ['fn', ['a', 'b'], ['!', ['===', '$a', '$b']]],
  '>': ['fn', ['a', 'b'], ['<', '$b', '$a']],
  '<=': ['fn', ['a', 'b'], ['!', ['<', '$b', '$a']]],
  '>=': ['fn', ['a', 'b'], ['!', ['<', '$a', '$b']]],
  default: ['fn', ['a', 'b'], ['if', ['===', '$a', '$undefined'], '$b', '$a']],
  isGiven: ['fn', ['a'], ['!', ['or', ['===', '$a', null], ['===', '$a', '$undefined']]]],
  isList: ['fn', ['a'], ['===', ['type', '$a'], 'list']],
  typeof: [
    'fn',
    ['a'],
    ['let', [['type', ['type', '$a']]], ['if', ['includes', ['list', 'list', 'null'], '$type'], 'object', '$type']],
  ],
  merge: [
    'fn',
    ['first', '...others'],
    [
      'fold',
      '$others',
      ['if', ['===', ['type', '$first'], 'object'], '$first', {}],
      [
        'fn',
        ['so', 'object'],
        [
          'fold',
          ['keys', '$object'],
          '$so',
          ['fn', ['so', 'name'], ['with', '$so', '$name', ['get', '$object', '$name']]],
        ],
      ],
    ],
  ],
  has: ['fn', ['object', 'name'], ['includes', ['keys', '$object'], '$name']],
  values: ['fn', ['object'], ['map', ['keys', '$object'], ['fn', ['name'], ['get', '$object', '$name']]]],
  entries: [
    'fn',
    ['object'],
    ['map', ['keys', '$object'], ['fn', ['name'], ['list', '$name', ['get', '$object', '$name']]]],
  ],
  fromEntries: [
    'fn',
    ['pairs'],
    ['fold', '$pairs', {}, ['fn', ['so', 'pair'], ['with', '$so', ['get', '$pair', 0], ['get', '$pair', 1]]]],
  ],
  omit: [
    'fn',
    ['object', '...names'],
    ['fromEntries', ['filter', ['entries', '$object'], unlessIn(['get', '$each', 0], '$names')]],
  ],
  concat: ['fn', ['...lists'], ['flatMap', '$lists', ['fn', ['list'], '$list']]],
  slice: [
    'fn',
    ['list', 'from', 'to'],
    [
      'get',
      folded(
        { index: 0, kept: ['list'] },
        {
          index: ['+', '$so.index', 1],
          kept: [
            'if',
            ['or', ['<', '$so.index', '$from'], ['and', ['isGiven', '$to'], ['>=', '$so.index', '$to']]],
            '$so.kept',
            ['concat', '$so.kept', ['list', '$each']],
          ],
        },
      ),
      'kept',
    ],
  ],
  map: ['fn', ['list', 'f'], ['flatMap', '$list', ['fn', ['each'], ['list', ['$f', '$each']]]]],
  filter: [
    'fn',
    ['list', 'f'],
    ['flatMap', '$list', ['fn', ['each'], ['if', ['$f', '$each'], ['list', '$each'], ['list']]]],
  ],
  find: ['fn', ['list', 'f'], ['get', ['filter', '$list', '$f'], 0]],
  some: ['fn', ['list', 'f'], folded(false, ['or', '$so', ['if', ['$f', '$each'], true, false]])],
  every: ['fn', ['list', 'f'], folded(true, ['and', '$so', ['if', ['$f', '$each'], true, false]])],
  includes: ['fn', ['list', 'a'], folded(false, ['or', '$so', ['===', '$each', '$a']])],
  indexOf: [
    'fn',
    ['list', 'a'],
    [
      'let',
      [
        [
          'end',
          folded({ index: 0, found: false }, [
            'if',
            ['or', '$so.found', ['===', '$each', '$a']],
            { index: '$so.index', found: true },
            { index: ['+', '$so.index', 1], found: false },
          ]),
        ],
      ],
      ['if', '$end.found', '$end.index', -1],
    ],
  ],
  distinct: [
    'fn',
    ['list'],
    folded(['list'], ['if', ['includes', '$so', '$each'], '$so', ['concat', '$so', ['list', '$each']]]),
  ],
  join: [
    'fn',
    ['list', 'separator'],
    folded('$undefined', [
      'if',
      ['===', '$so', '$undefined'],
      ['text', '$each'],
      ['text', '$so', '$separator', '$each'],
    ]),
  ],
};

function folded(first: Json, next: Json): Json {
  return ['fold', '$list', first, ['fn', ['so', 'each'], next]];
}

function unlessIn(what: Json, names: Json): Json {
  return ['fn', ['each'], ['!', ['includes', names, what]]];
}
