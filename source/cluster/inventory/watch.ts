import {KtopError} from '../../metrics/model/failure.ts';
import {isJsonObject} from '../../metrics/model/json.ts';
import {apiErrorOfAnswer, apiErrorOfStatus} from './api-error.ts';
import type {ApiReader} from './api-reader.ts';
import {objectAt, textAt} from './json-field.ts';
import {attemptOf, type CollectionTarget, targetUrl} from './target.ts';

export type WatchOptions<Item> = {
	readonly decode: (object: unknown) => Item | undefined;
	readonly resourceVersion: string;
	/** The server closes the stream after this time. */
	readonly timeoutSeconds: number;
	readonly idleTimeoutMs: number;
	readonly maxLineBytes: number;
	readonly signal: AbortSignal;
};

export type WatchEvent<Item> =
	/** The server accepted the watch. */
	| {readonly kind: 'opened'}
	| {readonly kind: 'put' | 'remove'; readonly item: Item; readonly resourceVersion: string}
	/** No change up to this version: a bookmark, or an object that cannot be decoded. */
	| {readonly kind: 'progress'; readonly resourceVersion: string};

/**
 * Watches from `resourceVersion` over one connection; ends when the server closes it.
 *
 * Throws `ApiError` for an ERROR event (such as 410 for an old version) and for a status other than 200. Throws
 * `KtopError` for a broken or idle connection and for an invalid line.
 */
export async function* watchCollection<Item>(
	reader: ApiReader,
	target: CollectionTarget,
	{decode, resourceVersion, timeoutSeconds, idleTimeoutMs, maxLineBytes, signal}: WatchOptions<Item>,
): AsyncGenerator<WatchEvent<Item>> {
	const attempt = attemptOf(target, 'watch');
	const url = targetUrl(target, {
		watch: '1',
		allowWatchBookmarks: 'true',
		resourceVersion,
		timeoutSeconds: String(timeoutSeconds),
	});
	const answer = await reader.stream(url, {signal, idleTimeoutMs, maxLineBytes, accept: 'application/json'});
	if (answer.status !== 200) {
		answer.close();
		throw apiErrorOfAnswer(answer, attempt);
	}
	yield {kind: 'opened'};
	for await (const line of answer.lines) {
		const event = parseEvent(line);
		if (event.type === 'ERROR') {
			throw apiErrorOfStatus(event.object, attempt);
		}
		const version = textAt(objectAt(event.object, 'metadata'), 'resourceVersion');
		if (version === undefined) {
			continue;
		}
		const item = event.type === 'BOOKMARK' ? undefined : decode(event.object);
		if (item === undefined) {
			yield {kind: 'progress', resourceVersion: version};
		} else {
			yield {kind: event.type === 'DELETED' ? 'remove' : 'put', item, resourceVersion: version};
		}
	}
}

const eventTypes: ReadonlySet<unknown> = new Set(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']);

function parseEvent(line: string) {
	try {
		const event: unknown = JSON.parse(line);
		if (isJsonObject(event) && eventTypes.has(event.type)) {
			return {type: event.type, object: objectAt(event, 'object')};
		}
	} catch {
		// Handled below, like any other invalid line.
	}
	throw new KtopError({
		code: 'bad-answer',
		brief: 'not a watch event',
		message: 'the API server sent a line that is not a watch event',
		hint: 'a proxy in front of the API server may cut streams; ktop lists again automatically',
	});
}
