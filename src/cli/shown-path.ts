import { relative } from "node:path";

/** A path as short as it gets from the working directory. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" ? "." : short.startsWith("..") ? path : short;
}
