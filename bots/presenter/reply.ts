import type { CardView } from './card-view.ts';
import type { Form } from './form.ts';
import type { Wrong } from './wrong.ts';

/** What comes back at once. A compile may take a while: the surface has acknowledged before it calls. */
export type Reply =
  /** Only the asker sees it; `wrong`: what it was in a sentence each, for where no block of code is drawn; none where nothing of what was filled in is to be mended, but a
   * button leads on. */
  | { type: 'refused'; view: CardView; wrong?: readonly Wrong[] }
  /** SHOW, FIND, HELP, EXPLAIN; `private`: only the asker sees it. */
  | { type: 'answer'; view: CardView; private: boolean }
  /** Only the asker sees it; its buttons go on or leave it. */
  | { type: 'confirm'; view: CardView }
  /** Everybody sees it; from now on the card lives. The surface posts it under `cardKey(card)` and says `presenter.posted`; where it dies
   * before, the keeper of cards posts it. */
  | { type: 'accepted'; card: number; view: CardView }
  /** Something is missing that can be asked for. */
  | { type: 'form'; form: Form }
  /** This very interaction was answered before: say nothing. */
  | { type: 'again' };
