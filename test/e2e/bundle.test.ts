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
	visit(Object.keys(outputs).find(path => outputs[path]?.entryPoint === entryPoint) ?? '');
	return [...reached].flatMap(path => Object.keys(outputs[path]?.inputs ?? {}));
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

	test('holds of meow what it uses', () => {
		const bytes = Object.values(outputs)
			.flatMap(({inputs}) => Object.entries(inputs))
			.filter(([input]) => input.startsWith('node_modules/meow/'))
			.reduce((sum, [, {bytesInOutput}]) => sum + bytesInOutput, 0);
		expect(bytes).toBeLessThan(50_000);
	});
});
