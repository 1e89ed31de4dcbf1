import * as alphabet from '../../../machine/alphabet.ts';
import { type ProxyFault, type ProxyFaultName, proxyFault, proxyFaultNames } from '../../../spec/proxy-faults.ts';
import type { Script } from '../script.ts';
import { describe, ok, slug, update } from './common.ts';

import { createKey, keyInput, onKey, otherExternal, uses, withKey } from './key-steps.ts';

/** A path for each fault, so that a CONNECTED store may come to a proxy that has it. */
const pathOf = (fault: string): string => `/${slug(fault)}/kms/xks/v1`;
const [endpoint] = alphabet.endpoints;

/** A store is CONNECTED when it comes to each of these proxies, and its keys are used there. */
function atProxies(id: string, says: string, faults: readonly ProxyFaultName[], creates: boolean): Script {
  const fails = (fault: ProxyFaultName, use: 'createKey' | 'crypto'): boolean =>
    (proxyFault(fault) as ProxyFault)[use] !== undefined;
  return {
    id: `key/${id}`,
    says,
    steps: [
      ...withKey('public'),
      ...faults.flatMap((fault) => [
        ok(update({ XksProxyUriPath: pathOf(fault) })),
        ...(creates && fails(fault, 'createKey') && !ofTheKey.includes(fault)
          ? [createKey(keyInput('public', otherExternal), 'second')]
          : []),
        ...(fails(fault, 'crypto') ? (creates ? uses : [onKey('Encrypt'), onKey('Decrypt')]) : []),
      ]),
      describe(),
    ],
    world: { proxies: Object.fromEntries(faults.map((fault) => [endpoint + pathOf(fault), { fault }])) },
  };
}

/** Faults that Update never looks for; the others are met only where it asks nobody. */
const unseen = proxyFaultNames.filter((fault) => (proxyFault(fault) as ProxyFault).check === undefined);
const ofTheProxy = proxyFaultNames;
const ofTheKey: readonly ProxyFaultName[] = ['KEY_NOT_FOUND', 'KEY_UNUSABLE'];

export const keyProxies = atProxies('proxies', 'A key is used at proxies whose faults show only then', unseen, false);

/** Only of use with assumptions: without them every update may be refused. */
export const failingProxies = atProxies(
  'failing-proxies',
  'Keys are made and used at proxies with every fault',
  ofTheProxy,
  true,
);
