import type {ChartCanvas, Paint} from './chart-canvas.ts';

/** A horizontal line at a limit, a request or a capacity. */
export type Reference = {
	readonly value: number;
	readonly label: string;
	readonly paint: Paint;
};

/**
 * Draws a broken line for each reference, and its label in its row or a neighbouring one if there is room. Never
 * overwrites cells that are drawn.
 */
export function drawReferences(
	canvas: ChartCanvas,
	references: readonly Reference[],
	rowOf: (value: number) => number,
	mark: string,
): void {
	// Labels first, so that no line takes the room of a label.
	for (const {value, label, paint} of references) {
		const row = rowOf(value);
		const place = [row, row + 1, row - 1]
			.map(near => ({row: near, column: roomFor(canvas, near, label.length)}))
			.find(({column}) => column !== undefined);
		for (const [index, character] of [...` ${label} `].entries()) {
			if (place?.column !== undefined) {
				canvas.set(place.row, place.column + index, character, paint);
			}
		}
	}

	for (const {value, paint} of references) {
		const row = rowOf(value);
		for (let column = 0; column < canvas.columns; column++) {
			if (canvas.isFree(row, column)) {
				canvas.set(row, column, mark, paint);
			}
		}
	}
}

/** The first column of a row with free cells for a label, a blank on each side and one cell of the line before it. */
function roomFor(canvas: ChartCanvas, row: number, cells: number): number | undefined {
	const least = cells + 3;
	let free = 0;
	for (let column = 0; column < canvas.columns; column++) {
		free = canvas.isFree(row, column) ? free + 1 : 0;
		if (free === least) {
			return column - least + 2;
		}
	}

	return undefined;
}
