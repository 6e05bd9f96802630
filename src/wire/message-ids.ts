// The byte after the length prefix, which says what a message is.

// BEP 3
export const CHOKE = 0;
export const UNCHOKE = 1;
export const INTERESTED = 2;
export const NOT_INTERESTED = 3;
export const HAVE = 4;
export const BITFIELD = 5;
export const REQUEST = 6;
export const PIECE = 7;
export const CANCEL = 8;

// BEP 6, fast extension
export const SUGGEST_PIECE = 0x0d;
export const HAVE_ALL = 0x0e;
export const HAVE_NONE = 0x0f;
export const REJECT_REQUEST = 0x10;
export const ALLOWED_FAST = 0x11;

// BEP 10, extension protocol
export const EXTENDED = 20;

export function isFast(id: number): boolean {
  return id >= SUGGEST_PIECE && id <= ALLOWED_FAST;
}
