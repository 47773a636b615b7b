import { readdir } from 'node:fs/promises';

import { type Measured, meets } from './measured.ts';

/** Runs every bench beside this file, or those whose name holds an argument, and prints one table (`--json`: one object a line). */
async function main(args: readonly string[]): Promise<number> {
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
  const rows: (Measured & { bench: string; ok: boolean | null })[] = [];
  let broken = false;
  for (const bench of names) {
    const module = (await import(new URL(`./${bench}.ts`, import.meta.url).href)) as {
      bench?: () => Promise<Measured[]>;
    };
    if (!module.bench) continue;
    process.stderr.write(`bench: ${bench}\n`);
    try {
      for (const measured of await module.bench()) rows.push({ bench, ...measured, ok: meets(measured) });
    } catch (error) {
      broken = true;
      process.stderr.write(`bench: ${bench} could not be measured: ${(error as Error).stack}\n`);
    }
  }
  process.stdout.write(json ? rows.map((row) => `${JSON.stringify(row)}\n`).join('') : table(rows));
  return broken || rows.some((row) => row.ok === false) ? 1 : 0;
}

function table(rows: readonly (Measured & { ok: boolean | null })[]): string {
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
