import type {Column} from '../metrics/column.ts';
import {columnsOf} from '../metrics/columns.ts';
import {parseFilter} from '../metrics/filter.ts';
import type {NodeAddressType} from '../metrics/inventory.ts';
import {printable} from '../metrics/printable.ts';
import type {Row} from '../metrics/row.ts';
import type {ListLevel} from '../metrics/view.ts';
import {colorDepthOf} from './color-depth.ts';
import type {Config} from './config-file.ts';
import {parseDurationMs} from './duration.ts';
import type {FlagName} from './option-table.ts';
import type {
	Access,
	ClusterChoice,
	ColorDepth,
	ListenAddress,
	Options,
	OutputFormat,
	Request,
	Shard,
} from './options.ts';
import {type RawFlags, readFlags} from './read-flags.ts';
import {parseListen, parseShard} from './shard.ts';
import {parseSource, type SourceSpec} from './source-spec.ts';
import {type HistorySpec, parseHistory, parseSink, type SinkSpec} from './store-spec.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A map, since an object would know `constructor` as well. */
const LEVELS: ReadonlyMap<string, ListLevel> = new Map<string, ListLevel>(
	Object.entries({
		nodes: 'nodes',
		node: 'nodes',
		no: 'nodes',
		pods: 'pods',
		pod: 'pods',
		po: 'pods',
		containers: 'containers',
		container: 'containers',
		namespaces: 'namespaces',
		namespace: 'namespaces',
		ns: 'namespaces',
	} as const),
);

const COMMANDS = new Set(['doctor', 'rbac', 'record', 'replay']);

/** Flags that mean something to one command alone. */
const OF_COMMANDS = [
	['sink', 'record', 'rbac'],
	['shard', 'record', 'rbac'],
	['listen', 'record'],
	['speed', 'replay'],
	['record', 'rbac'],
] as const;

const THEME_NAMES = ['terminal', 'dark', 'light', 'colorblind'] as const;
const COLOR_DEPTHS: readonly ColorDepth[] = ['none', '16', '256', 'true'];

const VIAS = ['auto', 'direct', 'proxy'] as const;

const ADDRESS_TYPES: readonly NodeAddressType[] = [
	'InternalIP',
	'ExternalIP',
	'InternalDNS',
	'ExternalDNS',
	'Hostname',
];

const FORMATS: readonly OutputFormat[] = ['json', 'ndjson', 'csv', 'table'];

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Reads the command line and the environment. Every problem is told at once, each in a line of its own. */
export function parseOptions(argv: readonly string[], environment: Environment, config?: Config): Request {
	const flags = readFlags(argv, config?.values);
	if (flags.isSet('help')) {
		return {kind: 'help'};
	}

	if (flags.isSet('version')) {
		return {kind: 'version'};
	}

	const problems = [...(config?.problems ?? []), ...flags.problems];
	const problem = (text: string): undefined => {
		problems.push(text);
		return undefined;
	};
	const level = parseLevel(flags, problem);
	const output = parseOutput(flags, problem);
	const [word = ''] = flags.positionals;
	for (const [flag, ...commands] of OF_COMMANDS) {
		if (flags.isSet(flag) && !commands.some(command => command === word)) {
			problem(`--${flag} belongs to another command: write ktop ${commands[0]} --${flag} …`);
		}
	}

	const options: Options = {
		level,
		sources: parseSources(flags, problem),
		history: parseHistoryFlag(flags, environment, problem),
		sinks: parseSinks(flags, environment, problem),
		shard: parseShardFlag(flags, problem),
		listen: parseListenFlag(flags, problem),
		speed: parseSpeed(flags, problem),
		isForRecording: flags.isSet('record'),
		intervalMs: parseDuration(flags, 'interval', 500, HOUR_MS, problem),
		windowMs: parseDuration(flags, 'window', MINUTE_MS, 24 * HOUR_MS, problem) ?? 15 * MINUTE_MS,
		requestTimeoutMs: parseDuration(flags, 'request-timeout', 100, 10 * MINUTE_MS, problem) ?? 10 * SECOND_MS,
		sort: parseSort(flags, level, problem),
		filter: parseFilterText(flags, level, problem),
		namespace: parseNamespace(flags, problem),
		selector: flags.value('selector'),
		nodeName: flags.value('node'),
		via: parseVia(flags, problem),
		addressTypes: parseAddressTypes(flags, problem),
		cluster: parseCluster(flags),
		output,
		isWatching: flags.isSet('watch'),
		count: parseCount(flags, problem),
		access: parseAccess(flags, environment, problem),
		theme: parseTheme(flags, problem),
		colors: parseColors(flags, environment, problem),
		charts: parseCharts(flags, problem),
		hasMouse: !flags.isSet('no-mouse'),
		isSpoken: flags.isSet('screen-reader'),
		multiplexer: environment.TMUX ? 'tmux' : environment.STY ? 'screen' : undefined,
		columns: config?.columns ?? new Map(),
		symbols: flags.isSet('ascii') || !isUtf8(environment) ? 'ascii' : 'unicode',
	};
	if (problems.length > 0) {
		return {kind: 'problems', problems: problems.map(printable)};
	}

	return requestOf(flags, Object.freeze(options));
}

