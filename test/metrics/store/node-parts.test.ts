import {describe, expect, test} from 'vitest';
import {NodeParts} from '../../../source/metrics/store/node-parts.ts';
import {cpuReading, networkReading, nodeReading} from '../readings.ts';

const STAMPS = {receivedAtMs: 0, stampResolutionMs: 1};
const at = (timeMs: number, busyNanoseconds: number, rxBytes: number) =>
	nodeReading({
		cpu: cpuReading({timeMs}),
		network: networkReading({timeMs}),
		cores: [{name: '0', busyNanoseconds}],
		interfaces: [{name: 'eth0', rxBytes, txBytes: undefined, rxErrors: 0, txErrors: 0}],
		disks: [{name: 'vda', readBytes: rxBytes, writtenBytes: undefined, busyMs: busyNanoseconds / 1e6}],
	});

describe('the cores, interfaces and disks of a node', () => {
	test('have shares and rates from the second sample on, and what is unknown stays unknown', () => {
		const parts = new NodeParts();
		expect(parts.observe(at(1000, 0, 0), STAMPS).cores).toEqual([{name: '0', busyRatio: undefined}]);
		expect(parts.observe(at(3000, 5e8, 300), STAMPS)).toEqual({
			cores: [{name: '0', busyRatio: 0.25}],
			interfaces: [{name: 'eth0', rxBytesPerSecond: 150, txBytesPerSecond: undefined}],
			disks: [{name: 'vda', readBytesPerSecond: 150, writtenBytesPerSecond: undefined, busyRatio: 0.25}],
		});
	});

	test.each([
		['a little more than busy is busy', 1.05e9, 1],
		['far more than busy is unknown', 3e9, undefined],
	])('%s', (_what, busyNanoseconds, busyRatio) => {
		const parts = new NodeParts();
		parts.observe(at(1000, 0, 0), STAMPS);
		expect(parts.observe(at(2000, busyNanoseconds, 0), STAMPS).cores).toEqual([{name: '0', busyRatio}]);
	});

	test('are absent where the source reports only their sum', () => {
		expect(new NodeParts().observe(nodeReading(), STAMPS)).toEqual({
			cores: undefined,
			interfaces: undefined,
			disks: undefined,
		});
	});
});
