import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {configPath, readConfig} from '../../source/options/config-file.ts';
import {parseOptions} from '../../source/options/parse-options.ts';

async function configOf(text: string) {
	const folder = mkdtempSync(join(tmpdir(), 'ktop-config-'));
	onTestFinished(() => rmSync(folder, {recursive: true}));
	const path = join(folder, 'config.yaml');
	writeFileSync(path, text);
	return readConfig(path);
}

describe('the settings', () => {
	test('are where XDG has them', () => {
		expect(configPath({XDG_CONFIG_HOME: '/etc/x'}, '/home/me')).toBe('/etc/x/ktop-tui/config.yaml');
		expect(configPath({}, '/home/me')).toBe('/home/me/.config/ktop-tui/config.yaml');
	});

	test('are none where there is no file', async () => {
		expect(await readConfig('/nowhere/config.yaml')).toMatchObject({problems: []});
	});

	test('are flags by their names, which those of the command line come before', async () => {
		const config = await configOf(
			'theme: light\ninterval: 5s\nno-mouse: true\nascii: false\nsource: [local, "demo:nodes=2"]\ncolumns:\n  pods: [name, ~cpuCores, cpu]\n',
		);
		expect(config.problems).toEqual([]);
		const request = parseOptions(['--theme', 'dark'], {LANG: 'C.UTF-8'}, config);
		expect(request).toMatchObject({
			kind: 'run',
			options: {
				polling: {intervalMs: 5000},
				screen: {theme: 'dark', hasMouse: false, symbols: 'unicode'},
			},
		});
		expect(request.kind === 'run' && request.options.origin.sources.map(({kind}) => kind)).toEqual([
			'local',
			'demo',
		]);
		expect(request.kind === 'run' && request.options.screen.columns.get('pods')).toEqual([
			'name',
			'~cpuCores',
			'cpu',
		]);
	});

	test.each([
		['colour: red', 'unknown setting “colour”'],
		['json: true', 'unknown setting “json”'],
		['them: light', 'unknown setting “them”; did you mean “theme”?'],
		['interval: true', 'config.yaml:1: interval: must be a string or a number'],
		['theme: dark\n\nascii: 3', 'config.yaml:3: ascii: must be true or false'],
		['columns: [name]', 'must be a map from nodes, pods'],
		['columns: {podz: [a]}', 'columns of “podz”'],
		['columns: {pods: [~throttledRatio]}', 'unknown column “~throttledRatio” of pods'],
		['columns: {pods: [name, bogus]}', 'unknown column “bogus” of pods; use namespace, name,'],
		['- a', 'must be a list of settings'],
		[
			'theme: dark\ncolumns:\n  pods: [name]\n  nodes: [bogus]',
			'config.yaml:4: unknown column “bogus” of nodes',
		],
		['theme: dark\na: [', 'config.yaml:2: invalid YAML: '],
		['<<: *base\ntheme: dark', 'invalid YAML: too many aliases, or one without an anchor'],
		['theme: dark\n---\nascii: true', 'config.yaml:2: invalid YAML: a second document begins here'],
	])('%s reports what is wrong', async (text, problem) => {
		const {problems} = await configOf(text);
		expect(problems).toEqual([expect.stringContaining(problem)]);
		expect(problems[0]).toContain('config.yaml');
	});

	test.each([
		['is large', `theme: ${'x'.repeat(256 * 1024)}`, 'is larger than 256 KiB: it is no config file of ktop'],
		[
			'is deep',
			`theme: ${'['.repeat(200)}`,
			'is too large, more than 100 levels deep: it is no config file of ktop',
		],
	])('are none of a file that %s', async (_, text, problem) => {
		const {problems, settings} = await configOf(text);
		expect(problems).toEqual([expect.stringContaining(problem)]);
		expect(settings.size).toBe(0);
	});

	test('that are wrong stop the start, with file, line and key', async () => {
		expect(parseOptions([], {}, await configOf('theme: purple\nbad: 1'))).toMatchObject({
			kind: 'problems',
			problems: [
				expect.stringMatching(/\/config\.yaml:2: unknown setting “bad”; /),
				expect.stringMatching(/\/config\.yaml:1: theme purple: unknown theme; use auto, terminal, /),
			],
		});
	});

	test.each([
		['interval: soon', 'interval soon: invalid duration'],
		['sort: bogus', 'sort bogus: unknown column of nodes'],
		['filter: cpu>lots', 'filter cpu>lots: lots is no number'],
		['source: "kubelet:"', 'source kubelet:: the address is missing'],
		['history: "influxdb:http://x:"', 'history influxdb:http://x:: the port after “:” is missing'],
		['namespace: Shop!', 'namespace Shop!: invalid namespace'],
		['kubelet-address-types: Street', 'kubelet-address-types Street: unknown address type “Street”'],
		['client-key: k', 'client-key belong together'],
		['token: a\ntoken-file: b', 'config.yaml:2: token-file contradict each other'],
	])('%s is not taken for a flag', async (text, problem) => {
		const request = parseOptions([], {}, await configOf(text));
		const [told = ''] = request.kind === 'problems' ? request.problems : [];
		expect(told).toContain('config.yaml:1: ');
		expect(told).toContain(problem);
		if (!text.startsWith('client-key')) {
			expect(told).not.toContain('--');
		}
	});

	test.each([
		['output: csv', ['--json'], {output: {format: 'json'}}],
		['all-namespaces: true', ['-n', 'shop'], {selection: {namespaces: ['shop']}}],
		['namespace: [shop, web]', [], {selection: {namespaces: ['shop', 'web']}}],
		['namespace: shop', ['-A'], {selection: {namespaces: undefined}}],
		['no-color: true', ['--colors', '16'], {screen: {colors: '16'}}],
		['token-file: a', ['--token', 'b'], {access: {token: 'b', tokenFile: undefined}}],
		['token: a', ['--token-file', 'b'], {access: {token: undefined, tokenFile: 'b'}}],
		['interval: 10', [], {polling: {intervalMs: 10_000}}],
	])('%s stands back behind %j', async (text, argv, options) => {
		expect(parseOptions(argv, {}, await configOf(text))).toMatchObject({kind: 'run', options});
	});

	test('choose columns by the ids that they had before', async () => {
		const request = parseOptions([], {}, await configOf('columns:\n  pods: [name, rx, "~cpuCores"]'));
		expect(request.kind === 'run' && request.options.screen.columns.get('pods')).toEqual([
			'name',
			'net-received',
			'~cpuCores',
		]);
	});

	test('sort the tables that have the column, and no other', async () => {
		const config = await configOf('sort: age');
		expect(parseOptions(['pods'], {}, config)).toMatchObject({options: {selection: {sort: {column: 'age'}}}});
		expect(parseOptions(['namespaces'], {}, config)).toMatchObject({options: {selection: {sort: undefined}}});
	});
});
