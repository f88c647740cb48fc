import xterm from '@xterm/headless';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {widthOf} from '../../../source/ui/format/width.ts';
import {FramePainter} from '../../../source/ui/terminal/frame-painter.ts';

const COLUMNS = 24;
const ROWS = 12;

type Piece = {readonly text: string; readonly codes: string};

/** The cells of a terminal: each character with the attributes that the pieces below can change. */
function shownBy(emulator: xterm.Terminal): readonly string[] {
	return Array.from({length: ROWS}, (_, row) => {
		const line = emulator.buffer.active.getLine(row);
		return Array.from({length: COLUMNS}, (_cell, column) => {
			const cell = line?.getCell(column);
			const character = cell?.getChars() || ' ';
			return `${character}${cell?.isBold() ? 'b' : ''}${cell?.isInverse() ? 'i' : ''}${cell?.isFgDefault() ? '' : cell?.getFgColor()}`;
		}).join('|');
	});
}

function write(emulator: xterm.Terminal, sequence: string): Promise<void> {
	return new Promise(resolve => emulator.write(sequence, resolve));
}

function newEmulator(): xterm.Terminal {
	return new xterm.Terminal({cols: COLUMNS, rows: ROWS, allowProposedApi: true});
}

/** A line as wide as the terminal: pieces, cut or padded, each with its codes and a reset. */
function lineOf(pieces: readonly Piece[]): string {
	let room = COLUMNS;
	let line = '';
	for (const {text, codes} of pieces) {
		const cut = [...text].slice(0, room);
		room -= cut.length;
		line += codes === '' ? cut.join('') : `\u001B[${codes}m${cut.join('')}\u001B[0m`;
	}

	return line + ' '.repeat(room);
}

const pieces = fc.array(
	fc.record({
		text: fc.oneof(
			fc.constantFrom('worker-1', '    ', '▂▃▅▇', '100%', '–', '          '),
			fc.string({unit: 'grapheme-ascii', maxLength: 6}),
		),
		codes: fc.constantFrom('', '', '1', '7', '31', '1;32', '38;5;208'),
	}),
	{maxLength: 6},
);
const frames = fc.array(fc.array(fc.oneof(pieces, fc.constant([])), {minLength: ROWS, maxLength: ROWS}), {
	minLength: 1,
	maxLength: 8,
});

