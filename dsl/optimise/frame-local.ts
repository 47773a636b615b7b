import type { EnhanceArguments, GradeArguments } from '../arguments.ts';
import type { Piece } from './draft.ts';

/** Whether each frame that a stage gives depends on one frame that it takes, the one of the same number: then a TRIM may come before it.
 * A long shutter mixes frames, grain is another with every frame counted from the first, hqdn3d remembers what it saw, and a frame added
 * between two stands at a time of the whole clip's. */
export function isFrameLocal({
  operation,
  arguments: args,
}: Pick<Piece, 'operation' | 'arguments'>): boolean {
  if (operation === 'grade') {
    const { shutter, grain } = args as GradeArguments;
    return shutter === null && (grain ?? 0) === 0;
  }
  if (operation !== 'enhance') return false;
  const { denoise, interpolate } = args as EnhanceArguments;
  return interpolate === null && (denoise ?? 0) === 0;
}

/** Whether a network does it: such work takes minutes, so what follows it stays a step of its own and can be changed without doing it
 * again. */
export function isByNetwork({ models }: Piece): boolean {
  return models.length > 0;
}

/** An ENHANCE that takes noise out and enlarges, as the two stages that it does one after the other. */
export function apart(piece: Piece): { clean: Piece; enlarge: Piece } | null {
  if (piece.operation !== 'enhance') return null;
  const args = piece.arguments as EnhanceArguments;
  if (!args.denoise || args.upscale === null || args.interpolate !== null) return null;
  const clean = { ...args, upscale: null, model: null };
  const enlarge = { ...args, denoise: null };
  const without = (clause: RegExp) => piece.piped.replace(clause, '');
  return {
    clean: {
      ...piece,
      arguments: clean,
      models: [],
      piped: without(/ (?:UPSCALE|USING) (?:"[^"]*"|\S+)/g),
      recipe: null,
    },
    enlarge: { ...piece, arguments: enlarge, piped: without(/ DENOISE \S+/), recipe: null },
  };
}
