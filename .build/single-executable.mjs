// Makes what Node's single executable application holds (https://nodejs.org/api/single-executable-applications.html): one
// script in CommonJS, the only kind that all supported versions run there, and the settings that name it.
//   node .build/single-executable.mjs FOLDER
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join, resolve} from 'node:path';
import {build} from 'esbuild';
import {bundling} from './bundling.mjs';

const [folder] = process.argv.slice(2);
const {version} = JSON.parse(await readFile('package.json', 'utf8'));

/**
 * CommonJS cannot await while it is loaded. yoga-layout does so for its WebAssembly: instead it says when it is ready,
 * and the entry waits for that, so that nothing lays out a screen before. Ink does so for developers alone.
 */
const withoutTopLevelAwait = {
	name: 'without top-level await',
	setup({onLoad}) {
		onLoad({filter: /[\\/]yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/}, ({path}) =>
			changed(path, [
				[
					'const Yoga = wrapAssembly(await loadYoga());',
					'let Yoga; export const ready = loadYoga().then(yoga => { Yoga = wrapAssembly(yoga); });',
				],
				['export default Yoga;', 'export {Yoga as default};'],
			]),
		);
		onLoad({filter: /[\\/]ink[\\/]build[\\/]reconciler\.js$/}, ({path}) =>
			changed(path, [
				["await import('./devtools.js');", ''],
				['await loadPackageJson();', 'packageInfo;'],
			]),
		);
	},
};

async function changed(path, changes) {
	let contents = await readFile(path, 'utf8');
	for (const [before, after] of changes) {
		if (!contents.includes(before)) {
			throw new Error(`${path} has changed: “${before}” is not in it any more; see ${import.meta.url}`);
		}

		contents = contents.replace(before, after);
	}

	return {contents};
}

await mkdir(folder, {recursive: true});
const path = name => join(resolve(folder), name);
const {banner: _, ...shared} = bundling(version);
await build({
	...shared,
	stdin: {
		contents: `
			import {ready} from 'yoga-layout';
			ready.then(() => import('./source/single-executable.ts'));`,
		resolveDir: '.',
	},
	outfile: path('ktop.cjs'),
	format: 'cjs',
	define: {
		...shared.define,
		'import.meta': '{"url": "file:///ktop"}',
		'process.env.KTOP_SINGLE_EXECUTABLE': '"yes"',
	},
	plugins: [...shared.plugins, withoutTopLevelAwait],
});
// A thread is not started from a file that only the executable holds, but from the text of its script.
await build({
	...shared,
	entryPoints: ['source/scrape/workers/worker.ts'],
	outfile: path('scrape-worker.cjs'),
	format: 'cjs',
});
await writeFile(
	path('sea-config.json'),
	JSON.stringify({
		main: path('ktop.cjs'),
		output: path('ktop.blob'),
		disableExperimentalSEAWarning: true,
		useCodeCache: true,
		assets: {'scrape-worker.cjs': path('scrape-worker.cjs')},
	}),
);
