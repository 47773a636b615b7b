import type { CardView } from '../presenter/card-view.ts';
import { type Choice, type Chosen, chooseOne, type FileParts } from './choose-one.ts';
import { chooseSeveral } from './choose-several.ts';
import { saying } from './saying.ts';

/** Chooses what is shown of what came out: of one thing the thing itself where a file has at most `limit` bytes, else a preview of it, and where the
 * whole is not shown also a link to it; of several the first few likewise, in their order, and of the others links. */
export async function chooseFile(parts: FileParts, view: CardView, choice: Choice): Promise<Chosen> {
  const { media, more = [] } = view;
  if (media === null) return { view, file: null };
  if (more.length > 0) return chooseSeveral(parts, view, [media, ...more], choice);
  const { lines, ...one } = await chooseOne(parts, media, choice);
  return { view: saying({ ...view, media: one.media }, lines), file: one.file };
}
