import {describe, expect, test} from 'vitest';
import type {ProblemRow} from '../../../source/metrics/model/row.ts';
import {problemLines} from '../../../source/ui/draw/problem-lines.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import type {Theme} from '../../../source/ui/theme/theme.ts';
import {podRow} from '../../metrics/rows.ts';

const theme: Theme = {paint: (_style, text) => text, symbols: 'unicode', ellipsis: '…'};
const problem = (known: Partial<ProblemRow> = {}): ProblemRow => ({
	kind: 'problem',
	pod: undefined,
	id: 'id',
	name: 'shop/web-1',
	level: 'critical',
	reason: 'CrashLoopBackOff',
	message: 'back-off 5m0s',
	container: undefined,
	sinceMs: undefined,
	namespace: 'shop',
	of: podRow('web-1'),
	...known,
});

describe('the problems below a preview', () => {
	test('are counted, and listed as far as there is room', () => {
		const rows = [problem(), problem({level: 'warning', reason: 'throttled'}), problem()];
		const [title, first, second, ...rest] = problemLines(rows, 80, 3, theme);
		expect(title).toMatch(/^── 3 problems, 2 critical: ! lists them ─+$/);
		expect(first).toMatch(/^ {2}critical CrashLoopBackOff {2}shop\/web-1 +back-off 5m0s +$/);
		expect(second).toMatch(/^ {2}warning {2}throttled/);
		expect(rest).toEqual([]);
	});

	test('are exactly as wide as the screen, and act on no terminal', () => {
		const rows = [problem({message: 'a\u001B[2Jb'.repeat(40), name: '名'.repeat(90)})];
		for (const width of [4, 20, 40, 80, 200]) {
			const lines = problemLines(rows, width, 2, theme);
			expect(lines.map(widthOf)).toEqual([width, width]);
			expect(lines.join('')).not.toContain('\u001B');
		}
	});
});
