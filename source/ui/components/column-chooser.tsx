import {useTheme} from '../contexts.ts';
import {drawChooser} from '../draw/chooser.ts';
import type {Shown} from '../hooks/use-shown.ts';
import type {Chooser} from '../state/column-chooser.ts';
import {Lines} from './lines.tsx';

export type ColumnChooserProps = {readonly shown: Shown; readonly chooser: Chooser; readonly height: number};

/** The list of all columns, which replaces the table. */
export function ColumnChooser({shown, chooser, height}: ColumnChooserProps) {
	const theme = useTheme();
	const {view, table, columns} = shown;
	const lines = drawChooser({
		chooser,
		columns: view?.columns ?? [],
		laidOut: new Set(table?.layout.columns.map(({id}) => id)),
		width: columns,
		height,
		theme,
	});
	return <Lines lines={lines} height={height} />;
}
