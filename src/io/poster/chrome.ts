import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Shot } from "./shot.ts";

/** A profile that is thrown away, no network, nothing that runs by itself. */
const settings = [
  "--headless",
  "--disable-gpu",
  "--mute-audio",
  "--no-first-run",
  "--disable-extensions",
  "--disable-sync",
  "--disable-breakpad",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-quic",
  "--proxy-server=socks5://127.0.0.1:9",
  "--host-resolver-rules=MAP * ~NOTFOUND",
  // A page that lies on the disk may read no picture out of a film beside it without this. The page is ours.
  "--allow-file-access-from-files",
];

/** Chrome does not run with its sandbox for the superuser, as which containers of CI run. There ffmpeg has none either. */
const sandbox = (): readonly string[] => (process.getuid?.() === 0 ? ["--no-sandbox"] : []);

/** How Chrome prints a page that holds the picture as text; the page is written to `folder`. */
export async function chromeArgs(shot: Shot, folder: string, most: number): Promise<readonly string[]> {
  const page = join(folder, "page.html");
  await writeFile(page, pageOf(shot, most));
  return [...settings, ...sandbox(), `--user-data-dir=${folder}`, "--dump-dom", pathToFileURL(page).href];
}

/**
 * Chrome prints a page once it is loaded, which may be a moment before it has a frame to draw. So the page holds an inner
 * one open until something was drawn, or the film was given up.
 */
const pageOf = ({ film, at, size: { width, height } }: Shot, most: number): string => `<!doctype html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; media-src file:; script-src 'unsafe-inline'">
<body><iframe></iframe></body>
<script>
const inner = document.querySelector("iframe").contentDocument;
inner.open();
const film = Object.assign(document.createElement("video"), { muted: true, preload: "auto" });
const canvas = Object.assign(document.createElement("canvas"), { width: ${width}, height: ${height} });
const context = canvas.getContext("2d");
const end = (text) => {
  document.body.append(text);
  inner.close();
};
const look = () => {
  context.drawImage(film, 0, 0, ${width}, ${height});
  const nothing = context.getImageData(${width / 2}, ${height / 2}, 1, 1).data[3] === 0;
  if (nothing || film.seeking) return setTimeout(look, 20);
  const pictures = [0.8, 0.6, 0.4].map((quality) => canvas.toDataURL("image/jpeg", quality));
  end(pictures.find((picture) => picture.length < ${Math.floor((most * 4) / 3)}) ?? "");
};
film.onloadeddata = look;
film.onerror = () => end("");
film.src = ${JSON.stringify(`${pathToFileURL(film.path).href}#t=${at}`)};
</script>
`;

/** The picture in what Chrome printed. */
export function pictureIn(page: Buffer): Buffer {
  const [, text = ""] = /data:image\/jpeg;base64,([A-Za-z0-9+/=]+)/.exec(page.toString("latin1")) ?? [];
  return Buffer.from(text, "base64");
}
