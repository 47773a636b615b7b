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

/** FROM VIDEOS. */
export const videos: Collection = {
  name: 'videos',
  help: 'clips of this workspace',
  gives: 'video',
  fields: [
    ...calledFields,
    lengthField,
    ...pictureFields,
    ...filmFields,
    codecField,
    containerField,
    ...soundFields,
    ...originFields,
  ],
  shown: ['id', 'name', 'duration', 'size', 'fps', 'sound', 'bytes', 'created', 'recipe'],
  order: { field: 'id', descending: true },
};
