import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {CLI} from './ktop.ts';

/** What esbuild says of the bundle: https://esbuild.github.io/api/#metafile. */
type Metafile = {
	readonly outputs: Readonly<
		Record<
			string,
			{
				readonly entryPoint?: string;
				readonly imports: ReadonlyArray<{readonly path: string; readonly kind: string}>;
				readonly inputs: Readonly<Record<string, {readonly bytesInOutput: number}>>;
			}
		>
	>;
};

const {outputs}: Metafile = JSON.parse(readFileSync(join(CLI, '../metafile.json'), 'utf8'));

/** Modules that show the screen; each is imported at the moment that it is needed. */
const isDoor = (entryPoint: string): boolean =>
	entryPoint === 'source/commands/monitor.ts' ||
	entryPoint === 'source/commands/show-screen.ts' ||
	entryPoint.startsWith('source/ui/');

/** Everything that is loaded with the chunk of an entry point, or may be later where `isLazy`. */
function inputsFrom(entryPoint: string, isLazy: boolean): readonly string[] {
	return filesFrom([entryPoint], isLazy).flatMap(path => Object.keys(outputs[path]?.inputs ?? {}));
}

function filesFrom(entryPoints: readonly string[], isLazy = false): readonly string[] {
	const reached = new Set<string>();
	const visit = (path: string): void => {
		const output = outputs[path];
		if (output === undefined || reached.has(path)) {
			return;
		}

		reached.add(path);
		for (const {path: imported, kind} of output.imports) {
			const entry = outputs[imported]?.entryPoint;
			if (kind === 'import-statement' || (isLazy && entry !== undefined && !isDoor(entry))) {
				visit(imported);
			}
		}
	};
	for (const path of Object.keys(outputs)) {
		if (entryPoints.includes(outputs[path]?.entryPoint ?? '')) {
			visit(path);
		}
	}

	return [...reached];
}

/** What is loaded with a file, the file itself left out. */
function importsOf(path: string): readonly string[] {
	const reached = new Set<string>();
	const visit = (importer: string): void => {
		for (const {path: imported, kind} of outputs[importer]?.imports ?? []) {
			if (kind === 'import-statement' && !reached.has(imported)) {
				reached.add(imported);
				visit(imported);
			}
		}
	};
	visit(path);
	return [...reached];
}

/** What the screen remembers of one run (source/ui/state) is plain data, which a replay reads early. */
const isOfScreen = (input: string): boolean =>
	/^source\/ui\/(?!state\/)|(?:^|\/)node_modules\/(?:ink|react|react-[^/]+|yoga-layout|scheduler|asciichart)\//.test(
		input,
	);

describe('the bundle', () => {
	test('has the screen behind the door that this test closes', () => {
		expect(inputsFrom('source/ui/start-screen.tsx', false).filter(isOfScreen).length).toBeGreaterThan(20);
	});

	test('asks the terminal for its background before Ink and React are loaded', () => {
		const inputs = inputsFrom('source/commands/monitor.ts', false);
		expect(inputs).toContain('source/ui/terminal/background.ts');
		expect(inputs.filter(input => /(?:^|\/)node_modules\/(?:ink|react)\//.test(input))).toEqual([]);
	});

	test.each(['source/cli.ts', 'source/main.ts', 'source/commands/snapshot.ts'])(
		'%s and all that it may load for a pipe hold nothing of the screen, Ink and React',
		entryPoint => {
			const inputs = inputsFrom(entryPoint, true);
			expect(inputs.length).toBeGreaterThan(0);
			expect(inputs.filter(isOfScreen)).toEqual([]);
		},
	);

	test('parses no YAML and reaches no kubeconfig for this machine', () => {
		const inputs = inputsFrom('source/main.ts', false);
		expect(inputs).toContain('node_modules/meow/build/index.js');
		expect(inputs.filter(input => input.startsWith('node_modules/yaml/'))).toEqual([]);
	});

	test.each([
		[
			'a snapshot of a kubelet',
			[
				'source/cli.ts',
				'source/main.ts',
				'source/commands/snapshot.ts',
				'source/scrape/kubelet/target.ts',
				'source/http/open-connections.ts',
			],
		],
		[
			'the screen of this machine',
			['source/cli.ts', 'source/main.ts', 'source/commands/monitor.ts', 'source/ui/start-screen.tsx'],
		],
		['a thread that reads kubelets', ['source/scrape/workers/worker.ts', 'source/http/open-connections.ts']],
	])('reads %s from ten files at most, as each takes its time', (_, entryPoints) => {
		const files = filesFrom(entryPoints);
		expect(files.length).toBeGreaterThanOrEqual(entryPoints.length);
		expect(files.length).toBeLessThanOrEqual(10);
	});

	test('has no file that imports itself by way of others', () => {
		expect(Object.keys(outputs).filter(path => importsOf(path).includes(path))).toEqual([]);
	});

	test('imports no module of Node, which would run all of its getters', () => {
		expect(
			Object.keys(outputs)
				.flatMap(importsOf)
				.filter(path => outputs[path] === undefined),
		).toEqual([]);
	});

	test('sends a request without Node’s HTTP and its assertions, which undici hardly needs', () => {
		const inputs = filesFrom(['source/commands/snapshot.ts', 'source/http/open-connections.ts']).flatMap(
			path => Object.keys(outputs[path]?.inputs ?? {}),
		);
		expect(inputs.filter(input => input.includes('node_modules/undici/')).length).toBeGreaterThan(10);
		expect(inputs.filter(input => /^(?:imported|required):(?:https?|http2|assert)\b/.test(input))).toEqual(
			[],
		);
	});

	test('starts as a program', () => {
		expect(readFileSync(CLI, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
	});

	test('holds of meow what it uses', () => {
		const bytes = Object.values(outputs)
			.flatMap(({inputs}) => Object.entries(inputs))
			.filter(([input]) => input.startsWith('node_modules/meow/'))
			.reduce((sum, [, {bytesInOutput}]) => sum + bytesInOutput, 0);
		expect(bytes).toBeLessThan(50_000);
	});
});
