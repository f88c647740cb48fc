import {PassThrough} from 'node:stream';
import {render} from 'ink';
import {onTestFinished} from 'vitest';
import {StoreContext, type TerminalAbilities, TerminalContext} from '../../../source/ui/contexts.ts';
import {ScreenStore} from '../../../source/ui/hooks/screen-store.ts';
import {feedOf, storeOf} from '../feeds.ts';
import {START} from '../state/states.ts';

/** Runs a hook within Ink and the screen's contexts; returns its result and how the app ends. */
export function runHook<T>(useHook: () => T, terminal: Partial<TerminalAbilities> = {}) {
	const modes: boolean[] = [];
	const stdin = Object.assign(new PassThrough(), {
		isTTY: true,
		setRawMode: (isRaw: boolean) => void modes.push(isRaw),
		ref() {},
		unref() {},
	});
	const stdout = Object.assign(new PassThrough(), {columns: 40, rows: 6, isTTY: true}).resume();
	const store = new ScreenStore(feedOf(storeOf()), START, {
		isClear: () => true,
		remember: () => {},
		isLive: true,
	});
	const abilities: TerminalAbilities = {
		tier: 'lines',
		multiplexer: undefined,
		write() {},
		settle: async () => {},
		dropTypedAhead() {},
		redraw() {},
		onMouse: () => () => {},
		onFunctionKey: () => () => {},
		...terminal,
	};
	const results: T[] = [];
	const app = render(
		<StoreContext value={store}>
			<TerminalContext value={abilities}>
				<Caller use={() => void results.push(useHook())} />
			</TerminalContext>
		</StoreContext>,
		{
			stdin: stdin as unknown as NodeJS.ReadStream,
			stdout: stdout as unknown as NodeJS.WriteStream,
			debug: true,
			interactive: true,
			patchConsole: false,
			exitOnCtrlC: false,
		},
	);
	onTestFinished(() => app.unmount());
	const [result] = results;
	if (result === undefined) {
		throw new Error('the hook was not called');
	}

	return {result, store, exit: app.waitUntilExit(), unmount: () => app.unmount()};
}

function Caller({use}: {readonly use: () => void}) {
	use();
	return null;
}

/** A promise and the function that resolves it. */
export function gate() {
	let open = (): void => {};
	const opened = new Promise<void>(resolve => {
		open = resolve;
	});
	return {opened, open: () => open()};
}
