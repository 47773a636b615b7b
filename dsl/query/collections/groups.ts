import type { Collection } from '../collection.ts';

/** FROM GROUPS: scripts that were run. */
export const groups: Collection = {
  name: 'groups',
  help: 'what was run',
  gives: null,
  fields: [
    { name: 'id', type: 'id', help: 'what it is called here: g7', aliases: ['group', 'group_id'] },
    {
      name: 'state',
      type: 'state',
      help: 'how far it is',
      words: ['running', 'done', 'failed', 'cancelled'],
    },
    { name: 'statement', type: 'text', help: 'what was asked', aliases: ['source', 'text'] },
    { name: 'jobs', type: 'number', help: 'how many jobs it has' },
    { name: 'done', type: 'number', help: 'how many of them are done' },
    { name: 'failed', type: 'number', help: 'how many of them failed' },
    { name: 'recalled', type: 'number', help: 'how many of them were recalled' },
    { name: 'took', type: 'seconds', help: 'how long it took, or has taken by now' },
    { name: 'created', type: 'time', help: 'when it was asked', aliases: ['asked'] },
    { name: 'finished', type: 'time', help: 'when it ended' },
    { name: 'age', type: 'seconds', help: 'how long ago it was asked' },
    { name: 'user', type: 'text', help: 'who asked', aliases: ['asker'] },
  ],
  shown: ['id', 'state', 'done', 'jobs', 'created', 'took', 'statement'],
  order: { field: 'id', descending: true },
};
