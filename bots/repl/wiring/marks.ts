import type { MarkTools } from '../../../engine/consent/marks/gate.ts';
import type { MediaTools } from '../../../workers/ffmpeg/tools.ts';

/** What marks are looked for with on this machine; loaded when the first file is looked at. */
export function localMarks(media: () => Promise<MediaTools>, withFile: MarkTools['withFile']): MarkTools {
  return {
    withFile,
    async look(sight, signal = new AbortController().signal) {
      const { lookForMarks } = await import('../../../workers/mark/look.ts');
      const found = await lookForMarks(await media(), sight, signal);
      return (found ?? []).flatMap(({ payload }) => payload ?? []);
    },
  };
}
