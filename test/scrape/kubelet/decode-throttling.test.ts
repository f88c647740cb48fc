import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {decodeThrottling} from '../../../source/scrape/kubelet/decode-throttling.ts';
import {recorded} from './recorded-kubelet.ts';

const RECORDED = recorded('metrics-cadvisor-1.prom');

const decode = (text: string, receivedAtMs = 42) => decodeThrottling(Buffer.from(text), receivedAtMs);

// The expected figures were taken from the recording with grep, not with ktop.
describe('the recorded /metrics/cadvisor of Kubernetes 1.36', () => {
	test('contains the throttling of only the containers with a quota, by their own timestamps', () => {
		const samples = decode(RECORDED);
		expect(
			samples.map(({namespace, pod, container, throttling: {timeMs, periods, throttledPeriods}}) =>
				[namespace, pod, container, timeMs, periods, throttledPeriods].join(' '),
			),
		).toEqual([
			'payments api-7967f6dff8-xqpx2 api 1795426183917 3541 3538',
			'payments api-7967f6dff8-xnrx5 api 1795426187462 3586 3581',
			'shop cart-dbbb79444-9pjpc cart 1795426186439 735 0',
			'payments ledger-554fbdbfc9-7smm9 exporter 1795426189419 199 57',
			'payments ledger-554fbdbfc9-7smm9 ledger 1795426186089 1174 562',
			'shop cart-dbbb79444-9pjpc mesh-proxy 1795426193007 724 0',
			'batch queue-0 queue 1795426188520 918 7',
			'batch queue-1 queue 1795426178318 866 6',
			'payments ledger-554fbdbfc9-7smm9 wal 1795426188107 319 82',
			'shop web-555ccccb85-87qj6 web 1795426181252 174 0',
			'shop web-555ccccb85-mfltp web 1795426191458 201 0',
		]);
		expect(samples[0]?.podUid).toBe('49b3cc85-fafc-4442-85dc-101d90959fe3');
	});

	test('breaks nothing where it is cut off or garbled', () => {
		fc.assert(
			fc.property(
				fc.nat({max: RECORDED.length}),
				fc.nat({max: 400}),
				fc.oneof(fc.string(), fc.constantFrom('\n', '{', '}', '"', '\\', '\u0000', ' NaN ', '-1')),
				(start, length, garbage) => {
					const samples = decode(RECORDED.slice(0, start) + garbage + RECORDED.slice(start + length));
					// One cut makes one line another at most: throttled periods may lose their first word.
					expect(samples.length).toBeLessThanOrEqual(12);
					for (const {throttling} of samples) {
						expect(throttling.periods).toBeGreaterThan(0);
						expect(throttling.timeMs).toBeGreaterThan(0);
					}
				},
			),
			{numRuns: 100},
		);
	});
});

describe('a /metrics/cadvisor from the field', () => {
	const UID = '0a1b2c3d-0000-1111-2222-333344445555';
	const ID = 'f'.repeat(64);
	const labels = (id: string) => `container="c",id="${id}",image="i",name="n",namespace="s",pod="p"`;
	const periods = (between: string, rest: string) => `container_cpu_cfs_periods_total{${between}} ${rest}\n`;

	test('ignores a mount unit with the labels of a container', () => {
		const unit = labels(`/system.slice/docker-${ID}.mount`);
		const scope = labels(`/system.slice/docker-${ID}.scope`);
		const samples = decode(periods(scope, '7 1795426183917') + periods(unit, '9 1795426183999'));
		expect(samples.map(({throttling}) => throttling.periods)).toEqual([7]);
	});

	test.each([
		[`/kubepods/burstable/pod${UID}/${ID}`, UID],
		[`/kubepods.slice/kubepods-pod${UID.replaceAll('-', '_')}.slice/cri-containerd-${ID}.scope`, UID],
		// A static pod's uid is the hash of its configuration, here and in the summary.
		[`/kubepods/burstable/pod${'ab'.repeat(16)}/${ID}`, 'ab'.repeat(16)],
		['/somewhere/else', undefined],
		['', undefined],
	])('finds the pod’s uid in the path %s', (id, podUid) => {
		expect(decode(periods(labels(id), '5'))).toMatchObject([{podUid, container: 'c'}]);
	});

	test('names containers and pods by the labels of before Kubernetes 1.16', () => {
		expect(decode(periods('container_name="c",namespace="s",pod_name="p"', '5'))).toMatchObject([
			{namespace: 's', pod: 'p', container: 'c'},
		]);
	});

	test.each([
		['', 42],
		[' 0', 42],
		[' -62135596800000', 42],
		[' 1795426184995', 1_795_426_184_995],
		[' 1795426184.995', 1_795_426_184_995],
	])('is stamped by “%s” as at %d', (stamp, timeMs) => {
		expect(decode(periods(labels('/x'), `5${stamp}`))).toMatchObject([{throttling: {timeMs, periods: 5}}]);
	});

	test.each(['0', '-1', 'NaN', '+Inf', '1.8446744073709552e+19', 'x', ''])(
		'knows nothing of a container whose periods are “%s”',
		value => {
			expect(decode(periods(labels('/x'), value))).toEqual([]);
		},
	);

	test('has only the periods where the throttled ones are missing', () => {
		expect(decode(periods(labels('/x'), '5'))).toMatchObject([
			{throttling: {periods: 5, throttledPeriods: undefined}},
		]);
	});

	test.each([
		['of a pod’s own control group', 'container="",namespace="s",pod="p"'],
		['of the sandbox of dockershim', 'container="POD",namespace="s",pod="p"'],
		['of a container of no pod', 'container="c",namespace="",pod=""'],
		['without labels', ''],
	])('takes no sample %s', (_what, between) => {
		expect(decode(periods(between, '5'))).toEqual([]);
	});

	test('takes a name for a sample only where a line begins with it, and no line of any length', () => {
		const sample = periods(labels('/x'), '5');
		expect(decode(`# HELP ${sample}`)).toEqual([]);
		expect(decode(periods(labels('/'.repeat(10_000)), '5'))).toEqual([]);
		expect(decode(`container_x 1\n${sample.trimEnd()}`)).toHaveLength(1);
		expect(decode(`${sample.trimEnd()}\r\n`)).toHaveLength(1);
	});

	test.each(['', '<html></html>', '{"kind":"Status"}', 'up 1\n'])('is refused where it is none: %j', text => {
		expect(() => decode(text)).toThrow(
			expect.objectContaining({code: 'bad-answer', brief: 'no cAdvisor metrics'}),
		);
	});
});
