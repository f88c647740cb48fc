import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {decodeSummary} from '../../source/scrape/kubelet/decode-summary.ts';
import {type Benchmark, median} from './benchmark.ts';

const PODS = 110;
const ROUNDS = 150;

/** A summary as a kubelet prints it, of 110 pods with two containers each, all copied from a recorded one. */
export function summaryOfManyPods(): Buffer {
	const recording = join(import.meta.dirname, '../fixtures/kubelet/summary-1.json');
	const summary = JSON.parse(readFileSync(recording, 'utf8'));
	const model = summary.pods.find((pod: {containers: unknown[]}) => pod.containers.length === 2);
	summary.pods = Array.from({length: PODS}, (_, index) => ({
		...model,
		podRef: {name: `web-${index}`, namespace: `team-${index % 12}`, uid: `uid-${index}`},
		containers: model.containers.map((container: {cpu: object}) => ({
			...container,
			cpu: {...container.cpu, usageCoreNanoSeconds: 1e12 + index * 12_345_678},
		})),
	}));
	return Buffer.from(JSON.stringify(summary, undefined, 1));
}

/** Decoding a summary into a reading, against parsing the same bytes with nothing done to the result. */
export async function benchDecodeSummary(): Promise<Benchmark> {
	const body = summaryOfManyPods();
	const ours: number[] = [];
	const bare: number[] = [];
	let check = 0;
	const time = (into: number[], run: () => number): void => {
		const startMs = performance.now();
		check += run();
		into.push(performance.now() - startMs);
	};

	for (let round = 0; round < ROUNDS; round++) {
		time(ours, () => decodeSummary(body, round).containers.length);
		time(bare, () => JSON.parse(body.toString('utf8')).pods.length);
	}

	if (check !== ROUNDS * (PODS * 2 + 2 + PODS)) {
		throw new Error(`decoded ${check} objects`);
	}

	// The first third warms up the compiler.
	const measured = median(ours.slice(ROUNDS / 3));
	const baseline = median(bare.slice(ROUNDS / 3));
	return {
		name: `decode of a ${PODS}-pod summary (${Math.round(body.length / 1000)} kB)`,
		unit: 'ms',
		measured,
		baselineName: 'JSON.parse',
		baseline,
		ratio: measured / baseline,
		budget: 1.3,
	};
}
