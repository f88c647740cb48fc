import {afterEach, beforeEach, describe, expect, onTestFinished, test, vi} from 'vitest';
import {useJobControl} from '../../../source/ui/hooks/use-job-control.ts';
import {runHook} from './run-hook.tsx';

const listeners = (): number => process.listenerCount('SIGTSTP');
let before = 0;

beforeEach(() => {
	before = listeners();
});
afterEach(() => {
	// A listener that is left would prevent Ctrl-Z from stopping the process.
	expect(listeners()).toBe(before);
});

/** Job control in a process that signals do not stop; `onStop` is called instead. */
function control(onStop: () => void, redraw = () => {}) {
	const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
		onStop();
		return true;
	});
	onTestFinished(() => kill.mockRestore());
	return {kill, ...runHook(useJobControl, {redraw})};
}

describe('ktop', () => {
	test.each([
		['its key', (suspend: () => void) => suspend()],
		['somebody outside', () => void process.emit('SIGTSTP', 'SIGTSTP')],
	])(
		'is stopped by %s with the terminal lent, and no listener that would keep the signal from it',
		async (_by, stop) => {
			let during: readonly unknown[] = [];
			const {
				result: suspend,
				store,
				kill,
				unmount,
			} = control(() => {
				during = [listeners(), store.isHeld];
			});
			stop(suspend);
			await vi.waitFor(() => expect(during).toEqual([before, true]));
			await vi.waitFor(() => expect([listeners(), store.isHeld]).toEqual([before + 1, false]));
			expect(kill.mock.calls).toEqual([[0, 'SIGTSTP']]);
			unmount();
		},
	);

	test('stops at once while kubectl has the terminal', async () => {
		const {store, kill, unmount} = control(() => {});
		store.hold();
		process.emit('SIGTSTP', 'SIGTSTP');
		expect(kill).toHaveBeenCalledTimes(1);
		await vi.waitFor(() => expect(listeners()).toBe(before + 1));
		expect(store.isHeld).toBe(true);
		unmount();
	});

	test('redraws when it is resumed', () => {
		const redraw = vi.fn();
		const {unmount} = control(() => {}, redraw);
		process.emit('SIGCONT', 'SIGCONT');
		expect(redraw).toHaveBeenCalledTimes(1);
		unmount();
	});

	test('removes its listeners if it ended while it was stopped', async () => {
		const {result: suspend, store, exit, unmount} = control(() => store.end());
		suspend();
		await vi.waitFor(() => expect(store.hasEnded).toBe(true));
		unmount();
		await exit;
	});
});
