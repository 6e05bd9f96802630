import type * as z from "zod";

type Issue = z.core.$ZodIssue;

/**
 * Of the alternatives of a union, what is wrong with the one that was meant: that of the input's type, the deepest of them.
 * Undefined when none was meant and the union's own message says best what there is to choose from.
 */
export function bestBranch(
  { errors, message }: Issue & { code: "invalid_union" },
  input: unknown,
): readonly Issue[] | undefined {
  const hasOwnWords = !message.startsWith("Invalid input");
  const meant = errors.filter((issues) => !issues.some((issue) => isOtherType(issue, input)));
  if (meant.length === 0) {
    if (hasOwnWords) return undefined;
    return errors.find((issues) => issues.some(speaksItself)) ?? errors[0] ?? [];
  }
  const best = meant.reduce((one, issues) => (depth(issues) > depth(one) ? issues : one));
  const isChoice = best.every(({ code, path }) => path.length === 0 && code === "invalid_value");
  return hasOwnWords && isChoice ? undefined : best;
}

function isOtherType(issue: Issue, input: unknown): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === "invalid_value") return typeof input !== typeof issue.values[0];
  return issue.code === "invalid_type" && !(issue.expected === "int" && typeof input === "number");
}

/** Quantities know what is wrong with a bare number. */
function speaksItself(issue: Issue): boolean {
  return issue.code === "invalid_type" && !issue.message.startsWith("Invalid input");
}

function depth(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}
