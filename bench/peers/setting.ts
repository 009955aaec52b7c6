/** What every client is told: where the API is and what to ask it for. */
export interface Setting {
  readonly url: string;
  readonly jobs: number;
  /** Seconds of life pass so many times as fast. */
  readonly speed: number;
  /** How many jobs to have in flight at once, for clients that ask. */
  readonly concurrency: number;
}

export const setting = JSON.parse(process.argv[2] ?? "{}") as Setting;

export const api = `${setting.url}/golpo/api/v1/videos`;

export const prompts = Array.from({ length: setting.jobs }, (_, index) => `shot ${index}`);

export const order = (prompt: string): RequestInit => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ prompt, timing: "1" }),
});

/** Milliseconds of life. */
export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds / setting.speed));
