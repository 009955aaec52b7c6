import { isObject, type Json, type JsonObject } from "../model/json.ts";

/** The items of a list, and nothing where it is none. */
export const itemsIn = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

export const objectsIn = (value: Json | undefined): readonly JsonObject[] => itemsIn(value).filter(isObject);
