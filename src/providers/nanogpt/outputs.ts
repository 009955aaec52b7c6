import type { RemoteOutput } from "../../model/job.ts";
import { isObject, type Json } from "../../model/json.ts";
import { at, isOwnPath, listIn } from "../reply.ts";

/** Everywhere an address, or a list of them, has been seen: in the documents first, in client code after. */
const single = ["output.video.url", "output.video", "output.url", "output.video_url", "output.videoUrl", "videoUrl"];
const several = ["output.videos", "output.urls", "videos"];
const within = (names: readonly string[]): readonly string[] => names.flatMap((name) => [`data.${name}`, name]);

/** Only what NanoGPT serves itself wants the key, and only there does it go. */
const isProxied = (address: string): boolean => address.includes("/generate-video/content?");

function video(value: Json | undefined): readonly RemoteOutput[] {
  const address = isObject(value) ? (value.url ?? value.video_url ?? value.videoUrl) : value;
  if (typeof address !== "string") return [];
  const own = isOwnPath(address);
  if (!own && !/^https?:\/\//i.test(address)) return [];
  if (!own && !isProxied(address)) return [{ role: "video", source: { url: address } }];
  const url = pictureOf(address);
  const poster = url === undefined ? {} : { poster: { url, authorized: true } };
  return [{ role: "video", source: { url: address, authorized: true }, ...poster }];
}

/** Of the videos that NanoGPT serves itself it documents pictures for those of one model. */
function pictureOf(address: string): string | undefined {
  const picture = address.replace(/([?&])variant=video(?=&|$)/, "$1variant=thumbnail");
  return picture === address || !/[?&]model=sora-2(?:&|$)/.test(address) ? undefined : picture;
}

const urlOf = ({ source }: RemoteOutput): string => ("url" in source ? source.url : source.text);

/** Every video that an answer names, each once. Midjourney makes four. */
export function videosIn(reply: Json): readonly RemoteOutput[] {
  const found = [
    ...within(single).flatMap((name) => video(at(reply, name))),
    ...within(several).flatMap((name) => (listIn(reply, name) ?? []).flatMap(video)),
  ];
  return [...new Map(found.map((output) => [urlOf(output), output])).values()];
}
