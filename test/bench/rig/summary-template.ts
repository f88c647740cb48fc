import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {
	containerNames,
	NAMESPACE,
	nodeName,
	podName,
	podUid,
	type RigSize,
	stamp,
	startedAtMs,
} from './churn.ts';

/** Digits of a counter in the body. Shorter numbers are padded with spaces, which JSON allows around values. */
const COUNTER_WIDTH = 18;

/** The kubelet samples every object once in ten seconds. */
const SAMPLE_MS = 10_000;

/** What a kubelet leaves out where it is asked for CPU and memory alone, see summary-cpumem-1.json. */
const LEFT_OUT: ReadonlySet<string> = new Set([
	'ephemeral-storage',
	'fs',
	'io',
	'logs',
	'network',
	'process_stats',
	'rlimit',
	'rootfs',
	'runtime',
	'volume',
]);

type Place = {
	readonly offset: number;
	readonly kind: string;
	readonly slot: number;
	readonly perSecond: number;
};

/**
 * The body of /stats/summary of one node of the rig, made of a recorded one: written anew for each request by changing
 * names, times and counters in place, because `JSON.stringify` of each would cost more than what is measured.
 */
export class SummaryTemplate {
	readonly #size: RigSize;
	readonly #places: readonly Place[];
	readonly #text: string;

	/** `isLess`: of `?only_cpu_and_memory=true`. */
	constructor(size: RigSize, isLess = false) {
		this.#size = size;
		const places: Place[] = [];
		const marked = JSON.stringify(summaryWithMarks(size), (key, value) =>
			isLess && LEFT_OUT.has(key) ? undefined : value,
		);
		let text = '';
		let end = 0;
		for (const match of marked.matchAll(/"@(\w+):(\d+):(\d+)@"/g)) {
			const [mark, kind = '', slot = '', perSecond = ''] = match;
			text += marked.slice(end, match.index);
			end = match.index + mark.length;
			const place = {offset: text.length, kind, slot: Number(slot), perSecond: Number(perSecond)};
			places.push(place);
			text += ' '.repeat(this.#valueOf(place, 0, 0, 0, 0).length);
		}

		this.#text = text + marked.slice(end);
		this.#places = places;
	}

	/** Writes the body of a node into a new buffer. `generations` has one for each slot. */
	write(node: number, generations: readonly number[], nowMs: number): Buffer {
		const sampledMs =
			Math.floor((nowMs - ((node * 37) % SAMPLE_MS)) / SAMPLE_MS) * SAMPLE_MS + ((node * 37) % SAMPLE_MS);
		const body = Buffer.from(this.#text, 'latin1');
		for (const place of this.#places) {
			const generation = generations[place.slot] ?? 0;
			body.write(this.#valueOf(place, node, generation, sampledMs, nowMs), place.offset, 'latin1');
		}

		return body;
	}

	#valueOf(
		{kind, slot, perSecond}: Place,
		node: number,
		generation: number,
		sampledMs: number,
		nowMs: number,
	): string {
		switch (kind) {
			case 'node':
				return `"${nodeName(node)}"`;
			case 'pod':
				return `"${podName(node, slot, generation)}"`;
			case 'uid':
				return `"${podUid(node, slot, generation)}"`;
			case 'start':
				return `"${stamp(startedAtMs(this.#size, node, slot, generation))}"`;
			case 'time':
				return `"${stamp(Math.min(sampledMs, nowMs))}"`;
			case 'counter': {
				const ageS = Math.max(0, sampledMs - startedAtMs(this.#size, node, slot, generation)) / 1000;
				return String(Math.floor(ageS * perSecond)).padEnd(COUNTER_WIDTH);
			}

			default: {
				// A gauge that differs with node, pod and sample, around its mean.
				const wave = 1 + 0.2 * Math.sin(node + slot * 3 + sampledMs / 60_000);
				return String(Math.floor(perSecond * wave)).padEnd(COUNTER_WIDTH);
			}
		}
	}
}

function summaryWithMarks(size: RigSize): unknown {
	const recorded = JSON.parse(
		readFileSync(join(import.meta.dirname, '../../fixtures/kubelet/summary-1.json'), 'utf8'),
	);
	const model = recorded.pods.find((pod: {containers: unknown[]}) => pod.containers.length > 0);
	const pods = Array.from({length: size.podsPerNode}, (_, slot) => {
		const pod = withMarks(model, slot);
		return {
			...pod,
			podRef: {name: `@pod:${slot}:0@`, namespace: NAMESPACE, uid: `@uid:${slot}:0@`},
			containers: containerNames(size, slot).map(name => ({
				...withMarks(model.containers[0], slot),
				name,
			})),
		};
	});
	const node = withMarks(recorded.node, 0);
	return {node: {...node, nodeName: '@node:0:0@', startTime: recorded.node.startTime}, pods};
}

/** Numbers and times of a recorded object become marks of what is written in their place. */
// biome-ignore lint/suspicious/noExplicitAny: a recorded answer of any form
function withMarks(recorded: any, slot: number): any {
	return JSON.parse(
		JSON.stringify(recorded, (key, value) => {
			if (key === 'time') {
				return `@time:${slot}:0@`;
			}

			if (key === 'startTime') {
				return `@start:${slot}:0@`;
			}

			if (typeof value !== 'number') {
				return value;
			}

			switch (key) {
				case 'usageCoreNanoSeconds':
					return `@counter:${slot}:${(7 + slot) * 10_000_000}@`;
				case 'rxBytes':
				case 'txBytes':
					return `@counter:${slot}:${(3 + slot) * 1000}@`;
				case 'usageNanoCores':
					return `@gauge:${slot}:${(7 + slot) * 10_000_000}@`;
				case 'usageBytes':
				case 'workingSetBytes':
				case 'rssBytes':
					return `@gauge:${slot}:${(40 + slot) * 1_000_000}@`;
				default:
					return value;
			}
		}),
	);
}
