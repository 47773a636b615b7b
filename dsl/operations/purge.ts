import { clause, command } from '../operation.ts';
import { age } from '../values/age.ts';

/** Frees the bytes of what nobody sees any more, after a yes. */
export const purge = command({
  verb: 'PURGE',
  family: 'manage',
  help: 'frees the disk of finished work that nobody sees any more; asks first',
  details: [
    'Finished work is kept after REMOVE GROUP, so that the same statement is recalled instead of done again; this lets go of it.',
    'What has an id such as v12, and whatever a run still needs, stays; so do files written by TO.',
  ],
  destructive: true,
  variants: [
    {
      subject: ['CACHE'],
      name: 'cache',
      help: 'finished work that only the cache holds; SHOW CACHE says how much',
      takes: null,
      letters: null,
      clauses: { OLDER: clause(age, 'only what was last made or recalled so long ago') },
    },
    {
      subject: ['GROUP'],
      name: 'group',
      help: 'a run like REMOVE GROUP, with its finished work and the bytes',
      takes: { what: 'target', min: 1, max: 1, kinds: [], noun: 'a group', usage: 'g7' },
      letters: ['g'],
    },
  ],
  examples: [
    { text: 'PURGE CACHE OLDER THAN 30d', says: 'what was not used for a month' },
    { text: 'PURGE GROUP g7', says: 'a run and its bytes' },
  ],
});
