import {columnsOf} from '../metrics/columns/columns.ts';
import {type Column, isText} from '../metrics/model/column.ts';
import type {NodeAddressType} from '../metrics/model/inventory.ts';
import type {Row} from '../metrics/model/row.ts';
import {parseFilter} from '../metrics/view/filter.ts';
import {colorDepthOf} from './color-depth.ts';
import {
	choice,
	completed,
	duration,
	type Environment,
	type Flag,
	HOUR_MS,
	list,
	MINUTE_MS,
	type OptionFlag,
	Problem,
	single,
	text,
	toggle,
	withDefault,
} from './flag.ts';
import {LIST_LEVELS} from './levels.ts';
import type {
	Access,
	ClusterChoice,
	Grant,
	Origin,
	Output,
	Playback,
	Polling,
	Recording,
	ScreenChoices,
	Selection,
} from './options.ts';
import {parseListen, parseShard} from './shard.ts';
import {parseSource} from './source-spec.ts';
import {parseHistory, parseSink} from './store-spec.ts';

/** A row for every option of a group, under the option's name. */
export type Rows<Group> = {readonly [Key in keyof Group]: OptionFlag<Group[Key]>};

const ORIGIN = {
	sources: list(
		'source',
		'URI',
		{
			help: 'what to read; may repeat (default: the cluster of the kubeconfig or of the pod around, else this machine)',
		},
		(given, named) => orProblem(parseSource(given, named)),
	),
	history: single(
		'history',
		'URI',
		{help: 'the store that knows the past: influxdb:URL?db=k8s or prometheus:URL'},
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

const POLLING = {
	intervalMs: duration('interval', 500, HOUR_MS, {
		help: 'time between reads, 500ms to 1h; 10 is 10s (default 2s here, 10s for kubelets)',
	}),
	windowMs: withDefault(
		duration('window', MINUTE_MS, 24 * HOUR_MS, {
			help: 'how much of the past is kept, 1m to 24h (default 15m)',
		}),
		15 * MINUTE_MS,
	),
	requestTimeoutMs: withDefault(
		duration('request-timeout', 100, 10 * MINUTE_MS, {
			help: 'how long a node may take to answer (default 10s)',
		}),
		10_000,
	),
	via: withDefault(
		choice('via', 'WAY', ['auto', 'direct', 'proxy'], {
			noun: 'way',
			notes: {direct: 'to kubelets alone', proxy: 'of the API server, needs nodes/proxy'},
			help: '; auto takes the proxy where no direct way works',
		}),
		'auto',
	),
	addressTypes: {
		...single(
			'kubelet-address-types',
			'LIST',
			{help: `addresses of nodes to use, best first (default: ${ADDRESS_TYPES.join(', ')})`},
			(given, named): readonly NodeAddressType[] | Problem => {
				const words = given.split(',').map(word => word.trim());
				const wrong = words.find(word => !ADDRESS_TYPES.some(type => type === word));
				return wrong === undefined
					? words.flatMap(word => ADDRESS_TYPES.filter(type => type === word))
					: new Problem(`${named} ${given}: “${wrong}” is none; use ${ADDRESS_TYPES.join(', ')}`);
			},
		),
		choices: ADDRESS_TYPES,
	},
} satisfies Rows<Polling>;

const CLUSTER = {
	kubeconfig: text('kubeconfig', 'FILE', {help: 'the kubeconfig (default $KUBECONFIG, ~/.kube/config)'}),
	context: text('context', 'NAME', {help: 'the context of the kubeconfig'}),
	cluster: text('cluster', 'NAME', {help: 'the cluster of the kubeconfig'}),
	user: text('user', 'NAME', {help: 'the user of the kubeconfig'}),
	server: text('server', 'URL', {short: 's', help: 'the address of the API server'}),
	tlsServerName: text('tls-server-name', 'NAME', {help: 'the name in the API server’s certificate'}),
	as: text('as', 'USER', {help: 'act as another user'}),
	asGroups: list('as-group', 'GROUP', {help: 'act as a member of a group; may repeat'}, given => given),
	asUid: text('as-uid', 'UID', {help: 'act with a uid'}),
} satisfies Rows<ClusterChoice>;

const SELECTION = {
	sort: single(
		'sort',
		'COLUMN',
		{help: 'sort by a column; +COLUMN smallest first (default cpu)'},
		(given, named, {level, given: other}) => {
			const id = given.replace(/^[+-]/, '');
			const columns: ReadonlyArray<Column<Row>> = columnsOf(level);
			const column = columns.find(candidate => candidate.id === id);
			if (column !== undefined) {
				// Text reads from A on, numbers from the largest on, unless a sign says otherwise.
				return {
					column: id,
					isDescending: given.startsWith('-') || (!given.startsWith('+') && !isText(column.unit)),
				};
			}

			// A setting holds for the levels that have the column.
			return other('sort').origin === 'config-file' &&
				LIST_LEVELS.some(one => columnsOf(one).some(column => column.id === id))
				? undefined
				: new Problem(
						`${named} ${given}: ${level} have no such column; use ${columns.map(({id: known}) => known).join(', ')}`,
					);
		},
	),
	filter: single(
		'filter',
		'EXPR',
		{help: "rows that match, as in 'web !test cpu>500m status:Run label:app=web'"},
		(given, named, {level}) => {
			const filter = parseFilter<Row>(given, columnsOf(level));
			return filter.kind === 'problem' ? new Problem(`${named} ${given}: ${filter.problem}`) : given;
		},
	),
	namespace: single(
		'namespace',
		'NS',
		{short: 'n', help: 'pods and containers of one namespace', overrides: ['all-namespaces']},
		(given, named, {isSet}) => {
			if (isSet('all-namespaces')) {
				return undefined;
			}

			return /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/.test(given)
				? given
				: new Problem(
						`${named} ${given}: this is no namespace; names are lower-case letters, digits and dashes`,
					);
		},
	),
	selector: text('selector', 'LABELS', {short: 'l', help: 'pods with these labels, as for kubectl'}),
	nodeName: text('node', 'NAME', {help: 'one node of the cluster and its pods'}),
} satisfies Rows<Omit<Selection, 'level'>>;

const OUTPUT = {
	format: completed(
		choice('output', 'FORMAT', ['json', 'ndjson', 'csv', 'table'], {
			short: 'o',
			noun: 'format',
			help: ', instead of the screen',
		}),
		(format, {isSet}) => format ?? (isSet('json') ? 'json' : undefined),
	),
	isWatching: completed(
		toggle('watch', {short: 'w', isNoSetting: true, help: 'keep printing, once an interval'}),
		(isWatching, {isSet}) => isWatching === true || isSet('count'),
	),
	count: single(
		'count',
		'N',
		{isNoSetting: true, help: 'end after N snapshots, one an interval as with -w'},
		(given, named) => {
			const count = /^\d+$/.test(given) ? Number(given) : 0;
			return Number.isSafeInteger(count) && count >= 1
				? count
				: new Problem(`${named} ${given}: it must be a whole number from 1 on`);
		},
	),
} satisfies Rows<Output>;

const RECORDING = {
	sinks: list(
		'sink',
		'URI',
		{
			isNoSetting: true,
			commands: ['record', 'rbac'],
			help: 'where ktop record writes: influxdb:URL?db=k8s or file:PATH; may repeat',
		},
		(given, named, {environment}) => orProblem(parseSink(given, environment, named)),
	),
	shard: single(
		'shard',
		'I/N',
		{
			isNoSetting: true,
			commands: ['record', 'rbac'],
			help: 'read part I (from 0) of N of the nodes; I may be a StatefulSet pod’s name',
		},
		(given, named) =>
			parseShard(given) ??
			new Problem(`${named} ${given}: this is no part; write 0/3, 1/3 and 2/3 for three recorders`),
	),
	listen: single(
		'listen',
		'[HOST]:PORT',
		{isNoSetting: true, commands: ['record'], help: 'answer /healthz and /metrics while recording'},
		(given, named) =>
			parseListen(given) ??
			new Problem(`${named} ${given}: this is no address; write :8082 or 127.0.0.1:8082`),
	),
	isForRecording: toggle('record', {
		isNoSetting: true,
		commands: ['rbac'],
		help: 'with ktop rbac: the manifest of a recorder',
	}),
	image: text('image', 'IMAGE', {
		isNoSetting: true,
		commands: ['rbac'],
		help: 'with ktop rbac --record: the image (default: the published one)',
	}),
} satisfies Rows<Recording>;

const GRANT = {
	users: list(
		'for-user',
		'USER',
		{isNoSetting: true, commands: ['rbac'], help: 'give the rights to this user; may repeat'},
		given => given,
	),
	groups: list(
		'for-group',
		'GROUP',
		{isNoSetting: true, commands: ['rbac'], help: 'give the rights to this group; may repeat'},
		given => given,
	),
} satisfies Rows<Grant>;

const PLAYBACK = {
	speed: withDefault(
		single(
			'speed',
			'N',
			{isNoSetting: true, commands: ['replay'], help: 'replay N times as fast (default 1)'},
			(given, named) => {
				const speed = /^\d+(?:\.\d+)?x?$/.test(given) ? Number.parseFloat(given) : 0;
				return speed >= 0.01 && speed <= 100_000
					? speed
					: new Problem(`${named} ${given}: it must be a number from 0.01 to 100000`);
			},
		),
		1,
	),
} satisfies Rows<Playback>;

const ACCESS = {
	tokenFile: text('token-file', 'FILE', {
		overrides: ['token'],
		help: 'bearer token, read again when it is rotated',
	}),
	token: completed(
		text('token', 'TOKEN', {
			overrides: ['token-file'],
			help: 'bearer token (better KTOP_TOKEN: arguments are public)',
		}),
		(given, {environment, isSet}) => {
			// A file that was named goes before the environment.
			const token = given ?? (isSet('token-file') ? undefined : environment.KTOP_TOKEN || undefined);
			return token !== undefined && /[^\x21-\x7E]/.test(token)
				? new Problem('the token holds characters that no token has: check --token or KTOP_TOKEN')
				: token;
		},
	),
	clientCertificateFile: text('client-certificate', 'FILE', {
		help: 'PEM certificate to prove who you are',
	}),
	clientKeyFile: text('client-key', 'FILE', {help: 'PEM key of that certificate'}),
	authorityFile: text('certificate-authority', 'FILE', {
		help: 'PEM authority of the API server or cAdvisor',
	}),
	kubeletAuthorityFile: text('kubelet-ca', 'FILE', {
		help: 'PEM authority that signed the kubelets’ certificates (default: the cluster’s)',
	}),
	kubeletServerName: text('kubelet-server-name', 'NAME', {help: 'the name in the kubelet’s certificate'}),
	isKubeletInsecure: toggle('kubelet-insecure-tls', {help: 'accept any kubelet certificate'}),
	isInsecure: toggle('insecure-skip-tls-verify', {help: 'accept any certificate of other servers'}),
} satisfies Rows<Access>;

const SCREEN = {
	theme: withDefault(
		choice('theme', 'NAME', ['terminal', 'dark', 'light', 'colorblind'], {
			noun: 'theme',
			notes: {terminal: 'its own 16 colours, the default'},
			help: '',
		}),
		'terminal',
	),
	colors: completed(
		choice('colors', 'N', ['none', '16', '256', 'true'], {
			noun: 'number of colours',
			overrides: ['no-color'],
			help: ' (default: what the terminal says of itself)',
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
	isSpoken: toggle('screen-reader', {help: 'sentences in place of tables and charts'}),
	symbols: completed(
		toggle('ascii', {help: 'no characters but ASCII (the default unless the locale is UTF-8)'}),
		(isAscii, {environment}) => (isAscii === true || !isUtf8(environment) ? 'ascii' : 'unicode'),
	),
} satisfies Rows<Omit<ScreenChoices, 'columns' | 'multiplexer'>>;

/** The rows of each group of options. */
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
} as const;

/** Switches that are no option of their own: other rows and the command look at them. */
const SWITCHES = {
	allNamespaces: {
		name: 'all-namespaces',
		short: 'A',
		help: 'all namespaces (the default)',
		overrides: ['namespace'],
	},
	json: {name: 'json', isNoSetting: true, help: 'the same as -o json', overrides: ['output']},
	containers: {name: 'containers', help: "containers instead of pods, with 'pods -o table'"},
	noColor: {name: 'no-color', help: 'no colours (NO_COLOR does the same)', overrides: ['colors']},
	help: {name: 'help', short: 'h', isNoSetting: true, help: 'this text'},
	version: {name: 'version', isNoSetting: true, help: 'the version'},
} as const satisfies Readonly<Record<string, Flag>>;

/** All flags, as the help shows them. */
export const SECTIONS: ReadonlyArray<{readonly title: string; readonly flags: readonly Flag[]}> = [
	{title: 'Where the numbers come from', flags: [...Object.values(ORIGIN), ...Object.values(POLLING)]},
	{title: 'Which cluster', flags: Object.values(CLUSTER)},
	{title: 'What is shown', flags: [...Object.values(SELECTION), SWITCHES.allNamespaces]},
	{title: 'Output', flags: [...Object.values(OUTPUT), SWITCHES.json, SWITCHES.containers]},
	{title: 'Recording', flags: [...Object.values(RECORDING), ...Object.values(PLAYBACK)]},
	{title: 'Rights', flags: Object.values(GRANT)},
	{title: 'Access', flags: Object.values(ACCESS)},
	{title: 'Screen', flags: [...Object.values(SCREEN), SWITCHES.noColor]},
	{title: 'Other', flags: [SWITCHES.help, SWITCHES.version]},
];

export const FLAGS: readonly Flag[] = SECTIONS.flatMap(({flags}) => flags);

function orProblem<Spec>(spec: Spec | {readonly problem: string}): Spec | Problem {
	return typeof spec === 'object' && spec !== null && 'problem' in spec ? new Problem(spec.problem) : spec;
}

/** POSIX: the first of these that is set and not empty says which characters the terminal shows. */
function isUtf8(environment: Environment): boolean {
	const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
	return /utf-?8/i.test(locale) && environment.TERM !== 'linux' && environment.TERM !== 'dumb';
}
