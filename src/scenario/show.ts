/** A value from a file in words, for the end of "must be …, and is". */
export function show(input: unknown): string {
  if (input === null) return "empty";
  if (Array.isArray(input))
    return input.length === 0 ? "an empty list" : `a list of ${input.length}`;
  if (typeof input === "object") return "a mapping";
  if (typeof input !== "string") return String(input);
  return JSON.stringify(input.length > 60 ? `${input.slice(0, 60)}…` : input);
}

/**
 * The error of a schema: what the value must be, in people's words. A missing value gets it as a hint. `undefined` leaves
 * the word to one of the alternatives of a union.
 */
export function mustBe(
  expectation: string,
  isLeft: (input: unknown) => boolean = () => false,
): (issue: { readonly input?: unknown }) => string | undefined {
  return ({ input }) => {
    if (isLeft(input)) return undefined;
    if (input === undefined) return `It must be ${expectation}`;
    return `must be ${expectation}, and is ${show(input)}`;
  };
}
