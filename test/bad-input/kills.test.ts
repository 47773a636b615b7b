import { readdirSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { emptyFolder, type Running, runPql, startPql } from '../bots/repl/spawn-pql.ts';

const film = 'GENERATE "forest in rain" DURATION 2s SIZE 320x180 SEED 7 TO out/film.mp4';
/** Polls end as soon as they hold; a machine under load may take its time. */
const soon = { timeout: 60_000, interval: 50 };

interface Living {
  pid: number;
  parent: number;
  words: string;
}

/** Every process that lives, by /proc. */
function living(): Living[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/stat`, 'utf8');
        const [state, parent] = status.slice(status.lastIndexOf(')') + 2).split(' ');
        const words = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return state === 'Z' || state === 'X' ? [] : [{ pid: Number(name), parent: Number(parent), words }];
      } catch {
        return [];
      }
    });
}

function below(pid: number, all = living()): Living[] {
  return all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid, all)]);
}

/** The encoder that a running program feeds, once there is one. */
async function encoderOf(running: Running): Promise<number> {
  const find = () =>
    below(running.process.pid as number).find(({ words }) => /ffmpeg .*rawvideo/.test(words))?.pid;
  await expect.poll(find, soon).toBeDefined();
  return find() as number;
}

test.runIf(process.platform === 'linux')(
  'a killed ffmpeg costs an attempt, not the film (needs /proc)',
  async () => {
    const folder = await emptyFolder();
    const running = startPql(['-c', film, '--json'], folder);
    process.kill(await encoderOf(running), 'SIGKILL');
    const done = await running.ended;
    expect(done.status).toBe(0);
    expect(done.out).toMatch(/"type":"failed".*"kind":"transient".*"willRetry":true/);
    expect((await stat(join(folder, 'out/film.mp4'))).size).toBeGreaterThan(1000);
    expect(await readdir(join(folder, 'out'))).toEqual(['film.mp4']);
    expect(await readdir(join(folder, 'home/scratch'))).toEqual([]);
  },
);

test.runIf(process.platform === 'linux')(
  'kill -9 leaves no process and no half-written film, and the next start resumes (needs /proc)',
  async () => {
    const folder = await emptyFolder();
    const running = startPql(['-c', film], folder);
    await encoderOf(running);
    const children = below(running.process.pid as number).map(({ pid }) => pid);
    expect(children.length).toBeGreaterThan(0);
    process.kill(running.process.pid as number, 'SIGKILL');
    expect(await running.ended).toMatchObject({ signal: 'SIGKILL' });
    await expect.poll(() => living().filter(({ pid }) => children.includes(pid)), soon).toEqual([]);
    await expect(stat(join(folder, 'out/film.mp4'))).rejects.toThrow();

    const again = await runPql(['-c', film], folder);
    expect(again).toMatchObject({ status: 0 });
    expect(await readdir(join(folder, 'out'))).toEqual(['film.mp4']);
    expect(await readdir(join(folder, 'home/scratch'))).toEqual([]);
    const groups = await runPql(['-c', 'SHOW GROUPS'], folder);
    expect(groups.out).not.toMatch(/^g\d+ +failed/m);
  },
);
