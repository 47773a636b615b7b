import { showBytes } from '../../dsl/amounts.ts';
import type { Facts } from '../../dsl/facts.ts';
import { mediaType } from '../../dsl/media-type.ts';
import type { ArtifactStore } from '../../engine/artifacts/port.ts';
import { linkDays, makeLink } from '../../engine/delivery/links.ts';
import { largestPreview, type Preview } from '../../engine/delivery/previews.ts';
import { Failure } from '../../engine/failure.ts';
import type { Leave } from '../../engine/provenance/leave.ts';
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

/** For whom, and within which limits. */
export interface Choice {
  /** Whose links end with it. */
  card: number;
  workspace: string;
  /** Bytes of a file. */
  limit: number;
  /** Files in the message at most; as many as are shown at all where it is left out. */
  files?: number;
  /** A folder in which the file stays as long as the folder does. */
  scratch: string;
  signal: AbortSignal;
}

/** Whether people of a workspace may be shown bytes now: they may have been removed since the card was made. */
async function isSeen(queries: Queries, workspace: string, hash: string): Promise<boolean> {
  const rows = await queries.query('select from media where workspace = $1 and hash = $2', [workspace, hash]);
  return rows.length > 0;
}

/** What is shown of one thing, and what is said of it. */
export interface One {
  /** With its link and what is shown instead; null where it cannot be shown at all. */
  media: CardMedia | null;
  file: OutgoingFile | null;
  lines: string[];
}

/** Chooses what is shown of one thing: the thing itself where it fits, else a preview of it and a link. */
export async function chooseOne(parts: FileParts, media: CardMedia, choice: Choice): Promise<One> {
  const { store, artifacts, publicUrl, leave = asItIs } = parts;
  const { workspace, limit, scratch, signal } = choice;
  if (!(await isSeen(store, workspace, media.hash)))
    return { media: null, file: null, lines: [`${media.id} was removed meanwhile`] };
  const reader = { scratch, signal };
  try {
    const whole = media.bytes <= limit ? await leave(workspace, media, reader) : null;
    if (whole !== null && whole.bytes <= limit)
      return { media, file: await fileOf(artifacts, whole, media, reader), lines: [...(whole.notes ?? [])] };
    const preview = await largestPreview(store, workspace, media.hash, limit);
    const told = await withoutWhole({ store, publicUrl }, media, preview, choice);
    if (preview === null) return { ...told, file: null };
    const small = await leave(workspace, { ...preview, of: media.hash }, reader);
    // Credentials take a few kilobytes, for which the last of a place's bytes may not do.
    if (small.bytes > limit)
      return {
        media: told.media && { ...told.media, preview: null },
        file: null,
        lines: ['the preview has no room for its credentials here', ...told.lines],
      };
    const about = { name: previewName(media.name, preview.facts), facts: preview.facts };
    const lines = [...told.lines, ...(small.notes ?? [])];
    return { ...told, file: await fileOf(artifacts, small, about, reader), lines };
  } catch (error) {
    // Lost or damaged: that is news to whoever asked, and no reason to say nothing.
    if (!(error instanceof Failure) || error.kind === 'transient') throw error;
    const lines = [
      `${media.id} cannot be shown: ${error.message}`,
      ...(error.hint === null ? [] : [error.hint]),
    ];
    return { media: null, file: null, lines };
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
  parts: Pick<FileParts, 'store' | 'publicUrl'>,
  media: CardMedia,
  preview: Preview | null,
  choice: Pick<Choice, 'card' | 'workspace'>,
): Promise<Omit<One, 'file'>> {
  const { id, bytes } = media;
  const link = await linkTo(parts, media, choice);
  const shown = preview === null ? null : { hash: preview.hash, bytes: preview.bytes };
  const lines = [
    preview === null
      ? `${id} has ${showBytes(bytes)}, more than fits here`
      : `${preview.says}; the whole of ${id} has ${showBytes(bytes)}`,
    link === null ? noLinks : `the link shows all of it for ${linkDays} days`,
  ];
  return { media: { ...media, link, preview: shown }, lines };
}

/** Where the whole can be had; null where there are no links. */
export async function linkTo(
  { store, publicUrl }: Pick<FileParts, 'store' | 'publicUrl'>,
  { hash, name }: CardMedia,
  { card, workspace }: Pick<Choice, 'card' | 'workspace'>,
): Promise<string | null> {
  const token = publicUrl === null ? null : await makeLink(store, { workspace, hash, name, card });
  return token === null ? null : `${publicUrl}/films/${token}`;
}

/** What is said where there is no link. */
export const noLinks =
  'there are no links here to what is larger; whoever runs the bot can set PQL_PUBLIC_URL';

const asItIs: Leave = async (_, { hash, facts: { bytes } }) => ({ hash, bytes, signed: false });

/** `g7-harbour-preview.mp4`: what was made is no longer of the type that the name says. */
function previewName(name: string, { kind, container }: Facts): string {
  const ending = kind === 'video' ? 'mp4' : kind === 'audio' ? 'm4a' : container === 'webp' ? 'webp' : 'jpg';
  return `${name.replace(/\.[a-z0-9]{1,5}$/i, '')}-preview.${ending}`;
}
