import {join, resolve} from 'node:path';
import {build} from 'esbuild';
import {beforeAll, describe, expect, test} from 'vitest';
import {cheapInk, inkForProduction} from '../../.build/cheap-ink.mjs';
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
		'node_modules/ink/build/output.js?ink',
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
