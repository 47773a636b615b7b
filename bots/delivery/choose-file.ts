import { showBytes } from '../../dsl/amounts.ts';
import type { Facts } from '../../dsl/facts.ts';
import { mediaType } from '../../dsl/media-type.ts';
import type { ArtifactStore } from '../../engine/artifacts/port.ts';
import { linkDays, makeLink } from '../../engine/delivery/links.ts';
import { largestPreview, type Preview } from '../../engine/delivery/previews.ts';
import { Failure } from '../../engine/failure.ts';
import type { Leave, Left } from '../../engine/provenance/leave.ts';
import type { Queries } from '../../engine/store/port.ts';
import type { CardMedia, CardView } from '../presenter/card-view.ts';
import type { OutgoingFile } from '../presenter/surface.ts';

export interface FileParts {
  store: Queries;
  artifacts: ArtifactStore;
  /** How links are reached; null where there are none. */
  publicUrl: string | null;
  /** What leaves instead of bytes of the store; these themselves where it is left out. */
  leave?: Leave;
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
  { store, artifacts, publicUrl, leave = asItIs }: FileParts,
  view: CardView,
  { card, workspace, limit, scratch, signal }: Choice,
): Promise<Chosen> {
  const { media } = view;
  if (media === null) return { view, file: null };
  if (!(await isSeen(store, workspace, media.hash)))
    return { view: saying({ ...view, media: null }, [`${media.id} was removed meanwhile`]), file: null };
  const reader = { scratch, signal };
  try {
    const whole = media.bytes <= limit ? await leave(workspace, media, reader) : null;
    if (whole !== null && whole.bytes <= limit)
      return { view: noting(view, whole), file: await fileOf(artifacts, whole, media, reader) };
    const preview = await largestPreview(store, workspace, media.hash, limit);
    const told = await withoutWhole({ store, publicUrl }, view, media, preview, { card, workspace });
    if (preview === null) return { view: told, file: null };
    const small = await leave(workspace, { ...preview, of: media.hash }, reader);
    // Credentials take a few kilobytes, for which the last of a place's bytes may not do.
    if (small.bytes > limit)
      return { view: saying(told, ['the preview has no room for its credentials here']), file: null };
    const about = { name: previewName(media.name, preview.facts), facts: preview.facts };
    return { view: noting(told, small), file: await fileOf(artifacts, small, about, reader) };
  } catch (error) {
    // Lost or damaged: that is news to whoever asked, and no reason to say nothing.
    if (!(error instanceof Failure) || error.kind === 'transient') throw error;
    const lines = [
      `${media.id} cannot be shown: ${error.message}`,
      ...(error.hint === null ? [] : [error.hint]),
    ];
    return { view: saying({ ...view, media: null }, lines), file: null };
  }
}

async function fileOf(
  artifacts: ArtifactStore,
  { hash, bytes }: { hash: string; bytes: number },
  { name, facts }: { name: string; facts: Facts },
  reader: Pick<Choice, 'scratch' | 'signal'>,
): Promise<OutgoingFile> {
  const path = await artifacts.path(hash, reader);
  return { path, name, bytes, contentType: mediaType(facts), hash };
}

/** What is said where the whole is not shown: how large it is, what is shown instead, and where the whole can be had. */
async function withoutWhole(
  { store, publicUrl }: Pick<FileParts, 'store' | 'publicUrl'>,
  view: CardView,
  media: CardMedia,
  preview: Preview | null,
  { card, workspace }: Pick<Choice, 'card' | 'workspace'>,
): Promise<CardView> {
  const { id, hash, name, bytes } = media;
  const token = publicUrl === null ? null : await makeLink(store, { workspace, hash, name, card });
  const link = token === null ? null : `${publicUrl}/films/${token}`;
  const shown = preview === null ? null : { hash: preview.hash, bytes: preview.bytes };
  return saying({ ...view, media: { ...media, link, preview: shown } }, [
    preview === null
      ? `${id} has ${showBytes(bytes)}, more than fits here`
      : `${preview.says}; the whole of ${id} has ${showBytes(bytes)}`,
    link === null
      ? 'there are no links here to what is larger; whoever runs the bot can set PQL_PUBLIC_URL'
      : `the link shows all of it for ${linkDays} days`,
  ]);
}

const asItIs: Leave = async (_, { hash, facts: { bytes } }) => ({ hash, bytes, signed: false });

const noting = (view: CardView, { notes = [] }: Left) => (notes.length === 0 ? view : saying(view, notes));

/** The view with further lines, the new ones first; at most twelve. */
export function saying(view: CardView, lines: readonly string[]): CardView {
  return { ...view, lines: [...lines, ...view.lines].slice(0, 12) };
}

/** `g7-harbour-preview.mp4`: what was made is no longer of the type that the name says. */
function previewName(name: string, { kind, container }: Facts): string {
  const ending = kind === 'video' ? 'mp4' : kind === 'audio' ? 'm4a' : container === 'webp' ? 'webp' : 'jpg';
  return `${name.replace(/\.[a-z0-9]{1,5}$/i, '')}-preview.${ending}`;
}
