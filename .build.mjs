// Bundles source/ into dist/: one split bundle with no run-time dependencies, so that an installed ktop
// starts in a third of the time that the same modules take from node_modules, and a pipe never loads the screen.
import {chmod, copyFile, readFile, rm, writeFile} from 'node:fs/promises';
import {build} from 'esbuild';
import {cheapInk, inkForProduction} from './.build/cheap-ink.mjs';
import {leanMeow} from './.build/lean-meow.mjs';
import {licensesOf} from './.build/licenses.mjs';
import {manPageOf} from './.build/man-page.mjs';

const {version} = JSON.parse(await readFile('package.json', 'utf8'));

/** ktop speaks HTTP/1.1 alone; to load Node's HTTP/2 would take a fifth of a pipe's CPU. */
const withoutHttp2 = {
	name: 'without HTTP/2',
	setup({onLoad}) {
		onLoad({filter: /[\\/]undici[\\/]lib[\\/]dispatcher[\\/]client-h2\.js$/}, () => ({
			contents: "module.exports = () => { throw new Error('no HTTP/2'); };",
		}));
	},
};

await rm('dist', {recursive: true, force: true});
const {metafile} = await build({
	entryPoints: ['source/cli.ts', 'source/demo/server.ts'],
	outdir: 'dist',
	bundle: true,
	splitting: true,
	minify: true,
	platform: 'node',
	format: 'esm',
	target: 'node20',
	loader: {'.md': 'text'},
	define: {
		'process.env.KTOP_VERSION': JSON.stringify(version),
	},
	// Bundled CommonJS packages (yaml) call require() for Node's own modules.
	banner: {
		js: "import{createRequire as __createRequire}from'module';const require=__createRequire(import.meta.url);",
	},
	plugins: [withoutHttp2, leanMeow, inkForProduction, cheapInk],
	metafile: true,
	logLevel: 'warning',
});
await copyFile('source/output/snapshot.schema.json', 'dist/snapshot.schema.json');
await writeFile('dist/ktop.1', await manPageOf(version));
await writeFile('dist/THIRD-PARTY-LICENSES.txt', await licensesOf(metafile));
// For tests of what is loaded when; not in the package.
await writeFile('dist/metafile.json', JSON.stringify(metafile));
await chmod('dist/cli.js', 0o755);
