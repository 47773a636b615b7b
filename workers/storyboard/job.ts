import type { GenerateArguments } from '../../dsl/arguments.ts';

/** What the render child is sent. */
export interface RenderJob {
  args: GenerateArguments;
  /** Text of a checked .cube table, or null. */
  cube: string | null;
  /** Payload of the mark that its frames carry, 12 hexadecimal letters; null for frames too small for one. */
  mark: string | null;
}
