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
			options: {theme: 'dark', intervalMs: 5000, hasMouse: false, symbols: 'unicode'},
		});
		expect(request.kind === 'run' && request.options.sources.map(({kind}) => kind)).toEqual([
			'local',
			'demo',
		]);
		expect(request.kind === 'run' && request.options.columns.get('pods')).toEqual([
			'name',
			'~cpuCores',
			'cpu',
		]);
	});

	test.each([
		['colour: red', 'there is no setting “colour”'],
		['json: true', 'there is no setting “json”'],
		['interval: true', '“interval” must be a text or a number'],
		['ascii: 3', '“ascii” must be true or false'],
		['columns: {podz: [a]}', 'columns of “podz”'],
		['columns: {pods: [~throttledRatio]}', 'pods have no column “~throttledRatio”'],
		['columns: {pods: [name, bogus]}', 'pods have no column “bogus”; use some of namespace, name,'],
		['- a', 'write a line a setting'],
		['a: [', 'is no YAML'],
	])('%s is told what is wrong with it', async (text, problem) => {
		const {problems} = await configOf(text);
		expect(problems).toEqual([expect.stringContaining(problem)]);
		expect(problems[0]).toContain('config.yaml');
	});

	test('that are wrong stop the start, with the file’s name', async () => {
		expect(parseOptions([], {}, await configOf('theme: purple\nbad: 1'))).toMatchObject({
			kind: 'problems',
			problems: [expect.stringContaining('bad'), expect.stringContaining('--theme purple')],
		});
	});
});
