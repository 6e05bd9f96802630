import { readFileSync } from "node:fs";
import { InputError } from "./exit-codes.ts";
import { reason } from "./system-error.ts";

/** The text of the file at `path`, called `name` in errors. What cannot be read or is not UTF-8 is an InputError. */
export function readText(path: string, name: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new InputError(`${name} cannot be read: ${reason(cause)}.`, { cause });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    const before = bytes.toString("utf8").split("\uFFFD", 1)[0]?.split("\n") ?? [];
    const place = `${before.length}:${(before.at(-1) ?? "").length + 1}`;
    throw new InputError(`${name}:${place}: the file is not in UTF-8. Save it so.`, { cause });
  }
}
