import type {ClusterModel} from '../model/cluster.ts';
import {selectItems, withKind} from './collection.ts';
import type {Item} from './item.ts';
import {forgotten, isForgotten, readResourceVersion} from './resource-version.ts';
import type {ObjectSelection} from './selection.ts';
import {type StatusError, statusObject} from './status.ts';

/** Writes events, a line of JSON each, until it ends by itself; gives what stops it before. */
export type Watch = (write: (line: string) => void, end: () => void, now: () => number) => () => void;

const LOOK_MS = 1000;
const BOOKMARK_MS = 30_000;
/** `--min-request-timeout` of the API server. */
const TIMEOUT_SECONDS = 1800;
/** A timer takes no more than 2³¹ milliseconds. */
const MAX_TIMEOUT_SECONDS = 86_400;

/**
 * A watch by the parameters `resourceVersion`, `timeoutSeconds` and `allowWatchBookmarks`: what changed since that
 * version, or since the watch began, in the order in which it changed. Nothing is ever added or deleted. A version
 * that is too old is an event, as HTTP 200 is out by then; one that is none is an answer of its own.
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
		let toldMs = sinceMs ?? beganMs;
		let markedMs = beganMs;
		const look = (): void => {
			const nowMs = now();
			for (const {toObject} of changedSince(changing, toldMs, nowMs)) {
				write(JSON.stringify({type: 'MODIFIED', object: withKind(selection, toObject(nowMs))}));
			}

			toldMs = nowMs;
			if (hasBookmarks && nowMs - markedMs >= BOOKMARK_MS) {
				markedMs = nowMs;
				const object = withKind(selection, {metadata: {resourceVersion: String(nowMs)}});
				write(JSON.stringify({type: 'BOOKMARK', object}));
			}
		};
		look();
		const timer = setInterval(look, LOOK_MS);
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

/** In their order, so that whoever goes on from the version of one has missed none before it. */
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
