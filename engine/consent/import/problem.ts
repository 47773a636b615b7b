/** A file of people that cannot be taken in: what is wrong, in which line (from 1), and what to write instead. */
export class ImportProblem extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.name = 'ImportProblem';
    this.line = line;
  }
}
