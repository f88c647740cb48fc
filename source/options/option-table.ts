import {columnsOf} from '../metrics/columns/columns.ts';
import {currentId} from '../metrics/columns/former-ids.ts';
import {type Column, isText} from '../metrics/model/column.ts';
import type {NodeAddressType} from '../metrics/model/inventory.ts';
import {PRINTED_LEVELS} from '../metrics/model/levels.ts';
import type {Row} from '../metrics/model/row.ts';
import type {Namespaces} from '../metrics/model/view.ts';
import {parseFilter} from '../metrics/view/filter.ts';
import {groupKeysOf, isGroupKey} from '../metrics/view/group-roots.ts';
import {colorDepthOf} from './color-depth.ts';
import {
	choice,
	completed,
	duration,
	type Environment,
	type Flag,
	FlagProblem,
	HOUR_MS,
	listFlag,
	MINUTE_MS,
	type OptionFlag,
	single,
	stringFlag,
	toggle,
	withDefault,
} from './flag.ts';
import {isLabelSelector} from './label-selector.ts';
import {
	type Access,
	type ClusterChoice,
	type Diagnostics,
	type Grant,
	type Origin,
	OUTPUT_FORMATS,
	type OutputChoices,
	type Playback,
	type Polling,
	type Recording,
	type ScreenChoices,
	type Selection,
} from './options.ts';
import {parseListen, parseShard} from './shard.ts';
import {formatSize, parseSize} from './size.ts';
import {parseSource} from './source-spec.ts';
import {parseHistory, parseSink} from './store-spec.ts';
import {defaultTheme} from './theme-choice.ts';

/** The flag of each option of a group, keyed by option name. */
export type Rows<Group> = {readonly [Key in keyof Group]: OptionFlag<Group[Key]>};

const ORIGIN = {
	sources: listFlag(
		'source',
		'URI',
		{
			help: 'what to read; may repeat (default: the cluster of the kubeconfig or of the pod, else this machine)',
		},
		(given, named) => orProblem(parseSource(given, named)),
	),
	history: single(
		'history',
		'URI',
		{commands: ['run', 'doctor'], help: 'the store with past samples: influxdb:URL?db=k8s or prometheus:URL'},
		(given, named, {environment}) => orProblem(parseHistory(given, environment, named)),
	),
} satisfies Rows<Origin>;

const ADDRESS_TYPES: readonly NodeAddressType[] = [
	'InternalIP',
	'ExternalIP',
	'InternalDNS',
	'ExternalDNS',
	'Hostname',
];

/** What ktop takes on a small machine, and some room for samples. */
const LEAST_MEMORY_BYTES = 128 * 2 ** 20;

const POLLING = {
	intervalMs: duration('interval', 500, HOUR_MS, {
		commands: ['run', 'record'],
		help: 'time between scrapes, 500ms to 1h; 10 is 10s (default 2s for local, 10s for kubelets)',
	}),
	windowMs: withDefault(
		duration('window', MINUTE_MS, 24 * HOUR_MS, {
			commands: ['run', 'replay'],
			help: 'how long samples are kept, 1m to 24h (default 15m)',
		}),
		15 * MINUTE_MS,
	),
	memoryBytes: single(
		'memory',
		'SIZE',
		{
			commands: ['run', 'replay'],
			help: `memory to plan with, at least ${formatSize(LEAST_MEMORY_BYTES)}; half of it is for past samples, which get coarser where they need more (default: a quarter of the machine’s)`,
		},
		(given, named) => {
			const bytes = parseSize(given);
			if (bytes === undefined) {
				return new FlagProblem(`${named} ${given}: invalid size; write for example 500MiB or 2GiB`);
			}

			return bytes < LEAST_MEMORY_BYTES
				? new FlagProblem(
						`${named} ${given}: must be at least ${formatSize(LEAST_MEMORY_BYTES)}; ktop without any sample takes about 100MiB`,
					)
				: bytes;
		},
	),
	requestTimeoutMs: withDefault(
		duration('request-timeout', 100, 10 * MINUTE_MS, {
			commands: ['run', 'doctor', 'record'],
			help: 'how long a node may take to answer (default 10s)',
		}),
		10_000,
	),
	via: withDefault(
		choice('via', 'ROUTE', ['auto', 'direct', 'proxy'], {
			commands: ['run', 'doctor', 'record'],
			noun: 'route',
			notes: {direct: 'kubelets only', proxy: 'API server, needs nodes/proxy'},
			help: '; auto uses the proxy if no direct route works',
		}),
		'auto',
	),
	addressTypes: {
		...single(
			'kubelet-address-types',
			'LIST',
			{
				commands: ['run', 'doctor', 'record'],
				help: `node addresses to use, in this order (default: ${ADDRESS_TYPES.join(', ')})`,
			},
			(given, named): readonly NodeAddressType[] | FlagProblem => {
				const words = given.split(',').map(word => word.trim());
				const wrong = words.find(word => !ADDRESS_TYPES.some(type => type === word));
				return wrong === undefined
					? words.flatMap(word => ADDRESS_TYPES.filter(type => type === word))
					: new FlagProblem(
							`${named} ${given}: unknown address type “${wrong}”; use ${ADDRESS_TYPES.join(', ')}`,
						);
			},
		),
		choices: ADDRESS_TYPES,
	},
} satisfies Rows<Polling>;

