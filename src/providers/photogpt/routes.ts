/** PhotoGPT's developer API. Ids are shaped by `idIn`, or come from a lock: they are escaped all the same. */
export const apiPath = "/api";

const videos = `${apiPath}/videos`;

export const ping = `${apiPath}/ping`;
export const generation = `${videos}/generation`;
export const job = (id: string): string => `${apiPath}/jobs/${encodeURIComponent(id)}`;
export const video = (id: string): string => `${videos}/${encodeURIComponent(id)}`;
export const createDownload = (id: string): string => `${video(id)}/create-download`;
export const download = (id: string): string => `${video(id)}/download`;
/** Pages count from 1. `all` is the only type that any document names. */
export const list = (page: number, size: number): string => `${videos}?videoType=all&pageNum=${page}&pageSize=${size}`;
