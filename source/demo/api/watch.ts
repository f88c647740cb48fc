import type {ClusterModel} from '../model/cluster.ts';
import {type Entry, entries, type Selection} from './collection.ts';
import type {Json} from './json.ts';
import {stateKey} from './pod-object.ts';
import {statusObject} from './status.ts';

export type WatchOptions = {
	readonly selection: Selection;
	/** Unix milliseconds, which resource versions are here. */
	readonly sinceMs: number;
	readonly timeoutSeconds: number;
	readonly hasBookmarks: boolean;
};

/** Starts a watch: lines go to `write`; `end` ends the answer. Gives what stops it. */
export type Watch = (write: (line: string) => void, end: () => void, now: () => number) => () => void;

/** etcd is compacted every five minutes, and versions from before are gone. */
const KEPT_MS = 300_000;
const LOOK_MS = 1000;
const BOOKMARK_MS = 30_000;

export function watch(cluster: ClusterModel, options: WatchOptions): Watch {
	const {selection, sinceMs, timeoutSeconds, hasBookmarks} = options;
	return (write, end, now) => {
		if (sinceMs > 0 && now() - sinceMs > KEPT_MS) {
			write(JSON.stringify({type: 'ERROR', object: expired(sinceMs, now())}));
			end();
			return () => {};
		}

		let lookedAtMs = sinceMs > 0 ? sinceMs : now();
		let markedAtMs = now();
		// Only what is killed again and again ever changes.
		let changing: readonly Entry[] | undefined;
		const look = (): void => {
			const nowMs = now();
			changing ??= [...entries(cluster, selection, Number.NEGATIVE_INFINITY)].filter(
				({pod}) => pod?.containers.some(({lifeMs}) => lifeMs !== undefined) === true,
			);
			for (const {pod, toObject} of changing) {
				if (pod !== undefined && stateKey(pod, lookedAtMs) !== stateKey(pod, nowMs)) {
					write(JSON.stringify({type: 'MODIFIED', object: withKind(toObject(nowMs), selection)}));
				}
			}

			lookedAtMs = nowMs;
			if (hasBookmarks && nowMs - markedAtMs >= BOOKMARK_MS) {
				markedAtMs = nowMs;
				const object = withKind({metadata: {resourceVersion: String(nowMs)}}, selection);
				write(JSON.stringify({type: 'BOOKMARK', object}));
			}
		};
		look();
		const timer = setInterval(look, LOOK_MS);
		const ending = setTimeout(end, timeoutSeconds * 1000);
		return () => {
			clearInterval(timer);
			clearTimeout(ending);
		};
	};
}

function withKind(object: Json, {resource}: Selection): Json {
	return {kind: resource === 'nodes' ? 'Node' : 'Pod', apiVersion: 'v1', ...object};
}

function expired(sinceMs: number, nowMs: number): Json {
	return statusObject(410, 'Expired', `too old resource version: ${sinceMs} (${nowMs - KEPT_MS})`);
}
