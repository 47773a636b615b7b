import type { Collection } from '../collection.ts';
import { calledFields, containerField, originFields, pictureFields } from './media-fields.ts';

/** FROM IMAGES. */
export const images: Collection = {
  name: 'images',
  help: 'pictures of this workspace',
  gives: 'image',
  fields: [...calledFields, ...pictureFields, containerField, ...originFields],
  shown: ['id', 'name', 'size', 'container', 'bytes', 'created', 'recipe'],
  order: { field: 'id', descending: true },
};
