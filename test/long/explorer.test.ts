import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeExplorer } from '../../src/cli/explorer-file.ts';
import type { HistoryEvent } from '../../src/oracle/history.ts';
import { explorerLink } from '../../src/render/explorer-page.ts';
import { hashOf } from '../../src/render/explorer-state.ts';

const folder = mkdtempSync(join(tmpdir(), 'explorer-'));
const secrets = ['hunter2-hunter2', 'opensesame99'];
let browser: Browser;
const requested: string[] = [];

await build({ configFile: 'src/explorer/vite.config.ts' });
beforeAll(async () => {
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
});
afterAll(() => browser?.close());

const store = { CustomKeyStoreId: 'cks-a' };
const shown = (ConnectionState: string) => ({
  ...store,
  CustomKeyStoreName: 'alpha',
  CustomKeyStoreType: 'AWS_CLOUDHSM',
  CloudHsmClusterId: 'cluster-aaaaaaaaaaa',
  TrustAnchorCertificate: 'customerCA.crt',
  ConnectionState,
  CreationDate: 1,
});

/** A history whose last event no edition allows: the password changes while the store is connecting. */
const violating = [
  {
    op: 'CreateCustomKeyStore',
    input: {
      CustomKeyStoreName: 'alpha',
      CloudHsmClusterId: 'cluster-aaaaaaaaaaa',
      TrustAnchorCertificate: 'customerCA.crt',
      KeyStorePassword: secrets[0],
    },
    ok: store,
  },
  { op: 'ConnectCustomKeyStore', input: store, ok: {} },
  { op: 'DescribeCustomKeyStores', input: {}, ok: { CustomKeyStores: [shown('CONNECTED')], Truncated: false } },
  { op: 'UpdateCustomKeyStore', input: { ...store, CloudHsmClusterId: 'cluster-bbbbbbbbbbb' }, ok: {} },
  {
    op: 'UpdateCustomKeyStore',
    input: { ...store, KeyStorePassword: secrets[1] },
    error: 'CustomKeyStoreInvalidStateException',
  },
] as unknown as readonly HistoryEvent[];

const file = join(folder, 'history.ndjson');
writeFileSync(file, violating.map((event) => `${JSON.stringify(event)}\n`).join(''));

async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...options });
  context.setDefaultTimeout(300_000);
  const page = await context.newPage();
  page.on('request', (request) => requested.push(request.url()));
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(address);
  await page.waitForSelector('h1');
  return page;
}

const plain = pathToFileURL(writeExplorer(undefined, join(folder, 'plain.html'))).href;
const heading = (page: Page) => page.locator('.step h2').innerText();
const lit = (page: Page) => page.locator('.node.current').innerText();
const press = (page: Page, name: string | RegExp) =>
  page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .click();

