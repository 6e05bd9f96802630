import type { Terminal } from "../../src/cli/terminal.ts";

/** A terminal that nobody looks at, and that remembers what was printed. */
export class FakeTerminal implements Terminal {
  readonly isWatched = false;
  printed = "";
  errors = "";

  out(text: string): void {
    this.printed += text;
  }

  err(text: string): void {
    this.errors += text;
  }

  bold(text: string): string {
    return text;
  }
}
