import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {lineOf, type Point} from '../../../../source/history/influxdb/write/line-protocol.ts';

const point = (known: Partial<Point> = {}): Point => ({
	measurement: 'cpu/usage_rate',
	tags: {type: 'node', nodename: 'n1'},
	field: 'value',
	value: 500,
	isInteger: true,
	...known,
});

describe('a line', () => {
	test.each([
		[point(), 'cpu/usage_rate,nodename=n1,type=node value=500i 60000'],
		[point({value: 0.5, isInteger: false}), 'cpu/usage_rate,nodename=n1,type=node value=0.5 60000'],
		[point({value: 1.6}), 'cpu/usage_rate,nodename=n1,type=node value=2i 60000'],
		[point({tags: {empty: '', none: undefined, a: 'b'}}), 'cpu/usage_rate,a=b value=500i 60000'],
		[point({tags: {a: 'x,y=z w'}}), String.raw`cpu/usage_rate,a=x\,y\=z\ w value=500i 60000`],
		[point({tags: {a: 'ends\\'}}), 'cpu/usage_rate,a=ends value=500i 60000'],
	])('of %j is written', (given, line) => {
		expect(lineOf(given, 60_000)).toBe(line);
	});

	test.each([Number.NaN, Number.POSITIVE_INFINITY])('of %s is none', value => {
		expect(lineOf(point({value}), 0)).toBeUndefined();
	});

	test('is one line, whatever a name holds', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (name, text) => {
				expect(lineOf(point({tags: {[name]: text}}), 0)).not.toMatch(/[\n\r]/);
			}),
		);
	});
});
