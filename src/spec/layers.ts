import type { JsonObject } from "../model/json.ts";
import type { Document } from "./document.ts";
import type { Places, Pointer } from "./places.ts";

/** Fields that stand somewhere in a file. */
export interface Layer {
  readonly document: Document;
  readonly pointer: Pointer;
  readonly fields: JsonObject;
}

/** A step's fields as the spec and the project file give them together. Places are relative to the fields. */
export interface Layered {
  readonly fields: JsonObject;
  readonly places: Places;
  /** Whether the spec itself says the field, so that it is no mere default. */
  readonly isOwn: (field: string) => boolean;
}

/** Lays one over the other: a field of the upper one hides the whole field of the lower one. */
export function layer(upper: Layer, lower: Layer | undefined): Layered {
  const isOwn = (field: string): boolean => Object.hasOwn(upper.fields, field);
  const layerOf = (field: string | number | undefined): Layer =>
    lower !== undefined && typeof field === "string" && !isOwn(field) && Object.hasOwn(lower.fields, field)
      ? lower
      : upper;
  return {
    fields: { ...lower?.fields, ...upper.fields },
    isOwn,
    places: {
      at(pointer, part = pointer.length === 0 ? "key" : "value") {
        const from = layerOf(pointer[0]);
        return from.document.at([...from.pointer, ...pointer], part);
      },
      lineOf: (at) => (at.file === lower?.document.file ? lower : upper).document.lineOf(at),
    },
  };
}
