import fc from "fast-check";
import { expect, test } from "vitest";
import type { Job } from "../../src/model/job.ts";
import type { Json } from "../../src/model/json.ts";
import type { PaidWire, Provider, Read, Wire, WireRequest } from "../../src/model/provider.ts";
import { ProviderError } from "../../src/providers/error.ts";

/** Answers everything alike, as the real wire would: the reader is all that stands between. */
export function answering(reply: Json): Wire & PaidWire {
  const call = async <T>(read: Read<T>): Promise<T> => read(reply);
  return {
    get: (_path, read) => call(read),
    post: (_path, _body, read) => call(read),
    patch: (_path, _body, read) => call(read),
    delete: (_path, read) => call(read),
    put: async () => undefined,
  };
}

const hostileNames = ["__proto__", "constructor"];
const hostileWords = ["../../etc", "..", "\u001b[31mred", "2026-05-01", "https://a.example/x.mp4"];

/** JSON made of the names and words that a provider's answers hold, in every shape that they should not have. */
export function answersOf(names: readonly string[], words: readonly string[]): fc.Arbitrary<Json> {
  return fc.letrec<{ tree: Json }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom<Json>(null, true, false, 0, -1, 1e308, "", ...words, ...hostileWords),
      fc.string({ unit: "binary" }),
      fc.array(tie("tree"), { maxLength: 4 }),
      fc
        .array(fc.tuple(fc.constantFrom(...names, ...hostileNames), tie("tree")), { maxLength: 8 })
        // As JSON.parse does it: "__proto__" becomes a property like any other.
        .map((entries): Json => Object.fromEntries(entries)),
    ),
  })).tree;
}

/** What may be thrown: a bug would be a TypeError or a RangeError; a reader that finds nothing throws a plain Error. */
export const outcomeOf = <T>(promise: Promise<T>): Promise<T | undefined> =>
  promise.catch((error: unknown) => {
    if (!(error instanceof ProviderError)) expect(Object.getPrototypeOf(error)).toBe(Error.prototype);
    return undefined;
  });

const idShape = /^(?!\.+$)[\w.:-]{1,256}$/;

export interface Answered {
  readonly provider: Provider;
  readonly names: readonly string[];
  readonly words: readonly string[];
  readonly request: WireRequest;
  /** The jobs that are asked for: one of each kind that is read in its own way. */
  readonly jobs?: readonly Job[];
  /** What an address of a finished file looks like; an absolute one unless told. */
  readonly address?: RegExp;
  /** What else the provider must do with whatever it is answered. */
  readonly also?: (reply: Json, wire: Wire & PaidWire) => unknown;
}

/** Whatever a provider is answered: no reader breaks, and nothing unfit gets through it. */
export function noAnswerBreaks(answered: Answered): void {
  const { provider, names, words, request, jobs = [{ id: "j" }], address = /^https?:\/\//i, also } = answered;
  const { operation, with: fields } = request;
  const traits = provider.search?.traits({ operation, with: fields }) ?? {};
  const lost = { traits, claimedAt: "2026-05-01T00:00:00Z" };

  test("no answer breaks a reader, reaches a prototype, or gets an unfit id, address, word or cost through", async () => {
    await fc.assert(
      fc.asyncProperty(answersOf(names, words), async (reply) => {
        const wire = answering(reply);
        const taken = await outcomeOf(provider.submit(request, wire));
        for (const [name, id] of Object.entries(taken?.job ?? {}))
          for (const part of name === "model" ? id.split("/") : [id]) expect(part).toMatch(idShape);
        for (const job of jobs) {
          const status = await outcomeOf(provider.poll(job, wire));
          if (status?.state === "failed") expect(status.message).toMatch(/^[^\p{Cc}]{1,500}$/u);
          if (status?.state === "running" && status.progress !== undefined)
            expect(status.progress >= 0 && status.progress <= 1).toBe(true);
          if (status !== undefined && status.state !== "running")
            expect(status.cost?.amount ?? "0.00").toMatch(/^\d+\.\d{2,6}$/);
          for (const { source } of status?.state === "done" ? status.outputs : [])
            expect("text" in source || address.test(source.url), JSON.stringify(source)).toBe(true);
          if (provider.inspect !== undefined) await outcomeOf(provider.inspect(job, wire));
        }
        if (provider.search !== undefined) await outcomeOf(provider.search.find(lost, wire));
        for (const { id } of (await outcomeOf(provider.models?.(wire) ?? Promise.resolve([]))) ?? [])
          expect(id).not.toBe("");
        // An amount that no account has is the wire's to quote: a reader may refuse it as it likes.
        await provider.balance?.(wire).catch(() => undefined);
        for (const code of [400, 409, 503]) expect(provider.meaning?.(code, reply)?.message ?? "x").toMatch(/\S/);
        await also?.(reply, wire);
        expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });
}
