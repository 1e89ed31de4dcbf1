import { appendFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cloudHsmStore, passwords, publicStore } from '../../src/machine/alphabet.ts';
import type { Request } from '../../src/spec/inputs.ts';
import { Accounts } from '../../src/wire/accounts.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';
import { defaultScope } from '../../src/wire/scope.ts';
import { StateFile } from '../../src/wire/state-file.ts';

describe('a state file', () => {
  it('gives back everything that was answered', async () => {
    const path = newPath();
    const before = await accountsIn(path);
    const id = await before.create(cloudHsmStore());
    await before.send({ op: 'ConnectCustomKeyStore', input: { CustomKeyStoreId: id } });
    await before.send({ op: 'DescribeCustomKeyStores', input: {} });
    await before.send({
      op: 'CreateKey',
      input: { CustomKeyStoreId: id, Origin: 'AWS_CLOUDHSM', Description: 'mine' },
    });
    const gone = await before.create(publicStore('beta'));
    await before.send({ op: 'DeleteCustomKeyStore', input: { CustomKeyStoreId: gone } });
    await before.accounts.setWorld({ quota: { customKeyStores: 1 } });
    const shown = await before.send({ op: 'DescribeCustomKeyStores', input: {} });
    await before.accounts.close();

    const after = await accountsIn(path);
    expect(await after.send({ op: 'DescribeCustomKeyStores', input: {} })).toEqual(shown);
    expect(after.accounts.dump()).toEqual(before.accounts.dump());
    const full = await after.send({ op: 'CreateCustomKeyStore', input: publicStore('gamma') });
    expect(full).toMatchObject({ error: 'LimitExceededException' });
    await after.accounts.setWorld({});
    expect(await after.create(publicStore('gamma'))).not.toBe(gone);
    await after.accounts.close();
    expect(readFileSync(path, 'utf8')).not.toContain(passwords[0]);
  });

  it('loses only the line that was torn', async () => {
    const path = newPath();
    const before = await accountsIn(path);
    await before.create(cloudHsmStore());
    await before.accounts.close();
    appendFileSync(path, '{"owner":"111122223333","region":"us-ea');

    const after = await accountsIn(path);
    expect(after.accounts.dump()).toEqual(before.accounts.dump());
    await after.create(publicStore('beta'));
    await after.accounts.close();
    const again = await accountsIn(path);
    expect(again.accounts.dump()).toEqual(after.accounts.dump());
    await again.accounts.close();
  });

  it('is written anew when it has grown, and holds the same', async () => {
    const path = newPath();
    const before = await accountsIn(path, 2000);
    const id = await before.create(cloudHsmStore());
    const rename = (index: number): Request => {
      const input = { CustomKeyStoreId: id, NewCustomKeyStoreName: `name-${index}` };
      return { op: 'UpdateCustomKeyStore', input };
    };
    let most = 0;
    for (let round = 0; round < 10; round++) {
      await Promise.all(Array.from({ length: 10 }, (_, index) => before.send(rename(round * 10 + index))));
      most = Math.max(most, statSync(path).size);
    }
    expect(most).toBeLessThan(10_000);
    await before.accounts.close();
    const after = await accountsIn(path);
    expect(after.accounts.dump()).toEqual(before.accounts.dump());
    expect(JSON.stringify(after.accounts.dump())).toContain('name-99');
    await after.accounts.close();
  });

  it('belongs to one process at a time', async () => {
    const path = newPath();
    const { accounts } = await accountsIn(path);
    await expect(StateFile.open(path)).rejects.toThrow('another process uses it');
    await accounts.close();
    await (await StateFile.open(path)).close();
  });

  it.each([
    ['something else', '{"a":1}\n', 'not a state file'],
    ['a damaged line', '{"format":"kms-cks state","version":1}\n{"put":\n{"world":{}}\n', 'line 2 is damaged'],
    ['words', 'words', 'not a state file'],
  ])('is not %s', async (_, content, reason) => {
    const path = newPath();
    writeFileSync(path, content);

    await expect(StateFile.open(path)).rejects.toThrow(reason);
    expect(readFileSync(path, 'utf8')).toBe(content);
  });
});

// Helpers

const newPath = (): string => join(mkdtempSync(join(tmpdir(), 'kms-cks-')), 'state');

async function accountsIn(path: string, most?: number) {
  const reading = { edition: '2022-11', answers: {} } as const;
  const state = await StateFile.open(path, most);
  const accounts = new Accounts({ make: (scope) => new ReferenceService({ reading, scope }), state });
  const send = (request: Request) => accounts.answer(defaultScope, request, 'test');
  const create = async (input: Extract<Request, { op: 'CreateCustomKeyStore' }>['input']) => {
    const answer = await send({ op: 'CreateCustomKeyStore', input });
    return 'ok' in answer ? String(answer.ok['CustomKeyStoreId']) : answer.error;
  };
  return { accounts, send, create };
}
