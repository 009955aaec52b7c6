import { randomUUID } from "node:crypto";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Connection } from "../apply/ports.ts";
import { sha256 } from "../io/sha256.ts";
import type { Clock } from "../model/clock.ts";
import type { Json } from "../model/json.ts";
import type { LockEntry } from "../model/lock.ts";
import type { Output } from "../model/output.ts";
import type { Upload, Uploaded } from "../model/provider.ts";
import { type Store, StoreError } from "../model/store.ts";
import { type Asset, isAsset, type StepOutput, type UnitId } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";

export interface ReachPorts {
  readonly store: Store;
  readonly scratch: string;
  /** Reads a local file again and checks that it is still what was planned. */
  readonly read: (asset: Asset) => Upload;
  /** What stands of a unit in its lock now. */
  readonly entry: (id: UnitId) => LockEntry | undefined;
  readonly clock: Clock;
  /** Whether the APIs are emulated. */
  readonly emulated: boolean;
}

type Reach = (file: Asset | StepOutput, connection: Connection) => Promise<Json>;

/** Hands files to providers. Where one upload serves many requests, the same bytes go up once in a run. */
export function reaching(ports: ReachPorts): Reach {
  const sent = new Map<string, Promise<Json>>();
  return async (file, connection) => {
    const { provider } = connection;
    if (file.reach === "url") return published(file, ports);
    if (provider.upload === undefined) throw new Error(`${provider.name} takes no local files, and was to get one`);
    const upload = isAsset(file) ? ports.read(file) : await readOutput(file, ports);
    if (!provider.upload.shared) return send(upload, connection, ports.clock);
    const key = `${provider.name} ${upload.sha256}`;
    const known = sent.get(key) ?? send(upload, connection, ports.clock);
    sent.set(key, known);
    // One that failed is tried anew by whoever needs it next.
    known.catch(() => sent.delete(key));
    return known;
  };
}

/** An address that the provider can fetch: the store's own. Emulated APIs fetch nothing, and their files stay here. */
async function published(file: Asset | StepOutput, ports: ReachPorts): Promise<Json> {
  const { store, scratch, emulated } = ports;
  if (emulated) return `https://emulated.invalid/${isAsset(file) ? file.sha256 : `${file.digest}/${file.role}`}`;
  if (!(await store.isPublic()))
    throw refused("the provider fetches this file itself, and the repository that keeps it is not public");
  if (!isAsset(file)) return keptAddress(outputOf(file, ports), store);
  const { bytes, name } = ports.read(file);
  const path = join(scratch, randomUUID());
  try {
    await writeFile(path, bytes);
    const unit = file.asset as string as UnitId;
    const extension = name.slice(name.lastIndexOf(".") + 1);
    return await store.put({ ...{ unit, role: "data", path, extension }, sha256: file.sha256, bytes: file.bytes });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw refused(`${file.asset} could not be published: ${error.message}`);
  } finally {
    await rm(path, { force: true });
  }
}

/** A lock may come from anybody: only what the store knows as its own is sent to anybody. */
async function keptAddress(output: Output, store: Store): Promise<string> {
  try {
    if (await store.has(output)) return output.url;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw refused(error.message);
  }
  throw refused(`the store has no ${output.url}`);
}

/** How long a provider may look at an upload before its unit gives up. Nothing is paid for yet. Milliseconds. */
const patience = 15 * 60_000;

async function send(upload: Upload, { provider, wire, limits }: Connection, clock: Clock): Promise<Json> {
  const until = clock.monotonic() + patience;
  let now = await provider.upload?.send(upload, wire);
  while (now?.state === "checking") {
    if (provider.upload?.check === undefined) throw new Error(`${provider.name} cannot be asked about an upload`);
    if (clock.monotonic() > until) throw refused(`${provider.name} has not finished checking ${upload.name}`);
    await clock.sleep(limits.poll.least);
    now = await provider.upload.check(now.names, wire);
  }
  return (now as Extract<Uploaded, { state: "usable" }>).value;
}

const refused = (message: string): ProviderError =>
  new ProviderError(message, { class: "provider", outcome: "notSent" });

/** What an earlier step made, out of the store, and not a byte different. */
async function readOutput(wanted: StepOutput, ports: ReachPorts): Promise<Upload> {
  const { store, scratch } = ports;
  const { step, role } = wanted;
  const output = outputOf(wanted, ports);
  const path = join(scratch, randomUUID());
  try {
    await store.get(output, path);
    const bytes = await readFile(path);
    const found = sha256(bytes);
    if (found !== output.sha256) throw new StoreError(`${output.url} is not the file that ${step} made`);
    const name = output.url.slice(output.url.lastIndexOf("/") + 1);
    return { name, mediaType: output.mediaType, bytes, sha256: found };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new ProviderError(`${role} of ${step}: ${error.message}`, { class: "lost-output", outcome: "notSent" });
  } finally {
    await rm(path, { force: true });
  }
}

function outputOf({ step, digest, role }: StepOutput, { entry }: ReachPorts): Output {
  const made = entry(step);
  const output =
    made?.state === "ready" && made.digest === digest ? made.outputs.find((one) => one.role === role) : undefined;
  if (output !== undefined) return output;
  throw new ProviderError(`${step} has made no ${role}`, { class: "invalid", outcome: "notSent" });
}
