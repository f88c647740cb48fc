/** The lines of a preview below its title. */
export type PreviewAreas = {
	readonly facts: number;
	readonly charts: number;
	readonly table: number;
	/** The line with the number of problems, and the first of them. */
	readonly problems: number;
};

export type PreviewNeeds = {
	readonly hasCharts: boolean;
	/** The number of rows in the selected row. */
	readonly tableRows: number;
	/** The number of problems. */
	readonly problems: number;
};

/** In a lower preview there is no table, and few facts. */
const LINES_FOR_ALL = 12;

const FEW_FACTS = 2;

/** The least height of drawn charts. */
const MIN_CHARTS = 4;

/** The most for the table and for facts, each, if there are charts. */
const SHARE = 0.3;

/** The most for problems, if there is a table. */
const SHARE_OF_PROBLEMS = 0.2;

/** A lower preview has no line to spare for problems. */
const LINES_FOR_PROBLEMS = 7;

/** Divides the lines below the title. Facts may need fewer lines than they get; charts get the rest. */
export function previewAreas(
	height: number,
	{hasCharts, tableRows, problems: count}: PreviewNeeds,
): PreviewAreas {
	const problems = problemLines(height, count);
	const rest = height - problems;
	const hasAll = height >= LINES_FOR_ALL;
	const share = Math.floor(rest * (hasCharts ? SHARE : 0.5));
	const table = tableRows > 0 && hasAll ? Math.min(tableRows + 1, share) : 0;
	if (!hasCharts) {
		return {facts: rest - table, charts: 0, table, problems};
	}

	const facts = hasAll ? share : Math.max(Math.min(FEW_FACTS, rest - MIN_CHARTS), 0);
	return {facts, charts: rest - facts - table, table, problems};
}

function problemLines(height: number, count: number): number {
	return count === 0 || height < LINES_FOR_PROBLEMS
		? 0
		: Math.min(count + 1, Math.max(Math.floor(height * SHARE_OF_PROBLEMS), 2));
}
