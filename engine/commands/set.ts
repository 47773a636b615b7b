import { writeSetting } from '../settings/write.ts';
import { type Answerer, plainText, refused } from './answerer.ts';

/** SET name value. */
export const set: Answerer<'set'> = async ({ arguments: { name, value }, asker }, { parts, settings }) => {
  const no = await writeSetting(parts.store, asker, settings, name, value);
  return no === null
    ? plainText(`${name} is ${value.trim() || 'none'} now`)
    : refused(no.code, no.message, no.hint);
};
