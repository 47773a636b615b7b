import { command, type Takes } from '../operation.ts';

const group: Takes = { what: 'target', min: 1, max: 1, kinds: [], noun: 'a group', usage: 'g7' };

/** Takes something away for good, after a yes. */
export const remove = command({
  verb: 'REMOVE',
  family: 'manage',
  help: 'removes a run or a result; asks first',
  details: [
    'Says what it would touch and wants a yes: a button in chat, y in the terminal, --yes in scripts.',
  ],
  destructive: true,
  variants: [
    { subject: ['GROUP'], name: 'group', help: 'a run and what only it uses', takes: group, letters: ['g'] },
    { subject: ['PIPELINE'], name: 'group', help: 'the same as REMOVE GROUP', takes: group, letters: ['g'] },
    {
      subject: [],
      name: '',
      help: 'a result, by its id or name',
      takes: { ...group, noun: 'an id or a name', usage: 'v12' },
      letters: null,
    },
  ],
  examples: [
    { text: 'REMOVE GROUP g7', says: 'a run' },
    { text: 'REMOVE v12', says: 'one clip' },
  ],
});