const CLUSTER = {
	kubeconfig: stringFlag('kubeconfig', 'FILE', {
		help: 'the kubeconfig (default $KUBECONFIG, ~/.kube/config)',
	}),
	contexts: completed(
		listFlag(
			'context',
			'NAME',
			{help: 'the context of the kubeconfig; several at once as a,b; may repeat'},
			(given, named): readonly string[] | FlagProblem => {
				const names = given.split(',').map(name => name.trim());
				return names.includes('') && names.length > 1
					? new FlagProblem(`${named} ${given}: a name is missing; write ${named} a,b`)
					: names.filter(name => name !== '');
			},
		),
		(lists = []): readonly string[] => [...new Set(lists.flat())],
	),
	cluster: stringFlag('cluster', 'NAME', {help: 'the cluster of the kubeconfig'}),
	user: stringFlag('user', 'NAME', {help: 'the user of the kubeconfig'}),
	server: stringFlag('server', 'URL', {short: 's', help: 'the URL of the API server'}),
	tlsServerName: stringFlag('tls-server-name', 'NAME', {help: 'the name in the API server’s certificate'}),
	as: stringFlag('as', 'USER', {help: 'impersonate this user'}),
	asGroups: listFlag('as-group', 'GROUP', {help: 'impersonate this group; may repeat'}, given => given),
	asUid: stringFlag('as-uid', 'UID', {help: 'impersonate this uid'}),
} satisfies Rows<ClusterChoice>;

