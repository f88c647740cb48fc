import fc from 'fast-check';
import {Box, renderToString, Text, Transform} from 'ink';
import {createElement, type ReactNode} from 'react';
import stringWidth from 'string-width';
import {describe, expect, test, vi} from 'vitest';
import InkOutput from '../../../node_modules/ink/build/output.js';
import sanitizeAnsi from '../../../node_modules/ink/build/sanitize-ansi.js';
import {plainWidth} from '../../../source/ui/terminal/cell-text.ts';
import {
	type Clip,
	composedRows,
	lineOutput,
	type Operation,
	type Output,
} from '../../../source/ui/terminal/line-output.ts';

vi.hoisted(() => {
	process.env.FORCE_COLOR = '3';
});

// In the bundle, Ink measures text as ktop does. Here both measure as Ink does, so that the results must be equal.
vi.mock('../../../source/ui/format/width.ts', async original => ({
	...(await original<object>()),
	widthOf: (text: string) => stringWidth(text),
}));

type Recorded = {
	readonly width: number;
	readonly height: number;
	readonly operations: readonly Operation[];
	readonly byInk: {readonly output: string; readonly height: number};
};

const LineOutput = lineOutput(InkOutput as unknown as new (size: {width: number; height: number}) => Output);
const inkGet = InkOutput.prototype.get;

/** The operations of Ink's renderer on its Output for a tree. */
function framesOf(tree: ReactNode, columns: number): readonly Recorded[] {
	const recorded: Recorded[] = [];
	const get = vi.spyOn(InkOutput.prototype, 'get').mockImplementation(function (this: InkOutput) {
		const byInk = inkGet.call(this);
		const {operations} = this as unknown as {operations: readonly Operation[]};
		recorded.push({
			width: this.width,
			height: this.height,
			operations,
			byInk,
		});
		return byInk;
	});
	try {
		renderToString(tree, {columns});
	} finally {
		get.mockRestore();
	}

	return recorded;
}

function written(output: Output, operations: readonly Operation[]): {output: string; height: number} {
	for (const operation of operations) {
		if (operation.type === 'clip') {
			output.clip(operation.clip);
		} else if (operation.type === 'unclip') {
			output.unclip();
		} else {
			output.write(operation.x, operation.y, operation.text, {transformers: operation.transformers});
		}
	}

	return output.get();
}

function byLines({width, height, operations}: Omit<Recorded, 'byInk'>): {output: string; height: number} {
	return written(new LineOutput({width, height}), operations);
}

/** The number of rows that Ink had to compose. */
function rowsByInk({operations, width, height}: Omit<Recorded, 'byInk'>): number {
	const rows = composedRows(operations, {width, height});
	return rows === undefined ? height : rows.filter(row => row === undefined).length;
}

const SGR = [
	'0',
	'',
	'1',
	'2',
	'22',
	'31',
	'39',
	'4',
	'7',
	'27',
	'42',
	'49',
	'1;31',
	'38;5;120',
	'48;2;1;2;3',
	'0;1',
];
const plain = fc.constantFrom('a', 'Z', '0', ' ', '  ', 'word ', '-', 'é', '…', '▁', '█', '─', '⣿', '\u00A0');
const wide = fc.constantFrom('漢', 'カ', '👍', '👨‍👩‍👧', '🇩🇪', '❤️', '1️⃣', '한', '⌚');
const joining = fc.constantFrom('\u0301', '\u200B', '\u200D', '\u00AD', '\uFE0F', '\u20E3', 'ﾞ', '\uFEFF');
const styled = fc.constantFrom(
	...SGR.map(codes => `\u001B[${codes}m`),
	'\u001B]8;;http://x\u0007',
	'\u001B]8;;\u0007',
);
const raw = fc.constantFrom(
	'\t',
	'\r',
	'\r\n',
	'\u0007',
	'\u001B',
	'\u001B[2K',
	'\u009B',
	'\u001B[31',
	'\u0000',
);
const text = (maxLength: number) =>
	fc
		.array(
			fc.oneof(
				{arbitrary: plain, weight: 20},
				{arbitrary: styled, weight: 6},
				{arbitrary: fc.constant('\n'), weight: 1},
				{arbitrary: wide, weight: 2},
				{arbitrary: joining, weight: 1},
			),
			{maxLength},
		)
		.map(parts => parts.join(''));
const plainText = fc
	.array(fc.oneof({arbitrary: plain, weight: 4}, styled), {maxLength: 12})
	.map(parts => parts.join(''));
