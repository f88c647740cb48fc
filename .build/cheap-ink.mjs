import {readFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';

const source = path => fileURLToPath(new URL(`../source/ui/${path}`, import.meta.url));
const own = JSON.stringify;

/** Modules of Ink and beside it, by what they become. `?ink` names the original. */
const REPLACED = [
	{
		filter: /[\\/]ink[\\/]build[\\/]output\.js$/,
		contents: `
			import InkOutput from './output.js?ink';
			import {lineOutput} from ${own(source('terminal/line-output.ts'))};
			export default lineOutput(InkOutput);`,
	},
	{
		filter: /[\\/]ink[\\/]build[\\/]sanitize-ansi\.js$/,
		contents: `
			import sanitizeAnsi from './sanitize-ansi.js?ink';
			import {memoizeRecent} from ${own(source('terminal/memoize-recent.ts'))};
			import {plainWidth} from ${own(source('terminal/cell-text.ts'))};
			const sanitized = memoizeRecent(sanitizeAnsi);
			export default text => plainWidth(text) === undefined ? sanitized(text) : text;`,
	},
	{
		filter: /[\\/]ink[\\/]build[\\/]squash-text-nodes\.js$/,
		contents: `
			import squashTextNodes from './squash-text-nodes.js?ink';
			import {keptUntilChanged} from ${own(source('terminal/text-nodes.ts'))};
			export default keptUntilChanged(squashTextNodes);`,
	},
	{
		filter: /[\\/]widest-line[\\/]index\.js$/,
		contents: `
			import widestLine from './index.js?ink';
			import {memoizeRecent} from ${own(source('terminal/memoize-recent.ts'))};
			import {plainWidth} from ${own(source('terminal/cell-text.ts'))};
			const widest = memoizeRecent(widestLine);
			export default text => plainWidth(text) ?? widest(text);`,
	},
	{
		filter: /[\\/]string-width[\\/]index\.js$/,
		contents: `export {widthOf as default} from ${own(source('format/width.ts'))};`,
	},
];

/** What sets the characters of a text in Ink's tree: the statements that cause another layout, and what they become. */
const SETTING = {
	filter: /[\\/]ink[\\/]build[\\/]dom\.js$/,
	statements: 'node.nodeValue = text;\n    markNodeAsDirty(node);',
	becomes: `const kept = keepsLayout(node, node.nodeValue, text);
		node.nodeValue = text;
		if (!kept) markNodeAsDirty(node);`,
};

/** What divides text into grapheme clusters when it is loaded, by what it calls that for. */
const SEGMENTING =
	/[\\/](?:ink[\\/]build[\\/]line-update|wrap-ansi[\\/]index|slice-ansi[\\/]tokenize-ansi|ansi-tokenize[\\/]build[\\/]tokenize)\.js$/;

/** Ink and React for production, without what they bring for developers. */
export const inkForProduction = {
	name: 'Ink for production',
	setup(build) {
		const options = build.initialOptions;
		options.jsx = 'automatic';
		options.define = {
			...options.define,
			'process.env.NODE_ENV': '"production"',
			'process.env.DEV': '"false"',
		};
		build.onResolve({filter: /^react-devtools-core$/}, ({path}) => ({path, namespace: 'empty'}));
		build.onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default undefined;'}));
	},
};

/** Replaces what makes a frame of Ink dear; components and Ink itself know nothing of it. */
export const cheapInk = {
	name: 'cheap Ink',
	setup(build) {
		for (const {filter, contents} of REPLACED) {
			build.onLoad({filter}, ({path, suffix}) =>
				suffix === '?ink' ? undefined : {contents, resolveDir: dirname(path)},
			);
		}

		build.onLoad({filter: SEGMENTING}, async ({path}) => {
			const contents = await replaced(path, /new Intl\.Segmenter\([^)]*\)/, 'new Graphemes()');
			return {
				contents: `import {Graphemes} from ${own(source('format/graphemes.ts'))};\n${contents}`,
			};
		});
		build.onLoad({filter: SETTING.filter}, async ({path}) => {
			const contents = await replaced(path, SETTING.statements, SETTING.becomes);
			return {
				contents: `import {keepsLayout} from ${own(source('terminal/text-nodes.ts'))};\n${contents}`,
			};
		});
	},
};

async function replaced(path, what, by) {
	const text = await readFile(path, 'utf8');
	const contents = text.replace(what, by);
	if (contents === text) {
		throw new Error(`${path} is written otherwise now; see ${import.meta.url}`);
	}

	return contents;
}

/**
 * yoga-layout, Ink's layout engine, decodes its WebAssembly from base64. Where there is a `fetch` it asks that for the
 * data: URL, and so has Node load an HTTP client of its own: a tenth of the time to the first frame. Without one it
 * decodes the text itself.
 */
export const yogaWithoutFetch = {
	name: 'yoga-layout without fetch',
	setup(build) {
		build.onLoad({filter: /[\\/]yoga-layout[\\/]dist[\\/]binaries[\\/][^\\/]+\.js$/}, async ({path}) => ({
			contents: `const fetch = undefined;\n${await readFile(path, 'utf8')}`,
		}));
	},
};
