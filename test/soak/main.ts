import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { faults } from './faults.ts';
import { onSmallDisk } from './small-disk.ts';
import { soak } from './soak.ts';

// `npm run soak -- --minutes 2 --seed 7 --faults worker-killed,database-killed`: exit status 0 when everything is accounted for, 1 when not, 2 for
// arguments that mean nothing.
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    seed: { type: 'string' },
    faults: { type: 'string' },
    /** The small disk that this program has mounted for itself. */
    disk: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6));
const known = Object.keys(faults);
const kinds = values.faults?.split(',') ?? known;
if (
  !(minutes > 0 && minutes <= 600) ||
  !Number.isSafeInteger(seed) ||
  !kinds.every((kind) => kind in faults)
) {
  console.error(
    `soak: --minutes takes up to 600, --seed a whole number, --faults a list of ${known.join(', ')}`,
  );
  process.exit(2);
}

const folder = values.disk ?? (await mkdtemp(join(tmpdir(), 'pql-soak-')));
const again = [...process.execArgv, process.argv[1] ?? '', ...process.argv.slice(2), '--seed', String(seed)];
const status =
  values.disk === undefined && kinds.includes('disk-filled')
    ? onSmallDisk(folder, [process.execPath, ...again, '--disk', folder])
    : null;
process.exitCode =
  status ?? (await run(kinds.filter((kind) => kind !== 'disk-filled' || values.disk !== undefined)));
if (values.disk === undefined && process.exitCode === 0) await rm(folder, { recursive: true, force: true });

async function run(kinds: readonly string[]): Promise<number> {
  // By turns, as on one machine and as on several.
  const shared = seed % 2 === 1;
  const homes = shared ? 'a home each and shared results' : 'one home';
  console.log(`soak: ${minutes} minutes, seed ${seed}, ${kinds.length} kinds of faults, ${homes}`);
  const { problems, ...rest } = await soak({
    seconds: minutes * 60,
    seed,
    kinds,
    folder,
    shared,
    say: console.log,
  });
  console.log(JSON.stringify(rest, null, 2));
  if (problems.length === 0) {
    console.log('soak: every run is accounted for, every artifact verifies');
    return 0;
  }
  console.error(problems.map((problem) => `soak: ${problem}`).join('\n'));
  const kept = values.disk === undefined ? folder : `${folder}-kept`;
  // The disk goes with us.
  if (kept !== folder) await cp(folder, kept, { recursive: true });
  const chosen = values.faults === undefined ? '' : ` --faults ${values.faults}`;
  console.error(`soak: everything stands in ${kept}`);
  console.error(`soak: again: npm run soak -- --minutes ${minutes} --seed ${seed}${chosen}`);
  return 1;
}
