import { block, float, integer, type Message } from './protobuf.ts';

/** Name of a value that flows through a graph being built. */
export type Value = string;

export type Attribute =
  | { integer: number }
  | { float: number }
  | { text: string }
  | { integers: readonly number[] };

/** A dimension: a fixed number, or the name of one that may vary. */
export type Dimension = number | string;

export interface Port {
  value: Value;
  type: ElementType;
  shape: readonly Dimension[];
}

/** Numbers of TensorProto.DataType in onnx.proto3. */
const elementTypes = { float: 1, uint8: 2, int64: 7 } as const;
export type ElementType = keyof typeof elementTypes;

/** An ONNX graph being built. */
export interface Graph {
  /** Adds an operator with one output and returns that. */
  node(operator: string, inputs: readonly Value[], attributes?: Readonly<Record<string, Attribute>>): Value;
  /** Adds a constant; the numbers are rounded to the type. */
  constant(type: ElementType, shape: readonly number[], data: ArrayLike<number>): Value;
  /** The bytes of the .onnx file. */
  finish(inputs: readonly Port[], outputs: readonly Port[]): Uint8Array;
}

const irVersion = 8;
const opset = 17;

/** Starts an ONNX graph (IR 8, opset 17), written with the field numbers of onnx.proto3. */
export function createGraph(name: string): Graph {
  const nodes: Message = [];
  const constants: Message = [];
  let count = 0;

  return {
    node(operator, inputs, attributes = {}) {
      const output = `${operator.toLowerCase()}_${count++}`;
      nodes.push(
        ...block(1, [
          ...inputs.flatMap((input) => block(1, input)),
          ...block(2, output),
          ...block(3, output),
          ...block(4, operator),
          ...Object.entries(attributes).flatMap(([key, value]) => block(5, attribute(key, value))),
        ]),
      );
      return output;
    },
    constant(type, shape, data) {
      const value = `constant_${count++}`;
      constants.push(
        ...block(5, [
          ...shape.flatMap((size) => integer(1, size)),
          ...integer(2, elementTypes[type]),
          ...block(8, value),
          ...block(9, raw(type, data)),
        ]),
      );
      return value;
    },
    finish(inputs, outputs) {
      const graph = [
        ...nodes,
        ...block(2, name),
        ...constants,
        ...inputs.flatMap((input) => block(11, port(input))),
        ...outputs.flatMap((output) => block(12, port(output))),
      ];
      return Buffer.concat([
        ...integer(1, irVersion),
        ...block(2, 'watchai'),
        ...block(7, graph),
        ...block(8, [...block(1, ''), ...integer(2, opset)]),
      ]);
    },
  };
}

/** AttributeProto; its type numbers are FLOAT 1, INT 2, STRING 3, INTS 7. */
function attribute(name: string, value: Attribute): Message {
  const head = block(1, name);
  if ('float' in value) return [...head, ...float(2, value.float), ...integer(20, 1)];
  if ('integer' in value) return [...head, ...integer(3, value.integer), ...integer(20, 2)];
  if ('text' in value) return [...head, ...block(4, value.text), ...integer(20, 3)];
  return [...head, ...value.integers.flatMap((each) => integer(8, each)), ...integer(20, 7)];
}

function port({ value, type, shape }: Port): Message {
  const dimensions = shape.flatMap((size) =>
    block(1, typeof size === 'number' ? integer(1, size) : block(2, size)),
  );
  const tensor = [...integer(1, elementTypes[type]), ...block(2, dimensions)];
  return [...block(1, value), ...block(2, block(1, tensor))];
}

function raw(type: ElementType, data: ArrayLike<number>): Uint8Array {
  if (type === 'uint8') return Uint8Array.from(data);
  const array =
    type === 'float' ? Float32Array.from(data) : BigInt64Array.from(Array.from(data, (each) => BigInt(each)));
  return new Uint8Array(array.buffer);
}
