import { mostShown } from '../../dsl/with-previews.ts';
import { linkDays } from '../../engine/delivery/links.ts';
import type { CardMedia, CardView } from '../presenter/card-view.ts';
import {
  type Choice,
  type Chosen,
  chooseOne,
  type FileParts,
  linkTo,
  noLinks,
  type One,
} from './choose-one.ts';
import { saying } from './saying.ts';

/** Bytes that all files of a message may have together where each may have fewer: what Discord takes in one request. */
const together = 25 * 2 ** 20;

/** Sounds have a box each, of which a card in Discord has room for so many. */
const mostBoxes = 3;

/** Results that a card links to. */
const mostLinks = 15;

/** Results that are told one by one. */
const mostTold = 4;

/** Chooses the first few of several results for one message, in their order and each as if it came alone, and links to the others. */
export async function chooseSeveral(
  parts: FileParts,
  view: CardView,
  all: readonly CardMedia[],
  choice: Choice,
): Promise<Chosen> {
  const { limit, files: most = mostShown } = choice;
  const chosen: One[] = [];
  const others: CardMedia[] = [];
  let [left, boxes] = [limit === 0 ? 0 : Math.max(limit, together), 0];
  for (const media of all) {
    const boxed = media.kind === 'video' || media.kind === 'image' ? 0 : 1;
    if (chosen.length === most || boxes + boxed > mostBoxes) {
      others.push(media);
      continue;
    }
    const one = await chooseOne(parts, media, { ...choice, limit: Math.min(limit, left) });
    chosen.push(one);
    if (one.file === null) continue;
    left -= one.file.bytes;
    boxes += boxed;
  }
  const linked = await Promise.all(
    others.slice(0, mostLinks).map(async (media) => ({ ...media, link: await linkTo(parts, media, choice) })),
  );
  const [file, ...behind] = chosen.flatMap((one) => one.file ?? []);
  const [media = null, ...more] = [...chosen.flatMap((one) => one.media ?? []), ...linked];
  return {
    view: saying({ ...view, media, more }, linesOf(chosen, linked, others.length - linked.length)),
    file: file === undefined ? null : { ...file, ...(behind.length > 0 && { behind }) },
  };
}

/** What stands there and what does not, by ids: a chat shows files without their names. */
function linesOf(chosen: readonly One[], linked: readonly CardMedia[], rest: number): string[] {
  const here = chosen.flatMap(({ file, media }) => (file === null || media === null ? [] : [media.id]));
  // Of each only the first says what it is; what is said of links is said once.
  const told = chosen.flatMap(({ lines: [line] }) => line ?? []);
  const links = [...chosen.flatMap(({ media }) => media ?? []), ...linked].filter(
    ({ link }) => link !== null,
  );
  const lacking =
    chosen.some(({ file, media }) => file === null || media?.preview != null) || linked.length > 0;
  return [
    here.length === 0 ? '' : here.length === 1 ? `here: ${here[0]}` : `in this order: ${here.join(', ')}`,
    ...told.slice(0, mostTold),
    linked.length === 0
      ? ''
      : `${links.length === 0 ? 'not shown here' : 'behind links'}: ${linked.map(({ id }) => id).join(', ')}`,
    links.length > 0 ? `the links show all of it for ${linkDays} days` : lacking ? noLinks : '',
    rest > 0 ? `${rest} more ${rest === 1 ? 'is' : 'are'} in the workspace` : '',
  ].filter((line) => line !== '');
}
