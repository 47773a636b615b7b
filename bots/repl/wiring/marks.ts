import type { MarkTools } from '../../../engine/consent/marks/gate.ts';
import type { MediaTools } from '../../../workers/ffmpeg/tools.ts';

/** What marks are looked for with on this machine; loaded when the first file is looked at. */
export function localMarks(media: () => Promise<MediaTools>, withFile: MarkTools['withFile']): MarkTools {
  return {
    withFile,
    async look(sight, signal = new AbortController().signal) {
      // Pages are served where no ffmpeg has to be; workers have looked before.
      const tools = await media().catch(() => null);
      if (tools === null) return null;
      const { lookForMarks } = await import('../../../workers/mark/look.ts');
      const found = await lookForMarks(tools, sight, signal);
      return (found ?? []).flatMap(({ payload }) => payload ?? []);
    },
  };
}
