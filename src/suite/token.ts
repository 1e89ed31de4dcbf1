import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { storeOperations } from '../spec/vocabulary.ts';
import { creationOf, knownSecrets, variants } from './goals.ts';
import type { Plan } from './run.ts';

/** What stands in most sequences: what of it is in a token takes no room. A change here makes older tokens unreadable. */
const dictionary = Buffer.from(
  JSON.stringify([
    ...storeOperations,
    ...variants.map((variant) => creationOf[variant]()),
    ...['DISCONNECTED', 'FAILED', 'CONNECTED'].map((state) => [
      'DescribeCustomKeyStores',
      { CustomKeyStoreId: 'store-1' },
      state,
      0,
      0,
    ]),
    ['ConnectCustomKeyStore', { CustomKeyStoreId: 'store-1' }, 0, 0, 0],
    ['UpdateCustomKeyStore', { CustomKeyStoreId: 'store-1', NewCustomKeyStoreName: 'beta' }, 0, 0, 0],
  ]).replaceAll(/"(KeyStorePassword|RawSecretAccessKey)":"[^"]*"/g, '"$1":"***0"'),
);

/** A sequence as a short text without secrets, for `--replay`. */
export function tokenOf(plans: readonly Plan[]): string {
  const symbols = new Map<string, string>();
  for (const { makes } of plans)
    if (makes !== undefined) symbols.set(makes, `${makes.replace(/-.*/, '')}-${symbols.size + 1}`);
  const parts = [...new Set(plans.map(({ part = 0 }) => part))];
  const rows = plans.map(({ request: { op, input }, awaits, makes, part = 0, overlooks }) => [
    op,
    mapped(input, (name, text) =>
      isSecret(name) ? `***${knownSecrets().indexOf(text)}` : (symbols.get(text) ?? text),
    ),
    awaits ?? 0,
    makes === undefined ? 0 : (symbols.get(makes) ?? 0),
    parts.indexOf(part),
    ...(overlooks === undefined ? [] : [overlooks]),
  ]);
  return deflateRawSync(Buffer.from(JSON.stringify(rows)), { level: 9, dictionary }).toString('base64url');
}

/** The sequence of a token; undefined if it is none. */
export function plansOf(token: string): readonly Plan[] | undefined {
  try {
    const rows = JSON.parse(
      inflateRawSync(Buffer.from(token, 'base64url'), { maxOutputLength: 1 << 22, dictionary }).toString('utf8'),
    ) as unknown;
    if (!Array.isArray(rows) || rows.length === 0) return undefined;
    return (rows as readonly [string, object, string | 0, string | 0, number, (readonly string[])?][]).map(
      ([op, input, awaits, makes, part, overlooks]) => {
        if (typeof op !== 'string' || typeof input !== 'object') throw new TypeError('not a step');
        return {
          request: {
            op,
            input: mapped(input, (name, text) =>
              isSecret(name) ? (knownSecrets()[Number(text.slice(3))] ?? text) : text,
            ),
          },
          ...(awaits === 0 ? {} : { awaits }),
          ...(makes === 0 ? {} : { makes }),
          part: Number(part),
          ...(Array.isArray(overlooks) ? { overlooks: overlooks.map(String) } : {}),
        } as Plan;
      },
    );
  } catch {
    return undefined;
  }
}

const isSecret = (name: string): boolean => name === 'KeyStorePassword' || name === 'RawSecretAccessKey';

function mapped(value: object, change: (name: string, text: string) => string): object {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === 'string'
        ? change(name, inner)
        : typeof inner === 'object' && inner !== null && !Array.isArray(inner)
          ? mapped(inner, change)
          : inner,
    ]),
  );
}
