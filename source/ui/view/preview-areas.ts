/** The lines of a preview below its title. */
export type PreviewAreas = {readonly facts: number; readonly charts: number; readonly table: number};

export type PreviewNeeds = {
	readonly hasCharts: boolean;
	/** The number of rows in the selected row. */
	readonly tableRows: number;
};

/** In a lower preview there is no table, and few facts. */
const LINES_FOR_ALL = 12;

const FEW_FACTS = 2;

/** The least height of drawn charts. */
const MIN_CHARTS = 4;

/** The most for the table and for facts, each, if there are charts. */
const SHARE = 0.3;

/** Divides the lines below the title. Facts may need less than they get; charts have what is left. */
export function previewAreas(height: number, {hasCharts, tableRows}: PreviewNeeds): PreviewAreas {
	const hasAll = height >= LINES_FOR_ALL;
	const share = Math.floor(height * (hasCharts ? SHARE : 0.5));
	const table = tableRows > 0 && hasAll ? Math.min(tableRows + 1, share) : 0;
	if (!hasCharts) {
		return {facts: height - table, charts: 0, table};
	}

	const facts = hasAll ? share : Math.max(Math.min(FEW_FACTS, height - MIN_CHARTS), 0);
	return {facts, charts: height - facts - table, table};
}
