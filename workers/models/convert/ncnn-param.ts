/** A layer of an ncnn network. Parameters by number, as ncnn keeps them; see
 * https://github.com/Tencent/ncnn/blob/master/docs/developer-guide/operators.md */
export interface NcnnLayer {
  type: string;
  name: string;
  inputs: string[];
  outputs: string[];
  number(id: number, otherwise: number): number;
  /** Array parameters, written `-23300-id=length,a,b`. */
  numbers(id: number): number[];
}

const magic = '7767517';

/** Reads the text of a `.param` file. */
export function ncnnParam(text: string): NcnnLayer[] {
  const [first, counts = '', ...lines] = text.trim().split(/\r?\n/);
  if (first?.trim() !== magic) throw new Error('this is no ncnn network: the first line is wrong');
  const layers = lines.map(layer);
  if (layers.length !== Number(counts.trim().split(/\s+/)[0])) {
    throw new Error(
      `the network should have ${counts.trim().split(/\s+/)[0]} layers, it has ${layers.length}`,
    );
  }
  return layers;
}

function layer(line: string): NcnnLayer {
  const [type = '', name = '', inputCount, outputCount, ...rest] = line.trim().split(/\s+/);
  const inputs = rest.splice(0, Number(inputCount));
  const outputs = rest.splice(0, Number(outputCount));
  const parameters = new Map(
    rest.map((each) => {
      const [id, value = ''] = each.split('=');
      return [Number(id), value];
    }),
  );
  return {
    type,
    name,
    inputs,
    outputs,
    number: (id, otherwise) => Number(parameters.get(id) ?? otherwise),
    numbers: (id) => (parameters.get(-23300 - id) ?? '').split(',').slice(1).map(Number),
  };
}
