/** The reason of a signal that aborts a request because the time for the task that it is part of has passed. */
export class DeadlinePassed extends Error {
	override readonly name = 'DeadlinePassed';
	/** The time that the task had. */
	readonly timeoutMs: number;

	constructor(timeoutMs: number) {
		super(`not done within ${timeoutMs} ms`);
		this.timeoutMs = timeoutMs;
	}
}
