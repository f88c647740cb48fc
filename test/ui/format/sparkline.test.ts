import {expect, test} from 'vitest';
import {scaleOf, sparkline} from '../../../source/ui/format/sparkline.ts';

test.each([
	[[0, 1, 2, 3, 4, 5, 6, 7, 8], 8, '▁▁▂▃▄▅▆▇█'],
	[[0, 0.01], 8, '▁▁'],
	[[9, 100], 8, '██'],
	[[Number.NaN, 4, Number.POSITIVE_INFINITY], 8, ' ▄ '],
	[[], 8, ''],
	[[1, 2], 0, '▁▁'],
])('the sparkline of %j on a scale of %d is %s', (values, scale, drawn) => {
	expect(sparkline(values, scale, 'unicode')).toBe(drawn);
});

test('the ASCII sparkline uses only ASCII', () => {
	expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7, 8], 8, 'ascii')).toBe('__.:-=+*#');
});

test('the scale leaves room above the highest value, and has a minimum', () => {
	expect(scaleOf([3, Number.NaN, 6], 1)).toBe(8);
	expect(scaleOf([0.001], 1)).toBe(1);
	expect(scaleOf([Number.NaN, Number.POSITIVE_INFINITY], 5)).toBe(5);
});
