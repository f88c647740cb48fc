import {constants} from 'node:os';

/**
 * The exit code of the screen or a recorder: 0, or 128 + the signal's number if a signal ended it. Prints the signal to
 * stderr.
 */
export function exitCodeOf(signal: NodeJS.Signals | undefined): number {
	if (signal === undefined) {
		return 0;
	}

	process.stderr.write(`ktop: ended by ${signal}\n`);
	return 128 + constants.signals[signal];
}
