import { readFileSync } from "node:fs";
import { build, type Plugin } from "esbuild";

/** What lies beside the program in its package lies two folders above the bundle. */
const shippedFiles: Plugin = {
  name: "shipped files",
  setup({ onLoad }) {
    onLoad({ filter: /src\/.*\.ts$/ }, ({ path }) => ({
      loader: "ts",
      contents: readFileSync(path, "utf8").replace(
        /new URL\(([`"])(?:\.\.\/)+(catalogue|templates)\//g,
        "new URL($1../../$2/",
      ),
    }));
  },
};

/** The Action as runners start it: one file that holds everything it needs. */
export const bundle = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: ["src/action.ts"],
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    minify: true,
    keepNames: true,
    legalComments: "none",
    write: false,
    outdir: "action/dist",
    plugins: [shippedFiles],
    // Some packages still ask for Node's own modules by require.
    banner: { js: "import{createRequire as require_}from'node:module';const require=require_(import.meta.url);" },
  });
  const [file] = outputFiles;
  if (file === undefined || outputFiles.length > 1) throw new Error("the bundle is one file");
  return file.text;
};
