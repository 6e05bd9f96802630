import { readFileSync } from "node:fs";
import { skippedClients } from "../test/live/support/skipped-clients-text.js";

/** Prints what a run of Jest came to. A file of tests that could not be loaded counts as one failure. */
const results = JSON.parse(readFileSync(process.argv[2], "utf8"));
const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
const skipped = results.numPendingTests + results.numTodoTests;
const clients = skippedClients(results.testResults.flatMap((file) => file.assertionResults));
if (clients !== "") process.stdout.write(`${clients}\n`);
process.stdout.write(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
