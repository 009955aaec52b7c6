import { errors } from "undici";
import { errorCode } from "../error-code.ts";
import { ForbiddenAddress } from "./guard.ts";

/** What a network can do to us. An invalid argument is our own mistake and stays one. */
export function isNetworkTrouble(error: Error): boolean {
  if (error instanceof errors.InvalidArgumentError) return false;
  if (error instanceof errors.UndiciError || error instanceof errors.HTTPParserError) return true;
  if (error instanceof ForbiddenAddress) return true;
  const code = errorCode(error);
  return code !== undefined && !code.startsWith("ERR_INVALID_ARG");
}
