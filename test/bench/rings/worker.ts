import { openLog } from '../../../engine/log.ts';
import { openServed } from '../../../engine/served.ts';
import { startLanes } from '../../../workers/lanes.ts';

/** A worker whose handler does nothing, for the database, queue server and home in its arguments. Prints `ready`. */
const [database, queueServer, home] = process.argv.slice(2) as [string, string, string];
const parts = await openServed(database, home, { url: queueServer, trouble: console.error });
await startLanes(parts, {
  handlers: { notify: async () => ({ notes: [] }) },
  slots: { cpu: 4 },
  scratch: parts.scratch,
  worker: `bench-${process.pid}`,
  log: openLog({ level: 'silent', sink: () => {}, now: Date.now }),
});
console.log('ready');
