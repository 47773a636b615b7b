import type { Collection } from '../collection.ts';

/** FROM SETTINGS. */
export const settings: Collection = {
  name: 'settings',
  help: 'settings and their values',
  gives: null,
  fields: [
    { name: 'name', type: 'text', help: 'as SET takes it', aliases: ['setting', 'label'] },
    { name: 'value', type: 'text', help: 'what it is now' },
    { name: 'usual', type: 'text', help: 'what it is where nobody chose', aliases: ['usually', 'default'] },
    { name: 'changed', type: 'flag', help: 'whether somebody chose another value' },
    { name: 'scope', type: 'word', help: 'for whom it holds', words: ['installation', 'workspace'] },
    { name: 'about', type: 'text', help: 'what it does', aliases: ['help'] },
  ],
  shown: ['name', 'value', 'usual', 'about'],
  order: { field: 'name', descending: false },
};
