import {createEndpoint} from '../../http/create-endpoint.ts';
import type {TlsOptions} from '../../http/endpoint.ts';
import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import type {ProcessReading} from '../../metrics/model/reading.ts';
import {isRecent} from '../../metrics/model/recent.ts';
import {remainingMs} from '../remaining-ms.ts';
import type {Scrape, ScrapeContext, Target} from '../target.ts';
import {cadvisorAnswerFailure} from './answer-failure.ts';
import {
	decodeMachine,
	decodeRootDevice,
	decodeVersion1,
	decodeVersion2,
	type MachineInfo,
} from './decode-answers.ts';
import {decodeProcesses} from './decode-processes.ts';
import {readHistory} from './read-history.ts';
import type {SampleHistory} from './sample-history.ts';

export type CadvisorOptions = {
	/** `http://10.0.0.7:8080`; may have a path and `user:password@`, which is sent as Basic and never shown. */
	readonly url: string;
	/** By default the address without the password. */
	readonly id?: string | undefined;
	/** By default the host of the address, since cAdvisor does not report the node name. */
	readonly name?: string | undefined;
	readonly now?: (() => number) | undefined;
	readonly tls?: TlsOptions | undefined;
	/** Takes precedence over a password in `url`. */
	readonly authorization?: (() => Promise<string | undefined>) | undefined;
};

type Fetch = (path: string) => Promise<Buffer>;

type ApiVersion = {
	readonly version: string;
	readonly machinePath: string;
	/** The path that returns the device of the root file system. */
	readonly rootPath: string | undefined;
	/** `count`: the number of samples per cgroup; API 1.3 always sends 60. */
	readonly history: (fetch: Fetch, count: number) => Promise<SampleHistory>;
};

/** Best first. API 1.3 reads the number of samples from the request body, which a GET does not have. */
const API_VERSIONS: readonly ApiVersion[] = [
	{
		version: 'v2.1',
		machinePath: '/api/v2.1/machine',
		rootPath: '/api/v2.1/storage?label=root',
		async history(fetch, count) {
			const [machine, stats] = await Promise.all([
				fetch(`/api/v2.1/machinestats?count=${count}`),
				fetch(`/api/v2.1/stats/?type=name&recursive=true&count=${count}`),
			]);
			return decodeVersion2(machine, stats);
		},
	},
	{
		version: 'v1.3',
		machinePath: '/api/v1.3/machine',
		rootPath: undefined,
		history: async fetch => decodeVersion1(await fetch('/api/v1.3/subcontainers/')),
	},
];

/** Samples of the first scrape: one minute of the two that cAdvisor keeps. */
const BACKFILL_SAMPLES = 60;

/** Samples of later scrapes: with only the newest, a rate covers the time since the previous scrape. */
const LATER_SAMPLES = 1;

/** 500 cgroups with 60 samples of 2 kB. */
const MAX_BODY_BYTES = 128 * 2 ** 20;

/** How often the machine is read: cores and memory rarely change. */
const MACHINE_MAX_AGE_MS = 3_600_000;

/** The number of scrapes with a worse route before the best one is tried again. */
const VISITS_BEFORE_RETRY = 30;

/**
 * Standalone cAdvisor samples a busy cgroup every second and an idle one every minute; in a kubelet it samples all
 * every 10 to 15 s. 5 s shows changes soon without many requests that return no new samples.
 */
const NATURAL_INTERVAL_MS = 5000;

/** Codes with which the other route would fail too, or take even longer. */
const FINAL: ReadonlySet<Failure['code']> = new Set([
	'aborted',
	'connection-lost',
	'forbidden',
	'name-not-found',
	'refused',
	'timeout',
	'too-large',
	'unauthorized',
	'unreachable',
	'usage',
]);

/** Codes that may mean that too many samples were requested for a slow network. */
const TOO_MUCH: ReadonlySet<Failure['code']> = new Set(['aborted', 'timeout', 'too-large']);

/**
 * Scrapes cAdvisor, standalone or in a kubelet before 1.12. Uses API 2.1, or else 1.3, and remembers which works. The
 * first scrape also returns the minute before it. Throws `KtopError` (`usage`) if `url` is invalid.
 */
