import type { Json, JsonObject } from "../../model/json.ts";
import type { Accepted, PaidWire, WireRequest } from "../../model/provider.ts";
import { bodyOf } from "../fields.ts";
import { idIn, required, textIn } from "../reply.ts";
import { costIn, currencyIn } from "./cost.ts";
import { generate } from "./routes.ts";

/** Each file has two fields at NanoGPT, one for an address and one for its bytes. What was written decides which. */
const fileFields: ReadonlyMap<string, string> = new Map(
  ["image", "video", "audio"].flatMap((kind) => [
    [`${kind}Url`, kind],
    [`${kind}DataUrl`, kind],
  ]),
);

function named([name, value]: readonly [string, Json]): readonly [string, Json] {
  const kind = fileFields.get(name);
  if (kind === undefined || typeof value !== "string") return [name, value];
  return [`${kind}${value.startsWith("data:") ? "DataUrl" : "Url"}`, value];
}

/** The author's fields, each file under the name that fits it, with the escape hatch laid over them as it is. */
const body = ({ with: written }: WireRequest): JsonObject =>
  bodyOf(Object.fromEntries(Object.entries(written).map(named)));

/** A maker's name may stand before the model's, as in "maker/model". No part of it is a way up or empty. */
const modelShape = /^(?=.{1,200}$)(?!\.+(?:\/|$))[\w.:-]+(?:\/(?!\.+(?:\/|$))[\w.:-]+)*$/;

/**
 * The job keeps the model beside its id, since the older way to ask for its status wants it, and the currency that it is
 * paid in, since an answer about a finished job tells an amount and no currency.
 */
export function submit(request: WireRequest, wire: PaidWire): Promise<Accepted> {
  const sent = body(request);
  return wire.post(generate, sent, (reply) => {
    const id = required(idIn(reply, "runId", "id", "data.runId", "data.id"), "runId");
    const model = [textIn(reply, "model", "data.model"), sent.model].find(
      (name) => typeof name === "string" && modelShape.test(name),
    );
    const currency = currencyIn(reply);
    const cost = costIn(reply, currency);
    return {
      job: {
        id,
        ...(typeof model === "string" ? { model } : {}),
        ...(currency === undefined ? {} : { currency }),
      },
      ...(cost === undefined ? {} : { cost }),
    };
  });
}
