/** What stands for itself in a query (RFC 3986, 2.3). */
const unreserved = /[A-Za-z0-9\-._~]/;

/** For each byte what stands for it. */
const codes: readonly string[] = [...Array(256).keys()].map((byte) => {
  const character = String.fromCharCode(byte);
  return unreserved.test(character)
    ? character
    : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
});

/** Bytes as a query has them. */
export function percentEncode(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += codes[byte];
  return text;
}

/**
 * What a query says, one byte a character. A plus stands for itself: it is a safe character of RFC 1738, by which BEP 3
 * escapes. Undefined for an escape that is none, and for what is not ASCII.
 */
export function percentDecode(text: string): string | undefined {
  if (!text.includes("%")) return isAscii(text) ? text : undefined;
  let decoded = "";
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) return undefined;
    if (code !== PERCENT) {
      decoded += text[at];
      continue;
    }
    const high = digit(text.charCodeAt(at + 1));
    const low = digit(text.charCodeAt(at + 2));
    if (high === undefined || low === undefined) return undefined;
    decoded += String.fromCharCode((high << 4) | low);
    at += 2;
  }
  return decoded;
}

const PERCENT = 0x25;

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

function digit(code: number): number | undefined {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : undefined;
}
