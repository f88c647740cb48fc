/** Wraps text in a colour. */
export type Paint = (text: string) => string;

type Cell = {readonly character: string; readonly paint: Paint};

/** Cells that are drawn on layer by layer; what is drawn last is above, and whoever must stay below asks what is free. */
export class ChartCanvas {
	readonly columns: number;
	readonly rows: number;
	readonly #cells: Array<Array<Cell | undefined>>;

	constructor(columns: number, rows: number) {
		this.columns = columns;
		this.rows = rows;
		this.#cells = Array.from({length: rows}, () => new Array<Cell | undefined>(columns).fill(undefined));
	}

	/** Cells outside are not free, so that nothing is begun there. */
	isFree(row: number, column: number): boolean {
		return (
			row >= 0 &&
			row < this.rows &&
			column >= 0 &&
			column < this.columns &&
			this.#cells[row]?.[column] === undefined
		);
	}

	/** One character of one cell; outside the canvas nothing is drawn. */
	set(row: number, column: number, character: string, paint: Paint): void {
		const line = this.#cells[row];
		if (line !== undefined && column >= 0 && column < this.columns) {
			line[column] = {character, paint};
		}
	}

	/** Neighbours of one colour are painted together: a colour's sequence a cell would be most of what is written. */
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
