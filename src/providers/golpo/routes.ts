/** Version 1 of Golpo's REST interface. Ids are shaped by `idIn`, or come from a lock: they are escaped all the same. */
export const apiPath = "/api/v1";

const videos = `${apiPath}/videos`;

export const generate = `${videos}/generate`;
export const uploadFile = `${videos}/upload-file`;
export const status = (job: string): string => `${videos}/status/${encodeURIComponent(job)}`;
export const video = (id: string): string => `${videos}/${encodeURIComponent(id)}`;
export const list = (limit: number, offset: number): string => `${videos}?limit=${limit}&offset=${offset}`;
