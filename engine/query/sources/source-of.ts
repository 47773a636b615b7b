import { groupsSource } from './groups.ts';
import { jobsSource } from './jobs.ts';
import { allMedia, mediaOfKind } from './media.ts';
import { promptsSource } from './prompts.ts';
import type { Source } from './source.ts';

/** The explicit list, by the name of the collection; settings are declared in the program and are no rows. */
const sources: Readonly<Record<string, (workspace: string) => Source>> = {
  videos: (workspace) => mediaOfKind('video', workspace),
  images: (workspace) => mediaOfKind('image', workspace),
  audio: (workspace) => mediaOfKind('audio', workspace),
  texts: (workspace) => mediaOfKind('text', workspace),
  media: allMedia,
  prompts: () => promptsSource,
  jobs: jobsSource,
  groups: () => groupsSource,
};

/** Where the rows of a collection come from, in a workspace. */
export function sourceOf(collection: string, workspace: string): Source {
  const source = sources[collection];
  if (source === undefined) throw new Error(`there are no rows of ${collection}`);
  return source(workspace);
}
