import { utf8ToText } from "../core/utf8.ts";

/** Characters that are kept: a reason, not an essay. */
const MAX_LENGTH = 300;

/** What a stranger wrote for people, on one line and with nothing in it that steers a terminal. */
export function peopleText(bytes: Uint8Array): string {
  const begin = beginning(bytes);
  const text = utf8ToText(begin) ?? bytesToText(begin);
  let clean = "";
  for (const character of text) {
    const isControl = character < " " || (character >= "\u007f" && character < "\u00a0");
    clean += isControl || isDirection(character) ? " " : character;
  }
  const line = clean.replace(/ +/g, " ").trim();
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line;
}

/** No more of them than can be kept, to the end of a character. */
function beginning(bytes: Uint8Array): Uint8Array {
  let end = 4 * MAX_LENGTH; // UTF-8: at most four bytes a character
  if (bytes.length <= end) return bytes;
  while (end > 0 && ((bytes[end] as number) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end);
}

/** One character a byte, as in ISO 8859-1. */
function bytesToText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** Marks, embeddings and isolates, by which a line can be made to read otherwise than it is written; and ends of lines. */
function isDirection(character: string): boolean {
  return /[\u200e\u200f\u2028-\u202e\u2066-\u2069]/.test(character);
}
