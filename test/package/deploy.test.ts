import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder, runPql } from '../bots/repl/spawn-pql.ts';

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const dockerfile = read('Dockerfile');
const compose = read('compose.yaml');
const unit = read('examples/deploy/watchai-worker@.service');

/** What pql is told in them, a list of words each: `[pql, --no-work]`, `["worker"]`, `ExecStart=/opt/watchai/pql worker …`. */
const told = [
  ...[...`${dockerfile}\n${compose}`.matchAll(/^ *(?:CMD|command:|entrypoint:|.* CMD) (\[.*\])$/gm)].map(
    ([, list = '']) => list.replace(/[[\]"]/g, '').split(', '),
  ),
  ...[...unit.matchAll(/^ExecStart=\S*\/pql (.*)$/gm)].map(([, words = '']) => words.split(' ')),
].filter(([first = '']) => !/redis|pg_isready|^$/.test(first));

test('what containers and units tell pql is what it understands', async () => {
  const folder = await emptyFolder();
  const help = async (...words: string[]) => (await runPql([...words, '--help'], folder)).out;
  const all = await help();
  expect(told.length).toBeGreaterThan(4);
  for (const words of told) {
    const command = words.find((word) => ['worker', 'migrate'].includes(word));
    const known = command === undefined ? all : await help(command);
    expect(command ?? words[0]).toBe(words.find((word) => !word.startsWith('-')));
    for (const flag of words.filter((word) => word.startsWith('-'))) expect(known).toContain(flag);
  }
});

test('whoever stops a worker waits longer than its jobs are given to end', () => {
  const [, composeGrace] = /worker, --grace, (\d+)s\]/.exec(compose) ?? [];
  const [, composeStop] = /stop_grace_period: (\d+)s/.exec(compose) ?? [];
  expect(Number(composeStop)).toBeGreaterThan(Number(composeGrace));
  const [, unitGrace] = /--grace (\d+)s/.exec(unit) ?? [];
  const [, unitStop] = /TimeoutStopSec=(\d+)/.exec(unit) ?? [];
  expect(Number(unitStop)).toBeGreaterThan(Number(unitGrace));
});

test('the image is made of files that are there, and leaves out what is made anew', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--)(.*) \S+$/gm)].flatMap(([, files = '']) =>
    files.split(' '),
  );
  expect(copied).toContain('package-lock.json');
  for (const file of copied)
    expect(existsSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)))).toBe(true);
  expect(read('.dockerignore').split('\n')).toEqual(
    expect.arrayContaining(['**/node_modules', '.git', '.pql']),
  );
  expect(compose).toContain('--maxmemory-policy, noeviction');
});
