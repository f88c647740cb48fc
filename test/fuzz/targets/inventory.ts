import assert from 'node:assert/strict';
import fc from 'fast-check';
import {decodeEvents} from '../../../source/cluster/description/event-decoder.ts';
import {nodeDescription} from '../../../source/cluster/description/node-description.ts';
import {podDescription} from '../../../source/cluster/description/pod-description.ts';
import type {ApiReader} from '../../../source/cluster/inventory/api-reader.ts';
import {listCollection} from '../../../source/cluster/inventory/list.ts';
import {decodeNode} from '../../../source/cluster/inventory/node-decoder.ts';
import {decodePod} from '../../../source/cluster/inventory/pod-decoder.ts';
import {nodesTarget, podsTarget} from '../../../source/cluster/inventory/target.ts';
import {watchCollection} from '../../../source/cluster/inventory/watch.ts';
import {splitLines} from '../../../source/http/line-splitter.ts';
import {isJsonObject, parseJson} from '../../../source/metrics/model/json.ts';
import {fixtureText} from '../../cluster/inventory/fixtures.ts';
import {damagedJson, type Json} from '../damaged-json.ts';
import {damagedText} from '../damaged-text.ts';
import {assertNumbers, soundly} from '../soundness.ts';
import {target} from '../target.ts';

const COLLECTIONS = {nodes: nodesTarget({}), pods: podsTarget({})};
const DECODERS = {nodes: decodeNode, pods: decodePod};
type Kind = keyof typeof DECODERS;

const trees: Readonly<Record<Kind, Json>> = {
	nodes: JSON.parse(fixtureText('nodes.json')),
	pods: firstItems(JSON.parse(fixtureText('pods-with-resources.json')), 3),
};

function firstItems(list: {items: Json[]}, count: number): Json {
	return {...list, items: list.items.slice(0, count)};
}

const answer = (status: number, text: string) => ({
	status,
	headers: {},
	body: Buffer.from(text),
	latencyMs: 0,
});

/** Answers the pages in turn, and the last for ever. */
function pagesReader(
	pages: ReadonlyArray<{readonly status: number; readonly text: string}>,
	mostRequests: number,
): ApiReader {
	let asked = 0;
	return {
		async get() {
			assert.ok(asked < mostRequests, `${asked} requests for ${pages.length} pages`);
			const page = pages[Math.min(asked++, pages.length - 1)];
			return answer(page?.status ?? 500, page?.text ?? '');
		},
		stream: async () => Promise.reject(new Error('a list does not watch')),
	};
}

/** A watch whose stream is these bytes, in chunks of one length. */
function streamReader(status: number, bytes: Buffer, chunkBytes: number): ApiReader {
	async function* chunks(): AsyncGenerator<Buffer> {
		for (let at = 0; at < bytes.length; at += chunkBytes) {
			yield bytes.subarray(at, at + chunkBytes);
		}
	}

	return {
		get: async () => Promise.reject(new Error('a watch does not list')),
		stream: async () => ({
			...answer(status, status === 200 ? '' : bytes.toString('utf8')),
			lines: splitLines(chunks(), 1 << 20),
			close() {},
		}),
	};
}

const list = (kind: Kind, pages: ReadonlyArray<{readonly status: number; readonly text: string}>) =>
	soundly(() =>
		listCollection<unknown>(pagesReader(pages, 2 * pages.length + 20), COLLECTIONS[kind], {
			decode: DECODERS[kind],
			pageSize: 500,
			timeoutMs: 1000,
			maxPageBytes: 1 << 20,
			signal: new AbortController().signal,
		}),
	);

const pageOf = (kind: Kind) => damagedJson(trees[kind]);
const token = fc.constantFrom('', 'a', 'b', 'c', ' ');
const page = fc.record({
	status: fc.oneof({weight: 6, arbitrary: fc.constant(200)}, fc.constantFrom(410, 403, 500, 429, 204)),
	text: fc.oneof(
		fc
			.tuple(token, fc.constantFrom('1', ''))
			.map(([again, version]) =>
				JSON.stringify({kind: 'List', metadata: {resourceVersion: version, continue: again}, items: []}),
			),
		damagedText([fixtureText('watch-rv-too-old.jsonl'), fixtureText('403-no-rights-pods.json'), '{}']),
	),
});
const watched = fixtureText('watch-pods-bookmarks.jsonl').slice(0, 60_000);

const EVENTS: Json = {
	kind: 'EventList',
	items: [
		{
			type: 'Warning',
			reason: 'BackOff',
			message: 'Back-off restarting failed container',
			count: 7,
			involvedObject: {kind: 'Pod', fieldPath: 'spec.containers{web}'},
			firstTimestamp: '2026-11-27T00:00:00Z',
			lastTimestamp: null,
			series: {count: 3, lastObservedTime: '2026-11-27T00:00:00.123456Z'},
			source: {component: 'kubelet'},
			metadata: {creationTimestamp: '2026-11-27T00:00:00Z'},
		},
	],
};

export const INVENTORY = [
	...(['nodes', 'pods'] as const).map(kind =>
		target(`list of ${kind}`, 'a recorded list', pageOf(kind), async text => {
			assertNumbers(await list(kind, [{status: 200, text}]), {least: -Number.MAX_VALUE});
		}),
	),
	target(
		'pages of a list',
		'pages, with tokens that repeat',
		fc.array(page, {minLength: 1, maxLength: 6}),
		async pages => {
			await list('pods', pages);
		},
	),
	target(
		'nodes, pods and events that are described',
		'recorded objects and a list of events',
		fc.oneof(
			damagedJson(EVENTS),
			...(['nodes', 'pods'] as const).map(kind =>
				damagedJson((trees[kind] as {items: Json[]}).items[0] ?? {}),
			),
		),
		async text => {
			const object = parseJson(text);
			if (isJsonObject(object)) {
				assertNumbers(
					[
						decodeEvents(object, undefined),
						decodeEvents(object, 'web'),
						nodeDescription(object),
						podDescription(object, undefined),
						podDescription(object, 'web'),
					],
					{least: -Number.MAX_VALUE},
				);
			}
		},
	),
	target(
		'events of a watch',
		'a recorded stream',
		fc.record({
			text: fc.oneof(
				damagedText([
					watched,
					fixtureText('watch-nodes.jsonl').slice(0, 60_000),
					fixtureText('watch-rv-too-old.jsonl'),
				]),
				damagedJson({
					type: 'ERROR',
					object: {
						kind: 'Status',
						code: 410,
						reason: 'Expired',
						details: {retryAfterSeconds: 1},
						metadata: {},
					},
				}).map(line => `${line}\n`),
				damagedJson({
					type: 'ADDED',
					object: {metadata: {resourceVersion: '5', name: 'a', namespace: 'b', uid: 'u'}},
				}).map(line => `${line}\n`),
			),
			status: fc.constantFrom(200, 200, 200, 410, 403),
			chunkBytes: fc.integer({min: 200, max: 70_000}),
		}),
		async ({text, status, chunkBytes}) => {
			await soundly(async () => {
				const events = watchCollection(
					streamReader(status, Buffer.from(text), chunkBytes),
					COLLECTIONS.pods,
					{
						decode: decodePod,
						resourceVersion: '1',
						timeoutSeconds: 1,
						idleTimeoutMs: 1000,
						maxLineBytes: 1 << 20,
						signal: new AbortController().signal,
					},
				);
				for await (const event of events) {
					assertNumbers(event, {least: -Number.MAX_VALUE});
				}
			});
		},
	),
];