function requestOf({positionals}: RawFlags, options: Options): Request {
	const [command, file = ''] = positionals;
	switch (command) {
		case 'doctor':
		case 'rbac':
		case 'record':
			return {kind: command, options};
		case 'replay':
			return {kind: command, file, options};
		default:
			return {kind: 'run', options};
	}
}

type Report = (text: string) => undefined;

function parseLevel(flags: RawFlags, problem: Report): ListLevel {
	const isReplay = flags.positionals[0] === 'replay';
	// `replay FILE` may be followed by a level, as `ktop` may.
	const [word, ...rest] = isReplay ? ['replay', ...flags.positionals.slice(2)] : flags.positionals;
	if (isReplay && flags.positionals[1] === undefined) {
		problem('replay needs a file: write ktop replay FILE, a recording of ktop record --sink file:FILE');
	}

	if (word === 'record' && flags.value('sink') === undefined) {
		problem(
			'record needs somewhere to write to: add --sink influxdb:http://HOST:8086?db=k8s or --sink file:PATH',
		);
	}

	if (isReplay && rest.length === 1) {
		return LEVELS.get(rest[0] ?? '') ?? problem(`unexpected argument “${rest[0]}” after the file`) ?? 'nodes';
	}

	if (rest.length > 0) {
		problem(`unexpected argument “${rest[0]}”: name one of nodes, pods, containers, namespaces`);
	}

	const level = word === undefined || COMMANDS.has(word) ? 'nodes' : LEVELS.get(word);
	if (level === undefined) {
		problem(
			`unknown command “${word}”: use nodes, pods, containers, namespaces, doctor, rbac, record or replay`,
		);
	}

	return level === 'pods' && flags.isSet('containers') ? 'containers' : (level ?? 'nodes');
}

function parseSources(flags: RawFlags, problem: Report): readonly SourceSpec[] {
	return flags.values('source').flatMap(text => {
		const spec = parseSource(text);
		return 'problem' in spec ? (problem(spec.problem) ?? []) : [spec];
	});
}

function parseHistoryFlag(
	flags: RawFlags,
	environment: Environment,
	problem: Report,
): HistorySpec | undefined {
	const text = flags.value('history');
	const spec = text === undefined ? undefined : parseHistory(text, environment);
	return spec !== undefined && 'problem' in spec ? problem(spec.problem) : spec;
}

function parseSinks(flags: RawFlags, environment: Environment, problem: Report): readonly SinkSpec[] {
	return flags.values('sink').flatMap(text => {
		const spec = parseSink(text, environment);
		return 'problem' in spec ? (problem(spec.problem) ?? []) : [spec];
	});
}

function parseShardFlag(flags: RawFlags, problem: Report): Shard | undefined {
	const text = flags.value('shard');
	return text === undefined
		? undefined
		: (parseShard(text) ??
				problem(`--shard ${text}: this is no part; write 0/3, 1/3 and 2/3 for three recorders`));
}

