import { describe, expect, it } from 'vitest';
import { allowed } from '../../src/machine/allowed.ts';
import type { UpdateField } from '../../src/spec/eligibility.ts';
import { connectionStates, type Edition, type StoreType } from '../../src/spec/vocabulary.ts';

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
