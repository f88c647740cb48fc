const waiting: Array<() => void> = [];

/**
 * Resolves in a turn of the event loop that nobody else is given here: whoever awaits it before a piece of work of some
 * milliseconds leaves keys and timers their turn between two pieces. In the order in which it was asked for.
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
		// What is set now comes after the next look at what has come in.
		setImmediate(giveTurn);
	}
}
