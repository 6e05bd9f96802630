/** The beginning and the end of a text that is longer than `width` letters: paths differ at the end. */
export function shortened(text: string, width: number): string {
  if (text.length <= width) return text;
  const kept = width - 1;
  return `${text.slice(0, Math.ceil(kept / 2))}…${text.slice(text.length - Math.floor(kept / 2))}`;
}
