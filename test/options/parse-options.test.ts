import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Environment} from '../../source/options/flag.ts';
import {FLAGS} from '../../source/options/option-table.ts';
import type {OptionsOf} from '../../source/options/options.ts';
import {parseOptions} from '../../source/options/parse-options.ts';

const UTF8: Environment = {LANG: 'en_US.UTF-8', TERM: 'xterm-256color'};

function optionsOf(argv: readonly string[], environment: Environment = UTF8): OptionsOf<'run'> {
	const request = parseOptions(argv, environment);
	if (request.kind !== 'run') {
		throw new Error(`${request.kind}: ${'problems' in request ? request.problems.join('; ') : ''}`);
	}

	return request.options;
}

function problemsOf(argv: readonly string[], environment: Environment = UTF8): readonly string[] {
	const request = parseOptions(argv, environment);
	return request.kind === 'problems' ? request.problems : [];
}

describe('a command line', () => {
	test('without arguments shows the nodes of the default source', () => {
		expect(optionsOf([])).toEqual({
			origin: {sources: [], history: undefined},
			polling: {
				intervalMs: undefined,
				windowMs: 900_000,
				memoryBytes: undefined,
				requestTimeoutMs: 10_000,
				via: 'auto',
				addressTypes: undefined,
			},
			cluster: {
				kubeconfig: undefined,
				contexts: [],
				cluster: undefined,
				user: undefined,
				server: undefined,
				as: undefined,
				asGroups: [],
				asUid: undefined,
				tlsServerName: undefined,
			},
			access: {
				token: undefined,
				tokenFile: undefined,
				clientCertificateFile: undefined,
				clientKeyFile: undefined,
				authorityFile: undefined,
				isInsecure: false,
				kubeletAuthorityFile: undefined,
				kubeletServerName: undefined,
				isKubeletInsecure: false,
			},
			selection: {
				level: 'nodes',
				isLevelGiven: false,
				sort: undefined,
				group: undefined,
				filter: undefined,
				namespaces: undefined,
				selector: undefined,
				nodeName: undefined,
			},
			output: {format: undefined, isWatching: false, count: undefined},
			screen: {
				theme: 'auto',
				colors: '256',
				charts: 'lines',
				hasMouse: true,
				isSpoken: false,
				multiplexer: undefined,
				columns: new Map(),
				symbols: 'unicode',
			},
		});
	});

	test.each(['doctor', 'rbac'])('%s is a command of its own', command => {
		expect(parseOptions([command], {})).toMatchObject({kind: command});
	});

	test.each([
		[['node'], {selection: {level: 'nodes'}}],
		[['no'], {selection: {level: 'nodes'}}],
		[['pod'], {selection: {level: 'pods'}}],
		[['po'], {selection: {level: 'pods'}}],
		[['containers'], {selection: {level: 'containers'}}],
		[['container'], {selection: {level: 'containers'}}],
		[['ns'], {selection: {level: 'namespaces'}}],
		[['namespace'], {selection: {level: 'namespaces'}}],
		[['pods', '--containers'], {selection: {level: 'containers'}}],
		[['--', 'pods'], {selection: {level: 'pods'}}],
		[['--json'], {output: {format: 'json'}}],
		[['--json', '-o', 'json'], {output: {format: 'json'}}],
		[['-o', 'csv'], {output: {format: 'csv'}}],
		[['-ocsv'], {output: {format: 'csv'}}],
		[['-o=csv'], {output: {format: 'csv'}}],
		[['pods', '-n=shop', '-l=app=web'], {selection: {namespaces: ['shop'], selector: 'app=web'}}],
		[['-wocsv'], {output: {format: 'csv', isWatching: true}}],
		[['-w', '-w'], {output: {isWatching: true}}],
		[['--output=ndjson', '-w', '--count', '3'], {output: {format: 'ndjson', isWatching: true, count: 3}}],
		[['--count', '3'], {output: {isWatching: true, count: 3}}],
		[['--interval', '1m30s', '--window', '1h'], {polling: {intervalMs: 90_000, windowMs: 3_600_000}}],
		[['--memory', '500MiB'], {polling: {memoryBytes: 524_288_000}}],
		[['--interval', '10', '--request-timeout', '2'], {polling: {intervalMs: 10_000, requestTimeoutMs: 2000}}],
		[['--request-timeout', '500ms'], {polling: {requestTimeoutMs: 500}}],
		[['--sort', 'memory'], {selection: {sort: {column: 'memory', isDescending: true}}}],
		[['workloads', '--sort', 'restarts'], {selection: {level: 'workloads'}}],
		[['wl'], {selection: {level: 'workloads'}}],
		[['problems', '-o', 'csv'], {selection: {level: 'problems'}}],
		[['--sort', 'rx'], {selection: {sort: {column: 'net-received', isDescending: true}}}],
		[['--sort', '+memory'], {selection: {sort: {column: 'memory', isDescending: false}}}],
		[['--sort', 'name'], {selection: {sort: {column: 'name', isDescending: false}}}],
		[['--sort', 'state'], {selection: {sort: {column: 'state', isDescending: false}}}],
		[['--sort=-name'], {selection: {sort: {column: 'name', isDescending: true}}}],
		[['--sort', '-name'], {selection: {sort: {column: 'name', isDescending: true}}}],
		[['pods', '-n', 'shop'], {selection: {namespaces: ['shop']}}],
		[['pods', '-n', 'shop,web', '-nweb', '-n', 'db'], {selection: {namespaces: ['shop', 'web', 'db']}}],
		[['pods'], {selection: {level: 'pods', isLevelGiven: true}}],
		[['nodes'], {selection: {level: 'nodes', isLevelGiven: true}}],
		[['pods', '-nshop'], {selection: {namespaces: ['shop']}}],
		[['pods', '-n', 'shop', '-A'], {selection: {namespaces: undefined}}],
		[['--filter', 'web !test cpu>500m'], {selection: {filter: 'web !test cpu>500m'}}],
		[['--filter', '"web"'], {selection: {filter: '"web"'}}],
		[['--filter', "'"], {selection: {filter: "'"}}],
		[
			['pods', '-l', 'app in (web,api)', '--node', 'n1'],
			{selection: {selector: 'app in (web,api)', nodeName: 'n1'}},
		],
		[['--via', 'proxy'], {polling: {via: 'proxy'}}],
		[
			['--kubelet-address-types', 'Hostname,ExternalIP'],
			{polling: {addressTypes: ['Hostname', 'ExternalIP']}},
		],
		[
			['--context', 'prod', '--as', 'jane', '--as-group', 'a', '--as-group', 'b', '--tls-server-name', 'api'],
			{cluster: {contexts: ['prod'], as: 'jane', asGroups: ['a', 'b'], tlsServerName: 'api'}},
		],
		[['--context', '1e3'], {cluster: {contexts: ['1e3']}}],
		[['--context', 'a,b', '--context', 'b', '--context=c'], {cluster: {contexts: ['a', 'b', 'c']}}],
		[['--context', 'a,a'], {cluster: {contexts: ['a']}}],
		[['--context', 'a,b', '--source', 'kubernetes'], {cluster: {contexts: ['a', 'b']}}],
		[
			['--source', 'kubernetes', '--source', 'kubernetes:http://old:8080'],
			{
				origin: {
					sources: [
						{kind: 'kubernetes', url: undefined},
						{kind: 'kubernetes', url: 'http://old:8080'},
					],
				},
			},
		],
		[['--no-color', '--ascii', '--no-mouse'], {screen: {colors: 'none', symbols: 'ascii', hasMouse: false}}],
		[
			['--source', 'kubelet:a', '--source', 'local'],
			{origin: {sources: [{kind: 'kubelet', url: 'https://a:10250'}, {kind: 'local'}]}},
		],
		[
			['--kubelet-ca', 'ca.crt', '--kubelet-server-name', 'n', '--kubelet-insecure-tls', '--token-file', 't'],
			{
				access: {
					kubeletAuthorityFile: 'ca.crt',
					kubeletServerName: 'n',
					isKubeletInsecure: true,
					tokenFile: 't',
				},
			},
		],
	])('%j is understood', (argv, expected) => {
		expect(optionsOf(argv)).toMatchObject(expected);
	});

	test.each([
		[['--interval', 'soon'], '--interval soon: invalid duration; write for example 10s, 500ms or 1m30s'],
		[['--interval', '100ms'], '--interval 100ms: must be from 500ms to 1h'],
		[['--window', '25h'], '--window 25h: must be from 1m to 24h'],
		[['--memory', 'much'], '--memory much: invalid size; write for example 500MiB or 2GiB'],
		[
			['--memory', '64MiB'],
			'--memory 64MiB: must be at least 128MiB; ktop without any sample takes about 100MiB',
		],
		[['--via', 'pigeon'], '--via pigeon: unknown route; use auto, direct, proxy'],
		[
			['--kubelet-address-types', 'InternalIP,Street'],
			'--kubelet-address-types InternalIP,Street: unknown address type “Street”; use InternalIP, ExternalIP, InternalDNS, ExternalDNS, Hostname',
		],
		[['--count', '0'], '--count 0: must be a whole number of at least 1'],
		[['--count', '0x10'], '--count 0x10: must be a whole number of at least 1'],
		[['--count', 'x'], '--count x: must be a whole number of at least 1'],
		[['-o', '=json'], '-o =json: unknown format; use json, ndjson, csv, table'],
		[['-o='], '-o needs a value: write -o FORMAT'],
		[['-o', 'xml'], '-o xml: unknown format; use json, ndjson, csv, table'],
		[['--json', '-o', 'csv'], '--json and -o csv contradict each other: keep one'],
		[
			['--statistics', '1h', '-o', 'table'],
			'--statistics has no effect on -o table, which has no columns for them: use -o csv or --json',
		],
		[
			['pods', '-l', 'app in'],
			"-l app in: no selector of labels; write app=web, app!=web, app, !app or 'app in (web,api)', with commas between",
		],
		[['--context', 'a,'], '--context a,: a name is missing; write --context a,b'],
		[
			['--context', 'a,b', '--user', 'me'],
			'--context a,b and --user contradict each other: that is of one cluster, so name one context, or write it into the kubeconfig',
		],
		[
			['--context', 'a', '--context', 'b', '--token', 't'],
			'--context a,b and --token contradict each other: that is of one cluster, so name one context, or write it into the kubeconfig',
		],
		[
			['--context', 'a,b', '--source', 'local'],
			'--context a,b and --source contradict each other: contexts are clusters of the kubeconfig, so leave out the other sources',
		],
		[
			['--context', 'a,b', '--history', 'prometheus:http://p:9090'],
			'--context a,b and --history contradict each other: a store has the samples of one cluster, so name one context',
		],
		[
			['record', '--sink', 'file:x', '--context', 'a,b'],
			'--context a,b: ktop record is for one cluster: run it once for each, with --context a',
		],
		[
			['rbac', '--context', 'a,b'],
			'--context a,b: ktop rbac is for one cluster: run it once for each, with --context a',
		],
		[['--token', 'a', '--token-file', 'b'], '--token and --token-file contradict each other: keep one'],
		[['--client-key', 'k'], '--client-certificate and --client-key belong together: give both'],
		[['-n', 'Shop!'], '-n Shop!: invalid namespace; names are lower-case letters, digits and dashes'],
		[
			['services'],
			'unknown command “services”: use nodes, pods, containers, namespaces, workloads, processes, problems, doctor, rbac, record or replay',
		],
		[
			['constructor'],
			'unknown command “constructor”: use nodes, pods, containers, namespaces, workloads, processes, problems, doctor, rbac, record or replay',
		],
		[
			['__proto__'],
			'unknown command “__proto__”: use nodes, pods, containers, namespaces, workloads, processes, problems, doctor, rbac, record or replay',
		],
		[
			['a\u001B[2J\nb'],
			'unknown command “a\uFFFD[2J\uFFFDb”: use nodes, pods, containers, namespaces, workloads, processes, problems, doctor, rbac, record or replay',
		],
		[
			['pods', 'web'],
			'unexpected argument “web”: name one of nodes, pods, containers, namespaces, workloads, processes, problems',
		],
		[['--intervall', '5s'], 'unknown flag --intervall: did you mean --interval?'],
		[['--xyzzy'], 'unknown flag --xyzzy: see ktop --help'],
		[['-z'], 'unknown flag -z: see ktop --help'],
		[['--source'], '--source needs a value: write --source URI'],
		[['--json=yes'], '--json takes no value: leave out “=…”'],
		[['--interval', '5s', '--interval', '6s'], '--interval is given more than once: keep one'],
		[
			['containers', '--group', 'zone'],
			'--group zone: only nodes and pods can be grouped: ktop pods --group zone',
		],
		[
			['pods', '--group', 'nix'],
			'--group nix: no text of pods; use label:NAME, namespace, ready, status, node, workload, qos, volume, last, oom, cluster',
		],
		[
			['namespaces', '--sort', 'age'],
			'--sort age: unknown column of namespaces; use name, pods, containers, cpu, memory, rss, net-received, net-sent, cpu%request, cpu%limit, memory%request, memory%limit, cpu-request, cpu-limit, memory-request, memory-limit, gpu-request, restarts, oom-killed, net-errors, ephemeral, volumes%, cluster, cpu-min, cpu-mean, cpu-p95, cpu-max, cpu-p95%request, cpu-p95%limit, cpu-excess, memory-min, memory-mean, memory-p95, memory-max, memory-p95%request, memory-p95%limit, memory-excess',
		],
		[
			['record'],
			'record needs a destination: add --sink influxdb:http://HOST:8086?db=k8s or --sink file:PATH',
		],
		[
			['replay'],
			'replay needs a file: write ktop replay FILE, with a recording of ktop record --sink file:FILE',
		],
		[['replay', 'a', 'services'], 'unexpected argument “services” after the file'],
		[['--sink', 'file:a'], '--sink is not a flag of this command: write ktop record --sink …'],
		[['--speed', '2'], '--speed is not a flag of this command: write ktop replay --speed …'],
		[['replay', 'a', '--speed', 'fast'], '--speed fast: must be a number from 0.01 to 100000'],
		[
			['record', '--sink', 'file:a', '--shard', '3/3'],
			'--shard 3/3: invalid shard; write 0/3, 1/3 and 2/3 for three recorders',
		],
		[
			['record', '--sink', 'file:a', '--listen', 'x'],
			'--listen x: invalid address; write :8082 or 127.0.0.1:8082',
		],
		[['--filter', 'cpu>lots'], '--filter cpu>lots: lots is no number: write for example cpu>500m'],
	])('%j reports what is wrong', (argv, problem) => {
		expect(problemsOf(argv)).toContain(problem);
	});

	test.each([
		[['record', '--sink', 'file:a', '--sort', 'memory'], '--sort has no effect on ktop record: leave it out'],
		[['record', '--sink', 'file:a', '--group', 'zone'], '--group has no effect on ktop record: leave it out'],
		[['record', '--sink', 'file:a', '-o', 'csv'], '-o has no effect on ktop record: leave it out'],
		[
			['record', '--sink', 'file:a', '--memory', '1GiB'],
			'--memory has no effect on ktop record: leave it out',
		],
		[['record', '--sink', 'file:a', '--ascii'], '--ascii has no effect on ktop record: leave it out'],
		[['doctor', '--filter', 'web'], '--filter has no effect on ktop doctor: leave it out'],
		[['doctor', '-o', 'csv'], '-o csv has no effect on ktop doctor: it prints text or json'],
		[['rbac', '--context', 'prod'], '--context has no effect on ktop rbac: leave it out'],
		[
			['rbac', '--as', 'me'],
			'--as has no effect on ktop rbac, which asks no cluster: write --for-user USER or --for-group GROUP to name who gets the rights',
		],
		[['replay', 'a', '--source', 'demo'], '--source has no effect on ktop replay: leave it out'],
		[['replay', 'a', '--interval', '5s'], '--interval has no effect on ktop replay: leave it out'],
		[
			['--source', 'local', '--context', 'prod'],
			'--context is about a cluster of the kubeconfig, which no --source is: leave out --context or --source',
		],
	])('%j reports the flag without an effect alone', (argv, problem) => {
		expect(problemsOf(argv)).toEqual([problem]);
	});

	test('takes settings of the file that another command has a use for', () => {
		const settings = new Map([['sort', {texts: ['memory'], named: 'config.yaml:1: sort'}]]);
		const config = {settings, problems: [], columns: new Map<string, readonly string[]>()};
		expect(parseOptions(['record', '--sink', 'file:a'], UTF8, config).kind).toBe('record');
	});

	test('of a replay takes containers with its pods', () => {
		const request = parseOptions(['replay', 'a', 'pods', '--containers'], UTF8);
		expect('options' in request && request.options.selection.level).toBe('containers');
	});

	test.each([
		['podz', 'pods'],
		['nods', 'nodes'],
		['replya', 'replay'],
		['hlep', 'help'],
	])('with a misspelt command (%s) suggests %s', (word, meant) => {
		expect(problemsOf([word])).toEqual([`unknown command “${word}”: did you mean ktop ${meant}?`]);
	});

	test('reports all its errors at once', () => {
		expect(problemsOf(['--interval', 'x', '--count', 'y', '--source', 'z'])).toHaveLength(3);
	});

	test('that asks for help or the version gets it, whatever else is wrong', () => {
		expect(parseOptions(['--help', '--nonsense'], UTF8)).toEqual({kind: 'help'});
		expect(parseOptions(['--version'], UTF8)).toEqual({kind: 'version'});
		expect(parseOptions(['help', 'keys', '--nonsense'], UTF8)).toEqual({kind: 'topic', name: 'keys'});
		expect(parseOptions(['explain', '403', 'needs', 'nodes/stats'], UTF8)).toEqual({
			kind: 'explain',
			text: '403 needs nodes/stats',
		});
		expect(parseOptions(['version'], UTF8)).toEqual({kind: 'version'});
	});

	test.each([
		[['rbac'], ['selection', 'recording', 'grant']],
		[
			['replay', 'file'],
			['polling', 'selection', 'output', 'playback', 'screen'],
		],
	])('hands %j no group that its command has no use for', (argv, groups) => {
		const request = parseOptions(argv, {...UTF8, KTOP_TOKEN: 'x'});
		expect('options' in request && Object.keys(request.options)).toEqual(groups);
	});

	test('is handed out frozen', () => {
		const options = optionsOf([]);
		expect([options, ...Object.values(options)].every(Object.isFrozen)).toBe(true);
	});

	test('may be anything', () => {
		const word = fc.oneof(
			fc.string(),
			fc.constantFrom(...FLAGS.map(({name}) => `--${name}`)),
			fc.constantFrom('-o', '-n', '--'),
		);
		fc.assert(
			fc.property(fc.array(word, {maxLength: 8}), argv => {
				expect(parseOptions(argv, UTF8).kind).toMatch(
					/^(run|help|topic|explain|version|problems|doctor|rbac|record|replay)$/,
				);
			}),
		);
	});

	test('never gives a secret away in what is wrong with it', () => {
		const secret = fc.stringMatching(/^[a-z0-9]{12,20}$/);
		fc.assert(
			fc.property(secret, word => {
				const problems = problemsOf([
					'--token',
					`${word} ${word}`,
					'--history',
					`influxdb:ftp://user:${word}@host?token=${word}&x=${word}`,
					'--source',
					`kubelet:ftp://user:${word}@host`,
					'--source',
					`nothing:https://${word}@host`,
				]);
				expect(problems).toHaveLength(4);
				expect(problems.join('\n')).not.toContain(word);
			}),
		);
	});
});

