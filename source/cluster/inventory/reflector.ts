import {type Failure, KtopError} from '../../metrics/model/failure.ts';
import {ApiError} from './api-error.ts';
import type {ApiReader} from './api-reader.ts';
import {type BackOff, createBackOff} from './back-off.ts';
import type {StoreRegion} from './collection-store.ts';
import {type Listing, listCollection} from './list.ts';
import type {CollectionTarget} from './target.ts';
import type {Tuning} from './tuning.ts';
import {watchCollection} from './watch.ts';

export type ReflectorOptions<Item> = {
	readonly reader: ApiReader;
	readonly target: CollectionTarget;
	readonly decode: (object: unknown) => Item | undefined;
	readonly region: StoreRegion<Item>;
	readonly tuning: Tuning;
	readonly random: () => number;
	/** Resolves after so long, or as soon as the signal aborts; never throws. */
	readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
	readonly signal: AbortSignal;
	/** What is held is what the server has, as far as the connection tells. */
	readonly onContact: () => void;
	/** A list was read to its end. */
	readonly onListed: () => void;
	/** What is held may be out of date, and why. Another try follows by itself. */
	readonly onFailure: (failure: Failure) => void;
	/** There is a right to list and none to watch. */
	readonly onUnwatchable: (failure: Failure) => void;
	/** The server takes a watch. */
	readonly onWatching: () => void;
};

/** How many watches in a row may fail, with nothing learnt between, before the list is read again. */
const maxWatchFailures = 3;

/**
 * Keeps a region equal to a collection of the API server: lists it, watches from there on, opens the watch anew from
 * the last version known when the connection ends, breaks or goes silent, and lists again when that version is too
 * old (410) or watching keeps failing. Nothing it holds is dropped while a list is under way or failing, refused or not.
 *
 * Ends when the signal aborts.
 */
export async function reflect<Item>(options: ReflectorOptions<Item>): Promise<void> {
	const {reader, target, decode, region, tuning, random, sleep, signal} = options;
	const backOff = createBackOff({minMs: tuning.backOffMinMs, maxMs: tuning.backOffMaxMs, random});
	let hasListed = false;
	const memory = {isWatchable: false};
	while (!signal.aborted) {
		try {
			const listing = await listCollection(reader, target, {
				decode,
				pageSize: tuning.pageSize,
				timeoutMs: tuning.listTimeoutMs,
				maxPageBytes: tuning.maxPageBytes,
				signal,
			});
			if (signal.aborted) {
				break;
			}
			hasListed = true;
			region.replace(listing.items);
			options.onContact();
			options.onListed();
			await sleep(await follow(options, listing, backOff, memory), signal);
		} catch (error) {
			if (signal.aborted) {
				break;
			}
			const failure = expected(error);
			options.onFailure(failure);
			const wasNeverAllowed = failure.code === 'forbidden' && !hasListed;
			const atMostMs = wasNeverAllowed ? tuning.refusedBackOffMaxMs : tuning.backOffMaxMs;
			await sleep(backOff.next(retryAfterOf(failure), atMostMs), signal);
		}
	}
}

/** Watches for as long as that works; then resolves with how long to wait before the next list. */
async function follow<Item>(
	options: ReflectorOptions<Item>,
	listing: Listing<Item>,
	backOff: BackOff,
	/** Whether the server took a watch, and has refused none since. */
	memory: {isWatchable: boolean},
): Promise<number> {
	const {sleep, signal, tuning} = options;
	const watched: ReflectorOptions<Item> = {
		...options,
		onWatching: () => {
			memory.isWatchable = true;
			options.onWatching();
		},
	};
	let {resourceVersion} = listing;
	let failures = 0;
	while (!signal.aborted) {
		const before = resourceVersion;
		try {
			await watchOnce(watched, resourceVersion, version => {
				resourceVersion = version;
				failures = 0;
				backOff.reset();
			});
			if (!listing.isConsistent) {
				return 0;
			}
			// A server that closes at once, with nothing said, must not be asked again at once.
			if (resourceVersion === before) {
				await sleep(backOff.next(), signal);
			}
		} catch (error) {
			if (signal.aborted) {
				break;
			}
			const failure = expected(error);
			if (failure instanceof ApiError && failure.status === 410) {
				return backOff.next(failure.retryAfterMs);
			}
			if (failure instanceof ApiError && isUnwatchable(failure)) {
				if (!memory.isWatchable) {
					options.onUnwatchable(failure);
					return tuning.pollMs;
				}
				// What was allowed may be refused by a server that is starting: after the next list it is tried again.
				memory.isWatchable = false;
				options.onFailure(failure);
				return backOff.next(failure.retryAfterMs);
			}
			failures += 1;
			// Silence is no failure in itself: a server without bookmarks has nothing to say about a quiet cluster.
			if (failure.code !== 'timeout' || failures > 1) {
				options.onFailure(failure);
			}
			if (failures >= maxWatchFailures) {
				return backOff.next(retryAfterOf(failure));
			}
			await sleep(backOff.next(retryAfterOf(failure)), signal);
		}
	}
	return 0;
}

async function watchOnce<Item>(
	{reader, target, decode, region, tuning, random, signal, onContact, onWatching}: ReflectorOptions<Item>,
	resourceVersion: string,
	onProgress: (resourceVersion: string) => void,
): Promise<void> {
	const timeoutSeconds = Math.round(tuning.watchSeconds * (1 + random()));
	const {idleTimeoutMs, maxLineBytes} = tuning;
	const events = watchCollection(reader, target, {
		decode,
		resourceVersion,
		timeoutSeconds,
		idleTimeoutMs,
		maxLineBytes,
		signal,
	});
	for await (const event of events) {
		if (signal.aborted) {
			return;
		}
		if (event.kind === 'opened') {
			onWatching();
		} else if (event.kind === 'put') {
			region.put(event.item);
		} else if (event.kind === 'remove') {
			region.remove(event.item);
		}
		if (event.kind !== 'opened') {
			onProgress(event.resourceVersion);
		}
		onContact();
	}
}

/** Forbidden, no such verb, or a server so old that it does not know the method; not what a firewall refuses. */
function isUnwatchable({status, code}: ApiError): boolean {
	return status === 405 || code === 'forbidden' || code === 'not-found';
}

function retryAfterOf(failure: KtopError): number | undefined {
	return failure instanceof ApiError ? failure.retryAfterMs : undefined;
}

/** Anything that was not thrown on purpose is a defect and must not pass for a bad network. */
function expected(error: unknown): KtopError {
	if (error instanceof KtopError) {
		return error;
	}
	throw error;
}
