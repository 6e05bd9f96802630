import type { Path } from "./issues.ts";
import { scenarioJsonSchema } from "./schema.ts";

/** The parts of a JSON Schema that say which keys a mapping may have. */
interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape | readonly Shape[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly additionalProperties?: boolean | Shape;
}

let shapes: Shape | undefined;

/** The keys that a mapping at `path` may have, over all its alternatives. */
export function keysAt(path: Path): string[] {
  shapes ??= scenarioJsonSchema() as Shape;
  let here = alternatives(shapes);
  for (const key of path) here = here.flatMap((shape) => below(shape, key)).flatMap(alternatives);
  return [...new Set(here.flatMap((shape) => Object.keys(shape.properties ?? {})))];
}

function alternatives(shape: Shape): Shape[] {
  return [
    shape,
    ...(shape.anyOf ?? []).flatMap(alternatives),
    ...(shape.oneOf ?? []).flatMap(alternatives),
  ];
}

function below({ properties, items }: Shape, key: string | number): Shape[] {
  if (typeof key === "string") {
    const found =
      properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : undefined;
    return found === undefined ? [] : [found];
  }
  if (items === undefined) return [];
  const found = Array.isArray(items) ? items[key] : items;
  return found === undefined ? [] : [found as Shape];
}
