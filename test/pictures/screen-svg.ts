import type {Terminal} from '@xterm/headless';
import {shapeOf} from './cell-shapes.ts';

/** A cell is as wide and as high as this in the picture, in pixels. */
const CELL_WIDTH = 8.43;
const CELL_HEIGHT = 17;
const FONT_SIZE = 14;
const MARGIN = 12;

const DIM_OPACITY = 0.6;

const BACKGROUND = '#14171c';
const FOREGROUND = '#d5d8de';

/** xterm's 16 colours as a modern terminal shows them. */
const PALETTE = [
	'#14171c',
	'#ff6961',
	'#82d278',
	'#f0be50',
	'#5fb9ff',
	'#d78cff',
	'#78d2e6',
	'#d5d8de',
	'#5c6370',
	'#ff8a84',
	'#a0e396',
	'#ffd479',
	'#8accff',
	'#e6b3ff',
	'#a3e5f2',
	'#ffffff',
];

type Look = {
	readonly color: string;
	readonly background: string | undefined;
	readonly isBold: boolean;
	readonly isDim: boolean;
};

/** What a terminal shows at one moment, and for how long a picture of several shows it. */
export type Frame = {
	readonly body: string;
	readonly columns: number;
	readonly rows: number;
	readonly seconds: number;
};

/** The screen of a terminal as it is now. */
export function frameOf(terminal: Terminal, seconds: number): Frame {
	const {cols, rows} = terminal;
	const lines = Array.from({length: rows}, (_, row) => drawLine(terminal, row).join('\n'));
	return {body: lines.filter(line => line !== '').join('\n'), columns: cols, rows, seconds};
}

/**
 * Frames one after the other, for ever, by CSS alone: it moves as an image on a page too. Who wants less motion, or shows
 * no animation, sees the first.
 */
export function animatedSvg(frames: readonly Frame[], title: string): string {
	const width = Math.ceil(Math.max(...frames.map(({columns}) => columns)) * CELL_WIDTH + 2 * MARGIN);
	const height = Math.max(...frames.map(({rows}) => rows)) * CELL_HEIGHT + 2 * MARGIN;
	const total = frames.reduce((sum, {seconds}) => sum + seconds, 0);
	const percent = (seconds: number): string => `${round((100 * seconds) / total)}%`;
	let start = 0;
	const rules = frames.map(({seconds}, index) => {
		const [from, to] = [percent(start), percent(start + seconds)];
		start += seconds;
		const before = index === 0 ? '' : '0%{visibility:hidden}';
		return `@keyframes k${index}{${before}${from}{visibility:visible}${to}{visibility:hidden}}#f${index}{animation-name:k${index}}`;
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
		`<title>${escapeXml(title)}</title>`,
		'<style>',
		`.f{visibility:hidden;animation:${total}s step-end infinite}#f0{visibility:visible}`,
		...rules,
		'@media (prefers-reduced-motion:reduce){.f{animation:none}}',
		'</style>',
		`<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
		`<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}" xml:space="preserve">`,
		...frames.map(({body}, index) => `<g class="f" id="f${index}">\n${body}\n</g>`),
		'</g>',
		'</svg>',
		'',
	].join('\n');
}

/** Runs of cells that look the same, each a text that is as wide as its cells. */
function drawLine(terminal: Terminal, row: number): readonly string[] {
	const line = terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row);
	const parts: string[] = [];
	const shapes: string[] = [];
	let run: {text: string; start: number; look: Look} | undefined;
	const end = (column: number): void => {
		if (run !== undefined) {
			parts.push(...drawRun(run.text, run.start, column, row, run.look));
		}
	};
	for (let column = 0; column < terminal.cols; column++) {
		const cell = line?.getCell(column);
		const characters = cell?.getChars() || ' ';
		if (cell === undefined || cell.getWidth() === 0) {
			continue;
		}

		const look = lookOf(cell);
		if (run === undefined || JSON.stringify(run.look) !== JSON.stringify(look)) {
			end(column);
			run = {text: '', start: column, look};
		}

		const box = {
			x: MARGIN + column * CELL_WIDTH,
			y: MARGIN + row * CELL_HEIGHT,
			width: CELL_WIDTH,
			height: CELL_HEIGHT,
		};
		const shape = shapeOf(characters, box, look.color);
		run.text += shape === undefined ? characters : ' ';
		if (shape !== undefined) {
			shapes.push(look.isDim ? shape.replace('<path', `<path opacity="${DIM_OPACITY}"`) : shape);
		}
	}

	end(terminal.cols);
	// Backgrounds are among the parts.
	return [...parts, ...shapes];
}

type BufferCell = NonNullable<
	ReturnType<NonNullable<ReturnType<Terminal['buffer']['active']['getLine']>>['getCell']>
>;

function lookOf(cell: BufferCell): Look {
	const color = cell.isFgDefault() ? FOREGROUND : colorOf(cell.getFgColor(), cell.isFgRGB());
	const background = cell.isBgDefault() ? undefined : colorOf(cell.getBgColor(), cell.isBgRGB());
	const isInverse = cell.isInverse() !== 0;
	return {
		color: isInverse ? (background ?? BACKGROUND) : color,
		background: isInverse ? color : background,
		isBold: cell.isBold() !== 0,
		isDim: cell.isDim() !== 0,
	};
}

function colorOf(code: number, isRgb: boolean): string {
	return isRgb ? `#${code.toString(16).padStart(6, '0')}` : (PALETTE[code] ?? FOREGROUND);
}

function drawRun(text: string, start: number, end: number, row: number, look: Look): readonly string[] {
	const x = round(MARGIN + start * CELL_WIDTH);
	const y = MARGIN + row * CELL_HEIGHT;
	const width = round((end - start) * CELL_WIDTH);
	const rect =
		look.background === undefined
			? []
			: [`<rect x="${x}" y="${y}" width="${width}" height="${CELL_HEIGHT}" fill="${look.background}"/>`];
	if (text.trim() === '') {
		return rect;
	}

	// Blanks on either side show nothing, and are left out.
	const lead = text.length - text.trimStart().length;
	const trail = text.length - text.trimEnd().length;
	const textX = round(MARGIN + (start + lead) * CELL_WIDTH);
	const textWidth = round((end - start - lead - trail) * CELL_WIDTH);
	const weight = look.isBold ? ' font-weight="bold"' : '';
	const opacity = look.isDim ? ` opacity="${DIM_OPACITY}"` : '';
	return [
		...rect,
		`<text x="${textX}" y="${y + FONT_SIZE - 1}" fill="${look.color}" textLength="${textWidth}"${weight}${opacity}>${escapeXml(text.trim().replaceAll(' ', '\u00A0'))}</text>`,
	];
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}

function escapeXml(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
