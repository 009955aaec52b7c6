/**
 * Where files may be read. Names in specs are relative to the project's folder; nothing outside the repository, which
 * holds that folder, is ever opened. Both are absolute and may go through links.
 */
export interface Repository {
  readonly project: string;
  readonly root: string;
}
