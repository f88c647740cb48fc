// Bundles source/ into dist/: one split bundle with no run-time dependencies, so that an installed ktop
// starts in a third of the time that the same modules take from node_modules, and a pipe never loads the screen.
import {chmod, copyFile, mkdir, readFile, rm, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {build} from 'esbuild';
import {bundling, linking} from './.build/bundling.mjs';
import {joinChunks, LOADED_TOGETHER} from './.build/join-chunks.mjs';
import {licensesOf} from './.build/licenses.mjs';
import {manPageOf} from './.build/man-page.mjs';

const {version} = JSON.parse(await readFile('package.json', 'utf8'));

// `npm start` builds first, and would be silent for some seconds.
const startedMs = performance.now();
say('ktop: building dist/ …');
const bundle = bundling(version);
const {files, metafile} = await joinChunks(
	await build({
		...bundle,
		entryPoints: ['source/cli.ts', 'source/demo/server.ts', 'source/scrape/workers/worker.ts'],
		outdir: 'dist',
		splitting: true,
		metafile: true,
		write: false,
	}),
	LOADED_TOGETHER,
	'dist',
	linking(bundle),
);
await rm('dist', {recursive: true, force: true});
for (const [path, text] of files) {
	await mkdir(dirname(path), {recursive: true});
	await writeFile(path, text);
}

await copyFile('source/output/snapshot.schema.json', 'dist/snapshot.schema.json');
await writeFile('dist/ktop.1', await manPageOf(version));
await writeFile('dist/THIRD-PARTY-LICENSES.txt', await licensesOf(metafile));
// For tests of what is loaded when; not in the package.
await writeFile('dist/metafile.json', JSON.stringify(metafile));
await chmod('dist/cli.js', 0o755);
say(`ktop: built in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);

function say(line) {
	if (process.stderr.isTTY) {
		process.stderr.write(`${line}\n`);
	}
}
