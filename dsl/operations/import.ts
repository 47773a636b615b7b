import { command } from '../operation.ts';

/** Brings lists in. */
export const importing = command({
  verb: 'IMPORT',
  family: 'consent',
  help: 'enters people who may not be shown without a grant',
  details: [
    'A CSV with the columns name, aliases, context and kind, several in a field with | between them; JSON with the same; or the JSON of Wikidata.',
    'An admin imports; it holds in every workspace.',
  ],
  variants: [
    {
      subject: ['PEOPLE', 'FROM'],
      name: 'people',
      help: 'a list of public figures',
      takes: { what: 'prompt', min: 1, max: 1, kinds: [], noun: 'a file in quotes', usage: '"people.csv"' },
      letters: null,
    },
  ],
  examples: [{ text: 'IMPORT PEOPLE FROM "people.csv"', says: 'enters everybody in the file' }],
});
