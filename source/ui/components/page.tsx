import type {Shown} from '../hooks/use-shown.ts';
import {currentPage} from '../state/page.ts';
import {pageHeight} from '../view/areas.ts';
import {ColumnChooser} from './column-chooser.tsx';
import {ComparisonPane} from './comparison.tsx';
import {ContextList} from './context-list.tsx';
import {Gone} from './gone.tsx';
import {MapPane} from './map.tsx';
import {Overlay} from './overlay.tsx';
import {Preview} from './preview.tsx';
import {SubjectPane} from './subject-pane.tsx';
import {Table} from './table.tsx';
import {WallPane} from './wall.tsx';

/** The part between tabs and footer: a table with its charts and preview, or an overlay. */
export function Page({shown}: {readonly shown: Shown}) {
	const {state, subject, areas, table, map, wall, comparison, preview, columns} = shown;
	const {mode} = state;
	const height = pageHeight(areas);
	if (mode.kind === 'chooser') {
		return <ColumnChooser shown={shown} chooser={mode.chooser} height={height} />;
	}

	if (mode.kind === 'contexts') {
		return <ContextList shown={shown} selected={mode.selected} height={height} />;
	}

	if (mode.kind === 'overlay') {
		return <Overlay shown={shown} height={height} />;
	}

	const opened = currentPage(state).subject;
	return (
		<>
			{opened !== undefined && subject === undefined && (
				<Gone name={opened.name} width={columns} height={areas.charts} />
			)}
			{opened !== undefined && subject !== undefined && <SubjectPane shown={shown} subject={subject} />}
			{map !== undefined && areas.table > 0 && <MapPane shown={shown} map={map} />}
			{wall !== undefined && areas.table > 0 && <WallPane shown={shown} wall={wall} />}
			{comparison !== undefined && areas.table > 0 && (
				<ComparisonPane shown={shown} comparison={comparison} />
			)}
			{table !== undefined &&
				[map, wall, comparison].every(form => form === undefined) &&
				areas.table > 0 && <Table shown={shown} table={table} />}
			{preview !== undefined && <Preview shown={shown} preview={preview} height={areas.preview} />}
		</>
	);
}
