import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {build, type Plugin} from 'esbuild';
import {beforeAll, describe, expect, onTestFinished, test, vi} from 'vitest';
import {cheapInk, inkForProduction, yogaWithoutFetch} from '../../.build/cheap-ink.mjs';
import {licensesOf} from '../../.build/licenses.mjs';

/** Bytes of each module in a bundle of a program that uses Ink. */
let modules: ReadonlyMap<string, number>;
let licenses: string;

beforeAll(async () => {
	const {metafile} = await build({
		entryPoints: [join(import.meta.dirname, '../bench/ink-frame.tsx')],
		absWorkingDir: resolve(import.meta.dirname, '../..'),
		outdir: 'none',
		write: false,
		metafile: true,
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node20',
		minify: true,
		plugins: [inkForProduction, cheapInk],
	});
	modules = new Map(
		Object.values(metafile.outputs).flatMap(({inputs}) =>
			Object.entries(inputs).map(([path, {bytesInOutput}]) => [path, bytesInOutput]),
		),
	);
	licenses = await licensesOf(metafile);
});

describe('a bundle of Ink', () => {
	test.each([
		'source/ui/terminal/line-output.ts',
		'source/ui/terminal/text-nodes.ts',
		'node_modules/ink/build/output.js?ink',
		'node_modules/ink/build/squash-text-nodes.js?ink',
		'node_modules/ink/build/sanitize-ansi.js?ink',
		'node_modules/widest-line/index.js?ink',
		'source/ui/format/width.ts',
		'node_modules/fast-string-width/dist/index.js',
	])('holds %s', path => {
		expect(modules.get(path)).toBeGreaterThan(0);
	});

	test('holds neither string-width, nor React for developers, nor its tools', () => {
		const held = [...modules].filter(([, bytes]) => bytes > 0).map(([path]) => path);
		expect(
			held.filter(path => /\.development\.js|node_modules\/(?:string-width|react-devtools)/.test(path)),
		).toEqual([]);
	});

	test('has the licence of each package, of yoga-layout too, which brings no text of it', () => {
		expect(licenses).toMatch(/yoga-layout \S+ \(MIT\)\n\nMIT License\n\nCopyright \(c\) Meta/);
	});
});

/** What is used of yoga-layout, Ink's layout engine: https://yogalayout.dev. */
type Yoga = {
	readonly Node: {
		create(): {
			setWidth(width: number): void;
			calculateLayout(width: undefined, height: undefined): void;
			getComputedWidth(): number;
		};
	};
};

describe('yoga-layout in a bundle', () => {
	/** Bundles it, loads that, and lays a box out. */
	async function loadYoga(plugins: readonly Plugin[]): Promise<number> {
		const folder = await mkdtemp(join(tmpdir(), 'ktop-yoga-'));
		onTestFinished(() => rm(folder, {recursive: true}));
		const outfile = join(folder, 'yoga.mjs');
		await build({
			stdin: {
				contents: "export {default} from 'yoga-layout';",
				resolveDir: resolve(import.meta.dirname, '../..'),
			},
			outfile,
			bundle: true,
			platform: 'node',
			format: 'esm',
			plugins: [...plugins],
		});
		const {default: yoga}: {default: Yoga} = await import(outfile);
		const box = yoga.Node.create();
		box.setWidth(80);
		box.calculateLayout(undefined, undefined);
		return box.getComputedWidth();
	}

	test.each([
		{plugins: [yogaWithoutFetch], calls: 0, title: 'loads its WebAssembly without fetch'},
		{plugins: [], calls: 1, title: 'would fetch it as it comes, which the one above relies on'},
	])('$title', async ({plugins, calls}) => {
		const fetch = vi.spyOn(globalThis, 'fetch');
		onTestFinished(() => fetch.mockRestore());
		expect(await loadYoga(plugins)).toBe(80);
		expect(fetch).toHaveBeenCalledTimes(calls);
	});
});
