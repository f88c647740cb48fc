import fc from 'fast-check';
import {expect, test} from 'vitest';
import {decodeNodeMetrics, decodePodMetrics} from '../../../source/scrape/metrics-api/decode-metrics.ts';

test('any JSON at all is decoded to no impossible amount', () => {
	fc.assert(
		fc.property(fc.jsonValue(), value => {
			expect(decodeNodeMetrics(value)).toEqual([]);
			expect(decodePodMetrics(value)).toEqual([]);
		}),
	);
});

test('a damaged item costs itself and no other', () => {
	const usage = fc.record({cpu: fc.jsonValue(), memory: fc.jsonValue()}, {requiredKeys: []});
	const item = fc.record(
		{
			metadata: fc.oneof(fc.jsonValue(), fc.record({name: fc.jsonValue(), namespace: fc.jsonValue()})),
			timestamp: fc.jsonValue(),
			usage: fc.oneof(fc.jsonValue(), usage),
			containers: fc.oneof(fc.jsonValue(), fc.array(fc.record({name: fc.jsonValue(), usage}))),
		},
		{requiredKeys: []},
	);
	const whole = {
		metadata: {namespace: 'whole', name: 'whole'},
		timestamp: '2026-11-23T09:29:44Z',
		usage: {cpu: '1500m', memory: '1Ki'},
		containers: [{name: 'c', usage: {cpu: '1500m', memory: '1Ki'}}],
	};
	const timeMs = Date.parse(whole.timestamp);
	const amounts = {cpuCores: 1.5, memoryBytes: 1024};
	fc.assert(
		fc.property(fc.array(item), items => {
			const list = {items: [...items, whole]};
			const nodes = decodeNodeMetrics(list);
			const pods = decodePodMetrics(list);
			expect(nodes.at(-1)).toEqual({name: 'whole', timeMs, usage: amounts});
			expect(pods.at(-1)).toEqual({
				namespace: 'whole',
				name: 'whole',
				timeMs,
				containers: [{name: 'c', usage: amounts}],
			});
			for (const {cpuCores, memoryBytes} of [
				...nodes.map(node => node.usage),
				...pods.flatMap(({containers}) => containers.map(container => container.usage)),
			]) {
				expect(cpuCores ?? 0).toBeGreaterThanOrEqual(0);
				expect(memoryBytes ?? 0).toBeGreaterThanOrEqual(0);
			}
		}),
	);
});

test.each([
	['123456789n', 0.123456789],
	['250m', 0.25],
	['0', 0],
	['-1', undefined],
	['', undefined],
	['much', undefined],
	[undefined, undefined],
])('a CPU usage of %j is %j cores', (cpu, cpuCores) => {
	const [node] = decodeNodeMetrics({items: [{metadata: {name: 'a'}, usage: {cpu}}]});
	expect(node?.usage.cpuCores).toBe(cpuCores);
});

test('a zero time is none', () => {
	const [node] = decodeNodeMetrics({
		items: [{metadata: {name: 'a'}, timestamp: '0001-01-01T00:00:00Z', usage: {}}],
	});
	expect(node?.timeMs).toBeUndefined();
});
