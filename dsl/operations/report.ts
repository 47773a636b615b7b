import { clause, command } from '../operation.ts';
import { person } from '../values/person.ts';
import { text } from '../values/text.ts';

/** Says that a result shows somebody who should not be in it. */
export const report = command({
  verb: 'REPORT',
  family: 'consent',
  help: 'tells the moderators that a result shows somebody who should not be in it',
  details: [
    'It becomes a request. Nothing is held by it: a moderator looks, and removes the result or enters an opt-out.',
    'OPT OUT says no for a person at once, in every result that names them; what shows somebody without naming them, only people see.',
  ],
  variants: [
    {
      subject: [],
      name: '',
      help: 'a clip, a picture or a sound of this workspace',
      takes: {
        what: 'target',
        min: 1,
        max: 1,
        kinds: [],
        noun: 'a clip, a picture or a sound',
        usage: 'v12',
      },
      letters: null,
      clauses: {
        SHOWS: clause(person, 'who is in it, by name', { needed: true }),
        BECAUSE: clause(text, 'what is wrong with it'),
      },
    },
  ],
  examples: [
    {
      text: 'REPORT v12 SHOWS "Jane Roe" BECAUSE "she never agreed to this"',
      says: 'asks a moderator to look at v12',
    },
  ],
});
