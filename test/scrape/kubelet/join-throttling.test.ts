import {describe, expect, test} from 'vitest';
import type {ContainerReading} from '../../../source/metrics/model/reading.ts';
import {decodeResourceMetrics} from '../../../source/scrape/kubelet/decode-resource-metrics.ts';
import {decodeSummary} from '../../../source/scrape/kubelet/decode-summary.ts';
import {decodeThrottling, type ThrottlingSample} from '../../../source/scrape/kubelet/decode-throttling.ts';
import {joinThrottling} from '../../../source/scrape/kubelet/join-throttling.ts';
import {containerReading, cpuReading, reading} from '../../metrics/readings.ts';
import {recorded} from './recorded-kubelet.ts';

const SAMPLES = decodeThrottling(Buffer.from(recorded('metrics-cadvisor-1.prom')), 42);

const sample = (podUid: string | undefined, periods: number, timeMs = 5000): ThrottlingSample => ({
	podUid,
	namespace: 's',
	pod: 'p',
	container: 'c',
	throttling: {timeMs, periods, throttledPeriods: 0, throttledNanoseconds: undefined},
});

/** The periods that a container of pod `p` is told to have had. */
function periodsOf(
	uid: string | undefined,
	samples: readonly ThrottlingSample[],
	known: Partial<ContainerReading> = {},
): number | undefined {
	const container = containerReading('c', {
		pod: {uid, namespace: 's', name: 'p'},
		cpu: cpuReading({timeMs: 1000}),
		...known,
	});
	const joined = joinThrottling(reading(0, {containers: [container]}), samples);
	return joined.containers[0]?.cpu?.throttling?.periods;
}

describe('throttling', () => {
	test.each([
		['the summary, by the pods’ uids', () => decodeSummary(Buffer.from(recorded('summary-1.json')), 42)],
		['resource metrics, by names', () => decodeResourceMetrics(recorded('metrics-resource-1.prom'), 42)],
	])('joins %s', (_what, decoded) => {
		const joined = joinThrottling(decoded(), SAMPLES);
		const throttled = joined.containers.filter(({cpu}) => cpu?.throttling !== undefined);
		expect(throttled).toHaveLength(11);
		expect(throttled.find(({pod}) => pod?.name === 'api-7967f6dff8-xqpx2')?.cpu?.throttling).toMatchObject({
			timeMs: 1_795_426_183_917,
			periods: 3541,
			throttledPeriods: 3538,
		});
	});

	test('leaves all else of a reading as it is', () => {
		const before = decodeSummary(Buffer.from(recorded('summary-1.json')), 42);
		const joined = joinThrottling(before, SAMPLES);
		expect({
			...joined,
			containers: joined.containers.map(container =>
				container.cpu === undefined
					? container
					: {...container, cpu: {...container.cpu, throttling: undefined}},
			),
		}).toEqual(before);
		expect(joinThrottling(before, [])).toBe(before);
	});

	test.each([
		['its own pod’s', 'uid', [sample('uid', 7)], 7],
		['not that of a pod of the same name before it', 'uid', [sample('other', 7)], undefined],
		[
			'its own pod’s and not that of a pod of the same name',
			'uid',
			[sample('other', 7, 9000), sample('uid', 3)],
			3,
		],
		['by name where the path tells no uid', 'uid', [sample(undefined, 7)], 7],
		['by name where the reading tells no uid', undefined, [sample('uid', 7)], 7],
		[
			'the newest of several',
			'uid',
			[sample('uid', 1, 4000), sample('uid', 2, 6000), sample('uid', 3, 5000)],
			2,
		],
	] as const)('of a container is %s', (_what, uid, samples, periods) => {
		expect(periodsOf(uid, samples)).toBe(periods);
	});

	test('from before a container’s start is that of the container before it', () => {
		expect(periodsOf('uid', [sample('uid', 7, 5000)], {startTimeMs: 5001})).toBeUndefined();
		expect(periodsOf('uid', [sample('uid', 7, 5000)], {startTimeMs: 5000})).toBe(7);
	});

	test('is nothing by itself where there is no CPU time, and nothing of what is in no pod', () => {
		expect(periodsOf('uid', [sample('uid', 7)], {cpu: undefined})).toBeUndefined();
		expect(periodsOf('uid', [sample('uid', 7)], {pod: undefined})).toBeUndefined();
	});
});
