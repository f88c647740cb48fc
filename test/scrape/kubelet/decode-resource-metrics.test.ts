import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import type {Reading} from '../../../source/metrics/model/reading.ts';
import {Store} from '../../../source/metrics/store/store.ts';
import {decodeResourceMetrics} from '../../../source/scrape/kubelet/decode-resource-metrics.ts';
import {recorded} from './recorded-kubelet.ts';

const decode = (number: 1 | 2 | 3, receivedAtMs: number = number): Reading =>
	decodeResourceMetrics(recorded(`metrics-resource-${number}.prom`), receivedAtMs);

// The expected figures were taken from the recordings with grep and Python, not with ktop.
describe('recorded resource metrics of Kubernetes 1.36', () => {
	test('give the node by its counter, stamped in milliseconds', () => {
		const {node, stampResolutionMs} = decode(1);
		expect(stampResolutionMs).toBe(1);
		expect(node).toMatchObject({
			cpu: {timeMs: 1_795_426_184_995, usageCores: undefined, usageCoreNanoseconds: 2_062_744_577_122},
			memory: {timeMs: 1_795_426_184_995, workingSetBytes: 2_157_375_488},
			network: undefined,
			memoryCapacityBytes: undefined,
		});
	});

	test.each([
		[1, 17, 23],
		[2, 18, 24],
		[3, 18, 24],
	] as const)('number %d give every pod and container', (number, pods, containers) => {
		const reading = decode(number);
		expect([reading.pods.length, reading.containers.length]).toEqual([pods, containers]);
	});

	test('give a container by its names, for there is no uid', () => {
		const container = decode(1).containers.find(({name}) => name === 'cache');
		expect(container).toMatchObject({
			id: 'cache',
			pod: {uid: undefined, namespace: 'shop', name: 'cache-7ccf49b8db-97w5s'},
			startTimeMs: expect.closeTo(1_795_425_828_033.25, 1),
			cpu: {timeMs: 1_795_426_178_649},
			memory: {workingSetBytes: 46_927_872, limitBytes: undefined},
			swap: {usageBytes: 0},
		});
		expect(container?.cpu?.usageCoreNanoseconds).toBeCloseTo(50_652_679, 0);
	});

	test('become rates in the store by their own stamps', () => {
		const store = new Store({capacity: 10, staleAfterMs: 1000});
		store.addNode('n', 'node');
		store.apply('n', [decode(1, 1000), decode(2, 2000)], {kind: 'waiting'});
		// (2090.676920527 - 2062.744577122) s of CPU in (205.177 - 184.995) s.
		expect(store.view({level: 'nodes'}, 'live', 2000).rows.at(0)?.cpuCores).toBeCloseTo(
			27.932343405 / 20.182,
			9,
		);
		const api = store
			.view({level: 'containers', filter: 'pod:api-7967f6dff8-xqpx2'}, 'live', 2000)
			.rows.map(({cpuCores, cpuWindowMs}) => [cpuCores, cpuWindowMs]);
		expect(api).toEqual([[expect.closeTo((30.14603302 - 28.327364231) / 22.701, 9), 22_701]]);
	});

	test('say the same in the OpenMetrics format', () => {
		const reading = decodeResourceMetrics(recorded('metrics-resource-openmetrics.prom'), 0);
		expect(reading.containers).toHaveLength(24);
		expect(reading.containers[0]?.cpu?.timeMs).toBe(1_795_426_211_067);
	});
});

describe('resource metrics from the field', () => {
	const labels = '{container="c",namespace="s",pod="p"}';

	test('stamped in seconds with a fraction are read as such', () => {
		const reading = decodeResourceMetrics('node_cpu_usage_seconds_total 12.5 1795426184.995', 0);
		expect(reading.node?.cpu).toMatchObject({timeMs: 1_795_426_184_995, usageCoreNanoseconds: 12.5e9});
	});

	test.each(['', ' -62135596800000', ' 0'])('stamped “%s” have no time', stamp => {
		const reading = decodeResourceMetrics(`container_memory_working_set_bytes${labels} 5${stamp}`, 0);
		expect(reading.containers[0]?.memory).toMatchObject({timeMs: undefined, workingSetBytes: 5});
	});

	test.each(['NaN', '-1', '+Inf', '1.8446744073709552e+19', 'x'])('that say %s have no value', value => {
		const reading = decodeResourceMetrics(
			`container_cpu_usage_seconds_total${labels} ${value} 1795426184995`,
			0,
		);
		expect(reading.containers[0]?.cpu).toBeUndefined();
		expect(reading.rejectedValues).toBe(1);
	});

	test('with a working set of 0 have none, for nothing that runs has no memory', () => {
		const reading = decodeResourceMetrics(`container_memory_working_set_bytes${labels} 0`, 0);
		expect(reading.containers[0]?.memory).toBeUndefined();
	});

	test('with a start before the epoch have no start', () => {
		const reading = decodeResourceMetrics(`container_start_time_seconds${labels} -6.21355968e+10`, 0);
		expect(reading.containers[0]?.startTimeMs).toBeUndefined();
	});

	test.each(['', '<html></html>', '# HELP only comments\n', 'up 1\n'])(
		'that are none (%j) are refused',
		text => {
			expect(() => decodeResourceMetrics(text, 0)).toThrow(expect.objectContaining({code: 'bad-answer'}));
		},
	);

	test('that are cut off or garbled break nothing', () => {
		const text = recorded('metrics-resource-1.prom');
		fc.assert(
			fc.property(fc.nat({max: text.length}), fc.nat({max: 40}), fc.string(), (start, length, garbage) => {
				const garbled = text.slice(0, start) + garbage + text.slice(start + length);
				try {
					decodeResourceMetrics(garbled, 0);
				} catch (error) {
					expect(error).toMatchObject({code: 'bad-answer'});
				}
			}),
			{numRuns: 100},
		);
	});
});

test('a time that is no date is none', () => {
	const body = [
		'node_cpu_usage_seconds_total 5 1e400',
		'container_start_time_seconds{container="a",namespace="b",pod="c"} 1e18',
	];
	const {node, containers} = decodeResourceMetrics(body.join('\n'), 1);
	expect([node?.cpu?.timeMs, containers[0]?.startTimeMs]).toEqual([undefined, undefined]);
});
