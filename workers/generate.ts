import type { GenerateArguments } from '../dsl/arguments.ts';
import { Failure } from '../engine/failure.ts';
import type { Generator } from './generator.ts';
import type { Handler } from './handler.ts';

/** GENERATE: the generator that the statement names makes the clip. */
export function createGenerate(generators: readonly Generator[]): Handler<GenerateArguments> {
  return (args, desk) => {
    const generator = generators.find(({ name }) => name === args.generator);
    if (!generator)
      throw new Failure('permanent', 'PQL640', `there is no generator "${args.generator}" on this machine`, {
        hint: `this machine has ${generators.map(({ name }) => name).join(', ') || 'none'}`,
      });
    return generator.generate(args, desk);
  };
}
