import { type Context, Hono } from "hono";
import type { ProviderName } from "../../model/unit.ts";
import type { Api } from "../api.ts";
import type { Env } from "../env.ts";
import { inject, type Subject } from "../faults/inject.ts";
import type { Operation } from "../faults/rule.ts";
import type { World } from "../world.ts";
import { gallery } from "./gallery.ts";
import { guard } from "./guard.ts";
import { refusal } from "./refusal.ts";
import { send } from "./send.ts";

export const missing = (): Response => refusal(404, "NoSuchKey", "The specified key does not exist");

/** The object storage: another origin than the APIs, where a provider's key has no business. */
export function storage(world: World, apis: ReadonlyMap<ProviderName, Api>): Hono<Env> {
  const app = new Hono<Env>();
  app.use(guard(world.links));
  const render = gallery(16);
  for (const [provider, api] of apis) {
    const struck = (operation: Operation, subject: (c: Context<Env>) => Subject) =>
      inject(world.strike, { provider, operation, subject, refusal: () => "" });

    const about = (c: Context<Env>): Subject => ({ prompt: api.file(c.req.param("name") ?? "")?.prompt });
    app.get(`/${provider}/files/:name`, struck("download", about), (c) => {
      const name = c.req.param("name");
      const file = api.file(name);
      return file === undefined
        ? missing()
        : send(render(`${provider}/${name}`, file), file.mediaType, c.req.raw.headers);
    });

    const place = `/${provider}/uploads/:token/:name`;
    app.put(
      place,
      struck("put", () => ({})),
      async (c) => put(c, world, provider),
    );
    app.get(place, (c) => {
      const upload = world.uploads.find(c.req.param("token") ?? "");
      const bytes = upload === undefined ? undefined : world.uploads.bytes(upload);
      if (upload === undefined || bytes === undefined) return missing();
      return send(new Uint8Array(bytes), upload.mediaType, c.req.raw.headers);
    });
  }
  return app;
}

/** Takes a file in. The media type is part of what was signed. */
async function put(c: Context<Env>, world: World, provider: ProviderName): Promise<Response> {
  const upload = world.uploads.find(c.req.param("token") ?? "");
  if (upload === undefined) return missing();
  if (c.req.header("content-type") !== upload.mediaType)
    return refusal(403, "SignatureDoesNotMatch", `Content-Type must be ${upload.mediaType}`);
  const tooLarge = (): Response =>
    refusal(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
  if (Number(c.req.header("content-length") ?? 0) > upload.most) return tooLarge();
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  if (bytes.length > upload.most) return tooLarge();
  world.uploads.store(provider, upload.token, bytes);
  return c.body(null, 200);
}
