import { command, type Takes } from '../operation.ts';

const group: Takes = { what: 'target', min: 1, max: 1, kinds: [], noun: 'a group', usage: 'g7' };

/** One thing, by its id or name. */
export const find = command({
  verb: 'FIND',
  family: 'query',
  help: 'shows one thing by its id or name',
  details: [],
  variants: [
    {
      subject: ['PIPELINE', 'GROUP', 'BY'],
      name: 'group',
      help: 'the same as FIND GROUP in more words',
      takes: { ...group, usage: 'group_id = g7' },
      clause: 'GROUP_ID',
      letters: ['g'],
    },
    {
      subject: ['PIPELINES', 'GROUP', 'BY'],
      name: 'groups',
      help: 'all groups; with group_id = g7 that one',
      takes: { ...group, min: 0, usage: 'group_id = g7' },
      clause: 'GROUP_ID',
      letters: ['g'],
      pages: true,
    },
    {
      subject: ['GROUP'],
      name: 'group',
      help: 'a run: its statements, jobs and results; and why it waits',
      takes: group,
      letters: ['g'],
    },
    {
      subject: ['REQUEST'],
      name: 'request',
      help: 'a request about consent: what is asked, who decided, until when',
      takes: { ...group, noun: 'a request', usage: 'r9' },
      letters: ['r'],
    },
    {
      subject: [],
      name: '',
      help: 'whatever has this id or name',
      takes: { ...group, noun: 'an id or a name', usage: 'v12' },
      letters: null,
    },
  ],
  examples: [
    { text: 'FIND GROUP g7', says: 'a run' },
    { text: 'FIND intro', says: 'whatever is called intro' },
  ],
});
