import { type Answerer, refused } from './answerer.ts';

/** RECIPE OF file: what the container says, as the world found it. */
export const recipe: Answerer<'recipe'> = async ({ arguments: { source, recipe: text } }) =>
  text === null
    ? refused('PQL441', `${source} carries no recipe`, 'only what WatchAI made carries one')
    : { type: 'text', title: source, text, format: 'pql' };
