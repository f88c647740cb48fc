import type {ClusterModel} from '../model/cluster.ts';
import {selectItems, withKind} from './collection.ts';
import type {Item} from './item.ts';
import {forgotten, isForgotten, readResourceVersion} from './resource-version.ts';
import type {ObjectSelection} from './selection.ts';
import {type StatusError, statusObject} from './status.ts';

/** Writes events, one line of JSON each, and calls `end` after the timeout. Returns a function that stops it. */
export type Watch = (write: (line: string) => void, end: () => void, now: () => number) => () => void;

const POLL_MS = 1000;
const BOOKMARK_MS = 30_000;
/** `--min-request-timeout` of the API server. */
const TIMEOUT_SECONDS = 1800;
/** Timers are limited to 2³¹ milliseconds. */
const MAX_TIMEOUT_SECONDS = 86_400;

/**
 * A watch with the parameters `resourceVersion`, `timeoutSeconds` and `allowWatchBookmarks`. It sends the changes since
 * that version, or since the start of the watch, in the order of their times. Objects are never added or deleted. An
 * expired version is an ERROR event with HTTP 200, as in a real API server; an invalid one is an error response.
 */
export function watchObjects(
	cluster: ClusterModel,
	selection: ObjectSelection,
	parameters: URLSearchParams,
	beganMs: number,
): Watch | StatusError {
	const sinceMs = readResourceVersion(parameters.get('resourceVersion'), beganMs);
	if (typeof sinceMs === 'object') {
		return sinceMs;
	}

	return (write, end, now) => {
		if (sinceMs !== undefined && isForgotten(sinceMs, beganMs)) {
			write(JSON.stringify({type: 'ERROR', object: statusObject(forgotten(sinceMs, beganMs))}));
			end();
			return () => {};
		}

		const hasBookmarks = isTrue(parameters.get('allowWatchBookmarks'));
		const changing = [...selectItems(cluster, selection, Number.NEGATIVE_INFINITY)].filter(
			({isChanging}) => isChanging,
		);
		let sentMs = sinceMs ?? beganMs;
		let bookmarkMs = beganMs;
		const poll = (): void => {
			const nowMs = now();
			for (const {toObject} of changedSince(changing, sentMs, nowMs)) {
				write(JSON.stringify({type: 'MODIFIED', object: withKind(selection, toObject(nowMs))}));
			}

			sentMs = nowMs;
			if (hasBookmarks && nowMs - bookmarkMs >= BOOKMARK_MS) {
				bookmarkMs = nowMs;
				const object = withKind(selection, {metadata: {resourceVersion: String(nowMs)}});
				write(JSON.stringify({type: 'BOOKMARK', object}));
			}
		};
		poll();
		const timer = setInterval(poll, POLL_MS);
		const ending = setTimeout(end, timeoutSeconds(parameters) * 1000);
		return () => {
			clearInterval(timer);
			clearTimeout(ending);
		};
	};
}

export function isWatch(parameters: URLSearchParams): boolean {
	return isTrue(parameters.get('watch'));
}

/** Sorted by time, so that a client that continues from the version of one event has missed none before it. */
function changedSince(items: readonly Item[], sinceMs: number, nowMs: number): readonly Item[] {
	return items
		.flatMap(item => {
			const changedMs = item.changedMs(nowMs);
			return changedMs > sinceMs ? [{item, changedMs}] : [];
		})
		.sort((left, right) => left.changedMs - right.changedMs)
		.map(({item}) => item);
}

function timeoutSeconds(parameters: URLSearchParams): number {
	const asked = Number(parameters.get('timeoutSeconds') ?? 0);
	return asked > 0 ? Math.min(asked, MAX_TIMEOUT_SECONDS) : TIMEOUT_SECONDS;
}

function isTrue(text: string | null): boolean {
	return text === '1' || text === 'true';
}