describe('the offline explorer in a browser', () => {
  it('asks no network for anything', async () => {
    const page = await open(plain);
    await press(page, 'ConnectCustomKeyStore');
    expect(requested.filter((address) => !address.startsWith('file:') && !address.startsWith('data:'))).toEqual([]);
    await page.context().close();
  });

  it('lights the state, shades what may be, and takes hidden steps', async () => {
    const page = await open(plain);
    expect(await lit(page)).toContain('DISCONNECTED');
    await press(page, 'ConnectCustomKeyStore');
    expect(await lit(page)).toContain('CONNECTING');
    expect((await page.locator('.node.possible').allInnerTexts()).map((text) => text.split(',')[0]?.trim())).toEqual([
      'CONNECTED',
      'FAILED',
    ]);
    await press(page, 'connection succeeds');
    expect(await lit(page)).toContain('CONNECTED');
    expect(await page.locator('.step .badge.conforms').count()).toBe(1);
    await page.goBack();
    await page.waitForFunction(() => document.querySelector('.node.current')?.textContent?.startsWith('CONNECTING'));
    await page.context().close();
  });

  it('shows before it is pressed what may come of an operation, with rule and source', async () => {
    const page = await open(plain);
    const operation = page.locator('.ask', { hasText: 'DisconnectCustomKeyStore' });
    expect(await operation.locator('.chips').innerText()).toContain('CustomKeyStoreInvalidStateException');
    await operation.getByRole('button', { name: /^why/ }).click();
    expect(await operation.locator('.rule code').first().innerText()).toMatch(/^[a-z-]+\/[a-z-]+$/);
    expect(await operation.locator('.rule a').first().getAttribute('href')).toMatch(/^https:\/\//);
    await page.context().close();
  });

  it('lights what differs between editions, and between answers', async () => {
    const page = await open(plain);
    await press(page, 'ConnectCustomKeyStore');
    await press(page, 'connection succeeds');
    expect(await page.locator('.matrix .differs').count()).toBe(0);
    await page.getByRole('radio', { name: '2026-04' }).check();
    const renaming = page.locator('.matrix tr', { hasText: 'NewCustomKeyStoreName' });
    expect(await renaming.locator('td.differs').innerText()).toMatch(/2022-11\s*✕\s*: refused/);
    await page.getByRole('radio', { name: '2022-11' }).check();
    await page.getByText('All 94 questions').click();
    await page
      .getByLabel('Change credential or URI path of a CONNECTED external store?')
      .first()
      .selectOption('REJECT_INVALID_STATE');
    expect(await page.locator('.matrix td.differs').count()).toBe(2);
    await page.context().close();
  });

  it('opens at the failing step, in a link as in a file, and names the rule and its source', async () => {
    const link = await explorerLink(violating, 3, plain);
    const embedded = writeExplorer({ history: violating, at: 4 }, join(folder, 'embedded.html'));
    for (const address of [link, pathToFileURL(embedded).href]) {
      const page = await open(address);
      await page.waitForSelector('.step.violates');
      expect(await heading(page)).toBe('Step 4: UpdateCustomKeyStore');
      expect(await page.locator('.broken').innerText()).toContain('update/in-state');
      expect(await page.locator('.broken a').first().getAttribute('href')).toMatch(/^https:\/\//);
      expect(await page.locator('.verdicts').innerText()).toContain('violated at step 4');
      await page.context().close();
    }
  });

  it('takes a history that is dropped on it, and steps through it with the keyboard', async () => {
    const page = await open(plain);
    await page.evaluate(
      (text) => {
        const data = new DataTransfer();
        data.items.add(new File([text], 'history.ndjson'));
        dispatchEvent(new DragEvent('drop', { dataTransfer: data }));
      },
      readFileSync(file, 'utf8'),
    );
    await page.waitForSelector('.step.violates');
    await page.keyboard.press('Home');
    expect(await page.locator('.step h2').innerText()).toBe('The beginning');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await heading(page)).toBe('Step 2: ConnectCustomKeyStore');
    await page.keyboard.press('ArrowLeft');
    expect(await heading(page)).toBe('Step 1: CreateCustomKeyStore');
    await page.keyboard.press('v');
    expect(await heading(page)).toBe('Step 4: UpdateCustomKeyStore');
    await page.keyboard.press('End');
    expect(await heading(page)).toBe('Step 5: UpdateCustomKeyStore');
    await page.context().close();
  });

  it('names the member that is not as it may be, and where the documents say so', async () => {
    const list = { op: 'DescribeCustomKeyStores', input: {}, ok: { CustomKeyStores: [shown('DISCONNECTED')] } };
    const history = [...violating.slice(0, 2), list] as unknown as readonly HistoryEvent[];
    const page = await open(await explorerLink(history, 2, plain));
    await page.waitForSelector('.step.violates');
    const text = await page.locator('.broken').innerText();
    expect(text).toContain('ConnectionState CONNECTING or CONNECTED');
    expect(text).toContain('not DISCONNECTED');
    expect(await page.locator('.broken a').count()).toBeGreaterThan(0);
    await page.context().close();
  });

  it('says what was allowed at the time, where answers may rest on the recent past', async () => {
    const settled = { op: 'DescribeCustomKeyStores', input: {}, ok: { CustomKeyStores: [shown('DISCONNECTED')] } };
    const disconnect = { op: 'DisconnectCustomKeyStore', input: store, ok: {} };
    const history = [disconnect, settled, disconnect].map((event, index) => ({ ...event, start: index * 3_600_000 }));
    const state = { at: 3, initial: 'unknown', consistency: 'eventual', worldIs: 'changing' } as const;
    const page = await open(`${plain}#${await hashOf({ ...state, history: history as never })}`);
    await page.waitForSelector('.step.violates');
    expect(await page.locator('.broken').innerText()).toContain('do not allow ok here');
    expect(await page.locator('.step .part .chip.ok:not(.wrong)').count()).toBe(0);
    await page.context().close();
  });

  it.each([
    ['at once', 0],
    ['long after it is opened', 1],
  ])('goes to what is wrong in a long history %s, and lists only what is near', async (_, slower) => {
    const again = [...violating.slice(1, 3), { op: 'DisconnectCustomKeyStore', input: store, ok: {} }];
    const settled = { op: 'DescribeCustomKeyStores', input: {}, ok: { CustomKeyStores: [shown('DISCONNECTED')] } };
    const rounds = Array.from({ length: 750 }, () => [...again, settled]).flat();
    const lines = [violating[0], ...rounds, { op: 'DeleteCustomKeyStore', input: store, error: 'NotFoundException' }];
    const page = await open(plain);
    // each look at the clock takes a millisecond more: patience ends long before the violation
    await page.evaluate((more) => {
      const now = performance.now.bind(performance);
      let looks = 0;
      performance.now = () => now() + more * ++looks;
    }, slower);
    await page.setInputFiles('input[type=file]', {
      name: 'x.ndjson',
      mimeType: 'text/plain',
      buffer: Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n')),
    });
    await page.waitForSelector('.step.violates');
    expect(await heading(page)).toBe('Step 3002: DeleteCustomKeyStore');
    expect(await page.locator('.event').count()).toBeLessThan(130);
    await page.context().close();
  });

  it.each([
    ['that is damaged', 'history=zzz', /^Step 2: CreateCustomKeyStore/],
    [
      'that asks for what there is not',
      'at=1e9&edition=__proto__&answers=constructor:x&staleness=-1',
      /^The beginning/,
    ],
  ])('takes a link %s', async (_, hash, shows) => {
    const page = await open(`${plain}#${hash}`);
    await page.waitForFunction(
      (pattern) => new RegExp(pattern).test(document.querySelector('.step h2')?.textContent ?? ''),
      shows.source,
    );
    expect(await page.getByRole('alert').count()).toBe(hash.includes('zzz') ? 1 : 0);
    await page.context().close();
  });

  it('takes a secret out of the link that it was opened with', async () => {
    const given = `#at=1&history=${deflateRawSync(JSON.stringify(violating)).toString('base64url')}`;
    const page = await open(plain + given);
    await page.waitForFunction((before) => location.hash !== before, given);
    const packed = new URLSearchParams(new URL(page.url()).hash.slice(1)).get('history') ?? '';
    const kept = inflateRawSync(Buffer.from(packed, 'base64url')).toString();
    expect(kept).toContain('KeyStorePassword');
    expect(kept).not.toContain(secrets[0]);
    await page.context().close();
  });

  it('says what is wrong with a file that is no history', async () => {
    const page = await open(plain);
    await page.setInputFiles('input[type=file]', {
      name: 'x.ndjson',
      mimeType: 'text/plain',
      buffer: Buffer.from('{"op":1}'),
    });
    expect(await page.getByRole('alert').innerText()).toContain('line 1');
    await page.context().close();
  });

  it('can be used with the keyboard alone', async () => {
    const page = await open(plain);
    for (let tabs = 0; tabs < 60; tabs++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate(() => document.activeElement?.textContent)) === 'ConnectCustomKeyStore') break;
    }
    await page.keyboard.press('Enter');
    expect(await lit(page)).toContain('CONNECTING');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON');
    await page.context().close();
  });

  it('shows exactly the same from its own link', async () => {
    const page = await open(plain);
    await press(page, 'ConnectCustomKeyStore');
    await press(page, /^connection fails/);
    await page.getByRole('radio', { name: '2025-10' }).check();
    await page.waitForFunction(() => location.hash.includes('2025-10'));
    const again = await open(page.url());
    await again.waitForFunction(() => document.querySelector('.node.current')?.textContent?.startsWith('FAILED'));
    expect(await again.locator('main').innerText()).toBe(await page.locator('main').innerText());
    await page.context().close();
    await again.context().close();
  });

  it('keeps secrets out of links, files and the page', async () => {
    const page = await open(await explorerLink(violating, 4, plain));
    await page.waitForFunction(() => document.querySelector('.step h2')?.textContent?.startsWith('Step 5'));
    const kept = [
      page.url(),
      decodeURIComponent(page.url()),
      await page.content(),
      readFileSync(writeExplorer({ history: violating, at: 1 }, join(folder, 'secret.html')), 'utf8'),
      await page.evaluate(async () => {
        const packed = new URLSearchParams(location.hash.slice(1)).get('history') ?? '';
        const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (each) =>
          each.charCodeAt(0),
        );
        const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
        return new Response(stream).text();
      }),
    ];
    for (const text of kept) for (const secret of secrets) expect(text).not.toContain(secret);
    expect(kept.at(-1)).toContain('KeyStorePassword');
    await page.context().close();
  });

  it('axe finds nothing, light and dark, wide and narrow', async () => {
    const page = await open(await explorerLink(violating, 3, plain), { reducedMotion: 'reduce' });
    await page.waitForSelector('.step.violates');
    await page.locator('button.why').first().click();
    await page.getByText('All 94 questions').click();
    await page.evaluate(axe.source);
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1440, 400]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        // Only colours differ between light and dark.
        const rules = (colorScheme === 'light') === (width === 1440) ? undefined : ['color-contrast'];
        const violations = await page.evaluate(async (only) => {
          const { axe: tool } = globalThis as unknown as { axe: { run(options: object): Promise<AxeResults> } };
          const { violations: found } = await tool.run(only === undefined ? {} : { runOnly: only });
          return found.map(({ id, nodes }) => ({
            id,
            nodes: nodes.map(({ html, failureSummary }) => [html, failureSummary]),
          }));
        }, rules);
        expect(violations, `${colorScheme}, ${width}`).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      }
    }
    await page.context().close();
  });
});

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}
