import {once} from 'node:events';
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
	/** Resolves after `ms` or when the signal aborts; never throws. */
	readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
	readonly signal: AbortSignal;
	/** Whether what is listed is read once, and needs no watch. */
	readonly isOnce: boolean;
	/** Called after each answer or event: the region is up to date. */
	readonly onContact: () => void;
	/** Called when a list is complete. */
	readonly onListed: () => void;
	/** Called when the region may be out of date. The reflector retries by itself. */
	readonly onFailure: (failure: Failure) => void;
	/** Called if list is allowed but watch is not. */
	readonly onUnwatchable: (failure: Failure) => void;
	/** Called when the server accepts a watch. */
	readonly onWatching: () => void;
};

/** Lists again after this many failed watches in a row without an event. */
const maxWatchFailures = 3;

/**
 * Keeps a region equal to a collection of the API server, like the Reflector of client-go. Lists the collection and
 * watches it from that version. Reopens the watch from the last version if the connection ends, breaks or is idle.
 * Lists again if that version is too old (410) or watches keep failing. Keeps all items while a list is pending or fails.
 * With `isOnce` the first list is all.
 *
 * Resolves when the signal aborts.
 */
export async function reflect<Item>(options: ReflectorOptions<Item>): Promise<void> {
	const {tuning, random, sleep, signal} = options;
	const backOff = createBackOff({minMs: tuning.backOffMinMs, maxMs: tuning.backOffMaxMs, random});
	let hasListed = false;
	const memory = {isWatchable: false};
	while (!signal.aborted) {
		try {
			const from = await listInto(options);
			if (signal.aborted) {
				break;
			}
			hasListed = true;
			options.onContact();
			options.onListed();
			if (options.isOnce) {
				await once(signal, 'abort');
				break;
			}
			await sleep(await follow(options, from, backOff, memory), signal);
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

/** Where a list ended. */
type WatchStart = Omit<Listing<unknown>, 'items'>;

/**
 * Lists once and fills the region. A function of its own, since a function that waits keeps all of its variables: what
 * was listed, and is long replaced, as long as the watch lasts.
 */
async function listInto<Item>({
	reader,
	target,
	decode,
	region,
	tuning,
	signal,
}: ReflectorOptions<Item>): Promise<WatchStart> {
	const {items, ...from} = await listCollection(reader, target, {
		decode,
		pageSize: tuning.pageSize,
		timeoutMs: tuning.listTimeoutMs,
		maxPageBytes: tuning.maxPageBytes,
		signal,
	});
	if (!signal.aborted) {
		await region.replace(items);
	}
	return from;
}

/** Watches until a new list is needed; resolves with the delay before that list in milliseconds. */
async function follow<Item>(
	options: ReflectorOptions<Item>,
	from: WatchStart,
	backOff: BackOff,
	/** Whether the last watch was accepted. */
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
	let {resourceVersion} = from;
	let failures = 0;
	while (!signal.aborted) {
		const before = resourceVersion;
		try {
			await watchOnce(watched, resourceVersion, version => {
				resourceVersion = version;
				failures = 0;
				backOff.reset();
			});
			if (!from.isConsistent) {
				return 0;
			}
			// Back off if the server closed the watch without any event.
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
				// A server that is starting may forbid what it allowed before: watch again after the next list.
				memory.isWatchable = false;
				options.onFailure(failure);
				return backOff.next(failure.retryAfterMs);
			}
			failures += 1;
			// One idle timeout is not a failure: a server without bookmarks sends nothing in a quiet cluster.
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

/** Whether the API server does not allow or support watch. An answer of a firewall does not count. */
function isUnwatchable({status, code}: ApiError): boolean {
	return status === 405 || code === 'forbidden' || code === 'not-found';
}

function retryAfterOf(failure: KtopError): number | undefined {
	return failure instanceof ApiError ? failure.retryAfterMs : undefined;
}

/** Rethrows unexpected errors: they are defects and must not look like network failures. */
function expected(error: unknown): KtopError {
	if (error instanceof KtopError) {
		return error;
	}
	throw error;
}