const anyText = fc.oneof(
	plainText,
	text(14),
	fc
		.array(fc.oneof(plain, wide, joining, styled, raw, fc.constant('\n')), {maxLength: 10})
		.map(parts => parts.join('')),
);

const transformer = fc.constantFrom<(line: string, index: number) => string>(
	line => line,
	line => `\u001B[1m${line}\u001B[22m`,
	line => `\u001B[41m${line}`,
	(line, index) => `${index}:${line}`,
	line => line.toUpperCase(),
	line => `${line}\n`,
	() => '',
);
const coordinate = fc.integer({min: -4, max: 14});
const bounds: fc.Arbitrary<readonly [number | undefined, number | undefined]> = fc.oneof(
	fc.constant([undefined, undefined] as const),
	fc.tuple(coordinate, fc.integer({min: 0, max: 20})).map(([from, length]) => [from, from + length] as const),
);
const clip: fc.Arbitrary<Clip> = fc.tuple(bounds, bounds).map(([[x1, x2], [y1, y2]]) => ({x1, x2, y1, y2}));
const write: fc.Arbitrary<Operation> = fc.record({
	type: fc.constant('write' as const),
	x: coordinate,
	y: fc.integer({min: -3, max: 6}),
	text: anyText,
	transformers: fc.array(transformer, {maxLength: 2}),
});
const operation: fc.Arbitrary<Operation> = fc.oneof(
	{arbitrary: write, weight: 6},
	{arbitrary: clip.map(given => ({type: 'clip' as const, clip: given})), weight: 1},
	{arbitrary: fc.constant({type: 'unclip' as const}), weight: 1},
);

const color = fc.constantFrom(undefined, 'red', '#123456', 'gray');
const optional = <Value,>(value: fc.Arbitrary<Value>) => fc.option(value, {nil: undefined, freq: 2});

/** Sets only given props, because Ink treats an undefined prop as set. */
function given(props: object): object {
	return Object.fromEntries(Object.entries(props).filter(([, value]) => value !== undefined));
}

const {tree} = fc.letrec<{tree: ReactNode}>(tie => ({
	tree: fc.oneof(
		{depthSize: 'medium', withCrossShrink: true},
		fc
			.record({
				content: text(24),
				color,
				backgroundColor: color,
				bold: fc.boolean(),
				dimColor: fc.boolean(),
				inverse: fc.boolean(),
				wrap: fc.constantFrom('wrap', 'hard', 'truncate', 'truncate-middle', 'truncate-start'),
			})
			.map(({content, ...props}) => createElement(Text, given(props), content)),
		fc
			.tuple(text(12), transformer)
			.map(([content, transform]) =>
				createElement(
					Transform,
					{transform},
					createElement(Text, null, content, createElement(Text, {bold: true}, content)),
				),
			),
		fc
			.record({
				children: fc.array(tie('tree'), {maxLength: 4}),
				flexDirection: fc.constantFrom('row', 'column', 'row-reverse', 'column-reverse'),
				width: optional(fc.integer({min: 0, max: 40})),
				height: optional(fc.integer({min: 0, max: 6})),
				padding: optional(fc.integer({min: 0, max: 2})),
				marginLeft: optional(fc.integer({min: -6, max: 4})),
				marginTop: optional(fc.integer({min: -3, max: 2})),
				position: optional(fc.constant('absolute')),
				overflow: optional(fc.constant('hidden')),
				overflowX: optional(fc.constant('hidden')),
				borderStyle: optional(fc.constantFrom('single', 'round')),
				borderColor: color,
				backgroundColor: color,
				flexShrink: optional(fc.constant(0)),
				gap: optional(fc.constant(1)),
			})
			.map(({children, ...props}) => createElement(Box, given(props), ...children)),
	),
}));

