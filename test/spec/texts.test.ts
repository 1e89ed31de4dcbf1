import { describe, expect, it } from 'vitest';
import { outcomesOf } from '../../src/machine/account.ts';
import * as alphabet from '../../src/machine/alphabet.ts';
import { diagram, diagramFormats } from '../../src/render/diagram.ts';
import { reference } from '../../src/render/reference.ts';
import { ruleIds, rules } from '../../src/spec/catalogue.ts';
import { editionNotes } from '../../src/spec/editions.ts';
import { healthyWorld } from '../../src/spec/facts.ts';
import { propertiesOfNew } from '../../src/spec/properties.ts';
import { proxyFaults } from '../../src/spec/proxy-faults.ts';
import { known } from '../../src/spec/reading.ts';
import { requirements } from '../../src/spec/requirements.ts';

describe('the sentences of the rules', () => {
  it.each(ruleIds)('%s says what is so, with a capital letter and names as AWS has them', (id) => {
    expect(rules[id].says).toMatch(/^[A-Z].*\.$/);
    expect(rules[id].says).not.toMatch(/\bkMS\b|does not fail like this/);
  });

  it('tell where the list of states is', () => {
    expect(rules['update/in-state'].says).toContain('table of eligibility');
  });
});

describe('mutual TLS', () => {
  it.each([
    ['the edition', editionNotes['2026-04'].changes.map(({ says }) => says).join()],
    ['the register', requirements['proxy/mutual-tls']?.says ?? ''],
    ['the proxy fault', proxyFaults.TLS_FAILURE.sources.map(({ says }) => says).join()],
  ])('%s has both dates', (_, text) => {
    expect(text).toContain('16 March 2026');
    expect(text).toContain('15 June');
  });
});

describe('the page of UpdateCustomKeyStore', () => {
  const page = reference([], () => [])['operations/UpdateCustomKeyStore.md'] ?? '';

  it.each([
    '`XksProxyAuthenticationCredential.RawSecretAccessKey` | string of 43 to 64 characters',
    '`XksProxyAuthenticationCredential.AccessKeyId` | string of 20 to 30 characters',
    'before 2025-10 `^com\\.',
    '| `XksProxyUriPath` | yes | no | yes | no | no |',
  ])('has %s', (text) => {
    expect(page).toContain(text);
  });
});

describe('diagrams', () => {
  it.each(diagramFormats.filter((format) => format !== 'xstate'))('%s explains its question marks', (format) => {
    expect(diagram(format)).toContain('question mark');
  });
});

describe('UPDATE_SAME_VALUE=REJECT_NAME_IN_USE', () => {
  const input = alphabet.publicStore();
  const stores = [
    {
      id: 'cks-1',
      type: 'EXTERNAL_KEY_STORE' as const,
      connectionState: 'DISCONNECTED' as const,
      properties: propertiesOfNew(input, '2022-11'),
      keys: [],
    },
  ];
  const is = known({ edition: '2022-11', answers: { UPDATE_SAME_VALUE: 'REJECT_NAME_IN_USE' } }, healthyWorld);
  const results = (update: object) =>
    outcomesOf(
      { stores },
      { op: 'UpdateCustomKeyStore', input: { CustomKeyStoreId: 'cks-1', ...update } },
      is,
      'new',
    ).outcomes.map(({ result }) => result);

  it('refuses a repeated name, and nothing that is not a name', () => {
    const { XksProxyAuthenticationCredential, CustomKeyStoreName } = input;

    expect(results({ NewCustomKeyStoreName: CustomKeyStoreName })).toEqual([
      { error: 'CustomKeyStoreNameInUseException' },
    ]);
    expect(results({ XksProxyAuthenticationCredential })).toEqual(['ok']);
  });
});
