import type { Request } from '../spec/inputs.ts';
import { masked } from '../spec/properties.ts';
import { secretMembers } from '../spec/secrets.ts';
import { malformations } from '../spec/validate.ts';
import { editions } from '../spec/vocabulary.ts';

/**
 * An input without its secrets. A mask stands for some valid value; a secret that is not valid is replaced by
 * something that is wrong in the same way, so that its refusal can still be judged.
 */
export function withoutSecrets({ op, input }: Request): Request['input'] {
  let wrong: ReadonlySet<string> | undefined;
  return replaced(input, '', (value, path) => {
    wrong ??= new Set(editions.flatMap((edition) => malformations(op, input, edition).map((each) => each.path)));
    return wrong.has(path) ? wrongLike(value) : masked;
  }) as Request['input'];
}

/** The same for anything else that has names: an answer, for example. */
export const masking = (value: unknown): unknown => replaced(value, '', () => masked);

/** The secrets themselves, to find them where they should not be. */
export function secretsIn(value: unknown): readonly string[] {
  const found: string[] = [];
  replaced(value, '', (secret) => {
    if (typeof secret === 'string' && secret.length > 3) found.push(secret);
    return masked;
  });
  return found;
}

/** A text with these secrets blotted out. */
export const blotted = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((left, secret) => left.replaceAll(secret, masked), text);

function replaced(value: unknown, path: string, mask: (value: unknown, path: string) => unknown): unknown {
  if (Array.isArray(value)) return value.map((each) => replaced(each, path, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const at = path === '' ? name : `${path}.${name}`;
      const isSecret = secretMembers.has(name) && member !== null && member !== undefined;
      return [name, isSecret ? mask(member, at) : replaced(member, at, mask)];
    }),
  );
}

/** As long as the secret, of the same type, and of a character that no secret may have. */
function wrongLike(value: unknown): unknown {
  if (typeof value === 'string') return '*'.repeat(value.length) === masked ? '!!!' : '*'.repeat(value.length);
  if (typeof value === 'object') return Array.isArray(value) ? [] : {};
  return typeof value === 'number' ? 0 : false;
}
