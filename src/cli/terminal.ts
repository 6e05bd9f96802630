/** Where the commands print: results to `out`, everything else to `err`. */
export interface Terminal {
  /** Prints to standard output as it is. */
  out(text: string): void;
  /** Prints to standard error as it is. */
  err(text: string): void;
  /** Whether a person looks at standard error, so that a progress bar makes sense. */
  readonly isWatched: boolean;
  /** The text in bold where standard output is a terminal that may show it. */
  bold(text: string): string;
}

/**
 * The terminal of this process. A reader that has gone, as `head` does, or a window that was closed is no error: what is left
 * to print is dropped.
 */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  return {
    out: printer(stdout),
    err: printer(stderr),
    isWatched: stderr.isTTY === true && env.TERM !== "dumb",
    bold: (text) =>
      stdout.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb"
        ? `\u001b[1m${text}\u001b[22m`
        : text,
  };
}

function printer(stream: NodeJS.WriteStream): (text: string) => void {
  let isOpen = true;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
    isOpen = false;
  });
  return (text) => {
    if (isOpen) stream.write(text);
  };
}
