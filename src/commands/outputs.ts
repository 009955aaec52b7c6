import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Connection, FilePorts, Kept, Picture } from "../apply/ports.ts";
import { download } from "../io/http/download.ts";
import { mediaFacts } from "../io/media.ts";
import type { RemoteOutput } from "../model/job.ts";
import type { Output } from "../model/output.ts";
import type { UnitId } from "../model/unit.ts";
import { ProviderError } from "../providers/error.ts";
import { accessTo } from "./connections.ts";
import type { EmulatorAddress } from "./emulation.ts";
import type { Posters } from "./posters.ts";
import { type ReachPorts, reaching } from "./reach.ts";
import type { World } from "./world.ts";

export interface OutputPorts extends Omit<ReachPorts, "clock" | "emulated"> {
  /** A folder of the repository's own Git folder: files are made here and moved to the store when they are whole. */
  readonly scratch: string;
  readonly emulator: EmulatorAddress | undefined;
  readonly posters: Posters;
  readonly world: World;
}

/** The files of a run: local ones on their way out, finished ones on their way in. */
export function filePorts(ports: OutputPorts): FilePorts {
  return {
    reach: reaching({ ...ports, clock: ports.world.time.clock, emulated: ports.emulator !== undefined }),
    keep: (unit, _job, output, connection) => keep(unit, output, connection, ports),
    has: (output) => ports.store.has(output),
  };
}

/** Fetch, verify, publish: only then is a result a result. */
async function keep(unit: UnitId, output: RemoteOutput, connection: Connection, ports: OutputPorts): Promise<Kept> {
  const path = join(ports.scratch, randomUUID());
  const remove = (): void => rmSync(path, { force: true });
  let picture: Promise<Picture> | undefined;
  try {
    const access = accessTo(connection.provider, ports.world, ports.emulator);
    const { sha256, bytes } = await download(output.source, path, { ...access, ...ports.world.time });
    const { extension, ...facts } = await mediaFacts(path);
    checkRole(output.role, facts.mediaType);
    const url = await ports.store.put({ unit, role: output.role, path, sha256, bytes, extension });
    const kept = { role: output.role, sha256, bytes, ...facts, url };
    if (output.role !== "video") return kept;
    const film = { unit, file: { ...facts, path }, provider: connection.provider, poster: output.poster };
    picture = ports.posters.of(film).finally(remove);
    return { ...kept, picture };
  } finally {
    if (picture === undefined) remove();
  }
}

/** A video that turns out to be a sound or a picture is not what was paid for, and is not called done. */
function checkRole(role: Output["role"], mediaType: string): void {
  const kinds: Partial<Record<Output["role"], RegExp>> = {
    video: /^video\//,
    audio: /^(audio|video)\//,
    poster: /^image\//,
  };
  const wanted = kinds[role];
  if (wanted === undefined || wanted.test(mediaType)) return;
  throw new ProviderError(`the ${role} that was delivered is ${mediaType}`, { class: "provider", outcome: "refused" });
}
