import { textToUtf8 } from "../core/utf8.ts";

/** Bytes that a name may have on the usual file systems (NAME_MAX of Linux). */
const maxNameBytes = 255;

/** Bytes that a path may have (PATH_MAX of Linux, without the zero). */
const maxPathBytes = 4095;

/** Folders within each other, far more than people make. */
const maxPathDepth = 100;

/** Names that are devices on Windows, whatever follows their first dot. */
const devices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|:|$)/i;

/**
 * Why a file must not be called so, in words to follow its name; undefined when it may. Names are refused by the rules of all systems at
 * once, as a torrent goes to all of them; but case counts, as it does on Linux.
 */
export function nameProblem(name: string): string | undefined {
  if (name === "") return "is empty";
  if (name === "." || name === "..") return "would lead out of its folder";
  if (/[/\\]/.test(name)) return "has a separator of folders in it";
  // Control characters also do things to a terminal that lists the files.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name)) return "has a control character in it";
  if (devices.test(name)) return "is a device's on Windows";
  return lengthProblem(name, maxNameBytes);
}

/** The same of a whole path. */
export function pathProblem(path: readonly string[]): string | undefined {
  if (path.length === 0) return "is empty";
  if (path.length > maxPathDepth) return `is in more than ${maxPathDepth} folders`;
  for (const name of path) {
    const problem = nameProblem(name);
    if (problem !== undefined) return path.length === 1 ? problem : `${quoted(name)} ${problem}`;
  }
  return lengthProblem(path.join("/"), maxPathBytes);
}

function lengthProblem(text: string, most: number): string | undefined {
  if (3 * text.length <= most) return undefined; // a letter has no more than three bytes, or two letters four
  const bytes = textToUtf8(text).length;
  return bytes > most ? `has ${bytes} bytes; ${most} are possible` : undefined;
}

/** Notices paths that cannot stand beside each other. */
export class PathSet {
  private readonly files = new Set<string>();
  private readonly folders = new Set<string>();

  /** Adds a file. Returns why it cannot be, in words to follow its path; undefined when it can. */
  add(path: readonly string[]): string | undefined {
    const whole = path.join("/");
    if (this.files.has(whole)) return "stands twice";
    if (this.folders.has(whole)) return "is a file, and a folder of other files";
    for (let end = whole.lastIndexOf("/"); end > 0; end = whole.lastIndexOf("/", end - 1)) {
      const folder = whole.slice(0, end);
      if (this.folders.has(folder)) break; // and those above it
      if (this.files.has(folder)) return `is in ${quoted(folder)}, which is a file`;
      this.folders.add(folder);
    }
    this.files.add(whole);
    return undefined;
  }
}

/** For messages: without what a terminal would act on, and not endless. */
export function quoted(text: string): string {
  const plain = JSON.stringify(text).replace(/[\u007f-\u009f]/g, "\uFFFD");
  return plain.length > 120 ? `${plain.slice(0, 120)}…"` : plain;
}
