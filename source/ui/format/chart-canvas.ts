/** Wraps text in the escape sequences of a style. */
export type Paint = (text: string) => string;

type Cell = {readonly character: string; readonly paint: Paint};

/** A grid of cells. Later drawing overwrites; layers that must stay below check `isFree` first. */
export class ChartCanvas {
	readonly columns: number;
	readonly rows: number;
	readonly #cells: Array<Array<Cell | undefined>>;

	constructor(columns: number, rows: number) {
		this.columns = columns;
		this.rows = rows;
		this.#cells = Array.from({length: rows}, () => new Array<Cell | undefined>(columns).fill(undefined));
	}

	/** Whether the cell is empty; false outside the canvas. */
	isFree(row: number, column: number): boolean {
		return (
			row >= 0 &&
			row < this.rows &&
			column >= 0 &&
			column < this.columns &&
			this.#cells[row]?.[column] === undefined
		);
	}

	/** Draws one character; ignored outside the canvas. */
	set(row: number, column: number, character: string, paint: Paint): void {
		const line = this.#cells[row];
		if (line !== undefined && column >= 0 && column < this.columns) {
			line[column] = {character, paint};
		}
	}

	/** The text of a row. Neighbours with the same `paint` share one escape sequence, which keeps frames small. */
	line(row: number): string {
		let line = '';
		let text = '';
		let paint: Paint | undefined;
		for (const cell of this.#cells[row] ?? []) {
			if (cell?.paint !== paint) {
				line += paint === undefined ? text : paint(text);
				text = '';
				paint = cell?.paint;
			}

			text += cell?.character ?? ' ';
		}

		return line + (paint === undefined ? text : paint(text));
	}
}
