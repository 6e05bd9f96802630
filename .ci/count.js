import { readFileSync } from "node:fs";

/** Prints what a run of Jest came to. A file of tests that could not be loaded counts as one failure. */
const results = JSON.parse(readFileSync(process.argv[2], "utf8"));
const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
const skipped = results.numPendingTests + results.numTodoTests;
process.stdout.write(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