const SELECTION = {
	sort: single(
		'sort',
		'COLUMN',
		{commands: ['run', 'replay'], help: 'sort by a column; +COLUMN ascending (default cpu)'},
		(given, named, {level, given: other}) => {
			const id = currentId(given.replace(/^[+-]/, ''));
			const columns: ReadonlyArray<Column<Row>> = columnsOf(level);
			const column = columns.find(candidate => candidate.id === id);
			if (column !== undefined) {
				// Without a sign, text sorts ascending and numbers descending.
				return {
					column: id,
					isDescending: given.startsWith('-') || (!given.startsWith('+') && !isText(column.unit)),
				};
			}

			// A setting applies to the levels that have the column.
			return other('sort').origin === 'config-file' &&
				PRINTED_LEVELS.some(one => columnsOf(one).some(column => column.id === id))
				? undefined
				: new FlagProblem(
						`${named} ${given}: unknown column of ${level}; use ${columns.map(({id: known}) => known).join(', ')}`,
					);
		},
	),
	filter: single(
		'filter',
		'EXPR',
		{
			commands: ['run', 'replay'],
			help: "only matching rows, such as 'db|web !^kube- cpu>500m status:Run label:app=web'",
		},
		(given, named, {level}) => {
			const filter = parseFilter<Row>(given, columnsOf(level));
			return filter.kind === 'problem' ? new FlagProblem(`${named} ${given}: ${filter.problem}`) : given;
		},
	),
	namespaces: completed(
		listFlag(
			'namespace',
			'NS',
			{short: 'n', help: 'only these namespaces, as a,b; may repeat', overrides: ['all-namespaces']},
			(given, named): readonly string[] | FlagProblem => {
				const names = given.split(',');
				return names.every(name => /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(name))
					? names
					: new FlagProblem(
							`${named} ${given}: invalid namespace; names are lower-case letters, digits and dashes`,
						);
			},
		),
		(lists = [], {isSet}): Namespaces =>
			lists.length === 0 || isSet('all-namespaces') ? undefined : [...new Set(lists.flat())],
	),
	group: single(
		'group',
		'KEY',
		{
			isCommandLineOnly: true,
			commands: ['run', 'replay'],
			help: 'nodes or pods in groups by a column of texts or label:NAME, such as zone or label:app',
		},
		(given, named, {level}) => {
			if (level !== 'nodes' && level !== 'pods') {
				return new FlagProblem(
					`${named} ${given}: only nodes and pods can be grouped: ktop pods ${named} ${given}`,
				);
			}

			return isGroupKey(level, given)
				? given
				: new FlagProblem(
						`${named} ${given}: no text of ${level}; use label:NAME, ${groupKeysOf(level).join(', ')}`,
					);
		},
	),
	selector: single(
		'selector',
		'LABELS',
		{
			short: 'l',
			commands: ['run', 'doctor', 'record', 'replay'],
			help: 'only pods with these labels, as in kubectl',
		},
		(given, named) =>
			isLabelSelector(given)
				? given
				: new FlagProblem(
						`${named} ${given}: no selector of labels; write app=web, app!=web, app, !app or 'app in (web,api)', with commas between`,
					),
	),
	nodeName: stringFlag('node', 'NAME', {
		commands: ['run', 'doctor', 'record', 'replay'],
		help: 'only this node and its pods',
	}),
} satisfies Rows<Omit<Selection, 'level' | 'isLevelGiven'>>;

const OUTPUT = {
	format: completed(
		choice('output', 'FORMAT', OUTPUT_FORMATS, {
			short: 'o',
			commands: ['run', 'doctor', 'replay'],
			noun: 'format',
			help: ' instead of the screen',
		}),
		(format, {isSet}) => format ?? (isSet('json') ? 'json' : undefined),
	),
	isWatching: completed(
		toggle('watch', {
			short: 'w',
			isCommandLineOnly: true,
			commands: ['run', 'replay'],
			help: 'print a snapshot every interval',
		}),
		(isWatching, {isSet}) => isWatching === true || isSet('count'),
	),
	count: single(
		'count',
		'N',
		{
			isCommandLineOnly: true,
			commands: ['run', 'record', 'replay'],
			help: 'exit after N snapshots; implies -w',
		},
		(given, named) => {
			const count = /^\d+$/.test(given) ? Number(given) : 0;
			return Number.isSafeInteger(count) && count >= 1
				? count
				: new FlagProblem(`${named} ${given}: must be a whole number of at least 1`);
		},
	),
	statisticsMs: duration('statistics', MINUTE_MS, 7 * 24 * HOUR_MS, {
		isCommandLineOnly: true,
		commands: ['run', 'replay'],
		help: 'print lowest, mean, p95 and highest CPU and memory of this time, 1m to 7d, with -w or --history',
	}),
} satisfies Rows<OutputChoices>;

const RECORDING = {
	sinks: listFlag(
		'sink',
		'URI',
		{
			isCommandLineOnly: true,
			commands: ['record', 'rbac'],
			help: 'where ktop record writes: influxdb:URL?db=k8s or file:PATH; may repeat',
		},
		(given, named, {environment}) => orProblem(parseSink(given, environment, named)),
	),
	shard: single(
		'shard',
		'I/N',
		{
			isCommandLineOnly: true,
			commands: ['record', 'rbac'],
			help: 'read share I (from 0) of N of the nodes; I may be a StatefulSet pod’s name',
		},
		(given, named) =>
			parseShard(given) ??
			new FlagProblem(`${named} ${given}: invalid shard; write 0/3, 1/3 and 2/3 for three recorders`),
	),
	listen: single(
		'listen',
		'[HOST]:PORT',
		{isCommandLineOnly: true, commands: ['record'], help: 'serve /healthz and /metrics while recording'},
		(given, named) =>
			parseListen(given) ??
			new FlagProblem(`${named} ${given}: invalid address; write :8082 or 127.0.0.1:8082`),
	),
	isForRecording: toggle('record', {
		isCommandLineOnly: true,
		commands: ['rbac'],
		help: 'with ktop rbac: print the manifest of a recorder',
	}),
	image: stringFlag('image', 'IMAGE', {
		isCommandLineOnly: true,
		commands: ['rbac'],
		help: 'with ktop rbac --record: the image (default: the published one)',
	}),
} satisfies Rows<Recording>;

