/** ViddyScribe's Enterprise API. Ids are shaped by `idIn`, or come from a lock: they are escaped all the same. */
export const apiPath = "/enterprise/api";

export const uploadMedia = `${apiPath}/upload_media`;
export const notifyUploadComplete = `${apiPath}/notify_upload_complete`;
export const uploadStatus = (names: { readonly [name: string]: string }): string =>
  `${apiPath}/get_upload_status?${new URLSearchParams(names)}`;
export const generate = (operation: string): string => `${apiPath}/generate_ad_${encodeURIComponent(operation)}`;
export const results = (job: string): string => `${apiPath}/get_results?${new URLSearchParams({ job_id: job })}`;
