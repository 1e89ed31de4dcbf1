import { describe, expect, it } from 'vitest';
import { allowed } from '../../src/machine/allowed.ts';
import { allowedInAny } from '../../src/machine/allowed-in-any.ts';
import type { UpdateField } from '../../src/spec/eligibility.ts';
import { connectionStates, type Edition, operations, type StoreType, storeTypes } from '../../src/spec/vocabulary.ts';

/**
 * The table of eligibility once more, from the documents and not from src: A allowed, R refused, O open.
 * The columns are DISCONNECTED, CONNECTING, CONNECTED, DISCONNECTING, FAILED.
 */
const table: readonly (readonly [Edition, StoreType, UpdateField, string])[] = [
  ['2022-11', 'AWS_CLOUDHSM', 'NewCustomKeyStoreName', 'ARRRR'],
  ['2022-11', 'AWS_CLOUDHSM', 'KeyStorePassword', 'ARRRR'],
  ['2022-11', 'AWS_CLOUDHSM', 'CloudHsmClusterId', 'ARRRR'],
  ['2022-11', 'EXTERNAL_KEY_STORE', 'NewCustomKeyStoreName', 'ARARR'],
  ['2022-11', 'EXTERNAL_KEY_STORE', 'XksProxyAuthenticationCredential', 'ARARR'],
  ['2022-11', 'EXTERNAL_KEY_STORE', 'XksProxyUriPath', 'ARARR'],
  ['2022-11', 'EXTERNAL_KEY_STORE', 'XksProxyUriEndpoint', 'ARRRR'],
  ['2022-11', 'EXTERNAL_KEY_STORE', 'XksProxyConnectivity', 'ARRRR'],
  ['2022-11', 'EXTERNAL_KEY_STORE', 'XksProxyVpcEndpointServiceName', 'ARRRR'],
  ['2025-10', 'AWS_CLOUDHSM', 'NewCustomKeyStoreName', 'ARRRR'],
  ['2025-10', 'AWS_CLOUDHSM', 'KeyStorePassword', 'ARRRR'],
  ['2025-10', 'AWS_CLOUDHSM', 'CloudHsmClusterId', 'ARRRR'],
  ['2025-10', 'EXTERNAL_KEY_STORE', 'NewCustomKeyStoreName', 'AOAOO'],
  ['2025-10', 'EXTERNAL_KEY_STORE', 'XksProxyAuthenticationCredential', 'AOOOO'],
  ['2025-10', 'EXTERNAL_KEY_STORE', 'XksProxyUriPath', 'AOOOO'],
  ['2025-10', 'EXTERNAL_KEY_STORE', 'XksProxyUriEndpoint', 'ARRRR'],
  ['2025-10', 'EXTERNAL_KEY_STORE', 'XksProxyConnectivity', 'ARRRR'],
  ['2025-10', 'EXTERNAL_KEY_STORE', 'XksProxyVpcEndpointServiceName', 'ARRRR'],
  ['2025-10', 'EXTERNAL_KEY_STORE', 'XksProxyVpcEndpointServiceOwner', 'ARRRR'],
  ['2026-04', 'AWS_CLOUDHSM', 'NewCustomKeyStoreName', 'ARARR'],
  ['2026-04', 'AWS_CLOUDHSM', 'KeyStorePassword', 'ARRRR'],
  ['2026-04', 'AWS_CLOUDHSM', 'CloudHsmClusterId', 'ARRRR'],
  ['2026-04', 'EXTERNAL_KEY_STORE', 'NewCustomKeyStoreName', 'AOAOO'],
  ['2026-04', 'EXTERNAL_KEY_STORE', 'XksProxyAuthenticationCredential', 'AOOOO'],
  ['2026-04', 'EXTERNAL_KEY_STORE', 'XksProxyUriPath', 'AOOOO'],
  ['2026-04', 'EXTERNAL_KEY_STORE', 'XksProxyUriEndpoint', 'ARRRR'],
  ['2026-04', 'EXTERNAL_KEY_STORE', 'XksProxyConnectivity', 'ARRRR'],
  ['2026-04', 'EXTERNAL_KEY_STORE', 'XksProxyVpcEndpointServiceName', 'ARRRR'],
  ['2026-04', 'EXTERNAL_KEY_STORE', 'XksProxyVpcEndpointServiceOwner', 'ARRRR'],
];

