import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import axe from 'axe-core';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The site, if `npm run site` has built it: that takes a package of its own, and a minute. */
const root = 'docs/.vitepress/dist';
let server: Server;
let browser: Browser;
let address: string;

describe.skipIf(!existsSync(join(root, 'index.html')))('the site', () => {
  beforeAll(async () => {
    server = createServer((request, response) => {
      const file = fileOf(new URL(request.url ?? '', 'http://site').pathname);
      response.writeHead(file === undefined ? 404 : 200, {
        'content-type': types[extname(file ?? '')] ?? 'text/plain',
      });
      response.end(file === undefined ? '' : readFileSync(file));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('is drawn, and axe finds nothing: %s, %i wide', async (colorScheme, width) => {
    const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    const wrong: string[] = [];
    page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()));
    page.on('pageerror', ({ message }) => wrong.push(message));
    page.on('response', (response) => response.status() >= 400 && wrong.push(response.url()));
    for (const path of ['/', '/docs/reference/states.html', '/docs/reference/operations/UpdateCustomKeyStore.html']) {
      await page.goto(address + path, { waitUntil: 'networkidle' });
      if ((await page.locator('.mermaid').count()) > 0) await page.waitForSelector('.mermaid svg');
      await page.evaluate(axe.source);
      const found = await page.evaluate(
        "axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes[0].html))",
      );
      expect(found, path).toEqual([]);
    }
    expect(wrong).toEqual([]);
    await page.close();
  });

  it('finds a rule, and has the explorer', async () => {
    const page = await browser.newPage();
    await page.goto(address, { waitUntil: 'networkidle' });
    const box = page.locator('.VPLocalSearchBox input');
    // Nothing shows when the page begins to listen, so the key is pressed until it does.
    const opened = async () => {
      await page.keyboard.press('Control+k');
      return box.isVisible();
    };
    await expect.poll(opened, { timeout: 120_000, interval: 500 }).toBe(true);
    await box.fill('cluster/not-related');
    await page.locator('.VPLocalSearchBox .result').first().click();
    await page.waitForURL(/reference\/rules(\.html)?#clusternot-related$/);
    await page.goto(`${address}/explorer.html`);
    expect(await page.getByRole('heading').first().innerText()).not.toBe('');
    await page.close();
  });
});

// Helpers

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

function fileOf(path: string): string | undefined {
  const file = join(root, decodeURIComponent(path));
  const candidates = [file, join(file, 'index.html'), `${file}.html`];
  return candidates.find((candidate) => statSync(candidate, { throwIfNoEntry: false })?.isFile());
}
