import type { ImageFacts, VideoFacts } from '../../../dsl/facts.ts';

/** A text that a file carries inside.
 *
 *   about    tags, names of streams and chapters: what the file says that it is, as its name does
 *   spoken   subtitle tracks: what is said in it, which no film of ours carries on
 *   carried  closed captions among the packets of its pictures, which come along wherever those are copied */
export interface FileText {
  /** `the title`, `chapter 2`, `subtitle track 1 (eng)`: completes "… of v3". */
  place: string;
  kind: 'about' | 'spoken' | 'carried';
  text: string;
}

/** Reads what is written inside of a clip or a picture, bounded in bytes and time; nothing where the file is damaged, since then nothing of it comes along. */
export type ReadFileWords = (
  path: string,
  facts: VideoFacts | ImageFacts,
  signal?: AbortSignal,
) => Promise<FileText[]>;
