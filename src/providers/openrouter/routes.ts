/** Version 1 of OpenRouter's API. Ids are shaped by `idIn`, or come from a lock: they are escaped all the same. */
export const apiPath = "/api/v1";

export const videos = `${apiPath}/videos`;
export const videoModels = `${videos}/models`;
export const video = (job: string): string => `${videos}/${encodeURIComponent(job)}`;
export const content = (job: string, index: number): string => `${video(job)}/content?index=${index}`;

/** What the key may still spend. */
export const key = `${apiPath}/key`;
/** What was bought and spent on the whole account. */
export const credits = `${apiPath}/credits`;
