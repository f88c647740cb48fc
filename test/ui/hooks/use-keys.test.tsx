import {render} from 'ink-testing-library';
import {expect, onTestFinished, test} from 'vitest';
import {type TerminalAbilities, TerminalContext} from '../../../source/ui/contexts.ts';
import type {PressedKey} from '../../../source/ui/hooks/pressed-keys.ts';
import type {Actions} from '../../../source/ui/hooks/use-actions.ts';
import {useKeys} from '../../../source/ui/hooks/use-keys.ts';
import {letPass} from '../let-pass.ts';

function Reader(actions: Pick<Actions, 'press' | 'paste'>) {
	useKeys(actions);
	return null;
}

/** The keys and pastes of chunks of input, after Ink's timeout for incomplete sequences. */
async function read(...chunks: readonly string[]) {
	const keys: PressedKey[] = [];
	const pastes: string[] = [];
	let pressFunctionKey: (name: string) => void = () => {};
	const terminal: TerminalAbilities = {
		tier: 'lines',
		multiplexer: undefined,
		write() {},
		settle: async () => {},
		dropTypedAhead() {},
		redraw() {},
		onMouse: () => () => {},
		onFunctionKey(listener) {
			pressFunctionKey = listener;
			return () => {};
		},
	};
	const {stdin, unmount} = render(
		<TerminalContext value={terminal}>
			<Reader press={key => void keys.push(key)} paste={text => void pastes.push(text)} />
		</TerminalContext>,
	);
	onTestFinished(() => unmount());
	await letPass(10);
	for (const chunk of chunks) {
		stdin.write(chunk);
	}

	await letPass(60);
	return {keys, pastes, names: keys.map(({name}) => name), pressFunctionKey};
}

test.each([
	['\u001B[A', 'up'],
	['\u001BOB', 'down'],
	['\u001B[C', 'right'],
	['\u001B[D', 'left'],
	['\u001B[5~', 'pageup'],
	['\u001B[6~', 'pagedown'],
	['\u001B[H', 'home'],
	['\u001B[1~', 'home'],
	['\u001BOH', 'home'],
	['\u001B[F', 'end'],
	['\u001B[4~', 'end'],
	['\u001B[3~', 'delete'],
	['\r', 'enter'],
	['\n', 'enter'],
	['\t', 'tab'],
	['\u001B[Z', 'shift-tab'],
	['\u007F', 'backspace'],
	['\b', 'backspace'],
	['\u001B', 'esc'],
	['\u0003', 'ctrl-c'],
	['\u000C', 'ctrl-l'],
	['\u0015', 'ctrl-u'],
	['\u001A', 'ctrl-z'],
])('the key that sends %j is %s and types nothing', async (sequence, name) => {
	expect((await read(sequence)).keys).toEqual([{name, text: ''}]);
});

test.each([
	['k', 'k'],
	['G', 'G'],
	['5', '5'],
	['/', '/'],
	['<', '<'],
	['ñ', 'ñ'],
	['日', '日'],
	['😀', '😀'],
	[' ', 'space'],
])('the key that types %j is %s', async (text, name) => {
	expect((await read(text)).keys).toEqual([{name, text}]);
});

test('keys of one chunk are pressed one by one', async () => {
	expect((await read('jj\u001B[B\rG')).names).toEqual(['j', 'j', 'down', 'enter', 'G']);
	expect((await read('/web 1\r')).names).toEqual(['/', 'w', 'e', 'b', 'space', '1', 'enter']);
});

test('control characters in typed text are separate keys', async () => {
	expect((await read('ab\t\u0015c\u007F')).names).toEqual(['a', 'b', 'tab', 'ctrl-u', 'c', 'backspace']);
});

test('a sequence in several chunks is one key', async () => {
	expect((await read('\u001B[', 'A', '\u001B', '[6~')).names).toEqual(['up', 'pagedown']);
});

test('Alt with a letter is ignored', async () => {
	expect((await read('\u001Bq')).keys).toEqual([]);
});

test('pasted text presses no keys', async () => {
	expect(await read('j\u001B[200~quit\rq\u001B[201~k')).toMatchObject({
		names: ['j', 'k'],
		pastes: ['quit\rq'],
	});
});

test('unknown sequences type nothing', async () => {
	const {keys} = await read('\u001B[999;999R', '\u0000', '\u001B[?62;c');
	expect(keys.map(({text}) => text).join('')).not.toMatch(/[\d;R?c]/);
});

test('function keys, which Ink does not report, are pressed too', async () => {
	const {keys, pressFunctionKey} = await read();
	pressFunctionKey('f1');
	expect(keys).toEqual([{name: 'f1', text: ''}]);
});