const GRANT = {
	users: listFlag(
		'for-user',
		'USER',
		{isCommandLineOnly: true, commands: ['rbac'], help: 'grant the rights to this user; may repeat'},
		given => given,
	),
	groups: listFlag(
		'for-group',
		'GROUP',
		{isCommandLineOnly: true, commands: ['rbac'], help: 'grant the rights to this group; may repeat'},
		given => given,
	),
	hasEvents: toggle('events', {
		isCommandLineOnly: true,
		commands: ['rbac'],
		help: 'with ktop rbac: also grant to list events, which facts (d) show',
	}),
	hasWorkloads: toggle('workloads', {
		isCommandLineOnly: true,
		commands: ['rbac'],
		help: 'with ktop rbac: also grant to list what tells how many pods a workload wants',
	}),
} satisfies Rows<Grant>;

const PLAYBACK = {
	speed: withDefault(
		single(
			'speed',
			'N',
			{isCommandLineOnly: true, commands: ['replay'], help: 'replay N times as fast (default 1)'},
			(given, named) => {
				const speed = /^\d+(?:\.\d+)?x?$/.test(given) ? Number.parseFloat(given) : 0;
				return speed >= 0.01 && speed <= 100_000
					? speed
					: new FlagProblem(`${named} ${given}: must be a number from 0.01 to 100000`);
			},
		),
		1,
	),
} satisfies Rows<Playback>;

const ACCESS = {
	tokenFile: stringFlag('token-file', 'FILE', {
		overrides: ['token'],
		help: 'bearer token, reread when it is rotated',
	}),
	token: completed(
		stringFlag('token', 'TOKEN', {
			isSecret: true,
			overrides: ['token-file'],
			help: 'bearer token (prefer KTOP_TOKEN: other users can see arguments)',
		}),
		(given, {environment, isSet}) => {
			// A given file takes precedence over the environment.
			const token = given ?? (isSet('token-file') ? undefined : environment.KTOP_TOKEN || undefined);
			return token !== undefined && /[^\x21-\x7E]/.test(token)
				? new FlagProblem('the token contains invalid characters: check --token or KTOP_TOKEN')
				: token;
		},
	),
	clientCertificateFile: stringFlag('client-certificate', 'FILE', {
		help: 'PEM client certificate',
	}),
	clientKeyFile: stringFlag('client-key', 'FILE', {help: 'PEM key of the client certificate'}),
	authorityFile: stringFlag('certificate-authority', 'FILE', {
		help: 'PEM certificate authority of the API server or cAdvisor',
	}),
	kubeletAuthorityFile: stringFlag('kubelet-ca', 'FILE', {
		help: 'PEM certificate authority of kubelets (default: the cluster’s)',
	}),
	kubeletServerName: stringFlag('kubelet-server-name', 'NAME', {
		help: 'the name in the kubelets’ certificates',
	}),
	isKubeletInsecure: toggle('kubelet-insecure-tls', {help: 'accept any kubelet certificate'}),
	isInsecure: toggle('insecure-skip-tls-verify', {help: 'accept any certificate of all other servers'}),
} satisfies Rows<Access>;