describe('the line output', () => {
	test("composes a tree like Ink's own Output", () => {
		fc.assert(
			fc.property(tree, fc.integer({min: 1, max: 50}), (root, columns) => {
				for (const frame of framesOf(root, columns)) {
					expect(byLines(frame)).toEqual(frame.byInk);
				}
			}),
			{numRuns: 200},
		);
	});

	test("composes texts at any position, with any clips and transformers, like Ink's own Output", () => {
		fc.assert(
			fc.property(
				fc.array(operation, {maxLength: 8}),
				fc.integer({min: 0, max: 16}),
				fc.integer({min: 0, max: 5}),
				(operations, width, height) => {
					const ink = new InkOutput({width, height}) as unknown as Output;
					expect(byLines({operations, width, height})).toEqual(written(ink, operations));
				},
			),
			{numRuns: 2000},
		);
	});

	test('does not transform a text outside of its clip, unless it has a line that is not plain', () => {
		const operations: Operation[] = [
			{type: 'clip', clip: {x1: 4, x2: 9, y1: undefined, y2: undefined}},
			{type: 'write', x: -4, y: 0, text: '漢\nplain', transformers: [(line, index) => `${index}:${line}`]},
		];
		const size = {width: 10, height: 2};
		const ink = written(new InkOutput(size) as unknown as Output, operations);
		expect(ink.output).toBe('\n');
		expect(byLines({operations, ...size})).toEqual(ink);
	});

	test('leaves a row to Ink only if a wide character is cut or text starts outside of the frame', () => {
		const line = (x: number, text: string) => ({type: 'write' as const, x, y: 0, text, transformers: []});
		const only = (x1: number, x2: number) => ({
			type: 'clip' as const,
			clip: {x1, x2, y1: undefined, y2: undefined},
		});
		const rows = (...operations: Operation[]) => rowsByInk({operations, width: 10, height: 2});
		expect(rows(line(0, '\u001B[31mplain'), line(6, '漢字'))).toBe(0);
		expect(rows(line(0, '\u001B[31mplain'), line(2, '漢字'))).toBe(0);
		expect(rows(only(1, 4), line(0, '\u001B[31mplain'))).toBe(0);
		expect(rows(only(0, 4), line(0, '漢字'))).toBe(0);
		expect(rows(only(0, 3), line(0, '漢字'))).toBe(1);
		expect(rows(line(0, '漢字'), line(1, 'a'))).toBe(1);
		expect(rows(line(-1, 'plain'))).toBe(1);
	});
});

test('Ink does not change plain text, and measures it the same', () => {
	fc.assert(
		fc.property(
			fc.oneof(
				plainText,
				anyText,
				plainText.map(line => `${line}\n${line} `),
			),
			given => {
				const width = plainWidth(given);
				if (width !== undefined) {
					expect(sanitizeAnsi(given)).toBe(given);
					expect(width).toBe(Math.max(...given.split('\n').map(line => stringWidth(line))));
				}
			},
		),
		{numRuns: 2000},
	);
	expect(plainWidth('\u001B[31m█▁ a\u001B[0m\nb')).toBe(4);
	expect(plainWidth('\u001B[2Ka')).toBeUndefined();
});

describe('a screen', () => {
	const row = (width: number, index: number) =>
		`\u001B[1mnode-${index}\u001B[22m \u001B[31m▁▂▃█\u001B[39m`.padEnd(width + 19, index % 2 ? ' ' : 'x');

	test('of full-width rows in clipped boxes is composed without Ink', () => {
		const frames = framesOf(
			<Box width={80} height={24} flexDirection="column" overflow="hidden">
				<Text bold>ktop</Text>
				<Box height={2}>
					<Text>left</Text>
					<Box flexGrow={1} />
					<Text color="green">right</Text>
				</Box>
				<Box height={20} flexDirection="column" overflow="hidden">
					{Array.from({length: 30}, (_, index) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
						<Box key={index} height={1} flexShrink={0} overflow="hidden">
							<Text wrap="truncate">{row(80, index)}</Text>
						</Box>
					))}
				</Box>
				<Text inverse>{'F1 help'.padEnd(80)}</Text>
			</Box>,
			80,
		);
		expect(frames.map(rowsByInk)).toEqual([0]);
		expect(frames.map(byLines)).toEqual(frames.map(({byInk}) => byInk));
		expect(frames[0]?.byInk.output).toContain('node-19');
	});

	test('with a framed box over its rows, and with backgrounds, is composed without Ink', () => {
		const frames = framesOf(
			<Box width={80} height={10} flexDirection="column" backgroundColor="blue">
				{Array.from({length: 10}, (_, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
					<Text key={index} wrap="truncate">
						{row(80, index)}
					</Text>
				))}
				<Box position="absolute" marginLeft={10} marginTop={2} borderStyle="round" width={30} height={6}>
					<Text>help: 漢字</Text>
				</Box>
			</Box>,
			80,
		);
		expect(frames.map(rowsByInk)).toEqual([0]);
		expect(frames.map(byLines)).toEqual(frames.map(({byInk}) => byInk));
	});
});
