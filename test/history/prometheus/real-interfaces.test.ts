import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {prometheusStore} from '../../../source/history/prometheus/store.ts';
import type {HistorySubject} from '../../../source/history/store/history-request.ts';
import {INTERFACES} from '../../metrics/interface-cases.ts';
import {growing, NOW, openMetrics, row, SAMPLE_MS, START} from './past-rows.ts';
import {hasPrometheus, type PrometheusServer, startPrometheus} from './prometheus-server.ts';

/** A Prometheus cannot hold two rows of one name. */
const CASES = INTERFACES.map(
	([what, names, counted]) => [what, [...new Set(names.split(' '))], counted.split(' ')] as const,
);
const RECEIVED = 'container_network_receive_bytes_total';

/** The interface of each place in a list has a rate of its own power of two. */
const PAST = CASES.flatMap(([, names], index) =>
	names.flatMap((name, place) => [
		row('container_memory_working_set_bytes', {node: `n${index}`, id: '/'}, () => 1),
		row(RECEIVED, {node: `n${index}`, id: '/', interface: name}, growing(2 ** place)),
		row(
			RECEIVED,
			{node: `n${index}`, namespace: 'shop', pod: `p${index}`, id: '/p', image: 'pause', interface: name},
			growing(2 ** place),
		),
	]),
).filter(
	({metric, labels}, index, all) =>
		metric === RECEIVED ||
		all.findIndex(one => one.metric === metric && one.labels.node === labels.node) === index,
);

describe.skipIf(!hasPrometheus)('traffic in a real Prometheus', () => {
	let server: PrometheusServer;
	beforeAll(async () => {
		server = await startPrometheus([], openMetrics(PAST));
	});
	afterAll(() => server?.close());

	test.each(['node', 'pod'] as const)('of a %s is that of the interfaces which count live', async kind => {
		const subjects = CASES.map(
			(_, index): HistorySubject =>
				kind === 'node' ? {kind, name: `n${index}`} : {kind, namespace: 'shop', name: `p${index}`},
		);
		const store = prometheusStore(
			{
				url: server.url,
				login: undefined,
				headers: [],
				timeoutMs: 60_000,
				labels: {},
				matchers: undefined,
				scrapeIntervalMs: SAMPLE_MS,
			},
			() => NOW,
		);
		const range = {startMs: START + 300_000, endMs: START + 360_000, stepMs: 60_000};
		const answer = await store.series(
			{kind, series: 'rxBytesPerSecond', subjects, range},
			new AbortController().signal,
		);
		await store.close();
		expect([...answer.values()].map(points => Math.round(points[0]?.value ?? 0))).toHaveLength(CASES.length);
		const rateOf = (index: number): number | undefined =>
			answer.get(kind === 'node' ? `node n${index}` : `pod shop p${index}`)?.[0]?.value;
		expect(CASES.map(([what], index) => [what, Math.round(rateOf(index) ?? 0)])).toEqual(
			CASES.map(([what, names, counted]) => [
				what,
				counted.reduce((sum, name) => sum + 2 ** names.indexOf(name), 0),
			]),
		);
	});
});