export function cadvisorTarget(options: CadvisorOptions): Target {
	const url = parseUrl(options.url);
	const prefix = url.pathname.replace(/\/$/, '');
	const address = `${url.origin}${prefix}`;
	const basic = basicAuthorization(url);
	const endpoint = createEndpoint({
		origin: url.origin,
		words: {
			server: 'cAdvisor',
			caFlag: '--certificate-authority FILE',
			insecureFlag: '--insecure-skip-tls-verify',
			serverNameFlag: 'another host name in its URL',
		},
		tls: options.tls,
		authorization: options.authorization ?? (basic === undefined ? undefined : async () => basic),
		connections: 2,
	});
	const now = options.now ?? Date.now;
	let first = 0;
	let visitsLeft = 0;
	let degraded: Failure | undefined;
	let sinceMs: number | undefined;
	let count = BACKFILL_SAMPLES;
	let machine: {readonly info: MachineInfo; readonly readAtMs: number} | undefined;

	const read = async (
		route: ApiVersion,
		{signal, deadlineMs, processes: asked}: ScrapeContext,
	): Promise<Scrape> => {
		let latencyMs = 0;
		const fetch: Fetch = async path => {
			const answer = await endpoint.get(`${prefix}${path}`, {
				timeoutMs: remainingMs(deadlineMs),
				maxBytes: MAX_BODY_BYTES,
				accept: 'application/json',
				signal,
			});
			if (answer.status !== 200) {
				throw cadvisorAnswerFailure(address, path, answer);
			}

			latencyMs = Math.max(latencyMs, answer.latencyMs);
			return answer.body;
		};
		const startedAtMs = now();
		if (machine === undefined || !isRecent(machine.readAtMs, startedAtMs, MACHINE_MAX_AGE_MS)) {
			const body = await fetch(route.machinePath);
			const rootDevice = route.rootPath && (await readRootDevice(fetch, route.rootPath));
			machine = {info: decodeMachine(body, rootDevice), readAtMs: startedAtMs};
		}

		const history = await route.history(fetch, count).catch(error => {
			if (error instanceof KtopError && TOO_MUCH.has(error.code)) {
				// Request fewer samples next time, or a large node over a slow network would fail every time.
				count = LATER_SAMPLES;
			}

			throw error;
		});
		const {readings, newestMs} = readHistory(history, machine.info, {receivedAtMs: now(), sinceMs, count});
		sinceMs = newestMs;
		count = LATER_SAMPLES;
		const scrape = {route: {kind: 'cadvisor', version: route.version}, latencyMs} as const;
		const newest = readings.at(-1);
		if (asked?.() === undefined || newest === undefined) {
			return {...scrape, readings, degraded: undefined};
		}

		const {processes, failure} = await readProcesses(fetch);
		return {
			...scrape,
			readings: processes === undefined ? readings : [...readings.slice(0, -1), {...newest, processes}],
			degraded: failure,
		};
	};

	return {
		id: options.id ?? `cadvisor:${address}`,
		name: options.name ?? url.hostname,
		naturalIntervalMs: NATURAL_INTERVAL_MS,
		readsMoreWhenViewed: false,
		listsProcesses: true,
		async scrape(context) {
			if (visitsLeft-- <= 0) {
				first = 0;
				degraded = undefined;
			}

			const failures: KtopError[] = [];
			for (const [index, route] of API_VERSIONS.entries()) {
				if (index < first) {
					continue;
				}

				try {
					const scrape = await read(route, context);
					if (index !== first) {
						first = index;
						degraded = failures[0];
						visitsLeft = VISITS_BEFORE_RETRY;
					}

					return {...scrape, degraded: scrape.degraded ?? degraded};
				} catch (error) {
					if (!(error instanceof KtopError) || isFinal(error)) {
						throw error;
					}

					failures.push(error);
				}
			}

			// Try all routes next time.
			first = 0;
			degraded = undefined;
			throw failures[0] ?? unreadable(address);
		},
		close: endpoint.close,
	};
}

function isFinal({code}: KtopError): boolean {
	return FINAL.has(code) || code.startsWith('tls-');
}

/** Undefined if the request fails: the device is optional. */
async function readRootDevice(fetch: Fetch, path: string): Promise<string | undefined> {
	try {
		return decodeRootDevice(await fetch(path));
	} catch (error) {
		if (error instanceof KtopError && !isFinal(error)) {
			return undefined;
		}

		throw error;
	}
}

/** All versions of API 2 list processes alike. Those of the root are all of the machine. */
const PROCESSES_PATH = '/api/v2.0/ps/';

/** Never rejects only because processes are missing: `ps` fails for all where a name has a blank (cAdvisor before 0.40). */
async function readProcesses(fetch: Fetch): Promise<{
	readonly processes: readonly ProcessReading[] | undefined;
	readonly failure: Failure | undefined;
}> {
	try {
		const processes = decodeProcesses(await fetch(PROCESSES_PATH));
		return {processes, failure: processes === undefined ? NO_LIST : undefined};
	} catch (error) {
		if (!(error instanceof KtopError) || error.code === 'aborted') {
			throw error;
		}

		return {processes: undefined, failure: whyNotListed(error)};
	}
}

/** The error of a line of `ps` that has more fields than cAdvisor counts on. */
const SPLIT_NAME = /process listing failed: .*(?:strconv\.|expected at least)/;

function whyNotListed(error: KtopError): Failure {
	return SPLIT_NAME.test(error.message)
		? {
				code: 'unsupported',
				brief: 'old cAdvisor',
				message:
					'processes cannot be listed: cAdvisor before 0.40 fails while a process of the machine has a blank in its name',
				hint: 'update cAdvisor, or run ktop --source local on that machine',
			}
		: {...error.toFailure(), message: `processes cannot be listed: ${error.message}`};
}

const NO_LIST: Failure = {
	code: 'bad-answer',
	brief: 'not cAdvisor’s answer',
	message: 'processes cannot be listed: cAdvisor’s answer is no list of them',
	hint: 'check that this is the address of cAdvisor and not of a proxy',
};

function parseUrl(text: string): URL {
	// Does not quote the address, which may hold a password.
	const failure: Failure = {
		code: 'usage',
		brief: 'bad address',
		message: 'the address of cAdvisor is not an http or https URL',
		hint: 'use http://HOST:PORT',
	};
	let url: URL;
	try {
		url = new URL(text);
	} catch {
		throw new KtopError(failure);
	}

	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		throw new KtopError(failure);
	}

	return url;
}

/** The Authorization header (RFC 7617) for `user:password@` of an address. */
function basicAuthorization({username, password}: URL): string | undefined {
	return username === '' && password === ''
		? undefined
		: `Basic ${Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64')}`;
}

/** Decodes percent-encoding; text with an invalid `%` is used as it is. */
function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function unreadable(address: string): KtopError {
	return new KtopError({
		code: 'bad-answer',
		brief: 'no route',
		message: `cAdvisor ${address} has no API that ktop can read`,
		hint: 'check that this is the address of cAdvisor',
	});
}
