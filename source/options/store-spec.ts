import {parseDurationMs} from '../metrics/model/duration.ts';
import {parseAddress} from './address.ts';
import {parseSize} from './size.ts';
import {withoutSecrets} from './without-secrets.ts';

/** The login of a history store; files are read when connecting. */
export type LoginSpec =
	| {readonly kind: 'password'; readonly user: string; readonly password: string}
	| {readonly kind: 'password-file'; readonly user: string; readonly file: string}
	| {readonly kind: 'token'; readonly token: string}
	| {readonly kind: 'token-file'; readonly file: string};

type StoreAccess = {
	/** Without credentials and parameters; may hold a path prefix. */
	readonly url: string;
	readonly login: LoginSpec | undefined;
	readonly authorityFile: string | undefined;
	readonly isInsecure: boolean;
};

export type InfluxdbSpec = StoreAccess & {
	readonly kind: 'influxdb';
	readonly database: string;
	readonly retentionPolicy: string | undefined;
	/** The retention of a database that ktop has to create; 0 never deletes points. */
	readonly retentionMs: number;
	/** Whether to write Heapster's `withfields` schema. */
	readonly hasFields: boolean;
	readonly clusterName: string;
	/** The folder for points that the store has not accepted yet; undefined: ktop's default folder. */
	readonly spoolFolder: string | undefined;
	readonly spoolBytes: number;
};

export type PrometheusSpec = StoreAccess & {
	readonly kind: 'prometheus';
	readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
	readonly labels: {
		readonly node?: string;
		readonly namespace?: string;
		readonly pod?: string;
		readonly container?: string;
	};
	/** Additional label matchers, such as `cluster="prod"`. */
	readonly matchers: string | undefined;
	readonly scrapeIntervalMs: number;
};

export type FileSpec = {readonly kind: 'file'; readonly path: string};

export type HistorySpec = InfluxdbSpec | PrometheusSpec;
export type SinkSpec = InfluxdbSpec | FileSpec;

type Problem = {readonly problem: string};
type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_PORTS = {influxdb: 8086, prometheus: 9090} as const;

const LOGIN_PARAMETERS = ['user', 'u', 'password', 'pw', 'p', 'passwordfile', 'token', 'tokenfile'];
const SWITCHES: readonly string[] = ['insecure', 'insecuressl', 'withfields'];
const TRUST_PARAMETERS = ['ca', 'insecure', 'insecuressl'];
const PARAMETERS = {
	influxdb: [
		...LOGIN_PARAMETERS,
		...TRUST_PARAMETERS,
		'db',
		'rp',
		'retention',
		'withfields',
		'cluster_name',
		'spool',
		'spoolsize',
	],
	prometheus: [
		...LOGIN_PARAMETERS,
		...TRUST_PARAMETERS,
		'header',
		'node',
		'namespace',
		'pod',
		'container',
		'match',
		'interval',
	],
} as const;

/** The `--sink` URI of an InfluxDB, without credentials. */
export function influxdbUri(spec: Pick<InfluxdbSpec, 'url' | 'database'> & Partial<InfluxdbSpec>): string {
	const given = new URLSearchParams({db: spec.database});
	const add = (name: string, value: string | undefined): void => {
		if (value !== undefined) {
			given.set(name, value);
		}
	};
	add('rp', spec.retentionPolicy);
	add('retention', spec.retentionMs ? `${spec.retentionMs / 1000}s` : undefined);
	add('withfields', spec.hasFields === true ? 'true' : undefined);
	add('cluster_name', spec.clusterName === 'default' ? undefined : spec.clusterName);
	add('ca', spec.authorityFile);
	add('insecure', spec.isInsecure === true ? 'true' : undefined);
	add('spool', spec.spoolFolder);
	return `influxdb:${spec.url}?${given}`;
}

/** Parses `--history`: `influxdb:URL?db=k8s&…` or `prometheus:URL?…`. */
export function parseHistory(
	text: string,
	environment: Environment,
	named = '--history',
): HistorySpec | Problem {
	const spec = parseStore(text, named, 'influxdb:URL or prometheus:URL', environment);
	return 'problem' in spec || spec.kind !== 'file'
		? spec
		: {
				problem: `${named} ${withoutSecrets(text)}: a recording cannot be a history store; use ktop replay FILE`,
			};
}

/** Parses `--sink`: `influxdb:URL?db=k8s&…` (the format of Heapster's sink) or `file:PATH`. */
export function parseSink(text: string, environment: Environment, named = '--sink'): SinkSpec | Problem {
	const spec = parseStore(text, named, 'influxdb:URL or file:PATH', environment);
	return 'problem' in spec || spec.kind !== 'prometheus'
		? spec
		: {
				problem: `${named} ${withoutSecrets(text)}: Prometheus scrapes and cannot be written to; use influxdb:URL or file:PATH`,
			};
}

function parseStore(
	text: string,
	named: string,
	forms: string,
	environment: Environment,
): HistorySpec | FileSpec | Problem {
	const colon = text.indexOf(':');
	const kind = text.slice(0, Math.max(colon, 0));
	const address = text.slice(colon + 1);
	const shown = `${named} ${withoutSecrets(text)}`;
	switch (kind) {
		case 'file':
			return address === ''
				? {problem: `${shown}: the path is missing; write file:PATH`}
				: {kind, path: address};
		case 'influxdb':
		case 'prometheus': {
			const port = DEFAULT_PORTS[kind];
			const url = parseAddress(address, {
				scheme: 'http',
				port: protocol => (protocol === 'http:' ? port : undefined),
			});
			if (!(url instanceof URL) || url.hash !== '') {
				const cause = url instanceof URL ? 'an address cannot have “#”' : url.problem;
				return {problem: `${shown}: ${cause}; write ${kind}:http://HOST:${port}`};
			}

			const wrong = wrongParameter(url.searchParams, PARAMETERS[kind]);
			if (wrong !== undefined) {
				return {problem: `${shown}: ${wrong}`};
			}

			return kind === 'influxdb'
				? parseInfluxdb(url, shown, environment)
				: parsePrometheus(url, shown, environment);
		}

		default:
			return {problem: `${shown}: unknown store; use ${forms}`};
	}
}

