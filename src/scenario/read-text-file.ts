import type { Problem } from "./issues.ts";

type Text =
  | { readonly text: string; readonly problem?: undefined }
  | { readonly text?: undefined; readonly problem: Omit<Problem, "path"> };

/** The text of a file that a scenario names. `instead` is what to do where files cannot be read. */
export function readTextFile(
  path: string,
  readFile: ((path: string) => string) | undefined,
  instead: string,
): Text {
  if (readFile === undefined) {
    const message = `names the file ${path}, and there is no way to read files here`;
    return { problem: { message, hint: instead } };
  }
  try {
    return { text: readFile(path) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: { message: `names a file that cannot be used: ${reason}`, hint: undefined } };
  }
}
