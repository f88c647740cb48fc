import {expect, test} from 'vitest';
import {previewTitle} from '../../../source/ui/draw/preview-title.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';
import {nodeRow} from '../../metrics/rows.ts';

test.each([
	['unicode', 24, '── node worker-1 ───────'],
	['ascii', 24, '-- node worker-1 -------'],
	['unicode', 12, '── node wor…'],
] as const)('the line above a preview names its row in %s and %i cells', (symbols, width, line) => {
	const title = previewTitle(
		nodeRow('worker-1'),
		width,
		createTheme({name: 'terminal', colors: 'none', symbols}),
	);
	expect(title).toBe(line);
	expect(widthOf(title)).toBe(width);
});
