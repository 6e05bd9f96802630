import { utf8ToText } from "../core/utf8.ts";

/** Characters that are kept: a reason, not an essay. */
const MAX_LENGTH = 300;

/** What a stranger wrote for people, on one line and with nothing in it that steers a terminal. */
export function peopleText(bytes: Uint8Array): string {
  const text = utf8ToText(bytes) ?? bytesToText(bytes);
  let clean = "";
  for (const character of text) {
    const isControl = character < " " || (character >= "\u007f" && character < "\u00a0");
    clean += isControl || isDirection(character) ? " " : character;
  }
  const line = clean.replace(/ +/g, " ").trim();
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line;
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
