import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

import { type Measured, meets } from './measured.ts';

type Row = Measured & { bench: string; ok: boolean | null };

/** Runs every bench beside this file, or those whose name holds an argument, and prints one table (`--json`: one object a line). Each has
 * a process of its own (`--only name`), since what one leaves in the heap and in the compiler changes what the next one measures. */
async function main(args: readonly string[]): Promise<number> {
  if (args[0] === '--only') return measure(args[1]!);
  const json = args.includes('--json');
  const wanted = args.filter((arg) => !arg.startsWith('-'));
  const names = (await readdir(new URL('.', import.meta.url)))
    .filter((file) => file.endsWith('.ts') && file !== 'main.ts' && file !== 'measured.ts')
    .map((file) => file.slice(0, -3))
    .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
    .sort();
  if (names.length === 0) {
    process.stderr.write(`bench: nothing is called ${wanted.join(' or ')}\n`);
    return 2;
  }
  const rows: Row[] = [];
  let broken = false;
  for (const bench of names) {
    process.stderr.write(`bench: ${bench}\n`);
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--only', bench], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const lines = (await text(child.stdout)).split('\n').filter((line) => line !== '');
    rows.push(...lines.map((line) => JSON.parse(line) as Row));
    if ((await ended) !== 0) broken = true;
  }
  process.stdout.write(json ? rows.map((row) => `${JSON.stringify(row)}\n`).join('') : table(rows));
  return broken || rows.some((row) => row.ok === false) ? 1 : 0;
}

/** Measures one bench and prints its rows as JSON, one a line. */
async function measure(bench: string): Promise<number> {
  const module = (await import(new URL(`./${bench}.ts`, import.meta.url).href)) as {
    bench?: () => Promise<Measured[]>;
  };
  try {
    for (const measured of (await module.bench?.()) ?? [])
      process.stdout.write(`${JSON.stringify({ bench, ...measured, ok: meets(measured) })}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`bench: ${bench} could not be measured: ${(error as Error).stack}\n`);
    return 1;
  }
}

function table(rows: readonly Row[]): string {
  const number = (value: number) => Number(value.toPrecision(3)).toString();
  const cells = [
    ['what', 'measured', 'goal', 'ok'],
    ...rows.map((row) => [
      row.against ? `${row.name} (against ${row.against})` : row.name,
      `${number(row.value)} ${row.unit}`.trim(),
      row.goal,
      row.ok === null ? '' : row.ok ? 'yes' : 'NO',
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |\n`;
  return [
    line(cells[0]!),
    `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|\n`,
    ...cells.slice(1).map(line),
  ].join('');
}

process.exitCode = await main(process.argv.slice(2));
