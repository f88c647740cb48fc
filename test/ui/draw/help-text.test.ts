import {describe, expect, test} from 'vitest';
import {FILTER_FORMS} from '../../../source/metrics/view/filter-forms.ts';
import {helpText} from '../../../source/ui/draw/help-text.ts';
import {widthOf} from '../../../source/ui/format/width.ts';
import {helpLines} from '../../../source/ui/state/keymap.ts';

describe.each([20, 40, 80, 200])('the help in %d columns', width => {
	const lines = helpText(width);
	const words = lines.join(' ').split(/\s+/);

	test('is never wider', () => {
		expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
	});

	test('loses no key and nothing of what a key does', () => {
		const all = [...helpLines(), ...FILTER_FORMS].flat().join(' ').split(/\s+/);
		const shown = words.join('');
		expect(all.filter(word => !shown.includes(word))).toEqual([]);
	});

	test('tells of filters and of the mouse last', () => {
		const text = words.join(' ');
		expect(text.indexOf('A filter')).toBeGreaterThan(text.indexOf('quit'));
		expect(text.indexOf('The mouse')).toBeGreaterThan(text.indexOf('A filter'));
	});
});
