import { showBytes } from '../../dsl/amounts.ts';
import { mediaType } from '../../dsl/media-type.ts';
import type { ArtifactStore } from '../../engine/artifacts/port.ts';
import { linkDays, makeLink } from '../../engine/delivery/links.ts';
import { largestPreview } from '../../engine/delivery/previews.ts';
import type { Queries } from '../../engine/store/port.ts';
import type { CardMedia, CardView } from '../presenter/card-view.ts';
import type { OutgoingFile } from '../presenter/surface.ts';

export interface FileParts {
  store: Queries;
  artifacts: ArtifactStore;
  /** How links are reached; null where there are none. */
  publicUrl: string | null;
}

/** What goes to a chat: the view with words about its file, and the file. */
export interface Chosen {
  view: CardView;
  file: OutgoingFile | null;
}

export interface Choice {
  /** Whose links end with it. */
  card: number;
  workspace: string;
  /** Bytes. */
  limit: number;
  /** A folder in which the file stays as long as the folder does. */
  scratch: string;
  signal: AbortSignal;
}

/** Whether people of a workspace may be shown bytes now: they may have been removed since the card was made. */
export async function isSeen(queries: Queries, workspace: string, hash: string): Promise<boolean> {
  const rows = await queries.query('select from media where workspace = $1 and hash = $2', [workspace, hash]);
  return rows.length > 0;
}

/** Chooses what is shown of a view's media where a file has at most `limit` bytes: the film itself; else a preview of it; where the whole is not
 * shown also a link to it. */
export async function chooseFile(
  { store, artifacts, publicUrl }: FileParts,
  view: CardView,
  { card, workspace, limit, scratch, signal }: Choice,
): Promise<Chosen> {
  const { media } = view;
  if (media === null) return { view, file: null };
  if (!(await isSeen(store, workspace, media.hash)))
    return { view: saying({ ...view, media: null }, [`${media.id} was removed meanwhile`]), file: null };
  const reader = { scratch, signal };
  if (media.bytes <= limit) {
    const { hash, bytes, name, facts } = media;
    const path = await artifacts.path(hash, reader);
    return { view, file: { path, name, bytes, contentType: mediaType(facts), hash } };
  }
  const preview = await largestPreview(store, workspace, media.hash, limit);
  const { hash: of, name: called } = media;
  const token =
    publicUrl === null ? null : await makeLink(store, { workspace, hash: of, name: called, card });
  const link = token === null ? null : `${publicUrl}/films/${token}`;
  const shown: CardMedia = {
    ...media,
    link,
    preview: preview === null ? null : { hash: preview.hash, bytes: preview.bytes },
  };
  const words = [
    preview === null
      ? `${media.id} has ${showBytes(media.bytes)}, more than fits here`
      : `${preview.says}; the whole of ${media.id} has ${showBytes(media.bytes)}`,
    link === null
      ? 'there are no links here to what is larger; whoever runs the bot can set PQL_PUBLIC_URL'
      : `the link shows all of it for ${linkDays} days`,
  ];
  const told = saying({ ...view, media: shown }, words);
  if (preview === null) return { view: told, file: null };
  const { hash, bytes, facts } = preview;
  const path = await artifacts.path(hash, reader);
  const name = previewName(media.name, facts.container);
  return { view: told, file: { path, name, bytes, contentType: mediaType(facts), hash } };
}

/** The view with further lines, the new ones first; at most twelve. */
export function saying(view: CardView, lines: readonly string[]): CardView {
  return { ...view, lines: [...lines, ...view.lines].slice(0, 12) };
}

/** `g7-harbour-preview.mp4`. */
function previewName(name: string, container: string): string {
  const ending = { jpeg: 'jpg', webp: 'webp' }[container];
  const [, stem = name, own = ''] = /^(.*?)(\.[a-z0-9]{1,5})?$/is.exec(name) ?? [];
  return `${stem}-preview${ending === undefined ? own : `.${ending}`}`;
}
