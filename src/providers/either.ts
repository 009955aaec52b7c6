import { isGone } from "./error.ts";

/** What the first place says and, where that knows of nothing, the second. Where neither does, the first has answered. */
export async function either<T>(first: Promise<T>, second: () => Promise<T>): Promise<T> {
  try {
    return await first;
  } catch (missing) {
    if (!isGone(missing)) throw missing;
    try {
      return await second();
    } catch (error) {
      throw isGone(error) ? missing : error;
    }
  }
}
