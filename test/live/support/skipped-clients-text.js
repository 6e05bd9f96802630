/** As needing.ts names a test that it leaves out. */
const mark = /\(needs ([^:]+): (.+)\)$/;

/**
 * What was not tested for want of other people's clients, as one line; "" when nothing was. `tests` are results as in Jest's JSON.
 */
export function skippedClients(tests) {
  const skipped = tests
    .filter(({ status }) => status === "pending")
    .map(({ title }) => mark.exec(title))
    .filter((found) => found !== null);
  if (skipped.length === 0) return "";
  const missing = new Set(skipped.flatMap(([, names]) => names.split(", ")));
  const [, , reason] = skipped[0];
  const count = skipped.length === 1 ? "1 test" : `${skipped.length} tests`;
  return `NOT TESTED AGAINST REAL CLIENTS: ${count} skipped without ${[...missing].join(", ")} (${reason}); CONTRIBUTING.md says how to get them.`;
}
