// One process that renders frames by the Ink it was bundled with, and prints the CPU time of one.
import {EventEmitter} from 'node:events';
import {Box, render, Text} from 'ink';
import {memo} from 'react';

const COLUMNS = 200;
const ROWS = 60;
const LIST = 58;
const FRAMES = 90;
const WARM_UP = 30;

class FakeTerminal extends EventEmitter {
	readonly columns = COLUMNS;
	readonly rows = ROWS;
	readonly isTTY = true;
	frame = '';

	readonly write = (text: string): boolean => {
		this.frame = text;
		return true;
	};
}

/** Exactly as wide as the screen, with colours and blocks, as a row of the table is. */
function rowText(index: number, tick: number): string {
	const value = (index * 7919 + tick * 104_729) % 1000;
	const blocks = Array.from({length: 20}, (_, at) => '▁▂▃▄▅▆▇█'[(value + at * at) % 8]).join('');
	const bar = '█'.repeat(value % 30).padEnd(30, '░');
	const name = `node-${String(index).padStart(4, '0')}.example`.padEnd(40);
	const figures = Array.from({length: 8}, (_, at) => String((value * (at + 3)) % 9999).padStart(8)).join(' ');
	const text = [
		`\u001B[1m${name}\u001B[22m`,
		`\u001B[32m${blocks}\u001B[39m`,
		`\u001B[33m${bar}\u001B[39m`,
		`\u001B[2m${figures.slice(0, 40)}\u001B[22m`,
		figures.slice(40),
	].join(' ');
	return text + ' '.repeat(COLUMNS - (40 + 20 + 30 + 40 + figures.slice(40).length + 4));
}

const Row = memo(({text}: {readonly text: string}) => <Text wrap="truncate">{text}</Text>);

function Screen({rows, clock}: {readonly rows: readonly string[]; readonly clock: string}) {
	return (
		<Box width={COLUMNS} height={ROWS} flexDirection="column" overflow="hidden">
			<Box height={1}>
				<Text bold>ktop</Text>
				<Box flexGrow={1} />
				<Text dimColor>{clock}</Text>
			</Box>
			<Box height={LIST} flexDirection="column" overflow="hidden">
				{rows.map((text, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: a row is its place on the screen
					<Row key={index} text={text} />
				))}
			</Box>
			<Text>F1 help</Text>
		</Box>
	);
}

function cpuMs(change: () => void, isShown: () => boolean): number {
	const before = process.cpuUsage();
	change();
	const {user, system} = process.cpuUsage(before);
	if (!isShown()) {
		throw new Error('the frame was not written at once');
	}

	return (user + system) / 1000;
}

const terminal = new FakeTerminal();
const stdin = Object.assign(new EventEmitter(), {isTTY: false});
const screen = render(<Screen rows={[]} clock="" />, {
	stdout: terminal as unknown as NodeJS.WriteStream,
	stdin: stdin as unknown as NodeJS.ReadStream,
	debug: true,
	interactive: true,
	patchConsole: false,
	exitOnCtrlC: false,
});

const CHANGED: Readonly<Record<string, number>> = {all: LIST, five: 5, clock: 0};
const changed = CHANGED[process.argv[2] ?? ''] ?? LIST;
const ticks = Array.from({length: LIST}, () => 0);
let cpuSumMs = 0;
for (let frame = 0; frame < FRAMES; frame++) {
	ticks.fill(frame, 0, changed);
	const rows = ticks.map((tick, index) => rowText(index, tick));
	const clock = `clock ${frame}`;
	const takenMs = cpuMs(
		() => screen.rerender(<Screen rows={rows} clock={clock} />),
		() => terminal.frame.includes(clock),
	);
	cpuSumMs += frame < WARM_UP ? 0 : takenMs;
	await new Promise(resolve => setImmediate(resolve));
}

process.stdout.write(JSON.stringify({cpuMs: cpuSumMs / (FRAMES - WARM_UP), frame: terminal.frame}), () =>
	process.exit(0),
);
