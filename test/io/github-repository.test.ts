import { expect, test } from "vitest";
import { repositoryIn } from "../../src/io/git/github-repository.ts";

const github = "https://api.github.com";

test.each([
  ["https://github.com/acme/videos.git", "acme/videos"],
  ["https://github.com/acme/videos", "acme/videos"],
  ["https://x-access-token:secret@github.com/acme/videos.git/", "acme/videos"],
  ["git@github.com:acme/videos.git", "acme/videos"],
  ["github.com:acme/some.videos", "acme/some.videos"],
  ["ssh://git@github.com/acme/videos.git", "acme/videos"],
  ["ssh://git@ssh.github.com:443/acme/videos.git", "acme/videos"],
  ["https://GitHub.com/acme/videos", "acme/videos"],
  ["https://gitlab.com/acme/videos.git", undefined],
  ["https://github.com.evil.example/acme/videos", undefined],
  ["https://github.com/acme/videos/extra", undefined],
  ["https://github.com/acme", undefined],
  ["file:///srv/acme/videos.git", undefined],
  ["../videos.git", undefined],
  ["", undefined],
])("a remote at %j is the repository %j", (url, repository) => {
  expect(repositoryIn(url, github)).toBe(repository);
});

test("on a company's own server the host is that of its API", () => {
  const api = "https://ghe.acme.example/api/v3";
  expect(repositoryIn("git@ghe.acme.example:team/videos.git", api)).toBe("team/videos");
  expect(repositoryIn("git@github.com:team/videos.git", api)).toBeUndefined();
  expect(repositoryIn("https://acme.ghe.com/team/videos.git", "https://api.acme.ghe.com")).toBe("team/videos");
});
