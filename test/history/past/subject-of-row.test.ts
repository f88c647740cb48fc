import {expect, test} from 'vitest';
import {subjectOfRow} from '../../../source/history/past/subject-of-row.ts';
import {containerRow} from '../../metrics/rows.ts';

const row = containerRow('app', {pod: {uid: 'u', namespace: 'shop', name: 'web'}});

test.each(['rxBytesPerSecond', 'txBytesPerSecond'] as const)(
	'the past %s of a container is that of its pod',
	series => {
		expect(subjectOfRow(row, series)).toEqual({kind: 'pod', namespace: 'shop', name: 'web'});
	},
);

test('the past CPU of a container is its own, and a container in no pod has none', () => {
	expect(subjectOfRow(row, 'cpuCores')).toEqual({
		kind: 'container',
		namespace: 'shop',
		pod: 'web',
		name: 'app',
	});
	expect(subjectOfRow({...row, pod: undefined}, 'cpuCores')).toBeUndefined();
});
