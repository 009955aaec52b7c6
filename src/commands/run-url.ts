/** Where a workflow's run, with the summary of its jobs, can be read; undefined outside of one. */
export function runUrl({
  GITHUB_SERVER_URL: server = "https://github.com",
  GITHUB_REPOSITORY: repository,
  GITHUB_RUN_ID: id,
}: Readonly<Record<string, string | undefined>>): string | undefined {
  if (id === undefined || repository === undefined) return undefined;
  return `${server}/${repository}/actions/runs/${id}`;
}
