import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {expect, test} from 'vitest';
import {decodePod} from '../../../source/cluster/inventory/pod-decoder.ts';
import {recordedPods} from './fixtures.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

test('what is kept of a pod does not hold on to the answer it came in', () => {
	const pods = recordedPods();
	const heapBytes = () => {
		collectGarbage();
		return process.memoryUsage().heapUsed;
	};
	const decodeOnePage = (page: number) => {
		const items = pods.map(pod => ({
			...pod,
			metadata: {
				...Object(pod.metadata),
				uid: `${page}-${Math.random()}`,
				annotations: {filler: 'x'.repeat(40_000)},
			},
		}));
		const list: {items: unknown[]} = JSON.parse(JSON.stringify({items}));
		return list.items.map(decodePod);
	};
	decodeOnePage(0);
	const before = heapBytes();
	const kept = Array.from({length: 20}, (_, page) => decodeOnePage(page));
	const bytesPerPod = (heapBytes() - before) / kept.flat().length;
	// Over 40 kB a pod came in; what is kept of one is a few kB.
	expect(bytesPerPod).toBeLessThan(6000);
	expect(bytesPerPod).toBeGreaterThan(100);
});
