import {createEndpoint} from '../../http/create-endpoint.ts';
import type {TlsOptions} from '../../http/endpoint.ts';
import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import type {Scrape, Target} from '../target.ts';
import {answerFailure} from './answer-failure.ts';
import {
	decodeMachine,
	decodeRootDevice,
	decodeVersion1,
	decodeVersion2,
	type MachineInfo,
} from './decode-answers.ts';
import {readHistory} from './read-history.ts';
import type {SampleHistory} from './sample-history.ts';

export type CadvisorOptions = {
	/** `http://10.0.0.7:8080`; may hold `user:password@`, which is sent as Basic and never shown, and a path. */
	readonly url: string;
	/** For one request, 10 s unless told otherwise; the poller bounds the visit as a whole. */
	readonly timeoutMs?: number | undefined;
	/** Unless told otherwise made of the address, without a password. */
	readonly id?: string | undefined;
	/** Unless told otherwise the address's host, since cAdvisor does not know the node's name. */
	readonly name?: string | undefined;
	readonly now?: (() => number) | undefined;
	readonly tls?: TlsOptions | undefined;
	/** Goes before a password in `url`. */
	readonly authorization?: (() => Promise<string | undefined>) | undefined;
};

type Fetch = (path: string) => Promise<Buffer>;

type Route = {
	readonly name: string;
	readonly machinePath: string;
	/** Where it says which device the root file system is on. */
	readonly rootPath: string | undefined;
	/** `count`: how many samples of each cgroup are wanted; version 1.3 sends 60 whatever is wanted. */
	readonly history: (fetch: Fetch, count: number) => Promise<SampleHistory>;
};

/** Best first. Version 1.3 takes the number of samples only in a request's body, which a GET has not. */
const ROUTES: readonly Route[] = [
	{
		name: 'cadvisor v2.1',
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
		name: 'cadvisor v1.3',
		machinePath: '/api/v1.3/machine',
		rootPath: undefined,
		history: async fetch => decodeVersion1(await fetch('/api/v1.3/subcontainers/')),
	},
];

/** cAdvisor keeps two minutes; a minute of it fills the first screen. */
const BACKFILL_SAMPLES = 60;

/** The newest alone: a rate then spans the whole time since the visit before, not just cAdvisor's last step. */
const LATER_SAMPLES = 1;

/** 500 cgroups with 60 samples of 2 kB each. */
const MAX_BODY_BYTES = 128 * 2 ** 20;

/** Cores and memory change only with the machine. */
const MACHINE_MAX_AGE_MS = 3_600_000;

/** How many visits the lesser route is kept for before the best one is tried again. */
const VISITS_BEFORE_RETRY = 30;

/**
 * cAdvisor alone samples a busy cgroup once a second and an idle one once a minute, inside a kubelet all every 10 to
 * 15 s: at 5 s a change shows soon, and no more than every other request finds nothing new in the slowest of the usual.
 */
const NATURAL_INTERVAL_MS = 5000;

const TIMEOUT_MS = 10_000;

/** The same on every route, or worse on the next: no use in asking again. */
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

/** What may come of asking for more samples than the way there can carry in time. */
const TOO_MUCH: ReadonlySet<Failure['code']> = new Set(['aborted', 'timeout', 'too-large']);

/**
 * A cAdvisor, standing alone or inside a kubelet before 1.12. It asks by version 2.1 of the API, where that fails by
 * 1.3, and remembers what worked. The first visit brings the minute before it too. Throws `KtopError` (`usage`) where
 * `url` is no address.
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
			serverNameFlag: 'another host name in its address',
		},
		tls: options.tls,
		authorization: options.authorization ?? (basic === undefined ? undefined : async () => basic),
		connections: 2,
	});
	const now = options.now ?? Date.now;
	const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
	let first = 0;
	let visitsLeft = 0;
	let degraded: Failure | undefined;
	let sinceMs: number | undefined;
	let count = BACKFILL_SAMPLES;
	let machine: {readonly info: MachineInfo; readonly readAtMs: number} | undefined;

	const read = async (route: Route, signal: AbortSignal): Promise<Scrape> => {
		let latencyMs = 0;
		const fetch: Fetch = async path => {
			const answer = await endpoint.get(`${prefix}${path}`, {
				timeoutMs,
				maxBytes: MAX_BODY_BYTES,
				accept: 'application/json',
				signal,
			});
			if (answer.status !== 200) {
				throw answerFailure(address, path, answer);
			}

			latencyMs = Math.max(latencyMs, answer.latencyMs);
			return answer.body;
		};
		const startedAtMs = now();
		if (machine === undefined || startedAtMs - machine.readAtMs >= MACHINE_MAX_AGE_MS) {
			const body = await fetch(route.machinePath);
			const rootDevice = route.rootPath && (await readRootDevice(fetch, route.rootPath));
			machine = {info: decodeMachine(body, rootDevice), readAtMs: startedAtMs};
		}

		const history = await route.history(fetch, count).catch(error => {
			if (error instanceof KtopError && TOO_MUCH.has(error.code)) {
				// A big node over a slow link would never be read if every visit asked for the same again.
				count = LATER_SAMPLES;
			}

			throw error;
		});
		const {readings, newestMs} = readHistory(history, machine.info, {receivedAtMs: now(), sinceMs, count});
		sinceMs = newestMs;
		count = LATER_SAMPLES;
		return {readings, route: route.name, latencyMs, degraded: undefined};
	};

	return {
		id: options.id ?? `cadvisor:${address}`,
		name: options.name ?? url.hostname,
		naturalIntervalMs: NATURAL_INTERVAL_MS,
		async scrape(signal) {
			if (visitsLeft-- <= 0) {
				first = 0;
				degraded = undefined;
			}

			const failures: KtopError[] = [];
			for (const [index, route] of ROUTES.entries()) {
				if (index < first) {
					continue;
				}

				try {
					const scrape = await read(route, signal);
					if (index !== first) {
						first = index;
						degraded = failures[0];
						visitsLeft = VISITS_BEFORE_RETRY;
					}

					return {...scrape, degraded};
				} catch (error) {
					if (!(error instanceof KtopError) || isFinal(error)) {
						throw error;
					}

					failures.push(error);
				}
			}

			// All routes are tried anew next time: the one that worked may be the one that broke.
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

/** Undefined where this cAdvisor cannot tell: that is no reason to go without all the rest. */
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

function parseUrl(text: string): URL {
	// An address that cannot be read may still hold a password, so it is not repeated.
	const failure: Failure = {
		code: 'usage',
		brief: 'bad address',
		message: 'the address of cAdvisor is no http or https URL',
		hint: 'write it as http://HOST:PORT',
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

/** `user:password@` of an address as an Authorization header (RFC 7617). */
function basicAuthorization({username, password}: URL): string | undefined {
	return username === '' && password === ''
		? undefined
		: `Basic ${Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64')}`;
}

/** A password with a lone `%` in it was not encoded. */
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
		message: `cAdvisor ${address} offers nothing that ktop can read`,
		hint: 'check that the address is cAdvisor’s',
	});
}
