import {join} from 'node:path';
import {build} from 'esbuild';
import {cheapInk, inkForProduction} from '../../.build/cheap-ink.mjs';

/** Ink as ktop's build makes it, or as it is but for production. */
const PLUGINS = {cheap: [inkForProduction, cheapInk], stock: [inkForProduction]} as const;

/** Bundles a program of this folder into another one; returns its path there. */
export async function bundle(entry: string, folder: string, ink: keyof typeof PLUGINS): Promise<string> {
	const outfile = join(folder, `${ink}.mjs`);
	await build({
		entryPoints: [join(import.meta.dirname, entry)],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node20',
		banner: {
			js: "import{createRequire as __createRequire}from'module';const require=__createRequire(import.meta.url);",
		},
		plugins: [...PLUGINS[ink]],
	});
	return outfile;
}