describe('the environment', () => {
	test('with an invalid token is reported without it', () => {
		expect(problemsOf([], {...UTF8, KTOP_TOKEN: 'hush hush'})).toEqual([
			'the token contains invalid characters: check --token or KTOP_TOKEN',
		]);
	});

	test('may hold the token', () => {
		expect(optionsOf([], {...UTF8, KTOP_TOKEN: 'abc'}).access.token).toBe('abc');
		expect(optionsOf(['--token', 'x'], {...UTF8, KTOP_TOKEN: 'abc'}).access.token).toBe('x');
		expect(optionsOf(['--token-file', 'f'], {...UTF8, KTOP_TOKEN: 'abc'}).access).toMatchObject({
			token: undefined,
			tokenFile: 'f',
		});
	});

	test.each([
		[{...UTF8, NO_COLOR: '1'}, 'none'],
		[{...UTF8, NO_COLOR: ''}, '256'],
		[{...UTF8, TERM: 'dumb'}, 'none'],
		[{...UTF8, TERM: 'xterm'}, '16'],
		[{...UTF8, TERM: 'vt100'}, 'none'],
		[{...UTF8, TERM: 'xterm-mono'}, 'none'],
		[{...UTF8, COLORTERM: 'truecolor'}, 'true'],
	])('%j has so many colours: %s', (environment, colors) => {
		expect(optionsOf([], environment).screen.colors).toBe(colors);
	});

	test.each([
		[{}, 'ascii'],
		[{LANG: 'C'}, 'ascii'],
		[{LANG: 'de_DE.utf8'}, 'unicode'],
		[{LANG: 'en_US.UTF-8', LC_ALL: 'C'}, 'ascii'],
		[{LANG: 'C', LC_CTYPE: 'C.UTF-8'}, 'unicode'],
		[{LANG: 'en_US.UTF-8', TERM: 'linux'}, 'ascii'],
	])('%j is drawn in %s', (environment, symbols) => {
		expect(optionsOf([], environment).screen.symbols).toBe(symbols);
	});
});
