export const repository = new URL("..", import.meta.url).pathname;
export const cli = new URL("../dist/cli.js", import.meta.url).pathname;
export const results = new URL("results/", import.meta.url).pathname;
