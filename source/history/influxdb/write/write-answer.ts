import type {KtopError} from '../../../metrics/model/failure.ts';
import {proxyAnswerFailure} from '../proxy-answer.ts';
import {influxdbAnswerFailure, type QueryTarget} from '../query-failure.ts';

/** What became of a batch. The rest of a batch that is refused in part is stored. */
export type WriteAnswer =
	| {readonly kind: 'stored'}
	/** These will never be taken: malformed, of another type than those that are there, or one series too many. */
	| {readonly kind: 'refused'; readonly points: number; readonly failure: KtopError}
	| {readonly kind: 'too-large'; readonly failure: KtopError}
	/** Not stored now, but perhaps later: the store is down, full or busy, or somebody else answered in its place. */
	| {readonly kind: 'failed'; readonly failure: KtopError};

/**
 * What InfluxDB says of a batch of `points` points. Only its own 400 and 422 are final: a login page, a redirect or a
 * proxy's error may be gone tomorrow, and the points with it would be lost.
 */
export function writeAnswer(status: number, body: string, points: number, target: QueryTarget): WriteAnswer {
	const ofAnother = proxyAnswerFailure(status, body, target.origin);
	if (ofAnother !== undefined) {
		return {kind: 'failed', failure: ofAnother};
	}

	if (status >= 200 && status < 300) {
		return {kind: 'stored'};
	}

	const failure = influxdbAnswerFailure(status, body, target);
	if (status === 413) {
		return {kind: 'too-large', failure};
	}

	return (status === 400 || status === 422) && failure.code !== 'not-found'
		? {kind: 'refused', points: refusedPoints(body, points), failure}
		: {kind: 'failed', failure};
}

/**
 * How many points of a batch are not stored: those that a partial write names (`partial write: … dropped=2`, `unable to
 * parse '…'` once for each line), else all of them.
 */
function refusedPoints(body: string, points: number): number {
	if (!/partial write/i.test(body)) {
		return points;
	}

	const dropped = Number(/dropped=(\d+)/.exec(body)?.[1] ?? 0);
	const unparsed = body.match(/unable to parse/g)?.length ?? 0;
	const named = Math.max(dropped, unparsed);
	return named === 0 ? points : Math.min(named, points);
}
