import { readFile, stat } from 'node:fs/promises';
import { Failure } from '../../engine/failure.ts';
import { mediaLimits } from './limits.ts';

/** Reads and checks a .cube table of colours (Adobe Cube LUT 1.0): 3D, 2 to 65 steps a side, as many rows of three finite numbers as
 * that needs. Answers it rewritten with nothing else in it, so that what ffmpeg reads is what was checked. */
export async function readCube(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > mediaLimits.cubeBytes) throw wrong('it is larger than 8 MB');
  let steps = 0;
  const domain = { DOMAIN_MIN: [0, 0, 0], DOMAIN_MAX: [1, 1, 1] };
  const rows: string[] = [];
  for (const [index, raw] of (await readFile(path, 'utf8')).split(/\r\n|\r|\n/).entries()) {
    const line = raw.replace(/^\ufeff/, '').trim();
    const [word = '', ...values] = line.split(/\s+/);
    const at = `line ${index + 1}`;
    if (line === '' || word.startsWith('#') || word === 'TITLE') continue;
    if (word === 'LUT_1D_SIZE') throw wrong('it is one-dimensional; a LUT_3D_SIZE is needed');
    if (word === 'LUT_3D_SIZE') {
      steps = Number(values[0]);
      if (!Number.isInteger(steps) || steps < 2 || steps > 65) throw wrong(`${at}: the size must be 2 to 65`);
    } else if (word === 'DOMAIN_MIN' || word === 'DOMAIN_MAX') domain[word] = numbers(values, at);
    else if (/^[-+.\d]/.test(word)) {
      rows.push(numbers([word, ...values], at).join(' '));
      if (rows.length > steps ** 3) throw wrong(`${at}: there are more rows than its size says`);
    } else throw wrong(`${at}: "${word.slice(0, 20)}" is not known`);
  }
  if (steps === 0) throw wrong('LUT_3D_SIZE is missing');
  if (rows.length < steps ** 3) throw wrong(`it has ${rows.length} of ${steps ** 3} rows: it is cut short`);
  const head = [
    `LUT_3D_SIZE ${steps}`,
    ...Object.entries(domain).map(([word, values]) => `${word} ${values.join(' ')}`),
  ];
  return `${[...head, ...rows].join('\n')}\n`;
}

function numbers(values: readonly string[], at: string): number[] {
  const found = values.map(Number);
  if (found.length !== 3 || found.some((value) => !Number.isFinite(value) || Math.abs(value) > 1e4))
    throw wrong(`${at}: three numbers are expected`);
  return found;
}

function wrong(what: string): Failure {
  return new Failure('user', 'PQL436', `the .cube file cannot be used: ${what}`, {
    hint: 'export it again as a 3D .cube of at most 65 steps',
  });
}
