import { command, type Takes } from '../operation.ts';

const words: Takes = {
  what: 'prompt',
  min: 1,
  max: 1,
  kinds: [],
  noun: 'a text in quotes',
  usage: '"harbour"',
};

const lists: readonly (readonly [string, string])[] = [
  ['PIPELINES', 'runs whose statements contain the text'],
  ['PROMPTS', 'descriptions that contain the text'],
  ['VIDEOS', 'clips whose description, file or recipe contains the text'],
];

/** What was there before, by its words. */
export const search = command({
  verb: 'SEARCH',
  family: 'query',
  help: 'finds earlier statements and what they made by their words',
  details: [
    'All words must be there; beginnings and typing errors are found too, what fits best comes first.',
  ],
  variants: lists.map(([word, help]) => ({
    subject: [word],
    name: word.toLowerCase(),
    help,
    takes: words,
    letters: null,
    pages: true,
  })),
  examples: [
    { text: 'SEARCH PIPELINES "harbour"', says: 'every run that has to do with a harbour' },
    { text: 'SEARCH VIDEOS "harbour"', says: 'every clip whose making mentions one' },
  ],
});
