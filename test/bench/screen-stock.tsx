// One process with Ink as it is; each message is a frame to show, and the answer is what that cost.
import {EventEmitter} from 'node:events';
import {Box, render, Text} from 'ink';
import {memo} from 'react';
import {cpuMsOf} from './settled-cpu.ts';

class FakeTerminal extends EventEmitter {
	readonly columns = 200;
	readonly rows = 60;
	readonly isTTY = true;
	frame = '';

	readonly write = (text: string): boolean => {
		this.frame = text;
		return true;
	};
}

const Row = memo(({text}: {readonly text: string}) => <Text wrap="truncate">{text}</Text>);

function Frame({lines}: {readonly lines: readonly string[]}) {
	return (
		<Box width={200} height={60} flexDirection="column" overflow="hidden">
			{lines.map((text, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a line is its place on the screen
				<Row key={index} text={text} />
			))}
		</Box>
	);
}

const terminal = new FakeTerminal();
const screen = render(<Frame lines={[]} />, {
	stdout: terminal as unknown as NodeJS.WriteStream,
	stdin: Object.assign(new EventEmitter(), {isTTY: false}) as unknown as NodeJS.ReadStream,
	debug: true,
	interactive: true,
	patchConsole: false,
	exitOnCtrlC: false,
});

process.on('message', async (frame: string) => {
	const lines = frame.split('\n');
	const cpuMs = await cpuMsOf(() => screen.rerender(<Frame lines={lines} />));
	process.send?.({cpuMs, frame: terminal.frame});
});
