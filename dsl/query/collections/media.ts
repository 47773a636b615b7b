import type { Collection } from '../collection.ts';
import {
  calledFields,
  codecField,
  containerField,
  filmFields,
  lengthField,
  originFields,
  pictureFields,
  soundFields,
} from './media-fields.ts';

/** FROM MEDIA: clips, pictures, sounds and texts together. */
export const media: Collection = {
  name: 'media',
  help: 'everything of this workspace that can be worked on',
  gives: 'media',
  fields: [
    ...calledFields,
    { name: 'kind', type: 'word', help: 'what it is', words: ['video', 'image', 'audio', 'text'] },
    lengthField,
    ...pictureFields,
    ...filmFields,
    codecField,
    containerField,
    ...soundFields,
    ...originFields,
  ],
  shown: ['id', 'kind', 'name', 'duration', 'size', 'bytes', 'created', 'recipe'],
  order: { field: 'created', descending: true },
};
