import { command } from '../operation.ts';

/** Earlier statements by their words. */
export const search = command({
  verb: 'SEARCH',
  family: 'query',
  help: 'finds earlier statements by their words',
  details: [],
  variants: [
    {
      subject: ['PIPELINES'],
      name: 'pipelines',
      help: 'runs whose statements contain the text',
      takes: { what: 'prompt', min: 1, max: 1, kinds: [], noun: 'a text in quotes', usage: '"harbour"' },
      letters: null,
    },
  ],
  examples: [{ text: 'SEARCH PIPELINES "harbour"', says: 'every run that has to do with a harbour' }],
});