const SCREEN = {
	theme: completed(
		choice('theme', 'NAME', ['auto', 'terminal', 'dark', 'light', 'colorblind'], {
			noun: 'theme',
			notes: {
				auto: 'light or dark as COLORFGBG says or the terminal answers, the default',
				terminal: 'its 16 colours',
			},
			help: '',
		}),
		(theme = 'auto', {environment}) => (theme === 'auto' ? defaultTheme(environment) : theme),
	),
	colors: completed(
		choice('colors', 'N', ['none', '16', '256', 'true'], {
			noun: 'number of colours',
			overrides: ['no-color'],
			help: ' (default: as the environment says)',
		}),
		(colors, {environment, isSet}) => (isSet('no-color') ? 'none' : (colors ?? colorDepthOf(environment))),
	),
	charts: withDefault(
		choice('charts', 'KIND', ['lines', 'braille'], {
			noun: 'kind of chart',
			notes: {lines: 'the default'},
			help: '',
		}),
		'lines',
	),
	hasMouse: completed(
		toggle('no-mouse', {help: 'leave the mouse to the terminal'}),
		hasNoMouse => hasNoMouse !== true,
	),
	isSpoken: toggle('screen-reader', {help: 'sentences instead of tables and charts'}),
	symbols: completed(
		toggle('ascii', {help: 'only ASCII characters (the default unless the locale is UTF-8)'}),
		(isAscii, {environment}) => (isAscii === true || !isUtf8(environment) ? 'ascii' : 'unicode'),
	),
} satisfies Rows<Omit<ScreenChoices, 'columns' | 'multiplexer'>>;

const DIAGNOSTICS = {
	logFile: stringFlag('log', 'FILE', {
		isCommandLineOnly: true,
		help: 'append to FILE what fails, recovers and reconnects, without secrets',
	}),
} satisfies Rows<Diagnostics>;

/** The flags of each group of options. */
export const OPTION_ROWS = {
	origin: ORIGIN,
	polling: POLLING,
	cluster: CLUSTER,
	selection: SELECTION,
	output: OUTPUT,
	recording: RECORDING,
	grant: GRANT,
	playback: PLAYBACK,
	access: ACCESS,
	screen: SCREEN,
	diagnostics: DIAGNOSTICS,
} as const;

/** Switches without an option of their own; other flags and `parseOptions` read them. */
const SWITCHES = {
	allNamespaces: {
		name: 'all-namespaces',
		short: 'A',
		help: 'all namespaces (the default)',
		overrides: ['namespace'],
	},
	json: {
		name: 'json',
		isCommandLineOnly: true,
		commands: ['run', 'doctor', 'replay'],
		help: 'the same as -o json',
		overrides: ['output'],
	},
	containers: {
		name: 'containers',
		commands: ['run', 'replay'],
		help: "containers instead of pods, with 'pods -o table'",
	},
	noColor: {
		name: 'no-color',
		commands: ['run', 'replay'],
		help: 'no colours (NO_COLOR does the same)',
		overrides: ['colors'],
	},
	help: {name: 'help', short: 'h', isCommandLineOnly: true, help: 'this text'},
	version: {name: 'version', isCommandLineOnly: true, help: 'the version'},
} as const satisfies Readonly<Record<string, Flag>>;

/** All flags, in the order of the help. */
export const SECTIONS: ReadonlyArray<{readonly title: string; readonly flags: readonly Flag[]}> = [
	{title: 'Sources and scraping', flags: [...Object.values(ORIGIN), ...Object.values(POLLING)]},
	{title: 'Cluster', flags: Object.values(CLUSTER)},
	{title: 'Rows', flags: [...Object.values(SELECTION), SWITCHES.allNamespaces]},
	{title: 'Output', flags: [...Object.values(OUTPUT), SWITCHES.json, SWITCHES.containers]},
	{title: 'Recording', flags: [...Object.values(RECORDING), ...Object.values(PLAYBACK)]},
	{title: 'Rights', flags: Object.values(GRANT)},
	{title: 'Access', flags: Object.values(ACCESS)},
	{title: 'Screen', flags: [...Object.values(SCREEN), SWITCHES.noColor]},
	{title: 'Other', flags: [...Object.values(DIAGNOSTICS), SWITCHES.help, SWITCHES.version]},
];

export const FLAGS: readonly Flag[] = SECTIONS.flatMap(({flags}) => flags);

function orProblem<Spec>(spec: Spec | {readonly problem: string}): Spec | FlagProblem {
	return typeof spec === 'object' && spec !== null && 'problem' in spec
		? new FlagProblem(spec.problem)
		: spec;
}

/** Whether the terminal shows Unicode. POSIX: the first of these variables that is not empty decides. */
function isUtf8(environment: Environment): boolean {
	const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
	return /utf-?8/i.test(locale) && environment.TERM !== 'linux' && environment.TERM !== 'dumb';
}
