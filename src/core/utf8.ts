/** What stands for bytes that are no text. */
const REPLACEMENT = 0xfffd;

/** Code points at a time that are made text of; an engine bounds the arguments of a call. */
const batch = 4096;

/** The text that `bytes` are in UTF-8; undefined when they are not (overlong forms and surrogates are not). */
export function utf8ToText(bytes: Uint8Array): string | undefined {
  let text = "";
  let points: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] as number;
    const length = lengthOf(first);
    if (length === 0) return undefined;
    let point = length === 1 ? first : first & (0x7f >> length);
    for (let i = 1; i < length; i++) {
      const next = bytes[at + i];
      if (next === undefined || (next & 0xc0) !== 0x80) return undefined;
      point = (point << 6) | (next & 0x3f);
    }
    if (length > 1 && !needs(point, length)) return undefined;
    points.push(point);
    at += length;
    if (points.length < batch) continue;
    text += String.fromCodePoint(...points);
    points = [];
  }
  return text + String.fromCodePoint(...points);
}

/** `text` in UTF-8. Half a surrogate pair is no character, and becomes U+FFFD. */
export function textToUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(3 * text.length);
  let end = 0;
  for (const character of text) {
    let point = character.codePointAt(0) as number;
    if (point >= 0xd800 && point <= 0xdfff) point = REPLACEMENT;
    if (point < 0x80) {
      bytes[end++] = point;
      continue;
    }
    const length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    bytes[end++] = ((0xf00 >> length) & 0xff) | (point >> (6 * (length - 1)));
    for (let i = length - 2; i >= 0; i--) bytes[end++] = 0x80 | ((point >> (6 * i)) & 0x3f);
  }
  return bytes.slice(0, end);
}

/** Bytes of the character that begins with `first`; 0 where none does. */
function lengthOf(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0; // the rest of a character, or an overlong form
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf5 ? 4 : 0;
}

/** Whether `point` is a character, and its form of `length` bytes the shortest. */
function needs(point: number, length: number): boolean {
  if (length === 2) return true; // 0xc0 and 0xc1 do not begin any
  if (length === 3) return point >= 0x800 && (point < 0xd800 || point > 0xdfff);
  return point >= 0x10000 && point <= 0x10ffff;
}
