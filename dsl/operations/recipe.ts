import { command } from '../operation.ts';

/** The statement that made a film. */
export const recipe = command({
  verb: 'RECIPE',
  family: 'query',
  help: 'prints the statement that made a film',
  details: ['Every film carries it inside, also after it was stitched into another.'],
  variants: [
    {
      subject: ['OF'],
      name: 'of',
      help: 'a file, an id or a name',
      takes: {
        what: 'source',
        min: 1,
        max: 1,
        kinds: [],
        noun: 'a file, an id or a name',
        usage: '"out/film.mp4"',
      },
      letters: null,
    },
  ],
  examples: [
    { text: 'RECIPE OF "out/film.mp4"', says: 'how a file came about' },
    { text: 'RECIPE OF v12', says: 'how a clip came about' },
  ],
});
