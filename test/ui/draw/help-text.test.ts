import {describe, expect, test} from 'vitest';
import {FILTER_FORMS} from '../../../source/metrics/view/filter-forms.ts';
import {keyHelpLines} from '../../../source/ui/draw/help-text.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import {helpLines} from '../../../source/ui/state/keymap.ts';

describe.each([20, 40, 80, 200])('the help in %d cells', width => {
	const lines = keyHelpLines(width);
	const words = lines.join(' ').split(/\s+/);

	test('is not wider', () => {
		expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
	});

	test('contains every key and its whole description', () => {
		const all = [...helpLines(), ...FILTER_FORMS].flat().join(' ').split(/\s+/);
		const shown = words.join('');
		expect(all.filter(word => !shown.includes(word))).toEqual([]);
	});

	test('describes filters and the mouse after the keys', () => {
		const text = words.join(' ');
		expect(text.indexOf('Terms of a filter')).toBeGreaterThan(text.indexOf('quit'));
		expect(text.indexOf('Mouse')).toBeGreaterThan(text.indexOf('Terms of a filter'));
	});
});
