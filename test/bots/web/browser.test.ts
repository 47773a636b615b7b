import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openBrowser } from '../../fakes/browser.ts';
import { wordsOf } from '../../fakes/gated.ts';
import { openSite, type Site } from './open-site.ts';

const opened = await openBrowser();
const browser = 'reason' in opened ? null : opened;
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe.skipIf(browser === null)(
  `the public page in a browser${'reason' in opened ? ` (none starts: ${opened.reason})` : ''}`,
  () => {
    let site: Site;
    let page: Page;
    /** What the browser complained of: a refused script, a missing file. */
    const complaints: string[] = [];
    beforeAll(async () => {
      site = await openSite({ formsPerHour: 1000 });
      page = await browser!.newPage();
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(String(error)));
    });
    afterAll(async () => {
      await browser?.close();
      await site?.[Symbol.asyncDispose]();
    });

    /** Asks the page; text, since this house knows no browser's types. */
    const ask = async <T>(expression: string) => (await page.evaluate(expression)) as T;
    const words = () => page.$eval('main', (main) => main.innerText);
    /** Presses a key that leads to another page. */
    const go = async (key: 'Enter') => {
      await Promise.all([page.waitForNavigation(), page.keyboard.press(key)]);
    };
    /** Tabs on until what has the focus says these words; a page of ours has no more than 30 stops. */
    const tabTo = async (label: string) => {
      for (let n = 0; n < 30; n++) {
        await page.keyboard.press('Tab');
        const at = await ask<string>(
          'document.activeElement.labels?.[0]?.innerText ?? document.activeElement.innerText',
        );
        if (at === label) return;
      }
      throw new Error(`no key leads to ${label}`);
    };
    const decide = async (statement: string, who: string, role: 'moderator' | 'admin' = 'moderator') =>
      wordsOf(await site.gated.ask(statement, site.gated.as(who, role)));

    test('whole story, by keyboard and without scripts: opt out, receipt, denial, appeal, the moderators agree', async () => {
      await page.setJavaScriptEnabled(false);
      await page.goto(site.url);
      await tabTo('Skip to the content');
      await tabTo('Your say');
      await tabTo('Opt out');
      await go('Enter');
      await tabTo('Your name');
      await page.keyboard.press('Enter').catch(() => {});
      await page.waitForSelector('[role=alert]');
      expect(await page.title()).toBe('Error: Opt out');
      // What is wrong has the focus, so that a screen reader begins there.
      expect(await ask('document.activeElement.className')).toBe('problems');
      await tabTo('Write the name');
      await page.keyboard.press('Enter');
      expect(await ask('document.activeElement.id')).toBe('name');
      await page.keyboard.type('Zélie Ångström');
      await tabTo('Also delete for good the films that show me');
      await page.keyboard.press('Space');
      await tabTo('Opt out');
      await go('Enter');
      expect(await words()).toContain('You asked that nobody called Zélie Ångström be shown.');
      const link = await page.$eval('#secret', (element) => element.textContent);
      await tabTo('Go to your request');
      await go('Enter');
      expect(page.url()).toBe(link);
      expect(await words()).toContain('You have opted out, for now.');
      expect(await site.gated.codes('GENERATE "Zélie Ångström at sea"')).toEqual(['PQL540']);
      const id = /r\d+/.exec(await words())![0];
      for (const who of ['mia', 'noor']) await decide(`DENY ${id} BECAUSE "we called her: no"`, who);
      await page.goto(link!);
      expect(await words()).toMatch(/The moderators did not agree\..*we called her: no/s);
      await tabTo('Why it should be looked at again');
      await page.keyboard.type('Somebody else took the call');
      await tabTo('Appeal');
      await go('Enter');
      expect(page.url()).toBe(link);
      expect(await words()).toContain('Your appeal is being looked at.');
      await decide(`APPROVE ${id}`, 'root', 'admin');
      await page.reload();
      expect(await words()).toContain('You have opted out.');
      expect(complaints.filter((each) => !each.includes('422'))).toEqual([]);
    });

    test('every page passes the checks for access, in light and dark, and is not wider than 320 px', async () => {
      await page.setJavaScriptEnabled(true);
      const send = async (path: string, fields: Record<string, string>) => {
        await page.goto(`${site.url}${path}`);
        for (const [name, value] of Object.entries(fields))
          await ask(
            `(field => { if (field.type === 'checkbox') field.checked = true; else field.value = ${JSON.stringify(value)} })(document.querySelector('[name=${name}]'))`,
          );
        await Promise.all([page.waitForNavigation(), page.click('main form button')]);
      };
      const name = `Quince ${'Featherstonehaughlong'.repeat(4)}`;
      const receipt = async () => page.$eval('#secret', (element) => element.textContent!);
      const consent = { name, likeness: 'yes', until: '2027-01-31', message: 'call me', self: 'yes' };
      await send('/consent', consent);
      const asked = await receipt();
      await send('/opt-out', { name });
      const objected = await receipt();
      const denied = async () => {
        await page.goto(objected);
        const id = /r\d+/.exec(await words())![0];
        for (const who of ['mia', 'noor']) await decide(`DENY ${id} BECAUSE "${'x'.repeat(200)}"`, who);
        await page.goto(objected);
      };
      const shown: [string, () => Promise<unknown>][] = [
        ['start', () => page.goto(site.url)],
        ['opt out', () => page.goto(`${site.url}/opt-out`)],
        ['opt out, wrong', () => send('/opt-out', { name: '' })],
        ['consent', () => page.goto(`${site.url}/consent`)],
        ['consent, wrong', () => send('/consent', {})],
        ['receipt', () => send('/opt-out', { name })],
        ['consent asked', () => page.goto(asked)],
        ['objection', () => page.goto(objected)],
        ['denied', denied],
        ['nothing here', () => page.goto(`${site.url}/requests/${'x'.repeat(43)}`)],
      ];
      for (const [what, open] of shown) {
        await page.setViewport({ width: 320, height: 640 });
        await open();
        await ask(`for (const details of document.querySelectorAll('details')) details.open = true`);
        expect([what, await ask('document.documentElement.scrollWidth')]).toEqual([what, 320]);
        for (const scheme of ['light', 'dark']) {
          await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
          expect([what, scheme, await violations(page)]).toEqual([what, scheme, []]);
        }
      }
    });
  },
);

/** What axe-core finds wrong; its rules include WCAG 2.2 AA, contrast as computed by the browser. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const checker = (globalThis as unknown as { axe: typeof import('axe-core') }).axe;
    const { violations } = await checker.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}
