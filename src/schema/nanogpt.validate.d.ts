import type { Validate } from "../model/schema.ts";

export declare const validate: Validate;
