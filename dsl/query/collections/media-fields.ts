import type { Field } from '../collection.ts';

/** What is known of all media: where they come from and when. */
export const originFields: readonly Field[] = [
  { name: 'bytes', type: 'bytes', help: 'how large the file is', aliases: ['filesize'] },
  { name: 'created', type: 'time', help: 'when it came into the workspace', aliases: ['made'] },
  { name: 'age', type: 'seconds', help: 'how long ago that was' },
  { name: 'prompt', type: 'text', help: 'what was described to GENERATE' },
  { name: 'verb', type: 'word', help: 'the verb that made it; unknown for a file that was taken in' },
  { name: 'engine', type: 'word', help: 'the generator that drew it' },
  { name: 'seed', type: 'number', help: 'where chance started' },
  { name: 'model', type: 'word', help: 'the network that made it' },
  { name: 'group', type: 'id', help: 'the group that made it; group = g7 also finds what g7 recalled' },
  { name: 'job', type: 'id', help: 'the job that made it' },
  { name: 'source', type: 'text', help: 'the name of the file that it was taken from' },
  { name: 'recipe', type: 'text', help: 'the statement that makes it from source files' },
];

/** What every kind of media is called by. */
export const calledFields: readonly Field[] = [
  { name: 'id', type: 'id', help: 'what it is called here: v12, i3, a4, t5' },
  { name: 'name', type: 'text', help: 'the latest name that AS gave it', aliases: ['label'] },
];

/** Of what has a picture. */
export const pictureFields: readonly Field[] = [
  { name: 'width', type: 'number', help: 'columns of pixels' },
  { name: 'height', type: 'number', help: 'rows of pixels' },
  { name: 'size', type: 'text', help: 'both together, as "1920x1080"' },
];

/** Of what plays. */
export const lengthField: Field = {
  name: 'duration',
  type: 'seconds',
  help: 'how long it plays',
  aliases: ['length'],
};

/** Of what is packed. */
export const codecField: Field = { name: 'codec', type: 'word', help: 'how it is encoded: h264, aac' };

/** Of every file. */
export const containerField: Field = {
  name: 'container',
  type: 'word',
  help: 'what kind of file it is: mp4, png',
  aliases: ['format'],
};

/** Of films. */
export const filmFields: readonly Field[] = [
  { name: 'fps', type: 'rate', help: 'frames a second', aliases: ['rate'] },
  { name: 'frames', type: 'number', help: 'how many frames' },
];

/** Of what may be heard. */
export const soundFields: readonly Field[] = [
  { name: 'sound', type: 'flag', help: 'whether there is something to hear', aliases: ['audio'] },
  { name: 'audio_codec', type: 'word', help: 'how its sound is encoded: aac' },
];
