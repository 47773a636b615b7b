import { createGraph, type Graph, type Value } from './graph.ts';
import { addNcnn } from './ncnn.ts';
import { readPicture, writePicture } from './picture.ts';

/** Sides of what the network sees are multiples of this. */
const stride = 32;

/** Turns a RIFE network kept for ncnn into ONNX: two frames and a time between 0 and 1 in, the frame at that time out.
 *
 * Any frame size goes: the graph repeats the right and bottom edge up to the next multiple of 32 and cuts the result again. RIFE's
 * warp is GridSample with `border` padding and aligned corners. */
export function convertInterpolator(param: string, bin: Uint8Array): Uint8Array {
  const graph = createGraph('interpolator');
  const first = readPicture(graph, 'first', 1);
  const second = readPicture(graph, 'second', 1);
  const int = (...values: number[]) => graph.constant('int64', [values.length], values);

  const size = graph.node('Slice', [graph.node('Shape', [first.value]), int(2), int(4)]);
  const over = graph.node('Mod', [size, int(stride)]);
  const missing = graph.node('Mod', [graph.node('Sub', [int(stride), over]), int(stride)]);
  const pads = graph.node('Concat', [int(0, 0, 0, 0, 0, 0), missing], { axis: { integer: 0 } });
  const pad = (value: Value) => graph.node('Pad', [value, pads], { mode: { text: 'edge' } });

  const padded = graph.node('Add', [size, missing]);
  const plane = graph.node('Concat', [int(1, 1), padded], { axis: { integer: 0 } });
  const time = graph.node('Expand', [graph.node('Reshape', ['time', int(1, 1, 1, 1)]), plane]);
  const result = addNcnn(graph, param, bin, [pad(first.value), pad(second.value), time], warp(graph, padded));
  const cut = graph.node('Slice', [result, int(0, 0), size, int(2, 3)]);
  const moment = { value: 'time', type: 'float', shape: [1] } as const;
  return graph.finish([first.port, second.port, moment], [writePicture(graph, cut, 1)]);
}

/** GridSample wants places from -1 to 1 in the order x, y; flows are in pixels, channel 0 is x. `size` is [height, width]. */
function warp(graph: Graph, size: Value): (picture: Value, flow: Value) => Value {
  const int = (...values: number[]) => graph.constant('int64', [values.length], values);
  const scalar = (value: number) => graph.constant('float', [], [value]);
  const perPixel = (axis: number) => {
    const count = graph.node('Gather', [size, graph.constant('int64', [], [axis])]);
    const last = graph.node('Sub', [graph.node('Cast', [count], { to: { integer: 1 } }), scalar(1)]);
    const indices = graph.node('Range', [
      graph.constant('int64', [], [0]),
      count,
      graph.constant('int64', [], [1]),
    ]);
    const step = graph.node('Div', [scalar(2), last]);
    const from = graph.node('Cast', [indices], { to: { integer: 1 } });
    const places = graph.node('Sub', [graph.node('Mul', [from, step]), scalar(1)]);
    return { step, places };
  };
  const vertical = perPixel(0);
  const horizontal = perPixel(1);
  // [1, 1, height, 1] and [1, 1, 1, width]: they broadcast against a flow's channels.
  const rows = graph.node('Unsqueeze', [vertical.places, int(0, 1, 3)]);
  const columns = graph.node('Unsqueeze', [horizontal.places, int(0, 1, 2)]);
  const channel = (flow: Value, index: number) =>
    graph.node('Slice', [flow, int(index), int(index + 1), int(1)]);

  return (picture, flow) => {
    const x = graph.node('Add', [graph.node('Mul', [channel(flow, 0), horizontal.step]), columns]);
    const y = graph.node('Add', [graph.node('Mul', [channel(flow, 1), vertical.step]), rows]);
    const places = graph.node('Concat', [x, y], { axis: { integer: 1 } });
    const grid = graph.node('Transpose', [places], { perm: { integers: [0, 2, 3, 1] } });
    return graph.node('GridSample', [picture, grid], {
      mode: { text: 'bilinear' },
      padding_mode: { text: 'border' },
      align_corners: { integer: 1 },
    });
  };
}
