import { isObject, type Json, type JsonObject } from "../model/json.ts";

/** The JSON of a text, or undefined where it is none. */
export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/** The items of a list, and nothing where it is none. */
export const itemsIn = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

export const objectsIn = (value: Json | undefined): readonly JsonObject[] => itemsIn(value).filter(isObject);