describe('what may be changed', () => {
  it.each(table)('edition %s: %s, %s is %s', (edition, type, field, row) => {
    const cells = connectionStates.map((state) => {
      const outcomes = allowed({
        type,
        state,
        operation: 'UpdateCustomKeyStore',
        update: [field],
        edition,
        answers: {},
      });
      const errors = outcomes.flatMap(({ error }) => (error === undefined ? [] : [error]));
      expect(errors.every((error) => error === 'CustomKeyStoreInvalidStateException')).toBe(true);
      const ok = outcomes.some((outcome) => outcome.ok);
      return ok ? (errors.length > 0 ? 'O' : 'A') : 'R';
    });

    expect(cells.join('')).toBe(row);
  });

  it.each(table)('edition %s: why %s, %s is %s, is told in terms of that store', (edition, type, field) => {
    for (const state of connectionStates) {
      const wish = { type, state, operation: 'UpdateCustomKeyStore', update: [field], edition, answers: {} } as const;
      for (const { sources } of allowed(wish)) {
        const other = type === 'AWS_CLOUDHSM' ? /external/ : /CloudHSM/;
        expect(sources.length).toBeGreaterThan(0);
        // A page may be cited for not speaking of this type.
        expect(sources.filter(({ says }) => other.test(says) && !says.includes('appears only'))).toEqual([]);
      }
    }
  });

  it('a refusal rests on what forbids it, a success on what lets it be', () => {
    const outcomes = allowed({
      type: 'EXTERNAL_KEY_STORE',
      state: 'CONNECTED',
      operation: 'UpdateCustomKeyStore',
      update: ['XksProxyUriPath'],
      edition: '2026-04',
      answers: {},
    });

    expect(outcomes.find(({ error }) => error !== undefined)?.sources).toEqual([
      { page: 'API:UpdateCustomKeyStore', says: 'rejected: only the name may change in CONNECTED' },
    ]);
    expect(outcomes.find(({ ok }) => ok)?.sources.map(({ says }) => says)).toEqual(Array(4).fill('accepted'));
  });

  it.each(operations)('%s: no outcome is without a source', (operation) => {
    for (const state of connectionStates) {
      for (const type of storeTypes) {
        const outcomes = allowed({ type, state, operation, edition: '2026-04', answers: {} });
        expect(outcomes.filter(({ sources }) => sources.length === 0)).toEqual([]);
      }
    }
  });

  it('refuses a member that the edition does not have', () => {
    const wish = { type: 'EXTERNAL_KEY_STORE', state: 'DISCONNECTED', operation: 'UpdateCustomKeyStore' } as const;
    const update = ['XksProxyVpcEndpointServiceOwner'] as const;

    expect(() => allowed({ ...wish, update, edition: '2022-11', answers: {} })).toThrow('it came with 2025-10');
    expect(allowed({ ...wish, update, edition: '2025-10', answers: {} }).some(({ ok }) => ok)).toBe(true);
  });

  it('names the question that a cell depends on', () => {
    const outcomes = allowed({
      type: 'EXTERNAL_KEY_STORE',
      state: 'FAILED',
      operation: 'UpdateCustomKeyStore',
      update: ['XksProxyUriPath'],
      edition: '2026-04',
      answers: {},
    });

    expect(outcomes.map(({ questions }) => questions)).toEqual([
      ['XKS_HOT_FIELDS_IN_OTHER_STATES'],
      ['XKS_HOT_FIELDS_IN_OTHER_STATES'],
    ]);
  });
});

describe('allowedInAny', () => {
  it('names the editions that allow each outcome', () => {
    const rename = {
      state: 'CONNECTED',
      operation: 'UpdateCustomKeyStore',
      update: ['NewCustomKeyStoreName'],
    } as const;
    const outcomes = allowedInAny({ ...rename, type: 'AWS_CLOUDHSM', answers: {} });

    expect(outcomes.map(({ ok, error, editions: among }) => [ok ?? error, among])).toEqual([
      ['CustomKeyStoreInvalidStateException', ['2022-11', '2025-10']],
      [true, ['2026-04']],
    ]);
  });

  it('does not ask the editions that lack a member', () => {
    const update = ['XksProxyVpcEndpointServiceOwner'] as const;
    const wish = {
      type: 'EXTERNAL_KEY_STORE',
      state: 'DISCONNECTED',
      operation: 'UpdateCustomKeyStore',
      update,
    } as const;

    expect(allowedInAny({ ...wish, answers: {} }).map(({ editions: among }) => among)).toEqual([
      ['2025-10', '2026-04'],
    ]);
  });
});