/** The first invalid parameter. Only headers may repeat: of any other, one value would be ignored silently. */
function wrongParameter(given: URLSearchParams, known: readonly string[]): string | undefined {
	for (const name of new Set(given.keys())) {
		const values = given.getAll(name);
		const [value = ''] = values;
		if (!known.includes(name)) {
			return `unknown parameter “${name}”; use ${known.join(', ')}`;
		}

		if (values.length > 1 && name !== 'header') {
			return `${name}= is given more than once: keep one`;
		}

		if (value === '') {
			return `${name}= has no value: give one or leave it out`;
		}

		if (SWITCHES.includes(name) && !/^(?:true|false|1|0)$/.test(value)) {
			return `${name}= must be true or false`;
		}
	}

	return undefined;
}

function parseInfluxdb(url: URL, shown: string, environment: Environment): InfluxdbSpec | Problem {
	const {searchParams: given} = url;
	const access = parseAccess(url, environment, 'INFLUX');
	if ('problem' in access) {
		return {problem: `${shown}: ${access.problem}`};
	}

	const spoolBytes = parseSize(given.get('spoolsize') ?? '1GiB');
	if (spoolBytes === undefined) {
		return {problem: `${shown}: spoolsize=${given.get('spoolsize')} is not a size; write for example 512MiB`};
	}

	const retention = given.get('retention') ?? '0';
	const retentionMs = retention === '0' ? 0 : parseDurationMs(retention);
	if (retentionMs === undefined) {
		return {
			problem: `${shown}: retention=${retention} is not a duration; write for example 720h, or 0 for ever`,
		};
	}

	return {
		kind: 'influxdb',
		...access,
		database: given.get('db') || 'k8s',
		retentionPolicy: given.get('rp') || undefined,
		retentionMs,
		hasFields: isTrue(given.get('withfields')),
		clusterName: given.get('cluster_name') || 'default',
		spoolFolder: given.get('spool') || undefined,
		spoolBytes,
	};
}

function parsePrometheus(url: URL, shown: string, environment: Environment): PrometheusSpec | Problem {
	const {searchParams: given} = url;
	const access = parseAccess(url, environment, 'PROMETHEUS');
	if ('problem' in access) {
		return {problem: `${shown}: ${access.problem}`};
	}

	const interval = given.get('interval') ?? '30s';
	const scrapeIntervalMs = parseDurationMs(interval);
	if (scrapeIntervalMs === undefined || scrapeIntervalMs < 1000) {
		return {
			problem: `${shown}: interval=${interval} is not a scrape interval of 1s or more; write for example 30s`,
		};
	}

	const headers: Array<readonly [string, string]> = [];
	for (const header of given.getAll('header')) {
		const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):\s*([\x20-\x7E]*)$/.exec(header) ?? [];
		if (name === undefined || value === undefined) {
			return {problem: `${shown}: invalid header; write header=X-Scope-OrgID:prod`};
		}

		headers.push([name, value]);
	}

	const labels: Record<string, string> = {};
	for (const part of ['node', 'namespace', 'pod', 'container']) {
		const label = given.get(part);
		if (label !== null && !/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)) {
			return {problem: `${shown}: ${part}=${label} is not a label name; use letters, digits and _`};
		}

		if (label !== null) {
			labels[part] = label;
		}
	}

	return {
		kind: 'prometheus',
		...access,
		headers,
		labels,
		matchers: given.get('match') || undefined,
		scrapeIntervalMs,
	};
}

/** Credentials from the URL, its parameters or the environment, in this order, and the trusted authority. */
function parseAccess(
	url: URL,
	environment: Environment,
	prefix: 'INFLUX' | 'PROMETHEUS',
): StoreAccess | Problem {
	const {searchParams: given} = url;
	const first = (...names: readonly string[]): string | undefined =>
		names.map(name => given.get(name)).find(value => value !== null && value !== '') ?? undefined;
	const user = decode(url.username) || first('user', 'u') || environment[`${prefix}_USERNAME`] || undefined;
	const password =
		decode(url.password) || first('password', 'pw', 'p') || environment[`${prefix}_PASSWORD`] || undefined;
	const passwordFile = first('passwordfile');
	const token = first('token') ?? (environment[`${prefix}_TOKEN`] || undefined);
	const tokenFile = first('tokenfile');
	if (user === undefined && (password !== undefined || passwordFile !== undefined)) {
		return {problem: 'a password needs a user; add user=NAME'};
	}

	const login: LoginSpec | undefined =
		tokenFile !== undefined
			? {kind: 'token-file', file: tokenFile}
			: user !== undefined && passwordFile !== undefined
				? {kind: 'password-file', user, file: passwordFile}
				: user !== undefined
					? {kind: 'password', user, password: password ?? ''}
					: token !== undefined
						? {kind: 'token', token}
						: undefined;
	return {
		url: `${url.origin}${url.pathname.replace(/\/$/, '')}`,
		login,
		authorityFile: first('ca'),
		isInsecure: isTrue(first('insecure', 'insecuressl')),
	};
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function isTrue(text: string | null | undefined): boolean {
	return text === 'true' || text === '1';
}