describe('a frame painter', () => {
	test('turns any frame into any other, in characters and styles', async () => {
		await fc.assert(
			fc.asyncProperty(frames, async sequence => {
				const painter = new FramePainter();
				const emulator = newEmulator();
				for (const frame of sequence) {
					const lines = frame.map(lineOf);
					await write(emulator, painter.paint(lines));
					const whole = newEmulator();
					await write(whole, lines.map((line, row) => `\u001B[${row + 1}H${line}`).join(''));
					expect(shownBy(emulator)).toEqual(shownBy(whole));
				}
			}),
			{numRuns: 150},
		);
	});

	test('scrolls a list up and down', async () => {
		const list = Array.from({length: 60}, (_, row) =>
			lineOf([{text: `row ${row}`, codes: row % 7 === 0 ? '31' : ''}]),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(fc.integer({min: -4, max: 4}), {maxLength: 12}), async steps => {
				const painter = new FramePainter();
				const emulator = newEmulator();
				let offset = 20;
				for (const step of steps) {
					offset = Math.min(Math.max(offset + step, 0), 48);
					const selected = lineOf([{text: `> row ${offset}`, codes: '7'}]);
					const lines = [
						lineOf([{text: `head ${offset}`, codes: '1'}]),
						...list.slice(offset, offset + 10),
						selected,
					];
					await write(emulator, painter.paint(lines));
					const whole = newEmulator();
					await write(whole, lines.map((line, row) => `\u001B[${row + 1}H${line}`).join(''));
					expect(shownBy(emulator)).toEqual(shownBy(whole));
				}
			}),
			{numRuns: 60},
		);
	});

	test('moves rows that only moved, and writes new ones', () => {
		const painter = new FramePainter();
		const rows = Array.from({length: 30}, (_, row) => `row ${row} with some figures`);
		painter.paint(['head', ...rows.slice(0, 20), 'foot']);
		const painted = painter.paint(['head', ...rows.slice(1, 21), 'foot']);
		expect(painted).toBe(
			'\u001B[?2026h\u001B[2;21r\u001B[2;1H\u001B[1M\u001B[r\u001B[21;1Hrow 20 with some figures\u001B[?2026l',
		);
	});

	test('writes nothing for an equal frame', () => {
		const painter = new FramePainter();
		const lines = ['one', 'two'];
		expect(painter.paint(lines)).not.toBe('');
		expect(painter.paint([...lines])).toBe('');
	});

	test('writes only the cells that changed', () => {
		const painter = new FramePainter();
		painter.paint(['CPU 12% of all there is', 'MEM 3.0Gi of all there is']);
		expect(painter.paint(['CPU 13% of all there is', 'MEM 3.0Gi of all there is'])).toBe(
			'\u001B[?2026h\u001B[1;6H3\u001B[?2026l',
		);
	});

	test('writes the cells between two changes if moving the cursor costs more', () => {
		const painter = new FramePainter();
		painter.paint(['10:42:07 and a long way to go  x']);
		expect(painter.paint(['10:43:08 and a long way to go  y'])).toBe(
			'\u001B[?2026h\u001B[1;5H3:08\u001B[32Gy\u001B[?2026l',
		);
	});

	test('writes a cell if only its colour changed', () => {
		const painter = new FramePainter();
		painter.paint(['\u001B[32mok\u001B[0m 5ms']);
		expect(painter.paint(['\u001B[31mok\u001B[0m 5ms'])).toBe(
			'\u001B[?2026h\u001B[1;1H\u001B[31mok\u001B[m\u001B[?2026l',
		);
	});

	test('erases the end of a line rather than writing blanks', () => {
		const painter = new FramePainter();
		expect(painter.paint([`end${' '.repeat(50)}`])).toBe('\u001B[?2026h\u001B[1;1Hend\u001B[K\u001B[?2026l');
	});

	test('erases and writes whole lines with characters whose width depends on the terminal', () => {
		const painter = new FramePainter();
		painter.paint(['日本語 1%']);
		const painted = painter.paint(['日本語 2%']);
		expect(painted).toContain('\u001B[1;1H\u001B[2K日本語');
	});

	test.each(['日本語', '👩‍👩‍👧‍👦', '🇩🇪', '☠️⚠', 'e\u0301\u0301\u0301', 'ไทย', 'हिन्दी', '\uFDFD', 'العربية'])(
		'keeps what stands behind %s in its column, whatever width the terminal gives that',
		async name => {
			const emulator = newEmulator();
			await write(emulator, new FramePainter().paint([`${name}|\u001B[32m${name}\u001B[39m 7%`]));
			const shown = emulator.buffer.active.getLine(0)?.translateToString() ?? '';
			const columnOf = (text: string): number =>
				Array.from({length: COLUMNS}, (_, cell) =>
					emulator.buffer.active.getLine(0)?.getCell(cell)?.getChars(),
				).indexOf(text);
			expect(columnOf('|'), shown).toBe(widthOf(name));
			expect(columnOf('7'), shown).toBe(2 * widthOf(name) + 2);
		},
	);

	test('keeps accents with their letters', () => {
		const painter = new FramePainter();
		painter.paint(['cafe\u0301 1']);
		expect(painter.paint(['cafe\u0301 2'])).toContain('cafe\u0301\u001B[1;5H 2');
	});

	test('writes only text and colours, also if a text is not printable', () => {
		const painter = new FramePainter();
		const painted = painter.paint([
			'a\u001B]52;c;ZXZpbA==\u0007b\u001B[2Jc\u009B31md\u202Ee',
			'\u001B[31mred\u001B[0m',
		]);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: sequences begin with ESC
		expect(painted.replace(/\u001B\[1;\d+H/g, '')).toContain(
			'a\uFFFD]52;c;ZXZpbA==\uFFFDb\uFFFD[2Jc\uFFFD31md\uFFFDe',
		);
		expect(painted).toContain('\u001B[31mred');
	});

	test('writes all lines after forget', () => {
		const painter = new FramePainter();
		painter.paint(['one', 'two']);
		painter.forget();
		const painted = painter.paint(['one', 'two']);
		expect(painted).toContain('one');
		expect(painted).toContain('two');
	});

	test.each([
		['a colour alone', '\u001B[1;31ma\u001B[39mb\u001B[22mc', '\u001B[1;31ma\u001B[0;1mb\u001B[mc'],
		['bold and dim at once', '\u001B[1m\u001B[2ma\u001B[22mb', '\u001B[1;2ma\u001B[mb'],
		['a colour by another', '\u001B[38;5;9ma\u001B[32mb\u001B[39mc', '\u001B[38;5;9ma\u001B[0;32mb\u001B[mc'],
		[
			'a background of 16 million',
			'\u001B[7m\u001B[48;2;1;2;3ma\u001B[49mb\u001B[27mc',
			'\u001B[7;48;2;1;2;3ma\u001B[0;7mb\u001B[mc',
		],
	])('resets %s, and writes only active codes', (_what, line, painted) => {
		expect(new FramePainter().paint([line])).toBe(`\u001B[?2026h\u001B[1;1H${painted}\u001B[?2026l`);
	});
});
