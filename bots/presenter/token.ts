import type { PresenterTools } from './tools.ts';

/** A token for a button that acts when it is pressed: 128 random bits. */
export function actingToken({ random }: Pick<PresenterTools, 'random'>): string {
  return `b${Buffer.from(random(16)).toString('base64url')}`;
}

/** A token for a button that opens a form. */
export function formToken({ random }: Pick<PresenterTools, 'random'>): string {
  return `f${Buffer.from(random(16)).toString('base64url')}`;
}
