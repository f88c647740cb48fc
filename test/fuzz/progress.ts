/** A line that the fuzzing process writes: what it is about to try, what went well, and what did not. */
export type Progress =
	| {readonly kind: 'batch'; readonly target: string; readonly seed: number}
	| {readonly kind: 'passed'; readonly target: string; readonly inputs: number; readonly peakBytes: number}
	| {readonly kind: 'failed'; readonly target: string; readonly message: string};
