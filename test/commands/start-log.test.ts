import {EventEmitter} from 'node:events';
import {mkdtempSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {startLog} from '../../source/commands/start-log.ts';
import {parseOptions} from '../../source/options/parse-options.ts';

/** The log of a process that is called with these words and ends as `end` says, without times. */
function logged(
	argv: readonly string[],
	env: Readonly<Record<string, string>>,
	end: (of: EventEmitter) => void,
): string {
	const path = join(mkdtempSync(join(tmpdir(), 'ktop-log-')), 'ktop.log');
	const request = parseOptions([...argv, '--log', path], env, {
		settings: new Map([['theme', {texts: ['light'], named: 'config.yaml:1: theme'}]]),
		columns: new Map(),
		problems: [],
	});
	if (!('invocation' in request)) {
		throw new Error('problems' in request ? request.problems.join('; ') : request.kind);
	}

	const emitter = new EventEmitter();
	const of = Object.assign(emitter, {
		pid: 7,
		version: 'v22.0.0',
		platform: 'linux',
		arch: 'x64',
		env,
	} as const);
	startLog(path, request.invocation, of as typeof of & Pick<NodeJS.Process, 'once'>);
	end(emitter);
	return readFileSync(path, 'utf8')
		.replaceAll(/^time=\S+ /gm, '')
		.replaceAll(path, 'FILE');
}

test('begins with who writes and how it was called, and ends with the exit code', () => {
	expect(
		logged(['pods', '-n', 'shop', '-A', '--source', 'local', '--source', 'demo'], {TERM: 'xterm'}, process =>
			process.emit('exit', 1),
		),
	).toBe(
		[
			'level=info msg=started version=development pid=7 node=v22.0.0 system=linux-x64',
			'level=info msg=options source="local demo" namespace=shop all-namespaces=true theme="light (config.yaml)" log=FILE',
			'level=info msg=environment TERM=xterm',
			'level=info msg=ended exitCode=1',
			'',
		].join('\n'),
	);
});

test.each([
	[
		['--history', 'influxdb:http://me:hush-3@db:8086?db=k8s&token=hush-4'],
		'history="influxdb:http://db:8086?…"',
	],
	[['record', '--sink', 'influxdb:http://db?db=k8s&u=me&p=hush-5'], 'sink="influxdb:http://db?…"'],
])('shows no secret of flags and variables: %j', (argv, uri) => {
	const text = logged(
		['--token', 'hush-1', '--server', 'https://me:hush-2@api', ...argv],
		{
			KTOP_TOKEN: 'hush-6',
			HTTPS_PROXY: 'http://me:hush-7@proxy:3128',
			all_proxy: 'socks5://me:hush-8@proxy',
			INFLUX_TOKEN: 'hush-9',
			PROMETHEUS_PASSWORD: 'hush-0',
		},
		process => process.emit('exit', 0),
	);
	expect(text).not.toContain('hush');
	expect(text).toContain('token=… ');
	expect(text).toContain('KTOP_TOKEN=…');
	expect(text).toContain(uri);
});

test('has where a defect was, which no command caught', () => {
	const text = logged([], {}, process => {
		process.emit('uncaughtExceptionMonitor', new Error('oops'));
		process.emit('exit', 1);
	});
	expect(text).toMatch(
		/level=error msg=defect error="Error: oops\\n +at .*"\nlevel=info msg=ended exitCode=1\n$/,
	);
});
