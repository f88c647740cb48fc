import {stripVTControlCharacters} from 'node:util';
import {describe, expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import {drawChooser} from '../../../source/ui/draw/chooser.ts';
import {choosableColumns, displayColumns} from '../../../source/ui/draw/table/display-columns.ts';
import {openChooser} from '../../../source/ui/state/column-chooser.ts';
import {createTheme} from '../../../source/ui/theme/theme.ts';

describe('the column chooser', () => {
	const theme = createTheme({name: 'terminal', colors: 'none', symbols: 'unicode'});
	const list = (chosen: readonly string[] | undefined, width: number, laidOut: readonly string[]) => {
		const all = choosableColumns('pods', true).map(({id}) => id);
		const defaults = displayColumns('pods', true).map(({id}) => id);
		return stripVTControlCharacters(
			drawChooser({
				chooser: openChooser({all, defaults}, chosen),
				columns: columnsOf('pods'),
				laidOut: new Set(laidOut),
				width,
				height: 40,
				theme,
			}).join('\n'),
		);
	};

	test('marks chosen columns without room, and spare columns that are shown', () => {
		const text = list(undefined, 100, ['name', 'cpu', 'volumes%']);
		expect(text).toMatch(/■ POD +The name of the pod/);
		expect(text).toMatch(/■ QOS +no room The class/);
		expect(text).toMatch(/□ VOL% +spare +The fullest volume/);
		expect(text).toMatch(/□ PSI-C +Pressure/);
		expect(list(['name', 'psi-cpu'], 100, ['name'])).toMatch(/■ PSI-C +no room Pressure/);
	});

	test('explains sparklines in words', () => {
		const text = list(undefined, 100, []);
		expect(text).toContain('CPU over time.');
		expect(text).toContain('Bytes received over time.');
		expect(text).not.toMatch(/cpuCores|BytesPerSecond/);
	});

	test.each([30, 80, 120])('has an uncut title in %i cells', width => {
		expect(list(undefined, width, []).split('\n')[0]).toMatch(/^ {2}Columns.*[^…]$/);
	});
});