function parseListenFlag(flags: RawFlags, problem: Report): ListenAddress | undefined {
	const text = flags.value('listen');
	return text === undefined
		? undefined
		: (parseListen(text) ?? problem(`--listen ${text}: this is no address; write :8082 or 127.0.0.1:8082`));
}

function parseTheme(flags: RawFlags, problem: Report): Options['theme'] {
	const text = flags.value('theme') ?? 'terminal';
	const theme = THEME_NAMES.find(known => known === text);
	return (
		theme ?? problem(`--theme ${text}: there is no such theme; use ${THEME_NAMES.join(', ')}`) ?? 'terminal'
	);
}

function parseCharts(flags: RawFlags, problem: Report): Options['charts'] {
	const text = flags.value('charts') ?? 'lines';
	return text === 'lines' || text === 'braille'
		? text
		: (problem(`--charts ${text}: use lines or braille`) ?? 'lines');
}

function parseColors(flags: RawFlags, environment: Environment, problem: Report): ColorDepth {
	const text = flags.value('colors');
	if (flags.isSet('no-color')) {
		return 'none';
	}

	const depth = COLOR_DEPTHS.find(known => known === text);
	return text === undefined
		? colorDepthOf(environment)
		: (depth ?? problem(`--colors ${text}: use ${COLOR_DEPTHS.join(', ')}`) ?? 'none');
}

function parseSpeed(flags: RawFlags, problem: Report): number {
	const text = flags.value('speed') ?? '1';
	const speed = /^\d+(?:\.\d+)?x?$/.test(text) ? Number.parseFloat(text) : 0;
	return speed >= 0.01 && speed <= 100_000
		? speed
		: (problem(`--speed ${text}: it must be a number from 0.01 to 100000`) ?? 1);
}

function parseOutput(flags: RawFlags, problem: Report): OutputFormat | undefined {
	const text = flags.value('output') ?? (flags.isSet('json') ? 'json' : undefined);
	const format = FORMATS.find(known => known === text);
	if (text !== undefined && format === undefined) {
		return problem(`-o ${text}: there is no such format; use ${FORMATS.join(', ')}`);
	}

	if (flags.isSet('json') && format !== 'json') {
		return problem(`--json and -o ${text} contradict each other: keep one`);
	}

	return format;
}

function parseDuration(
	flags: RawFlags,
	name: FlagName,
	leastMs: number,
	mostMs: number,
	problem: Report,
): number | undefined {
	const text = flags.value(name);
	if (text === undefined) {
		return undefined;
	}

	const durationMs = parseDurationMs(text);
	if (durationMs === undefined) {
		return problem(`--${name} ${text}: this is no time; write for example 10s, 500ms or 1m30s`);
	}

	return durationMs < leastMs || durationMs > mostMs
		? problem(`--${name} ${text}: it must be from ${formatDuration(leastMs)} to ${formatDuration(mostMs)}`)
		: durationMs;
}

function formatDuration(durationMs: number): string {
	return durationMs < SECOND_MS
		? `${durationMs}ms`
		: durationMs < MINUTE_MS
			? `${durationMs / SECOND_MS}s`
			: durationMs < HOUR_MS
				? `${durationMs / MINUTE_MS}m`
				: `${durationMs / HOUR_MS}h`;
}

function parseSort(flags: RawFlags, level: ListLevel, problem: Report): Options['sort'] {
	const text = flags.value('sort');
	if (text === undefined) {
		return undefined;
	}

	const id = text.replace(/^[+-]/, '');
	const columns: ReadonlyArray<{readonly id: string; readonly unit: string}> = columnsOf(level);
	const column = columns.find(candidate => candidate.id === id);
	if (column === undefined) {
		return problem(
			`--sort ${text}: ${level} have no such column; use ${columns.map(({id: known}) => known).join(', ')}`,
		);
	}

	// Text reads from A on, numbers from the largest on, unless a sign says otherwise.
	return {
		column: id,
		isDescending: text.startsWith('-') || (!text.startsWith('+') && column.unit !== 'text'),
	};
}

