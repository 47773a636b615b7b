import type { GenerateArguments } from '../../dsl/arguments.ts';
import type { Photo } from './photo/load.ts';

/** What the render child is sent. */
export interface RenderJob {
  args: GenerateArguments;
  /** Text of a checked .cube table, or null. */
  cube: string | null;
  /** The picture that the film begins with, its bytes in a file of their own; null for a drawn scene. */
  photo: (Omit<Photo, 'data'> & { file: string }) | null;
  /** Payload of the mark that its frames carry, 12 hexadecimal letters; null for frames too small for one. */
  mark: string | null;
}
