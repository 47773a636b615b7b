import type { FitArguments } from '../dsl/arguments.ts';
import { Failure } from '../engine/failure.ts';
import { maxAttempts } from '../engine/jobs/fail.ts';
import { fitFilm } from './fit/fit-film.ts';
import { fitPicture } from './fit/fit-picture.ts';
import { fitSound } from './fit/fit-sound.ts';
import type { FitTools, Fitted } from './fit/fitted.ts';
import type { Desk, Effected, Handler, Input } from './handler.ts';
import { onlyInput } from './only-input.ts';

export interface FittingTools extends FitTools {
  /** Whether a preview of these bytes was made for this limit before. */
  hasPreview(workspace: string, of: string, fits: number): Promise<boolean>;
}

/** Makes a preview of what is larger than a chat takes. The film is there already, so that whatever is wrong with its preview is a note, and no
 * failure of the run; what may pass by itself is tried again first. */
export function createFit(tools: FittingTools): Handler<FitArguments> {
  return async ({ bytes }, desk): Promise<Effected> => {
    const input = onlyInput(desk);
    if (input.facts.bytes <= bytes) return { notes: [] };
    if (await tools.hasPreview(desk.workspace, input.hash, bytes)) return { notes: [] };
    try {
      const fitted = await makeSmaller(tools, input, bytes - credentials(bytes), desk);
      if (fitted === null) return { notes: ['no preview could be made that small'] };
      const { file, facts, says } = fitted;
      return { notes: [says], preview: { file, facts, fits: bytes, says } };
    } catch (error) {
      desk.signal.throwIfAborted();
      if (error instanceof Failure && error.kind === 'transient' && desk.attempt < maxAttempts) throw error;
      const why = error instanceof Failure ? error.message : 'something went wrong inside WatchAI';
      desk.log(`no preview: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return { notes: [`no preview could be made: ${why}`] };
    }
  };
}

/** Room for what is signed into the preview when it leaves: 15 KB, and more with the credentials of what it is made from. */
function credentials(bytes: number): number {
  return bytes < 1e6 ? 0 : 65_536;
}

async function makeSmaller(tools: FitTools, input: Input, bytes: number, desk: Desk): Promise<Fitted | null> {
  const { facts } = input;
  switch (facts.kind) {
    case 'video':
      return fitFilm(tools, { ...input, facts }, bytes, desk);
    case 'image':
      return fitPicture(tools, { ...input, facts }, bytes, desk);
    case 'audio':
      return fitSound(tools, { ...input, facts }, bytes, desk);
    case 'text':
      return null;
  }
}
