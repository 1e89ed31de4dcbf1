import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { report } from '../../src/cli/check/report.ts';
import { withExplorers } from '../../src/cli/explorer-links.ts';
import type { CheckVerdict } from '../../src/oracle/verdict.ts';
import { explorerAddress } from '../../src/render/explorer-page.ts';
import type { Request } from '../../src/spec/inputs.ts';
import { drive } from '../../src/suite/drive.ts';
import { verdictOf } from '../../src/suite/verdict.ts';
import { faults } from '../../src/wire/faults.ts';
import { ReferenceService } from '../../src/wire/reference-service.ts';

let browser: Browser;
let page: Page;
let verdict: CheckVerdict;
const folder = mkdtempSync(join(tmpdir(), 'kms-cks-report-'));
const asked: string[] = [];

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  page = await browser.newPage();
  page.on('request', (request) => void asked.push(request.url()));
  const service = new ReferenceService({
    reading: { edition: '2022-11', answers: {} },
    fault: faults['delete-while-connected'],
  });
  const driven = await drive(
    { send: async (request: Request) => service.answer(request) },
    { editions: ['2022-11'], answers: {}, seed: 1, runs: 0, withKeys: false },
  );
  verdict = await withExplorers(
    verdictOf(driven, { edition: '2022-11', seed: 1, endpoint: '<b>an endpoint</b>' }),
    driven,
    { edition: '2022-11', answers: {} },
  );
  await report(verdict, { reporter: 'html,json', out: folder }, 'kms-cks check');
  await page.goto(pathToFileURL(join(folder, 'check.html')).href);
}, 120_000);
afterAll(async () => {
  await browser.close();
});

it('is one file that asks for nothing else', () => {
  expect(asked).toHaveLength(1);
});

it('shows the verdict, and text as text', async () => {
  expect(await page.locator('h1').innerText()).toContain('violates');
  expect(await page.locator('h1').innerText()).toContain('<b>an endpoint</b>');
});

it('shows every violation with its steps, and as programs', async () => {
  const violation = page.locator('.violation').first();

  expect(await violation.locator('.steps li').count()).toBeGreaterThan(1);
  expect(await violation.locator('summary').first().innerText()).toContain('DeleteCustomKeyStore');
  expect(await violation.locator('pre').count()).toBe(5);
  expect(await page.locator('main').innerHTML()).not.toContain('password1');
});

it('opens the explorer at the failing step, inside and on pages of their own', async () => {
  const [first] = verdict.violations;
  const expected = `Step ${first?.history.length}: ${first?.op}`;
  const explorer = page.locator('.violation').first().locator('details.explorer');
  await explorer.locator('summary').click();
  const inside = explorer.frameLocator('iframe');
  await inside.locator('.step.violates').waitFor();
  expect(await inside.locator('.step h2').innerText()).toBe(expected);
  await inside.getByRole('button', { name: '◀ Back' }).press('Enter');
  expect(await inside.locator('.step h2').innerText()).toMatch(`Step ${(first?.history.length ?? 0) - 1}: `);

  const own = pathToFileURL(join(folder, `${first?.fingerprint}.html`)).href;
  for (const address of [own, explorerAddress(first?.explorer ?? '')]) {
    const other = await browser.newPage();
    await other.goto(address);
    await other.locator('.step.violates').waitFor();
    expect(await other.locator('.step h2').innerText()).toBe(expected);
    await other.close();
  }
});

it('is told again by the command, with the page that shows it', () => {
  const [first] = verdict.violations;
  const fault = ['check', '--endpoint-fault', 'delete-while-connected', '--edition', '2022-11'];
  const words = [...fault, '--replay', first?.replay ?? '', '--out', folder];
  const { stdout, status } = spawnSync(process.execPath, ['dist/cli/main.js', ...words], { encoding: 'utf8' });

  expect(status).toBe(1);
  expect(stdout).toContain(`look:  ${join(folder, `${first?.fingerprint}.html`)}`);
});

it('colours cells and arrows by what was observed', async () => {
  expect(await page.locator('.matrix td.conforms').count()).toBeGreaterThan(20);
  expect(await page.locator('.matrix td.unreached').count()).toBeGreaterThan(0);
  expect(await page.locator('.diagram .state').count()).toBe(6);
  expect(await page.locator('.diagram .edge.conforms').count()).toBeGreaterThan(3);
});

it('fits a narrow screen', async () => {
  await page.setViewportSize({ width: 390, height: 800 });

  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
});
