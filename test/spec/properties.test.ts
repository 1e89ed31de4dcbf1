import { describe, expect, it } from 'vitest';
import { publicStore } from '../../src/machine/alphabet.ts';
import { mark, propertiesOfNew, updated } from '../../src/spec/properties.ts';

const credential = { AccessKeyId: 'B'.repeat(20), RawSecretAccessKey: 'b'.repeat(43) };

// A service may ignore a member of the other type (CREATE_FOREIGN_PARAMETER); then the secret of the store is its own.
describe('a password that is given to an external key store', () => {
  it('is not the secret that it is created with', () => {
    const input = publicStore('one');
    expect(propertiesOfNew({ ...input, KeyStorePassword: 'password1' }, '2022-11')).toEqual(
      propertiesOfNew(input, '2022-11'),
    );
  });

  it('is not the secret that it is changed to', () => {
    const before = propertiesOfNew(publicStore('one'), '2022-11');
    const input = {
      CustomKeyStoreId: 'cks-1',
      KeyStorePassword: 'password1',
      XksProxyAuthenticationCredential: credential,
    };
    const after = updated(before, input, ['XksProxyAuthenticationCredential']);
    expect(after).toMatchObject({
      AccessKeyId: credential.AccessKeyId,
      secretMark: mark(credential.RawSecretAccessKey),
    });
  });
});
