import { writeSync } from "node:fs";
import { skippedClients } from "./skipped-clients-text.js";

/** A reporter of Jest's whose word is the last of a run: tests that were left out since a real client is missing. */
export default class SkippedClients {
  onRunComplete(_contexts, results) {
    const text = skippedClients(results.testResults.flatMap((file) => file.testResults));
    // Jest writes its own summary after this.
    if (text !== "") process.once("exit", () => writeSync(2, `\n${text}\n`));
  }
}
