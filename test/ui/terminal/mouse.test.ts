import {expect, test} from 'vitest';
import {mouseEventOf} from '../../../source/ui/terminal/mouse.ts';

test.each([
	['\u001B[<0;21;9M', {kind: 'press', column: 20, line: 8}],
	['\u001B[<2;1;1M', {kind: 'press', column: 0, line: 0}],
	['\u001B[<16;3;4M', {kind: 'press', column: 2, line: 3}],
	['\u001B[<64;5;5M', {kind: 'wheel-up', column: 4, line: 4}],
	['\u001B[<65;5;5M', {kind: 'wheel-down', column: 4, line: 4}],
	['\u001B[<0;21;9m', undefined],
	['\u001B[<35;21;9M', undefined],
	['\u001B[12;40R', undefined],
] as const)('the report %j is %j', (report, event) => {
	expect(mouseEventOf(report)).toEqual(event);
});
