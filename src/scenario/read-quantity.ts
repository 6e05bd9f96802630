import { wrongUnit } from "./unit-problems.ts";
import { type Dimension, examples, type Unit, unitCalled } from "./units.ts";

/** A quantity that was read, or what is wrong with it and what to write instead. */
export type Reading =
  | { readonly value: number; readonly problem?: undefined }
  | { readonly value?: undefined; readonly problem: string; readonly hint: string };

/** Reads "10 Mbit/s": a number that is not negative, and a unit. Bits and bytes are never guessed. */
export function readQuantity(dimension: Dimension, text: string): Reading {
  const hint = `Write it as in ${examples[dimension][0]}`;
  const parts = /^ *([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?) *(.*?) *$/s.exec(text);
  if (parts === null) return { problem: `${quoted(text)} is not a number with a unit`, hint };
  const number = parts[1] as string;
  const name = (parts[2] as string).replace(/ *\/ */g, "/").replace(/ +/g, " ");
  if (name === "") return { problem: `${quoted(text)} lacks its unit`, hint };
  const found = unitCalled(dimension, name);
  if (found === undefined) return wrongUnit(dimension, { text: quoted(text), number, name });
  if (number.startsWith("-")) return { problem: `${quoted(text)} is negative`, hint };
  const value = scale(number.replace("+", ""), found);
  if (!Number.isFinite(value)) return { problem: `${quoted(text)} is too large`, hint };
  return { value };
}

/** As people wrote it, on one line and not endless. */
function quoted(text: string): string {
  const trimmed = text.trim();
  return JSON.stringify(trimmed.length > 60 ? `${trimmed.slice(0, 60)}…` : trimmed);
}

/** The number times the unit, rounded once: 4.35 KB is 4350 B, though 4.35 * 1000 need not be in floating point. */
function scale(number: string, { factor, divisor }: Unit): number {
  const plain = Number(number);
  if (factor === 1 && divisor === 1) return plain;
  const [mantissa = "", exponent = "0"] = number.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const scaled = Number(whole + fraction) * factor;
  const power = fraction.length - Number(exponent);
  const below = divisor * Number(`1e${power}`);
  if (power >= 0 && Number.isSafeInteger(scaled) && Number.isSafeInteger(below))
    return scaled / below;
  return (plain * factor) / divisor;
}
