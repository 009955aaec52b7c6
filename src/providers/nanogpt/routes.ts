/** NanoGPT's API. Ids are shaped by `idIn`, or come from a lock: they are escaped all the same. */
export const apiPath = "/api";

export const generate = `${apiPath}/generate-video`;
export const checkBalance = `${apiPath}/check-balance`;
export const videoModels = `${apiPath}/v1/video-models?detailed=true`;

const asked = (path: string, query: { readonly [name: string]: string }): string =>
  `${apiPath}${path}?${new URLSearchParams(query)}`;

/** Where a run's status stands now. It takes the id alone. */
export const status = (run: string): string => asked("/video/status", { requestId: run });

/** Where it stood before. The model's parameter changed its name, and whoever knows one of the two ignores the other. */
export const formerStatus = (run: string, model: string | undefined): string =>
  asked("/generate-video/status", { runId: run, ...(model === undefined ? {} : { modelSlug: model, model }) });
