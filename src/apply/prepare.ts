import type { Json, JsonObject } from "../model/json.ts";
import type { WireRequest } from "../model/provider.ts";
import { type Asset, type Input, isAsset, isStepOutput, type StepOutput, type Unit } from "../model/unit.ts";
import type { Connection, Run } from "./ports.ts";

/** The request as it will be sent: every local file and every earlier output is where the provider can reach it. */
export async function prepare(unit: Unit, connection: Connection, run: Run): Promise<WireRequest> {
  const reach = async (file: Asset | StepOutput): Promise<Json> => {
    const path = isAsset(file) ? file.asset : file.step;
    await run.ports.tell({ kind: "note", id: unit.id, note: { kind: "uploading", path } });
    return run.ports.files.reach(file, connection);
  };
  const sent = await plain(unit.request.with, reach);
  return { operation: unit.request.operation, with: sent as JsonObject, metadata: unit.metadata };
}

/** Files go up one after another: a unit with twenty images must not take twenty connections. */
async function plain(input: Input, reach: (file: Asset | StepOutput) => Promise<Json>): Promise<Json> {
  if (isAsset(input) || isStepOutput(input)) return reach(input);
  if (Array.isArray(input)) {
    const items: Json[] = [];
    for (const item of input) items.push(await plain(item, reach));
    return items;
  }
  if (typeof input !== "object" || input === null) return input as Json;
  const fields: [string, Json][] = [];
  for (const [key, value] of Object.entries(input)) fields.push([key, await plain(value as Input, reach)]);
  return Object.fromEntries(fields);
}
