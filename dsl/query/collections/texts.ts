import type { Collection } from '../collection.ts';
import { calledFields, containerField, originFields } from './media-fields.ts';

/** FROM TEXTS. */
export const texts: Collection = {
  name: 'texts',
  help: 'texts of this workspace: facts, colour tables',
  gives: 'text',
  fields: [...calledFields, containerField, ...originFields],
  shown: ['id', 'name', 'container', 'bytes', 'created', 'recipe'],
  order: { field: 'id', descending: true },
};
