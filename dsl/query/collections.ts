import type { Collection } from './collection.ts';
import { audio } from './collections/audio.ts';
import { groups } from './collections/groups.ts';
import { images } from './collections/images.ts';
import { jobs } from './collections/jobs.ts';
import { media } from './collections/media.ts';
import { prompts } from './collections/prompts.ts';
import { settings } from './collections/settings.ts';
import { texts } from './collections/texts.ts';
import { videos } from './collections/videos.ts';

/** The explicit list of what FROM can ask, in the order in which it is told to people. */
export const collections: readonly Collection[] = [
  videos,
  images,
  audio,
  texts,
  media,
  prompts,
  jobs,
  groups,
  settings,
];

/** A collection by its name, in whatever case; null where there is none. */
export function collectionOf(name: string): Collection | null {
  const wanted = name.toLowerCase();
  return collections.find((collection) => collection.name === wanted) ?? null;
}
