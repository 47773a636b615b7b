/** The text of a stream of UTF-8, without a byte order mark; throws what the signal was aborted with. */
export async function* characters(
  chunks: AsyncIterable<Uint8Array | string>,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: false });
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    yield typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}
