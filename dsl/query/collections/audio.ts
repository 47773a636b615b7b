import type { Collection } from '../collection.ts';
import { calledFields, codecField, containerField, lengthField, originFields } from './media-fields.ts';

/** FROM AUDIO. */
export const audio: Collection = {
  name: 'audio',
  help: 'sounds of this workspace',
  gives: 'audio',
  fields: [
    ...calledFields,
    lengthField,
    codecField,
    containerField,
    { name: 'hertz', type: 'number', help: 'samples a second' },
    { name: 'channels', type: 'number', help: '1 mono, 2 stereo' },
    ...originFields,
  ],
  shown: ['id', 'name', 'duration', 'hertz', 'channels', 'bytes', 'created', 'recipe'],
  order: { field: 'id', descending: true },
};
