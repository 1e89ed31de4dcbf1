/** As much of JSON Schema as the schema of worlds uses; a test finds what is missing here. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** What breaks a schema: where, and how; for an unknown name also what it could have been. */
export interface Wrong {
  readonly where: string;
  readonly problem: string;
  readonly name?: string;
  readonly known?: readonly string[];
}

/** The first place at which a value breaks the schema. */
export function wrongIn(root: Schema, value: unknown): Wrong | undefined {
  return check(root, value, '');

  function check(given: Schema, is: unknown, where: string): Wrong | undefined {
    const schema = given.$ref === undefined ? given : (root.definitions?.[given.$ref.split('/').at(-1) ?? ''] ?? {});
    if (schema.anyOf !== undefined) {
      const wrongs = schema.anyOf.map((each) => check(each, is, where));
      return wrongs.includes(undefined) ? undefined : wrongs[0];
    }
    if (schema.type !== undefined && !isOfType(schema.type, is)) return { where, problem: `is no ${schema.type}` };
    if (schema.enum !== undefined && !schema.enum.includes(is)) {
      return { where, problem: 'value', name: String(is), known: schema.enum.map(String) };
    }
    if (typeof is === 'number' && is < (schema.minimum ?? is)) return { where, problem: `is below ${schema.minimum}` };
    if (typeof is === 'string' && schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(is)) {
      return { where, problem: `does not match ${schema.pattern}` };
    }
    if (Array.isArray(is)) return first(is.map((each, i) => () => check(schema.items ?? {}, each, `${where}[${i}]`)));
    return typeof is === 'object' && is !== null ? checkMembers(schema, is, where) : undefined;
  }

  function checkMembers(schema: Schema, is: object, where: string): Wrong | undefined {
    const { properties = {}, additionalProperties: others = true, propertyNames = {} } = schema;
    return first(
      Object.entries(is).map(([name, inner]) => () => {
        const place = where === '' ? name : `${where}.${name}`;
        const wrongName = check(propertyNames, name, place);
        if (wrongName !== undefined) return wrongName;
        if (Object.hasOwn(properties, name)) return check(properties[name] ?? {}, inner, place);
        if (others === false) return { where, problem: 'member', name, known: Object.keys(properties) };
        return others === true ? undefined : check(others, inner, place);
      }),
    );
  }
}

function first(checks: readonly (() => Wrong | undefined)[]): Wrong | undefined {
  for (const check of checks) {
    const wrong = check();
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function isOfType(type: string, value: unknown): boolean {
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'null') return value === null;
  return typeof value === type;
}
