import { expect, test } from 'vitest';
import { emptyFolder, runPql, startPql } from './spawn-pql.ts';

/** Polls end as soon as they hold; a machine under load may take its time. */
const soon = { timeout: 60_000 };

test('pql web serves pages where PQL_WEB says until SIGTERM, and says how they are reached', async () => {
  const folder = await emptyFolder();
  const env = { PQL_WEB: '127.0.0.1:0', PQL_PUBLIC_URL: 'https://films.example.org/' };
  const serving = startPql(['web', '--json'], folder, { env });
  await expect.poll(() => serving.said().out, soon).toContain('"serving"');
  const told = JSON.parse(serving.said().out) as { url: string; public: string };
  expect(told.public).toBe('https://films.example.org');
  expect(await (await fetch(`${told.url}/healthz`)).text()).toBe('ok\n');
  expect((await fetch(`${told.url}/films/${'x'.repeat(43)}`)).status).toBe(404);
  serving.process.kill('SIGTERM');
  expect(await serving.ended).toMatchObject({ status: 0, err: '' });
});

test('pql web says what it needs', async () => {
  const { status, err } = await runPql(['web'], await emptyFolder());
  expect(status).toBe(2);
  expect(err).toMatch(/PQL_WEB does not say where to listen\n {3}= PQL_WEB=127\.0\.0\.1:8080 pql web/);
});
