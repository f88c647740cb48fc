import type {ClusterModel} from '../model/cluster.ts';
import {entries, type Selection} from './collection.ts';
import type {Json} from './json.ts';

/** A page of a collection, or undefined where the continue token is none. */
export function list(
	cluster: ClusterModel,
	selection: Selection,
	limit: number | undefined,
	token: string | undefined,
	nowMs: number,
): Json | undefined {
	const from = token === undefined ? Number.NEGATIVE_INFINITY : readToken(token);
	if (from === undefined) {
		return undefined;
	}

	const items: Json[] = [];
	let next: number | undefined;
	for (const {place, toObject} of entries(cluster, selection, from)) {
		if (limit !== undefined && items.length === limit) {
			next = place;
			break;
		}

		items.push(toObject(nowMs));
	}

	return {
		kind: selection.resource === 'nodes' ? 'NodeList' : 'PodList',
		apiVersion: 'v1',
		metadata: {resourceVersion: String(nowMs), ...(next === undefined ? {} : {continue: writeToken(next)})},
		items,
	};
}

function writeToken(place: number): string {
	return Buffer.from(JSON.stringify({start: place})).toString('base64url');
}

function readToken(token: string): number | undefined {
	try {
		const {start}: {readonly start?: unknown} = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
		return typeof start === 'number' ? start : undefined;
	} catch {
		return undefined;
	}
}
