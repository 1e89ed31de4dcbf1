import type {
  Argument,
  ArrowFunctionExpression,
  BindingPattern,
  CallExpression,
  Expression,
  Function as FunctionNode,
  MemberExpression,
  ParamPattern,
  Statement,
} from 'oxc-parser';
import { declaredAs, files, nameByType, placeOf, whereIs } from './source.ts';

/** An expression of the table. See table/README.md for what each form means. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** What the names of a piece of source stand for in the table. */
interface Scope {
  readonly file: string;
  readonly names: ReadonlyMap<string, Json>;
  /** Names that get new values on the way, so that nothing may stand for a part of them. */
  readonly changing: ReadonlySet<string>;
  /** What `continue` gives. */
  readonly next?: (scope: Scope) => Json;
  /** In a loop that changes something nothing can return. */
  readonly folding?: true;
}

const nothing = '$undefined';

/**
 * Turns pure functions of the specification into expressions of the table. Only what the specification needs is
 * understood; everything else is an error that names the line, so that nothing is left out without a word.
 *
 * @param sections names that stand for a section of the table
 * @param natives functions that are words of the table
 * @param instead functions that stand for others of the same name: the file of each
 * @param words the words of the language, which no definition may take
 */
export function translator(
  sections: Readonly<Record<string, string>>,
  natives: Readonly<Record<string, string>>,
  instead: Readonly<Record<string, string>>,
  words: readonly string[],
) {
  const definitions = new Map<string, Json>();
  const counts = new Map<string, number>(words.map((word) => [word, 1]));
  for (const { declared } of files.values()) {
    for (const name of declared.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  }

  /** The name that a declaration has in the table; with its file, if others have the same. */
  function global(file: string, name: string): string {
    const section = sections[name];
    if (section !== undefined) return section;
    const native = natives[name];
    if (native !== undefined) return native;
    const other = instead[name];
    if (other !== undefined && other !== file) return global(other, name);
    const key = counts.get(name) === 1 || other !== undefined ? name : `${file.split('/').at(-1)}/${name}`;
    if (!definitions.has(key)) {
      definitions.set(key, null);
      definitions.set(key, translated(file, declaredAs(file, name)));
    }
    return key;
  }

  function translated(file: string, declared: FunctionNode | Expression): Json {
    return expression(declared as Expression, { file, names: new Map(), changing: new Set() });
  }

  function expression(node: Expression, scope: Scope): Json {
    switch (node.type) {
      case 'Literal':
        if ('regex' in node) return wholePattern(node.regex.pattern);
        if (typeof node.value === 'string' && node.value.startsWith('$')) return unsupported(node, scope);
        return node.value as Json;
      case 'TemplateLiteral':
        return [
          'text',
          ...node.quasis.flatMap(({ value }, index): Json[] => {
            const inserted = node.expressions[index];
            const text = value.cooked ? [value.cooked] : [];
            return inserted === undefined ? text : [...text, expression(inserted, scope)];
          }),
        ];
      case 'Identifier':
        return meaning(node.name, node, scope);
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'ParenthesizedExpression':
        return expression(node.expression, scope);
      case 'ChainExpression':
        return chain(node.expression as Expression, scope);
      case 'MemberExpression':
        return member(node, scope);
      case 'CallExpression':
        return call(node, scope);
      case 'NewExpression':
        if (node.callee.type !== 'Identifier' || node.callee.name !== 'Set') return unsupported(node, scope);
        return ['distinct', ...node.arguments.map((each) => argument(each, scope))];
      case 'ConditionalExpression':
        return ['if', ...[node.test, node.consequent, node.alternate].map((each) => expression(each, scope))];
      case 'LogicalExpression': {
        if (node.operator === '??') {
          const left = expression(node.left, scope);
          const name = isPart(left, scope) ? undefined : free('maybe', scope);
          const either = name === undefined ? left : `$${name}`;
          const within =
            name === undefined ? scope : { ...scope, names: new Map([...scope.names, [`$ ${name}`, name]]) };
          const whole = ['if', ['isGiven', either], either, expression(node.right, within)];
          return name === undefined ? whole : wrapped([[name, left]], whole);
        }
        const word = { '&&': 'and', '||': 'or' }[node.operator];
        const parts = [expression(node.left, scope), expression(node.right, scope)];
        const [first] = parts;
        return Array.isArray(first) && first[0] === word ? [...first, ...parts.slice(1)] : [word, ...parts];
      }
      case 'UnaryExpression': {
        const word = { '!': '!', typeof: 'typeof' }[node.operator as string];
        return word === undefined ? unsupported(node, scope) : [word, expression(node.argument, scope)];
      }
      case 'BinaryExpression': {
        const [left, right] = [expression(node.left as Expression, scope), expression(node.right, scope)];
        if (node.operator === 'in') return ['has', right, left];
        if (!['===', '!==', '<', '<=', '>', '>=', '+'].includes(node.operator)) return unsupported(node, scope);
        return [node.operator, left, right];
      }
      case 'ObjectExpression': {
        const parts: Json[] = [];
        let plain: Record<string, Json> = {};
        const flush = () => {
          if (Object.keys(plain).length > 0) parts.push(plain);
          plain = {};
        };
        for (const property of node.properties) {
          if (property.type === 'SpreadElement') {
            flush();
            parts.push(expression(property.argument, scope));
          } else if (property.computed) {
            flush();
            const key = expression(property.key as Expression, scope);
            parts.push(['with', {}, key, expression(property.value, scope)]);
          } else plain[keyName(property.key)] = expression(property.value, scope);
        }
        flush();
        const [only, ...others] = parts;
        if (only === undefined) return {};
        return others.length === 0 && !Array.isArray(only) && typeof only === 'object' ? only : ['merge', ...parts];
      }
      case 'ArrayExpression':
        return list(
          node.elements.map((each) => each ?? unsupported(node, scope)),
          scope,
        );
      case 'ArrowFunctionExpression':
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        return lambda(node, scope);
      default:
        return unsupported(node, scope);
    }
  }

  function list(elements: readonly Argument[], scope: Scope): Json {
    if (elements.every(({ type }) => type !== 'SpreadElement')) {
      return ['list', ...elements.map((each) => expression(each as Expression, scope))];
    }
    const parts: Json[][] = [];
    let spread = true;
    for (const each of elements) {
      if (each.type === 'SpreadElement') {
        parts.push([expression(each.argument, scope)]);
        spread = true;
        continue;
      }
      if (spread) parts.push(['list']);
      parts.at(-1)?.push(expression(each, scope));
      spread = false;
    }
    const joined = parts.map((part) => (part[0] === 'list' ? part : (part[0] as Json)));
    return joined.length === 1 ? (joined[0] as Json) : ['concat', ...joined];
  }

  function meaning(name: string, node: { start: number }, scope: Scope): Json {
    const local = scope.names.get(name);
    if (local !== undefined) return local;
    if (name === 'undefined') return nothing;
    const found = whereIs(scope.file, name);
    if (found === undefined) return unsupported({ ...node, type: name }, scope);
    return `$${global(found.file, found.name)}`;
  }

  function member({ object, property, computed }: MemberExpression, scope: Scope): Json {
    const of = expression(object as Expression, scope);
    if (!computed) {
      return got(of, (property as { name: string }).name);
    }
    const key = expression(property as Expression, scope);
    return typeof key === 'string' && !key.startsWith('$') ? got(of, key) : ['get', of, key];
  }

  /** `a?.b(c)` is nothing where `a` is; a mere `a?.b` needs no word, since a member of nothing is nothing. */
  function chain(node: Expression, scope: Scope): Json {
    const whole = expression(node, scope);
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return whole;
    let base = node.callee.object;
    while (base.type === 'MemberExpression' && !base.optional) base = base.object;
    const optional = base.type === 'MemberExpression' ? base.object : base;
    return ['if', ['===', expression(optional as Expression, scope), nothing], nothing, whole];
  }

  function argument(node: Argument, scope: Scope): Json {
    return node.type === 'SpreadElement' ? unsupported(node, scope) : expression(node, scope);
  }

  function call(node: CallExpression, scope: Scope): Json {
    const { callee, arguments: given } = node;
    if (callee.type === 'Identifier') {
      const { name } = callee;
      if (!scope.names.has(name)) {
        if (name === 'String') return ['text', ...given.map((each) => argument(each, scope))];
        if (name === 'Number') return ['number', argument(given[0] as Argument, scope)];
        if (name === 'Symbol') return { anything: true };
        if (name === 'remembered') return ['remembered', argument(given[0] as Argument, scope)];
      }
      const value = meaning(name, callee, scope);
      return applied(scope.names.has(name) ? value : (value as string).slice(1), given, scope);
    }
    if (callee.type === 'MemberExpression' && !callee.computed) {
      const method = (callee.property as { name: string }).name;
      const { object } = callee;
      if (object.type === 'Identifier' && !scope.names.has(object.name)) {
        const word = staticWords[`${object.name}.${method}`];
        if (word !== undefined) return [word, ...given.map((each) => argument(each, scope))];
      }
      if (method === 'test') {
        return ['matches', expression(object as Expression, scope), argument(given[0] as Argument, scope)];
      }
      if (method === 'replace') return withoutPrefix(object as Expression, given, node, scope);
      if (method === 'reduce') {
        const [step, first] = given.map((each) => argument(each, scope));
        return ['fold', expression(object as Expression, scope), first as Json, step as Json];
      }
      if (methods.has(method)) {
        const of = expression(object as Expression, scope);
        return [method === 'has' ? 'includes' : method, of, ...given.map((each) => argument(each, scope))];
      }
    }
    const isStrange = callee.type === 'MemberExpression' && !callee.computed && !asked.has(propertyName(callee));
    if (isStrange) return unsupported(node, scope);
    return applied(expression(callee as Expression, scope), given, scope);
  }

  function applied(callee: Json, given: readonly Argument[], scope: Scope): Json {
    if (given.every(({ type }) => type !== 'SpreadElement')) {
      return [callee, ...given.map((each) => argument(each, scope))];
    }
    const target = typeof callee === 'string' && !callee.startsWith('$') ? `$${callee}` : callee;
    return ['apply', target, list(given, scope)];
  }

  /** The one use of `replace`: to take away what a pattern finds at the beginning. */
  function withoutPrefix(object: Expression, given: readonly Argument[], node: CallExpression, scope: Scope): Json {
    const [pattern, by] = given;
    const isPrefix = pattern?.type === 'Literal' && 'regex' in pattern && pattern.regex.pattern.startsWith('^');
    if (!isPrefix || by?.type !== 'Literal' || by.value !== '') return unsupported(node, scope);
    return ['withoutPrefix', expression(object, scope), portable(pattern.regex.pattern.slice(1))];
  }

  function lambda(node: ArrowFunctionExpression | FunctionNode, outer: Scope, named: readonly string[] = []): Json {
    const parameters: Json[] = [];
    const bindings: [string, Json][] = [];
    const { file, names } = outer;
    let scope: Scope = { file, names, changing: new Set([...outer.changing, ...changedIn(node.body)]) };
    node.params.forEach((parameter, index) => {
      const plain = parameter.type === 'RestElement' ? parameter.argument : (parameter as BindingPattern);
      const wanted =
        plain.type === 'Identifier' ? plain.name : (named[index] ?? nameByType(parameter as ParamPattern) ?? 'each');
      const name = free(wanted, scope);
      parameters.push(parameter.type === 'RestElement' ? `...${name}` : name);
      scope = { ...scope, names: new Map([...scope.names, [`$ ${name}`, name]]) };
      scope = bound(plain, `$${name}`, scope, bindings);
    });
    if (node.body === null) return unsupported(node, outer);
    const body =
      node.body.type === 'BlockStatement'
        ? block(node.body.body as Statement[], scope, () => nothing)
        : expression(node.body as Expression, scope);
    return ['fn', parameters, wrapped(bindings, body)];
  }

  /** A name that nothing in scope has, so that no inner name ever hides an outer one. */
  function free(wanted: string, { names }: Scope): string {
    let name = wanted;
    for (let count = 2; names.has(`$ ${name}`); count++) name = `${wanted}${count}`;
    return name;
  }

  /** Binds the names of a pattern. What is only a part of something gets no name of its own. */
  function bound(pattern: BindingPattern, value: Json, scope: Scope, bindings: [string, Json][]): Scope {
    switch (pattern.type) {
      case 'Identifier': {
        if (isPart(value, scope) && !scope.changing.has(pattern.name)) {
          return { ...scope, names: new Map([...scope.names, [pattern.name, value]]) };
        }
        const name = free(pattern.name, scope);
        if (name !== pattern.name && scope.changing.has(pattern.name)) return unsupported(pattern, scope);
        bindings.push([name, value]);
        return { ...scope, names: new Map([...scope.names, [`$ ${name}`, name], [pattern.name, `$${name}`]]) };
      }
      case 'AssignmentPattern':
        return bound(pattern.left, ['default', value, expression(pattern.right, scope)], scope, bindings);
      case 'ArrayPattern': {
        let inner = scope;
        pattern.elements.forEach((each, index) => {
          if (each === null) return;
          const part = each.type === 'RestElement' ? ['slice', value, index] : ['get', value, index];
          inner = bound(each.type === 'RestElement' ? each.argument : (each as BindingPattern), part, inner, bindings);
        });
        return inner;
      }
      case 'ObjectPattern': {
        let inner = scope;
        const taken: Json[] = [];
        for (const each of pattern.properties) {
          if (each.type === 'RestElement') {
            inner = bound(each.argument, ['omit', value, ...taken], inner, bindings);
            continue;
          }
          const key = each.computed ? expression(each.key as Expression, scope) : keyName(each.key);
          taken.push(key);
          inner = bound(each.value, each.computed ? ['get', value, key] : got(value, key as string), inner, bindings);
        }
        return inner;
      }
    }
  }

  /** Statements as one expression: `end` is what comes of them if none returns. */
  function block(statements: readonly Statement[], scope: Scope, end: (scope: Scope) => Json): Json {
    const [first, ...rest] = statements;
    if (first === undefined) return end(scope);
    const after = (next: Scope) => block(rest, next, end);
    switch (first.type) {
      case 'BlockStatement':
        return block([...first.body, ...rest], scope, end);
      case 'ReturnStatement':
        if (scope.folding) return unsupported(first, scope);
        return first.argument === null ? nothing : expression(first.argument, scope);
      case 'ContinueStatement':
        return scope.next === undefined ? unsupported(first, scope) : scope.next(scope);
      case 'VariableDeclaration': {
        const bindings: [string, Json][] = [];
        let inner = scope;
        for (const { id, init } of first.declarations) {
          inner = bound(id as BindingPattern, init === null ? nothing : expression(init, inner), inner, bindings);
        }
        return wrapped(bindings, after(inner));
      }
      case 'IfStatement': {
        const otherwise = first.alternate === null ? [] : [first.alternate];
        return [
          'if',
          expression(first.test, scope),
          block([first.consequent, ...rest], scope, end),
          block([...otherwise, ...rest], scope, end),
        ];
      }
      case 'SwitchStatement': {
        const of = expression(first.discriminant, scope);
        return first.cases.reduceRight<Json>(
          (other, { test, consequent }) =>
            test === null
              ? block(consequent, scope, end)
              : ['if', ['===', of, expression(test, scope)], block([...consequent, ...rest], scope, end), other],
          after(scope),
        );
      }
      case 'ExpressionStatement': {
        const change = changeOf(first);
        if (change === undefined) return unsupported(first, scope);
        const value =
          change.value === undefined
            ? list([{ type: 'SpreadElement', argument: change.of } as Argument, ...change.pushed], scope)
            : expression(change.value, scope);
        return wrapped([[change.name, value]], after(scope));
      }
      case 'ForOfStatement':
        return loop(first, scope, after);
      default:
        return unsupported(first, scope);
    }
  }

  /** A loop that changes names is a fold; one that changes nothing looks for what it returns first. */
  function loop(
    node: Extract<Statement, { type: 'ForOfStatement' }>,
    scope: Scope,
    after: (scope: Scope) => Json,
  ): Json {
    const over = expression(node.right, scope);
    const changed = [...changedIn(node.body)].filter((name) => scope.names.has(name));
    const [only, ...others] = changed;
    const pattern = node.left.type === 'VariableDeclaration' ? (node.left.declarations[0]?.id as BindingPattern) : null;
    if (pattern === null) return unsupported(node, scope);
    const name = free(pattern.type === 'Identifier' ? pattern.name : 'each', scope);
    const bindings: [string, Json][] = [];
    const within = { ...scope, names: new Map([...scope.names, [`$ ${name}`, name]]) };
    const inner = bound(pattern, `$${name}`, within, bindings);
    if (only === undefined) {
      const next = () => ['list'];
      const found = free('found', scope);
      const body = wrapped(bindings, block([node.body], { ...inner, next }, next));
      const first = ['get', ['flatMap', over, ['fn', [name], listing(body)]], 0];
      return wrapped([[found, first]], ['if', ['===', `$${found}`, nothing], after(scope), `$${found}`]);
    }
    const together = others.length > 0;
    const result = () => (together ? Object.fromEntries(changed.map((each) => [each, `$${each}`])) : `$${only}`);
    const body = wrapped(bindings, block([node.body], { ...inner, next: result, folding: true }, result));
    if (!together) return wrapped([[only, ['fold', over, `$${only}`, ['fn', [only, name], body]]]], after(scope));
    const state = free('state', scope);
    const apart = (whole: Json) =>
      wrapped(
        changed.map((each) => [each, `$${state}.${each}`]),
        whole,
      );
    const fold = ['fold', over, result(), ['fn', [state, name], apart(body)]];
    return wrapped([[state, fold]], apart(after(scope)));
  }

  function unsupported(node: { readonly type: string; readonly start: number }, { file }: Scope): never {
    throw new Error(`${placeOf(file, node)}: the table has no word for ${node.type}`);
  }

  return {
    definitions,
    global,
    lambda: (file: string, node: Expression, named: readonly string[]) =>
      lambda(node as ArrowFunctionExpression, { file, names: new Map(), changing: new Set() }, named),
  };
}

/** The body of a loop that looks for something gives lists: empty to go on, or with the one thing found. */
function listing(body: Json): Json {
  if (!Array.isArray(body)) return ['list', body];
  if (body[0] === 'if') return ['if', body[1] as Json, listing(body[2] as Json), listing(body[3] as Json)];
  if (body[0] === 'let') return ['let', body[1] as Json, listing(body[2] as Json)];
  return body[0] === 'list' && body.length === 1 ? body : ['list', body];
}

const staticWords: Readonly<Record<string, string>> = {
  'Object.entries': 'entries',
  'Object.keys': 'keys',
  'Object.values': 'values',
  'Object.fromEntries': 'fromEntries',
  'Object.hasOwn': 'has',
  'Array.isArray': 'isList',
};

/** Functions of the specification that are members of something. */
const asked: ReadonlySet<string> = new Set(['answered', 'holds', 'rejects', 'accepted']);

const propertyName = ({ property }: MemberExpression): string => (property as { readonly name: string }).name;

const methods: ReadonlySet<string> = new Set([
  'map',
  'filter',
  'flatMap',
  'some',
  'every',
  'find',
  'includes',
  'indexOf',
  'has',
  'slice',
  'sort',
  'join',
  'split',
  'startsWith',
  'endsWith',
  'toLowerCase',
]);

/** A change of a local name: `name = value`, or `name.push(…)`. */
function changeOf(node: Statement) {
  if (node.type !== 'ExpressionStatement') return undefined;
  const { expression } = node;
  if (expression.type === 'AssignmentExpression' && expression.left.type === 'Identifier') {
    return expression.operator === '='
      ? { name: expression.left.name, value: expression.right, pushed: [], of: expression.right }
      : undefined;
  }
  if (expression.type !== 'CallExpression' || expression.callee.type !== 'MemberExpression') return undefined;
  const { object, property } = expression.callee;
  if (object.type !== 'Identifier' || (property as { name?: string }).name !== 'push') return undefined;
  return { name: object.name, value: undefined, pushed: expression.arguments, of: object as Expression };
}

/** Every name that is changed somewhere in a piece of source. */
function changedIn(node: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (each: unknown): void => {
    if (typeof each !== 'object' || each === null) return;
    const change = changeOf(each as Statement);
    if (change !== undefined) found.add(change.name);
    for (const inner of Object.values(each)) visit(inner);
  };
  visit(node);
  return found;
}

/** A value that is only a part of a named thing, which keeps its value. */
function isPart(value: Json, { changing }: Scope): boolean {
  if (Array.isArray(value))
    return value[0] === 'get' && isPart(value[1] as Json, { changing } as Scope) && isAtom(value[2] as Json);
  return typeof value === 'string' && value.startsWith('$') && !changing.has(value.slice(1).split('.')[0] as string);
}
const isAtom = (value: Json): boolean => typeof value !== 'object' || value === null;

export const wrapped = (bindings: readonly (readonly [string, Json])[], body: Json): Json => {
  if (bindings.length === 0) return body;
  if (Array.isArray(body) && body[0] === 'let') return ['let', [...bindings, ...(body[1] as Json[])], body[2] as Json];
  return ['let', bindings, body];
};

function got(of: Json, name: string): Json {
  if (name === 'length' || name === 'size') return ['length', of];
  return typeof of === 'string' && of.startsWith('$') && of !== nothing ? `${of}.${name}` : ['get', of, name];
}

const keyName = (key: { readonly type: string; readonly name?: unknown; readonly value?: unknown }): string =>
  String(key.type === 'Identifier' ? key.name : key.value);

/** A pattern that the whole text has to match, in what the regular expressions of all languages have in common. */
export function wholePattern(pattern: string): string {
  const anchored = pattern.startsWith('^') && pattern.endsWith('$');
  if (!anchored) throw new Error(`${pattern} does not match whole texts only`);
  return portable(pattern.slice(1, -1));
}

/** No classes that other languages widen, no escapes that they refuse. */
export function portable(pattern: string): string {
  const plain = pattern
    .replaceAll(String.raw`\/`, '/')
    .replace(/\\u([0-9A-Fa-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  const [digits, spaces] = ['0-9', '\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'];
  return plain
    .replace(/\[(?:\\.|[^\]\\])*\]/g, (set) =>
      set.replaceAll(String.raw`\d`, digits).replaceAll(String.raw`\s`, spaces),
    )
    .replaceAll(String.raw`\d`, `[${digits}]`)
    .replaceAll(String.raw`\s`, `[${spaces}]`);
}
