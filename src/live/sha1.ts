import { createHash } from "node:crypto";

/** The 20 bytes of SHA-1 over `bytes`. */
export function sha1(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha1").update(bytes).digest());
}
