import {constants} from 'node:os';

/**
 * The exit code of a screen: as shells tell of a program that a signal ended, 128 + the signal's number. Says so on
 * stderr.
 */
export function exitCodeOf(signal: NodeJS.Signals | undefined): number {
	if (signal === undefined) {
		return 0;
	}

	process.stderr.write(`ktop: ended by ${signal}\n`);
	return 128 + constants.signals[signal];
}
