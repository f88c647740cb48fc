// Bundles source/ into dist/: one split bundle with no run-time dependencies, so that an installed ktop
// starts in a third of the time that the same modules take from node_modules, and a pipe never loads Ink.
import {chmod, copyFile, readFile, rm} from 'node:fs/promises';
import {build} from 'esbuild';

const {version} = JSON.parse(await readFile('package.json', 'utf8'));

// Ink imports its development tools at the top of a module that a production build never runs.
const withoutDevtools = {
	name: 'without-devtools',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^react-devtools-core$/}, () => ({path: 'react-devtools-core', namespace: 'empty'}));
		onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {}'}));
	},
};

// Ink takes every line apart into styled cells on every frame, most of which did not change since the last.
const withKnownLines = {
	name: 'with-known-lines',
	setup({onResolve, onLoad, resolve}) {
		onResolve({filter: /^@alcalzone\/ansi-tokenize$/}, ({path, resolveDir, kind, pluginData}) =>
			pluginData === 'original'
				? undefined
				: {path, namespace: 'known-lines', pluginData: {resolveDir, kind}},
		);
		onResolve(
			{filter: /^original$/, namespace: 'known-lines'},
			({importer, pluginData: {resolveDir, kind}}) =>
				resolve(importer, {resolveDir, kind, pluginData: 'original'}),
		);
		onLoad({filter: /.*/, namespace: 'known-lines'}, ({pluginData}) => ({
			pluginData,
			resolveDir: pluginData.resolveDir,
			contents: `
				import {styledCharsFromTokens as style, tokenize as takeApart} from 'original';
				export * from 'original';
				const lines = new Map();
				const cells = new WeakMap();
				export function tokenize(text, end) {
					if (end !== undefined) {
						return takeApart(text, end);
					}

					const tokens = lines.get(text) ?? takeApart(text);
					lines.delete(text);
					lines.set(text, tokens);
					if (lines.size > 500) {
						lines.delete(lines.keys().next().value);
					}

					return tokens;
				}
				export function styledCharsFromTokens(tokens) {
					const styled = cells.get(tokens) ?? style(tokens);
					cells.set(tokens, styled);
					return styled;
				}
			`,
		}));
	},
};

await rm('dist', {recursive: true, force: true});
await build({
	entryPoints: ['source/cli.ts', 'source/demo/server.ts'],
	outdir: 'dist',
	bundle: true,
	splitting: true,
	minify: true,
	platform: 'node',
	format: 'esm',
	target: 'node20',
	jsx: 'automatic',
	define: {
		'process.env.NODE_ENV': '"production"',
		'process.env.DEV': '"false"',
		'process.env.KTOP_VERSION': JSON.stringify(version),
	},
	// Ink measures every visible string on every frame; fast-string-width halves what a frame costs.
	alias: {'string-width': 'fast-string-width'},
	// Bundled CommonJS packages (yaml, signal-exit) call require() for Node's own modules.
	banner: {
		js: "import{createRequire as __createRequire}from'module';const require=__createRequire(import.meta.url);",
	},
	plugins: [withoutDevtools, withKnownLines],
	logLevel: 'warning',
});
await copyFile('source/output/snapshot.schema.json', 'dist/snapshot.schema.json');
await chmod('dist/cli.js', 0o755);
