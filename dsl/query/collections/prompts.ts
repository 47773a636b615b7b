import type { Collection } from '../collection.ts';

/** FROM PROMPTS: each once, whatever was made of it. */
export const prompts: Collection = {
  name: 'prompts',
  help: 'what was described to GENERATE',
  gives: null,
  fields: [
    { name: 'prompt', type: 'text', help: 'the description', aliases: ['text'] },
    { name: 'newest', type: 'id', help: 'the latest that was made of it', aliases: ['id'] },
    { name: 'clips', type: 'number', help: 'how many were made of it' },
    { name: 'created', type: 'time', help: 'when the latest was made', aliases: ['made'] },
    { name: 'age', type: 'seconds', help: 'how long ago that was' },
  ],
  shown: ['newest', 'clips', 'created', 'prompt'],
  order: { field: 'created', descending: true },
};
