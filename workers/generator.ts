import type { GenerateArguments } from '../dsl/arguments.ts';
import type { Desk, Produced } from './handler.ts';

/** Something that makes a clip of a prompt. */
export interface Generator {
  /** As written after USING: `storyboard`. */
  name: string;
  /** Raised whenever the same arguments give other pictures. */
  version: number;
  /** Makes the clip in the desk's scratch folder. Throws like a handler does. */
  generate(args: GenerateArguments, desk: Desk): Promise<Produced>;
}
