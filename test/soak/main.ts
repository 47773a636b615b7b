import { parseArgs } from 'node:util';
import { faults } from './faults.ts';
import { soak } from './soak.ts';

// `npm run soak -- --minutes 2 --seed 7 --faults worker-killed,database-killed`: exit status 0 when everything is accounted for, 1 when not, 2 for
// arguments that mean nothing.
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    seed: { type: 'string' },
    faults: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e6));
const kinds = values.faults?.split(',') ?? Object.keys(faults);
const unknown = kinds.filter((kind) => faults[kind] === undefined);
if (!(minutes > 0 && minutes <= 600) || !Number.isSafeInteger(seed) || unknown.length > 0) {
  console.error(
    `soak: --minutes takes up to 600, --seed a whole number, --faults a list of ${Object.keys(faults).join(', ')}`,
  );
  process.exit(2);
}
console.log(`soak: ${minutes} minutes, seed ${seed}`);
const { problems, folder, ...rest } = await soak({ seconds: minutes * 60, seed, kinds, say: console.log });
console.log(JSON.stringify(rest, null, 2));
if (problems.length === 0) console.log('soak: every run is accounted for, every artifact verifies');
else {
  console.error(problems.map((problem) => `soak: ${problem}`).join('\n'));
  const chosen = values.faults === undefined ? '' : ` --faults ${values.faults}`;
  console.error(
    `soak: everything stands in ${folder}\nsoak: again: npm run soak -- --minutes ${minutes} --seed ${seed}${chosen}`,
  );
  process.exitCode = 1;
}
