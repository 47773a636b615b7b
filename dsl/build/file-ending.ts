/** Whether a dotted name is a file's: `intro.mp4` is, `crawler.delay` is not. */
export function hasFileEnding(name: string): boolean {
  return endings.has(name.slice(name.lastIndexOf('.') + 1).toLowerCase());
}

const endings = new Set(
  (
    '3gp aac aif aiff ass avi avif bmp csv cube exr ffconcat flac flv gif heic heif jpeg jpg json jsonl jxl m2ts m3u8 m4a m4v md mka mkv mov ' +
    'mp3 mp4 mpeg mpg mts mxf oga ogg ogv onnx opus png pql safetensors srt ssa svg tif tiff ts tsv txt vtt wav weba webm webp wma wmv y4m yaml yml zip'
  ).split(' '),
);
