import { catalogue } from '../../dsl/catalogue.ts';
import { vocabularyOf } from '../../dsl/vocabulary-of.ts';

/** The vocabulary that the product has. */
export const vocabulary = vocabularyOf(catalogue);
