import { Failure } from '../../engine/failure.ts';

/** What signs content credentials is of no use: why, and what whoever runs the installation does about it. Nothing leaves unsigned instead. */
export function unfit(why: string, todo: string, cause?: unknown): Failure {
  return new Failure('permanent', 'PQL626', `what signs content credentials cannot be used: ${why}`, {
    hint: todo,
    cause,
  });
}

/** A damaged file of the home holds nothing that anybody else knows. */
export const renewHome = 'remove credentials.pem from the home; another test certificate is made';
