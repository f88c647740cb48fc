const waiting: Array<() => void> = [];

/**
 * Resolves in a turn of the event loop that no other caller gets, in the order of the calls. Awaiting it before a task
 * of some milliseconds lets key presses and timers run between two such tasks.
 */
export function ownTurn(): Promise<void> {
	return new Promise(resolve => {
		waiting.push(resolve);
		if (waiting.length === 1) {
			setImmediate(giveTurn);
		}
	});
}

function giveTurn(): void {
	waiting.shift()?.();
	if (waiting.length > 0) {
		// An immediate set here runs after the next poll for I/O.
		setImmediate(giveTurn);
	}
}