function parseFilterText(flags: RawFlags, level: ListLevel, problem: Report): string | undefined {
	const text = flags.value('filter');
	if (text === undefined) {
		return undefined;
	}

	// The columns of one level are asked for by name alone here; no row is looked at.
	const columns = columnsOf(level) as unknown as ReadonlyArray<Column<Row>>;
	const filter = parseFilter(text, columns);
	return filter.kind === 'problem' ? problem(`--filter ${text}: ${filter.problem}`) : text;
}

function parseNamespace(flags: RawFlags, problem: Report): string | undefined {
	const namespace = flags.isSet('all-namespaces') ? undefined : flags.value('namespace');
	return namespace === undefined || /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(namespace)
		? namespace
		: problem(`-n ${namespace}: this is no namespace; names are lower-case letters, digits and dashes`);
}

function parseVia(flags: RawFlags, problem: Report): Options['via'] {
	const text = flags.value('via') ?? 'auto';
	const via = VIAS.find(known => known === text);
	return via ?? problem(`--via ${text}: there is no such way; use ${VIAS.join(', ')}`) ?? 'auto';
}

function parseAddressTypes(flags: RawFlags, problem: Report): Options['addressTypes'] {
	const text = flags.value('kubelet-address-types');
	return text?.split(',').flatMap(word => {
		const type = ADDRESS_TYPES.find(known => known === word.trim());
		return (
			type ??
			problem(`--kubelet-address-types ${text}: “${word}” is none; use ${ADDRESS_TYPES.join(', ')}`) ??
			[]
		);
	});
}

function parseCluster(flags: RawFlags): ClusterChoice {
	return {
		kubeconfig: flags.value('kubeconfig'),
		context: flags.value('context'),
		cluster: flags.value('cluster'),
		user: flags.value('user'),
		server: flags.value('server'),
		as: flags.value('as'),
		asGroups: flags.values('as-group'),
		asUid: flags.value('as-uid'),
		tlsServerName: flags.value('tls-server-name'),
	};
}

function parseCount(flags: RawFlags, problem: Report): number | undefined {
	const text = flags.value('count');
	if (text === undefined) {
		return undefined;
	}

	const count = /^\d+$/.test(text) ? Number(text) : 0;
	return Number.isSafeInteger(count) && count >= 1
		? count
		: problem(`--count ${text}: it must be a whole number from 1 on`);
}

function parseAccess(flags: RawFlags, environment: Environment, problem: Report): Access {
	const token = flags.value('token') ?? (environment.KTOP_TOKEN || undefined);
	if (token !== undefined && /[^\x21-\x7E]/.test(token)) {
		problem('the token holds characters that no token has: check --token or KTOP_TOKEN');
	}

	if (flags.value('token') !== undefined && flags.value('token-file') !== undefined) {
		problem('--token and --token-file contradict each other: keep one');
	}

	const clientCertificateFile = flags.value('client-certificate');
	const clientKeyFile = flags.value('client-key');
	if ((clientCertificateFile === undefined) !== (clientKeyFile === undefined)) {
		problem('--client-certificate and --client-key belong together: give both');
	}

	return {
		token,
		tokenFile: flags.value('token-file'),
		clientCertificateFile,
		clientKeyFile,
		authorityFile: flags.value('certificate-authority'),
		isInsecure: flags.isSet('insecure-skip-tls-verify'),
		kubeletAuthorityFile: flags.value('kubelet-ca'),
		kubeletServerName: flags.value('kubelet-server-name'),
		isKubeletInsecure: flags.isSet('kubelet-insecure-tls'),
	};
}

/** POSIX: the first of these that is set and not empty says which characters the terminal shows. */
function isUtf8(environment: Environment): boolean {
	const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
	return /utf-?8/i.test(locale) && environment.TERM !== 'linux' && environment.TERM !== 'dumb';
}
