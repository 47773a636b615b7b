/** Headers as OpenTelemetry's variables write them, `name=value,other=value`, values percent-encoded; null when it is no such list. */
export function headersIn(text: string): Record<string, string> | null {
  const headers: Record<string, string> = {};
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const [, name = '', value = ''] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(.*?)\s*$/.exec(part) ?? [];
    try {
      headers[name.toLowerCase()] = decodeURIComponent(value);
    } catch {
      return null;
    }
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what a header must not have
    if (name === '' || /[\u0000-\u001f\u007f]/.test(headers[name.toLowerCase()] ?? '')) return null;
  }
  return headers;
}
