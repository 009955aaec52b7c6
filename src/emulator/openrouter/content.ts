import type { Rendered } from "../api.ts";

const pieceBytes = 64 * 1024;

/** A film as it comes from whoever made it: in pieces, without its length, and whole whatever part was asked for. */
export function stream({ mediaType, render }: Rendered): Response {
  const bytes = render();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += pieceBytes) controller.enqueue(bytes.subarray(at, at + pieceBytes));
      controller.close();
    },
  });
  return new Response(body, { headers: { "Content-Type": mediaType, "Transfer-Encoding": "chunked" } });
}
