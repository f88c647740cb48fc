import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	escapeTag,
	LineBuffer,
	lineField,
	tagText,
} from '../../../../source/history/influxdb/write/line-protocol.ts';

type Point = {
	readonly measurement: string;
	readonly tags: Readonly<Record<string, string | undefined>>;
	readonly value: number;
	readonly isInteger: boolean;
};

const point = (known: Partial<Point> = {}): Point => ({
	measurement: 'cpu/usage_rate',
	tags: {type: 'node', nodename: 'n1'},
	value: 500,
	isInteger: true,
	...known,
});

/** The lines of points, whose tags are escaped first. */
function written(points: readonly Point[], timeMs: number) {
	const lines = new LineBuffer(timeMs);
	for (const {measurement, tags, value, isInteger} of points) {
		const escaped = Object.entries(tags).map(([name, text]) => [escapeTag(name), text && escapeTag(text)]);
		lines.add(lineField(measurement, 'value', isInteger), tagText(Object.fromEntries(escaped)), value);
	}

	return lines.take();
}

describe('a line', () => {
	test.each([
		[point(), 'cpu/usage_rate,nodename=n1,type=node value=500i 60000'],
		[point({value: 0.5, isInteger: false}), 'cpu/usage_rate,nodename=n1,type=node value=0.5 60000'],
		[point({value: 1.6}), 'cpu/usage_rate,nodename=n1,type=node value=2i 60000'],
		[point({tags: {empty: '', none: undefined, a: 'b'}}), 'cpu/usage_rate,a=b value=500i 60000'],
		[point({tags: {a: 'x,y=z w'}}), String.raw`cpu/usage_rate,a=x\,y\=z\ w value=500i 60000`],
		[point({tags: {a: 'ends\\'}}), 'cpu/usage_rate,a=ends value=500i 60000'],
		[point({tags: {a: 'two\nlines'}}), String.raw`cpu/usage_rate,a=two\ lines value=500i 60000`],
		[point({measurement: 'a, b', tags: {}}), String.raw`a\,\ b value=500i 60000`],
	])('of %j is written', (given, line) => {
		expect(written([given], 60_000)).toEqual({text: line, lines: 1});
	});

	test.each([Number.NaN, Number.POSITIVE_INFINITY])('of %s is none', value => {
		expect(written([point({value})], 0)).toEqual({text: '', lines: 0});
	});

	test('is one line, whatever a name holds', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (name, text) => {
				expect(written([point({tags: {[name]: text}})], 0).text).not.toMatch(/[\n\r]/);
			}),
		);
	});
});

describe('a buffer of lines', () => {
	test('has a line for each point, and none after they were taken', () => {
		const lines = new LineBuffer(1);
		const field = lineField('m', 'v', true);
		lines.add(field, '', 1);
		lines.add(field, '', Number.NaN);
		lines.add(field, ',a=b', 2);
		expect(lines.take()).toEqual({text: 'm v=1i 1\nm,a=b v=2i 1', lines: 2});
		lines.add(field, '', 3);
		expect(lines.take()).toEqual({text: 'm v=3i 1', lines: 1});
	});
});
