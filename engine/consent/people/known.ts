import { createReadStream } from 'node:fs';

import { readPeople } from '../import/people.ts';
import type { PersonNames } from '../matcher/port.ts';

/** The widely known people that come with the program (`known.csv`, whose head says its source). */
export function knownPeople(signal?: AbortSignal): AsyncGenerator<PersonNames> {
  return readPeople(createReadStream(new URL('./known.csv', import.meta.url)), 'csv', signal);
}
