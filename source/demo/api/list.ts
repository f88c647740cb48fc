import type {JsonFields} from '../json-fields.ts';
import type {ClusterModel} from '../model/cluster.ts';
import {apiVersionOf, countFrom, kindOf, selectItems} from './collection.ts';
import {type ListPosition, readContinueToken, writeContinueToken} from './continue-token.ts';
import {forgotten, isForgotten, readResourceVersion} from './resource-version.ts';
import type {ObjectSelection} from './selection.ts';
import {badRequest, expired, isStatusError, type StatusError} from './status.ts';

const BEGINNING = Number.NEGATIVE_INFINITY;

/**
 * A list or one page of it, with the parameters `limit`, `continue`, `resourceVersion` and `resourceVersionMatch`.
 *
 * All pages show the state of the first one and have its resource version. After five minutes that has expired: 410,
 * with a token that continues with the current state.
 */
export function listObjects(
	cluster: ClusterModel,
	selection: ObjectSelection,
	parameters: URLSearchParams,
	nowMs: number,
): JsonFields | StatusError {
	const limit = Number(parameters.get('limit') ?? 0);
	if (!Number.isSafeInteger(limit) || limit < 0) {
		return badRequest(`limit: Invalid value: ${JSON.stringify(parameters.get('limit'))}`);
	}

	const position = readPosition(parameters, limit > 0, nowMs);
	if (isStatusError(position)) {
		return position;
	}

	const versionMs = position.versionMs ?? nowMs;
	const items: JsonFields[] = [];
	let next: number | undefined;
	for (const {place, toObject} of selectItems(cluster, selection, position.place)) {
		if (limit > 0 && items.length === limit) {
			next = place;
			break;
		}

		items.push(toObject(versionMs));
	}

	const remaining = next === undefined ? undefined : countFrom(cluster, selection, next);
	return {
		kind: `${kindOf(selection)}List`,
		apiVersion: apiVersionOf(selection),
		metadata: {
			resourceVersion: String(versionMs),
			...(next === undefined ? {} : {continue: writeContinueToken({place: next, versionMs})}),
			...(remaining === undefined ? {} : {remainingItemCount: remaining}),
		},
		items,
	};
}

function readPosition(
	parameters: URLSearchParams,
	isPaged: boolean,
	nowMs: number,
): ListPosition | StatusError {
	const token = parameters.get('continue') ?? '';
	if (token === '') {
		return readBeginning(parameters, isPaged, nowMs);
	}

	const position = readContinueToken(token);
	if (position === undefined) {
		return badRequest('invalid continue token: continue key is not valid');
	}

	const {place, versionMs} = position;
	return versionMs !== undefined && isForgotten(versionMs, nowMs)
		? expired(
				'The provided continue parameter is too old to display a consistent list result.',
				writeContinueToken({place, versionMs: undefined}),
			)
		: position;
}

/** `resourceVersion` means "not older than" by default, and "exactly" with `limit` or `resourceVersionMatch=Exact`. */
function readBeginning(
	parameters: URLSearchParams,
	isPaged: boolean,
	nowMs: number,
): ListPosition | StatusError {
	const versionMs = readResourceVersion(parameters.get('resourceVersion'), nowMs);
	if (typeof versionMs === 'object') {
		return versionMs;
	}

	const match = parameters.get('resourceVersionMatch') ?? (isPaged ? 'Exact' : 'NotOlderThan');
	if (versionMs === undefined || match !== 'Exact') {
		return {place: BEGINNING, versionMs: undefined};
	}

	return isForgotten(versionMs, nowMs) ? forgotten(versionMs, nowMs) : {place: BEGINNING, versionMs};
}
