import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { type Expression, type Function as FunctionNode, type ParamPattern, parseSync } from 'oxc-parser';

/** What a name at the top of a file stands for: a function, or the value of a constant. */
export type Declared = FunctionNode | Expression;

/** One file of the specification, as far as names go. */
interface File {
  readonly path: string;
  readonly text: string;
  readonly declared: ReadonlyMap<string, Declared>;
  readonly imported: ReadonlyMap<string, { readonly file: string; readonly name: string }>;
}

/** The one file of the table that is not of the specification itself. */
export const constraintsFile = 'test/generated/table/constraints';

/** Every file of src/spec and src/machine, and the one above, by its path without `.ts`. */
export const files: ReadonlyMap<string, File> = new Map(
  [
    ...['src/spec', 'src/machine'].flatMap((folder) =>
      (readdirSync(folder, { recursive: true }) as string[])
        .filter((name) => name.endsWith('.ts'))
        .sort()
        .map((name) => join(folder, name.slice(0, -'.ts'.length))),
    ),
    constraintsFile,
  ].map((name) => [name, read(`${name}.ts`)]),
);

/** Where a name that is used in a file is declared; nowhere, if it belongs to the language or to another package. */
export function whereIs(file: string, name: string): { readonly file: string; readonly name: string } | undefined {
  const here = files.get(file);
  if (here?.declared.has(name)) return { file, name };
  const from = here?.imported.get(name);
  return from && whereIs(from.file, from.name);
}

/** What stands at the name in the file. */
export function declaredAs(file: string, name: string): Declared {
  const found = files.get(file)?.declared.get(name);
  if (found === undefined) throw new Error(`${file}.ts declares no ${name}`);
  return found;
}

/** `src/spec/rules/key.ts:12`, for messages. */
export function placeOf(file: string, { start }: { readonly start: number }): string {
  const line = files.get(file)?.text.slice(0, start).split('\n').length;
  return `${file}.ts:${line}`;
}

function read(path: string): File {
  const text = readFileSync(path, 'utf8');
  const { program, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  const declared = new Map<string, Declared>();
  const imported = new Map<string, { file: string; name: string }>();
  for (const statement of program.body) {
    if (statement.type === 'ImportDeclaration' && statement.source.value.startsWith('.')) {
      const file = normalize(join(dirname(path), statement.source.value)).slice(0, -'.ts'.length);
      for (const each of statement.specifiers) {
        if (each.type !== 'ImportSpecifier' || each.imported.type !== 'Identifier') continue;
        imported.set(each.local.name, { file, name: each.imported.name });
      }
    }
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type === 'FunctionDeclaration' && declaration.id) declared.set(declaration.id.name, declaration);
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type === 'Identifier' && init !== null) declared.set(id.name, init);
    }
  }
  return { path, text, declared, imported };
}

/** The name of the type of a parameter, as a name for the parameter itself where it has none: Account, account. */
export function nameByType(parameter: ParamPattern): string | undefined {
  const annotation = 'typeAnnotation' in parameter ? parameter.typeAnnotation?.typeAnnotation : undefined;
  if (annotation?.type !== 'TSTypeReference' || annotation.typeName.type !== 'Identifier') return undefined;
  const { name } = annotation.typeName;
  return name.charAt(0).toLowerCase() + name.slice(1);
}
