import {expect, test} from 'vitest';
import {type Group, parse, render} from './document.ts';

const GROUP: Group = {
	section: 'faults',
	file: 'faults/connection.test.ts',
	title: 'connections',
	rows: [
		['refused', 'refused', 'refused', 'kubelet http://HOST refused the connection'],
		['a | b \\| c', '', '<NAME>', '1,234'],
	],
};

test('what is written can be read again', () => {
	const groups = [GROUP, {...GROUP, file: 'faults/tls.test.ts', title: 'TLS'}];
	expect(parse(render(groups))).toEqual(groups);
});

test('groups are in the order of their files, whatever the order of the run', () => {
	const other = {...GROUP, file: 'faults/body.test.ts'};
	expect(render([GROUP, other])).toBe(render([other, GROUP]));
});
