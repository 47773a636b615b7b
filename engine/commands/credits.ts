import { creditsText } from '../../dsl/credits.ts';
import { type Answerer, plainText } from './answerer.ts';

/** CREDITS. */
export const credits: Answerer<'credits'> = async () => plainText(creditsText, 'Credits');
