import {describe, expect, test} from 'vitest';
import {
	describeHealth,
	healthMetrics,
	type RecorderHealth,
	unhealthyReason,
} from '../../source/recorder/health.ts';
import type {Sink, SinkCounters} from '../../source/recorder/sink.ts';

const NOW = 1_000_000;

function sinkOf(counters: Partial<SinkCounters>): Sink {
	return {
		label: 'InfluxDB "k8s"',
		unit: 'points',
		onNode: () => {},
		onGone: () => {},
		onReadings: () => {},
		onState: () => {},
		onRound: async () => {},
		counters: () => ({
			written: 10,
			refused: 0,
			dropped: 0,
			waitingBytes: 0,
			failures: 0,
			problem: undefined,
			...counters,
		}),
		hasEnded: () => false,
		close: async () => {},
	};
}

function healthOf(health: Partial<RecorderHealth> = {}): RecorderHealth {
	return {
		idleMs: 60_000,
		resolutionMs: 60_000,
		rounds: 4,
		nodesRead: 23,
		nodes: 24,
		reads: 95,
		readFailures: 1,
		lastRoundMs: NOW - 60_000,
		lastRoundTookMs: 1500,
		sinks: [sinkOf({})],
		...health,
	};
}

describe('a recorder', () => {
	test('is well while its rounds come', () => {
		expect(unhealthyReason(healthOf())).toBeUndefined();
	});

	test('is well while its store is out: points wait, and a restart would not help', () => {
		const problem = {code: 'refused', brief: 'refused', message: 'refused', hint: 'start it'} as const;
		expect(unhealthyReason(healthOf({sinks: [sinkOf({problem})]}))).toBeUndefined();
	});

	test('is ill when no round came for three times the interval', () => {
		expect(unhealthyReason(healthOf({idleMs: 180_000}))).toBeUndefined();
		expect(unhealthyReason(healthOf({idleMs: 200_000}))).toBe('no round for 200 s, every 60 s');
	});

	test('is one line with its rounds and the problems of its store', () => {
		expect(describeHealth(healthOf({sinks: [sinkOf({dropped: 3, waitingBytes: 2000})]}))).toBe(
			'round 4, 23 of 24 nodes read, 1 failed reads since the start; InfluxDB "k8s": 10 points written, 3 dropped, 2 KiB waiting',
		);
	});

	test('serves its counters in Prometheus’ text format', () => {
		const lines = healthMetrics(healthOf()).split('\n');
		expect(lines).toContain('# TYPE ktop_record_rounds_total counter');
		expect(lines).toContain('ktop_record_rounds_total 4');
		expect(lines).toContain(String.raw`ktop_record_written_total{sink="InfluxDB \"k8s\""} 10`);
		expect(lines.at(-1)).toBe('');
	});

	test('leaves out what it does not know yet', () => {
		expect(healthMetrics(healthOf({lastRoundMs: undefined}))).not.toMatch(
			/^ktop_record_last_round_timestamp/m,
		);
	});
});
