import type { ParseOptions } from '../../dsl/parse.ts';
import type { Again } from './ask-for.ts';

/** How a statement came: as typed in a chat, or canonical; `confirmed` when its first command was said yes to. */
export interface Manner extends ParseOptions {
  confirmed?: boolean;
  /** The line of the answer to begin with. */
  from?: number;
  /** Whether it is not begun again while the same of the same asker is at work in the place: people press twice. */
  once?: boolean;
  /** How it is said again, where it was filled in. */
  again?: Again;
}
